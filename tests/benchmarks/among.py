"""What rules that look at other pages cost: `python -m tests.benchmarks.among [SIZE]…`.

Processor time and the peak of what Python itself holds, of invented pages; nearly all of the
titles are made of the same few words, which is where comparing titles would turn quadratic.
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from datetime import date
from typing import cast

from tests.checks.collection import Collection, page_of
from wikibot.checks import check_page
from wikibot.jobs.neighbours import neighbours_of
from wikibot.mapping import load_mapping
from wikibot.page import Page
from wikibot.wiki import Wiki
from wikibot.wikitext import FRENCH_WIKI

TODAY = date(2026, 1, 1)
_WORDS = (
    *("atlas", "observatoire", "citoyen", "participatif", "partagé", "haies", "mares", "chaleur"),
    *("cantine", "verger", "semences", "mobilité", "sobriété", "résilience", "cartographie"),
    *("formation", "diagnostic", "territoire", "habitants", "navette", "réemploi", "récits"),
)


def collection(size: int) -> list[Page]:
    """Return that many pages, each with links to others; one in twenty leads nowhere."""
    chance = random.Random(size)
    titles = [f"{' '.join(chance.sample(_WORDS, 4)).capitalize()} {n % 97}" for n in range(size)]
    return [page_of(_sheet(chance, titles), title) for title in dict.fromkeys(titles)]


def _sheet(chance: random.Random, titles: list[str]) -> str:
    near = [chance.choice(titles) for _ in range(3)]
    if chance.random() < 0.05:
        near.append(f"Page {chance.random()} qui n'est pas là")
    words = " ".join(chance.choices(_WORDS, k=20))
    return (
        f"{{{{Ressource\n|shortDescription={words.capitalize()}.\n"
        f"|communs_proches={', '.join(near)}\n|referent=Personne {chance.randrange(200)}\n"
        f"|licence=CC0 1.0\n|description={'Un texte de quelques lignes. ' * 60}\n}}}}"
    )


def main() -> None:
    """Print time and memory for collections of growing size."""
    mapping = load_mapping("resilience")
    for size in map(int, sys.argv[1:] or ("1000", "2000", "5000", "10000")):
        pages = collection(size)
        wiki = cast(Wiki, Collection(pages, server=True))
        start = time.process_time()
        for page in pages:
            check_page(page, mapping, FRENCH_WIKI)
        alone = time.process_time() - start
        start = time.process_time()
        beside = neighbours_of(pages, mapping, wiki, TODAY, whole=True)
        gathered = time.process_time() - start
        found = 0
        start = time.process_time()
        for page in pages:
            found += len(check_page(page, mapping, FRENCH_WIKI, beside))
        both = time.process_time() - start
        print(
            f"{len(pages)} pages: each alone {1000 * alone / len(pages):.2f} ms, gathering "
            f"{1000 * gathered / len(pages):.2f} ms, all rules {1000 * both / len(pages):.2f} ms "
            f"a page; {found} findings"
        )
        del beside
        tracemalloc.start()
        kept = neighbours_of(pages, mapping, wiki, TODAY, whole=True)
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        print(
            f"  what is known beside them takes {held / 2**20:.0f} MB, of {len(kept.cards)} pages"
        )


if __name__ == "__main__":
    main()
