"""What a draft would change, in words: for the page where an admin publishes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cases import CUSTOMER, EXPECTED
from bot.languages import named
from bot.pieces import BUTTON, IN, QUICK_REPLIES, REPLIES, Piece, Texts, data_of
from bot.tone import TONES
from intents.pack import CASES, FACTS, INTENTS, OUT_OF_SCOPE, PACK_FILES, POLICY

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a sentence, the piece it is in, and the words that went and came."""

    sentence: str
    piece: Piece
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def changes(old: Texts, new: Texts) -> list[Change]:
    """Give what is different, in the order of the files; raises PackError if one is not YAML."""
    found: list[Change] = []
    for file in PACK_FILES:
        if old.get(file, "") == new.get(file, ""):
            continue
        before, after = data_of(old, file), data_of(new, file)
        if before == after:
            found.append(Change(f"{file}: only comments or layout.", ("file", file)))
            continue
        some = list(_in_file(file, before, after, new))
        found += some or [Change(f"{file}: changed.", ("file", file))]
    return found


def _in_file(file: str, before: Any, after: Any, texts: Texts) -> Iterator[Change]:
    if file == INTENTS:
        return _intents(before, after)
    if file == REPLIES:
        return _replies(before, after, _titles(texts))
    if file == CASES:
        return _cases(before, after)
    return _values(before, after, {FACTS: "fact", POLICY: "rule"}[file])


def _titles(texts: Texts) -> Mapping[str, str]:
    rows = _by_name(data_of(texts, INTENTS))
    return {name: str(row.get("title") or name) for name, row in rows.items()}


def _by_name(data: Any, key: str = "intents") -> dict[str, Mapping[str, Any]]:
    rows = data.get(key) if isinstance(data, Mapping) else None
    found = rows if isinstance(rows, list) else []
    return {str(row["name"]): row for row in found if isinstance(row, Mapping) and row.get("name")}


def _intents(before: Any, after: Any) -> Iterator[Change]:
    old, new = _by_name(before), _by_name(after)
    for name, row in new.items():
        title = str(row.get("title") or name)
        if name not in old:
            phrases = _texts(row.get("phrases"))
            sentence = f"New intent “{title}” with {_count(len(phrases), 'phrase')}."
            yield Change(sentence, ("intent", name, "phrases"), (), phrases)
        else:
            yield from _intent(name, title, old[name], row)
    for name, row in old.items():
        if name not in new:
            phrases = _texts(row.get("phrases"))
            title = str(row.get("title") or name)
            sentence = f"Intent “{title}” removed, with its {_count(len(phrases), 'phrase')}."
            yield Change(sentence, ("file", INTENTS), phrases, ())
    said = _phrases("Messages to refuse", (OUT_OF_SCOPE,), _refused(before), _refused(after))
    yield from said
    if _languages(before) != _languages(after):
        sentence = f"Languages: {_languages(before)} → {_languages(after)}."
        yield Change(sentence, ("file", INTENTS))


