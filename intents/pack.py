"""A pack: what an admin edits and publishes — intents with phrases, replies, facts and policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from intents.errors import PackError
from intents.language import DEFAULT
from intents.pack_check import check_intents, check_mapping, check_replies
from intents.pack_yaml import Lines, dump_yaml, parse_yaml, text_of

INTENTS, REPLIES, FACTS, POLICY = "intents.yaml", "replies.yaml", "facts.yaml", "policy.yaml"
CASES = "cases.yaml"
PACK_FILES = (INTENTS, REPLIES, FACTS, POLICY, CASES)
LENT = (REPLIES, FACTS, POLICY)
"""The files that a pack without them has from the shop's; test cases are about its own intents."""
OUT_OF_SCOPE = "out_of_scope"
SCHEMA = 1

Labelled = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class LookupSpec:
    """How an intent's answer is looked up: by which lookup, with what, and the reply it fills."""

    name: str
    needs: tuple[str, ...]
    reply: str


@dataclass(frozen=True, slots=True)
class IntentSpec:
    """One intent as the pack writes it."""

    name: str
    title: str
    description: str
    confused_with: tuple[str, ...]
    always_person: bool
    phrases: tuple[str, ...]
    lookup: LookupSpec | None = None


@dataclass(frozen=True)
class Pack:
    """A checked pack; `texts` are the files word for word, everything else is read from them."""

    name: str
    languages: tuple[str, ...]
    intents: tuple[IntentSpec, ...]
    out_of_scope: tuple[str, ...]
    replies: Mapping[str, Any]
    facts: Mapping[str, Any]
    policy: Mapping[str, Any]
    cases: Mapping[str, Any]
    texts: Mapping[str, str]
    warnings: tuple[str, ...]
    lines: Mapping[str, Lines] = field(repr=False)

    def labelled(self) -> list[Labelled]:
        """Give every training phrase with its intent, None for those to be refused."""
        rows: list[Labelled] = [
            (phrase, spec.name) for spec in self.intents for phrase in spec.phrases
        ]
        return rows + [(phrase, None) for phrase in self.out_of_scope]

    def intent(self, name: str) -> IntentSpec | None:
        """Give an intent by name, None if the pack has no such intent."""
        return self._by_name.get(name)

    def replies_in(self, language: str, name: str) -> bool:
        """Say whether a reply has wordings in one of the pack's languages."""
        row = self.replies.get(name, {})
        if language != self.languages[0]:
            row = row.get("in", {}).get(language, {})
        return bool(row.get("calm"))

    def line_of(self, file: str, *path: str | int) -> int | None:
        """Give the 1-based line of a value, or of the nearest one around it; None if unknown."""
        lines = self.lines.get(file, {})
        for end in range(len(path), -1, -1):
            if path[:end] in lines:
                return lines[path[:end]]
        return None

    @cached_property
    def _by_name(self) -> dict[str, IntentSpec]:
        return {spec.name: spec for spec in self.intents}


def shop_pack_folder() -> Path:
    """Give the folder of the pack that ships."""
    return Path(__file__).parent / "packs" / "shop"


def read_pack(folder: Path) -> Pack:
    """Give the pack of a folder; replies, facts and policy that it lacks are the shop's.

    Raises PackError with file and line.
    """
    texts = {}
    for name in PACK_FILES:
        place = folder / name
        if not place.exists() and name in LENT:
            place = shop_pack_folder() / name
        if place.exists() or name == INTENTS:
            texts[name] = _text_of(place)
    return parse_pack(texts)


