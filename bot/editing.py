"""Change one value in a YAML text and leave the rest, comments included, as its author wrote it.

The text is changed in place and read back; where the result would not say exactly what was meant,
the whole file is written anew in one plain style. Pure.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import yaml

from bot.yaml_words import STEP, Awkward, block, canonical, inline, scalar
from intents.errors import PackError
from intents.pack_yaml import parse_yaml

Path = Sequence[str | int]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ONE_LINE = 80


def set_value(file: str, text: str, path: Path, value: Any) -> str:
    """Give the text with the value at a path set, keys on the way made where they are missing.

    Raises PackError when the text is not YAML, KeyError when the path cannot be there.
    """
    data, _ = parse_yaml(file, text)
    if _found(data, path) == (True, value):
        return text
    wanted = _with(data, path, value)
    return _proven(file, lambda: _set(text, data, path, value), wanted)


def add_item(file: str, text: str, path: Path, value: Any) -> str:
    """Give the text with a value added at the end of the list at a path; raises as `set_value`."""
    data, _ = parse_yaml(file, text)
    there, old = _found(data, path)
    items = list(old) if there and isinstance(old, list) else []
    wanted = _with(data, path, [*items, value])
    return _proven(file, lambda: _add(text, data, path, value), wanted)


def remove(file: str, text: str, path: Path) -> str:
    """Give the text without the list item or key at a path; raises as `set_value`."""
    data, _ = parse_yaml(file, text)
    if not _found(data, path)[0]:
        return text
    wanted = _without(data, path)
    return _proven(file, lambda: _remove(text, data, path), wanted)


def _proven(file: str, edit: Any, wanted: Any) -> str:
    """Give the edited text if it reads back as wanted, else the whole file anew."""
    try:
        edited: str = edit()
        if parse_yaml(file, edited)[0] == wanted:
            return edited
    except (Awkward, PackError):
        pass
    return canonical(wanted)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A node, the text it is in, and whether something around it is in flow style."""

    text: str
    node: Any
    key: Any
    flow: bool

    @property
    def start(self) -> int:
        return int(self.node.start_mark.index)

    @property
    def end(self) -> int:
        return _end(self.text, self.node)

    @property
    def is_block(self) -> bool:
        """Whether it is a list or mapping over lines, with something in it."""
        return _is_block(self.node)

    @property
    def column(self) -> int:
        return int(self.node.start_mark.column)


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)


def _end(text: str, node: yaml.Node) -> int:
    """Give where a node's own words end, without the comments and blank lines after it."""
    if _is_block(node):
        last = node.value[-1]
        child = last[1] if isinstance(last, tuple) else last
        return max(_end(text, child), _key_end(last))
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip())


def _key_end(child: Any) -> int:
    return int(child[0].end_mark.index) + 1 if isinstance(child, tuple) else 0


def _spot(text: str, path: Path) -> _Spot | None:
    """Give the node at a path, None if there is none."""
    node: Any = yaml.compose(text, Loader=_Loader)
    key, flow = None, False
    if node is None:
        return None
    for part in path:
        flow = flow or bool(getattr(node, "flow_style", False))
        if isinstance(node, yaml.MappingNode):
            pair = next((one for one in node.value if one[0].value == part), None)
            if pair is None:
                return None
            key, node = pair
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                return None
            key, node = None, node.value[part]
        else:
            return None
    return _Spot(text, node, key, flow)


def _needed(text: str, path: Path) -> _Spot:
    spot = _spot(text, path)
    if spot is None:
        raise Awkward
    return spot


def _set(text: str, data: Any, path: Path, value: Any) -> str:
    spot = _spot(text, path)
    if spot is None:
        return _insert_key(text, data, path, value)
    if spot.flow or spot.key is None:
        return _spliced(text, spot.start, spot.end, inline(value))
    if spot.is_block and isinstance(spot.node, yaml.SequenceNode) and isinstance(value, list):
        old = _found(data, path)[1]
        if value and not any(isinstance(one, (list, dict)) for one in (*old, *value)):
            return _relisted(spot, old, value)
    indent = int(spot.key.start_mark.column)
    flow = isinstance(spot.node, yaml.SequenceNode) and spot.node.flow_style
    if flow and isinstance(value, list) and _fits_a_line(value):
        new = ": " + inline(value)
    elif isinstance(value, (list, dict)) and value:
        new = ":\n" + block(value, indent + STEP)
    else:
        new = ": " + scalar(value, indent + STEP)
    return _spliced(text, int(spot.key.end_mark.index), max(spot.end, _key_end((spot.key,))), new)


