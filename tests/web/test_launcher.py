"""The page that shows how the chat looks on a site."""

from __future__ import annotations

import html
import re

import pytest

from bot.contrast import ink_on, ratio, remarks
from tests.staff import Browser, Staff


@pytest.mark.parametrize(
    ("one", "other", "is_about"),
    [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#1e5a41", "#1e5a41", 1.0)],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, is_about: float) -> None:
    """Known pairs, whichever comes first."""
    assert ratio(one, other) == pytest.approx(is_about, abs=0.01)
    assert ratio(other, one) == ratio(one, other)


def test_what_is_hard_to_see_is_said() -> None:
    """The shipped green is fine; a middle orange hides its words; a pale yellow hides itself."""
    assert remarks("#1e5a41") == []
    assert ink_on("#ff7a00") == "#ffffff"
    assert any("words on the button" in one for one in remarks("#ff7a00"))
    assert ["hardly stands out" in one for one in remarks("#fff3b0")] == [True]


def test_the_tag_says_what_was_chosen_and_nothing_else(staff: Staff) -> None:
    """Only what differs stands in it, escaped; what cannot be falls back to what ships."""
    ada = staff.browser("Ada Okonkwo", "admin")

    def tag(query: str) -> str:
        text = ada.client.get(f"/people/widget?{query}", headers={"Accept": "text/html"}).text
        found = re.search(r'id="tag">(.*?)</code>', text, re.DOTALL)
        assert found
        return html.unescape(found[1])

    address = staff.services.settings.address
    assert tag("") == f'<script src="{address}/embed.js" async></script>'
    assert tag("colour=%237A2E1D&side=left&label=Ask+us").endswith(
        ' async data-label="Ask us" data-colour="#7a2e1d" data-side="left"></script>'
    )
    assert "data-" not in tag("colour=red;}&side=up")
    assert tag("label=%22%3E%3Cimg%3E").endswith(' data-label="&#34;&gt;&lt;img&gt;"></script>')
    assert Browser.get(staff.browser(), "/people/widget").status_code == 403
