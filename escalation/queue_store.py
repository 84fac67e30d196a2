"""How the queue's scripts are run and their answers read; for `queue` and `offers` alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import redis
from redis.exceptions import RedisError

from escalation import keys
from escalation.errors import OfferGone, StaleToken, StoreUnavailable, TicketGone
from escalation.scripts import Script
from escalation.ticket import SKILLS, Ticket

HEAD = "ticket"


@dataclass(frozen=True, slots=True)
class Reach:
    """What an agent may be given: tickets of their skills, and those that anyone may take.

    `skills` empty: all. `anyone_after_ms`: so long past its due time anyone may take a ticket;
    None: never. `on_duty`: the skills of each agent who is here; a ticket none of them has the
    skills for anyone may take. None, or an agent with all skills among them: no such ticket.
    """

    skills: tuple[str, ...] = ()
    anyone_after_ms: int | None = None
    on_duty: tuple[tuple[str, ...], ...] | None = None

    def arguments(self) -> list[str]:
        """Give what the scripts take: skills, after, duty."""
        after = "" if self.anyone_after_ms is None else str(self.anyone_after_ms)
        profiles = {"+".join(sorted(one)) for one in self.on_duty or ()}
        duty = "" if "" in profiles else ";".join(sorted(profiles))
        return ["+".join(self.skills), after, duty]


class QueueStore:
    """The scripts of `lua/` over one Redis."""

    def __init__(self, client: redis.Redis, names: Sequence[str], replicas: int = 0) -> None:
        """Prepare these scripts; what they write must be on so many replicas to count."""
        self.redis = client
        self._scripts = {
            name: Script(
                client, "escalation", name, drains=name != "open", head=HEAD, replicas=replicas
            )
            for name in names
        }

    def run(self, script: str, now_ms: int | None, args: Sequence[Any] = ()) -> Any:
        """Give a script's answer; None means now by the clock of Redis."""
        now = "" if now_ms is None else str(int(now_ms))
        answer = self._scripts[script](keys.queue_keys(), [now, *args])
        return [text_of(one) for one in answer] if _is_flat(answer) else answer

    def ask(self, read: Callable[[], Any]) -> Any:
        """Give what a read gives; raises StoreUnavailable."""
        try:
            return read()
        except RedisError as error:
            raise StoreUnavailable(f"Redis did not answer ({error}); try again.") from error

    def tickets(self, ids: Sequence[Any]) -> list[Ticket]:
        """Give the tickets of these ids that there are."""
        if not ids:
            return []
        names = [text_of(one) for one in ids]
        rows = self.ask(lambda: self.redis.hmget(keys.tickets(), names))
        return [Ticket.from_json(row) for row in rows if row]


def ticket_of(answer: Sequence[str], ticket_id: str) -> Ticket:
    """Give the ticket of a script's answer; raises TicketGone, StaleToken, OfferGone."""
    if answer[0] == "gone":
        raise TicketGone(f"Ticket {ticket_id} is not open any more; reload the queue.")
    if answer[0] == "stale":
        raise StaleToken(f"You no longer hold ticket {ticket_id}; claim it again to act on it.")
    if answer[0] == "late":
        raise OfferGone(f"The offer of ticket {ticket_id} has passed; take it from the list.")
    return Ticket.from_json(answer[1])


def text_of(value: object) -> str:
    """Give what Redis answered as text."""
    return value.decode() if isinstance(value, bytes) else str(value)


def check_words(*words: str) -> None:
    """Raise ValueError where a word that names something is empty."""
    if not all(words):
        raise ValueError("ticket, conversation, agent, skill and op must not be empty")


def check_skill(skill: str) -> None:
    """Raise ValueError where skills are not words joined by `+`."""
    if not SKILLS.fullmatch(skill):
        raise ValueError(f"skill {skill!r} must be words of letters, digits and - joined by +")


def _is_flat(answer: object) -> bool:
    return isinstance(answer, list) and all(isinstance(one, (str, bytes)) for one in answer)
