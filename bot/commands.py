"""Commands that serve, look after people and channels, and move data out and in."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

import click

from bot.channels import KINDS, ChannelExists, Channels, Kind
from bot.command_options import FILE, FOLDER, address_of, on_store, settings_of, store_of
from bot.errors import SetupError
from bot.folder import FolderBusy, owner
from bot.joining import redis_of
from bot.people import People
from bot.person_fields import clean_email
from bot.settings import Settings


@click.command()
@click.option("--host", help="Address to listen on (ATTUNE_HOST).")
@click.option("--port", type=int, help="Port to listen on, 0 for any (ATTUNE_PORT).")
@click.option("--workers", type=int, help="Worker processes (ATTUNE_WORKERS).")
@click.option("--threads", type=int, help="Threads per worker (ATTUNE_THREADS).")
@click.option("--pack", type=FOLDER, help="Pack that seeds an empty store (ATTUNE_PACK).")
@on_store
def serve(**flags: object) -> None:
    """Serve until Ctrl-C. Every setting is also an ATTUNE_ variable."""
    from bot.serve import Supervisor  # noqa: PLC0415 - only this command needs it

    sys.exit(Supervisor(settings_of(**flags)).run())


@click.group()
def agent() -> None:
    """Look after the people who answer customers."""


@agent.command("add")
@click.argument("email")
@click.option("--name", help="What customers are told; the first word of it.")
@click.option("--role", type=click.Choice(["agent", "admin"]), default="agent", show_default=True)
@on_store
def agent_add(email: str, name: str | None, role: str, **where: object) -> None:
    """Add somebody and print the link they set their password by, alone on the last line."""
    settings = settings_of(**where)
    with store_of(settings) as client:
        people = People(client)
        person = people.add(email, name or email.partition("@")[0].title(), role, _now_ms())
        people.audit("terminal", "person_added", person.id, _now_ms())
        _print_link(settings, people, person.id, f"{person.name} ({person.email}, {role})")


@agent.command("work")
@click.argument("email")
@click.option("--skills", help="Languages and topics, apart by commas; empty: all.")
@click.option("--capacity", type=int, help="How many conversations at once.")
@on_store
def agent_work(email: str, skills: str | None, capacity: int | None, **where: object) -> None:
    """Show, or set, what somebody can do and how many conversations they take at once."""
    with store_of(settings_of(**where)) as client:
        people = People(client)
        person = next((one for one in people.all() if one.email == clean_email(email)), None)
        if person is None:
            raise SetupError(f"Nobody here has the e-mail address {email}; check it.")
        if skills is not None or capacity is not None:
            words = ",".join(person.skills) if skills is None else skills
            most = person.capacity if capacity is None else capacity
            person = people.set_work(person.id, words, most)
            people.audit("terminal", "work_changed", person.id, _now_ms())
        shown = ", ".join(person.skills) or "all conversations"
        click.echo(f"{person.name}: {shown}; up to {person.capacity} at once")


@click.group()
def admin() -> None:
    """Look after admins."""


@admin.command("link")
@click.argument("email", required=False)
@click.option("--new", is_flag=True, help="For a further admin instead of the present one.")
@on_store
def admin_link(email: str | None, new: bool, **where: object) -> None:
    """Print a sign-in link, alone on the last line: single use, 24 hours.

    For the person of EMAIL; else for the first admin there is; else for the admin to be.
    """
    settings = settings_of(**where)
    if (
        not settings.redis_url
        and "data" not in settings.model_fields_set
        and not settings.data.is_dir()
    ):
        raise SetupError("No Attune has run in ./data; name its folder with --data.")
    with store_of(settings) as client:
        people = People(client)
        known = sorted(people.all(), key=lambda one: one.created_ms)
        found = [one for one in known if one.email == (email or "").strip().lower()]
        if email and not found:
            raise SetupError(f"Nobody here has the e-mail {email}; add them by `attune agent add`.")
        admins = [] if new else [one for one in known if one.is_admin and one.joined]
        person = next(iter(found or admins), None)
        people.audit("terminal", "link_made", person.id if person else "new admin", _now_ms())
        whom = f"{person.name} ({person.email})" if person else "a new admin"
        _print_link(settings, people, person.id if person else None, whom)


@click.group()
def channel() -> None:
    """Look after server-to-server channels."""


@channel.command("add")
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), default="standard", show_default=True)
@on_store
def channel_add(name: str, kind: Kind, **where: object) -> None:
    """Add a channel and print its secret once, alone on the last line.

    For the kinds slack and twilio the secret that the other side signs with is asked for; the
    printed one then signs what asks for answers.
    """
    given = "" if kind == "standard" else _typed_secret(kind)
    with store_of(settings_of(**where)) as client:
        _print_secret(name, Channels(client).add(name, kind, given))


@channel.command("rotate")
@click.argument("name")
@click.option("--theirs", is_flag=True, help="Ask for a new secret of the other side instead.")
@on_store
def channel_rotate(name: str, theirs: bool, **where: object) -> None:
    """Give a channel a new secret; the one before stays good until the next rotation."""
    given = _typed_secret("other side") if theirs else ""
    with store_of(settings_of(**where)) as client:
        if theirs:
            Channels(client).rotate_given(name, given)
        else:
            _print_secret(name, Channels(client).rotate(name))


@channel.command("remove")
@click.argument("name")
@on_store
def channel_remove(name: str, **where: object) -> None:
    """Forget a channel; its conversations stay."""
    with store_of(settings_of(**where)) as client:
        Channels(client).remove(name)


@channel.command("list")
@on_store
def channel_list(**where: object) -> None:
    """Print the channels' names, one a line."""
    with store_of(settings_of(**where)) as client:
        for name in Channels(client).names():
            click.echo(name)


