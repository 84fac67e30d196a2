from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest
import redis

from bot.errors import DraftConflict
from bot.packs import PackStore
from bot.pieces import add_intent, read_piece, write_piece
from bot.pipeline import handle_message
from bot.services import Services
from escalation.errors import StoreUnavailable
from intents.encoder import Encoder, Encoding
from intents.errors import PackError
from tests.builders import NOON_MS, make_incoming

REPLY = ("reply", "store_info", "calm")
QUESTION = "what are your opening hours"
WRAPS = [
    "can you gift wrap my order",
    "do you do wrapping paper",
    "add a bow please",
    "it is a present, wrap it",
    "gift packaging?",
    "how much is gift wrap",
    "could it come in a gift box",
    "wrap it nicely for my mum",
]


def answer(services: Services, text: str, conversation: str) -> str:
    turn = handle_message(services, make_incoming(text, conversation=conversation))
    return " ".join(one.text for one in turn.replies)


def test_a_published_reply_answers_the_next_message(services: Services) -> None:
    """Draft, publish, and the very next message is answered in the new words."""
    packs = services.packs
    draft = packs.draft()
    assert draft.is_new
    assert packs.live_number() == 1
    texts = write_piece(draft.texts, REPLY, ["We open at nine, always."])
    kept = packs.save_draft(texts, 0, "Ada", NOON_MS)
    assert (kept.revision, packs.draft().author) == (1, "Ada")
    assert "at nine, always" not in answer(services, QUESTION, "before")
    version = packs.publish(kept.texts, "Ada", "new hours", NOON_MS)
    assert (version.number, packs.live_number()) == (2, 2)
    assert "at nine, always" in answer(services, QUESTION, "after")
    assert packs.draft().is_new
    history = [(one.number, one.author, one.why) for one in packs.versions()]
    assert history == [(2, "Ada", "new hours"), (1, "Attune", "The pack that ships")]


def test_a_new_intent_is_understood_once_published(services: Services) -> None:
    """Eight phrases teach an intent; other processes see it without being told."""
    packs = services.packs
    other = PackStore(services.redis, services.reader.encoder)
    assert other.live().version == 1
    texts = add_intent(packs.draft().texts, "gift_wrap", "Gift wrapping", WRAPS, "We wrap free.")
    packs.publish(texts, "Ada", "Christmas", NOON_MS)
    assert other.live().version == 2
    reading = services.reader.read("do you gift wrap presents?", other.live().head)
    assert reading.intent == "gift_wrap"
    assert answer(services, "do you gift wrap presents?", "c2").startswith("We wrap free.")


def test_rolling_back_gives_the_old_version_byte_for_byte(services: Services) -> None:
    """An earlier version is live again in one step, exactly as it was."""
    packs = services.packs
    before = packs.live()
    texts = write_piece(packs.draft().texts, REPLY, ["Never."])
    packs.publish(texts, "Ada", "a mistake", NOON_MS)
    packs.roll_back(1)
    fresh = PackStore(services.redis, services.reader.encoder).live()
    assert fresh.version == 1
    assert fresh.pack.texts == before.pack.texts
    assert fresh.head.labels == before.head.labels
    assert (fresh.head.weights == before.head.weights).all()
    assert (fresh.head.phrases == before.head.phrases).all()
    with pytest.raises(StoreUnavailable):
        packs.roll_back(99)


@pytest.mark.parametrize(
    ("piece", "value", "file"),
    [
        (("file", "intents.yaml"), "intents: [", "intents.yaml"),
        (REPLY, ["{{ customer.shoe }}"], "replies.yaml"),
        (REPLY, ["{% for x in y %}"], "replies.yaml"),
        (REPLY, [], "replies.yaml"),
        (("intent", "store_info", "phrases"), [], "intents.yaml"),
        (("rule", "limits", "frustration"), 7, "policy.yaml"),
    ],
)
def test_a_broken_pack_is_refused_and_the_old_keeps_answering(
    services: Services, piece: tuple[str, ...], value: object, file: str
) -> None:
    """What is wrong is named with file, line and what to do; nothing changes for customers."""
    packs = services.packs
    texts = write_piece(packs.draft().texts, piece, value)
    kept = packs.save_draft(texts, 0, "Ada", NOON_MS)
    with pytest.raises(PackError) as error:
        packs.publish(kept.texts, "Ada", "oops", NOON_MS)
    assert (error.value.file, error.value.line is None) == (file, False)
    assert error.value.remedy
    assert packs.live_number() == 1
    assert packs.draft().texts == texts
    assert answer(services, QUESTION, "still")


def test_two_savers_of_one_revision_do_not_overwrite_each_other(services: Services) -> None:
    """Of many who save the same revision at once, one wins and the rest are told."""
    packs = services.packs
    texts = packs.draft().texts
    won: list[str] = []
    lost: list[str] = []

    def save(name: str) -> None:
        try:
            packs.save_draft(write_piece(texts, REPLY, [name]), 0, name, NOON_MS)
            won.append(name)
        except DraftConflict:
            lost.append(name)

    threads = [threading.Thread(target=save, args=(f"admin {n}",)) for n in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(won), len(lost)) == (1, 5)
    assert read_piece(packs.draft().texts, REPLY) == won


def test_dropping_the_draft_forgets_it(services: Services) -> None:
    """After dropping, the draft is the live version again."""
    packs = services.packs
    texts = write_piece(packs.draft().texts, REPLY, ["x"])
    packs.save_draft(texts, 0, "Ada", NOON_MS)
    packs.drop_draft()
    assert packs.draft().is_new
    assert packs.draft().texts == packs.live().pack.texts


class Counting:
    """The real encoder, and what it was asked to encode."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Encoding:
        """Encode, and remember the texts."""
        self.texts += texts
        return self._encoder.encode(texts)


def test_publishing_encodes_only_what_is_new(services: Services) -> None:
    """Of two thousand phrases only the eight new ones are encoded, in a process just started."""
    encoder = Counting(services.reader.encoder())
    packs = PackStore(services.redis, lambda: encoder)
    texts = add_intent(packs.draft().texts, "gift_wrap", "Gift wrapping", WRAPS, "We wrap free.")
    started = time.thread_time()
    packs.publish(texts, "Ada", "quick", NOON_MS)
    assert sorted(encoder.texts) == sorted(WRAPS)
    assert time.thread_time() - started < 5


def test_a_missing_head_heals(services: Services, store: redis.Redis) -> None:
    """A version whose fitted head is gone, after an upgrade or a restore, is fitted again."""
    for key in store.keys("attune:{pack}:head:*"):
        store.delete(key)
    other = PackStore(store, services.reader.encoder)
    reading = services.reader.read("do you ship to norway?", other.live().head)
    assert reading.intent == "shipping_international"
    assert store.keys("attune:{pack}:head:*")
