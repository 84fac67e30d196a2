"""The `attune` command: light to start, one sentence for every failure, its contract kept."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from click.testing import CliRunner, Result

from bot import keys
from bot.channels import Channels
from bot.cli import COMMANDS, main
from bot.redis_server import RedisServer

Attune = Callable[..., Result]


@pytest.fixture
def attune() -> Attune:
    """Run a command in this process."""

    def run(*words: str, typed: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, list(words), input=typed)

    return run


@pytest.fixture
def url(redis_server: RedisServer, store: redis.Redis) -> str:
    """The address of an emptied store."""
    assert store.ping()
    return redis_server.url


def last_line(result: Result) -> str:
    """What stands alone on the last line."""
    return result.stdout.splitlines()[-1]


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    """The list comes at once: no library of the model is imported for it."""
    code = (
        "import sys\nfrom bot.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'torch', 'onnxruntime', 'sklearn', 'numpy', 'flask'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(attune: Attune, name: str) -> None:
    """Each loads and has a help text."""
    shown = attune(name, "--help")
    assert shown.exit_code == 0
    assert "Usage" in shown.output


def test_an_unknown_command_is_a_sentence(attune: Attune) -> None:
    """A typing error is told, not raised."""
    told = attune("frobnicate")
    assert told.exit_code == 2
    assert "frobnicate" in told.output


def test_a_channels_secret_stands_alone_on_the_last_line(attune: Attune, url: str) -> None:
    """It has at least 24 random bytes and is what signs."""
    made = attune("channel", "add", "shop", "--redis-url", url)
    assert made.exit_code == 0
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{32,}={0,2}", last_line(made))


def test_a_channels_secret_is_shown_once(attune: Attune, url: str, store: redis.Redis) -> None:
    """Adding it again is refused and changes nothing."""
    secret = last_line(attune("channel", "add", "shop", "--redis-url", url))
    again = attune("channel", "add", "shop", "--redis-url", url)
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert "whsec_" not in again.output
    assert Channels(store).secrets("shop") == (secret,)


def test_rotation_keeps_the_secret_before(attune: Attune, url: str, store: redis.Redis) -> None:
    """Two secrets are good at a time, never three."""
    made = [last_line(attune("channel", "add", "shop", "--redis-url", url))]
    made += [last_line(attune("channel", "rotate", "shop", "--redis-url", url)) for _ in range(2)]
    assert Channels(store).secrets("shop") == (made[2], made[1])
    assert attune("channel", "remove", "shop", "--redis-url", url).exit_code == 0
    assert Channels(store).names() == []
    gone = attune("channel", "rotate", "shop", "--redis-url", url)
    assert "no channel 'shop'" in gone.stderr


@pytest.mark.parametrize("name", ["", "two words", "-dash", "ü", "x" * 65, "a\nb"])
def test_odd_channel_names_are_refused(attune: Attune, url: str, name: str) -> None:
    """A name travels in a header."""
    assert attune("channel", "add", "--redis-url", url, "--", name).exit_code == 1


def test_a_data_folder_needs_no_server(attune: Attune, tmp_path: Path) -> None:
    """Without a running server a command starts Redis briefly and leaves the data."""
    for name in ("one", "two"):
        assert attune("channel", "add", name, "--data", str(tmp_path / "d")).exit_code == 0
    listed = attune("channel", "list", "--data", str(tmp_path / "d"))
    assert listed.stdout.split() == ["one", "two"]


def test_an_agent_gets_a_link(attune: Attune, url: str) -> None:
    """Adding somebody prints where they set their password; twice is refused."""
    made = attune("agent", "add", "ana@example.com", "--name", "Ana Lind", "--redis-url", url)
    assert made.exit_code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/\S{20,}", last_line(made))
    again = attune("agent", "add", "ANA@example.com", "--redis-url", url)
    assert again.exit_code == 1
    assert "already belongs" in again.stderr


def test_an_admin_link_is_new_each_time(attune: Attune, url: str) -> None:
    """There is always a way back in; unknown people get none."""
    links = {last_line(attune("admin", "link", "--redis-url", url)) for _ in range(3)}
    assert len(links) == 3
    told = attune("admin", "link", "nobody@example.com", "--redis-url", url)
    assert told.exit_code == 1
    assert "Nobody here" in told.stderr


def test_backup_and_restore_by_command(
    attune: Attune, url: str, store: redis.Redis, tmp_path: Path
) -> None:
    """The file's name is alone on the last line; restoring over data needs --replace."""
    attune("channel", "add", "shop", "--redis-url", url)
    file = str(tmp_path / "b.tar.gz")
    made = attune("backup", file, "--redis-url", url)
    assert last_line(made) == file
    assert attune("restore", file, "--redis-url", url).exit_code == 1
    store.delete(keys.channels())
    assert attune("restore", file, "--replace", "--redis-url", url).exit_code == 0
    assert Channels(store).names() == ["shop"]


