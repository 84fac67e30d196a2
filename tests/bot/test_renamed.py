"""An intent that is renamed or removed while customers are in the middle of it."""

from __future__ import annotations

from bot.pieces import remove_intent
from bot.pipeline import handle_message
from bot.services import Services
from intents.pack import CASES, INTENTS, POLICY, REPLIES
from tests.builders import make_incoming, patient

ASKED = "my parcel should have been here on monday"


def renamed(services: Services, old: str, new: str) -> None:
    """Publish the pack with an intent under another name, its title and phrases as they were."""
    texts = {**services.packs.live().pack.texts, CASES: ""}
    for file in (INTENTS, REPLIES, POLICY):
        texts[file] = texts[file].replace(f" {old}\n", f" {new}\n").replace(f" {old}:", f" {new}:")
        texts[file] = texts[file].replace(f"[{old}", f"[{new}").replace(f", {old}", f", {new}")
    services.packs.publish(texts, "Ada", "renamed", services.clock())


def test_a_button_of_a_renamed_intent_is_read_as_what_it_says(services: Services) -> None:
    """It was offered under the old name; pressed after, its words are understood by the new."""
    services = patient(services)
    first = handle_message(services, make_incoming(ASKED))
    button = first.replies[0].quick_replies[0]
    old = button.payload.removeprefix("intent:")
    renamed(services, old, "parcel_somewhere")
    assert services.packs.live().pack.intent("parcel_somewhere")
    turn = handle_message(services, make_incoming(button.text))
    assert turn.reading
    assert turn.reading["intent"] == "parcel_somewhere"
    note = services.conversations.load("c1").recent[-1].data
    assert note["payload"] is None
    assert note["template"].startswith(("parcel_somewhere/", "ask_order_number/")), note["template"]


def test_a_button_of_a_removed_intent_fails_nobody(services: Services) -> None:
    """The message is answered as any other that fits what is left."""
    services = patient(services)
    first = handle_message(services, make_incoming(ASKED))
    buttons = first.replies[0].quick_replies
    button = next(one for one in buttons if one.payload != "intent:order_status")  # has a lookup
    texts = remove_intent(
        {**services.packs.live().pack.texts, CASES: ""}, button.payload.removeprefix("intent:")
    )
    services.packs.publish(texts, "Ada", "removed", services.clock())
    turn = handle_message(services, make_incoming(button.text))
    assert turn.replies
    assert not turn.escalated
