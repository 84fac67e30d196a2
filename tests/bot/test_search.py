"""Full text over conversations: every word, every script, newest first, erased with its source."""

from __future__ import annotations

import pytest
import redis

from bot import keys
from bot.conversations import Conversations
from bot.search import FOUND_AT_MOST, Search, matching_line
from bot.stored import Change
from bot.values import Customer, Entry
from tests.builders import NOON_MS

LATER = NOON_MS + 3_600_000


@pytest.fixture
def conversations(store: redis.Redis) -> Conversations:
    return Conversations(store)


@pytest.fixture
def search(store: redis.Redis, conversations: Conversations) -> Search:
    return Search(store, conversations)


def _says(
    conversations: Conversations, name: str, text: str, at_ms: int = NOON_MS, kind: str = "message"
) -> None:
    if not conversations.exists(name):
        customer = Customer(name="Zoë Ångström", email="zoe@example.com")
        conversations.begin(name, "widget", customer, at_ms)
    data = {"author": "customer", "text": text}
    entry = Entry(kind, "all", at_ms, data)  # type: ignore[arg-type]
    conversations.change(name, Change((entry,)), at_ms)


def _names(search: Search, query: str, now_ms: int = LATER) -> list[str]:
    return [one.conversation for one in search.find(query, now_ms).found]


def test_every_word_counts(search: Search, conversations: Conversations) -> None:
    """All words must be there, in any order and message, whatever their case."""
    _says(conversations, "c1", "Where is my PARCEL?")
    _says(conversations, "c1", "order 20416", NOON_MS + 1)
    _says(conversations, "c2", "my parcel is blue", NOON_MS + 2)
    assert _names(search, "parcel") == ["c2", "c1"]
    assert _names(search, "20416 Parcel") == ["c1"]
    assert _names(search, "parcel green") == []


@pytest.mark.parametrize("query", ["zoë", "ZOE\u0308", "ångström", "zoe@EXAMPLE.com"])
def test_names_and_addresses(search: Search, conversations: Conversations, query: str) -> None:
    """Who wrote is found, too, whatever way their letters are composed."""
    _says(conversations, "c1", "hello")
    assert _names(search, query) == ["c1"]


@pytest.mark.parametrize("text", ["اريد التحدث", "返品したい", "STRASSE", "😡 again"])
def test_every_script(search: Search, conversations: Conversations, text: str) -> None:
    """Right-to-left, without spaces, sharp s and emoji are found as typed."""
    _says(conversations, "c1", text.replace("SS", "ß").replace("STRA", "Stra"))
    assert _names(search, text.split(maxsplit=1)[0].lower()) == ["c1"]


def test_notes_are_found_and_readings_are_not(search: Search, conversations: Conversations) -> None:
    """What colleagues noted can be searched; what the model said cannot."""
    _says(conversations, "c1", "likes tea", kind="note")
    _says(conversations, "c2", "frustration", kind="reading")
    assert _names(search, "tea") == ["c1"]
    assert _names(search, "frustration") == []


def test_nothing_is_asked_for(search: Search, conversations: Conversations) -> None:
    """An empty search finds nothing, not everything."""
    _says(conversations, "c1", "hello")
    assert _names(search, "") == _names(search, " \t ") == []


def test_new_words_are_found_at_once(search: Search, conversations: Conversations) -> None:
    """A text made before is made anew when something was written since, even at the same ms."""
    _says(conversations, "c1", "hello")
    assert _names(search, "parcel", NOON_MS) == []
    _says(conversations, "c1", "parcel")
    assert _names(search, "parcel", NOON_MS) == ["c1"]
    _says(conversations, "c1", "letter", LATER)
    assert _names(search, "letter", LATER) == ["c1"]


def test_a_settled_text_is_not_made_again(
    search: Search, conversations: Conversations, store: redis.Redis
) -> None:
    """The second search reads the text that the first one made."""
    _says(conversations, "c1", "hello parcel")
    assert _names(search, "parcel") == ["c1"]
    store.hset(keys.words("c1"), "text", "something else")
    assert _names(search, "parcel") == []


def test_erased_with_its_conversation(
    search: Search, conversations: Conversations, store: redis.Redis
) -> None:
    """Nothing of an erased conversation is found or left."""
    _says(conversations, "c1", "hello parcel")
    _names(search, "parcel")
    conversations.erase("c1")
    assert _names(search, "parcel") == []
    assert not store.exists(keys.words("c1"))


def test_no_text_for_what_was_erased_meanwhile(
    search: Search, conversations: Conversations, store: redis.Redis
) -> None:
    """A search that read before an erasure leaves no text behind after it."""
    _says(conversations, "c1", "hello parcel")
    page = [("c1", NOON_MS)]
    conversations.erase("c1")
    search._texts(page, LATER)
    assert not store.exists(keys.words("c1"))


def test_long_searches_go_on(search: Search, conversations: Conversations) -> None:
    """What one call leaves is found by the next, each conversation once."""
    names = [f"c{number:03d}" for number in range(FOUND_AT_MOST + 10)]
    for number, name in enumerate(names):
        _says(conversations, name, "parcel", NOON_MS + number)
    first = search.find("parcel", LATER)
    assert first.before_ms is not None
    rest = search.find("parcel", LATER, first.before_ms)
    assert rest.before_ms is None
    found = [one.conversation for one in (*first.found, *rest.found)]
    assert found == names[::-1]


def test_the_line_that_matches() -> None:
    """A piece of the line with the first word is shown, cut where it is long."""
    text = "Robin\n" + "x" * 100 + " parcel " + "y" * 100
    line = matching_line(text, ["parcel"])
    assert line
    assert line.startswith("…")
    assert line.endswith("…")
    assert " parcel " in line
    assert len(line) < 140
