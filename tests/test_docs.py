"""The documents say all that can be set, run, asked for or stored, and nothing that is not."""

from __future__ import annotations

import importlib
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from flask import Flask
from werkzeug.serving import make_server

from bot.cli import COMMANDS, main
from bot.services import Services
from bot.settings import Settings
from bot.signing import sign
from bot.tone import TONES
from bot.translations import english
from bot.web.openapi import describe
from bot.wordings import VARIABLES
from escalation.values import CODES
from intents.reading import Reading

ROOT = Path(__file__).parent.parent
DOCS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
NO_KEYS = {"bucket", "queue_keys"}
TYPES = re.compile(r"(STRING|HASH|STREAM|LIST|ZSET|SET|PUB/SUB)\b")
PLACES = ("bot", "intents", "escalation", "bench", "tests", "docs", ".ci")
TEXTS = {
    *("", ".py", ".lua", ".md", ".html", ".js", ".ts", ".css", ".yaml", ".yml", ".toml", ".txt"),
    *(".json", ".jsonl", ".svg"),
}
MACHINE_PATH = re.compile(r"(?<![\w.}/-])/(?:wo[r]k|ro[o]t|ho[m]e/\w+|Us[e]rs/\w+)(?![\w-])")
OPEN_TO_ALL = {"widget", "webhook", "adapters", "health"}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_in_the_table(name: str) -> None:
    """A setting stands in docs/operators.md with its default and its meaning, word for word."""
    field = Settings.model_fields[name]
    default = str(field.default).lower() if isinstance(field.default, bool) else field.default
    shown = "none" if default in {"", None} else f"`{default}`"
    row = f"| `ATTUNE_{name.upper()}` | {shown} | {field.description} |"
    assert row in text_of("docs/operators.md").splitlines()


def test_the_table_has_no_setting_that_is_gone() -> None:
    """Every ATTUNE_ variable of a document is a setting, or one of the two that are not."""
    known = {f"ATTUNE_{name.upper()}" for name in Settings.model_fields}
    known |= {"ATTUNE_CACHE", "ATTUNE_PICTURES"}
    for path in DOCS:
        found = set(re.findall(r"ATTUNE_[A-Z_]+", path.read_text(encoding="utf-8")))
        assert found <= known, path.name


def commands() -> Iterator[tuple[str, click.Command]]:
    """Give every command by the words one types."""
    for name, (module, attribute, _) in COMMANDS.items():
        command = getattr(importlib.import_module(module), attribute)
        if isinstance(command, click.Group):
            yield from ((f"{name} {one}", sub) for one, sub in command.commands.items())
        else:
            yield name, command


@pytest.mark.parametrize(("words", "command"), list(commands()), ids=str)
def test_every_command_is_documented(words: str, command: click.Command) -> None:
    """A command stands in docs/operators.md, and so does each of its options."""
    section = text_of("docs/operators.md").partition("## Commands")[2].partition("\n## ")[0]
    assert f"`attune {words}" in section
    options = [one for one in command.params if isinstance(one, click.Option)]
    missing = [one.opts[-1] for one in options if f"{one.opts[-1]}" not in section]
    assert not missing


def test_documents_name_no_command_that_is_gone() -> None:
    """Whatever follows `attune` in a document is a command."""
    for path in DOCS:
        written = path.read_text(encoding="utf-8")
        found = set(re.findall(r"(?:`|bin/|^)attune ([a-z]+)\b", written, re.MULTILINE))
        assert found <= set(COMMANDS), path.name
    assert main.name


@pytest.mark.parametrize("code", CODES)
def test_every_reason_is_documented(code: str) -> None:
    """A reason's code stands in docs/agents.md with what the desk calls it."""
    words = english().say(f"desk.live.reasons.{code}")
    assert f"| `{code}` | {words} |" in text_of("docs/agents.md")


def test_every_open_address_is_documented(app: Flask) -> None:
    """An address that needs no sign-in and answers machines stands in a document."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
    rules = [one for one in app.url_map.iter_rules() if one.endpoint.split(".")[0] in OPEN_TO_ALL]
    assert rules
    for rule in rules:
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert re.search(rf"`{method} {re.escape(rule.rule)}[`?]", written), f"{method} {rule}"


def test_openapi_describes_what_is_served(app: Flask) -> None:
    """What OpenAPI describes is served."""
    served = {rule.rule for rule in app.url_map.iter_rules()}
    assert set(describe()["paths"]) <= served
    staff = describe(app)["paths"]
    assert staff["/desk/tickets"]["get"]["summary"]
    assert "post" in staff["/workshop/trial"]


def key_functions() -> Iterator[tuple[str, str]]:
    """Give every function that names a key."""
    for module in ("bot.keys", "escalation.keys"):
        for name, found in vars(importlib.import_module(module)).items():
            ours = getattr(found, "__module__", "") == module
            if callable(found) and ours and name[0] != "_" and name not in NO_KEYS:
                yield module, name


@pytest.mark.parametrize(("module", "name"), list(key_functions()))
def test_every_key_is_documented(module: str, name: str) -> None:
    """A key's docstring begins with its type, and docs/privacy.md says how long it lives."""
    said = getattr(importlib.import_module(module), name).__doc__ or ""
    assert TYPES.match(said), f"begin the docstring of {name} with the type of the key"
    keys = re.findall(r"^\|[^|]*\|([^|]*)\|[^|]*\|$", text_of("docs/privacy.md"), re.MULTILINE)
    assert any(f"`{name}`" in cell for cell in keys)


