"""An agent of a day, and what happens to them in the middle of a reply."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.day.agent import MARKS, Said, Worker

UNDO_S = 5.0
TAKE_BACK = (
    "document.querySelector('#composer-undo').hidden || document.querySelector('#undo').click()"
)


@dataclass(slots=True)
class Agent(Worker):
    """A worker whose replies are disturbed; each way is a method, chosen by name."""

    def reply(self, how: str) -> None:
        """Write a reply in one of the ways below."""
        if self.box:
            self.wrong.append(f"{self.name}: before a reply the box was not empty: {self.box!r}")
            self.page.fill("#composer-text", "")
        self.count(how)
        getattr(self, f"_{how}")()

    def _plain(self) -> None:
        self.write("plain")
        self.send()

    def _undo(self) -> None:
        """Taken back in time: nobody gets it, and the words are in the box."""
        said = self.write("undo")
        self.send()
        if not self.page.is_visible("#undo"):
            return
        self.page.click("#undo")
        self.until("the words taken back", lambda: said.mark in self.box, 5)
        self.page.wait_for_timeout(700)
        said.times = 0 if "sent already" not in self.refusal else 1
        if said.times and self.box:
            self.wrong.append(f"{self.name}: sent already, and yet in the box: {self.box!r}")
        self.page.fill("#composer-text", "")

    def _undo_too_late(self) -> None:
        """The lid is closed in the five seconds; opened again, the button is pressed at once."""
        said = self.write("undo_too_late")
        self.send()
        self.lid(
            UNDO_S + 3,
            then=TAKE_BACK,
        )
        self.page.wait_for_timeout(1_500)
        if said.mark in self.box:  # so it was in time, because the server was slow to send it
            said.times = 0
            self.page.fill("#composer-text", "")

    def _offline(self) -> None:
        """No network: the page says so and keeps the words; with the network they go out."""
        self.page.context.set_offline(True)
        said = self.write("offline")
        self.press()
        self.until("that it was not sent", lambda: "words are kept" in self.refusal)
        if said.mark not in self.box:
            self.wrong.append(f"{self.name}: words were lost without a network")
        self.page.context.set_offline(False)
        self.send()

    def _answer_lost(self) -> None:
        """The server has it, its answer is lost; Enter once more sends nothing twice."""
        self.write("answer_lost")
        self._lose_answer()
        self.send()

    def _answer_lost_reload(self) -> None:
        """As above, and the page is loaded again before the second Enter."""
        self.write("answer_lost_reload")
        self._lose_answer()
        self.page.reload()
        self.is_mine()
        self.page.wait_for_timeout(800)
        if self.box:
            self.send()

    def _answer_lost_other(self) -> None:
        """As above, and something else is written elsewhere first."""
        self.write("answer_lost_other")
        here = self.conversation
        self._lose_answer()
        self.page.click("#mode-note")
        self.write("note between", "Something is slow.", "note")
        self.press()
        self.until("an empty box after a note", lambda: not self.box)
        self.page.click("#mode-reply")
        if self.conversation == here and self.box:
            self.send()

    def _answer_lost_changed(self) -> None:
        """As above, and if the page still offers the words after a moment, they are changed."""
        self.write("answer_lost_changed")
        self._lose_answer()
        self.page.wait_for_timeout(1_500)
        if self.box:
            self.page.fill("#composer-text", f"{self.box} Sorry for the wait.")
            self.send()

    def _typed_on(self) -> None:
        """The server is slow; the next sentence is begun before the first was accepted."""
        self.write("typed_on")
        self.page.route("**/reply", self._slowly, times=1)
        self.press()
        self.page.wait_for_timeout(300)
        self.page.focus("#composer-text")
        self.page.keyboard.press("Control+End")
        second = Said(f"[{next(MARKS)}]", self.conversation, "typed_on, the second")
        self.page.keyboard.type(f" And one more thing {second.mark}")
        self.until(
            "the first to be gone from the box", lambda: self.page.is_enabled("#composer-send")
        )
        self.said.append(second)
        self.send()

    def _reload_in_undo(self) -> None:
        """Loaded again in the five seconds."""
        self.write("reload_in_undo")
        self.send()
        self.page.reload()
        self.is_mine()

    def _lid_in_undo(self) -> None:
        """Closed in the five seconds: it goes out by itself, once."""
        self.write("lid_in_undo")
        self.send()
        self.lid(UNDO_S + 2)

    def _lid_typing(self) -> None:
        """Closed in the middle of a word, which is there afterwards."""
        said = self.write("lid_typing")
        self.lid(2)
        if said.mark not in self.box:
            self.wrong.append(f"{self.name}: words were lost under the lid")
        self.send()

    def _lid_sending(self) -> None:
        """Closed between Enter and the answer."""
        self.write("lid_sending")
        self.page.route("**/reply", lambda route: (route.fetch(), route.abort()), times=1)
        self.press()
        self.lid(3)
        self.until("an answer", lambda: self.refusal or not self.box)
        if self.box:
            self.send()

    def _two_tabs(self) -> None:
        """A second tab of the same conversation offers nothing that the first has sent."""
        other = self.page.context.new_page()
        self.write("two_tabs")
        other.goto(f"/desk#{self.conversation}")
        other.wait_for_selector("#talk-state >> text=With you")
        self.send()
        other.wait_for_timeout(700)
        left = other.input_value("#composer-text")
        if left:
            self.wrong.append(f"{self.name}: the second tab still offers what the first has sent")
            other.press("#composer-text", "Enter")
            other.wait_for_timeout(500)
        other.close()

    def _lose_answer(self) -> None:
        self.page.route("**/reply", lambda route: (route.fetch(), route.abort()), times=1)
        self.press()
        self.until("that the answer was lost", lambda: self.refusal or not self.box)

    @staticmethod
    def _slowly(route: Any) -> None:
        answer = route.fetch()
        time.sleep(1.2)
        route.fulfill(response=answer)
