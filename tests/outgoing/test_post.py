"""One POST: to the checked place, under the named host, within its time, without redirects."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.outgoing.address import Target, parse
from bot.outgoing.post import Answer, post
from tests.receiver import Receiver, Say, receiving

HERE = ("127.0.0.1",)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a receiver."""
    with receiving() as found:
        yield found


def to(receiver: Receiver, host: str = "crm.example", path: str = "/hook") -> Target:
    """Give an address whose name no DNS knows, on the receiver's port."""
    return parse(f"http://{host}:{receiver.port}{path}")


def test_the_checked_place_is_reached_under_the_named_host(receiver: Receiver) -> None:
    """No name is resolved again: the host of the header need not even exist."""
    answer = post(to(receiver), HERE, {"webhook-id": "e1"}, b"{}")
    assert (answer.status, answer.said, answer.why) == (200, "thanks", "")
    (got,) = receiver.got
    assert got.headers["host"] == f"crm.example:{receiver.port}"
    assert (got.path, got.body, got.id) == ("/hook", b"{}", "e1")


def test_no_redirect_is_followed(receiver: Receiver) -> None:
    """A redirect is an answer like any other that is not a 2xx."""
    receiver.says = [Say(307, {"Location": receiver.url})]
    assert post(to(receiver), HERE, {}, b"{}").status == 307
    assert len(receiver.got) == 1


def test_a_proxy_of_the_environment_is_not_used(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was checked is what is reached."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert post(to(receiver), HERE, {}, b"{}").status == 200


def test_an_answer_is_cut_and_printable(receiver: Receiver) -> None:
    """However much comes back, only its beginning is kept, on one line."""
    receiver.says = [Say(500, {"Retry-After": "7"}, b"no\x00\x1b[2J\nway \xff" + b"x" * 5_000_000)]
    answer = post(to(receiver), HERE, {}, b"{}")
    assert (answer.status, answer.retry_after) == (500, "7")
    assert answer.said.startswith("no[2J way \ufffdxxx")
    assert len(answer.said) == 300


@pytest.mark.parametrize("say", [Say(wait_s=5), Say(body=b"x" * 100, drip_s=0.2)], ids=str)
def test_it_ends_in_time(receiver: Receiver, say: Say) -> None:
    """An endpoint that says nothing, or a byte now and then, holds nobody longer than allowed."""
    receiver.says = [say]
    begun = time.monotonic()
    answer = post(to(receiver), HERE, {}, b"{}", deadline_s=0.5)
    assert time.monotonic() - begun < 2
    assert answer.took_ms >= 490
    assert answer.why == ("timeout" if say.wait_s else "")


def test_dripping_headers_end_in_time() -> None:
    """Nor does one whose headers never end."""

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            try:
                while True:
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                    time.sleep(0.05)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        target = parse(f"http://crm.example:{server.getsockname()[1]}/")
        answer = post(target, HERE, {}, b"{}", deadline_s=0.5)
        thread.join(5)
    assert (answer.status, answer.why) == (0, "timeout")
    assert answer.took_ms < 2_000


def spoken(words: bytes) -> Answer:
    """Give what becomes of an answer that is no HTTP."""

    def speak(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(words)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=speak, args=(server,), daemon=True)
        thread.start()
        target = parse(f"http://crm.example:{server.getsockname()[1]}/")
        answer = post(target, HERE, {}, b"{}", deadline_s=5)
        thread.join(5)
    return answer


def test_what_is_no_http_is_said_so() -> None:
    """Redis, SSH or nonsense behind a port is a failed try, never an error of ours."""
    assert spoken(b"-ERR unknown command\r\n").why == "not_http"
    assert spoken(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 500 + b"\r\n").why == "not_http"
    assert spoken(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 100_000).why == "not_http"
    assert spoken(b"").why in {"unreachable", "not_http"}


def test_nobody_there() -> None:
    """A closed port is told as such; a second address is tried."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    target = parse(f"http://crm.example:{port}/")
    assert post(target, HERE, {}, b"{}").why == "refused"
    with receiving() as found:
        answer = post(to(found), ("127.0.0.2", "127.0.0.1"), {}, b"{}")
        assert answer.status == 200


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give a fresh certificate for crm.example, with its key, signed by itself."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl on this machine")
    made = tmp_path / "crm.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=crm.example"
    more = ["-addext", "subjectAltName=DNS:crm.example", "-keyout", made, "-out", tmp_path / "c"]
    subprocess.run([*command.split(), *more], check=True, capture_output=True)
    made.write_text(made.read_text() + (tmp_path / "c").read_text())
    return made


def test_tls_speaks_to_the_named_host(certificate: Path) -> None:
    """SNI and the certificate's name are the host's, though an IP address is connected to."""
    named: list[str | None] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    server.sni_callback = lambda _socket, name, _context: named.append(name)
    trusting = ssl.create_default_context(cafile=certificate)
    with receiving(server) as found:
        good = parse(f"https://crm.example:{found.port}/hook")
        assert post(good, HERE, {}, b"{}", tls=trusting).status == 200
        assert named == ["crm.example"]
        other = parse(f"https://evil.example:{found.port}/hook")
        assert post(other, HERE, {}, b"{}", tls=trusting).why == "tls"
        assert post(good, HERE, {}, b"{}").why == "tls", "nobody trusts this certificate"
        assert len(found.got) == 1
