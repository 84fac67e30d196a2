"""What is dropped or pasted into chat and desk: files, far too much text, and markup."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_widget import opened, page, site
from tests.staff import Staff

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

pytestmark = pytest.mark.browser
__all__ = ["page", "site"]

HAND_OVER = """(box, [type, kind, text]) => {
  const data = new DataTransfer();
  if (kind === "file") data.items.add(new File(["x"], "receipt.png", { type: "image/png" }));
  else data.setData("text/plain", text);
  const more = type === "paste" ? { clipboardData: data } : { dataTransfer: data };
  const Made = type === "paste" ? ClipboardEvent : DragEvent;
  return box.dispatchEvent(new Made(type, { bubbles: true, cancelable: true, ...more }));
}"""


def hand_over(box: Any, kind: str, file: str = "file", text: str = "") -> bool:
    """Drop or paste onto a box; tell whether the browser goes on with what it does by itself."""
    return bool(box.evaluate(HAND_OVER, [kind, file, text]))


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_files_in_the_chat(page: Any, site: str, kind: str) -> None:
    """A file is answered with a sentence, and a dropped one does not replace the chat."""
    box = opened(page, site).get_by_label("Your message")
    box.fill("here is my receipt")
    assert hand_over(box, "dragover") is False
    assert hand_over(box, kind) is (kind == "paste")
    words = page.frame_locator("iframe").get_by_text("Files and pictures cannot be sent here yet")
    expect(words).to_be_visible()
    expect(box).to_have_value("here is my receipt")


def test_far_too_much_in_the_chat(page: Any, site: str) -> None:
    """Of 200,000 letters a message holds 4,000, and the chat says that the rest was left out."""
    frame = opened(page, site)
    box = frame.get_by_label("Your message")
    box.focus()
    hand_over(box, "paste", "text", "a" * 200_000)
    expect(frame.get_by_text("so the end was left out")).to_be_visible()
    page.keyboard.insert_text("<b>bold</b> " * 20_000)
    assert len(box.input_value()) == 4_000
    box.press("Enter")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    expect(frame.locator("#log b")).to_have_count(0)


def test_at_the_desk(open_desk: Any, staff: Staff) -> None:
    """A file is answered at the desk, too; 200,000 letters stay in the box and are not sent."""
    staff.says("c1", "let me talk to a human")
    desk = open_desk()
    box = desk.locator("#composer-text")
    assert hand_over(desk.locator("#list"), "drop") is False
    expect(desk.locator("#list-notice")).to_contain_text("cannot be sent yet")
    desk.locator("#list li").first.click()
    expect(desk.locator("#talk-name")).to_have_text("Robin Marsh")
    hand_over(box, "paste")
    expect(desk.locator("#composer-wrong")).to_contain_text("cannot be sent yet")
    box.fill("<i>a</i>" * 25_000)
    expect(desk.locator("#composer-left")).to_contain_text("too many")
    expect(desk.locator("#composer-send")).to_be_disabled()
    desk.reload()
    expect(box).to_have_value("<i>a</i>" * 25_000)
