"""One agent's browser as a process that may be killed: `python -m tests.chaos.agent PORT …`.

It keeps nothing but a journal, one line a step, so that what it was told is known after its death.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOLDS = 3
REPLIES = 14
AGAIN_S = 0.05


@dataclass(slots=True)
class AgentProcess:
    """Signed in by a cookie; repeats each request, the same one, until it gets an answer."""

    port: int
    name: str
    cookie: str
    csrf: str
    colleagues: list[str]
    journal: int
    boot: str = field(default_factory=lambda: secrets.token_hex(4))
    ops: int = 0
    said: dict[str, int] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Take conversations, answer in each, and end each in one of several ways; for ever."""
        while True:
            mine = self._tickets()
            if len(mine) < HOLDS:
                self._ask("POST", "/desk/next", {"op": self._op()})
                mine = self._tickets()
            self._ask("POST", "/desk/heartbeat", {"available": True, "tokens": {
                one["id"]: one["token"] for one in mine}})  # fmt: skip
            for ticket in mine:
                self._answer(ticket)
            if not mine:
                time.sleep(AGAIN_S)

    def _answer(self, ticket: dict[str, Any]) -> None:
        place = f"/desk/conversations/{ticket['conversation']}"
        for _ in range(REPLIES // 2):
            self._reply(place, ticket)
        self.said[ticket["id"]] = self.said.get(ticket["id"], 0) + 1
        if self.said[ticket["id"]] < 2:
            return
        del self.said[ticket["id"]]
        body: dict[str, Any] = {"op": self._op(), "token": ticket["token"]}
        match secrets.randbelow(6):
            case 0:
                self._ask("POST", f"{place}/release", body)
            case 1 if self.colleagues:
                body |= {"to": secrets.choice(self.colleagues), "note": "Please look at this."}
                self._ask("POST", f"{place}/transfer", body)
            case _:
                if self._ask("POST", f"{place}/resolve", body)[0] == 200:
                    self._note("resolved", ticket["id"], ticket["token"])
        self._reply(place, ticket, kind="late")  # with a token that is void by now

    def _reply(self, place: str, ticket: dict[str, Any], kind: str = "said") -> None:
        op = self._op()
        body = {"op": op, "token": ticket["token"], "text": f"Answer {op}."}
        self._note("try", op, ticket["conversation"])
        status, _ = self._ask("POST", f"{place}/reply", body)
        if status == 200:
            self._note(kind, op, ticket["conversation"])

    def _tickets(self) -> list[dict[str, Any]]:
        status, body = self._ask("GET", "/desk/tickets?view=mine", None)
        return [one["ticket"] for one in body["tickets"]] if status == 200 else []

    def _ask(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Give status and body of an answer that is not "try again"."""
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Cookie": f"attune={self.cookie}",
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-CSRF-Token": self.csrf,
        }
        raw = None if body is None else json.dumps(body)
        while True:
            try:
                if self._connection is None:
                    self._connection = http.client.HTTPConnection(
                        "127.0.0.1", self.port, timeout=20
                    )
                self._connection.request(method, path, raw, headers)
                answer = self._connection.getresponse()
                status, content = answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                self._connection = None
                time.sleep(AGAIN_S)
                continue
            if status in {429, 503}:
                time.sleep(AGAIN_S)
                continue
            if status == 500:
                self._note("broke", path, content[:200].decode(errors="replace"))
            if status == 401:  # only where a store forgot the session
                time.sleep(1)
            return status, json.loads(content) if status == 200 else content

    def _op(self) -> str:
        self.ops += 1
        return f"{self.name}-{self.boot}-{self.ops}"

    def _note(self, *words: object) -> None:
        os.write(self.journal, f"{json.dumps(words)}\n".encode())


def main() -> None:
    """Run with what the storm gave: port, name, cookie, csrf, journal, colleagues."""
    port, name, cookie, csrf, journal, *colleagues = sys.argv[1:]
    place = os.open(Path(journal), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    AgentProcess(int(port), name, cookie, csrf, colleagues, place).run()


if __name__ == "__main__":
    main()
