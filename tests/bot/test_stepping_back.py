"""With a customer who is angry the bot is plain: no cheer, no small talk, never the same again."""

from __future__ import annotations

import re
from statistics import mean

import pytest
import yaml

from bot.pipeline import handle_message
from bot.services import Services
from bot.tone import choose_tone
from intents.pack import POLICY, read_pack, shop_pack_folder
from tests.builders import make_incoming, make_reading

CHEER = re.compile(
    r"!|[\U0001f300-\U0001faff\u2600-\u27bf]|:-?\)|"
    r"\b(?:happy|glad|lovely|great|wonderful|enjoy|pleasure|cheer\w*|awesome|fun|haha|delighted)\b",
    re.IGNORECASE,
)
REPLIES = yaml.safe_load((shop_pack_folder() / "replies.yaml").read_text(encoding="utf-8"))[
    "replies"
]


def answered_again(services: Services, *texts: str) -> list[tuple[str, str | None]]:
    """Give what the bot said to each text in turn: the first reply's template, the first reason."""
    found = []
    for text in texts:
        turn = handle_message(services, make_incoming(text))
        rule = turn.reasons[0]["rule"] if turn.reasons else None
        found.append((turn.replies[0].template if turn.replies else "", rule))
    return found


def patient(services: Services) -> None:
    """Publish the shop's pack with rules under which anger alone brings nobody."""
    texts = dict(read_pack(shop_pack_folder()).texts)
    data = yaml.safe_load(texts[POLICY])
    data["limits"] |= {
        "frustration": 1,
        "frustration_carried": 0.01,
        "frustration_at_bot": 1,
        "failed_turns": 50,
        "offer_within": 0.01,
    }
    data["soft_score"]["limit"] = 0.999
    texts[POLICY] = yaml.safe_dump(data)
    services.packs.publish(texts, "Ada", "patience", 1)


@pytest.mark.parametrize("name", sorted(REPLIES))
def test_no_reply_is_cheerful_to_somebody_upset(name: str) -> None:
    """Every reply has words for the upset, without exclamation marks, emoji or happy words."""
    said = REPLIES[name].get("upset") or REPLIES[name]["calm"]
    assert said
    assert not [one for one in said if CHEER.search(one)]


def test_the_upset_get_shorter_answers() -> None:
    """Over all replies, what the upset read is shorter than what the calm read."""
    both = [one for one in REPLIES.values() if one.get("upset")]
    calm = mean(mean(map(len, one["calm"])) for one in both)
    assert mean(mean(map(len, one["upset"])) for one in both) < 0.9 * calm


def test_words_of_anger_end_the_cheer() -> None:
    """Sarcasm that the model takes for joy is not met with joy: the words show the anger."""
    wry = make_reading(emotion="happy", sentiment="positive", frustration=0.1)
    assert choose_tone(wry) == "happy"
    assert choose_tone(wry, anger=0.6) == "upset"
    assert choose_tone(wry, ["upset"]) == "calm"


def test_anger_at_the_bot_brings_a_person_in_one_turn(services: Services) -> None:
    """The first sign that the bot itself makes it worse is enough; it says so in one reply."""
    first, second = answered_again(
        services, "how do I descale my machine", "you are not listening, useless bot!!"
    )
    assert first[1] is None
    assert second[1] is not None
    assert second[0].startswith("handoff")
    assert second[0].split("/")[1] == "upset"


def test_a_bot_that_may_not_hand_over_still_steps_back(services: Services) -> None:
    """Where the rules bring nobody, it asks what is missing, short, and never says the same."""
    patient(services)
    said = answered_again(
        services,
        "where is my order",
        "you're not listening, stupid bot, where is my order",
        "stupid bot, where is my order",
    )
    assert [rule for _, rule in said] == [None, None, None]
    assert said[0][0].startswith("order_status/")
    assert [template.split("/")[:2] for template, _ in said[1:]] == [["not_quite", "upset"]] * 2
    assert said[1][0] != said[2][0]


def test_a_new_need_is_answered_however_angry(services: Services) -> None:
    """Stepping back is for what was said before; what is new gets its answer."""
    patient(services)
    said = answered_again(
        services, "where is my order", "stupid bot. how do I pause my subscription"
    )
    assert said[1][0].split("/")[0] not in {"not_quite", "order_status"}
