"""One message in its conversation, with everything that a reply may depend on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar, cast

from bot.languages import hours_in_words, language_of, usual_language
from bot.packs import LivePack
from bot.replies import Rendered
from bot.signals import this_episode
from bot.tone import Tone, choose_tone
from bot.values import BotReply, Entry, QuickReply, State
from bot.wordings import apologises
from escalation.waits import Range
from intents.reading import Reading

T = TypeVar("T")
ORDER_NUMBER = re.compile(r"(?<![\w.,£$€])#?(\d{5,8})(?!\w|[.,]\d)")


class Around(Protocol):
    """What a turn asks of the world: the services while it is taken, the log when it is rehearsed.

    All that is asked is kept with the turn as its circumstances.
    """

    def still_waits(self, ticket: str) -> bool:
        """Say whether nobody has taken a ticket yet; raises ConversationChanged if it is closed."""
        ...

    def team_online(self) -> bool:
        """Say whether an agent is there who takes conversations."""
        ...

    def wait_range(self, priority: str | None) -> Range | None:
        """Give the minutes to tell whoever waits now, None while too few waited."""
        ...


class Moment:
    """One message in its conversation, with everything a reply may depend on."""

    def __init__(
        self,
        around: Around,
        live: LivePack,
        state: State,
        message: Entry,
        reading: Reading | None,
    ) -> None:
        """Look at a message from the conversation as it stood before it."""
        self._around = around
        self.live = live
        self.state = state
        self.message = message
        self.text: str = message.data["text"]
        self.now_ms = message.at_ms
        self.episode = this_episode(state.recent)
        self.language, self.reading = self._languages(reading)
        self.payload = pressed(self.episode, self.text)
        past = [entry for entry in self.episode if entry.kind == "reading"]
        self.past = past
        tones: list[Tone] = [entry.data["tone"] for entry in past]
        felt = None if self.payload else reading  # a button's label says nothing about feelings
        self.tone: Tone = choose_tone(felt, tones) if felt or not tones else tones[-1]
        self._apologised = any(map(apologises, self._bot_texts()))
        self.circumstances: dict[str, Any] = {
            "episode": state.episode,
            "held": bool(state.ticket),
            "language": state.language,
            "locale": state.customer.locale,
            "first_name": state.customer.first_name,
            "log": [state.recent[0].id, state.recent[-1].id] if state.recent else [],
        }
        """What the turn depends on beside the log and the pack, so that it can be rehearsed."""

    def waits(self) -> bool:
        """Say whether nobody has taken the open ticket yet; raises ConversationChanged."""
        return self._told("waits", self._around.still_waits(self.state.ticket or ""))

    def team_online(self) -> bool:
        """Say whether an agent is there who takes conversations."""
        return self._told("team_online", self._around.team_online())

    def wait_range(self, priority: str | None) -> Range | None:
        """Give the minutes to tell whoever waits now, None while too few waited."""
        found = self._around.wait_range(priority)
        self._told("wait", [found.shortest, found.longest] if found else None)
        return found

    def _told(self, name: str, answer: T) -> T:
        self.circumstances[name] = answer
        return answer

    def say(
        self,
        name: str,
        quick: tuple[QuickReply, ...] = (),
        usual: tuple[QuickReply, ...] = (),
        **more: Mapping[str, str],
    ) -> BotReply:
        """Render a reply for the moment; under it `quick`, the pack's own buttons or `usual`."""
        rendered = self._render(name, more)
        follow_ups = tuple(QuickReply(text, "") for text in rendered.follow_ups)
        self._apologised = self._apologised or apologises(rendered.text)
        return BotReply(rendered.text, quick or follow_ups or usual, rendered.ref)

    def _render(self, name: str, more: Mapping[str, Mapping[str, str]]) -> Rendered:
        tone: Tone = self.tone
        context: dict[str, Mapping[str, str]] = {
            "customer": {"first_name": self.state.customer.first_name},
            "order": {"number": self.order_number()},
            "team": {"hours": hours_in_words(self.now_ms, self.live.policy, self.language)},
            **more,
        }
        said = [
            entry.data["template"]
            for entry in self.state.recent
            if entry.kind == "message" and entry.data.get("template")
        ]
        return self.live.replies.render(
            name,
            tone,
            context,
            language=self.language,
            said=said,
            apologised=self._apologised,
            seed=self.state.id,
        )

    def _languages(self, reading: Reading | None) -> tuple[str, Reading | None]:
        """Give the language to answer in, and the reading with the one the message is in.

        What was pressed says nothing about it. A message in no language of the pack is answered
        as the last one was.
        """
        languages = self.live.pack.languages
        usual = usual_language(self.state, languages)
        read = reading.language if reading else usual
        button = _button(self.episode, self.text)
        found = usual if button else language_of(self.text, read, usual, languages)
        told = replace(reading, language=found) if reading else None
        return found if found in languages else usual, told

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
    button = _button(episode, text)
    return (button["payload"] or None) if button else None


def _button(episode: Sequence[Entry], text: str) -> Mapping[str, str] | None:
    """Give the newest quick reply that says or stands for this text."""
    wanted = text.strip().casefold()
    for entry in reversed(episode):
        if entry.kind == "message" and entry.data["author"] == "bot":
            for quick in entry.data.get("quick_replies", ()):
                if wanted in {quick["text"].casefold(), quick["payload"].casefold()}:
                    return cast("Mapping[str, str]", quick)
    return None
