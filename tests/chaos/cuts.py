"""Ways to a Redis that can be cut while everybody goes on running."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

CLONE_NEWNET = 0x40000000


class Cut(Protocol):
    """The way to a server: `host` and `port` for the far side, the inner ones for its own side."""

    host: str
    port: int
    inner_host: str
    inner: int
    others_host: str
    prefix: Sequence[str]

    def enter(self) -> None:
        """Put the calling thread on the server's side."""

    def cut(self) -> None:
        """Carry nothing any more."""

    def heal(self) -> None:
        """Carry again."""

    def close(self) -> None:
        """End it for good."""


@dataclass(slots=True)
class Link:
    """A TCP relay to a port: what goes over it is carried on, until it is cut.

    A cut link swallows: nothing arrives, nobody is told, new connections open and stay silent, as
    when a cable is pulled behind a switch. It does not lose or reorder packets.
    """

    inner: int
    port: int = 0
    host: str = "127.0.0.1"
    inner_host: str = "127.0.0.1"
    others_host: str = "127.0.0.1"
    prefix: Sequence[str] = ()
    _up: threading.Event = field(default_factory=threading.Event)
    _listener: socket.socket = field(init=False)
    _open: list[socket.socket] = field(default_factory=list)
    _closed: bool = False

    def __post_init__(self) -> None:
        """Listen at once."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._up.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def enter(self) -> None:
        """Nothing to do: whoever takes the inner port is there."""

    def cut(self) -> None:
        """Carry nothing any more."""
        self._up.clear()

    def heal(self) -> None:
        """Carry again: what was on its way arrives late, as it does after a real cut."""
        self._up.set()

    def close(self) -> None:
        """End it for good."""
        self._closed = True
        self._up.set()
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self._up.wait()
        try:
            far = socket.create_connection(("127.0.0.1", self.inner), timeout=5)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        self._open += [near, far]
        for pair in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(65_536):
                self._up.wait()
                sink.sendall(block)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@dataclass(slots=True)
class Veth:
    """A network namespace of its own behind a virtual cable that can be unplugged; needs root.

    The kernel drops the packets: both sides keep their connections and hear nothing, as behind a
    broken switch. Threads that `enter` are inside, with the server.
    """

    inner: int
    host: str = "10.213.77.2"
    others_host: str = "10.213.77.1"
    name: str = "attunecut"
    port: int = field(init=False)
    inner_host: str = field(init=False)
    prefix: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        """Make the namespace and the cable; what an earlier run left is removed."""
        self.port, self.inner_host = self.inner, self.host
        self.prefix = ("ip", "netns", "exec", self.name)
        self.close()
        _ip(f"netns add {self.name}")
        _ip(f"link add {self.name}0 type veth peer name {self.name}1")
        _ip(f"link set {self.name}1 netns {self.name}")
        _ip(f"addr add {self.others_host}/30 dev {self.name}0")
        _ip(f"link set {self.name}0 up")
        _ip(f"-n {self.name} addr add {self.host}/30 dev {self.name}1")
        _ip(f"-n {self.name} link set {self.name}1 up")
        _ip(f"-n {self.name} link set lo up")

    def enter(self) -> None:
        """Put the calling thread into the namespace, for good."""
        place = os.open(Path("/run/netns") / self.name, os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).setns(place, CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "The network namespace cannot be entered")
        finally:
            os.close(place)

    def cut(self) -> None:
        """Unplug the cable."""
        _ip(f"link set {self.name}0 down")

    def heal(self) -> None:
        """Plug it in again."""
        _ip(f"link set {self.name}0 up")

    def close(self) -> None:
        """Remove namespace and cable."""
        subprocess.run(["ip", "netns", "del", self.name], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", f"{self.name}0"], capture_output=True, check=False)


def can_unplug() -> bool:
    """Say whether this machine lets us make network namespaces."""
    try:
        Veth(1).close()
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _ip(words: str) -> None:
    subprocess.run(["ip", *words.split()], capture_output=True, check=True)
