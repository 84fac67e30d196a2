"""The command `audit`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from bot.errors import SetupError
from intents.rows import LineError

if TYPE_CHECKING:
    from intents.evaluate import LabelledRow

FOLDER = click.Path(file_okay=False, path_type=Path)
POINTS = 100


@click.command()
@click.argument("data", type=click.File("rb"), required=False)
@click.option("--pack", type=FOLDER, help="A pack folder; the shop's by default.")
@click.option("--out", type=FOLDER, help="Also write audit.html and audit.json here.")
@click.option("--json", "as_json", is_flag=True, help="Write all figures as JSON.")
@click.option(
    "--trained-too", is_flag=True, help="Without DATA: also messages the model learned from."
)
@click.option("--most", type=click.IntRange(min=1), help="Messages per change; all by default.")
@click.option(
    "--limit",
    type=click.FloatRange(0, 1),
    help="Fail when a gap is larger and not by chance, such as 0.02 for 2 points.",
)
@click.option("--skip-bad", is_flag=True, help="Leave out lines that cannot be used.")
def audit(  # noqa: PLR0913 - one argument per option
    *,
    data: IO[bytes] | None,
    pack: Path | None,
    out: Path | None,
    as_json: bool,
    trained_too: bool,
    most: int | None,
    limit: float | None,
    skip_bad: bool,
) -> None:
    """Measure whether how a message is written changes whether a person comes.

    DATA is JSONL with a `text` in each row, and labels where you have them; without it, those of
    our own messages that the model never learned from.
    """
    messages = _messages(data, trained_too=trained_too, skip_bad=skip_bad)
    found = _measured(messages, pack, most)
    if out is not None:
        from bot.audit_report import write_audit  # noqa: PLC0415 - only where a report is wanted

        _say(f"Written: {write_audit(found, out)}")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in table(found):
            click.echo(line)
    if limit is not None:
        from bot.audit_gate import check_gap  # noqa: PLC0415 - as above

        check_gap(found, limit)


def table(found: Mapping[str, Any]) -> list[str]:
    """Give the figures as lines for a terminal, the largest gap first."""
    lines = [f"{'change':<29}{'messages':>9}{'before':>8}{'after':>8}  gap in points (95 %)"]
    for row in found["slices"]:
        rate = row["escalation"]
        lines.append(
            f"{row['title']:<29}{row['changed']:>9,}{rate['before']:>8.1%}{rate['after']:>8.1%}"
            f"  {_points(rate['gap'])} ({_points(rate['low'])} to {_points(rate['high'])})"
        )
    quiet = found["quiet_distress"]
    lines.append("")
    lines.append(
        f"Quiet distress: a person comes for {quiet['before']:.0%} of {quiet['messages']} messages "
        f"in calm words, for {quiet['after']:.0%} of the same in loud ones: "
        f"{_points(quiet['gap'])} points ({_points(quiet['low'])} to {_points(quiet['high'])})"
    )
    return lines


def _messages(data: IO[bytes] | None, *, trained_too: bool, skip_bad: bool) -> list[LabelledRow]:
    from bot.audit import own_messages  # noqa: PLC0415 - the model's libraries are heavy
    from intents.evaluate import labelled_row  # noqa: PLC0415 - as above
    from intents.rows import read_rows  # noqa: PLC0415 - as above

    if data is None:
        return own_messages(trained_too=trained_too)
    rows = read_rows(data, labelled_row, _tell if skip_bad else None)
    messages = [row for row in rows if row is not None and row.text.strip()]
    if not messages:
        raise SetupError("DATA holds no message; give rows with a `text`, or leave it out.")
    return messages


def _measured(
    messages: Sequence[LabelledRow], folder: Path | None, most: int | None
) -> dict[str, Any]:
    from bot import audit as audits  # noqa: PLC0415 - the model's libraries are heavy
    from bot.audit_quiet import quiet_distress  # noqa: PLC0415 - as above
    from bot.packs import check_pack  # noqa: PLC0415 - as above
    from intents.cache import cache_folder, ready_encoder, ready_head  # noqa: PLC0415 - as above
    from intents.pack import read_pack, shop_pack_folder  # noqa: PLC0415 - as above
    from intents.understand import load_understander  # noqa: PLC0415 - as above

    pack = read_pack(folder or shop_pack_folder())
    _, policy = check_pack(pack)
    encoder = ready_encoder(cache_folder(), progress=_say)
    understander = load_understander(encoder, ready_head(pack, encoder, cache_folder()))
    judge = audits.Judge(understander.read, pack, policy)
    found = audits.audit(messages, judge, most=most, progress=_say)
    return {
        "pack": pack.name,
        "policy_version": policy.version,
        **found,
        "quiet_distress": quiet_distress(judge),
    }


def _points(part: float) -> str:
    return f"{part * POINTS:+.1f}".replace("-", "−")


def _tell(error: LineError) -> None:
    _say(str(error))


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
