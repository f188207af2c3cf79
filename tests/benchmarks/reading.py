"""How fast pages are read and checked, beside mwparserfromhell: `make bench`.

Figures are processor time of one process, the best of several rounds, taken in turns so that
a noisy machine hits both alike; only ratios within one run mean anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import mwparserfromhell

from tests.benchmarks.peers.corpus import commons
from tests.checks.clean_pages import wiki_of
from tests.wikitext.hostile import realistic
from wikibot.checks import check_page
from wikibot.mapping import load_mapping
from wikibot.wiki import open_wiki
from wikibot.wikitext import FRENCH_WIKI, transclusion

DEMO = Path(__file__).parents[2] / "templates" / "demo"
ROUNDS, TURNS = 12, 10


def best(*works: Callable[[], object]) -> list[float]:
    """Return the processor seconds of the quickest of several rounds, each work in turn."""
    seconds = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for number, work in enumerate(works):
            start = time.process_time()
            work()
            seconds[number] = min(seconds[number], time.process_time() - start)
    return seconds


def with_wikibot(text: str) -> list[dict[str, str]]:
    """Read the parameters of the sheet of a text, as if it had never been read."""
    return [
        {name: p.value for name, p in call.parameters.items()}
        for call in transclusion._read.__wrapped__(text, FRENCH_WIKI)
        if call.name == "Ressource"
    ]


def with_mwparserfromhell(text: str, *, tuned: bool = True) -> list[dict[str, str]]:
    """Do the same through the tree of mwparserfromhell, `tuned` without bold and italics in it."""
    return [
        {str(p.name).strip(): str(p.value).strip() for p in template.params}
        for template in mwparserfromhell.parse(text, skip_style_tags=tuned).filter_templates()
        if "essource" in str(template.name)  # prefixes and comments are another matter
    ]


def corpora(demo: list[str]) -> dict[str, list[str]]:
    """Return texts of several kinds, invented all of them, by what they are."""
    clean = (sheet.text for sheet in wiki_of(1).sheets if sheet.page_type.id == "commun")
    return {
        "pages of 25 parameters, with text below": list(commons(20).values()),
        "pages of the demo": demo,
        "sheets of the demo alone": [text for text in demo if "{{Ressource" in text],
        "short sheets": list(clean),
        "pages with marks in most fields": [realistic(seed) for seed in range(60)],
    }


def compared(texts: list[str]) -> list[float]:
    """Return the seconds a page: ours, mwparserfromhell's as people call it, and when tuned."""
    taken = [0.0] * 3
    for text in texts:
        ours, usual, tuned = best(
            partial(repeated, text),
            partial(with_mwparserfromhell, text, tuned=False),
            partial(with_mwparserfromhell, text),
        )
        for number, seconds in enumerate((ours / TURNS, usual, tuned)):
            taken[number] += seconds / len(texts)
    return taken


def repeated(text: str) -> None:
    """Read a text several times: once is too short for the clock."""
    for _ in range(TURNS):
        with_wikibot(text)


def main() -> None:
    """Print the ratios."""
    wiki, mapping = open_wiki(DEMO), load_mapping("resilience")
    pages = list(wiki.pages_with(mapping.templates))
    print("Reading the parameters of the sheet, beside mwparserfromhell (without its style tags):")
    for what, texts in corpora([page.text for page in pages]).items():
        differ = sum(with_wikibot(text) != with_mwparserfromhell(text) for text in texts)
        size = sum(map(len, texts)) / len(texts) / 1000
        ours, usual, tuned = compared(texts)
        print(
            f"  {len(texts)} {what}, {size:.1f} kB on average: {ours / usual:.4f} "
            f"({ours / tuned:.4f}) of its time; {1e6 * ours:.0f} µs a page"
            + (f"; {differ} read otherwise" if differ else ""),
            flush=True,
        )
    (checks,) = best(lambda: [check_page(page, mapping, FRENCH_WIKI) for page in pages])
    print(f"Checking the demo, all rules: {checks / len(pages) * 1000:.2f} ms a page")
    for length in (100_000, 200_000, 400_000):
        long = ("{{Ressource\n|description=" + realistic(1) * (length // 600) + "}}")[:length]
        (seconds,) = best(partial(with_wikibot, long))
        print(f"A text of {length} characters: {1000 * seconds:.1f} ms")


if __name__ == "__main__":
    main()
