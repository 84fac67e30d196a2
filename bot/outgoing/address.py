"""Where an outgoing webhook may go: public addresses only, checked again at each try.

A name is resolved once for a try, every address it has is checked, and the connection goes to a
checked address; nothing asks DNS in between, so that a name cannot lead elsewhere meanwhile.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from bot.errors import BotError

LONGEST = 2_000
PATH_SAFE = "/%:@!$&'()*+,;=~-._"
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*\.?")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")

# Never connected to, not even for a host that may be private: they are no machine of a firm's own,
# or hold a cloud's credentials.
NEVER = tuple(
    ipaddress.ip_network(one)
    for one in (
        *("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"),
        *("168.63.129.16/32", "100.100.100.200/32", "192.0.0.0/24"),
        *("::/128", "fe80::/10", "fec0::/10", "ff00::/8", "fd00:ec2::/32", "fd20:ce::/32"),
    )
)
# Not public: private, shared (CGNAT), loopback, and what is kept for documents and measurements.
PRIVATE = tuple(
    ipaddress.ip_network(one)
    for one in (
        *("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        *("192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
PUBLIC_6 = ipaddress.ip_network("2000::/3")
MAPPED = ipaddress.ip_network("::ffff:0:0/96")
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressRefused(BotError):
    """Raised when an address may not be called; `code` says why in a word for logs."""

    def __init__(self, code: Literal["malformed", "blocked", "unresolved"], sentence: str) -> None:
        """Carry the word."""
        self.code = code
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` in lower case without brackets, `path` with its query."""

    scheme: Literal["http", "https"]
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header: brackets around IPv6, the port unless it is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.scheme == "https" else 80)
        return host if usual else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


@dataclass(frozen=True, slots=True)
class Guard:
    """What an operator allows: http at all, and hosts that may have private addresses."""

    http: bool = False
    private_hosts: frozenset[str] = frozenset()
    resolve: Resolve | None = None

    def target(self, address: str) -> Target:
        """Give an address taken apart; raises AddressRefused with a sentence for who typed it."""
        found = parse(address)
        if found.scheme == "http" and not self.http:
            raise _wrong("must begin with https://; ATTUNE_ENDPOINTS_HTTP allows http to develop.")
        return found

    def places(self, target: Target) -> tuple[str, ...]:
        """Give the checked IP addresses to connect to; raises AddressRefused if one is not public.

        Asks DNS, which may take seconds.
        """
        found = tuple(dict.fromkeys((self.resolve or _resolve)(target.host, target.port)))
        if not found:
            raise AddressRefused("unresolved", f"{target.host} has no address.")
        named = target.host.rstrip(".") in self.private_hosts
        for one in found:
            if not is_allowed(one, private=named):
                raise AddressRefused(
                    "blocked",
                    f"{target.host} leads to an address that is not public, so that nothing is "
                    "sent there; ATTUNE_ENDPOINTS_PRIVATE_HOSTS allows hosts of your own network.",
                )
        return found


def parse(address: str) -> Target:
    """Take an http or https address apart; raises AddressRefused."""
    if len(address) > LONGEST or not address.isprintable() or re.search(r"[\s\\]", address):
        raise _wrong(f"has at most {LONGEST:,} characters, without spaces or backslashes.")
    try:
        parts = urlsplit(address)
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as error:
        raise _wrong("cannot be read; check host and port.") from error
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise _wrong("looks like https://crm.example/attune.")
    if "@" in parts.netloc or parts.fragment:
        raise _wrong("holds no user, password or fragment; the signature says who sends.")
    scheme: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
    path = quote(parts.path or "/", safe=PATH_SAFE)
    query = f"?{quote(parts.query, safe=PATH_SAFE + '?')}" if parts.query else ""
    return Target(scheme, host, port or (443 if scheme == "https" else 80), path + query)


def is_allowed(place: str, *, private: bool = False) -> bool:
    """Tell whether an IP address may be connected to; `private` for a host that is named so."""
    try:
        ip: Ip = ipaddress.ip_address(place.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip in MAPPED or ip in NAT64):
        ip = ipaddress.IPv4Address(ip.packed[-4:])
    if _within(ip, NEVER):
        return False
    return private or not (_within(ip, PRIVATE) or _elsewhere(ip))


def _elsewhere(ip: Ip) -> bool:
    """Tell of an IPv6 address that nobody is given in the open net."""
    return isinstance(ip, ipaddress.IPv6Address) and ip not in PUBLIC_6


def _within(ip: Ip, nets: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(ip.version == net.version and ip in net for net in nets)


def _host(name: str) -> str:
    """Give a host as DNS knows it, or an IP address in its usual form; raises ValueError."""
    if "%" in name:
        raise ValueError(name)
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    if not name:
        return ""
    host = name.lower() if name.isascii() else name.encode("idna").decode("ascii").lower()
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return str(ipaddress.IPv4Address(host))  # not 127.1, 0x7f000001 or 2130706433
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise ValueError(host)
    return host


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("unresolved", f"{host} could not be resolved ({error}).") from error
    return [str(one[4][0]) for one in found]


def _wrong(rest: str) -> AddressRefused:
    return AddressRefused("malformed", f"The address {rest}")
