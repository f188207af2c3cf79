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

from tests.wikitext.hostile import realistic
from wikibot.checks import check_page
from wikibot.mapping import load_mapping
from wikibot.wiki import open_wiki
from wikibot.wikitext import FRENCH_WIKI, transclusions

DEMO = Path(__file__).parents[2] / "templates" / "demo"
ROUNDS = 5


def best(work: Callable[[], object]) -> float:
    """Return the processor seconds of the quickest of several rounds."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def with_wikibot(texts: list[str]) -> list[dict[str, str]]:
    """Read the parameters of the sheet of each text."""
    return [
        {name: p.value for name, p in call.parameters.items()}
        for text in texts
        for call in transclusions(text)
        if call.name == "Ressource"
    ]


def with_mwparserfromhell(texts: list[str]) -> list[dict[str, str]]:
    """Do the same through the tree of mwparserfromhell."""
    return [
        {str(p.name).strip(): str(p.value).strip() for p in template.params}
        for text in texts
        for template in mwparserfromhell.parse(text, skip_style_tags=True).filter_templates()
        if "essource" in str(template.name)  # prefixes and comments are another matter
    ]


def main() -> None:
    """Print the ratios."""
    wiki, mapping = open_wiki(DEMO), load_mapping("resilience")
    pages = list(wiki.pages_with(mapping.templates))
    texts = [page.text for page in pages]
    assert with_wikibot(texts) == with_mwparserfromhell(texts)
    size = sum(map(len, texts)) / len(texts) / 1000
    ours, theirs = best(lambda: with_wikibot(texts)), best(lambda: with_mwparserfromhell(texts))
    print(f"{len(texts)} demo pages of {size:.1f} kB on average:")
    print(f"  reading the parameters: {ours / theirs:.4f} of mwparserfromhell's time")
    checks = best(lambda: [check_page(page, mapping, FRENCH_WIKI) for page in pages])
    print(f"  checking, all rules: {checks / len(pages) * 1000:.2f} ms a page")
    for length in (100_000, 200_000, 400_000):
        long = ("{{Ressource\n|description=" + realistic(1) * (length // 600) + "}}")[:length]
        seconds = best(partial(transclusions, long))
        print(f"  a text of {length} characters: {seconds:.3f} s")


if __name__ == "__main__":
    main()
