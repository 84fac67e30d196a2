"""Single words: which are mended, to what, and which must never be."""

from __future__ import annotations

import pytest

from escalation.real_words import COUNTS, SHORT_FORMS, common, is_real
from escalation.slips import NEVER, cost, one_slip_away
from escalation.spared import SPARED
from escalation.spelling import MOST_COMMON, Spelling
from escalation.vocabulary import LOOKED_FOR, spelling

MENDED = {
    "humna": "human", "laywer": "lawyer", "wirst": "wrist", "fnueral": "funeral",
    "refudn": "refund", "dialysys": "dialysis", "comlpaint": "complaint", "mangaer": "manager",
    "pleaaase": "please", "agenttt": "agent", "heeelp": "help", "humaaann": "human",
    "soliciter": "solicitor", "polise": "police", "canser": "cancer", "ambulence": "ambulance",
    "sooicide": "suicide", "manijer": "manager", "reprsentaitve": "representative",
    "representitive": "representative", "tryin": "trying", "orderd": "ordered", "spek": "speak",
    "agnt": "agent", "clal": "call", "teh": "the", "kil": "kill", "befor": "before",
    "speakto": "speak to", "callmeback": "call me back", "ineedahuman": "i need a human",
    "tothemanager": "to the manager", "realperson": "real person", "toa": "to a",
    "couldnt": "couldn't", "dotn": "dont", "doenst": "doesnt",
}  # fmt: skip
# One slip from a word that rules look for, and real: words, names, places, other tongues, signs.
LEFT = """
    manger layer sewer suet curt bear hospitable humane humor funnel policy persona agency
    scalp window mourner fright reused humanity manage manages hymn hyphen
    hyman homan pierson persson simeone shetty heathrow woking strome huan tice escalante
    humana humanos perdon chamo donde solicitar
    statin metformin fracking chancer stollen waitlist raciest deadlock
    aaa xyz qwrtz hmm mmm www ssh iban otp siobhan adeyemi klarna zuzanna
""".split()  # noqa: SIM905 - easier to read than a list


@pytest.mark.parametrize(("typed", "meant"), MENDED.items())
def test_a_mistyped_word_is_mended(typed: str, meant: str) -> None:
    """Slips of the finger and of the ear, held keys and lost spaces are seen through."""
    assert not spelling().has(typed)
    assert spelling().mended(typed) == meant


@pytest.mark.parametrize("word", LEFT)
def test_a_real_word_is_left(word: str) -> None:
    """A real word, a name or nothing in particular is never bent into a word of a rule."""
    assert spelling().has(word) or spelling().mended(word) is None


@pytest.mark.parametrize("word", ["salded", "rach", "lete", "thn"])
def test_a_word_another_explains_better_is_left(word: str) -> None:
    """Salted is as likely meant as scalded, rich as reach: then nobody guesses."""
    assert spelling().mended(word) is None


def test_only_words_that_rules_look_for_are_meant() -> None:
    """Whatever a word is mended to, some rule looks for it, and it is a real word."""
    meant = spelling().meant
    assert set(meant) <= LOOKED_FOR
    assert all(word in COUNTS or word in SHORT_FORMS for word in meant)
    assert {"human", "lawyer", "suicide", "funeral", "dont"} <= set(meant)
    assert not {"pesin", "alguien", "agnet", "abogado"} & set(meant)


def test_every_real_word_stays() -> None:
    """None of the 80,000 words of the list is mended, nor their plurals, nor what is spared."""
    way = spelling()
    assert all(way.has(word) for word in COUNTS)
    assert way.has("litigations")
    assert not way.has("humna")


def test_hardly_anything_is_spared_in_vain() -> None:
    """What is spared is no word of the list, and nine in ten of it would be mended else."""
    way = spelling()
    idle = [word for word in SPARED if word not in LOOKED_FOR and not way.mended(word)]
    assert not SPARED & set(COUNTS)
    assert len(idle) <= len(SPARED) / 10, idle


def test_what_is_written_like_a_name_needs_more() -> None:
    """In the middle of a sentence "Humna" may be a name; "Standrads" is hardly one."""
    assert spelling().mended("humna", name=True) is None
    assert spelling().mended("standrads", name=True) == "standards"
    assert spelling().mended("goodplace", name=True) is None
    assert spelling().mended("iwas", name=True) == "i was"


def test_own_words_of_a_shop_are_mended_too() -> None:
    """A word that no list has is looked for, and found, only where an admin put it."""
    own = spelling(("Zorblax Desk", "ask Márta!"))
    assert own.mended("zorblxa") == "zorblax"
    assert own.mended("martta") is None or own.mended("martta") == "marta"
    assert own.has("zorblax")
    assert spelling().mended("zorblxa") is None
    assert not spelling().has("zorblax")


def test_the_same_words_make_the_same_spelling() -> None:
    """The order in which words come makes no difference to what is meant."""
    words = ["agent", "agents", "argent", "again", "person", "prison", "poison"]
    one, other = Spelling.of(words), Spelling.of(reversed(words))
    for typed in ("agnet", "agenst", "persn", "pirson", "posion"):
        assert one.mended(typed) == other.mended(typed)


def test_slips_that_are_likelier_cost_less() -> None:
    """Swapped and doubled letters are the commonest, the first letter is seldom wrong."""
    assert cost("human", "human") == 0
    assert cost("humman", "human") < cost("humna", "human") < cost("humam", "human")
    assert cost("humna", "human") < cost("humen", "human") < cost("humxan", "human")
    assert cost("humxan", "human") < cost("humxn", "human") < cost("xuman", "human")
    assert cost("hyman", "human") < cost("juman", "human")
    assert cost("couldnt", "couldn't") < cost("humman", "human")
    assert cost("hmaun", "human") >= NEVER > cost("hmaun", "human", slips=2)


def test_every_slip_is_among_those_that_one_makes() -> None:
    """What lies one slip away is found from there."""
    for typed, meant in (("humna", "human"), ("humn", "human"), ("humzan", "human"),
                         ("humxn", "human"), ("uman", "human")):  # fmt: skip
        assert meant in one_slip_away(typed)
        assert cost(typed, meant) < NEVER
    assert "human" not in one_slip_away("humxn", unlike=False)
    assert "human" in one_slip_away("humam", unlike=False)


def test_no_word_that_rules_do_not_look_for_is_commoner_than_supposed() -> None:
    """The bound that shortens the search for a better word holds."""
    assert max(common(word) for word in COUNTS if word not in spelling().meant) <= MOST_COMMON


def test_british_and_american_words_are_real() -> None:
    """The list knows both spellings, and how common a word is."""
    assert all(map(is_real, ("colour", "color", "organise", "organize", "tumour", "texting")))
    assert common("the") > common("solicitor") > common("zzzz") == 0
