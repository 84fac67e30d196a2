"""`attune endpoint`: outgoing webhooks from a terminal, also while Attune serves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from bot.channels import Channels
from bot.command_options import on_store, settings_of, store_of
from bot.errors import SetupError
from bot.outgoing.events import CHOICES
from bot.outgoing.lanes import Attempt
from bot.outgoing.office import Outgoing, build_outgoing
from bot.people import People
from escalation.queue import TicketQueue

WHY_OFF = {"gone": "it said that it is gone", "dead": "it took nothing for three days"}
EVENT = click.option(
    "--event", "events", multiple=True, metavar="NAME", help="An event, or `ticket.*`; repeatable."
)


@click.group()
def endpoint() -> None:
    """Send events to other systems, as signed webhooks."""


@endpoint.command("add")
@click.argument("name")
@click.argument("address")
@EVENT
@click.option("--words", is_flag=True, help="Send names and what was written, too.")
@on_store
def add(name: str, address: str, events: tuple[str, ...], words: bool, **where: object) -> None:
    """Send events to ADDRESS and print the secret once, alone on the last line.

    Without --event it gets all of them.
    """
    with _office(where, name, "endpoint_added") as office:
        secret = office.add(name, address, events or CHOICES, _now_ms(), words=words)
        _print_secret(name, secret)


@endpoint.command("change")
@click.argument("name")
@click.option("--address", help="Where it is now.")
@EVENT
@click.option("--words/--no-words", default=None, help="Send names and texts, too, or no more.")
@on_store
def change(
    name: str, address: str | None, events: tuple[str, ...], words: bool | None, **where: object
) -> None:
    """Change where an endpoint is, or what it gets; what is not named stays."""
    with _office(where, name, "endpoint_changed") as office:
        old = office.endpoints.get(name)
        said = old.words if words is None else words
        office.change(name, address or old.address, events or old.events, words=said)


@endpoint.command("list")
@on_store
def list_all(**where: object) -> None:
    """Print each endpoint with its state, how many events wait, and its address."""
    with _office(where) as office:
        for one, standing in office.standings():
            state = standing.halt or ("failing" if standing.fails else "on")
            why = f" ({WHY_OFF[standing.why]})" if standing.why in WHY_OFF else ""
            click.echo(f"{one.name}\t{state}{why}\t{standing.waiting} waiting\t{one.address}")


@endpoint.command("rotate")
@click.argument("name")
@on_store
def rotate(name: str, **where: object) -> None:
    """Give an endpoint a new secret; for a day the one before signs beside it."""
    with _office(where, name, "endpoint_rotated") as office:
        _print_secret(name, office.endpoints.rotate(name, _now_ms()))


@endpoint.command("pause")
@click.argument("name")
@on_store
def pause(name: str, **where: object) -> None:
    """Send nothing for now; what happens waits."""
    with _office(where, name, "endpoint_paused") as office:
        office.pause(name)


@endpoint.command("resume")
@click.argument("name")
@on_store
def resume(name: str, **where: object) -> None:
    """Send again, after a pause or after Attune switched it off."""
    with _office(where, name, "endpoint_resumed") as office:
        office.resume(name)


@endpoint.command("remove")
@click.argument("name")
@on_store
def remove(name: str, **where: object) -> None:
    """Forget an endpoint with all that waits for it."""
    with _office(where, name, "endpoint_removed") as office:
        office.endpoints.remove(name)


@endpoint.command("test")
@click.argument("name")
@on_store
def test(name: str, **where: object) -> None:
    """Have a test event sent by the running server; `attune endpoint log` tells how it went."""
    with _office(where, name, "endpoint_tested") as office:
        click.echo(office.test(name, _now_ms()))


@endpoint.command("log")
@click.argument("name")
@click.option("--limit", default=20, show_default=True, help="So many tries.")
@on_store
def log(name: str, limit: int, **where: object) -> None:
    """Print the last tries, newest first: when, event, its id, which try, outcome, answer."""
    with _office(where) as office:
        office.endpoints.get(name)
        for one in office.lanes.log(name, max(1, limit)):
            click.echo(_line(one))


@endpoint.command("resend")
@click.argument("name")
@click.argument("webhook_id", required=False)
@click.option("--dead", is_flag=True, help="All that died and were not sent since.")
@on_store
def resend(name: str, webhook_id: str | None, dead: bool, **where: object) -> None:
    """Send an event of the log again, under its own id."""
    if bool(webhook_id) == dead:
        raise SetupError("Name one event of `attune endpoint log`, or --dead for all dead ones.")
    with _office(where, name, "endpoint_resent") as office:
        if webhook_id:
            office.send_again(name, webhook_id, _now_ms())
        else:
            click.echo(f"{office.send_dead_again(name, _now_ms())} events wait again.", err=True)


@contextmanager
def _office(where: dict[str, object], about: str = "", what: str = "") -> Iterator[Outgoing]:
    """Give the parts on the store; a change that went well is noted in the audit trail."""
    settings = settings_of(**where)
    with store_of(settings) as client:
        queue, channels = TicketQueue(client), Channels(client)
        yield build_outgoing(client, queue, channels, settings, _now_ms)
        if what:
            People(client).audit("terminal", what, about, _now_ms())


def _line(one: Attempt) -> str:
    at = datetime.fromtimestamp(one.at_ms / 1000, UTC).isoformat(timespec="seconds")
    answer = f"{one.status or one.why} in {one.took_ms} ms"
    said = f"\t{one.said}" if one.said else ""
    told = (at, one.kind, one.webhook_id, f"try {one.number}", one.outcome, answer)
    return "\t".join(told) + said


def _print_secret(name: str, secret: str) -> None:
    click.echo(f"Secret of the endpoint {name}, shown only now:", err=True)
    click.echo(secret)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
