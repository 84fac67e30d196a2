"""What came of asking a shop's own system, as replies and logs hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["found", "missing", "failed"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a lookup: `fields` fill the reply when it was found."""

    name: str
    outcome: Outcome
    fields: Mapping[str, str]

    def to_row(self) -> dict[str, Any]:
        """Give what the log keeps of it."""
        return {"name": self.name, "outcome": self.outcome, "fields": dict(self.fields)}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Looked:
        """Rebuild it from `to_row`."""
        return cls(row["name"], row["outcome"], row["fields"])
