"""A backup holds everything, and restores to the same store, or changes nothing."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest
import redis

from bot import keys
from bot.backup import KEYS, MANIFEST, BackupRefused, backup, restore
from bot.errors import NewerData
from bot.redis_server import RedisServer
from bot.snapshot import counts, raw_client, read_rows

BINARY = b"\x00\xff\xfe vectors \x80"


def filled(client: redis.Redis) -> None:
    """One key of every type the store may hold, with awkward contents."""
    raw = raw_client(url_of(client))
    raw.set("attune:schema", keys.SCHEMA)
    raw.set("attune:blob", BINARY)
    raw.set("attune:{auth}:session:x", "soon gone", px=3_600_000)
    raw.hset("attune:{b03}:c:łódź:meta", mapping={"name": "Zoë 🙂", "vectors": BINARY, "empty": ""})
    raw.rpush("attune:{b03}:c:łódź:inbox", "first", "second", "first")
    raw.sadd("attune:{auth}:sessions:ana", "one", "two")
    raw.zadd("attune:{q}:wait", {"a#1": 1_767_605_400_123, "b#1": -0.25, "c": float("inf")})
    raw.xadd("attune:{b03}:c:łódź:log", {"d": '{"text": "hé\\n"}'}, id="5-1")
    raw.xadd("attune:{b03}:c:łódź:log", {"d": BINARY}, id="7-0")
    raw.xadd("attune:{b03}:outbox", {"d": "carried"}, id="9-3")
    raw.xdel("attune:{b03}:outbox", "9-3")
    raw.set("attune:{b03}:c:łódź:lock", "passing", px=2_500)
    raw.set("somebody:else", "not ours")


def url_of(client: redis.Redis) -> str:
    """The address a client talks to."""
    return f"unix://{client.connection_pool.connection_kwargs['path']}"


def contents(client: redis.Redis) -> list[dict[str, object]]:
    """Every row in order, with expiries to the second."""
    rows = list(read_rows(raw_client(url_of(client))))
    for row in rows:
        row["expires_ms"] = row["expires_ms"] and round(row["expires_ms"], -4)
        if row["type"] in {"hash", "set"}:
            row["content"] = sorted(map(str, row["content"]))
    return sorted(rows, key=lambda row: str(row["key"]))


def test_a_restored_store_equals_the_one_backed_up(each_store: redis.Redis, tmp_path: Path) -> None:
    """Every type, binary values, expiries and last stream ids come back, on old and new Redis."""
    filled(each_store)
    before, file = contents(each_store), tmp_path / "b.tar.gz"
    made = backup(url_of(each_store), file)
    each_store.flushall()
    restored = restore(url_of(each_store), file)
    assert contents(each_store) == before
    assert restored.counts == made.counts == counts(before)
    assert made.counts == {"hash": 1, "list": 1, "set": 1, "stream": 2, "string": 3, "zset": 1}
    assert each_store.xinfo_stream("attune:{b03}:outbox")["last-generated-id"] == "9-3"
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_moves_between_redis_versions(
    redis_server: RedisServer, old_redis_server: RedisServer, store: redis.Redis,
    old_store: redis.Redis, tmp_path: Path,
) -> None:  # fmt: skip
    """What one Redis version wrote, the other reads."""
    filled(store)
    backup(redis_server.url, tmp_path / "new.tar.gz")
    restore(old_redis_server.url, tmp_path / "new.tar.gz")
    assert contents(old_store) == contents(store)


def test_reading_slot_by_slot_finds_the_same_keys(store: redis.Redis) -> None:
    """A store too large to be read at one moment is read by parts that leave nothing out."""
    filled(store)
    client = raw_client(url_of(store))
    whole = {str(row["key"]) for row in read_rows(client)}
    parts = [str(row["key"]) for row in read_rows(client, whole_at_most=0)]
    assert len(parts) == len(whole)
    assert set(parts) == whole


def test_restoring_over_data_needs_consent(store: redis.Redis, tmp_path: Path) -> None:
    """A store that holds something is only overwritten with --replace, and then wholly."""
    filled(store)
    before = contents(store)
    backup(url_of(store), tmp_path / "b.tar.gz")
    store.set("attune:later", "x")
    with pytest.raises(BackupRefused, match="--replace"):
        restore(url_of(store), tmp_path / "b.tar.gz")
    assert store.get("attune:later") == "x"
    restore(url_of(store), tmp_path / "b.tar.gz", replace=True)
    assert contents(store) == before
    assert store.get("somebody:else") == "not ours"


def rewritten(file: Path, **manifest: object) -> None:
    """Write a backup again with other words in its manifest or one byte of its rows changed."""
    with tarfile.open(file) as tar:
        rows = tar.extractfile(KEYS).read()
        said = json.load(tar.extractfile(MANIFEST))
    parts = {MANIFEST: json.dumps(said | manifest).encode(), KEYS: rows}
    if not manifest:
        parts[KEYS] = rows.replace(b"first", b"fjrst")
    with tarfile.open(file, "w:gz") as tar:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_an_altered_backup_changes_nothing(store: redis.Redis, tmp_path: Path) -> None:
    """Hashes are checked before the first write."""
    filled(store)
    file = tmp_path / "b.tar.gz"
    backup(url_of(store), file)
    rewritten(file)
    before = contents(store)
    with pytest.raises(BackupRefused, match="hash differs"):
        restore(url_of(store), file, replace=True)
    assert contents(store) == before


def test_a_newer_backup_is_refused(store: redis.Redis, tmp_path: Path) -> None:
    """Data of a later schema is not guessed at."""
    filled(store)
    file = tmp_path / "b.tar.gz"
    backup(url_of(store), file)
    rewritten(file, schema=keys.SCHEMA + 1)
    with pytest.raises(NewerData, match="newer"):
        restore(url_of(store), file, replace=True)


@pytest.mark.parametrize("content", [b"", b"not a tar", gzip.compress(b"x" * 2000)])
def test_a_file_that_is_no_backup_is_refused(
    store: redis.Redis, tmp_path: Path, content: bytes
) -> None:
    """Nonsense gets one sentence, not a traceback."""
    file = tmp_path / "b.tar.gz"
    file.write_bytes(content)
    with pytest.raises(BackupRefused, match="not a whole backup"):
        restore(url_of(store), file)


def test_a_truncated_backup_is_refused(store: redis.Redis, tmp_path: Path) -> None:
    """A copy that stopped half way is noticed."""
    filled(store)
    file = tmp_path / "b.tar.gz"
    backup(url_of(store), file)
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(BackupRefused):
        restore(url_of(store), file, replace=True)


def test_an_existing_file_is_not_overwritten(store: redis.Redis, tmp_path: Path) -> None:
    """The last good backup is never the price of the next."""
    file = tmp_path / "b.tar.gz"
    file.write_text("precious")
    with pytest.raises(BackupRefused, match="exists already"):
        backup(url_of(store), file)
    assert file.read_text() == "precious"
