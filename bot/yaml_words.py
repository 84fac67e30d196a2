"""Data as YAML words, in the style the shop's pack is written in. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

from intents.pack_yaml import dump_yaml

STEP = 2
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_PLAIN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Awkward(Exception):
    """Raised when a value or text cannot be written in place."""


def canonical(data: Any) -> str:
    """Give data as YAML in one plain style, without comments."""
    return dump_yaml(data)


def block(value: Any, indent: int) -> str:
    """Give a list or mapping over several lines, without the last line break."""
    pad = " " * indent
    if isinstance(value, list):
        return "\n".join(f"{pad}- {_after(one, indent + STEP)}" for one in value)
    return "\n".join(
        f"{pad}{_key(key)}:{_value_line(one, indent + STEP)}" for key, one in value.items()
    )


def _after(value: Any, indent: int) -> str:
    if isinstance(value, (list, dict)) and value:
        return block(value, indent).lstrip(" ")
    return scalar(value, indent)


def _value_line(value: Any, indent: int) -> str:
    if isinstance(value, (list, dict)) and value:
        return "\n" + block(value, indent)
    return " " + scalar(value, indent)


def _key(key: str) -> str:
    plain = _PLAIN_KEY.fullmatch(key) and key.lower() not in _NOT_PLAIN
    return key if plain else _quoted(key)


def inline(value: Any) -> str:
    """Give a value on one line."""
    if isinstance(value, list):
        return "[" + ", ".join(inline(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {inline(one)}" for key, one in value.items()) + "}"
    return _one_line(value)


def scalar(value: Any, indent: int) -> str:
    """Give a plain value, a text of several lines as a literal block at an indent."""
    if isinstance(value, str) and "\n" in value and _literal(value):
        lines = "\n".join(f"{' ' * indent}{line}" if line else "" for line in value.split("\n"))
        return f"|-\n{lines}"
    return inline(value)


def _one_line(value: Any) -> str:
    if isinstance(value, str):
        if '"' in value and "'" not in value and "\n" not in value and not _ODD.search(value):
            return f"'{value}'"
        return _quoted(value)
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    raise Awkward


def _literal(value: str) -> bool:
    """Whether a text can stand as a literal block that ends without a line break."""
    return not _ODD.search(value) and not value.startswith((" ", "\n", "\t")) and value[-1] != "\n"


def _quoted(value: str) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _ODD.sub(lambda one: f"\\u{ord(one.group()):04x}", text)
