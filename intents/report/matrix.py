"""Which intents are taken for which: a heat map as a table, kept narrow by leaving out the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from intents.pack import OUT_OF_SCOPE
from intents.report.words import named, number, read_as

MOST = 45
SHADES = 4

Confused = Mapping[str, Mapping[str, int]]


def heat_map(confused: Confused, labels: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the heat map of the labels that are ever mixed up, neighbours side by side.

    `labels` has `hits` of each. Empty if nothing is mixed up.
    """
    order = seriated(confused)[:MOST]
    if not order:
        return ""
    worst = max(rows for row in confused.values() for rows in row.values())
    heads = "".join(
        f'<th scope="col"><span>{escape(read_as(label))}</span></th>' for label in order
    )
    body = "".join(_row(label, order, confused, labels, worst) for label in order)
    return (
        '<div class="scroll tall" role="region" tabindex="0" aria-label="Heat map of mix-ups">'
        '<table class="heat"><caption class="unseen">Rows: what was meant. Columns: what it was '
        'read as.</caption><thead><tr><th scope="col" class="corner">meant ↓ read as →</th>'
        f"{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def seriated(confused: Confused) -> list[str]:
    """Give every label in a mix-up, each beside one it is mixed up with, the worst first."""
    ties: dict[str, dict[str, int]] = {}
    for one, row in confused.items():
        for other, rows in row.items():
            for here, there in ((one, other), (other, one)):
                tied = ties.setdefault(here, {})
                tied[there] = tied.get(there, 0) + rows
    left = sorted(ties, key=lambda label: (label == OUT_OF_SCOPE, -sum(ties[label].values())))
    order: list[str] = []
    while left:
        last = ties[order[-1]] if order else {}
        near = [label for label in left if label in last and label != OUT_OF_SCOPE]
        chosen = max(near, key=last.__getitem__) if near else left[0]
        left.remove(chosen)
        order.append(chosen)
    return order


def shade(rows: int, worst: int) -> int:
    """Give how dark a cell is, from 1 to `SHADES`: by doublings, so that small counts show."""
    return min(SHADES, 1 + int(SHADES * (rows.bit_length() - 1) / max(1, worst.bit_length())))


def _row(
    label: str,
    order: Sequence[str],
    confused: Confused,
    labels: Mapping[str, Mapping[str, Any]],
    worst: int,
) -> str:
    cells = []
    for other in order:
        if other == label:
            right = labels.get(label, {}).get("hits", 0)
            cells.append(f'<td class="hit">{number(right) if right else ""}</td>')
            continue
        rows = confused.get(label, {}).get(other, 0)
        cells.append(
            f'<td class="heat{shade(rows, worst)}">{number(rows)}</td>' if rows else "<td></td>"
        )
    return f'<tr><th scope="row">{escape(named(label))}</th>{"".join(cells)}</tr>'
