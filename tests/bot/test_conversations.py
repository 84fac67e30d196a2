"""Accepting, finishing and changing conversations, on a real Redis, old and new."""

from __future__ import annotations

import pytest
import redis

from bot import keys
from bot.conversations import MOST_WAITING, Conversations
from bot.errors import ConversationChanged, ConversationGone, EventReused, TooManyWaiting
from bot.stored import Change
from bot.values import BotReply, Entry, QuickReply, State, Turn
from escalation.errors import StaleToken, StoreUnavailable
from tests.builders import NOON_MS, make_incoming


@pytest.fixture
def conversations(each_store: redis.Redis) -> Conversations:
    return Conversations(each_store)


def _turn(message_id: str, text: str = "It left yesterday.") -> Turn:
    reply = BotReply(text, (QuickReply("That solved it", "solved"),), "order_status/calm/0")
    return Turn("c1", message_id, (reply,), False, None, None, ())


def _spoken(text: str = "It left yesterday.") -> Entry:
    data = {"author": "bot", "text": text, "quick_replies": []}
    return Entry("message", "all", NOON_MS, data)


def _finish(conversations: Conversations, lock: str, event_id: str) -> Turn | None:
    state = conversations.load("c1")
    waiting = conversations.oldest("c1")
    assert waiting is not None
    change = Change((_spoken(),))
    return conversations.commit(state, lock, event_id, _turn(waiting.message_id), change, NOON_MS)


def test_accepted_once(conversations: Conversations) -> None:
    """The same event twice is one message, and gives the same id."""
    incoming = make_incoming()
    first, second = conversations.ingest(incoming), conversations.ingest(incoming)
    assert first.message_id == second.message_id
    assert len(conversations.entries("c1")) == 1
    assert first.lock is not None
    assert second.lock is None


def test_other_body_refused(conversations: Conversations) -> None:
    """An event id that comes again with another body is refused and stores nothing."""
    incoming = make_incoming()
    conversations.ingest(incoming)
    with pytest.raises(EventReused):
        conversations.ingest(make_incoming("other", event_id=incoming.event_id))
    assert len(conversations.entries("c1")) == 1


def test_turn_remembered(conversations: Conversations) -> None:
    """A finished event gives its Turn again, marked as replayed, with the replies' ids."""
    incoming = make_incoming()
    receipt = conversations.ingest(incoming)
    done = _finish(conversations, receipt.lock or "", incoming.event_id)
    again = conversations.ingest(incoming).turn
    assert done is not None
    assert again is not None
    assert again.replayed
    assert [one.id for one in again.replies] == [one.id for one in done.replies]
    assert again.replies[0].id == conversations.entries("c1")[1].id


def test_commit_needs_the_lock(conversations: Conversations) -> None:
    """Who lost the turn lock writes nothing."""
    incoming = make_incoming()
    conversations.ingest(incoming)
    assert _finish(conversations, "not the lock", incoming.event_id) is None
    assert len(conversations.entries("c1")) == 1


def test_lock_free_after_the_last(conversations: Conversations) -> None:
    """Finishing the last waiting message frees the lock and clears the pending mark."""
    incoming = make_incoming()
    receipt = conversations.ingest(incoming)
    _finish(conversations, receipt.lock or "", incoming.event_id)
    assert conversations.lock("c1") is not None
    assert conversations.unfinished(NOON_MS * 2) == []


def test_order_kept(conversations: Conversations) -> None:
    """Messages wait and are finished in the order they were accepted."""
    first, second = make_incoming("one"), make_incoming("two")
    receipt = conversations.ingest(first)
    assert conversations.ingest(second).lock is None
    _finish(conversations, receipt.lock or "", first.event_id)
    waiting = conversations.oldest("c1")
    assert waiting is not None
    assert waiting.event_id == second.event_id


def test_changed_hands_is_noticed(conversations: Conversations) -> None:
    """A turn planned before a person stepped in is not written."""
    incoming = make_incoming()
    receipt = conversations.ingest(incoming)
    state = conversations.load("c1")
    conversations.change("c1", Change(meta={"ticket": "c1#1"}), NOON_MS)
    with pytest.raises(ConversationChanged):
        conversations.commit(
            state, receipt.lock or "", incoming.event_id, _turn("0-1"), Change(), NOON_MS
        )


def test_newer_token_wins(conversations: Conversations) -> None:
    """After a newer claim wrote, an older token writes nothing."""
    conversations.ingest(make_incoming())
    conversations.change("c1", Change((_spoken("new"),)), NOON_MS, token=7)
    with pytest.raises(StaleToken):
        conversations.change("c1", Change((_spoken("old"),)), NOON_MS, token=6)
    assert [one.data["text"] for one in conversations.entries("c1")][-1] == "new"


def test_same_op_once(conversations: Conversations) -> None:
    """An agent's repeated click writes once and gives the same entry."""
    conversations.ingest(make_incoming())
    first = conversations.change("c1", Change((_spoken(),)), NOON_MS, op="reply-1")
    second = conversations.change("c1", Change((_spoken(),)), NOON_MS, op="reply-1")
    assert first == second
    assert len(conversations.entries("c1")) == 2


def test_held_list_follows_the_ticket(conversations: Conversations) -> None:
    """A conversation is listed as held exactly while its ticket field is set."""
    conversations.ingest(make_incoming())
    conversations.change("c1", Change(meta={"ticket": "c1#1"}), NOON_MS)
    assert [one for one, _ in conversations.held()] == ["c1"]
    conversations.change("c1", Change(meta={"ticket": ""}), NOON_MS, ticket="c1#1")
    assert conversations.held() == []


def test_unknown_conversation(conversations: Conversations) -> None:
    """Reading or changing what does not exist says so."""
    with pytest.raises(ConversationGone):
        conversations.load("nobody")
    with pytest.raises(ConversationGone):
        conversations.change("nobody", Change((_spoken(),)), NOON_MS)


def test_full_inbox(conversations: Conversations) -> None:
    """A conversation takes only so many unanswered messages."""
    for _ in range(MOST_WAITING):
        conversations.ingest(make_incoming())
    with pytest.raises(TooManyWaiting):
        conversations.ingest(make_incoming())


def test_full_memory(each_store: redis.Redis) -> None:
    """A full Redis refuses a new message whole, and lets what is accepted be finished."""
    conversations = Conversations(each_store)
    incoming = make_incoming()
    receipt = conversations.ingest(incoming)
    state: State = conversations.load("c1")
    each_store.config_set("maxmemory", "100kb")
    try:
        with pytest.raises(StoreUnavailable):
            conversations.ingest(make_incoming())
        assert each_store.llen(keys.inbox("c1")) == 1
        conversations.unlock("c1", receipt.lock or "")
        done = conversations.commit(
            state,
            conversations.lock("c1") or "",
            incoming.event_id,
            _turn("0-1"),
            Change((_spoken(),)),
            NOON_MS,
        )
        assert done is not None
    finally:
        each_store.config_set("maxmemory", "0")