@pytest.mark.parametrize("words", [("serve", "--port", "99999"), ("serve", "--workers", "0")])
def test_a_wrong_setting_is_named(attune: Attune, words: tuple[str, ...]) -> None:
    """The flag and the variable are both named, once."""
    told = attune(*words)
    assert told.exit_code == 1
    assert words[1] in told.stderr
    assert f"ATTUNE_{words[1][2:].upper()}" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_a_redis_that_is_away_is_one_sentence(attune: Attune, tmp_path: Path) -> None:
    """No traceback for what a person can mend."""
    told = attune("channel", "list", "--redis-url", f"unix://{tmp_path}/none.sock")
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: ")
    assert len(told.stderr.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_named(attune: Attune, tmp_path: Path) -> None:
    """Data on a file instead of a folder is told."""
    (tmp_path / "file").write_text("")
    told = attune("channel", "list", "--data", str(tmp_path / "file" / "data"))
    assert told.exit_code == 1
    assert "cannot be written" in told.stderr


def test_doctor_finds_a_healthy_machine(attune: Attune, url: str) -> None:
    """Every check has a line, and all are good here."""
    told = attune("doctor", "--redis-url", url, "--port", "0")
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert [line[:4] for line in lines] == ["ok  "] * 10


def test_doctor_says_what_to_do(attune: Attune, url: str, store: redis.Redis) -> None:
    """A store that forgets is found, with the remedy, and the exit status tells."""
    store.config_set("maxmemory-policy", "allkeys-lru")
    try:
        told = attune("doctor", "--redis-url", url, "--port", "0")
    finally:
        store.config_set("maxmemory-policy", "noeviction")
    assert told.exit_code == 1
    assert "set maxmemory-policy noeviction" in told.stdout


def test_replay_gives_a_row_for_every_conversation(attune: Attune, tmp_path: Path) -> None:
    """Rows come in order, empty lines included; the row's shape is the contract's."""
    rows = [
        json.dumps({"id": "a", "turns": [{"customer": "do you ship to norway?"}]}),
        "",
        json.dumps({"id": 7, "turns": [{"customer": "let me talk to a human"},
                                       {"customer": "hello?", "at": "2026-03-02T10:00:00Z"}]}),
    ]  # fmt: skip
    file = tmp_path / "c.jsonl"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = attune("replay", str(file))
    assert done.exit_code == 0, done.output
    first, empty, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert (first["id"], first["escalated_at"], first["reason"]) == ("a", None, None)
    assert first["turns"][0]["reply"]
    assert (empty["turns"], empty["escalated_at"]) == ([], None)
    assert (last["id"], last["escalated_at"], last["reason"]) == (7, 0, "asked_for_human")
    assert last["priority"] in {"normal", "high"}
    assert last["turns"][1]["reply"] is None
    assert set(last["turns"][0]) == {"intent", "confidence", "sentiment", "emotion", "frustration",
                                     "reply", "reply_template", "escalate", "reasons"}  # fmt: skip


def test_replay_names_a_bad_line(attune: Attune) -> None:
    """A row without turns is named by its number, or left out on wish."""
    typed = '{"id": 1, "turns": []}\n{"id": 2}\nnot json\n{"id": 3, "turns": []}\n'
    told = attune("replay", typed=typed)
    assert told.exit_code == 1
    assert "Line 2" in told.stderr
    done = attune("replay", "--skip-bad", typed=typed)
    assert done.exit_code == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 3]
    assert "Line 2" in done.stderr
    assert "Line 3" in done.stderr


def test_chat_shows_replies_reading_and_reasons(attune: Attune) -> None:
    """What a person sees in the terminal: the words, how they were read, why a person is wanted."""
    shown = attune("chat", typed="do you ship to norway?\n\nI want to talk to a human\n")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.count("read as: ") == 2
    assert "Bot: " in shown.stdout
    assert "A person is wanted" in shown.stdout


def test_plain_output_can_be_piped_away(url: str) -> None:
    """A reader that closes early costs no traceback."""
    command = f"{sys.executable} -m bot.cli --help | head -1"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "ATTUNE_REDIS_URL": url},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
