"""Writes that count only when replicas have them: a script and WAIT on one connection.

WAIT tells how many replicas have everything this connection's last command saw, also what another
connection wrote before. So a repeated script that finds its effect already there, and writes
nothing, is not confirmed before that effect is on the replicas, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import redis
from redis.cluster import RedisCluster
from redis.exceptions import AskError, ClusterDownError, MovedError, RedisError
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow

WAIT_MS = 200
MOVES = 3


class NotReplicated(RedisError):
    """Raised when too few replicas had a write in time; it may survive, so repeat it."""


def run_confirmed(
    client: redis.Redis, sha: str, keys: Sequence[str], args: Sequence[Any], replicas: int
) -> Any:
    """Run a loaded script and give its answer once so many replicas have what it wrote.

    Raises NotReplicated after 200 ms, and what Redis says of the script itself.
    """
    call = ("EVALSHA", sha, len(keys), *keys, *args)
    if isinstance(client, RedisCluster):
        return _in_cluster(client, keys[0], call, replicas)
    return _confirmed(client, call, replicas)


def _confirmed(
    client: redis.Redis, call: Sequence[Any], replicas: int, *, asking: bool = False
) -> Any:
    pipe = client.pipeline(transaction=False)
    if asking:
        pipe.execute_command("ASKING")  # type: ignore[no-untyped-call]
    pipe.execute_command(*call)  # type: ignore[no-untyped-call]
    pipe.execute_command("WAIT", replicas, WAIT_MS)  # type: ignore[no-untyped-call]
    *_, answer, reached = pipe.execute(raise_on_error=False)
    for one in (answer, reached):
        if isinstance(one, Exception):
            raise one
    if int(reached) < replicas:
        raise NotReplicated(f"{reached} of {replicas} replicas had the write within {WAIT_MS} ms")
    return answer


def _in_cluster(client: RedisCluster, key: str, call: Sequence[Any], replicas: int) -> Any:
    """Run it on the master of the key's slot; a cluster's own pipeline would send WAIT elsewhere.

    Follows a slot that has moved or is moving; when a node is away the map is asked for again.
    """
    asked: redis.Redis | None = None
    for _ in range(MOVES):
        try:
            node = asked or _master(client, key)
            return _confirmed(node, call, replicas, asking=asked is not None)
        except AskError as error:
            asked = client.get_redis_connection(client.get_node(error.host, error.port))  # type: ignore[no-untyped-call]
        except MovedError:
            asked = None
            client.nodes_manager.initialize()
        except (RedisAway, RedisSlow, ClusterDownError):
            client.nodes_manager.initialize()
            raise
    raise ClusterDownError("The slot keeps moving")


def _master(client: RedisCluster, key: str) -> redis.Redis:
    return client.get_redis_connection(client.get_node_from_key(key))  # type: ignore[no-untyped-call]
