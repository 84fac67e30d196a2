"""The cleaned copy and the language."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from intents.language import (
    ENGLISH_WORDS,
    KNOWN,
    LATIN,
    SCRIPTS,
    _identifier,
    _script,
    _script_of,
    detect_language,
)
from intents.pack import Pack
from intents.romanised import OF_WORD, WORDS, romanised
from intents.text import _LOOKALIKES, _UNSEEN, EMPTY, cleaned, undisguised
from intents.training.sources import own_rows

SPOKEN: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "spoken.yaml").read_text(encoding="utf-8")
)
ROMANISED: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "romanised.yaml").read_text(encoding="utf-8")
)
# Letters that cleaning treats specially, often, among any others.
ODD = st.sampled_from(
    sorted(
        {*_LOOKALIKES, *_UNSEEN, *"aé ´ʼ¨…😡👋🏽🇬🅰ᴡİßﬁ각\u0301\u0316\u0345\u200b\u202e\x00\ud800"}
    )
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u200bb", "ab"),
        ("𝓗𝓮𝓵𝓵𝓸", "Hello"),
        ("sooooooo", "sooo"),
        ("it\u2019s", "it's"),
        ("👋", "hello"),
        ("🇬🇧", "gb"),
        ("a\x00b\nc", "a b c"),
        ("", EMPTY),
        ("\ud800", EMPTY),
        ("£20", "£20"),
        ("don´t", "don't"),
        ("❤️❤️❤️", "love"),
        ("1️⃣ bag", "1 bag"),
        ("ｒｅｆｕｎｄ", "refund"),
        ("𝔯𝔢𝔣𝔲𝔫𝔡 𝚖𝚎", "refund me"),
        ("ⓡⓔⓕⓤⓝⓓ 🅼🅴", "refund me"),
        ("ᴡʜᴇʀᴇ ɪs ɪᴛ", "where is it"),
        ("w\u2060h\u034fe\ufe0fr\u3164e", "where"),
        ("refund\u2800me", "refund me"),
        ("Z\u0337\u0321\u031b\u0332a\u0338\u0322lgo", "Z\u0337\u0321a\u0338\u0322lgo"),
        ("\u202ewhere\u202c is it", "where is it"),
        ("r3fund m3 n0w", "r3fund m3 n0w"),
    ],
)
def test_the_model_sees_a_plain_copy(text: str, seen: str) -> None:
    """Invisible marks go, odd letters become plain ones, pictures become words."""
    assert cleaned(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("whеrе is mу оrdеr", "where is my order"),  # Cyrillic е, у, о
        ("Ι wαnt α rеfund", "I want α refund"),  # Greek Ι, α; Cyrillic е
        ("please сору mе in", "please copy me in"),  # a word all Cyrillic
        ("mу раrсеl nеvеr саmе", "my parcel never came"),
        ("օrder number?", "order number?"),  # Armenian օ
        ("саnсеl", "cancel"),
    ],
)
def test_letters_that_look_latin_become_latin(text: str, seen: str) -> None:
    """Letters of other scripts that look Latin are read as Latin in an otherwise Latin message."""
    assert cleaned(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "Где мой заказ?",
        "нет",
        "все, ура",
        "где мой iPhone 13 Pro Max",
        "у меня Amazon Prime, а заказа нет",
        "аккаунт заблокирован",
        "спасибо, OK",
        "Πού είναι η παραγγελία μου; iPhone 13",
        "όχι ακόμα",
        "ο Νίκος και η Άννα",
        "Որտե՞ղ է իմ պատվերը",
        "кафe",
        "5 μm burr, ΔT of 3 K, Ωmega 3, β test, the α and the ο",
        "Łukasz Żółć, Đorđe, ışık, œuvre",
        "我的订单在哪里 refund",
    ],
)
def test_what_is_written_in_another_script_stays(text: str) -> None:
    """Russian, Greek and Armenian keep their letters, and so do signs and other Latin letters."""
    assert undisguised(text) == text


def test_ordinary_phrases_stay_as_they_are(shop_pack: Pack) -> None:
    """What the shop's customers write in plain letters reaches the model letter by letter."""
    plain = [
        text
        for text, _ in shop_pack.labelled()
        if text.isascii() and text.isprintable() and "  " not in text
    ]
    assert len(plain) > 1_500
    changed = [text for text in plain if cleaned(text) != text.strip()]
    assert all(any(one * 4 in text for one in text) for text in changed), changed


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(), max_size=80) | st.text(ODD | st.characters(), max_size=40))
def test_cleaning_is_total_and_settles(text: str) -> None:
    """Any string gives a string that is valid, not empty, and stays itself when cleaned again."""
    seen = cleaned(text)
    assert seen.strip()
    assert seen.encode()
    assert seen.isprintable()
    assert cleaned(seen) == seen


