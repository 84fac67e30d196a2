"""The report: every figure in words, plots that need no colour, no text that becomes markup."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from intents.errors import IntentsError
from intents.evaluate import LabelledRow, evaluate
from intents.reading import EMOTIONS, Ranked, Reading
from intents.report import report_html, write_report
from intents.report.matrix import SHADES, heat_map, seriated, shade
from intents.report.plots import coverage, precision_recall, reliability, spread
from intents.report.words import between, honesty, percent, spanned, to_do

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NASTY = "<script>alert('x')</script>\"&\u202e\x00"
VOID = {"meta", "rect", "line", "circle", "polyline", "polygon"}


class Invented:
    """An understander that is mostly right, by a seed, and reads any number of intents."""

    def __init__(self, rows: Sequence[LabelledRow], intents: Sequence[str]) -> None:
        """Know the rows and the names to be wrong with."""
        self.known = {row.text: row for row in rows}
        self.intents = intents
        self.draws = np.random.default_rng(7)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Give readings that are right as often as they are sure."""
        return [self._reading(self.known[text]) for text in texts]

    def _reading(self, row: LabelledRow) -> Reading:
        sure = float(self.draws.beta(4, 2))
        inside = row.intent not in {None, "out_of_scope"}
        right = inside and self.draws.random() < sure
        intent = row.intent if right else str(self.draws.choice(self.intents))
        confidence = sure if inside else sure / 3.0
        angry = float(np.clip(self.draws.normal(0.8 if row.frustrated else 0.2, 0.2), 0.0, 1.0))
        emotion = row.emotion if self.draws.random() < 0.8 else "neutral"
        return Reading(
            text=row.text,
            intent=None if confidence < 0.3 else intent,
            confidence=confidence,
            ranking=(Ranked(str(intent), confidence),),
            sentiment="neutral",
            sentiment_scores={},
            emotion=emotion or "neutral",
            emotion_scores={},
            frustration=angry,
            urgency=angry / 2.0,
            language="en",
        )


def _measured(count: int, intents: int, *, feelings: bool = True, name: str = "intent") -> Any:
    names = [f"{name}_{place}" for place in range(intents)]
    rows = [
        LabelledRow(
            f"message {place} {NASTY}",
            "out_of_scope" if place % 5 == 0 else names[place % intents],
            sentiment="neutral" if feelings else None,
            emotion=EMOTIONS[place % 6] if feelings else None,
            frustrated=place % 4 == 0 if feelings else None,
            urgent=place % 7 == 0 if feelings else None,
            kind=("plain", "hard", NASTY)[place % 3],
        )
        for place in range(count)
    ]
    return evaluate(rows, Invented(rows, names))


class Checked(HTMLParser):
    """Reads a page and refuses what is not closed, or not allowed in a page without script."""

    def __init__(self, page: str) -> None:
        """Read it all."""
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; its attributes fetch nothing and run nothing."""
        self.seen.add(tag)
        for key, value in attrs:
            assert not key.startswith("on"), key
            assert key != "src", value
            assert key != "href" or str(value).startswith("#"), value
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)


@pytest.fixture(scope="module")
def full() -> Any:
    """Give the figures of 900 messages over forty intents."""
    return _measured(900, 40)


def test_the_report_is_one_page_that_fetches_nothing(tmp_path: Path, full: Any) -> None:
    """Page and figures are written; the page has no script, no address and no unclosed tag."""
    place = write_report(full, tmp_path / "a" / "report")
    page = place.read_text(encoding="utf-8")
    assert page == report_html(full)
    checked = Checked(page)
    assert "script" not in checked.seen
    assert not re.search(r"https?:|@import|url\((?!#)", page)
    assert not any(one in page for one in ("<script", "\u202e", "\x00"))
    assert "&lt;script&gt;" in page
    assert json.loads((place.parent / "metrics.json").read_text(encoding="utf-8")) == full


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path, full: Any) -> None:
    """A file in the folder's place gives one sentence with its path."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(IntentsError, match="name another folder"):
        write_report(full, tmp_path / "taken" / "report")


