"""The texts tuning learns from: public sets by name, and our own messages."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from intents.errors import IntentsError
from intents.pack import OUT_OF_SCOPE

OWN = ("feelings", "messages")
FEWEST = 4  # texts of a label, below which it teaches nothing
SHOP = "shop"
SHOP_WEIGHT, FIRMS_WEIGHT = 3.0, 5.0
HELD_OUT = 7  # one in so many of our own messages is never trained on: it calibrates
CHATTER = frozenset(
    [
        "contentonly",
        "outofdomain",
        "openinggreeting",
        "closinggreeting",
        "confirmation",
        "rejection",
        "thankyou",
    ]
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts with one or more labels each; `weight` is how often the set is drawn from."""

    name: str
    texts: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A message and what it plainly means; firm and intent are empty where it has no intent."""

    text: str
    plain: str
    firm: str = ""
    intent: str = ""

    def means(self, other: Pair) -> bool:
        """Tell whether two messages to one firm want the same."""
        return bool(self.firm) and (self.firm, self.intent) == (other.firm, other.intent)


def public_sets(corpora: Path, without: Sequence[str] = ()) -> list[Labelled]:
    """Give the public intent sets except those named; only splits that may be trained on."""
    return [
        _known(read(corpora), name, weight)
        for name, (read, weight) in PUBLIC.items()
        if name not in without
    ]


def own_rows(folder: Path | None = None) -> list[dict[str, Any]]:
    """Give our own messages as rows, in the order of their files; raises IntentsError.

    `held_out` says of each whether it is kept from all training.
    """
    found = []
    for file in sorted(
        file for part in OWN for file in ((folder or own_folder()) / part).glob("*.jsonl")
    ):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                row = json.loads(line)
                text = str(row["text"])
                found.append({**row, "text": text, "held_out": is_held_out(text)})
            except (ValueError, KeyError, TypeError) as error:
                raise IntentsError(
                    f"{file.name}, line {number} is not a labelled message ({error}); correct it."
                ) from error
    return found


def own_folder() -> Path:
    """Give the folder of our own messages."""
    return Path(__file__).parent.parent / "data"


def is_held_out(text: str) -> bool:
    """Say whether a message of our own is kept from all training, by its text alone."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[0] % HELD_OUT == 0


def own_sets(rows: Sequence[Mapping[str, Any]]) -> list[Labelled]:
    """Give our own messages that name an intent: the shop's as one set, other firms' as one."""
    said = [row for row in rows if row.get("intent") not in (None, OUT_OF_SCOPE)]
    shop = [(row["text"], (row["intent"],)) for row in said if not row.get("pack")]
    firms = [(row["text"], (f"{row['pack']}/{row['intent']}",)) for row in said if row.get("pack")]
    return [_known(shop, "our shop", SHOP_WEIGHT), _known(firms, "other firms", FIRMS_WEIGHT)]


def own_pairs(rows: Sequence[Mapping[str, Any]]) -> list[Pair]:
    """Give messages with the plain sentence that says what their writer wants."""
    return [
        Pair(row["text"], row["plain"], _firm(row), row.get("intent") or "")
        for row in rows
        if row.get("plain")
    ]


def _firm(row: Mapping[str, Any]) -> str:
    return (row.get("pack") or SHOP) if row.get("intent") else ""


def _known(pairs: Iterable[tuple[str, tuple[str, ...]]], name: str, weight: float) -> Labelled:
    kept = list(pairs)
    counts = Counter(labels for _, labels in kept)
    kept = [(text, labels) for text, labels in kept if counts[labels] >= FEWEST]
    return Labelled(
        name, tuple(text for text, _ in kept), tuple(label for _, label in kept), weight
    )


Pairs = Iterator[tuple[str, tuple[str, ...]]]


def _clinc(corpora: Path) -> Pairs:
    for split in ("train", "val"):
        for row in rows_of(corpora / "clinc150" / f"{split}.jsonl.gz"):
            if row["label"] != "oos":
                yield row["text"], (row["label"],)


def _banking(corpora: Path) -> Pairs:
    for row in rows_of(corpora / "banking77" / "train.jsonl.gz"):
        yield row["text"], (row["label"],)


def _hwu(corpora: Path) -> Pairs:
    for split in ("train", "valid"):
        for row in rows_of(corpora / "hwu64" / f"{split}.jsonl.gz"):
            yield row["text"], (row["label"],)


def _bitext(corpora: Path) -> Pairs:
    for row in rows_of(corpora / "bitext8k" / "train.jsonl.gz"):
        yield row["text"], (row["label"],)


def _multidogo(corpora: Path) -> Pairs:
    said: dict[str, str] = {}
    for row in rows_of(corpora / "multidogo_turn" / "train.jsonl.gz"):
        if len(row["labels"]) == 1 and row["label"] not in CHATTER:
            said.setdefault(row["text"].lower(), f"{row['domain']}/{row['label']}")
    for text, label in said.items():
        yield text, (label,)


def _nlupp(corpora: Path) -> Pairs:
    for row in rows_of(corpora / "nlupp" / "all.jsonl.gz"):
        yield row["text"], tuple(f"{row['domain']}/{label}" for label in row["labels"])


def _rasa(corpora: Path) -> Pairs:
    for row in rows_of(corpora / "rasa_bots" / "all.jsonl.gz"):
        if "out_of_scope" not in row["label"]:
            yield row["text"], (f"{row['bot']}/{row['label']}",)


PUBLIC: dict[str, tuple[Callable[[Path], Pairs], float]] = {
    "clinc150": (_clinc, 7.0),
    "banking77": (_banking, 6.0),
    "hwu64": (_hwu, 4.0),
    "bitext8k": (_bitext, 0.5),
    "multidogo_turn": (_multidogo, 1.5),
    "nlupp": (_nlupp, 1.5),
    "rasa_bots": (_rasa, 0.5),
}


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Give the rows of a gzipped JSONL file; raises IntentsError if it cannot be read."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)
    except OSError as error:
        raise IntentsError(
            f"{path} cannot be read ({error}); name the corpora's folder with --corpora."
        ) from error
