"""Conversations in the terminal: with the bot, with a running server, and past ones again."""

from __future__ import annotations

import json
import secrets
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import click

from bot import replay as past
from bot.errors import BotError
from bot.pipeline import handle_message
from bot.services import Services
from bot.signing import sign
from bot.throwaway import throwaway_services
from bot.values import Incoming, Turn
from intents.rows import LineError, read_rows

CONVERSATION = "terminal"
TIMEOUT_S = 15.0
pack_option = click.option(
    "--pack", type=click.Path(file_okay=False, path_type=Path), help="A pack; the shop's if absent."
)


class NotAnswered(BotError):
    """Raised when a server did not take a sample webhook; says what it answered."""


@click.command()
@pack_option
def chat(pack: Path | None) -> None:
    """Talk with the bot: its replies, how it read you, and why it would bring a person.

    Nothing is kept and no agent is called.
    """
    with throwaway_services(pack) as services:
        click.echo("Write to the bot; Ctrl-D ends.", err=True)
        for number, text in enumerate(_typed()):
            show_turn(handle_message(services, _incoming(text, number, services)))


@click.command()
@click.argument("conversations", type=click.File("rb"), default="-")
@pack_option
@click.option(
    "--policy",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A policy file instead of the pack's.",
)
@click.option("--skip-bad", is_flag=True, help="Leave out lines that cannot be used.")
def replay(
    conversations: IO[bytes], pack: Path | None, policy: Path | None, skip_bad: bool
) -> None:
    """Run past conversations (JSONL) through pipeline and policy; write one JSON row for each."""
    with throwaway_services(pack, policy) as services:

        def again(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
            return _replayed(services, number, row)

        on_bad = _tell if skip_bad else None
        for result in read_rows(conversations, again, on_bad, plain_allowed=False):
            click.echo(json.dumps(result, ensure_ascii=False))


def show_turn(turn: Turn) -> None:
    """Print a Turn for a person: replies, reading, reasons."""
    show_answer(turn.to_row())


def show_answer(body: Mapping[str, Any]) -> None:
    """Print the webhook's answer for a person."""
    for reply in body["replies"]:
        click.secho(f"Bot: {reply['text']}", fg="green")
        buttons = "  ".join(f"[{one['text']}]" for one in reply["quick_replies"])
        if buttons:
            click.secho(f"     {buttons}", dim=True)
    if not body["replies"]:
        click.secho("(no reply: a person holds the conversation)", dim=True)
    click.secho(reading_line(body["reading"]), dim=True)
    if body["escalated"]:
        click.secho(f"  A person is wanted, ticket {body['ticket']}:", fg="yellow")
        for reason in body["reasons"]:
            click.secho(f"  - {reason['code']}: {reason['sentence']}", fg="yellow")


def reading_line(row: Mapping[str, Any] | None) -> str:
    """Give a reading on one line."""
    if row is None:
        return "  read as: nothing, the model failed"
    first = row["ranking"][0]
    intent = row["intent"] or f"out of scope (nearest {first['intent']})"
    return (
        f"  read as: {intent} {row['confidence']:.2f} · {row['sentiment']} · {row['emotion']} · "
        f"frustration {row['frustration']:.2f} · urgency {row['urgency']:.2f} · {row['language']}"
    )


def post_signed(
    address: str, channel: str, secret: str, conversation: str, text: str
) -> dict[str, Any]:
    """Send one message as a signed webhook and give the answer; raises NotAnswered."""
    body = json.dumps({"conversation": conversation, "text": text}).encode()
    event_id, timestamp = f"msg_{secrets.token_hex(12)}", str(int(time.time()))
    headers = {
        "content-type": "application/json",
        "attune-channel": channel,
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(secret, event_id, timestamp, body),
    }
    url = f"{address.rstrip('/')}/webhook/messages"
    if not url.startswith(("http://", "https://")):
        raise NotAnswered(f"{address} is no address of a server; write http:// or https:// first.")
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - checked just above
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - same
            row: dict[str, Any] = json.load(answer)
            return row
    except urllib.error.HTTPError as error:
        raise NotAnswered(f"{address} answered {error.code}: {_message(error)}") from error
    except (OSError, ValueError) as error:
        raise NotAnswered(
            f"No Attune answers at {address} ({error}); start `attune serve`, or name it with --to."
        ) from error


def _message(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return "no reason was given."


def _typed() -> Iterator[str]:
    """Give what is typed, line by line, until the end; empty lines are nothing."""
    prompt = "You: " if sys.stdin.isatty() else ""
    while True:
        try:
            text = input(prompt).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if text:
            yield text


def _incoming(text: str, number: int, services: Services) -> Incoming:
    event = f"line-{number}"
    return Incoming(CONVERSATION, event, text, event, CONVERSATION, services.clock())


def _replayed(services: Services, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give one conversation's result; an empty line is a conversation without turns."""
    if row == {"text": ""}:
        row = {"turns": []}
    try:
        _check_texts(row.get("turns"))
        return past.replay_one(services, row, f"r{number}")
    except past.BadConversation as error:
        raise LineError(number, str(error)) from error


def _check_texts(turns: Sequence[Any] | None) -> None:
    for turn in turns if isinstance(turns, list) else ():
        text = turn.get("customer") if isinstance(turn, Mapping) else None
        if isinstance(text, str) and any("\ud800" <= one <= "\udfff" for one in text):
            raise past.BadConversation("A text holds half a character (a lone surrogate).")


def _tell(error: LineError) -> None:
    click.echo(str(error), err=True)
