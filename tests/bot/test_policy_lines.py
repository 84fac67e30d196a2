"""A policy that cannot be used is refused with the line of policy.yaml and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.packs import check_pack
from bot.services import Services
from intents.errors import PackError
from intents.pack import POLICY, parse_pack, read_pack, shop_pack_folder
from tests.staff import Staff

TEXTS = read_pack(shop_pack_folder()).texts
WRONG = [
    ("  vulnerable: []\n", "  sorrow: [grief]\n", "sorrow", "known are"),
    ("  vulnerable: []\n", "  vulnerable: []\n  angry: []\n", "angry", "known are"),
    ("    first_reply: 5 ", "    first_reply: -5 ", "first_reply: -5", "1 to"),
    ("    resolution: 240 ", "    resolution: 2 ", "resolution: 2 ", "shorter than first_reply"),
    ("    next_reply: 30 ", "    next_answer: 30 ", "next_answer", "known are"),
    ('friday: ["09:00-17:30"]', 'friday: ["09:00-13:00", "12:00-17:30"]', "friday", "overlaps"),
    (
        '  friday: ["09:00-17:30"]\n',
        '  friday:\n    - "12:00-17:30"\n    - "09:00-13:00"\n',
        '- "09:00-13:00"',
        "overlaps",
    ),
    ('    - "2026-08-31"\n', '    - "2026-06-31"\n', "2026-06-31", "no day of the calendar"),
    ('    - "2026-08-31"\n', "    - 2026-06-31\n", "2026-06-31", "no day of the calendar"),
    ('    - "2026-08-31"\n', "    - summer\n", "summer", "is no day"),
    ("  warn_share: 0.75", "  warn_share: 75", "warn_share: 75", "below 1"),
]


@pytest.mark.parametrize(("was", "now", "where", "says"), WRONG)
def test_the_line_is_the_one_that_is_wrong(was: str, now: str, where: str, says: str) -> None:
    """Each mistake is named with its own line, not that of the list or section around it."""
    assert was in TEXTS[POLICY]
    text = TEXTS[POLICY].replace(was, now)
    with pytest.raises(PackError) as raised:
        check_pack(parse_pack({**TEXTS, POLICY: text}))
    line = raised.value.line
    assert line is not None
    assert where in text.splitlines()[line - 1]
    assert says in str(raised.value)


@pytest.mark.parametrize("wrong", [WRONG[0], WRONG[2], WRONG[5], WRONG[8]], ids=lambda one: one[2])
def test_the_workshop_names_the_line(
    staff: Staff, services: Services, wrong: tuple[str, str, str, str]
) -> None:
    """Publishing refuses it, says the line, and keeps the draft."""
    was, now, where, _ = wrong
    text = TEXTS[POLICY].replace(was, now)
    line = next(at for at, row in enumerate(text.splitlines(), 1) if where in row)
    services.packs.save_draft({**TEXTS, POLICY: text}, 0, "Ada", services.clock())
    admin = staff.browser("Ada Byron", "admin")
    page = admin.client.get("/workshop/publish", headers={"Accept": "text/html"})
    assert f"policy.yaml line {line}" in page.text.replace(", line", " line")
    assert services.packs.live_number() == 1


@pytest.fixture
def staff(services: Services, app: object) -> Staff:
    """Give the app on the services of this test."""
    return Staff(services, app)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [WRONG[2], WRONG[7]], ids=lambda one: one[2])
def test_the_command_names_the_line(tmp_path: Path, wrong: tuple[str, str, str, str]) -> None:
    """`attune replay --policy` ends with one sentence that has the line."""
    was, now, where, _ = wrong
    text = TEXTS[POLICY].replace(was, now)
    line = next(at for at, row in enumerate(text.splitlines(), 1) if where in row)
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    answer = CliRunner().invoke(main, ["replay", "--policy", str(path)], input='{"turns": []}\n')
    assert answer.exit_code != 0
    assert f"line {line}" in answer.output
