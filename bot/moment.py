"""One message in its conversation, with everything that a reply may depend on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar, cast

from bot.comparison import Comparison
from bot.languages import hours_in_words, language_of, usual_language
from bot.lookups.looked import Looked
from bot.packs import LivePack
from bot.replies import Rendered
from bot.signals import CHOSEN, this_episode
from bot.tone import Tone, choose_tone
from bot.translations import labels
from bot.values import BotReply, Entry, QuickReply, State
from bot.wordings import apologises
from escalation.policy import Cause
from escalation.waits import Range
from intents.reading import Reading

T = TypeVar("T")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
FEW_WORDS = 4
PERSON = "person"
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

    def looks_up(self, name: str) -> bool:
        """Say whether there is a lookup of this name."""
        ...

    def look_up(self, name: str, question: Mapping[str, str]) -> Looked | None:
        """Give what a lookup says, None where there is none."""
        ...

    def comparison(self, reply: str) -> Comparison | None:
        """Give the comparison of two wordings that is running for a reply, None if none is."""
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
        past = [entry for entry in self.episode if entry.kind == "reading"]
        self.past = past
        self.awaited = _awaited(past, self.text)
        """The intent for which the bot had asked for what this message says."""
        given = CHOSEN + self.awaited if self.awaited and _is_short(self.text) else None
        self.payload = self._still_there(pressed(self.episode, self.text) or given)
        self.cause = Cause()
        self.tone = self._tone()
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

    def looks_up(self, name: str) -> bool:
        """Say whether there is a lookup of this name."""
        return self._told("looks_up", self._around.looks_up(name))

    def look_up(self, name: str, question: Mapping[str, str]) -> Looked | None:
        """Give what a lookup says, None where there is none."""
        looked = self._around.look_up(name, question)
        self._told("lookup", looked.to_row() if looked else None)
        return looked

    def says(self, needs: Sequence[str]) -> bool:
        """Tell whether this message itself says all that a lookup needs."""
        found = {"order_number": ORDER_NUMBER.search(self.text), "email": EMAIL.search(self.text)}
        return all(found[need] for need in needs)

    def known(self, need: str) -> str:
        """Give what a lookup needs, as far as the customer said it or came with it."""
        if need == "order_number":
            return self.order_number()
        found = (EMAIL.search(text) for text in self._own_texts())
        return next((one.group() for one in found if one), self.state.customer.email)

    def _told(self, name: str, answer: T) -> T:
        self.circumstances[name] = answer
        return answer

    def hear(self, cause: Cause) -> None:
        """Take in what the words show of anger, so that the reply is worded for it."""
        self.cause = cause
        at_us = cause.kind in ("bot", "firm")
        self.tone = self._tone(cause.level if at_us else 0.0)

    def _still_there(self, payload: str | None) -> str | None:
        """Give a payload, None for an intent that was renamed or removed since it was offered."""
        if payload and payload.startswith(CHOSEN):
            known = self.live.pack.intent(payload.removeprefix(CHOSEN))
            return payload if known else None
        return payload

    def _tone(self, anger: float = 0.0) -> Tone:
        tones: list[Tone] = [entry.data["tone"] for entry in self.past]
        felt = None if self.payload else self.reading  # a button's label tells no feelings
        return choose_tone(felt, tones, anger) if felt or not tones else tones[-1]

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
        comparison = self._around.comparison(name)
        rendered = self.live.replies.render(
            name,
            tone,
            context,
            language=self.language,
            said=said,
            apologised=self._apologised,
            seed=self.state.id,
            comparison=comparison,
        )
        if comparison and rendered.compared:
            found = self.circumstances.get("compared", {})
            row = comparison.to_circumstance(self.state.id)
            self._told("compared", {**found, name: row})
        return rendered

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
        found = (ORDER_NUMBER.search(text) for text in self._own_texts())
        return next((one.group(1) for one in found if one), "")

    def _own_texts(self) -> list[str]:
        """Give what the customer wrote in this episode, newest first."""
        return [self.text, *(entry.data["text"] for entry in reversed(self.past))]

    def _bot_texts(self) -> list[str]:
        return [
            entry.data["text"]
            for entry in self.episode
            if entry.kind == "message" and entry.data["author"] != "customer"
        ]


def _awaited(past: Sequence[Entry], text: str) -> str | None:
    """Give the intent that a message goes on with, by saying what the bot had asked for."""
    about: str | None = past[-1].data.get("about") if past else None
    return about if about and (ORDER_NUMBER.search(text) or EMAIL.search(text)) else None


def _is_short(text: str) -> bool:
    """Tell whether hardly anything stands beside what was asked for."""
    return len(EMAIL.sub("", ORDER_NUMBER.sub("", text)).split()) <= FEW_WORDS


def pressed(episode: Sequence[Entry], text: str) -> str | None:
    """Give the payload of the button this text is, None if it is not one.

    A button is a quick reply, or the widget's own for a person in a language the bot may not read.
    """
    button = _button(episode, text)
    if button:
        return button["payload"] or None
    return PERSON if text.strip().casefold() in labels("widget.talk.ask_person") else None


def _button(episode: Sequence[Entry], text: str) -> Mapping[str, str] | None:
    """Give the newest quick reply that says or stands for this text."""
    wanted = text.strip().casefold()
    for entry in reversed(episode):
        if entry.kind == "message" and entry.data["author"] == "bot":
            for quick in entry.data.get("quick_replies", ()):
                if wanted in {quick["text"].casefold(), quick["payload"].casefold()}:
                    return cast("Mapping[str, str]", quick)
    return None
