"""check: what is wrong on pages. explain: what a rule is about."""

from __future__ import annotations

from collections.abc import Iterable

from wikibot.checks import RULES, Finding, Rule, check_lists, check_page
from wikibot.checks.settings import settled
from wikibot.errors import InputError
from wikibot.jobs.neighbours import neighbours_of
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.wiki import Wiki


def check(
    pages: Iterable[Page],
    mapping: Mapping,
    wiki: Wiki,
    *,
    whole: bool = False,
    around: Surroundings = REAL,
) -> tuple[Finding, ...]:
    """Return every finding on the pages, in the order of the pages, then of their fields.

    What the pages name is looked up in batches. All other pages of the mapping's templates are
    read too, for the rules that compare pages, unless these are the `whole` of them: then pages of
    a type's category that have no sheet are told too, last. In a dump it is the day of its latest
    edit.

    Rules that the mapping turns off say nothing; the others are as grave as it sets them.

    Raises:
        InputError, Unavailable, AccessError: the wiki cannot be read.
    """
    read = tuple(pages)
    if not read:
        return ()
    beside = neighbours_of(read, mapping, wiki, around.now().date(), whole=whole, lists=True)
    found = (f for page in read for f in check_page(page, mapping, wiki.syntax, beside))
    of_lists = check_lists(mapping, beside)
    return tuple(settled((*found, *of_lists), mapping.wiki.rules))


def rule(code: str) -> Rule:
    """Return the rule of a code or a name, in any case.

    Raises:
        InputError: there is no such rule.
    """
    wanted = code.casefold()
    for known in RULES.values():
        if wanted in (known.code.casefold(), known.name.casefold()):
            return known
    from rapidfuzz import process

    names = [word for r in RULES.values() for word in (r.code, r.name)]
    near = [hit[0] for hit in process.extract(code, names, limit=3, score_cutoff=70)]
    raise InputError(
        Text(f"Aucune règle « {code} ».", f"No rule “{code}”."),
        Text(
            f"Vouliez-vous dire : {', '.join(near)} ?" if near else "« explain » les liste.",
            f"Did you mean: {', '.join(near)}?" if near else "“explain” lists them.",
        ),
    )
