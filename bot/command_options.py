"""What commands share: the options that say where the store is, and how it is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any

import click
import redis
from pydantic import ValidationError
from redis.exceptions import RedisError

from bot.errors import SetupError
from bot.folder import owner
from bot.joining import redis_of
from bot.settings import Settings
from bot.store import check_schema, connect
from escalation.errors import StoreUnavailable

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
STORE_OPTIONS = (
    click.option("--data", type=FOLDER, help="Data folder (ATTUNE_DATA)."),
    click.option("--redis-url", help="Redis to use instead of a private one (ATTUNE_REDIS_URL)."),
)


def on_store(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say where the store is."""
    return reduce(lambda made, option: option(made), reversed(STORE_OPTIONS), command)


def settings_of(**flags: object) -> Settings:
    """Give the settings, flags before variables; raises SetupError naming the wrong one."""
    given: dict[str, Any] = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise SetupError(
            f"The setting {name} (--{name.replace('_', '-')} or ATTUNE_{name.upper()}) "
            f"cannot be {first['input']!r}: {first['msg'].lower()}."
        ) from error


@contextmanager
def store_of(settings: Settings) -> Iterator[redis.Redis]:
    """Give a client of the store: the running server's, or one started for the block."""
    with redis_of(settings.data, settings.redis_url) as url, connect(url) as client:
        try:
            check_schema(client)
        except RedisError as error:
            raise StoreUnavailable(f"Redis does not answer ({error}); check it.") from error
        yield client


def address_of(settings: Settings) -> str:
    """Give where the server on this data folder is reached, as far as known."""
    running = owner(settings.data)
    return (running.address if running else "") or settings.address
