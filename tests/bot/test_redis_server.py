"""The private Redis keeps what it was given, whatever happens to it or to its parent."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from bot import keys, redis_server
from bot.errors import NewerData, SetupError
from bot.folder import FolderBusy, owned
from bot.joining import redis_of
from bot.redis_server import Binary, RedisServer, find_binary, recorded_socket
from bot.store import check_schema, check_server, connect, secret

PARENT = """
import sys, time
from pathlib import Path
from bot.redis_server import RedisServer
server = RedisServer(Path(sys.argv[1])).start()
print(server.process.pid, flush=True)
time.sleep(60)
"""

STOPPING = """
import sys, time
from pathlib import Path
from bot.folder import owned
with owned(Path(sys.argv[1]), "stopping"):
    print("owned", flush=True)
    time.sleep(3)
"""


def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something that will be true soon."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it did not become true in time"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether a process lives and is more than a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wrote(server: RedisServer, value: str) -> None:
    """Write one key."""
    with connect(server.url) as client:
        client.set("kept", value)


def kept(server: RedisServer) -> object:
    """Read it back."""
    with connect(server.url) as client:
        return client.get("kept")


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that started a private Redis on the data folder, and that Redis's id."""
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())
        process.kill()


def test_it_listens_only_on_a_private_socket(tmp_path: Path) -> None:
    """There is no TCP port, and nobody else may enter the socket's folder."""
    with RedisServer(tmp_path) as server, connect(server.url) as client:
        assert client.config_get("port") == {"port": "0"}
        folder = Path(server.url.removeprefix("unix://")).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_the_socket_path_is_short_however_deep_the_data_is(tmp_path: Path) -> None:
    """A socket path holds 107 bytes; the data folder's path may be longer."""
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    with RedisServer(deep) as server:
        wrote(server, "deep")
        assert len(server.url.removeprefix("unix://")) <= redis_server.LONGEST_SOCKET_PATH


def test_every_write_is_on_disk_before_the_answer(tmp_path: Path) -> None:
    """Kill -9 right after the answer loses nothing."""
    server = RedisServer(tmp_path).start()
    for number in range(20):
        wrote(server, str(number))
        server.process.kill()
        server.process.wait()
        server = RedisServer(tmp_path).start()
        assert kept(server) == str(number)
    server.stop()


def test_a_truncated_tail_is_dropped(tmp_path: Path, bundled_redis: Binary) -> None:
    """Half a command at the end of the file, as a power cut leaves it, does not stop the start."""
    with RedisServer(tmp_path, bundled_redis) as server:
        wrote(server, "whole")
    file = tmp_path / "redis" / "appendonly.aof"
    file.write_bytes(file.read_bytes() + b"*3\r\n$3\r\nSET\r\n$4\r\nke")
    with RedisServer(tmp_path, bundled_redis) as server:
        assert kept(server) == "whole"


def test_it_dies_with_its_parent(parent: tuple[subprocess.Popen[str], int]) -> None:
    """Kill -9 of the parent leaves no server behind."""
    process, redis_pid = parent
    process.kill()
    until(lambda: not is_running(redis_pid))


def test_a_start_right_after_the_parent_was_killed_finds_the_data(
    parent: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    """The next start waits until the old server is really gone."""
    process, redis_pid = parent
    with connect(f"unix://{recorded_socket(tmp_path / 'redis')}") as client:
        client.set("kept", "before")
    process.kill()
    with RedisServer(tmp_path) as server:
        assert not is_running(redis_pid)
        assert kept(server) == "before"


def test_an_orphan_is_shut_down_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where children do not die with their parent, the next start ends what was left."""
    monkeypatch.setattr("bot.children.leashed", list)
    orphan = RedisServer(tmp_path).start()
    wrote(orphan, "from the orphan")
    with RedisServer(tmp_path) as server:
        assert orphan.process.wait(10) == 0
        assert kept(server) == "from the orphan"


def test_a_stuck_orphan_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An orphan that no longer answers does not block the start."""
    monkeypatch.setattr(redis_server, "ORPHAN_WAIT_S", 0.5)
    orphan = RedisServer(tmp_path).start()
    wrote(orphan, "from the orphan")
    orphan.process.send_signal(signal.SIGSTOP)
    with RedisServer(tmp_path) as server:
        assert orphan.process.wait(10) == -signal.SIGKILL
        assert kept(server) == "from the orphan"


def test_an_older_redis_does_not_touch_newer_data(tmp_path: Path, bundled_redis: Binary) -> None:
    """Redis 6.2 would not find the files of Redis 7 and would start empty: refused."""
    if find_binary().version <= bundled_redis.version:
        pytest.skip("only Redis 6.2 is installed here")
    with RedisServer(tmp_path) as server:
        wrote(server, "new")
    with pytest.raises(SetupError, match="install redis-server 7"):
        RedisServer(tmp_path, bundled_redis).start()
    with RedisServer(tmp_path) as server:
        assert kept(server) == "new"


def test_a_newer_redis_reads_older_data(tmp_path: Path, bundled_redis: Binary) -> None:
    """Installing a newer redis-server keeps everything."""
    with RedisServer(tmp_path, bundled_redis) as server:
        wrote(server, "old")
    with RedisServer(tmp_path) as server:
        assert kept(server) == "old"


def test_a_broken_file_is_named(tmp_path: Path, bundled_redis: Binary) -> None:
    """Data that Redis refuses gives one sentence with the log's place."""
    with RedisServer(tmp_path, bundled_redis) as server:
        wrote(server, "x")
    (tmp_path / "redis" / "appendonly.aof").write_bytes(b"nonsense\r\n" * 50)
    with pytest.raises(SetupError, match=r"Redis did not start .*redis\.log"):
        RedisServer(tmp_path, bundled_redis).start()


def test_no_redis_anywhere_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither system nor wheel has a server, the sentence names the ways out."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(redis_server, "_bundled", lambda: None)
    with pytest.raises(SetupError, match="apt install redis-server"):
        find_binary()


def test_a_system_redis_that_is_too_old_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bundled_redis: Binary
) -> None:
    """Redis 5 on the PATH does not win over 6.2 in the wheel."""
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=5.0.7 sha=0'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_binary() == bundled_redis


def test_a_second_owner_is_refused_while_the_first_serves(tmp_path: Path) -> None:
    """Two servers never share a data folder, and the second learns it within three seconds."""
    begun = time.monotonic()
    with owned(tmp_path, "serving"):
        with (
            pytest.raises(FolderBusy, match="already uses the data folder"),
            owned(tmp_path, "serving"),
        ):
            pass
        assert time.monotonic() - begun < 3


def test_an_owner_that_is_stopping_is_waited_for(tmp_path: Path) -> None:
    """A restart right after a stop waits instead of refusing."""
    with subprocess.Popen(
        [sys.executable, "-c", STOPPING, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        begun = time.monotonic()
        with owned(tmp_path, "serving"):
            assert time.monotonic() - begun > 2.5


def test_commands_share_the_running_servers_redis(tmp_path: Path) -> None:
    """Beside a server they join it; alone they start a Redis and stop it again."""
    with owned(tmp_path, "serving"), RedisServer(tmp_path) as server:
        with redis_of(tmp_path) as url:
            assert url == server.url
        wrote(server, "shared")
    with redis_of(tmp_path) as url, connect(url) as client:
        assert client.get("kept") == "shared"
    assert recorded_socket(tmp_path / "redis") is not None
    with pytest.raises(redis.ConnectionError):
        connect(url).ping()


def test_an_eviction_policy_that_loses_data_is_refused(store: redis.Redis) -> None:
    """Redis must say it is full instead of forgetting conversations."""
    assert check_server(store) == ()
    store.config_set("maxmemory-policy", "allkeys-lru")
    try:
        with pytest.raises(SetupError, match="noeviction"):
            check_server(store)
    finally:
        store.config_set("maxmemory-policy", "noeviction")


def test_a_store_without_a_file_is_warned_about(tmp_path: Path) -> None:
    """No append-only file means that a restart forgets."""
    with RedisServer(tmp_path, durable=False) as server, connect(server.url) as client:
        assert "append-only" in check_server(client)[0]


def test_newer_data_is_refused(store: redis.Redis) -> None:
    """Code never guesses at data of a later schema."""
    check_schema(store)
    assert store.get(keys.schema()) == str(keys.SCHEMA)
    store.set(keys.schema(), keys.SCHEMA + 1)
    with pytest.raises(NewerData, match="newer Attune"):
        check_schema(store)


def test_all_processes_sign_with_the_same_secret(store: redis.Redis) -> None:
    """The first use makes it, every later one reads it."""
    assert secret(store) == secret(store)
    assert len(secret(store)) >= 40


def test_a_redis_that_hangs_costs_a_second(tmp_path: Path) -> None:
    """Nothing waits for a minute as the client's own defaults would."""
    with RedisServer(tmp_path) as server:
        with connect(server.url) as client:
            client.ping()
            os.kill(server.process.pid, signal.SIGSTOP)
            begun = time.monotonic()
            with pytest.raises(redis.TimeoutError):
                client.get("kept")
            assert time.monotonic() - begun < 1.5
        os.kill(server.process.pid, signal.SIGCONT)


@pytest.mark.parametrize("url", ["http://x", "localhost:6379", "mysql://u:hush@h/1"])
def test_an_address_that_is_not_redis_is_refused(url: str) -> None:
    """The sentence names the forms that work and no password."""
    with pytest.raises(SetupError, match="redis://") as told:
        connect(url)
    assert "hush" not in str(told.value)
