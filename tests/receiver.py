"""A real HTTP server on the loopback that takes webhooks and answers as a test wants."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Got:
    """One request as it came; header names in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def id(self) -> str:
        """The event's id."""
        return self.headers["webhook-id"]

    @property
    def row(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        """The event's name."""
        return str(self.row["type"])


@dataclass(slots=True)
class Say:
    """How to answer."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"thanks"
    wait_s: float = 0.0
    drip_s: float = 0.0


@dataclass(slots=True)
class Receiver:
    """What came, and how the next ones are answered: the first of `says`, else 200."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    says: list[Say] = field(default_factory=list)
    judge: Callable[[Got], Say | None] = lambda _: None
    open_now: int = 0
    most_open: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    scheme: str = "http"

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{self.scheme}://127.0.0.1:{self.port}/hook"

    def kinds(self) -> list[str]:
        """Give the names of what came, in order."""
        return [one.kind for one in self.got]

    def wait_for(self, count: int, seconds: float = WAIT_S) -> list[Got]:
        """Wait until so many came."""
        until = time.monotonic() + seconds
        while len(self.got) < count:
            assert time.monotonic() < until, (count, self.kinds())
            time.sleep(0.01)
        return self.got

    def answer(self, got: Got) -> Say:
        """Keep what came and choose the answer."""
        with self.lock:
            self.got.append(got)
            return self.judge(got) or (self.says.pop(0) if self.says else Say())


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Give a running receiver."""
    receiver = Receiver(scheme="https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            if len(body) < length:  # whoever sent it died
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            with receiver.lock:
                receiver.open_now += 1
                receiver.most_open = max(receiver.most_open, receiver.open_now)
            say = receiver.answer(Got(self.path, headers, body, time.monotonic()))
            try:
                self._say(say)
            except OSError:
                self.close_connection = True
            finally:
                with receiver.lock:
                    receiver.open_now -= 1

        def _say(self, say: Say) -> None:
            time.sleep(say.wait_s)
            self.send_response(say.status)
            for name, value in say.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(say.body)))
            self.end_headers()
            for at in range(len(say.body)) if say.drip_s else ():
                self.wfile.write(say.body[at : at + 1])
                self.wfile.flush()
                time.sleep(say.drip_s)
            if not say.drip_s:
                self.wfile.write(say.body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
