"""What a customer can do besides writing: leave an e-mail, rate, let go while waiting."""

from __future__ import annotations

import re

from bot.errors import ConversationChanged
from bot.languages import usual_language
from bot.services import Services
from bot.stored import Change, handback_meta
from bot.values import Entry, State

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_EMAIL = 254


class NotAnEmail(ValueError):
    """Raised when what was left cannot be an e-mail address."""


def leave_email(services: Services, conversation: str, email: str) -> Entry:
    """Keep an address to answer to, and say so; raises NotAnEmail."""
    email = email.strip()
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        raise NotAnEmail("That does not look like an e-mail address; check it and send it again.")
    now = services.clock()
    state = services.conversations.load(conversation, recent=1)
    entries = (_say(services, "email_saved", state, now), _event("email_left", now, "all"))
    return _write(services, conversation, Change(entries, {"email": email}), now)


def rate(services: Services, conversation: str, score: int, comment: str) -> Entry:
    """Keep a rating (1-5) of the help a person gave, once for each ticket."""
    now = services.clock()
    state = services.conversations.load(conversation)
    data = {"what": "rated", "score": score, "comment": comment, "episode": state.episode - 1}
    entries = (
        _say(services, "rating_thanks", state, now),
        Entry("event", "desk", now, data),
    )
    change = Change(entries, {"rated": str(state.episode - 1)})
    return _write(services, conversation, change, now, op=f"rated-{state.episode - 1}")


def cancel_waiting(services: Services, conversation: str) -> bool:
    """Let go of a person while waiting; False when somebody has already taken it."""
    state = services.conversations.load(conversation, recent=1)
    if not state.ticket:
        return True
    services.relay.carry_for(conversation)
    cancelled = services.queue.cancel(state.ticket, "customer_withdrew")
    if not cancelled and services.queue.get(state.ticket):
        return False  # somebody has it, or has just closed it
    now = services.clock()
    entries = (
        _say(services, "ticket_cancelled", state, now),
        _event("ticket_cancelled", now, "all"),
        _event("handed_back", now, "desk"),
    )
    change = Change(entries, handback_meta(state), {"clock": True})
    try:
        services.conversations.change(conversation, change, now, ticket=state.ticket)
    except ConversationChanged:
        return True
    services.relay_soon(conversation)
    services.live.wake(conversation, queue=True)
    return True


def _say(services: Services, name: str, state: State, now: int) -> Entry:
    live = services.packs.live()
    language = usual_language(state, live.pack.languages)
    said = live.replies.render(name, "calm", {}, language=language, seed=state.id)
    data = {"author": "bot", "text": said.text, "template": said.ref, "quick_replies": []}
    return Entry("message", "all", now, data)


def _event(what: str, now: int, audience: str) -> Entry:
    return Entry("event", audience, now, {"what": what})  # type: ignore[arg-type]


def _write(services: Services, conversation: str, change: Change, now: int, op: str = "") -> Entry:
    ids = services.conversations.change(conversation, change, now, op=op)
    services.relay_soon(conversation)
    return services.conversations.entry(conversation, ids[0])
