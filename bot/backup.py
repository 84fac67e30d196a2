"""One portable file with everything in the store, and the way back."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from bot import keys
from bot.errors import BotError, NewerData
from bot.snapshot import Row, counts, dumps, is_empty, raw_client, read_rows, write_rows

FORMAT = 1
MANIFEST = "manifest.json"
KEYS = "keys.jsonl"
BLOCK = 1 << 20


class BackupRefused(BotError):
    """Raised when a file is no backup, was altered, or would overwrite what is there."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `sha256` by part, `counts` of keys by type."""

    format: int
    schema: int
    attune: str
    created: str
    sha256: dict[str, str]
    counts: dict[str, int]


def backup(url: str, target: Path) -> Manifest:
    """Write the store into a new file that only its owner may read; works while Attune serves.

    Raises StoreUnavailable, BackupRefused (the file exists already or cannot be written).
    """
    client = raw_client(url)
    with client, tempfile.TemporaryFile() as part:
        tally = counts(_written(read_rows(client), part))
        manifest = Manifest(
            format=FORMAT,
            schema=int(client.get(keys.schema()) or keys.SCHEMA),
            attune=importlib.metadata.version("attune"),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            sha256={KEYS: _sha256(part)},
            counts=tally,
        )
        _pack(target, manifest, part)
    return manifest


def restore(url: str, source: Path, *, replace: bool = False) -> Manifest:
    """Read a backup into the store, all or nothing, and check that every key arrived.

    Raises BackupRefused (not a backup, altered, or the store is not empty and `replace` is not
    set), NewerData, StoreUnavailable.
    """
    client = raw_client(url)
    with client, tempfile.TemporaryFile() as part:
        manifest = _unpack(source, part)
        if not (replace or is_empty(client)):
            raise BackupRefused(
                "The store is not empty; restore into an empty one, or add --replace to drop "
                "what is there."
            )
        write_rows(client, _rows(part), replace=replace)
        expected, found = counts(_kept(part)), counts(read_rows(client))
        if found != expected:
            raise BackupRefused(
                f"The store now holds {found} instead of {expected}; restore again."
            )
    return manifest


def default_name(now: datetime) -> Path:
    """Give a file name that sorts by time."""
    return Path(f"attune-{now:%Y%m%d-%H%M%S}.tar.gz")


def _written(rows: Iterator[Row], part: IO[bytes]) -> Iterator[Row]:
    for row in rows:
        part.write(dumps(row).encode() + b"\n")
        yield row


def _rows(part: IO[bytes]) -> Iterator[Row]:
    part.seek(0)
    for line in part:
        row: Row = json.loads(line)
        yield row


def _kept(part: IO[bytes]) -> Iterator[Row]:
    """Give the rows that had not expired when they were restored."""
    now_ms = time.time_ns() // 1_000_000
    return (row for row in _rows(part) if row["expires_ms"] is None or row["expires_ms"] > now_ms)


def _pack(target: Path, manifest: Manifest, part: IO[bytes]) -> None:
    text = json.dumps(asdict(manifest), indent=2).encode()
    half = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists():
            raise BackupRefused(f"{target} exists already; name another file.")
        with _new_private(half) as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
            _add(tar, MANIFEST, io.BytesIO(text))
            _add(tar, KEYS, part)
        half.rename(target)
    except OSError as error:
        raise BackupRefused(
            f"{target} cannot be written ({error.strerror}); name another file."
        ) from error
    finally:
        half.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = content.seek(0, os.SEEK_END), 0o600, int(time.time())
    content.seek(0)
    tar.addfile(entry, content)


def _unpack(source: Path, part: IO[bytes]) -> Manifest:
    """Copy the rows out and give the manifest, once its hashes agree."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            manifest = _manifest(json.load(_member(tar, MANIFEST)))
            rows = _member(tar, KEYS)
            while block := rows.read(BLOCK):
                part.write(block)
    except FileNotFoundError as error:
        raise BackupRefused(f"There is no file {source}; name a backup.") from error
    except (OSError, tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BackupRefused(
            f"{source} is not a whole backup ({type(error).__name__}); use another."
        ) from error
    if _sha256(part) != manifest.sha256[KEYS]:
        raise BackupRefused(f"{source} was altered or damaged: its hash differs; use another.")
    if manifest.schema > keys.SCHEMA or manifest.format > FORMAT:
        raise NewerData(
            f"{source} was written by Attune {manifest.attune}, newer than this one; upgrade first."
        )
    return manifest


def _manifest(row: dict[str, Any]) -> Manifest:
    found = Manifest(**{name: row[name] for name in Manifest.__slots__})
    if not isinstance(found.sha256.get(KEYS), str):
        raise KeyError(KEYS)
    return found


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _sha256(part: IO[bytes]) -> str:
    part.seek(0)
    digest = hashlib.sha256()
    while block := part.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _new_private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
