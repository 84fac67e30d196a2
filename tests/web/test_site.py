"""Pages that anybody may see, and the plain files they are made of."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.settings import Settings
from bot.translations import translations
from bot.web.saying import later_json
from bot.web.site import SAMPLES
from intents.pack import read_pack, shop_pack_folder

WEB = Path(__file__).parents[2] / "bot" / "web"
STATIC, PAGES = WEB / "static", WEB / "pages"
WIDGET = (
    "widget.js",
    "files.js",
    "words.js",
    *(f"widget/{one.name}" for one in STATIC.glob("widget/*.js")),
)
KB = 1_000


def size(*files: Path) -> int:
    """Give the bytes of files when each is gzipped."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


# ---- pages ----


def test_shop_has_the_one_tag(client: FlaskClient) -> None:
    """The shop's page adds the chat exactly as any shop would: by one script tag."""
    page = client.get("/").text
    assert page.count("<script") == 1
    assert '<script src="/embed.js" async></script>' in page


def test_shop_asks_nobody_else(client: FlaskClient) -> None:
    """The shop's page loads nothing from another site."""
    page = client.get("/").text
    assert re.findall(r'(?:src|href)="(?!/|#)', page) == []


def test_shop_says_what_the_bot_says(client: FlaskClient) -> None:
    """Prices, hours and addresses on the page are those of the pack that ships."""
    page = " ".join(client.get("/").text.replace("<br>", ", ").split())
    facts: dict[str, Any] = dict(read_pack(shop_pack_folder()).facts)
    shipping, cafes = facts["shipping"], facts["cafes"]
    said = (
        shipping["standard_name"],
        f"{shipping['standard_price']}, free from {shipping['free_from']}",
        facts["products"]["bag_price"].removeprefix("from "),
        facts["subscriptions"]["discount"],
        facts["subscriptions"]["price_from"],
        facts["returns"]["window"].split(" from ")[0],
        cafes["refill"],
        cafes["lantern_street"]["address"].split(",")[0],
        *cafes["lantern_street"]["hours"].split(", "),
        cafes["towpath_row"]["address"].split(",")[0],
        cafes["towpath_row"]["hours"].split(", ")[0],
    )
    assert [one for one in said if one not in page] == []
    assert [one for one in facts["abroad"]["served"] if one not in page] == []


def test_embed_may_be_loaded_anywhere(client: FlaskClient) -> None:
    """Any site may load the script, and a browser may keep it for some minutes."""
    answer = client.get("/embed.js", buffered=True)
    assert answer.mimetype.endswith("javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=300" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"]


def test_widget_says_its_name(client: FlaskClient) -> None:
    """The frame's page carries the shop's name, a log, and a labelled form."""
    page = client.get("/widget").text
    assert "<h1>Bean &amp; Benevolence</h1>" in page
    assert 'role="log"' in page
    assert '<label for="text"' in page


def test_widget_is_framed_by_allowed_sites_only(client: FlaskClient, settings: Settings) -> None:
    """Only the widget may stand in a frame, and only on sites an operator named."""
    assert not settings.allowed_sites
    policies = {
        path: client.get(path).headers["Content-Security-Policy"] for path in ("/", "/widget")
    }
    assert "frame-ancestors 'none'" in policies["/"]
    assert policies["/widget"].endswith("frame-ancestors 'self'")


def test_welcome_shows_the_way(client: FlaskClient, settings: Settings) -> None:
    """The first-run page has messages to try, the way to the desk, and the tag to copy."""
    page = client.get("/welcome").text
    assert page.count("data-say=") == len(SAMPLES)
    assert 'href="/desk"' in page
    assert (
        f"&lt;script src=&#34;{settings.address}" in page or f"{settings.address}/embed.js" in page
    )


@pytest.mark.parametrize("page", ["shop.html", "widget.html", "welcome.html"])
def test_pages_need_no_exception_from_the_policy(page: str) -> None:
    """No page has inline styles, inline handlers or inline scripts."""
    text = (PAGES / page).read_text()
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []


# ---- sizes, types, colours ----


@pytest.mark.parametrize("language", translations())
def test_widget_is_small(client: FlaskClient, language: str) -> None:
    """Everything the frame loads is at most 20 kB gzipped, each file by itself, in any language."""
    page = client.get(f"/widget?lang={language}")
    assert f'<html lang="{language}"' in page.text
    files = [STATIC / name for name in (*WIDGET, "tokens.css", "widget.css")]
    assert size(*files) + len(gzip.compress(page.data, 9)) <= 20 * KB
    loaded = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css))"', page.text))
    assert loaded == {*WIDGET, "tokens.css", "widget.css"}


@pytest.mark.parametrize(
    ("part", "most"), [("rights", 3), ("person", 5), ("card", 4), ("earlier", 3)]
)
@pytest.mark.parametrize("language", translations())
def test_what_comes_later_is_small(part: str, most: int, language: str) -> None:
    """What the widget loads with its menu, or once a person may be concerned, is small, too."""
    files = [*STATIC.glob(f"widget/later/{part}.*"), STATIC / "widget/later/more.js"]
    words = gzip.compress(later_json(translations()[language], part), 9)
    assert 0 < size(*files) + len(words) < most * KB


def test_static_text_goes_out_packed(client: FlaskClient) -> None:
    """Whoever takes gzip gets a file packed, and again unchanged; nobody else does, no page is."""
    url, takes = "/static/widget.js", {"Accept-Encoding": "gzip"}
    plain = client.get(url, buffered=True)
    assert "Content-Encoding" not in plain.headers
    packed = client.get(url, headers=takes, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert gzip.decompress(packed.data) == plain.data == (STATIC / "widget.js").read_bytes()
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    known = {**takes, "If-None-Match": packed.headers["ETag"]}
    assert client.get(url, headers=known, buffered=True).status_code == 304
    assert "Content-Encoding" not in client.get("/widget", headers=takes).headers


def test_embed_is_small(client: FlaskClient) -> None:
    """What the shop's own page loads is under 4 kB gzipped, its words of all languages with it."""
    assert len(gzip.compress(client.get("/embed.js").data, 9)) < 4 * KB


def test_customer_text_never_becomes_markup() -> None:
    """No script of the widget or of the embedding page writes markup."""
    for name in (*WIDGET, "stream.js", "embed.js", "welcome.js"):
        text = (STATIC / name).read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)


def test_no_message_goes_to_just_anybody() -> None:
    """Messages between frames name their receiver, and no page handler is replaced."""
    for name in (*WIDGET, "stream.js", "embed.js", "welcome.js"):
        text = (STATIC / name).read_text()
        assert '"*"' not in text
        assert not re.search(r"\bon(message|error|unload|popstate)\s*=", text)


@pytest.mark.node
def test_javascript_types() -> None:
    """The pages' plain JavaScript has no type error, where TypeScript is installed."""
    root = WEB.parents[1]
    tsc = root / "node_modules" / ".bin" / "tsc"
    if not tsc.exists():
        pytest.skip("TypeScript is not installed here: npm ci")
    checked = subprocess.run(
        [tsc, "-p", root / "jsconfig.json"], capture_output=True, text=True, check=False
    )
    assert checked.stdout == ""


PARSED = """
import { parser } from "%s";
const seen = [];
const parse = parser("0-1", (event) => seen.push([event.type, event.id, event.data]));
for (const piece of %s) parse(piece);
console.log(JSON.stringify(seen));
"""


@pytest.mark.node
def test_stream_parser_takes_text_in_any_pieces() -> None:
    """Events are read whole however the network cuts them, and a ping is no event."""
    if not shutil.which("node"):
        pytest.skip("node is not installed here")
    text = ': ping\n\nid: 5-0\nevent: entry\ndata: {"text": "é: {}\\n"}\n\n'
    text += "event: end\r\ndata: {}\r\n\r\n"
    wanted = [["entry", "5-0", {"text": "é: {}\n"}], ["end", "5-0", {}]]
    for pieces in ([text], list(text), [text[:20], text[20:61], text[61:]]):
        script = PARSED % ((STATIC / "stream.js").as_uri(), json.dumps(pieces))
        ran = subprocess.run(
            ["node", "--input-type=module", "-e", script],
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(ran.stdout) == wanted


def _blocks() -> list[dict[str, str]]:
    """Give the colours of tokens.css: light, dark by system, dark by choice."""
    text = (STATIC / "tokens.css").read_text()
    parts = re.split(r"@media \(prefers-color-scheme: dark\)|:root\[data-theme=\"dark\"\]", text)
    return [dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", part)) for part in parts]


def _contrast(one: str, two: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(two)))
    return (high + 0.05) / (low + 0.05)


def test_dark_is_one_dark() -> None:
    """Dark by the system's wish and dark by choice are the same colours."""
    _, system, chosen = _blocks()
    assert system == chosen


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_read(theme: int) -> None:
    """Text has a contrast of at least 4.5:1 on every surface, edges of controls 3:1."""
    colours = _blocks()[theme]
    surfaces = ["--paper", "--surface", "--sunken", "--hover"]
    softs = ["--accent-soft", "--calm-soft", "--attention-soft", "--urgent-soft", "--done-soft"]
    inks = ["--ink", "--ink-soft", "--accent", "--calm", "--attention", "--urgent", "--done"]
    pairs = [(ink, back) for ink in inks for back in surfaces + softs]
    pairs += [("--accent-ink", "--accent"), ("--accent-ink", "--accent-hover")]
    weak = {pair for pair in pairs if _contrast(colours[pair[0]], colours[pair[1]]) < 4.5}
    edges = {
        back for back in surfaces[:3] if _contrast(colours["--line-strong"], colours[back]) < 3
    }
    assert (weak, edges) == (set(), set())