def parse_pack(texts: Mapping[str, str]) -> Pack:
    """Give the pack of file texts by name; a missing file other than intents.yaml is empty.

    Raises PackError with file and line.
    """
    for name in texts:
        if name not in PACK_FILES:
            raise PackError(name, None, "A pack has no such file.", f"Use {', '.join(PACK_FILES)}.")
    parsed = {name: parse_yaml(name, texts.get(name, "")) for name in PACK_FILES}
    lines = {name: found for name, (_, found) in parsed.items()}
    intents = check_intents(INTENTS, *parsed[INTENTS])
    specs = tuple(_spec(row) for row in intents["intents"])
    languages = tuple(intents.get("languages", [DEFAULT]))
    return Pack(
        name=intents.get("name", "pack"),
        languages=languages,
        intents=specs,
        out_of_scope=tuple(intents.get("out_of_scope", [])),
        replies=check_replies(REPLIES, *parsed[REPLIES], languages),
        facts=check_mapping(FACTS, *parsed[FACTS]),
        policy=check_mapping(POLICY, *parsed[POLICY]),
        cases=check_mapping(CASES, *parsed[CASES]),
        texts={name: texts.get(name, "") for name in PACK_FILES},
        warnings=tuple(_warnings(specs)),
        lines=lines,
    )


def write_pack(pack: Pack, folder: Path) -> None:
    """Write the pack's files word for word into a folder, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PACK_FILES:
        (folder / name).write_text(pack.texts[name], encoding="utf-8")


def intents_text(
    name: str,
    specs: Sequence[IntentSpec],
    out_of_scope: Sequence[str],
    languages: Sequence[str] = ("en",),
) -> str:
    """Give the text of an intents.yaml that says exactly this."""
    data = {
        "schema": SCHEMA,
        "name": name,
        "languages": list(languages),
        "intents": [_row(spec) for spec in specs],
        "out_of_scope": list(out_of_scope),
    }
    return dump_yaml(data)


def pack_from_labelled(name: str, labelled: Iterable[Labelled], base: Path | None = None) -> Pack:
    """Give a pack of labelled phrases whose replies, languages, facts and policy are `base`'s.

    `base` is a pack folder, the shop's by default; its test cases, which may be about other
    intents, are left out. Raises PackError if no phrase has an intent.
    """
    phrases: dict[str, list[str]] = {}
    refused: list[str] = []
    for phrase, intent in labelled:
        (refused if intent is None else phrases.setdefault(intent, [])).append(phrase)
    specs = [IntentSpec(one, one, "", (), False, tuple(said)) for one, said in phrases.items()]
    texts = {INTENTS: intents_text(name, specs, refused, _languages_of(base))}
    for file in LENT:
        place = (base or shop_pack_folder()) / file
        texts[file] = _text_of(place) if place.exists() else ""
    return parse_pack(texts)


def _languages_of(folder: Path | None) -> Sequence[str]:
    if folder is None or not (folder / INTENTS).exists():
        return (DEFAULT,)
    return parse_pack({INTENTS: _text_of(folder / INTENTS)}).languages


def _spec(row: Mapping[str, Any]) -> IntentSpec:
    return IntentSpec(
        name=row["name"],
        title=row.get("title", row["name"]),
        description=row.get("description", ""),
        confused_with=tuple(row.get("confused_with", [])),
        always_person=row.get("always_person", False),
        phrases=tuple(row["phrases"]),
        lookup=_lookup(row.get("lookup")),
    )


def _lookup(row: Mapping[str, Any] | None) -> LookupSpec | None:
    return LookupSpec(row["name"], tuple(row["needs"]), row["reply"]) if row else None


def _row(spec: IntentSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "title": spec.title,
        "description": spec.description,
        "confused_with": list(spec.confused_with),
        "always_person": spec.always_person,
        "phrases": list(spec.phrases),
    }


def _warnings(specs: Sequence[IntentSpec]) -> list[str]:
    names = {spec.name for spec in specs} | {OUT_OF_SCOPE}
    return [
        f"'{spec.name}' says it is confused with '{other}', which the pack does not have."
        for spec in specs
        for other in spec.confused_with
        if other not in names
    ]


def _text_of(place: Path) -> str:
    try:
        content = place.read_bytes()
    except OSError as error:
        raise PackError(
            place.name, None, f"{place} cannot be read ({error.strerror}).", "Name a pack folder."
        ) from error
    return text_of(place.name, content)
