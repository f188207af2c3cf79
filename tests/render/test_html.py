"""The page of findings: whole in itself, and nothing of a wiki is more than text in it."""

from __future__ import annotations

import base64
import hashlib
import html as entities
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.render.checks import HOSTILE, checked, finding
from wikibot.language import Language
from wikibot.render.checked import Checked
from wikibot.render.html import html
from wikibot.title import FRENCH, Title
from wikibot.visible import visible

_ELEMENTS = (
    "html head meta title style body a header h1 h2 p span time form label input select option "
    "fieldset legend button details summary table thead tbody tr th td main section ul li b del "
    "ins script"
)
_VOID = {"meta", "input"}
_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@dataclass
class _Seen(HTMLParser):
    """Every element with its attributes, and the text of each kind of element."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), "an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag, "elements do not nest"

    def handle_data(self, data: str) -> None:
        for tag in set(self.inside):
            self.texts[tag] = self.texts.get(tag, "") + data


def seen(page: str) -> _Seen:
    parser = _Seen()
    parser.feed(page)
    parser.close()
    assert not parser.inside
    return parser


def hostile(address: str = "javascript:alert(1)//") -> Checked:
    # A title is stranger here than any wiki lets it be.
    found = [
        finding(Title(0, value), value, new=f"{value}{value}", safe=True, field=value)
        for value in HOSTILE
    ]
    return checked(found, address=lambda title: address + title.name)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_a_page_of_known_elements_without_any_handler(language: Language) -> None:
    page = seen(html(hostile(), language))
    assert {tag for tag, _ in page.elements} <= set(_ELEMENTS.split())
    for tag, attributes in page.elements:
        assert not {name for name in attributes if name.startswith("on") or name == "style"}
        assert not {"src", "srcset", "action", "formaction", "data", "ping"} & attributes.keys()
        assert tag != "a" or attributes == {"class": "skip", "href": "#pages"}
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes in page.elements:
        for name in ("for", "aria-labelledby"):
            assert name not in attributes or attributes[name] in ids
    assert page.elements[0] == ("html", {"lang": language})


def test_its_policy_allows_its_own_style_and_script_and_nothing_else() -> None:
    page = seen(html(hostile(), "fr"))
    (policy,) = (
        attributes["content"] or ""
        for _, attributes in page.elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("default-src") == "'none'"
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        digest = base64.b64encode(hashlib.sha256(page.texts[tag].encode()).digest()).decode()
        assert rules.pop(name) == f"'sha256-{digest}'"
    assert set(rules.values()) == {"'none'"}
    assert [tag for tag, _ in page.elements if tag in ("style", "script")] == ["style", "script"]


def test_what_a_page_holds_reads_as_it_is() -> None:
    text = seen(html(hostile(), "fr")).texts["ins"]
    for value in HOSTILE:
        assert "\n".join(map(visible, (value * 2).splitlines())) in text


def test_a_page_is_linked_to_by_an_address_of_the_web_alone() -> None:
    safe = html(checked([finding()], address=lambda t: f"https://wiki.example.org/{t}"), "fr")
    assert '<a href="https://wiki.example.org/Haies" rel="noopener noreferrer">Haies</a>' in safe
    for address in ("javascript:alert(1)", "data:text/html,x", "Haies.wikitext"):
        there = {FRENCH.parse("Haies"): address}
        assert "Haies</a>" not in html(checked([finding()], address=there.get), "fr")


def test_a_safe_change_is_shown_as_before_and_after() -> None:
    page = html(checked([finding(value="idée", new="Idée", safe=True)]), "fr")
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Correction sûre : avant : idée → après : Idée" in entities.unescape(words)


def test_no_mail_address_is_handed_on() -> None:
    page = html(checked([finding(value="alix@example.org", new="alix(at)example.org")]), "fr")
    assert "alix" not in page
    assert page.count("(adresse masquée)") == 3


def test_a_long_word_takes_no_long_time() -> None:
    page = html(checked([finding(value="x" * 200_000, new="x" * 200_000 + "@")]), "fr")
    assert "x@" in page


def test_without_findings_it_says_so() -> None:
    page = html(checked(), "en")
    assert "Nothing to mend." in page
    assert "<form" not in page


def test_a_finding_takes_little_of_a_page_so_that_ten_thousand_still_open() -> None:
    found = [finding(f"Page {n % 100}", "x" * 60, new="y" * 60) for n in range(2_000)]
    assert len(html(checked(found), "fr").encode()) < 3_000_000


@pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium on this machine")
def test_a_browser_runs_its_script_alone_and_asks_nobody_anything(tmp_path: Path) -> None:
    asked: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}"
    values = (
        f"<img src={there}/img onerror=\"document.title='owned'\">",
        f"<script src={there}/script></script><script>document.title='owned'</script>",
        f"<style>@import '{there}/style';</style><link rel=stylesheet href={there}/link>",
    )
    found = [finding(value=value, new=value) for value in values]
    file = tmp_path / "page.html"
    file.write_text(html(checked(found, address=lambda t: f"{there}/{t}"), "fr"), "utf-8")
    assert _CHROMIUM is not None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    done = subprocess.run(
        [_CHROMIUM, *options, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    server.shutdown()
    assert asked == []
    assert "<title>Ce qui est à corriger</title>" in done.stdout
    assert "3 sur 3 affichés" in done.stdout, "its own script did not run"
