"""People, passwords, links, sessions and tries, on a real Redis."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from argon2 import PasswordHasher

from bot import keys
from bot.people import NOBODY, LastAdmin, LinkGone, People, Person, PersonGone, SignInRefused
from bot.person_fields import WrongField
from bot.sessions import (
    IDLE_MS,
    LONGEST_MS,
    TRIES_PER_ACCOUNT,
    TRIES_PER_ADDRESS,
    TooManyTries,
    digest_of,
)
from escalation.errors import StoreUnavailable

NOW = 1_767_614_400_000
PASSWORD = "three unrelated words"


@pytest.fixture
def people(each_store: redis.Redis) -> People:
    """Give People on an emptied store, on both Redis versions."""
    return People(each_store)


@pytest.fixture
def admin(people: People) -> Person:
    """Give the first admin, who came by link."""
    return people.join(people.link(), "Ana@Example.com", " Ana  Lima ", PASSWORD, NOW)


def test_first_link_makes_the_admin(people: People, admin: Person) -> None:
    """Whoever opens the first link becomes an admin, with a tidy name and e-mail."""
    assert (admin.name, admin.email, admin.role) == ("Ana Lima", "ana@example.com", "admin")
    assert admin.first_name == "Ana"
    assert people.has_admin()
    assert people.check("ANA@example.com ", PASSWORD, "::1") == admin


def test_link_works_once(people: People) -> None:
    """A used link is gone; the password it set stays."""
    token = people.link()
    people.join(token, "a@example.com", "A", PASSWORD, NOW)
    with pytest.raises(LinkGone):
        people.join(token, "b@example.com", "B", PASSWORD, NOW)
    assert len(people.all()) == 1


def test_link_is_used_once_under_a_race(people: People) -> None:
    """Of many who open the same link at once, exactly one becomes admin."""
    token = people.link()
    barrier = threading.Barrier(8)

    def join(number: int) -> bool:
        barrier.wait()
        try:
            people.join(token, f"p{number}@example.com", "P", PASSWORD, NOW)
        except LinkGone:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(join, range(8))) == 1
    assert len(people.all()) == 1


def test_looking_at_a_link_does_not_use_it_up(people: People) -> None:
    """A mail scanner that opens a link leaves it working."""
    token = people.link()
    assert people.whose_link(token) is None
    assert people.whose_link(token) is None
    people.join(token, "a@example.com", "A", PASSWORD, NOW)


def test_link_lives_a_day(people: People, each_store: redis.Redis) -> None:
    """A link expires by itself after 24 hours, and only its hash is stored."""
    token = people.link()
    assert 86_000 < each_store.ttl(keys.sign_in_link(digest_of(token))) <= 86_400
    assert token not in str(each_store.keys("*"))


def test_wrong_field_does_not_burn_the_link(people: People) -> None:
    """A typing error costs nothing: the link still works afterwards."""
    token = people.link()
    for email, name, password, field in (
        ("nonsense", "A", PASSWORD, "email"),
        ("a@example.com", " ", PASSWORD, "name"),
        ("a@example.com", "A\u0000", PASSWORD, "name"),
        ("a@example.com", "A", "short", "password"),
        ("a@example.com", "A", "aaaaaaaaaaaa", "password"),
        ("longname@example.com", "A", "longname@example.com", "password"),
    ):
        with pytest.raises(WrongField) as wrong:
            people.join(token, email, name, password, NOW)
        assert wrong.value.field == field
    people.join(token, "a@example.com", "A", PASSWORD, NOW)


def test_added_person_joins_by_link(people: People, admin: Person) -> None:
    """Somebody added cannot sign in before their link set a password."""
    added = people.add("bo@example.com", "Bo", "agent", NOW)
    assert not added.joined
    with pytest.raises(SignInRefused):
        people.check("bo@example.com", "", "::1")
    joined = people.join(people.link(added.id), "bo@example.com", "Bo Chen", PASSWORD, NOW)
    assert joined.id == added.id
    assert joined.role == "agent"
    assert people.check("bo@example.com", PASSWORD, "::1").name == "Bo Chen"


def test_an_email_belongs_to_one_person(people: People, admin: Person) -> None:
    """Neither adding nor joining can take somebody else's e-mail."""
    with pytest.raises(WrongField):
        people.add("ANA@example.com", "Other", "agent", NOW)
    added = people.add("bo@example.com", "Bo", "agent", NOW)
    with pytest.raises(WrongField):
        people.join(people.link(added.id), "ana@example.com", "Bo", PASSWORD, NOW)
    assert people.check("ana@example.com", PASSWORD, "::1").id == admin.id


def test_first_link_is_a_way_back_in(people: People, admin: Person) -> None:
    """An admin who forgot the password sets a new one by `attune admin link`; sessions end."""
    token = people.begin_session(admin, NOW)
    again = people.join(people.link(), admin.email, "Ana", "another good password", NOW)
    assert again.id == admin.id
    assert people.signed_in(token, NOW) is None
    with pytest.raises(SignInRefused):
        people.check(admin.email, PASSWORD, "::1")


def test_older_links_die_with_a_new_password(people: People, admin: Person) -> None:
    """Of two links for one person, using one voids the other."""
    first, second = people.link(admin.id), people.link(admin.id)
    people.join(first, admin.email, "Ana", PASSWORD, NOW)
    with pytest.raises(LinkGone):
        people.join(second, admin.email, "Ana", PASSWORD, NOW)


