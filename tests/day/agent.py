"""Somebody who works at the real desk's page as a person would, and notes what they did.

What the page tells them they believe: a reply whose box is empty was sent, one that the page says
was not is sent again. What they believe must be what the store holds.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SOON_S = 30.0
MARKS = itertools.count(1)
ROWS = "[...document.querySelector('#list').children].map((one) => one.dataset.key)"


@dataclass(slots=True)
class Said:
    """Something an agent wrote, known again by its mark, and how often it must be there."""

    mark: str
    conversation: str
    how: str
    kind: str = "message"
    times: int = 1


@dataclass(slots=True)
class Worker:
    """Who sits at a page; `wrong` is where everything goes that should not have been."""

    name: str
    id: str
    page: Any
    wrong: list[str]
    said: list[Said] = field(default_factory=list)
    did: dict[str, int] = field(default_factory=dict)
    chose: str = "available"
    asleep_until: float = 0.0
    _tools: Any = None

    @property
    def box(self) -> str:
        """What stands in the box for replies."""
        return str(self.page.input_value("#composer-text"))

    @property
    def conversation(self) -> str:
        """The conversation that is open."""
        return str(self.page.evaluate("decodeURIComponent(location.hash.slice(1))"))

    @property
    def refusal(self) -> str:
        """Why a reply was not sent, as the page tells it."""
        return str(self.page.inner_text("#composer-wrong"))

    def rows(self) -> list[str]:
        """The conversations in the list that is shown."""
        found = self.page.evaluate(ROWS)
        return [str(one) for one in found]

    def until(self, what: str, true: Callable[[], Any], seconds: float = SOON_S) -> bool:
        """Wait until something is so; if it does not become so, that is wrong."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if true():
                return True
            self.page.wait_for_timeout(60)
        self.wrong.append(f"{self.name}: {what} did not come within {seconds:.0f} s")
        return False

    def view(self, name: str) -> None:
        """Show a list, and leave it alone."""
        self.page.click(f"#view-{name}")
        self.page.mouse.move(1, 1)
        self.page.wait_for_selector("#list-wait", state="hidden")

    def take(self) -> bool:
        """Take the next one if somebody waits."""
        self.view("waiting")
        if self.page.is_disabled("#next"):
            return False
        before = self.conversation
        self.page.click("#next")
        end = time.monotonic() + 3
        while time.monotonic() < end and self.conversation == before:
            self.page.wait_for_timeout(60)
        self.count("taken", int(self.conversation != before))
        return self.conversation != before and self.is_mine()

    def open_mine(self, number: int) -> bool:
        """Open one of those one holds, from the list."""
        self.view("mine")
        rows = self.rows()
        if not rows:
            return False
        self.page.click(f'#list [data-key="{rows[number % len(rows)]}"] a')
        self.page.mouse.move(1, 1)
        return self.is_mine()

    def is_mine(self) -> bool:
        """Wait until the page shows a conversation; tell whether it is one's own."""
        state = self.page.locator("#talk-state")
        self.until("a conversation that was opened", state.inner_text, 20)
        return bool(state.inner_text() == "With you")

    def has_it(self) -> bool:
        """Whether the open conversation is one's own, as the page says now."""
        return "With you" in self.page.inner_text("#talk-state")

    def count(self, what: str, times: int = 1) -> None:
        """Note that something was done."""
        self.did[what] = self.did.get(what, 0) + times

    def note(self) -> None:
        """Leave a private note."""
        self.page.click("#mode-note")
        self.write("note", "I looked into it.", "note")
        self.press()
        self.until("an empty box after a note", lambda: not self.box)
        self.page.click("#mode-reply")

    def menu(self, item: str) -> None:
        """Choose from the menu of the open conversation."""
        self.page.click("#more-menu summary")
        self.page.click(f"#do-{item}")

    def transfer(self, to: str) -> None:
        """Hand the open conversation to a colleague."""
        self.menu("transfer")
        self.page.check(f"#transfer-list >> text={to}")
        self.page.click("#transfer-go")
        self.until("the colleague's name", lambda: not self.has_it())
        self.count("transferred")

    def release(self) -> None:
        """Put it back in line."""
        self.menu("release")
        self.until("that it went back", lambda: not self.has_it())
        self.count("released")

    def rest(self) -> None:
        """Let it rest until later."""
        self.menu("snooze")
        self.page.keyboard.press("Enter")
        self.until("its rest", lambda: "rests until" in self.page.inner_text("#talk-state"))
        self.count("rested")

    def resolve(self) -> None:
        """Close it; what was kept back goes out first."""
        self.page.click("#resolve")
        toast = self.page.locator("#toast")
        self.until("that it is closed", lambda: not self.has_it() or toast.is_visible())
        self.count("resolved")

    def duty(self, chosen: str) -> None:
        """Say that one is available, on a break, or only finishes."""
        self.page.set_checked("#available", chosen != "away")
        self.page.set_checked("#finishing", chosen == "finishing")
        self.chose = chosen
        self.count(f"went {chosen}")

    def lid(self, seconds: float, then: str = "") -> None:
        """Close the laptop for so long: no network, nothing runs; open it, do something at once."""
        self.page.context.set_offline(True)
        self.freeze()
        time.sleep(seconds)
        self.page.context.set_offline(False)
        self.thaw()
        if then:
            self.page.evaluate(then)
        self.count("lid closed")

    def freeze(self) -> None:
        """Have the browser put the tab to sleep."""
        self._tools = self._tools or self.page.context.new_cdp_session(self.page)
        self._tools.send("Page.setWebLifecycleState", {"state": "frozen"})

    def thaw(self) -> None:
        """Wake it."""
        self._tools.send("Page.setWebLifecycleState", {"state": "active"})

    def write(self, how: str, words: str = "I am looking into it.", kind: str = "message") -> Said:
        """Fill the box, and note it."""
        said = Said(f"[{next(MARKS)}]", self.conversation, how, kind)
        self.page.fill("#composer-text", f"{words} {said.mark}")
        self.said.append(said)
        return said

    def press(self) -> None:
        """Press Enter in the box."""
        self.page.press("#composer-text", "Enter")

    def send(self) -> None:
        """Press Enter until the box is empty, as often as the page says that it was not sent."""
        for _ in range(4):
            self.press()
            self.until("an answer to Enter", lambda: not self.box or self.refusal, 20)
            if not self.box:
                return
            self.page.wait_for_timeout(500)
        self.wrong.append(f"{self.name}: could not send: {self.refusal or self.box}")
