"""`attune erase`: erases one conversation, or all of a customer, in a terminal."""

from __future__ import annotations

import click

from bot.command_options import on_store, settings_of, store_of
from bot.errors import SetupError
from bot.services import Services

TOLD_EVERY = 5_000


@click.command()
@click.argument("conversation", required=False)
@click.option("--customer", metavar="EMAIL_OR_ID", help="All conversations of this customer.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@on_store
def erase(conversation: str | None, customer: str | None, yes: bool, **where: object) -> None:
    """Erase CONVERSATION for good, with its tickets; also while Attune serves.

    With --customer: all conversations of an e-mail address, a customer's id, or the other side's
    id of a conversation. What is in backups stays there.
    """
    from bot import erasing  # noqa: PLC0415 - only this command needs it
    from bot.services import build_services  # noqa: PLC0415 - only this command needs it

    if bool(conversation) == bool((customer or "").strip()):
        raise SetupError("Name one CONVERSATION, or a customer with --customer EMAIL_OR_ID.")
    settings = settings_of(**where)
    with store_of(settings) as client:
        services = build_services(settings, client=client)
        names = [conversation] if conversation else _found(services, customer or "")
        if not names:
            raise SetupError(f"No conversation of {customer} is here; nothing was erased.")
        if not yes:
            whom = conversation or f"{len(names)} of {customer}: {', '.join(names)}"
            click.confirm(f"Erase {whom}? This cannot be undone.", abort=True, err=True)
        for number, name in enumerate(names, 1):
            erasing.erase_for(services, name, erasing.TERMINAL, "Somebody at the terminal")
            click.echo(f"{number} of {len(names)} erased", err=True)
            click.echo(name)
        erasing.rewrite(client)


def _found(services: Services, customer: str) -> list[str]:
    """Give the conversations of a customer, saying how far the search is."""
    from bot.erasing import conversations_of  # noqa: PLC0415 - only this command needs it

    found: list[str] = []
    read = 0
    for count, theirs in conversations_of(services, customer):
        told, read = read // TOLD_EVERY, read + count
        found += theirs
        if read // TOLD_EVERY > told:
            click.echo(f"{read} conversations read, {len(found)} found", err=True)
    click.echo(f"{read} conversations read, {len(found)} found", err=True)
    return found
