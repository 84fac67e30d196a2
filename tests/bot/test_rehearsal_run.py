"""A rehearsal beside the server: one at a time, its end told, nothing of what people wrote kept."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import redis
from click.testing import CliRunner

from bot import keys
from bot.cli import main
from bot.people import People
from bot.pipeline import handle_message
from bot.rehearsal_run import LOST_MS, Runs, Superseded, launch
from bot.rehearsal_worker import work
from bot.services import Services, now_ms
from bot.settings import Settings
from intents.errors import PackError
from tests.builders import make_incoming, patient
from tests.conftest import Clock

PERSON = "let me talk to a human"


@pytest.fixture
def services(services: Services) -> Services:
    """Give services that wait for a busy machine."""
    return patient(services)


def quick(services: Services) -> dict[str, str]:
    """Give the live texts with twice the time for ordinary tickets."""
    texts = dict(services.packs.live().pack.texts)
    texts["policy.yaml"] = texts["policy.yaml"].replace("first_reply: 15", "first_reply: 30", 1)
    return texts


def test_the_same_start_joins_and_another_draft_takes_its_place(services: Services) -> None:
    """Two admins who press at once look at one run; of a changed draft the old one ends."""
    runs, texts, now = Runs(services.redis), quick(services), services.clock()
    first, new = runs.begin(texts, 1, "Ada", now)
    assert new
    assert runs.begin(texts, 1, "Sam", now + 1_000) == (first, False)
    second, new = runs.begin({**texts, "facts.yaml": ""}, 1, "Sam", now + 2_000)
    assert new
    assert not second.is_of(texts, 1)
    with pytest.raises(Superseded):
        runs.note(first.id, now, done=1)
    with pytest.raises(Superseded):
        runs.texts(first.id)
    runs.note(second.id, now + 3_000, done=3, total=9)
    standing = runs.standing(now + 4_000)
    assert standing
    assert (standing.id, standing.done, standing.total) == (second.id, 3, 9)
    assert 0 < int(str(services.redis.ttl(keys.pack_rehearsal()))) <= 86_400


def test_a_run_without_a_sign_of_life_is_lost_and_begun_again(services: Services) -> None:
    """What a dead machine left is not waited for."""
    runs, texts, now = Runs(services.redis), quick(services), services.clock()
    first, _ = runs.begin(texts, 1, "Ada", now)
    standing = runs.standing(now + LOST_MS + 1)
    assert standing
    assert standing.stage == "lost"
    again, new = runs.begin(texts, 1, "Ada", now + LOST_MS + 1)
    assert new
    assert again.id != first.id


def test_it_counts_and_lists_and_keeps_no_words(services: Services, clock: Clock) -> None:
    """The report has counts, kinds and ids; what customers wrote stays in their logs."""
    for name, text in (("c1", PERSON), ("c2", "do you ship to norway?"), ("c3", "secret words")):
        incoming = make_incoming(text, conversation=name, received_ms=clock() - 1_000)
        handle_message(services, incoming)
    handle_message(services, make_incoming("hi", conversation="old", received_ms=1))
    runs = Runs(services.redis)
    run, _ = runs.begin(quick(services), 1, "Ada", clock())
    work(services, runs, run)
    standing, report = runs.standing(clock()), runs.report()
    assert standing
    assert report
    assert (standing.stage, standing.done, standing.total) == ("done", 3, 3)
    assert (report["conversations"], report["messages"]) == (3, 3)
    assert (report["ends"], report["differ"], report["kinds"]) == (1, 1, {"due": 1})
    assert [row["conversation"] for row in report["rows"]] == ["c1"]
    stored = json.dumps(services.redis.hgetall(keys.pack_rehearsal()))
    assert "secret words" not in stored
    assert "talk to a human" not in report.__repr__()


def test_a_draft_that_cannot_be_tried_says_why(services: Services) -> None:
    """A pack that is wrong ends the run with the sentence of the workshop."""
    runs = Runs(services.redis)
    run, _ = runs.begin({**quick(services), "policy.yaml": "schema: 1"}, 1, "Ada", 1)
    work(services, runs, run)
    standing = runs.standing(services.clock())
    assert standing
    assert standing.stage == "failed"
    assert "policy.yaml" in standing.why


def test_a_process_that_is_killed_is_told_at_once(services: Services, settings: Settings) -> None:
    """Nobody waits a minute for what a kill ended."""
    runs = Runs(services.redis)
    run, _ = runs.begin(quick(services), 1, "Ada", now_ms())
    launch(runs, run, settings).kill()
    deadline = time.monotonic() + 20
    while (found := runs.standing(now_ms())) and found.stage == "running":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert found
    assert found.stage == "failed"
    assert "status -9" in found.why


def test_the_command_writes_a_row_for_each_conversation(
    services: Services, settings: Settings, store: redis.Redis, tmp_path: Path
) -> None:
    """JSONL of what was and would have been, a summary on stderr, and a line in the trail."""
    now = time.time_ns() // 1_000_000
    for text in (PERSON, "hello?"):
        handle_message(services, make_incoming(text, received_ms=now))
    where = ["--redis-url", settings.redis_url, "--data", str(tmp_path)]
    live = CliRunner().invoke(main, ["rehearse", *where])
    assert live.exit_code == 0, live.stderr
    row = json.loads(live.stdout)
    assert (row["id"], row["differs"]) == ("c1", None)
    assert [one["text"] for one in row["episodes"][0]] == [PERSON, "hello?"]
    assert row["episodes"][0][0]["was"] == row["episodes"][0][0]["would"]
    services.packs.save_draft(quick(services), 0, "Ada", 1)
    drafted = CliRunner().invoke(main, ["rehearse", "--draft", "--days", "1", *where])
    assert json.loads(drafted.stdout)["differs"] == "due"
    assert "1 would end differently" in drafted.stderr
    trail = People(store).trail()
    assert (trail[0]["what"], trail[0]["about"]) == ("rehearsed", "the draft, 1 days")
    both = CliRunner().invoke(main, ["rehearse", "--draft", "--pack", str(tmp_path), *where])
    assert both.exit_code != 0
    none = CliRunner().invoke(main, ["rehearse", "--pack", str(tmp_path), *where])
    assert none.exit_code != 0
    assert PackError.__name__ not in none.output