def _fits_a_line(value: Sequence[Any]) -> bool:
    plain = not any(isinstance(one, (list, dict)) for one in value)
    return plain and len(inline(list(value))) <= ONE_LINE


def _relisted(spot: _Spot, old: Sequence[Any], new: Sequence[Any]) -> str:
    """Rewrite a list of plain values; lines of values that stay are kept word for word."""
    text, items = spot.text, spot.node.value
    starts = [_line_start(text, int(one.start_mark.index)) for one in items]
    stop = _line_end(text, spot.end)
    dash = " " * spot.column + "-"
    if len(set(starts)) < len(starts) or not all(text.startswith(dash, one) for one in starts):
        raise Awkward
    edges = [*starts, stop]
    chunks = [text[edges[index] : edges[index + 1]] for index in range(len(starts))]
    if not chunks[-1].endswith("\n"):
        chunks[-1] += "\n"
    made: list[str] = []
    matcher = SequenceMatcher(None, [repr(one) for one in old], [repr(one) for one in new], False)
    for tag, first, last, begin, finish in matcher.get_opcodes():
        if tag == "equal":
            made += chunks[first:last]
        else:
            made += [f"{dash} {scalar(one, spot.column + STEP)}\n" for one in new[begin:finish]]
    return text[: starts[0]] + "".join(made) + text[stop:]


def _insert_key(text: str, data: Any, path: Path, value: Any) -> str:
    """Add a key that is not there yet at the end of its mapping."""
    *before, last = path
    if not isinstance(last, str):
        raise Awkward
    parent = _spot(text, before)
    if parent is None or not parent.is_block or not isinstance(parent.node, yaml.MappingNode):
        there, old = _found(data, before)
        whole = {**(old if there and isinstance(old, dict) else {}), last: value}
        if not before:
            raise Awkward
        return _set(text, data, before, whole)
    gap = "\n" if isinstance(value, dict) else ""
    return _with_lines(text, parent.end, gap + block({last: value}, parent.column))


def _add(text: str, data: Any, path: Path, value: Any) -> str:
    spot = _spot(text, path)
    if spot is None or spot.flow or not spot.is_block:
        there, old = _found(data, path)
        return _set(text, data, path, [*(old if there and old else []), value])
    return _with_lines(text, spot.end, block([value], spot.column))


def _remove(text: str, data: Any, path: Path) -> str:
    *before, last = path
    parent, spot = _needed(text, before), _needed(text, path)
    rest = _found(_without(data, path), before)[1]
    if not rest or parent.flow or not parent.is_block:
        return _set(text, data, before, rest)
    first = int((spot.key or spot.node).start_mark.index)
    if last == 0 and not _line_start_is(text, first, parent.column, spot.key is None):
        raise Awkward
    return _spliced(text, _line_start(text, first), _line_end(text, spot.end), "")


def _line_start_is(text: str, index: int, column: int, is_item: bool) -> bool:
    line = text[_line_start(text, index) : index]
    return line.strip(" ") == ("-" if is_item else "") and line.startswith(" " * column)


def _with_lines(text: str, after: int, lines: str) -> str:
    """Put whole lines behind the line of a place."""
    end = _line_end(text, after)
    before = text[:end]
    return before + ("" if before.endswith("\n") else "\n") + lines + "\n" + text[end:]


def _spliced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _found(data: Any, path: Path) -> tuple[bool, Any]:
    for part in path:
        if isinstance(data, Mapping):
            if part not in data:
                return False, None
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return False, None
    return True, data


def _with(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    first, *rest = path
    if isinstance(data, list) and isinstance(first, int):
        if first >= len(data):
            raise KeyError(first)
        return [*data[:first], _with(data[first], rest, value), *data[first + 1 :]]
    if not isinstance(first, str) or (data is not None and not isinstance(data, Mapping)):
        raise KeyError(first)
    data = dict(data or {})
    data[first] = _with(data.get(first), rest, value)
    return data


def _without(data: Any, path: Path) -> Any:
    data = copy.deepcopy(data)
    around = data
    for part in path[:-1]:
        around = around[part]
    del around[path[-1]]
    return data
