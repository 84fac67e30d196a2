"""The whole store as typed rows, read at one moment and written back, between Redis versions.

A row is `{"key", "type", "expires_ms", "content"}`; bytes that are not UTF-8 are `{"b64": …}`.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

import redis
from redis.exceptions import RedisError

from bot.store import connect
from escalation.errors import StoreUnavailable

EVERYTHING = "attune:*"
WHOLE_AT_MOST = 10_000
TIMEOUT_S = 120.0
# A turn lock lives for seconds and belongs to a process, not to the data.
PASSING = ":lock"
Row = dict[str, Any]


def raw_client(url: str) -> redis.Redis:
    """Give a client that leaves bytes as they are and waits long enough for a large answer."""
    return connect(url, timeout_s=TIMEOUT_S, decode=False)


def read_rows(client: redis.Redis, whole_at_most: int = WHOLE_AT_MOST) -> Iterator[Row]:
    """Give a row for every key of Attune.

    All at one moment where the store is small enough that nobody waits for it; else slot by slot,
    conversations first and the queue after them, which the sweeper can reconcile.
    """
    source = (files("bot") / "lua" / "snapshot.lua").read_text(encoding="utf-8")
    now_ms = time.time_ns() // 1_000_000
    for key, pattern in _parts(client, whole_at_most):
        try:
            found: Any = client.eval(source, 1, key, pattern)
        except RedisError as error:
            raise StoreUnavailable(f"The store could not be read ({error}); try again.") from error
        for name, kind, left_ms, content in found:
            if not name.endswith(PASSING.encode()):
                yield _row(name, kind.decode(), left_ms, content, now_ms)


def write_rows(client: redis.Redis, rows: Iterable[Row], *, replace: bool) -> None:
    """Write all rows in one transaction, all or nothing (but on Cluster); `replace` drops the old.

    Rows that expired meanwhile are left out. Raises StoreUnavailable (then nothing has changed).
    """
    now_ms = time.time_ns() // 1_000_000
    pipe = client.pipeline(transaction=not isinstance(client, redis.RedisCluster))
    if replace:
        for key in client.scan_iter(EVERYTHING, count=1000):
            pipe.unlink(key)
    for row in rows:
        if row["expires_ms"] is None or row["expires_ms"] > now_ms:
            _write(pipe, row)
    try:
        pipe.execute()
    except RedisError as error:
        raise StoreUnavailable(f"The store refused the data ({error}); nothing changed.") from error


def is_empty(client: redis.Redis) -> bool:
    """Whether the store holds nothing of Attune's."""
    return next(iter(client.scan_iter(EVERYTHING, count=1000)), None) is None


def counts(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Give the number of keys by type."""
    found: dict[str, int] = {}
    for row in rows:
        found[row["type"]] = found.get(row["type"], 0) + 1
    return dict(sorted(found.items()))


def dumps(row: Row) -> str:
    """Give a row as one line of JSON."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _parts(client: redis.Redis, whole_at_most: int) -> list[tuple[str, str]]:
    """Give (a key of the slot, the pattern of its keys): one part for all, or one for each slot."""
    names = [str(name, "utf-8") for name in client.scan_iter(EVERYTHING, count=1000)]
    if len(names) <= whole_at_most and not isinstance(client, redis.RedisCluster):
        return [("attune:schema", EVERYTHING)]
    patterns = {_slot_pattern(name): name for name in names}
    conversations_first = sorted(patterns, key=lambda one: (not one.startswith("attune:{b"), one))
    return [(patterns[one], one) for one in conversations_first]


def _slot_pattern(name: str) -> str:
    before, brace, rest = name.partition("{")
    tag, end, _ = rest.partition("}")
    return f"{before}{{{tag}}}*" if brace and end else name


def _row(name: bytes, kind: str, left_ms: int, content: Any, now_ms: int) -> Row:
    if kind == "stream":
        last, entries = content
        content = {"last": last, "entries": [[one, *fields] for one, fields in entries]}
    return {
        "key": _text(name),
        "type": kind,
        "expires_ms": now_ms + left_ms if left_ms >= 0 else None,
        "content": _json(content),
    }


def _json(value: Any) -> Any:
    if isinstance(value, bytes):
        return _text(value)
    if isinstance(value, dict):
        return {name: _json(one) for name, one in value.items()}
    return [_json(one) for one in value]


def _text(value: bytes) -> str | dict[str, str]:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return {"b64": base64.b64encode(value).decode("ascii")}


def _bytes(value: Any) -> bytes:
    return base64.b64decode(value["b64"]) if isinstance(value, dict) else str(value).encode()


def _write(pipe: Any, row: Row) -> None:
    key, content = _bytes(row["key"]), row["content"]
    if row["type"] == "stream":
        _write_stream(pipe, key, content)
    elif row["type"] == "string":
        pipe.set(key, _bytes(content))
    else:
        command = {"hash": "HSET", "list": "RPUSH", "set": "SADD", "zset": "ZADD"}[row["type"]]
        values = [_bytes(one) for one in content]
        if command == "ZADD":  # ZRANGE gives member, score; ZADD wants score, member
            values = [one for pair in zip(values[1::2], values[::2], strict=True) for one in pair]
        pipe.execute_command(command, key, *values)
    if row["expires_ms"] is not None:
        pipe.pexpireat(key, row["expires_ms"])


def _write_stream(pipe: Any, key: bytes, content: Mapping[str, Any]) -> None:
    for entry_id, *fields in content["entries"]:
        pipe.execute_command("XADD", key, entry_id, *(_bytes(one) for one in fields))
    if not content["entries"]:  # an emptied stream still remembers its last id
        pipe.execute_command("XADD", key, "MAXLEN", "0", content["last"], "f", "v")
    pipe.execute_command("XSETID", key, content["last"])