@pytest.mark.parametrize(
    "text",
    [
        "😡" * 10_000,
        "".join(chr(0x1F600 + place % 60) for place in range(10_000)),
        "👩‍👩‍👧‍👦" * 2_000,
        "e" + "\u0301" * 5_000 + "\u0316" * 5_000,
        "Z\u0337\u0321\u031b\u0332" * 2_500,
        "\u200b\u202e" * 5_000,
        "\x00" * 10_000,
        "\ud800" * 10_000,
        "аa" * 2_000,
        "мой order " * 400,
        "a" * 4_000,
        "(" * 4_000,
        "a b " * 1_000,
        "ﷺ" * 1_000,
    ],
)
def test_odd_texts_are_cleaned_at_once(text: str) -> None:
    """Thousands of emoji, stacked marks, invisible and mixed letters take a few milliseconds."""
    started = time.process_time()
    seen = cleaned(text)
    assert time.process_time() - started < 0.25  # about 10 ms on a quiet machine
    assert seen


@pytest.mark.parametrize("text", SPOKEN["en"])
def test_every_english_is_english(text: str) -> None:
    """Pidgin, Singlish, Scots, slang, typos, names, codes, numbers, mixed and short are English."""
    assert detect_language(text) == "en"


def test_the_messages_are_of_many_languages() -> None:
    """At least thirty languages are tried, all of them ones that can be found."""
    known = {*LATIN, *(code for codes in SCRIPTS.values() for code in codes)}
    assert len(SPOKEN) >= 30
    assert set(SPOKEN) <= known


def test_other_languages_are_named() -> None:
    """Nearly every message in another language is found to be, and most under its own name."""
    told = [
        (code, detect_language(text)) for code in SPOKEN if code != "en" for text in SPOKEN[code]
    ]
    assert sum(found != "en" for _, found in told) / len(told) > 0.98
    assert sum(found == code for code, found in told) / len(told) > 0.95


@pytest.mark.parametrize("code", [code for code in SPOKEN if code != "en"])
def test_no_language_is_left_out(code: str) -> None:
    """Of each language, four in five messages at least are found, or taken for its neighbour."""
    near = {"da": {"no"}, "no": {"da", "sv"}, "hr": {"sl"}, "sk": {"cs"}, "uk": {"ru"}}
    found = [detect_language(text) for text in SPOKEN[code]]
    assert sum(one in {code} | near.get(code, set()) for one in found) >= 0.8 * len(found), found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mi pedido no llega 😡😭🙏", "es"),
        ("DONDE ESTA MI PEDIDO", "es"),
        ("wo ist mein paket BB-30417 https://shop.example/order", "de"),
        ("гдe мой зaказ", "ru"),  # Latin e and a
        ("whеrе is mу оrdеr", "en"),
        ("Siparişim nerede?", "tr"),
        ("Robin Müller", "en"),
        ("José Luis García Rodríguez", "en"),
        ('not "returns". P E R S O N', "en"),
        ("", "en"),
        ("\u200b😡\x00", "en"),
    ],
)
def test_what_surrounds_the_words_does_not_matter(text: str, language: str) -> None:
    """Emoji, capitals, codes, addresses and look-alike letters do not change the language."""
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "spoken", "language"),
    [
        ("hola", ("es",), "es"),
        ("pedido BB-30417 urgente", ("es",), "es"),
        ("ok", ("de",), "de"),
        ("", ("fr", "en"), "fr"),
        ("where is my order", ("es",), "en"),
        ("wo ist mein Paket", ("es",), "de"),
        ("gracias", ("en", "es"), "es"),
        ("refund", ("en", "es"), "en"),
        ("¿dónde está mi pedido?", ("en", "es"), "es"),
        ("кавомолка дивно гуде", ("uk",), "uk"),
        ("iphone 13", ("ru",), "ru"),
        ("hello", (), "en"),
    ],
)
def test_a_pack_of_another_language_is_taken_into_account(
    text: str, spoken: tuple[str, ...], language: str
) -> None:
    """Where nothing is clear the first expected language stands, in place of English."""
    assert detect_language(text, spoken) == language