def test_headlines_say_the_figures_in_words(full: Any) -> None:
    """The shares, their spans, the worst mix-up and the mistakes' texts stand there to be read."""
    words = " ".join(" ".join(Checked(report_html(full)).words).split())
    assert f"{percent(full['accuracy'])} of 900 messages read right" in words
    assert between(full["accuracy_interval"]) in words
    worst = full["confusions"][0]
    assert worst["expected"].replace("_", " ") in words
    assert full["mistakes"][0]["text"].split("<")[0].strip() in words
    frustrated = full["feelings"]["frustrated"]
    assert f"of {frustrated['positive']} frustrated messages noticed" in words
    for title in ("In short", "What is taken for what", "How sure it is", "Every intent",
                  "Feelings", "Kinds of messages", "Read wrongly"):  # fmt: skip
        assert title in words


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [LabelledRow("a", "x")],
        [LabelledRow("a", "out_of_scope")],
        [LabelledRow("a", None, emotion="sad")],
        [LabelledRow("a", None, frustrated=False)],
        [LabelledRow("a", "x", frustrated=True, kind="k"), LabelledRow("b", "out_of_scope")],
        [LabelledRow(f"{place}", "x") for place in range(30)],
    ],
)
def test_a_page_is_made_of_whatever_there_is(rows: list[LabelledRow]) -> None:
    """No rows, one row, one label, refusals only or feelings only give a page all the same."""
    Checked(report_html(evaluate(rows, Invented(rows, ["x", "y"]))))


def test_many_intents_with_long_names_make_a_page() -> None:
    """Two hundred intents with names of a line each are a page of bounded size."""
    found = _measured(2_000, 200, feelings=False, name="what_a_very_long_name_for_an_intent" * 3)
    page = report_html(found)
    Checked(page)
    assert len(page) < 2_000_000


def test_a_plot_says_in_words_what_it_draws(full: Any) -> None:
    """Each plot has a dot or a mark for what it tells, and its figures as its name."""
    bins = full["calibration_bins"]
    drawn = reliability(bins, "how sure", "how often right")
    assert drawn.count('class="dot"') == len(bins)
    assert all(f">{row['rows']}</text>" in drawn for row in bins)
    assert 'class="band"' in drawn
    assert f"true {percent(bins[-1]['right'])} of {bins[-1]['rows']}" in drawn
    curve = coverage(full["coverage"], full["refusal"])
    assert curve.count('class="here"') == 1
    assert f"{percent(full['refusal']['coverage'])} are answered" in curve
    none = precision_recall(full["feelings"]["urgent"]["curve"], None, "urgent messages")
    assert 'class="here"' not in none


def test_one_limit_is_a_line_and_several_are_two(full: Any) -> None:
    """Where intents refuse at limits of their own, the lowest and the highest are drawn."""
    one = spread(full["confidences"], {"lowest_answered": 0.42, "highest_refused": 0.38})
    assert one.count('class="limit"') == 1
    assert "no answer below 40 %" in one
    several = spread(full["confidences"], {"lowest_answered": 0.2, "highest_refused": 0.6})
    assert several.count('class="limit"') == 2
    assert "no answer below 20–60 %" in several
    none = spread(full["confidences"], {"lowest_answered": 0.2, "highest_refused": None})
    assert "limit" not in none


def test_those_mixed_up_stand_side_by_side() -> None:
    """Rows of the heat map are ordered so that a pair is next to each other, no answer last."""
    confused = {
        "refund_request": {"refund_status": 9, "out_of_scope": 20},
        "thanks": {"goodbye": 3},
        "refund_status": {"refund_request": 4},
    }
    order = seriated(confused)
    assert order[-1] == "out_of_scope"
    assert abs(order.index("refund_request") - order.index("refund_status")) == 1
    assert abs(order.index("thanks") - order.index("goodbye")) == 1
    drawn = heat_map(confused, {"thanks": {"hits": 12}})
    assert drawn.count("<tr>") == len(order) + 1
    assert '<td class="hit">12</td>' in drawn
    assert f'<td class="heat{SHADES}">20</td>' in drawn
    assert heat_map({}, {}) == ""


