"""wikibot at the tasks of the peers, through its library as others import it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import mwparserfromhell

import wikibot
from tests.benchmarks.peers.contestant import Order, Work, digest, in_memory, take_part, tally
from wikibot import wikitext
from wikibot.jobs.manners import Manners
from wikibot.page import Page
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wikitext import Syntax


def _connect(order: Order) -> MediaWiki:
    return MediaWiki.connect(order["api"], order["account"], order["password"])


def read(order: Order) -> Work:
    """Read every page of the template."""
    wiki = _connect(order)

    def work() -> Work:
        pages = list(wiki.pages_with([order["template"]]))
        return lambda: digest((str(page.title), page.text) for page in pages)

    return work


def change(order: Order) -> Work:
    """Give one field of pages another value, as fast as may be; no more than the wiki allows."""
    wiki = _connect(order)
    mapping = wikibot.load_mapping("resilience")
    _ = wikibot.set_fields, wikibot.apply, mwparserfromhell  # imports are no part of the work

    def work() -> object:
        pages = list(wiki.pages(order["titles"]))
        plan = wikibot.set_fields(pages, [f"{order['field']}={order['value']}"], mapping, wiki)
        manners = Manners(edits_per_minute=0)
        run = wikibot.apply(plan, wiki, state=Path(order["folder"]), manners=manners)
        assert run.exit_code == 0, run.stopped
        assert all(item.verified for item in run.items)
        return run.counts["done"]

    return work


def parameters(order: Order) -> Work:
    """Read the parameters of texts in memory."""
    texts: dict[str, str] = json.loads(Path(order["file"]).read_text())

    def of(text: str) -> dict[str, str]:
        for call in wikitext.transclusions(text):
            if call.name == order["template"]:
                return {name: parameter.value for name, parameter in call.parameters.items()}
        raise KeyError(order["template"])

    return in_memory(texts, of)


def dump(order: Order) -> Work:
    """Read the parameters of every page of an export."""

    def called(page: Page, syntax: Syntax) -> Iterator[tuple[str, dict[str, str]]]:
        for call in wikitext.transclusions(page.text, syntax):
            if call.name == order["template"]:
                known = {name: parameter.value for name, parameter in call.parameters.items()}
                yield str(page.title), known

    def work() -> object:
        wiki = wikibot.open_wiki(order["file"])
        pages = wiki.pages_with([order["template"]])
        return tally(found for page in pages for found in called(page, wiki.syntax))

    return work


def check(order: Order) -> Work:
    """Check every page of an export by all rules, those across pages too."""
    mapping = wikibot.load_mapping("resilience")

    def work() -> object:
        wiki = wikibot.open_wiki(order["file"])
        pages = list(wikibot.pages_to_read(wiki, mapping, ()))
        found = wikibot.check(pages, mapping, wiki, whole=True)
        return [len(pages), len(found)]

    return work


if __name__ == "__main__":
    take_part(
        {
            "read": read,
            "change": change,
            "parameters": parameters,
            "dump": dump,
            "check": check,
        }
    )