@pytest.mark.parametrize(
    ("code", "text"),
    [(code, text) for code in ROMANISED if code != "en" for text in ROMANISED[code]],
)
def test_other_scripts_in_latin_letters_are_named(code: str, text: str) -> None:
    """Hindi, Arabic, Malay and others are found as people type them on an English keyboard."""
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ROMANISED["en"])
def test_english_with_borrowed_words_is_english(text: str) -> None:
    """Indian English, Singlish, Manglish and Pidgin with words of other tongues stay English."""
    assert detect_language(text) == "en"


def test_no_message_of_ours_is_taken_for_a_romanised_language() -> None:
    """Of thousands of messages in the Englishes of the world none is, in little time."""
    texts = sorted({row["text"] for row in own_rows()})
    assert len(texts) > 10_000
    started = time.process_time()
    found = [text for text in texts if romanised(text, ("en",), ENGLISH_WORDS)]
    assert (time.process_time() - started) / len(texts) < 50e-6  # about 6 µs on a quiet machine
    assert found == []


def test_the_lists_of_small_words_are_sound() -> None:
    """Every list is of a language that is known, and none holds a word of English."""
    assert {code for codes in WORDS for code in codes} <= KNOWN
    assert not ENGLISH_WORDS & set(OF_WORD)
    assert all(len(set(words.split())) == len(words.split()) for words in WORDS.values())


@pytest.mark.parametrize(
    ("text", "spoken", "language"),
    [
        ("mera order kahan hai", ("en", "ur"), "ur"),
        ("tolong cancel order saya", ("ms",), "ms"),
        ("tolong cancel order saya", ("en",), "id"),
        ("mera order kahan hai", ("de", "hi"), "hi"),
    ],
)
def test_of_languages_that_look_the_same_the_packs_is_taken(
    text: str, spoken: tuple[str, ...], language: str
) -> None:
    """Hindi and Urdu, Malay and Indonesian: the pack's own, else the commoner."""
    assert detect_language(text, spoken) == language


@pytest.mark.parametrize("code", list(SPOKEN))
def test_likelihoods_are_those_of_the_library(code: str, library: LanguageIdentifier) -> None:
    """Laid out otherwise, the model says of every language what the library itself says."""
    for text in [*SPOKEN[code][:5], SPOKEN[code][0].upper(), "", "¤"]:
        found = _identifier().likelihoods(text)
        total = sum(found.values())
        assert {one: found[one] / total for one in found} == pytest.approx(
            dict(library.rank(text)), abs=1e-5
        )


@pytest.fixture(scope="module")
def library() -> LanguageIdentifier:
    """Give the model as its library has it."""
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(KNOWN)
    return made


@pytest.mark.parametrize("usual", ["en", "de"])
def test_mostly_english_words_need_no_model(usual: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more than half the words are English ones, the model would not be believed."""
    monkeypatch.setattr("intents.language._identifier", lambda: pytest.fail("asked the model"))
    assert detect_language("where is my parcel and when will it arrive", (usual,)) == "en"
    with pytest.raises(pytest.fail.Exception, match="asked the model"):
        detect_language("parcel arrived broken", (usual,))


@settings(max_examples=400, deadline=None)
@given(st.text(ODD | st.characters(), max_size=40))
def test_the_script_is_that_of_most_letters(text: str) -> None:
    """However letters are counted, the commonest script wins, the first of equals."""
    counts = Counter(_script_of(letter) for letter in text if letter.isalpha())
    script = counts.most_common(1)[0][0] if counts else None
    assert _script(text) == (script if script == "LATIN" or script in SCRIPTS else None)
