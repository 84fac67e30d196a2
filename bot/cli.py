"""The `attune` command: every subcommand is loaded only when it is asked for."""

from __future__ import annotations

import importlib
from typing import Any

import click

from bot.errors import BotError
from escalation.errors import EscalationError
from intents.errors import IntentsError

# name: (module, attribute, what it does)
COMMANDS = {
    "serve": ("bot.commands", "serve", "Serve the chat, the desk and the workshop."),
    "chat": ("bot.talk", "chat", "Talk in the terminal, seeing reading and reasons."),
    "send": ("bot.commands", "send", "Send a signed sample webhook to a running server."),
    "classify": ("intents.commands", "classify", "Read messages: intent and feelings of each."),
    "learn": ("intents.commands", "learn", "Fit a pack from labelled phrases."),
    "evaluate": ("intents.commands", "evaluate", "Measure a pack on labelled messages."),
    "audit": ("bot.audit_command", "audit", "Measure bias: does wording change who gets a person?"),
    "lint": ("bot.lint.command", "lint", "Say what a good editor would say of the replies."),
    "cases": ("bot.cases_command", "cases", "Go through a pack's test cases."),
    "replay": ("bot.talk", "replay", "Run past conversations through pipeline and policy."),
    "rehearse": ("bot.rehearsal_command", "rehearse", "Try a draft on stored conversations."),
    "feedback": (
        "bot.feedback_command",
        "feedback",
        "Give out what agents said of handoffs, for calibration.",
    ),
    "agent": ("bot.commands", "agent", "Add agents."),
    "admin": ("bot.commands", "admin", "Get a sign-in link for an admin."),
    "channel": ("bot.commands", "channel", "Add server-to-server channels."),
    "endpoint": ("bot.outgoing.commands", "endpoint", "Send events to other systems."),
    "lookup": ("bot.lookups.commands", "lookup", "Ask the shop's own systems during a turn."),
    "erase": ("bot.erase_command", "erase", "Erase a conversation, or all of a customer."),
    "backup": ("bot.commands", "backup", "Write everything into one file."),
    "restore": ("bot.commands", "restore", "Read a backup into the store."),
    "doctor": ("bot.commands", "doctor", "Check this machine and the data; say what to do."),
}


class Lazy(click.Group):
    """A group that imports a subcommand's module when it runs, and speaks in single sentences."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Give the names, in the order in which they are met."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Give one subcommand, importing what it needs."""
        if name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, _, help_) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run, turning every error of ours into its one sentence and a non-zero exit."""
        try:
            return super().invoke(ctx)
        except (BotError, EscalationError, IntentsError) as error:
            raise click.ClickException(str(error)) from error


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="attune", prog_name="attune")
def main() -> None:
    """Attune: a support chatbot that reads feelings and knows when to bring a person."""


if __name__ == "__main__":
    main()