def test_removed_person_is_out_at_once(people: People, admin: Person) -> None:
    """Removing ends sessions, links and the right to sign in."""
    added = people.add("bo@example.com", "Bo", "agent", NOW)
    bo = people.join(people.link(added.id), "bo@example.com", "Bo", PASSWORD, NOW)
    link, token = people.link(bo.id), people.begin_session(bo, NOW)
    people.remove(bo.id)
    assert people.signed_in(token, NOW) is None
    with pytest.raises(LinkGone):
        people.whose_link(link)
    with pytest.raises(SignInRefused):
        people.check("bo@example.com", PASSWORD, "::1")
    with pytest.raises(PersonGone):
        people.remove(bo.id)
    people.add("bo@example.com", "Bo again", "agent", NOW)


def test_the_last_admin_stays(people: People, admin: Person) -> None:
    """The only admin who can sign in cannot be removed; one who never joined does not count."""
    people.add("new@example.com", "New", "admin", NOW)
    with pytest.raises(LastAdmin):
        people.remove(admin.id)
    other = people.join(people.link(), "cy@example.com", "Cy", PASSWORD, NOW)
    people.remove(admin.id)
    with pytest.raises(LastAdmin):
        people.remove(other.id)


def test_session_idles_out(people: People, admin: Person, each_store: redis.Redis) -> None:
    """A session ends after 30 minutes without a look, and each look starts them again."""
    token = people.begin_session(admin, NOW)
    key = keys.session(digest_of(token))
    assert 0 < each_store.pttl(key) <= IDLE_MS
    each_store.pexpire(key, 60_000)
    assert people.signed_in(token, NOW)
    assert each_store.pttl(key) > IDLE_MS - 60_000
    each_store.delete(key)
    assert people.signed_in(token, NOW) is None


def test_session_ends_after_twelve_hours(people: People, admin: Person) -> None:
    """However busy, a session is over after 12 hours."""
    token = people.begin_session(admin, NOW)
    assert people.signed_in(token, NOW + LONGEST_MS - 1)
    assert people.signed_in(token, NOW + LONGEST_MS) is None


def test_session_id_is_stored_hashed(
    people: People, admin: Person, each_store: redis.Redis
) -> None:
    """Whoever reads the store cannot sign in with what lies there."""
    token = people.begin_session(admin, NOW)
    stored = str(each_store.keys("*")) + str(each_store.hgetall(keys.session(digest_of(token))))
    assert token not in stored
    assert people.signed_in(digest_of(token), NOW) is None
    assert people.signed_in("", NOW) is None


def test_all_sessions_end_together(people: People, admin: Person) -> None:
    """Signing out everywhere ends each session of that person and nobody else's."""
    other = people.join(people.link(), "cy@example.com", "Cy", PASSWORD, NOW)
    mine = [people.begin_session(admin, NOW) for _ in range(3)]
    theirs = people.begin_session(other, NOW)
    assert people.sessions.end_all(admin.id) == 3
    assert not any(people.signed_in(one, NOW) for one in mine)
    assert people.signed_in(theirs, NOW)


def test_parallel_guesses_count(people: People, admin: Person) -> None:
    """Of 100 wrong passwords at once, at most the limit are even looked at."""
    looked = 0

    def guess(number: int) -> bool:
        try:
            people.check(admin.email, f"wrong {number}", f"10.0.0.{number}")
        except SignInRefused:
            return True
        except TooManyTries:
            return False
        return False

    with ThreadPoolExecutor(16) as pool:
        looked = sum(pool.map(guess, range(100)))
    assert looked == TRIES_PER_ACCOUNT
    with pytest.raises(TooManyTries) as refused:
        people.check(admin.email, PASSWORD, "::1")
    assert 0 < refused.value.retry_after_s <= 900


def test_address_has_its_own_limit(
    people: People, each_store: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guessing many accounts from one address stops, too."""
    monkeypatch.setattr(people, "_verify", lambda *_: False)
    for number in range(TRIES_PER_ADDRESS):
        with pytest.raises(SignInRefused):
            people.check(f"p{number}@example.com", "wrong", "10.0.0.9")
    with pytest.raises(TooManyTries):
        people.check("fresh@example.com", "wrong", "10.0.0.9")


def test_right_password_forgives(people: People, admin: Person) -> None:
    """Signing in starts the account's count again."""
    for _ in range(3):
        for _ in range(TRIES_PER_ACCOUNT - 1):
            with pytest.raises(SignInRefused):
                people.check(admin.email, "wrong", "::1")
        people.check(admin.email, PASSWORD, "::1")


def test_new_link_ends_a_lockout(people: People, admin: Person) -> None:
    """Somebody locked out by another's guesses comes back by link at once."""
    for number in range(TRIES_PER_ACCOUNT + 1):
        with pytest.raises((SignInRefused, TooManyTries)):
            people.check(admin.email, "wrong", f"10.1.0.{number}")
    people.join(people.link(admin.id), admin.email, "Ana", PASSWORD, NOW)
    assert people.check(admin.email, PASSWORD, "::1").id == admin.id


def test_uncounted_tries_are_refused() -> None:
    """When tries cannot be counted, nobody gets in."""
    away = redis.Redis(unix_socket_path="/tmp/attune-no-such.sock", decode_responses=True)
    with pytest.raises(StoreUnavailable):
        People(away).check("ana@example.com", PASSWORD, "::1")


def test_unknown_email_costs_the_same_hash(people: People) -> None:
    """The hash an unknown e-mail is held against is as expensive as everybody's."""
    hasher: PasswordHasher = people._hasher
    assert not hasher.check_needs_rehash(NOBODY)


def test_audit_trail_is_newest_first(people: People, admin: Person) -> None:
    """What people do is noted and read back, newest first."""
    people.audit(admin.id, "added", "x", NOW)
    people.audit(admin.id, "removed", "x", NOW + 1)
    assert [one["what"] for one in people.trail()] == ["removed", "added"]