@click.command()
@click.argument("text")
@click.option("--to", "address", help="Server, such as https://chat.shop.example.")
@click.option("--channel", "name", default="terminal", show_default=True)
@click.option("--secret", help="The channel's secret; else it is read from the store.")
@click.option("--conversation", default="sample", show_default=True)
@on_store
def send(
    text: str, address: str | None, name: str, secret: str | None, conversation: str,
    **where: object,
) -> None:  # fmt: skip
    """Send TEXT as a signed webhook and show what the server answers."""
    from bot.talk import post_signed, show_answer  # noqa: PLC0415 - only this command needs it

    settings = settings_of(**where)
    if secret is None:
        with store_of(settings) as client:
            secret = _secret_of(Channels(client), name)
    show_answer(post_signed(address or address_of(settings), name, secret, conversation, text))


@click.command()
@click.argument("file", type=FILE, required=False)
@on_store
def backup(file: Path | None, **where: object) -> None:
    """Write everything into FILE (or a new file named by the time); also while Attune serves."""
    from bot import backup as backups  # noqa: PLC0415 - only this command needs it

    settings = settings_of(**where)
    target = file or backups.default_name(datetime.now().astimezone())
    with redis_of(settings.data, settings.redis_url) as url:
        made = backups.backup(url, target)
    click.echo(f"{sum(made.counts.values())} keys written; the file holds personal data.", err=True)
    click.echo(target)


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Drop what the store holds now.")
@on_store
def restore(file: Path, replace: bool, **where: object) -> None:
    """Read a backup into an empty store, all or nothing; stop `attune serve` before."""
    from bot import backup as backups  # noqa: PLC0415 - only this command needs it

    settings = settings_of(**where)
    running = None if settings.redis_url else owner(settings.data)
    if running and not running.ends_soon:
        raise FolderBusy(f"A server uses {settings.data}; stop it, restore, and start it again.")
    with redis_of(settings.data, settings.redis_url) as url:
        found = backups.restore(url, file, replace=replace)
    click.echo(f"{sum(found.counts.values())} keys restored, as of {found.created}.", err=True)


@click.command()
@click.option("--port", type=int, help="Port to check (ATTUNE_PORT).")
@on_store
def doctor(**flags: object) -> None:
    """Check Python, Redis, weights, pack, port and clock; say what to do for each that fails."""
    from bot.doctor import examine  # noqa: PLC0415 - only this command needs it

    failed = 0
    for finding in examine(settings_of(**flags)):
        failed += not finding.good
        click.echo(f"{'ok  ' if finding.good else 'FAIL'}  {finding.what}: {finding.said}")
    if failed:
        raise SetupError(f"{failed} of the checks above failed; each says what to do.")


def _print_link(settings: Settings, people: People, person: str | None, whom: str) -> None:
    token = people.link(person) if person else people.link()
    click.echo(f"For {whom}; works once, for 24 hours:", err=True)
    click.echo(f"{address_of(settings)}/sign-in/{token}")


def _print_secret(name: str, secret: str) -> None:
    click.echo(f"Secret of the channel {name}, shown only now:", err=True)
    click.echo(secret)


def _typed_secret(whose: str) -> str:
    """Give a secret that is typed unseen, or read from a pipe; never from the command line."""
    if sys.stdin.isatty():
        return str(click.prompt(f"Secret of the {whose}", hide_input=True, err=True))
    return sys.stdin.readline().strip()


def _secret_of(channels: Channels, name: str) -> str:
    """Give a channel's current secret, adding the channel if there is none."""
    known = channels.secrets(name)
    if known:
        return known[0]
    try:
        return channels.add(name)
    except ChannelExists:
        return channels.secrets(name)[0]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
