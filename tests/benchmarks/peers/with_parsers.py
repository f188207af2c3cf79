"""mwparserfromhell, wikitextparser (under the GPL, hence in a process of its own) and mwxml."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import mwparserfromhell
import mwxml
import wikitextparser

from tests.benchmarks.peers.contestant import Order, Work, in_memory, take_part, tally


def _by_mwparserfromhell(text: str, name: str) -> dict[str, str]:
    for template in mwparserfromhell.parse(text).ifilter_templates():
        if template.name.matches(name):
            return {str(p.name).strip(): str(p.value) for p in template.params}
    raise KeyError(name)


def _by_wikitextparser(text: str, name: str) -> dict[str, str]:
    for template in wikitextparser.parse(text).templates:
        if template.name.strip() == name:
            return {argument.name.strip(): argument.value for argument in template.arguments}
    raise KeyError(name)


def _reading(read: Callable[[str, str], dict[str, str]]) -> Callable[[Order], Work]:
    def task(order: Order) -> Work:
        texts: dict[str, str] = json.loads(Path(order["file"]).read_text())
        return in_memory(texts, lambda text: read(text, order["template"]))

    return task


def dump(order: Order) -> Work:
    """Read the parameters of every page of an export."""

    def work() -> object:
        with Path(order["file"]).open("rb") as file:
            pages = mwxml.Dump.from_file(file)
            return tally(
                (page.title, _by_mwparserfromhell(revision.text, order["template"]))
                for page in pages
                for revision in page
            )

    return work


if __name__ == "__main__":
    take_part(
        {
            "mwparserfromhell": _reading(_by_mwparserfromhell),
            "wikitextparser": _reading(_by_wikitextparser),
            "dump": dump,
        }
    )