def test_variables_and_tones_are_documented() -> None:
    """What a reply may fill in, and the tones it may take, stand in docs/admins.md."""
    written = text_of("docs/admins.md")
    assert [name for name in sorted(VARIABLES) if f"`{{{{ {name} }}}}`" not in written] == []
    assert [tone for tone in TONES if f"\n| {tone} |" not in written] == []


def test_embed_options_are_documented() -> None:
    """Every data- option that the script reads stands in docs/embedding.md, with its default."""
    read = re.search(r"const \{ (.+) \} = script\.dataset", text_of("bot/web/static/embed.js"))
    assert read
    written = text_of("docs/embedding.md")
    for name, default in re.findall(r'(\w+) = "([^"]*)"', read[1]):
        row = f"| `data-{name}` | " + (f"`{default}` |" if default else "")
        assert row in written


def test_metrics_are_documented(app: Flask) -> None:
    """Every metric stands in docs/operators.md."""
    shown = app.test_client().get("/metrics").get_data(as_text=True)
    written = text_of("docs/operators.md")
    names = re.findall(r"^# TYPE (attune_\w+)", shown, re.MULTILINE)
    assert names
    assert [name for name in names if name not in written] == []


def test_emotions_are_documented() -> None:
    """The glossary names the emotions that a reading has."""
    emotions = get_args(Reading.__annotations__["emotion"]) or (
        *("neutral", "happy", "confused", "worried", "sad", "angry"),
    )
    assert ", ".join(emotions) in text_of("docs/glossary.md")


@pytest.mark.parametrize("path", DOCS, ids=lambda one: one.name)
def test_make_commands_exist(path: Path) -> None:
    """Whatever a document has one type after `make` is a target, with variables that it knows."""
    makefile = text_of("Makefile")
    found = re.findall(
        r"(?:`|^)make ([a-z]+)((?: [A-Z_]+=\S*)*)", path.read_text("utf-8"), re.MULTILINE
    )
    for target, given in found:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
        for name in re.findall(r"([A-Z_]+)=", given):
            assert re.search(rf"^{name} \?=", makefile, re.MULTILINE), name


def test_readme_starts_with_two_commands() -> None:
    """README has one clone and run what the Makefile has, and keeps the place for figures."""
    readme = text_of("README.md")
    block = re.search(r"## Start.*?```sh\n(.+?)```", readme, re.DOTALL)
    assert block
    assert [line.split()[:2] for line in block[1].splitlines()] == [
        ["git", "clone"],
        ["make", "run"],
    ]
    assert readme.index("<!-- figures -->") < readme.index("<!-- /figures -->")
    assert len(readme.splitlines()) < 180


@pytest.mark.parametrize("path", DOCS, ids=lambda one: one.name)
def test_links_lead_somewhere(path: Path) -> None:
    """A link to a file of ours finds it, and its heading."""
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, heading = target.partition("#")
        file = path if not name else path.parent / name
        assert file.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"\W+", "-", one.lower()).strip("-") for one in headings]


@pytest.fixture
def example() -> dict[str, Any]:
    """Give what the Python example of docs/webhook.md defines."""
    block = re.search(r"```python\n(.+?)```", text_of("docs/webhook.md"), re.DOTALL)
    assert block
    defined: dict[str, Any] = {"__name__": "example"}
    exec(compile(block[1], "docs/webhook.md", "exec"), defined)  # noqa: S102 - our own document
    return defined


def test_the_example_signs_as_we_do(example: dict[str, Any]) -> None:
    """The documented signature is the one that is checked."""
    given = ("whsec_c2VjcmV0IG9mIGEgY2hhbm5lbA==", "e-1", "1700000000", '{"text": "é"}'.encode())
    assert example["sign"](*given) == sign(*given)


def test_the_example_runs(example: dict[str, Any], app: Flask, services: Services) -> None:
    """The documented client hands in a message, repeats it, and reads what was said."""
    secret = services.channels.add("crm")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        at = (f"http://127.0.0.1:{server.server_port}", "crm", secret)
        message = {"conversation": "case-17", "text": "do you ship to norway?"}
        turn = example["send"](*at, "e-1", message)
        assert turn["replies"][0]["text"]
        assert example["send"](*at, "e-1", message) == turn
        said = example["said_since"](*at, "case-17")
        assert [one["id"] for one in said["messages"]] == [one["id"] for one in turn["replies"]]
        assert example["said_since"](*at, "case-17", said["last"])["messages"] == []
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def files() -> Iterator[Path]:
    """Give every text file of the project."""
    yield from (one for one in ROOT.iterdir() if one.is_file() and one.suffix in TEXTS)
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts:
                yield path


def test_no_machine_path() -> None:
    """No file names a folder of the machine on which it was written."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files()
        if (match := MACHINE_PATH.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []
