"""Where an outgoing webhook may go: every way to write or resolve a private place is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outgoing.address import AddressRefused, Guard, is_allowed, parse

ANY = "0.0.0.0"  # noqa: S104 - an address to refuse
PRIVATE = (
    *("127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", ANY, "0.1.2.3", "192.0.0.192"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"),
    *("198.51.100.7", "203.0.113.9", "168.63.129.16", "192.88.99.1"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("fd20:ce::254", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:a00:1", "::127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001::1"),
    *("2002:a9fe:a9fe::1", "2001:db8::1", "100::1", "3fff::1", "5f00::1", "not an address", ""),
)
PUBLIC = ("8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8")


@pytest.mark.parametrize("place", PRIVATE)
def test_private_places_are_refused(place: str) -> None:
    """Private, loopback, link-local, shared, multicast, metadata, and each of them inside IPv6."""
    assert not is_allowed(place)


@pytest.mark.parametrize("place", PUBLIC)
def test_public_places_are_reached(place: str) -> None:
    """The open net is allowed, also through NAT64 and mapped."""
    assert is_allowed(place)
    assert is_allowed("64:ff9b::808:808")


@pytest.mark.parametrize("place", ["10.1.2.3", "127.0.0.1", "fd12::1", "::1", "100.64.1.1"])
def test_a_named_host_may_be_private(place: str) -> None:
    """What an operator names may lie in the own network."""
    assert is_allowed(place, private=True)


@pytest.mark.parametrize(
    "place", ["169.254.169.254", "fe80::1", "224.0.0.1", ANY, "::ffff:169.254.169.254"]
)
def test_some_places_are_never_reached(place: str) -> None:
    """A named host whose name leads to credentials of a cloud leads nowhere."""
    assert not is_allowed(place, private=True)


@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_judged_as_itself(ip: object) -> None:
    """No address becomes allowed by being written inside another."""
    for form in (f"::ffff:{ip}", f"64:ff9b::{ip}"):
        assert is_allowed(form) == is_allowed(str(ip))


@pytest.mark.parametrize(
    "address",
    [
        *("", "crm.example", "ftp://crm.example/", "https://", "https:///x", "//crm.example"),
        *("https://user:pw@crm.example/", "https://crm.example/#x", "https://crm.example:0/"),
        *("https://crm.example:99999/", "https://crm.example:x/", "https://a b.example/"),
        *(
            "https://crm.example/\r\nHost: x",
            "https://crm.example\\@127.0.0.1/",
            "https://-x.example/",
        ),
        *("https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/"),
        *("https://0x7f.0.0.1/", "https://127.0.0.1.0x1/", "https://[::1%25lo]/", "https://[::g]/"),
        *("https://crm..example/", "https://crm.example%2f@x/", "https://" + "x" * 3_000),
        *("javascript:alert(1)", "https://\u2100.example/", "https://1.2.3/"),
    ],
)
def test_odd_addresses_are_refused(address: str) -> None:
    """What is no plain host, or a number in disguise, is told apart before anybody asks DNS."""
    with pytest.raises(AddressRefused) as told:
        parse(address)
    assert told.value.code == "malformed"


def test_addresses_are_taken_apart() -> None:
    """Host in lower case, the usual port left out, a path with its query, IPv6 in brackets."""
    one = parse("https://CRM.Example/attune?x=1&y=a b".replace(" ", "%20"))
    assert (one.host, one.port, one.path) == ("crm.example", 443, "/attune?x=1&y=a%20b")
    assert one.authority == "crm.example"
    assert parse("http://crm.example:8080").authority == "crm.example:8080"
    six = parse("https://[2606:4700:0:0::1111]:8443/x")
    assert (six.host, six.authority) == ("2606:4700::1111", "[2606:4700::1111]:8443")
    assert parse("https://bücher.example/ü").host == "xn--bcher-kva.example"
    assert str(parse("https://bücher.example/ü")).endswith("/%C3%BC")
    assert str(parse(str(one))) == str(one)


def guard(*found: str, **over: object) -> Guard:
    return Guard(resolve=lambda _host, _port: found, **over)  # type: ignore[arg-type]


def test_every_address_of_a_name_counts() -> None:
    """One private address among public ones refuses them all."""
    target = parse("https://crm.example/")
    assert guard("8.8.8.8", "1.1.1.1", "8.8.8.8").places(target) == ("8.8.8.8", "1.1.1.1")
    with pytest.raises(AddressRefused) as told:
        guard("8.8.8.8", "10.0.0.1").places(target)
    assert told.value.code == "blocked"
    with pytest.raises(AddressRefused) as told:
        guard().places(target)
    assert told.value.code == "unresolved"


def test_only_the_named_host_may_be_private() -> None:
    """The setting names hosts, not addresses, and http is another setting."""
    allowed = guard("10.0.0.1", private_hosts=frozenset({"crm.internal"}))
    assert allowed.places(parse("https://crm.internal/")) == ("10.0.0.1",)
    assert allowed.places(parse("https://CRM.internal./"))
    with pytest.raises(AddressRefused):
        allowed.places(parse("https://evil.example/"))
    with pytest.raises(AddressRefused):
        guard("169.254.169.254", private_hosts=frozenset({"crm.internal"})).places(
            parse("https://crm.internal/")
        )
    with pytest.raises(AddressRefused, match="https://"):
        guard("8.8.8.8").target("http://crm.example/")
    assert guard("8.8.8.8", http=True).target("http://crm.example/").scheme == "http"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_the_real_resolver_leads_to_no_loopback(host: str) -> None:
    """The machine's own names are refused with the real resolver, too."""
    with pytest.raises(AddressRefused) as told:
        Guard().places(parse(f"https://{host}/"))
    assert told.value.code == "blocked"
