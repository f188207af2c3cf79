"""The local copy of the wiki, held in the morning against a full pull and the wiki itself."""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import Any

from tests.reliability.nights.ledger import read_beside, read_mirror
from tests.reliability.nights.scene import Nights
from tests.reliability.nights.texts import PORTEUR
from tests.reliability.nights.truth import Truth
from wikibot.jobs.mirror import mirrored


def the_copy_is_what_a_full_pull_gives(nights: Nights, truth: Truth) -> None:
    """The mirror of a morning is the one that is made from nothing, and what the wiki holds."""
    kept = read_mirror(nights.state)
    fresh = read_mirror(nights.full_pull(f"{nights.day:.2f}"))
    for table, rows in fresh.items():
        assert kept[table] == rows, f"the copy differs in {table}: {_differing(kept[table], rows)}"
    known = {row[0]: (f"{row[3]}:{row[2]}" if row[3] else row[2], row[4], row[9])
             for row in kept["page"]}  # fmt: skip
    hidden = {row[0] for row in kept["unreadable"]}
    for page, (title, revid, text) in known.items():
        assert truth.pages.get(page) == (title, revid), (page, title, truth.pages.get(page))
        assert truth.revisions[revid].text == text, title
    for page, (title, _) in truth.pages.items():
        calls = re.search(r"\{\{(Ressource|Actionable)\b", truth.text(page))
        if calls and title != PORTEUR:
            assert page in known or page in hidden, f"{title} is not in the copy"


def what_is_known_beside_is_what_the_wiki_says(nights: Nights) -> None:
    """What the mirror knows of titles and lists is what the wiki answers now."""
    asked, shelves = read_beside(nights.state)
    with ExitStack() as held:
        copy = mirrored(nights.wiki, held, state=nights.state)
        assert copy.standing(asked) == nights.wiki.standing(asked)
        names = [what.partition(":")[2] for what in shelves if what.startswith("category:")]
        assert copy.members(names) == nights.wiki.members(names)
        spaces = [int(what.partition(":")[2]) for what in shelves if what.startswith("namespace:")]
        assert sorted(copy.titles_in(spaces)) == sorted(nights.wiki.titles_in(spaces))


def _differing(one: list[Any], other: list[Any]) -> str:
    kept, wiki = [r for r in one if r not in other], [r for r in other if r not in one]
    return f"kept {f'{kept}':.600}, wiki {f'{wiki}':.600}"
