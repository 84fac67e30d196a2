"""The server's own parts on a store that keeps nothing: for `attune chat` and `attune replay`."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from bot import keys
from bot.errors import SetupError
from bot.joining import throwaway_redis
from bot.logs import set_up_logs
from bot.services import Services, build_services
from bot.settings import Settings
from intents.cache import cache_folder, kept_vectors, ready_encoder, ready_head
from intents.pack import POLICY, parse_pack, read_pack, shop_pack_folder


class BorrowingSettings(Settings):
    """Settings that use the model `attune classify` built, instead of one per data folder."""

    @property
    def model_cache(self) -> Path:
        """Folder the serving model is built into."""
        return cache_folder()


@contextmanager
def throwaway_services(pack: Path | None = None, policy: Path | None = None) -> Iterator[Services]:
    """Give services on an empty store with a pack (the shop's) published under a policy.

    Raises PackError, PolicyError, WeightsError, SetupError.
    """
    texts = _texts(pack, policy)
    set_up_logs("warning")
    ready_encoder(cache_folder(), progress=_progress)
    with throwaway_redis() as url:
        services = build_services(BorrowingSettings(redis_url=url))
        _publish(services, texts)
        yield services


def _texts(pack: Path | None, policy: Path | None) -> Mapping[str, str]:
    texts = dict(read_pack(pack or shop_pack_folder()).texts)
    if policy is not None:
        try:
            texts[POLICY] = policy.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SetupError(f"The policy {policy} cannot be read ({error}).") from error
    return texts


def _publish(services: Services, texts: Mapping[str, str]) -> None:
    """Publish with the phrase vectors that commands keep, so that only new phrases are encoded."""
    encoder, cache = services.reader.encoder(), cache_folder()
    ready_head(parse_pack(texts), encoder, cache)
    kept = base64.b64encode(kept_vectors(encoder, cache).to_bytes()).decode("ascii")
    services.redis.set(keys.pack_vectors(), kept)
    services.packs.publish(texts, "Attune", "For this command only", time.time_ns() // 1_000_000)


def _progress(sentence: str) -> None:
    click.echo(sentence, err=True)