def test_shades_grow_with_the_count() -> None:
    """One is the faintest, the commonest the strongest, and none is fainter than fewer."""
    for worst in (1, 2, 3, 7, 20, 5_000):
        shades = [shade(rows, worst) for rows in range(1, worst + 1)]
        assert shades == sorted(shades)
        assert shades[0] == 1 or worst == 1
        assert all(1 <= one <= SHADES for one in shades)


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "–"), (0.0, "0 %"), (0.001, "under 1 %"), (0.126, "13 %"), (0.998, "over 99 %"),
     (1.0, "100 %")],
)  # fmt: skip
def test_only_all_is_a_hundred(share: float | None, words: str) -> None:
    """Rounding never says all or none of what is only nearly so."""
    assert percent(share) == words


def test_spans_are_short() -> None:
    """An interval is a range in a table, and words in a sentence."""
    assert spanned([0.791, 0.88]) == "79–88"
    assert between([0.791, 0.88]) == "between 79 and 88 %"
    assert between(None) == spanned(None) == ""


def _bins(*rows: tuple[float, float]) -> dict[str, Any]:
    found = [{"rows": 100, "confidence": sure, "right": right} for sure, right in rows]
    error = sum(abs(sure - right) for sure, right in rows) / len(rows)
    return {"calibration_bins": found, "calibration_error": error,
            "calibration_error_noise_floor": 0.02}  # fmt: skip


def test_honesty_is_said_both_ways() -> None:
    """Near the truth can be trusted; nearer to 0 and 100 % than it is bold; else it is cautious."""
    assert "at its word" in honesty(_bins((0.1, 0.12), (0.9, 0.89)))
    assert "bolder" in honesty(_bins((0.05, 0.2), (0.95, 0.8)))
    assert "more cautious" in honesty(_bins((0.3, 0.1), (0.7, 0.95)))


def test_advice_names_what_to_mend(full: Any) -> None:
    """Mix-ups, missing answers and intruders each have their sentence; chance is told apart."""
    pairs = [
        {"expected": "a", "found": "b", "rows": 9},
        {"expected": "c_d", "found": "out_of_scope", "rows": 7},
        {"expected": "out_of_scope", "found": "e", "rows": 5},
    ]
    first, second, third, few = to_do({"confusions": pairs, "intents": {"a": {"rows": 4}}})
    assert "“a” was read as “b” 9 times" in first
    assert "“c d” got no answer 7 times" in second
    assert "5 messages that nobody here answers were read as “e”" in third
    assert "1 intent has fewer than 30 messages" in few
    assert to_do({"confusions": [{"expected": "a", "found": "b", "rows": 1}]}) == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield opened
        opened.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_anybody_can_read_the_page(
    browser: Any, full: Any, tmp_path: Path, scheme: str, width: int
) -> None:
    """No finding of axe, the page is as wide as its window, the keyboard reaches what scrolls."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    place = write_report(full, tmp_path)
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(place.as_uri())
    found = axe.Axe().run(page).response
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator(".tall").focus()
    assert page.evaluate("document.activeElement.className") == "scroll tall"
    page.close()


@pytest.mark.browser
def test_paper_cuts_nothing_off(browser: Any, full: Any, tmp_path: Path) -> None:
    """On a sheet of A4 no table is wider than the paper."""
    place = write_report(full, tmp_path)
    page = browser.new_page(viewport={"width": 718, "height": 1000})
    page.emulate_media(media="print")
    page.goto(place.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 718
    page.close()
