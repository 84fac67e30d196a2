"""YAML as plain data that still knows its lines."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import yaml

from intents.errors import PackError

Path = tuple[str | int, ...]
Lines = dict[Path, int]

MAX_CHARACTERS = 8_000_000
MAX_DEPTH = 20
MAX_VALUES = 300_000
DAY_TAG = "tag:yaml.org,2002:timestamp"

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(file: str, text: str) -> tuple[Any, Lines]:
    """Give the data of a YAML text and the 1-based line of every value by its path.

    Repeated keys are refused, so that nothing said is silently dropped, and so is a small file
    that aliases make large. Raises PackError.
    """
    if len(text) > MAX_CHARACTERS:
        raise PackError(
            file, None, f"The file has {len(text)} characters.", f"Keep it under {MAX_CHARACTERS}."
        )
    node = _composed(file, text)
    if node is None:
        return None, {}
    lines: Lines = {}
    return _data(file, node, (), lines), lines


def _composed(file: str, text: str) -> yaml.Node | None:
    loader = _Loader(text.encode("utf-8", "surrogatepass"))
    try:
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _broken(file, text, error) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise PackError(
            file,
            None,
            "The file holds characters or nesting that YAML does not allow.",
            "Save it as plain UTF-8 text.",
        ) from error
    finally:
        loader.dispose()


def text_of(file: str, content: bytes) -> str:
    """Give a file's text from its bytes, without a byte order mark; raises PackError.

    The error names line and column of the first byte that is not UTF-8.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PackError(file, 1, "The file is UTF-16 text.", "Save it as UTF-8.", 1)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        problem = f"The file is not UTF-8 text: byte {content[error.start]:#04x}."
        raise PackError(file, line, problem, "Save it as UTF-8.", column) from error


def _broken(file: str, text: str, error: yaml.MarkedYAMLError) -> PackError:
    """Give what is wrong with a YAML text, at line and column where those are known."""
    mark = error.problem_mark or error.context_mark
    problem, remedy = (
        f"The YAML is broken: {error.problem or error.context}.",
        "Check indentation, quotes and colons there.",
    )
    if mark is None:
        return PackError(file, None, problem, remedy)
    rows = text.split("\n")
    row = rows[mark.line] if mark.line < len(rows) else ""
    if row[mark.column : mark.column + 1] == "\t" or row[: mark.column].lstrip(" ")[:1] == "\t":
        problem, remedy = "A tab stands where YAML wants spaces.", "Indent with spaces only."
    return PackError(file, mark.line + 1, problem, remedy, mark.column + 1)


def _data(file: str, node: yaml.Node, path: Path, lines: Lines) -> Any:
    line = node.start_mark.line + 1
    if len(path) > MAX_DEPTH or len(lines) > MAX_VALUES:
        raise PackError(file, line, "The file nests too deep or holds too much.", "Simplify it.")
    lines[path] = line
    if isinstance(node, yaml.MappingNode):
        pairs = _pairs(file, node, path)
        return {key: _data(file, value, (*path, key), lines) for key, value in pairs}
    if isinstance(node, yaml.SequenceNode):
        return [_data(file, value, (*path, index), lines) for index, value in enumerate(node.value)]
    return _scalar(file, node, line)


def _pairs(file: str, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        key = _scalar(file, key_node, line) if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            raise PackError(file, line, "A key is not a plain word.", "Put it in quotes.")
        if key in seen:
            problem, column = (
                f"'{_dotted((*path, key))}' is there twice.",
                key_node.start_mark.column,
            )
            raise PackError(file, line, problem, "Remove one of them.", column + 1)
        seen.add(key)
        yield key, value


def _scalar(file: str, node: yaml.Node, line: int) -> Hashable:
    constructor = yaml.constructor.SafeConstructor()
    try:
        return constructor.construct_object(node)  # type: ignore[no-any-return]
    except (yaml.YAMLError, ValueError) as error:
        if node.tag == DAY_TAG:
            problem = f"'{node.value}' is no day of the calendar."
            raise PackError(file, line, problem, "Correct the day or the month.") from error
        raise PackError(
            file, line, f"'{node.value}' cannot be read as {node.tag}.", "Put it in quotes."
        ) from error


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


class _Exact(yaml.SafeDumper):
    """Writes texts so that they are read back word for word, odd line breaks included."""


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Exact.add_representer(str, _represented)


def dump_yaml(data: Any) -> str:
    """Give data as YAML that reads back word for word, in one plain style."""
    return yaml.dump(data, Dumper=_Exact, allow_unicode=True, sort_keys=False, width=100)
