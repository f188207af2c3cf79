"""The documents hold together: links lead somewhere, both languages say the same things."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from pydantic import BaseModel

from tests.docs.documents import ROOT, WIKI, documents, fenced, run_wikibot, shown_commands
from tests.docs.generate import commands
from wikibot.config import ConfigFile
from wikibot.mapping import PageType, Vocabulary, WaiverFile, WikiSettings

PAIRS = {
    "guide-referent.md": "referent.md",
    "guide-mainteneur.md": "maintainer.md",
    "guide-ademe.md": "staff.md",
    "pourquoi.md": "why.md",
}
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
EVERY = pytest.mark.parametrize(
    "document", documents(), ids=lambda d: d.relative_to(ROOT).as_posix()
)


def links(document: Path) -> list[str]:
    return _LINK.findall(_CODE.sub("", document.read_text("utf-8")))


def anchors(document: Path) -> set[str]:
    """The anchors that Markdown readers give the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", _CODE.sub("", document.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EVERY
def test_every_relative_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    lost = []
    for link in links(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (document.parent / path).resolve() if path else document
        found = target.exists() and target.is_relative_to(ROOT)
        if not found or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert not lost


@EVERY
def test_no_document_names_a_place_of_one_machine(document: Path) -> None:
    text = document.read_text("utf-8")
    assert not re.search(r"/(?:work|root|opt|home/(?!bot\b))\b|file://|\blocalhost\b", text)
    assert "\t" not in text
    assert text.endswith("\n")


def test_every_document_can_be_reached_from_the_readme() -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        if document in seen or document.suffix != ".md":
            continue
        seen.add(document)
        for link in links(document):
            target = (document.parent / unquote(link).partition("#")[0]).resolve()
            if target.is_file():
                waiting.append(target)
    assert set(documents()) <= seen


def test_the_guides_stand_in_both_languages() -> None:
    assert {path.name for path in (ROOT / "docs/fr").glob("*.md")} == set(PAIRS)
    assert {path.name for path in (ROOT / "docs/en").glob("*.md")} == set(PAIRS.values())
    french, english = (ROOT / "docs/reference" / language for language in ("fr", "en"))
    assert {p.name for p in french.iterdir()} == {p.name for p in english.iterdir()}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guides_show_every_command(language: str) -> None:
    shown: set[str] = set()
    for guide in (ROOT / "docs" / language).glob("*.md"):
        for words in shown_commands(guide):
            bare = _without_options(words[1:])
            shown |= {" ".join(bare[:1]), " ".join(bare[:2])}
    assert set(commands()) <= shown


def _without_options(words: list[str]) -> list[str]:
    """Return a command without the options, and their values, that stand before its name."""
    while words and words[0].startswith("--"):
        words = words[1:] if "=" in words[0] or words[0] == "--help" else words[2:]
    return words


def toml_blocks() -> list[tuple[str, str]]:
    return [
        (f"{document.name}:{line}", "\n".join(block))
        for document in documents()
        for kind, line, block in fenced(document)
        if kind == "toml"
    ]


@pytest.mark.parametrize(
    ("where", "block"), toml_blocks(), ids=[where for where, _ in toml_blocks()]
)
def test_every_toml_block_is_right(where: str, block: str) -> None:
    name = block.partition("\n")[0].removeprefix("# ")
    models: dict[str, type[BaseModel]] = {
        "wikibot.toml": ConfigFile,
        "page_types": PageType,
        "vocabularies": Vocabulary,
        "wiki.toml": WikiSettings,
        "waivers.toml": WaiverFile,
    }
    table = tomllib.loads(block)
    if name == "wiki.toml":  # what to add to the file that is there
        table = {"id": "essai", "label": {"fr": "Essai", "en": "Trial"}, **table}
    models[name.partition("/")[0]].model_validate(table)


@pytest.mark.parametrize(
    "document",
    [d for d in documents() if any(kind == "python" for kind, _, _ in fenced(d))],
    ids=lambda d: d.name,
)
def test_every_python_block_runs(document: Path, tmp_path: Path) -> None:
    assert run_wikibot(["demo", WIKI], tmp_path, "fr").returncode == 0
    for kind, line, block in fenced(document):
        if kind != "python":
            continue
        done = subprocess.run(
            [sys.executable, "-c", "\n".join(block)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"line {line}\n{done.stderr}"
    assert [file for file in tmp_path.glob("*.csv") if len(file.read_text("utf-8-sig")) > 1000]
