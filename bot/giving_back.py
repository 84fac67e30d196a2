"""How an agent gives a conversation back to the bot."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from bot.desk_writing import TAKEN, Agent, event
from bot.errors import ConversationChanged
from bot.feedback import not_needed
from bot.languages import usual_language
from bot.sending import send_now
from bot.services import Services
from bot.stored import Change, handback_meta
from bot.values import Entry
from escalation.errors import StaleToken


@dataclass(frozen=True, slots=True)
class Ending:
    """How a conversation is given back: `resolved` or `handed_back`.

    `spared` says that it did not need a person: what would have settled it, or nothing; None where
    the agent says nothing of it.
    """

    what: str
    spared: str | None = None


def give_back(
    services: Services,
    agent: Agent,
    conversation: str,
    token: int,
    op: str,
    how: Ending,
) -> None:
    """Close the ticket an agent holds and have the bot speak again; the same op does it once."""
    what, spared = how.what, how.spared
    state = services.conversations.load(conversation, recent=1)
    if not state.ticket or services.conversations.done(conversation, f"{what}-{op}"):
        return
    held = services.queue.get(state.ticket)
    if held and held.agent != agent.id:
        raise StaleToken(TAKEN)
    send_now(services, conversation)
    ticket = services.queue.resolve(state.ticket, token, what)
    now = services.clock()
    entries = [event(services, what, agent, "all")]
    if spared is not None:
        entries.insert(0, not_needed(state, agent.id, agent.first_name, spared, now))
    if what == "resolved":
        live = services.packs.live()
        language = usual_language(state, live.pack.languages)
        said = live.replies.render("resolved", "calm", {}, language=language, seed=op)
        message = {"author": "bot", "text": said.text, "template": said.ref}
        entries.insert(0, Entry("message", "all", now, {**message, "quick_replies": []}))
    meta = handback_meta(state)
    # The second is for when a sweeper saw the closed ticket and gave it back just before us.
    for change, expected in (
        (Change(tuple(entries), meta, {"clock": True}), ticket.id),
        (Change(tuple(entries)), None),
    ):
        with suppress(ConversationChanged):
            services.conversations.change(
                conversation, change, now, op=f"{what}-{op}", ticket=expected
            )
            break
    services.relay_soon(conversation)
    services.live.wake(conversation, queue=True)
