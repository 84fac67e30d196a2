"""One message in its conversation, with everything that a reply may depend on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.packs import LivePack
from bot.replies import Rendered
from bot.services import Services
from bot.signals import this_episode
from bot.tone import Tone, choose_tone
from bot.values import BotReply, Entry, QuickReply, State
from escalation.sla import opening_in_words
from intents.reading import Reading

ORDER_NUMBER = re.compile(r"(?<![\w.,£$€])#?(\d{5,8})(?!\w|[.,]\d)")


class Moment:
    """One message in its conversation, with everything a reply may depend on."""

    def __init__(
        self,
        services: Services,
        live: LivePack,
        state: State,
        message: Entry,
        reading: Reading | None,
    ) -> None:
        """Look at a message from the conversation as it stood before it."""
        self.services = services
        self.live = live
        self.state = state
        self.message = message
        self.reading = reading
        self.text: str = message.data["text"]
        self.now_ms = message.at_ms
        self.episode = this_episode(state.recent)
        self.payload = pressed(self.episode, self.text)
        past = [entry for entry in self.episode if entry.kind == "reading"]
        self.past = past
        tones: list[Tone] = [entry.data["tone"] for entry in past]
        felt = None if self.payload else reading  # a button's label says nothing about feelings
        self.tone: Tone = choose_tone(felt, tones) if felt or not tones else tones[-1]
        self._apologised = any("sorry" in one.lower() for one in self._bot_texts())

    def say(
        self,
        name: str,
        quick: tuple[QuickReply, ...] = (),
        usual: tuple[QuickReply, ...] = (),
        **more: Mapping[str, str],
    ) -> BotReply:
        """Render a reply in the tone of the moment; under it `quick`, the pack's own or `usual`."""
        rendered = self._render(name, more)
        follow_ups = tuple(QuickReply(text, "") for text in rendered.follow_ups)
        self._apologised = self._apologised or "sorry" in rendered.text.lower()
        return BotReply(rendered.text, quick or follow_ups or usual, rendered.ref)

    def _render(self, name: str, more: Mapping[str, Mapping[str, str]]) -> Rendered:
        tone: Tone = self.tone
        context: dict[str, Mapping[str, str]] = {
            "customer": {"first_name": self.state.customer.first_name},
            "order": {"number": self.order_number()},
            "team": {"hours": opening_in_words(self.now_ms, self.live.policy)},
            **more,
        }
        said = [
            entry.data["template"]
            for entry in self.state.recent
            if entry.kind == "message" and entry.data.get("template")
        ]
        return self.live.replies.render(
            name, tone, context, said=said, apologised=self._apologised, seed=self.state.id
        )

    def order_number(self) -> str:
        """The order number in this message, else the last one said in this episode."""
        texts = [self.text, *(entry.data["text"] for entry in reversed(self.past))]
        found = (ORDER_NUMBER.search(text) for text in texts)
        return next((one.group(1) for one in found if one), "")

    def _bot_texts(self) -> list[str]:
        return [
            entry.data["text"]
            for entry in self.episode
            if entry.kind == "message" and entry.data["author"] != "customer"
        ]


def pressed(episode: Sequence[Entry], text: str) -> str | None:
    """Give the payload of the quick reply this text is, None if it is not one."""
    wanted = text.strip().casefold()
    for entry in reversed(episode):
        if entry.kind == "message" and entry.data["author"] == "bot":
            for quick in entry.data.get("quick_replies", ()):
                if wanted in {quick["text"].casefold(), quick["payload"].casefold()}:
                    return quick["payload"] or None
    return None
