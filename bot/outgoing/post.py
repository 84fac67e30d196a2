"""One POST to a checked address: its own Host and SNI, no redirects, a deadline, a short answer."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.outgoing.address import Target

DEADLINE_S = 10.0
MOST_BYTES = 16 * 1024 + 1
LOOKED_AT = 2_048
SHOWN = 300
PLACES_TRIED = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """How a try ended: status 0 is no answer, and then `why` says what happened in a word.

    `said` is the beginning of the answer as one line, `body` its first 16 KiB and a byte.
    """

    status: int
    took_ms: int
    why: str = ""
    said: str = ""
    retry_after: str = ""
    body: bytes = b""


class _Pinned(http.client.HTTPConnection):
    """A connection to one of the places that were checked, speaking to the host that was named."""

    def __init__(
        self, target: Target, places: Sequence[str], tls: ssl.SSLContext | None, until: float
    ) -> None:
        super().__init__(target.host, target.port)
        self._target, self._places, self._tls, self._until = target, places, tls, until

    def connect(self) -> None:
        """Connect to the first place that answers, and begin TLS under the host's own name."""
        self.sock = self._reached()
        self.sock.settimeout(self._left_s())
        if self._target.scheme == "https":
            tls = self._tls or ssl.create_default_context()
            self.sock = tls.wrap_socket(
                self.sock,
                server_hostname=self._target.host.rstrip("."),
                do_handshake_on_connect=False,  # so that the deadline can end it
            )
            self.sock.do_handshake()
        self.sock.settimeout(self._left_s())

    def _reached(self) -> Any:
        problem: OSError = ConnectionRefusedError()
        for place in self._places[:PLACES_TRIED]:
            try:
                return socket.create_connection((place, self._target.port), self._left_s())
            except OSError as error:
                problem = error
        raise problem

    def _left_s(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def hang_up(self) -> None:
        """End it from another thread; whoever reads from it wakes up."""
        sock = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def post(
    target: Target,
    places: Sequence[str],
    headers: Mapping[str, str],
    body: bytes,
    *,
    deadline_s: float = DEADLINE_S,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Post a body and give what came back within the deadline, whatever happens; never raises.

    Environment variables that name a proxy are not used: the place that was checked is reached.
    """
    begun = time.monotonic()
    late = threading.Event()
    connection = _Pinned(target, places, tls, begun + deadline_s)

    def end() -> None:
        late.set()
        connection.hang_up()

    watch = threading.Timer(deadline_s, end)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", target.path, body, {"Host": target.authority, **headers})
        response = connection.getresponse()
        body, status = _beginning(response), response.status
        asked = response.getheader("Retry-After", "")[:100]
        return Answer(status, _since(begun), "", _shown(body), asked, body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(0, _since(begun), "timeout" if late.is_set() else _word(error))
    finally:
        watch.cancel()
        connection.close()


def _beginning(response: http.client.HTTPResponse) -> bytes:
    """Give the beginning of an answer; a body that breaks off is no error."""
    try:
        return response.read(MOST_BYTES)
    except (OSError, http.client.HTTPException, ValueError):
        return b""


def _shown(body: bytes) -> str:
    """Give an answer as one printable line."""
    words = " ".join(body[:LOOKED_AT].decode("utf-8", "replace").split())
    return "".join(one for one in words if one.isprintable())[:SHOWN]


def _word(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ssl.SSLError):
        return "tls"
    return "unreachable" if isinstance(error, OSError) else "not_http"


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)
