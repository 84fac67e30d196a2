"""`attune lookup`: which systems of the shop are asked during a turn, from a terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.command_options import on_store, settings_of, store_of
from bot.lookups.ask import ask, guard_of
from bot.lookups.registry import Lookup, LookupGone, Lookups, WrongLookup
from bot.outgoing.address import AddressRefused
from bot.people import People

PRIVATE = click.option(
    "--private", is_flag=True, help="It may be http and lie in your own network."
)


@click.group()
def lookup() -> None:
    """Ask the shop's own systems during a turn, so that answers tell what is so."""


@lookup.command("add")
@click.argument("name")
@click.argument("address")
@PRIVATE
@on_store
def add(name: str, address: str, private: bool, **where: object) -> None:
    """Ask ADDRESS for the lookup NAME and print the secret once, alone on the last line."""
    with _lookups(where, name, "lookup_added") as lookups:
        _check(name, address, private=private)
        _print_secret(name, lookups.add(name, address, _now_ms(), private=private))


@lookup.command("move")
@click.argument("name")
@click.argument("address")
@PRIVATE
@on_store
def move(name: str, address: str, private: bool, **where: object) -> None:
    """Ask another address; the secret stays."""
    with _lookups(where, name, "lookup_moved") as lookups:
        _check(name, address, private=private)
        lookups.move(name, address, private=private)


@lookup.command("list")
@on_store
def list_all(**where: object) -> None:
    """Print each lookup with its address."""
    with _lookups(where) as lookups:
        for one in lookups.all():
            kind = "demo" if one.demo else "private" if one.private else "public"
            click.echo(f"{one.name}\t{kind}\t{one.address}")


@lookup.command("rotate")
@click.argument("name")
@on_store
def rotate(name: str, **where: object) -> None:
    """Give a lookup a new secret; what is asked from now on is signed with it."""
    with _lookups(where, name, "lookup_rotated") as lookups:
        _print_secret(name, lookups.rotate(name))


@lookup.command("remove")
@click.argument("name")
@on_store
def remove(name: str, **where: object) -> None:
    """Forget a lookup; its intents answer without it."""
    with _lookups(where, name, "lookup_removed") as lookups:
        lookups.remove(name)


@lookup.command("test")
@click.argument("name")
@click.option("--order-number", default="", help="What a customer would have written.")
@click.option("--email", default="", help="What a customer would have written.")
@on_store
def test(name: str, order_number: str, email: str, **where: object) -> None:
    """Ask it once and print what came: the outcome, and the fields as JSON."""
    with _lookups(where) as lookups:
        found = lookups.get(name)
        if found is None:
            raise LookupGone(f"There is no lookup {name!r}; see `attune lookup list`.")
        given = {"order_number": order_number, "email": email}
        looked = ask(lookups, found, {key: value for key, value in given.items() if value})
        click.echo(looked.outcome)
        click.echo(json.dumps(dict(looked.fields), ensure_ascii=False))


def _check(name: str, address: str, *, private: bool) -> None:
    """Refuse an address that could never be asked; raises WrongLookup."""
    try:
        guard = guard_of(Lookup(name, address, "", 0, private))
        guard.places(guard.target(address))
    except AddressRefused as error:
        if error.code != "unresolved":
            more = "" if private else " With --private it may lie in your own network, over http."
            raise WrongLookup(f"{address} cannot be asked.{more} {error}") from error


@contextmanager
def _lookups(where: dict[str, object], about: str = "", what: str = "") -> Iterator[Lookups]:
    """Give the lookups of the store; a change that went well is noted in the audit trail."""
    with store_of(settings_of(**where)) as client:
        yield Lookups(client)
        if what:
            People(client).audit("terminal", what, about, _now_ms())


def _print_secret(name: str, secret: str) -> None:
    click.echo(f"Secret of the lookup {name}, shown only now:", err=True)
    click.echo(secret)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
