"""The engine against MediaWiki's own preprocessor: page by page, parameter by parameter."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.mediawiki.bench import MediaWikiBench
from tests.wikitext.hostile import dense, hostile, realistic
from tests.wikitext.parsetree import Call, calls_of
from wikibot.errors import AmbiguousWikitext
from wikibot.wikitext import DEFAULT_TAGS, Syntax, transclusions

# Fixed seeds find what was found before; fresh ones, told in the failure, look for the rest.
FRESH = int(os.environ.get("WIKIBOT_SEED", "0")) or int(time.time())
DEMO = sorted((Path(__file__).parents[2] / "templates" / "demo").glob("*.wikitext"))


def ours(text: str, syntax: Syntax) -> list[Call]:
    return [
        (call.name, tuple((argument.name, argument.value) for argument in call.arguments))
        for call in transclusions(text, syntax)
    ]


def differences(bench: MediaWikiBench, pages: list[str]) -> tuple[list[str], int]:
    """Return the pages that read otherwise, and how many the engine refused."""
    tags = bench.call("human", action="query", meta="siteinfo", siprop="extensiontags")
    names = frozenset(tag.strip("<>") for tag in tags["query"]["extensiontags"])
    syntax = Syntax(extension_tags=names)
    wrong, refused = [], 0
    for page, tree in zip(pages, bench.parsetrees(pages), strict=True):
        try:
            found = ours(page, syntax)
        except AmbiguousWikitext:
            refused += 1
            continue
        if found != calls_of(tree):
            wrong.append(page)
    return wrong, refused


@pytest.mark.parametrize("first", [1, FRESH], ids=["fixed seeds", "fresh seeds"])
def test_the_engine_reads_hostile_pages_as_mediawiki_does(
    mediawiki: MediaWikiBench, first: int
) -> None:
    pages = [make(seed) for seed in range(first, first + 3000) for make in (hostile, dense)]
    wrong, refused = differences(mediawiki, pages)
    assert not wrong, f"seeds from {first}: {len(wrong)} differ, like {min(wrong, key=len)!r}"
    assert refused == 0


def test_the_engine_reads_pages_as_people_write_them_and_refuses_none(
    mediawiki: MediaWikiBench,
) -> None:
    pages = [realistic(seed) for seed in range(500)]
    pages += [file.read_text(encoding="utf-8") for file in DEMO]
    assert differences(mediawiki, pages) == ([], 0)


def test_the_wiki_knows_no_more_tags_than_a_folder_takes_for_granted(
    mediawiki: MediaWikiBench,
) -> None:
    tags = mediawiki.call("human", action="query", meta="siteinfo", siprop="extensiontags")
    assert {tag.strip("<>") for tag in tags["query"]["extensiontags"]} <= DEFAULT_TAGS
