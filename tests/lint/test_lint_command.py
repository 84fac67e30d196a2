"""`attune lint`: what it says of a pack, and when it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.pieces import write_piece
from intents.pack import parse_pack, read_pack, shop_pack_folder, write_pack

KIOSK = Path(__file__).parents[1] / "packs" / "kiosk"
WRONG = "I'm so happy to help. We will call you within the hour."


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["lint", *words])


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Give the shop's pack with one wording that must not go live and one to look at again."""
    texts = read_pack(shop_pack_folder()).texts
    texts = write_piece(texts, ("reply", "refund_status", "upset"), [WRONG, "Your refund!"])
    write_pack(parse_pack(texts), tmp_path)
    return tmp_path


def test_the_pack_that_ships_passes() -> None:
    """No remark, and success."""
    done = run()
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "0 errors, 0 warnings.\n"


def test_warnings_alone_do_not_fail() -> None:
    """They are listed; languages of which less is looked at are named."""
    done = run("--pack", str(KIOSK))
    assert done.exit_code == 0
    assert "warning order_status, upset, wording 1 [no_next_step]" in done.stdout
    assert "Of wordings in de only length" in done.stderr


def test_an_error_fails_and_names_wording_words_and_remedy(wrong: Path) -> None:
    """Errors come first; the exit status is for scripts."""
    done = run("--pack", str(wrong))
    assert done.exit_code == 1
    first = done.stdout.splitlines()[0]
    assert first.startswith("error refund_status, upset, wording 1 [")
    assert "“I'm so happy" in done.stdout
    assert "Leave it out and go straight to what happens next." in done.stdout


def test_remarks_as_rows(wrong: Path) -> None:
    """Each line of --json is one remark with its place in the text as written."""
    rows = [json.loads(line) for line in run("--pack", str(wrong), "--json").stdout.splitlines()]
    assert {row["code"] for row in rows} >= {"claims_feelings", "unkept_promise", "exclamation"}
    for row in rows:
        assert row["piece"] == ["reply", "refund_status", "upset"]
        if row["words"] in row["text"] and row["words"]:
            assert row["text"][row["start"] : row["end"]] == row["words"]
