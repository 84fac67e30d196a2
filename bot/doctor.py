"""What `attune doctor` looks at: each finding says whether it is good, and what to do if not."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.exceptions import RedisError

from bot.errors import BotError, SetupError
from bot.folder import owner
from bot.joining import redis_of
from bot.packs import check_pack
from bot.redis_server import find_binary
from bot.serve import port_is_free
from bot.settings import Settings
from bot.store import check_replicas, check_schema, check_server, connect, replicas
from bot.translations import translations
from escalation.errors import EscalationError
from intents.adapter import checked_adapter
from intents.affect import load_affect, weights_folder
from intents.encoder import backbone_folder, load_onnx
from intents.errors import IntentsError
from intents.pack import read_pack, shop_pack_folder

PYTHONS = ((3, 11), (3, 12))
SHOWN = 5
MOST_SKEW_S = 2.0
FIRST_SANE_S = 1_767_225_600  # 2026-01-01


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, and the sentence about it."""

    what: str
    good: bool
    said: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one finding after the other; never raises for what it finds."""
    checks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("Python", _python),
        ("Redis program", _redis_program),
        ("Redis data", _redis_data),
        ("Redis replicas", _replicas),
        ("Weights", _weights),
        ("Built model", _built_model),
        ("Pack", _pack),
        ("Translations", _translations),
        ("Port", _port),
        ("Clock", _clock),
    )
    for what, check in checks:
        try:
            yield Finding(what, good=True, said=check(settings))
        except (BotError, EscalationError, IntentsError) as error:
            yield Finding(what, good=False, said=str(error))


def _python(_: Settings) -> str:
    version = sys.version_info[:2]
    if version not in PYTHONS:
        raise SetupError(
            f"Python {version[0]}.{version[1]} is not one Attune is tested on; use 3.11 or 3.12."
        )
    return sys.version.split()[0]


def _redis_program(settings: Settings) -> str:
    if settings.redis_url:
        return "not needed, a Redis is named by its address"
    binary = find_binary()
    return f"{binary.path}, {binary.version[0]}.{binary.version[1]}"


def _redis_data(settings: Settings) -> str:
    if not (settings.redis_url or settings.data.exists()):
        return f"none yet in {settings.data}; `attune serve` makes it"
    with redis_of(settings.data, settings.redis_url) as url, connect(url) as client:
        warnings = check_server(client)
        check_schema(client)
        if warnings:
            raise SetupError(warnings[0])
        count = client.dbsize()
    return f"append-only file on, noeviction, {count} keys"


def _replicas(settings: Settings) -> str:
    wanted = settings.redis_replicas
    if not settings.redis_url:
        if wanted:
            raise SetupError(
                "The private Redis has no replicas, so every write would be refused; unset "
                "ATTUNE_REDIS_REPLICAS, or set ATTUNE_REDIS_URL."
            )
        return "none, the Redis is private"
    with connect(settings) as client:
        warnings = check_replicas(client, wanted)
        if warnings:
            raise SetupError(warnings[0])
        fewest = min(replicas(client).values(), default=0)
    if wanted:
        return f"{fewest} or more, each write waits for {wanted}"
    if fewest:
        return (
            f"{fewest} or more, no write waits for them: a failover may lose the last ones; "
            "ATTUNE_REDIS_REPLICAS=1 waits"
        )
    return "none"


def _weights(settings: Settings) -> str:
    backbone_folder(settings.backbone or None)
    checked_adapter(weights_folder())
    load_affect()
    return "hashes agree"


def _built_model(settings: Settings) -> str:
    built = sorted(settings.model_cache.glob("*/manifest.json"))
    for manifest in built:
        load_onnx(manifest.parent)
    if not built:
        return "not built yet; `attune serve` builds it"
    return f"{len(built)} in {settings.model_cache}, hashes agree"


def _pack(settings: Settings) -> str:
    folder: Path = settings.pack or shop_pack_folder()
    pack = read_pack(folder)
    check_pack(pack)
    return f"{len(pack.intents)} intents in {folder}, {len(pack.warnings)} warnings"


def _translations(_: Settings) -> str:
    for one in translations().values():
        if one.wrong:
            raise SetupError(f"{one.language}.yaml, {len(one.wrong)} wrong: {one.wrong[0]}")
        if one.missing:
            raise SetupError(
                f"{one.language}.yaml lacks {len(one.missing)} sentences, said in English: "
                f"{', '.join(one.missing[:SHOWN])}; add them."
            )
    return f"complete: {', '.join(translations())}"


def _port(settings: Settings) -> str:
    running = owner(settings.data)
    if running and not running.ends_soon:
        return f"a server runs on this data folder ({running.address or 'starting'})"
    if not port_is_free(settings.host, settings.port):
        raise SetupError(
            f"Port {settings.port} is used by another program; stop it or choose another."
        )
    return f"{settings.port} is free"


def _clock(settings: Settings) -> str:
    if time.time() < FIRST_SANE_S:
        raise SetupError("This machine's clock is years behind; turn on time synchronisation.")
    if not settings.redis_url:
        return "plausible"
    try:
        with connect(settings) as client:
            told: Any = client.time()
    except RedisError as error:
        raise SetupError(f"Redis cannot be asked for the time ({error}).") from error
    skew_s = abs(time.time() - told[0] - told[1] / 1e6)
    if skew_s > MOST_SKEW_S:
        raise SetupError(
            f"This clock and Redis's differ by {skew_s:.1f} s; synchronise the time of both."
        )
    return f"within {skew_s:.1f} s of Redis's"