def _intent(
    name: str, title: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    yield from _phrases(
        f"“{title}”",
        ("intent", name, "phrases"),
        _texts(old.get("phrases")),
        _texts(new.get("phrases")),
    )
    labels = {"title": "title", "description": "when to use it", "confused_with": "confused with"}
    for field, label in labels.items():
        was, now = _shown(old.get(field)), _shown(new.get(field))
        if was != now:
            piece = ("intent", name, field)
            yield Change(f"“{title}”: {label} changed.", piece, _some(was), _some(now))
    if bool(old.get("always_person")) != bool(new.get("always_person")):
        now = "always goes" if new.get("always_person") else "no longer always goes"
        yield Change(f"“{title}” {now} to a person.", ("intent", name, "always_person"))


def _cases(before: Any, after: Any) -> Iterator[Change]:
    old, new = (_by_name(one, "cases") for one in (before, after))
    for name, row in new.items():
        lines, were = _told(row), _told(old.get(name, {}))
        if name not in old:
            yield Change(f"New test case “{name}”.", ("case", name), (), lines)
        elif row != old[name]:
            came = tuple(one for one in lines if one not in were)
            went = tuple(one for one in were if one not in lines)
            yield Change(
                f"The test case “{name}” expects something else.", ("case", name), went, came
            )
    for name, row in old.items():
        if name not in new:
            yield Change(f"The test case “{name}” is removed.", ("file", CASES), _told(row))


def _told(case: Mapping[str, Any]) -> tuple[str, ...]:
    """Give what a case says of each of its turns, as a line each."""
    rows = case.get("turns")
    turns = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    lines = []
    for number, turn in enumerate(turns, start=1):
        expected = ", ".join(f"{key} {turn[key]}" for key in EXPECTED if turn.get(key))
        lines.append(f"{number}. {turn.get(CUSTOMER)} → {expected or 'anything'}")
    return tuple(lines)


def _phrases(title: str, piece: Piece, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    came = tuple(one for one in dict.fromkeys(new) if one not in set(old))
    went = tuple(one for one in dict.fromkeys(old) if one not in set(new))
    parts = [
        f"{_count(len(some), 'phrase')} {verb}"
        for some, verb in ((came, "added"), (went, "removed"))
        if some
    ]
    if parts:
        yield Change(f"{title}: {', '.join(parts)}.", piece, went, came)
    elif list(old) != list(new):
        yield Change(f"{title}: the same phrases in another order.", piece)


def _replies(before: Any, after: Any, titles: Mapping[str, str]) -> Iterator[Change]:
    old, new = before.get("replies") or {}, after.get("replies") or {}
    for name in dict.fromkeys([*new, *old]):
        title = titles.get(name, name.replace("_", " "))
        if name not in old:
            yield Change(f"New reply for “{title}”.", ("reply", name, "calm"), (), _all(new[name]))
        elif name not in new:
            yield Change(f"The reply for “{title}” is removed.", ("file", REPLIES), _all(old[name]))
        else:
            yield from _reply(name, title, _keyed(old[name]), _keyed(new[name]))


def _reply(
    name: str, title: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    yield from _wordings(("reply", name), f"Reply for “{title}”", old, new)
    was, now = _keyed(old.get(IN)), _keyed(new.get(IN))
    for code in dict.fromkeys([*now, *was]):
        piece, what = ("reply", name, IN, code), f"Reply for “{title}” in {named(code)}"
        yield from _wordings(piece, what, _keyed(was.get(code)), _keyed(now.get(code)))


def _wordings(
    piece: Piece, what: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    """Say what is different in one language."""
    for tone in (*TONES, QUICK_REPLIES):
        was, now = _texts(old.get(tone)), _texts(new.get(tone))
        if was == now:
            continue
        label, noun = ("buttons", "button") if tone == QUICK_REPLIES else (tone, "wording")
        sentence = f"{what}, {label}: {_reworded(was, now, noun)}."
        went = tuple(one for one in was if one not in now)
        came = tuple(one for one in now if one not in was)
        yield Change(sentence, (*piece, tone), went, came)
    before, after = _shown(old.get(BUTTON)), _shown(new.get(BUTTON))
    if before != after:
        sentence = f"{what}: what its button says changed."
        yield Change(sentence, (*piece, BUTTON), _some(before), _some(after))


def _reworded(was: Sequence[str], now: Sequence[str], noun: str) -> str:
    more = len(now) - len(was)
    if more:
        return f"{_count(abs(more), noun)} {'added' if more > 0 else 'removed'}"
    numbers = [str(at + 1) for at in range(len(now)) if was[at] != now[at]]
    return f"{noun} {_and(numbers)} reworded"


def _values(before: Any, after: Any, kind: str) -> Iterator[Change]:
    old, new = dict(_leaves(before)), dict(_leaves(after))
    for path in dict.fromkeys([*new, *old]):
        if old.get(path) != new.get(path):
            label = " › ".join(part.replace("_", " ") for part in path)
            was, now = _shown(old.get(path)), _shown(new.get(path))
            verb = "added" if path not in old else "removed" if path not in new else "changed"
            yield Change(f"{label.capitalize()} {verb}.", (kind, *path), _some(was), _some(now))


def _leaves(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(data, Mapping) and data:
        for key, value in data.items():
            yield from _leaves(value, (*path, str(key)))
    else:
        yield path, data


def _refused(data: Any) -> tuple[str, ...]:
    return _texts(data.get(OUT_OF_SCOPE)) if isinstance(data, Mapping) else ()


def _languages(data: Any) -> str:
    return _shown(data.get("languages") if isinstance(data, Mapping) else None)


def _all(reply: Any) -> tuple[str, ...]:
    rows = [_keyed(reply), *map(_keyed, _keyed(_keyed(reply).get(IN)).values())]
    return tuple(text for row in rows for tone in TONES for text in _texts(row.get(tone)))


def _keyed(value: Any) -> Mapping[str, Any]:
    """Give a mapping as it is, and nothing for what is half finished."""
    return value if isinstance(value, Mapping) else {}


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
