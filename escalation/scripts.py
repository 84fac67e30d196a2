"""Lua scripts as callables, with the same full-memory behaviour on Redis 6.2 and later.

A script that takes work in is refused whole when memory is full; one that drains still runs.
Redis 7 decides this by the `#!lua` line; on 6.2 that line is a compile error, so the script itself
compares `used_memory` with `maxmemory` before its first write.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import redis
from redis.exceptions import (
    ClusterError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
)
from redis.exceptions import (
    ConnectionError as RedisAway,
)
from redis.exceptions import (
    TimeoutError as RedisSlow,
)

from escalation.errors import StoreUnavailable
from escalation.replicated import NotReplicated, run_confirmed

MEMORY_GUARD = """
local info = redis.call('INFO', 'memory')
local used = tonumber(string.match(info, 'used_memory:(%d+)'))
local limit = tonumber(string.match(info, 'maxmemory:(%d+)'))
if limit > 0 and used > limit then
  return redis.error_reply('OOM command not allowed when used memory > maxmemory.')
end
"""

# Redis 6.2 lets a script go on over the limit once it has written: deleting nothing counts.
DRAIN_FIRST = "redis.call('DEL', KEYS[1] .. ':none')\n"

REFUSALS = (
    "OOM", "MISCONF", "NOREPLICAS", "READONLY", "LOADING", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN",
)  # fmt: skip
# Redis 6.2 puts what refused a command of a script behind the place in the script.
REFUSED = re.compile(rf"(?:Error running script .*: -)?(?:{'|'.join(REFUSALS)})\b", re.DOTALL)


class Script:
    """One Lua file of a package's `lua` folder, run by hash and reloaded when Redis forgot it."""

    def __init__(
        self,
        client: redis.Redis,
        package: str,
        name: str,
        *,
        drains: bool,
        head: str = "",
        replicas: int = 0,
    ) -> None:
        """Prepare `package/lua/name.lua`, after the file `head` of there; nothing is sent yet.

        With `replicas`, an answer counts only when so many have what the script wrote.
        """
        self._client = client
        self._replicas = replicas
        folder = files(package) / "lua"
        names = [one for one in (head, name) if one]
        self._body = "".join((folder / f"{one}.lua").read_text(encoding="utf-8") for one in names)
        self._drains = drains
        self._source: str | None = None
        self._sha = ""

    def __call__(self, keys: Sequence[str], args: Sequence[Any] = ()) -> Any:
        """Run it; raises StoreUnavailable when Redis is away or refused the whole script.

        Also when too few replicas had it in time: then it was carried out, and may survive.
        """
        try:
            return self._run(keys, args)
        except NotReplicated as error:
            raise StoreUnavailable(
                f"The write is not on enough replicas ({error}); repeat it."
            ) from error
        except (RedisAway, RedisSlow, OutOfMemoryError, ReadOnlyError, ClusterError) as error:
            raise StoreUnavailable(
                f"Redis did not accept the write ({error}); try again."
            ) from error
        except ResponseError as error:
            if not REFUSED.match(str(error)):
                raise
            raise StoreUnavailable(f"Redis refused the write ({error}); try again.") from error

    def _run(self, keys: Sequence[str], args: Sequence[Any]) -> Any:
        if self._source is None:
            self._load()
        try:
            return self._sent(keys, args)
        except NoScriptError:
            self._load()
            return self._sent(keys, args)

    def _sent(self, keys: Sequence[str], args: Sequence[Any]) -> Any:
        if self._replicas:
            return run_confirmed(self._client, self._sha, keys, args, self._replicas)
        return self._client.evalsha(self._sha, len(keys), *keys, *args)

    def _load(self) -> None:
        version = str(self._client.info("server")["redis_version"])
        if int(version.split(".", maxsplit=1)[0]) >= 7:
            flags = " flags=allow-oom" if self._drains else ""
            source = f"#!lua{flags}\n{self._body}"
        else:
            source = (DRAIN_FIRST if self._drains else MEMORY_GUARD) + self._body
        self._sha = str(self._client.script_load(source))
        self._source = source
