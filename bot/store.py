"""Connections to Redis with short timeouts, and what is checked before the data is trusted."""

from __future__ import annotations

import secrets
from typing import Any, cast
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.cluster import RedisCluster
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import RedisError
from redis.retry import Retry
from redis.sentinel import Sentinel

from bot import keys
from bot.errors import NewerData, SetupError
from bot.settings import Settings

TIMEOUT_S = 1.0
CONNECT_TIMEOUT_S = 0.5
BLOCKING_TIMEOUT_S = 60.0
HEALTH_CHECK_S = 15
POOL_SIZE = 64
OLDEST_REDIS = (6, 2)
SENTINEL_PORT = 26379
NO_APPEND_ONLY = (
    "Redis keeps no append-only file, so a restart of Redis may lose messages; "
    "set appendonly yes and appendfsync always."
)


def connect(
    where: str | Settings, *, timeout_s: float = TIMEOUT_S, decode: bool = True
) -> redis.Redis:
    """Give a client of an address, or of the settings' one, for ordinary commands; sends nothing.

    At most one retry and a bounded pool, so that a Redis that is away costs a second, not a minute.
    Takes redis://, rediss://, unix://, sentinel://host,host/service and cluster://host addresses.
    """
    return _client(_address(where), timeout_s, retries=1, decode=decode)


def connect_blocking(
    where: str | Settings, *, timeout_s: float = BLOCKING_TIMEOUT_S
) -> redis.Redis:
    """Give a client with a long timeout, for blocking reads and subscriptions only."""
    return _client(_address(where), timeout_s, retries=0, decode=True)


def check_server(client: redis.Redis) -> tuple[str, ...]:
    """Give warnings about the server's settings; raises SetupError where data could be lost.

    Read from INFO, since hosted servers often refuse CONFIG.
    """
    try:
        server = _one_node(client.info("server"))
        memory = _one_node(client.info("memory"))
        persistence = _one_node(client.info("persistence"))
    except RedisError as error:
        raise SetupError(f"Redis cannot be asked ({error}); check ATTUNE_REDIS_URL.") from error
    _check_version(str(server["redis_version"]))
    policy = str(memory.get("maxmemory_policy", "noeviction"))
    if policy != "noeviction":
        raise SetupError(
            f"Redis evicts keys when it is full (maxmemory-policy {policy}), which would lose "
            "conversations; set maxmemory-policy noeviction."
        )
    if not persistence.get("aof_enabled"):
        return (NO_APPEND_ONLY,)
    return ()


def check_schema(client: redis.Redis) -> None:
    """Stamp an empty store with this code's schema version; raises NewerData for a later one."""
    client.set(keys.schema(), keys.SCHEMA, nx=True)
    found = int(str(client.get(keys.schema())))
    if found > keys.SCHEMA:
        raise NewerData(
            f"The data has schema {found}, this Attune knows {keys.SCHEMA}; "
            "run the newer Attune that wrote it, or restore an older backup."
        )


def secret(client: redis.Redis) -> str:
    """Give the key that signs widget tokens, the same for every process; made on first use."""
    found = client.get(keys.secret())
    if found is None:  # asked first, since even a write that changes nothing needs memory
        client.set(keys.secret(), secrets.token_urlsafe(32), nx=True)
        found = client.get(keys.secret())
    return str(found)


def parse_version(text: str) -> tuple[int, int]:
    """Give major and minor of a version such as 6.2.14."""
    major, minor, *_ = (*text.split("."), "0")
    return int(major), int(minor)


def _check_version(text: str) -> None:
    if parse_version(text) < OLDEST_REDIS:
        raise SetupError(f"Redis {text} is too old; use Redis 6.2 or later.")


def _address(where: str | Settings) -> str:
    url = where if isinstance(where, str) else where.redis_url
    if not url:
        raise SetupError("No Redis address is set; start `attune serve`, or set ATTUNE_REDIS_URL.")
    return url


def _client(url: str, timeout_s: float, *, retries: int, decode: bool) -> redis.Redis:
    options: dict[str, Any] = {
        "decode_responses": decode,
        "socket_timeout": timeout_s,
        "socket_connect_timeout": CONNECT_TIMEOUT_S,
        "health_check_interval": HEALTH_CHECK_S,
        # A lost connection is tried again, a slow answer is not: it may have been carried out.
        "retry": Retry(NoBackoff(), retries, supported_errors=(RedisAway,)),
        "protocol": 2,
    }
    scheme = urlsplit(url).scheme
    if scheme == "sentinel":
        return _behind_sentinel(url, options)
    if scheme == "cluster":
        return _of_cluster(url, options)
    if scheme not in {"redis", "rediss", "unix"}:
        raise SetupError(
            f"The Redis address {_without_password(url)!r} is not understood; "
            "use redis://, rediss://, unix://, sentinel:// or cluster://."
        )
    pool = redis.BlockingConnectionPool.from_url(
        url, max_connections=POOL_SIZE, timeout=CONNECT_TIMEOUT_S, **options
    )
    return redis.Redis.from_pool(pool)


def _behind_sentinel(url: str, options: dict[str, Any]) -> redis.Redis:
    """Follow the master of `sentinel://[user:password@]host[:port],host[:port]/service`."""
    parts = urlsplit(url)
    places = [one.partition(":") for one in parts.netloc.rpartition("@")[2].split(",")]
    pairs = [(host, int(port or SENTINEL_PORT)) for host, _, port in places]
    service = parts.path.strip("/")
    if not service:
        raise SetupError("The Redis address names no service; write sentinel://host/mymaster.")
    options |= {"username": parts.username, "password": parts.password}
    watch: Any = Sentinel(pairs, sentinel_kwargs=dict(options), **options)  # type: ignore[no-untyped-call]
    return cast("redis.Redis", watch.master_for(service))


def _of_cluster(url: str, options: dict[str, Any]) -> redis.Redis:
    """Follow the cluster that `cluster://[user:password@]host[:port]` belongs to."""
    address = url.replace("cluster://", "redis://", 1)
    del options["retry"]
    client = RedisCluster.from_url(
        address, cluster_error_retry_attempts=3, max_connections=POOL_SIZE, **options
    )
    return cast("redis.Redis", client)


def _one_node(answer: dict[str, Any]) -> dict[str, Any]:
    """Give one node's INFO; a cluster may answer by node."""
    first = next(iter(answer.values()), None)
    return first if isinstance(first, dict) and "redis_version" not in answer else answer


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@") if parts.password else url
