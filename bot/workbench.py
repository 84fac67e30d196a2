"""Drafts made ready to try and to publish, in this process, fitted only when phrases changed."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from bot.lint.wordings import Judged, lint_pack
from bot.packs import LivePack, PackStore, check_pack
from bot.pieces import labelled_in
from intents.errors import PackError
from intents.pack import parse_pack
from intents.phrase_lint import PhraseLint, Solved, lint_phrases, solved

T = TypeVar("T")
KEPT = 4


class Workbench:
    """Drafts made ready to try, the last few kept; safe for several threads.

    Heads are the pack store's to fit and keep; a draft with the live phrases never waits for a fit.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._made: Kept[LivePack] = Kept()
        self._problems: Kept[PackError | bool] = Kept()
        self._judged: Kept[tuple[Judged, ...]] = Kept()
        self._solving = threading.Lock()
        self._solved: Solved | None = None

    def check(self, texts: Mapping[str, str]) -> None:
        """Raise PackError with file, line and what to do if a draft could not be published."""
        key = _digest(dict(texts))
        problem = self._problems.get(key)
        if problem is None:
            problem = self._problems.put(key, _problem_of(texts) or False)
        if problem and not isinstance(problem, bool):
            raise problem

    def wordings(self, texts: Mapping[str, str]) -> tuple[Judged, ...]:
        """Give what there is to say of a draft's wordings, errors first; raises PackError."""
        key = _digest(dict(texts))
        judged = self._judged.get(key)
        return self._judged.put(key, lint_pack(parse_pack(texts))) if judged is None else judged

    def phrases(self, packs: PackStore, texts: Mapping[str, str], name: str) -> PhraseLint:
        """Give what there is to say of the phrases of one intent of a draft; raises PackError.

        All phrases are solved when it is first asked, and then only what is new: some 64 MB are
        kept for 4,000 phrases.
        """
        labelled = labelled_in(texts)
        live = set(packs.live().pack.labelled())
        new = {phrase for phrase, intent in labelled if intent == name} - {
            phrase for phrase, intent in live if intent == name
        }
        with self._solving:
            phrases = [phrase for phrase, _ in labelled]
            self._solved = solved(phrases, packs.vectors_of, self._solved) if phrases else None
            known = self._solved
        return lint_phrases(known, labelled, name, new) if known else PhraseLint(0.0, ())

    def ready(self, packs: PackStore, texts: Mapping[str, str], live: LivePack) -> LivePack:
        """Give a draft that can answer; raises PackError with file, line and what to do."""
        key = _digest([live.version, dict(texts)])
        made = self._made.get(key)
        return made or self._made.put(key, self._make(packs, texts, live))

    def report(self, packs: PackStore, texts: Mapping[str, str]) -> dict[str, Any]:
        """Give what a fit says of a draft: phrases, accuracy, warnings; raises PackError."""
        return packs.prepare(texts)[2]

    def _make(self, packs: PackStore, texts: Mapping[str, str], live: LivePack) -> LivePack:
        pack = parse_pack(texts)
        replies, policy = check_pack(pack)
        same = pack.labelled() == live.pack.labelled()
        head = live.head if same else packs.prepare(texts)[1]
        return LivePack(0, pack, head, replies, policy)


class Kept(Generic[T]):
    """The last few values by key; safe for several threads."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._values: OrderedDict[str, T] = OrderedDict()

    def get(self, key: str) -> T | None:
        """Give a value that is kept, and keep it longer."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: str, value: T) -> T:
        """Keep a value, forget the one not asked for longest, and give it back."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > KEPT:
                self._values.popitem(last=False)
        return value


def _problem_of(texts: Mapping[str, str]) -> PackError | None:
    try:
        check_pack(parse_pack(texts))
    except PackError as error:
        return error
    return None


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()
