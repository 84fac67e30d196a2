"""Connections to Redis with short timeouts, and what is checked before the data is trusted."""

from __future__ import annotations

import secrets
from typing import Any, cast
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.cluster import ClusterPipeline, RedisCluster
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import RedisClusterException, RedisError
from redis.retry import Retry
from redis.sentinel import Sentinel

from bot import keys
from bot.errors import NewerData, SetupError
from bot.settings import Settings

TIMEOUT_S = 1.0
CONNECT_TIMEOUT_S = 0.5
BLOCKING_TIMEOUT_S = 15.0  # above the 5 s that a blocking read asks for
HEALTH_CHECK_S = 15
POOL_SIZE = 64
SENTINEL_POOL_SIZE = 512  # this pool does not wait for a free connection, so it has room for all
CLUSTER_RETRIES = 2
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


def check_replicas(client: redis.Redis, wanted: int) -> tuple[str, ...]:
    """Give a warning for each master that has fewer replicas than a write must reach."""
    return tuple(
        f"Redis at {name} has {have} of the {wanted} replicas that each write must reach, so it "
        "is refused; add replicas, or set ATTUNE_REDIS_REPLICAS lower."
        for name, have in replicas(client).items()
        if have < wanted
    )


def replicas(client: redis.Redis) -> dict[str, int]:
    """Give how many replicas each master has; raises SetupError when they cannot be told."""
    try:
        if isinstance(client, RedisCluster):
            rows = client.info("replication", target_nodes=RedisCluster.PRIMARIES)
        else:
            rows = {"its address": client.info("replication")}
    except RedisError as error:
        raise SetupError(f"Redis cannot be asked ({error}); check ATTUNE_REDIS_URL.") from error
    return {str(name): int(row["connected_slaves"]) for name, row in rows.items()}


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
    return cast("redis.Redis", watch.master_for(service, max_connections=SENTINEL_POOL_SIZE))


def _of_cluster(url: str, options: dict[str, Any]) -> redis.Redis:
    """Follow the cluster that `cluster://[user:password@]host[:port]` belongs to."""
    address = url.replace("cluster://", "redis://", 1)
    options["retry"] = Retry(NoBackoff(), CLUSTER_RETRIES)
    try:
        client = _Cluster.from_url(address, max_connections=POOL_SIZE, **options)
    except RedisClusterException as error:
        raise RedisAway(f"The Cluster cannot be reached: {error}") from error
    return cast("redis.Redis", client)


class _Cluster(RedisCluster):
    """A Cluster whose missing slots and nodes are connection errors, as one server's would be."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Run one command on the node that it belongs to."""
        try:
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
        except RedisClusterException as error:
            raise RedisAway(str(error)) from error

    def pipeline(self, transaction: bool | None = None, shard_hint: Any = None) -> Any:
        """Give a pipeline with the same kind of errors."""
        made: Any = super().pipeline(transaction, shard_hint)  # type: ignore[no-untyped-call]
        made.__class__ = _ClusterPipeline
        return made


class _ClusterPipeline(ClusterPipeline):
    def execute(self, raise_on_error: bool = True) -> list[Any]:  # noqa: FBT002 - redis-py's own
        try:
            return super().execute(raise_on_error)
        except RedisClusterException as error:
            raise RedisAway(str(error)) from error


def _one_node(answer: dict[str, Any]) -> dict[str, Any]:
    """Give one node's INFO; a cluster may answer by node."""
    first = next(iter(answer.values()), None)
    return first if isinstance(first, dict) and "redis_version" not in answer else answer


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@") if parts.password else url
