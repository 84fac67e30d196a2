"""The people who help: agents and admins, their passwords, and the links they first sign in by."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any, Literal, get_args

import redis
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot import keys
from bot.errors import BotError
from bot.person_fields import (
    CAPACITY,
    LONGEST_EMAIL,
    LONGEST_PASSWORD,
    WrongField,
    clean_capacity,
    clean_email,
    clean_name,
    clean_password,
    clean_skills,
    plain_password,
)
from bot.sessions import Session, Sessions, Tries, asked, digest_of
from escalation.scripts import Script

Role = Literal["agent", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
LINK_S = 24 * 3600
TRAIL_CAP = 100_000
FIRST = "first"

# The hash of a password nobody has, so that an unknown e-mail takes as long as a known one.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$lkQqIo6JIqCnT9yzEcelkA"
    "$cyDJbLh+HjcdlWpOQtofxotE7+YRSwSFzAUNENJNIF8"
)


class SignInRefused(BotError):
    """Raised when e-mail and password do not belong together; never says which was wrong."""


class LinkGone(BotError):
    """Raised when a sign-in link was used, is too old, or never was."""


class PersonGone(BotError):
    """Raised when somebody was removed."""


class LastAdmin(BotError):
    """Raised when the only admin would be removed."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in; `version` goes up with each new password.

    `skills` empty: all. `capacity` is how many conversations they take at once.
    """

    id: str
    email: str
    name: str
    role: Role
    created_ms: int = 0
    version: int = 0
    joined: bool = True
    skills: tuple[str, ...] = ()
    capacity: int = CAPACITY

    @property
    def first_name(self) -> str:
        """What customers are told."""
        return self.name.split()[0] if self.name.split() else self.email.split("@", 1)[0]

    @property
    def is_admin(self) -> bool:
        """Tell whether they may edit replies and people."""
        return self.role == "admin"

    def may(self, role: Role) -> bool:
        """Tell whether they may do what a role may; an admin may do all an agent can."""
        return self.is_admin or self.role == role


class People:
    """The only place that reads and writes people, their sessions and the audit trail."""

    def __init__(self, client: redis.Redis) -> None:
        """Prepare the scripts; nothing is sent yet."""
        self._redis = client
        self._add = Script(client, "bot", "people_add", drains=False)
        self._join = Script(client, "bot", "people_join", drains=False)
        self._work = Script(client, "bot", "people_work", drains=False)
        self._remove = Script(client, "bot", "people_remove", drains=True)
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's
        self.sessions = Sessions(client)
        self.tries = Tries(client)

    def all(self) -> list[Person]:
        """Give everybody, by name."""
        rows: Any = asked(lambda: self._redis.hgetall(keys.people()))
        people = [_person(one, json.loads(row)) for one, row in rows.items()]
        return sorted(people, key=lambda one: (one.name.casefold(), one.id))

    def get(self, person_id: str) -> Person | None:
        """Give somebody by id."""
        row: Any = asked(lambda: self._redis.hget(keys.people(), person_id))
        return _person(person_id, json.loads(row)) if row else None

    def names(self) -> dict[str, str]:
        """Give everybody's first name by id."""
        return {one.id: one.first_name for one in self.all()}

    def has_admin(self) -> bool:
        """Tell whether some admin can sign in yet."""
        return any(one.is_admin and one.joined for one in self.all())

    def add(self, email: str, name: str, role: str, now_ms: int) -> Person:
        """Write somebody down who will set a password by link; raises WrongField."""
        if role not in ROLES:
            raise WrongField("role", f"The role is {' or '.join(ROLES)}, not {role!r}.")
        email, name = clean_email(email), clean_name(name)
        person_id = secrets.token_hex(6)
        row = {"email": email, "name": name, "role": role, "password": "", "version": 0}
        stored = json.dumps({**row, "created_ms": now_ms})
        if not self._add([keys.people(), keys.person_by_email()], [person_id, email, stored]):
            raise WrongField("email", f"{email} already belongs to somebody here.")
        return _person(person_id, json.loads(stored))

    def set_work(self, person_id: str, skills: str, capacity: int | str) -> Person:
        """Say what somebody can do and how many they take at once; WrongField, PersonGone.

        `skills` are words apart by commas or spaces; none: they serve everybody.
        """
        words, most = clean_skills(skills), clean_capacity(capacity)
        if not self._work([keys.people()], [person_id, "+".join(words), most]):
            raise _person_gone()
        return self._present(person_id)

    def link(self, person_id: str = FIRST) -> str:
        """Give the secret of a new sign-in link, for one person, or for an admin yet unnamed."""
        person = None if person_id == FIRST else self._present(person_id)
        token = secrets.token_urlsafe(32)
        body = json.dumps({"person": person_id, "version": person.version if person else 0})
        asked(lambda: self._redis.set(keys.sign_in_link(digest_of(token)), body, ex=LINK_S))
        return token

    def whose_link(self, token: str) -> Person | None:
        """Give who a link is for, None for an admin yet unnamed, without using it; LinkGone."""
        stored: Any = asked(lambda: self._redis.get(keys.sign_in_link(digest_of(token))))
        link = json.loads(stored) if stored else {}
        if link.get("person") == FIRST:
            return None
        person = self.get(link.get("person", ""))
        if not person or person.version != link["version"]:
            raise _link_gone()
        return person

    def join(self, token: str, email: str, name: str, password: str, now_ms: int) -> Person:
        """Use a link up: set name, e-mail, password, end older sessions; WrongField, LinkGone."""
        email, name = clean_email(email), clean_name(name)
        password = clean_password(password, email, name)
        self.whose_link(token)  # before the slow hash, so that made-up links cost nothing
        answer = self._join(
            [keys.sign_in_link(digest_of(token)), keys.people(), keys.person_by_email()],
            [email, name, self._hasher.hash(password), now_ms, secrets.token_hex(6)],
        )
        if answer[0] == "gone":
            raise _link_gone()
        if answer[0] == "taken":
            raise WrongField("email", f"{email} already belongs to somebody else here.")
        self.sessions.end_all(answer[1])
        self.tries.reset(email)
        return self._present(answer[1])

    def check(self, email: str, password: str, address: str) -> Person:
        """Give who this is; raises SignInRefused, TooManyTries, StoreUnavailable.

        A try is counted before the password is looked at, and an unknown e-mail takes as long.
        """
        account = email.strip().lower()[:LONGEST_EMAIL]
        self.tries.count(account, address)
        person_id: Any = asked(lambda: self._redis.hget(keys.person_by_email(), account))
        stored: Any = asked(lambda: self._redis.hget(keys.people(), person_id or ""))
        row = json.loads(stored) if stored else {"password": ""}
        right = self._verify(row["password"] or NOBODY, plain_password(password)[:LONGEST_PASSWORD])
        if not (right and row["password"]):
            raise SignInRefused("E-mail and password do not match. Check both and try again.")
        self.tries.forgive(account, address)
        return _person(person_id, row)

    def remove(self, person_id: str) -> None:
        """Remove somebody and end their sessions; raises LastAdmin, PersonGone."""
        answer = self._remove([keys.people(), keys.person_by_email()], [person_id])
        if answer == "gone":
            raise _person_gone()
        if answer == "last":
            raise LastAdmin("This is the only admin. Add another admin first.")
        self.sessions.end_all(person_id)

    def begin_session(self, person: Person, now_ms: int) -> str:
        """Sign somebody in and give the cookie's value."""
        return self.sessions.begin(person.id, person.version, now_ms)

    def signed_in(self, token: str, now_ms: int) -> tuple[Person, Session] | None:
        """Give who a cookie belongs to, unless its session is over or the password is new."""
        session = self.sessions.load(token, now_ms) if token else None
        person = self.get(session.person) if session else None
        if not session or not person or person.version != session.version:
            return None
        return person, session

    def audit(self, person: str, what: str, about: str, now_ms: int) -> None:
        """Note who did what, about whom or what."""
        row: Any = {"at": now_ms, "person": person, "what": what, "about": about}
        key = keys.audit_trail()
        asked(lambda: self._redis.xadd(key, row, maxlen=TRAIL_CAP, approximate=True))

    def trail(self, limit: int = 100) -> list[dict[str, str]]:
        """Give the last entries of the audit trail, newest first."""
        found: Any = asked(lambda: self._redis.xrevrange(keys.audit_trail(), count=limit))
        return [fields for _, fields in found]

    def _present(self, person_id: str) -> Person:
        person = self.get(person_id)
        if not person:
            raise _person_gone()
        return person

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def _person(person_id: str, row: dict[str, Any]) -> Person:
    return Person(
        id=person_id,
        email=row["email"],
        name=row["name"],
        role=row["role"],
        created_ms=int(row["created_ms"]),
        version=int(row["version"]),
        joined=bool(row["password"]),
        skills=tuple(one for one in row.get("skills", "").split("+") if one),
        capacity=int(row.get("capacity", CAPACITY)),
    )


def _link_gone() -> LinkGone:
    return LinkGone(
        "This link was used already or is older than 24 hours. "
        "Ask an admin for a new one, or run `attune admin link`."
    )


def _person_gone() -> PersonGone:
    return PersonGone("This person was removed meanwhile; reload the page.")
