"""What: Two pages of one type have nearly the same title, or the same content.

Why: What people write goes to one of the two, and a reader who finds the other one misses it.

Example: `Atlas des haies` and `L'atlas des haie`, or one description on two pages.

Fix safety: There is no fix: a person has to bring the two together and leave a redirect.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, rule_among
from wikibot.checks.neighbours import Neighbours, unique_key
from wikibot.checks.similar import overlap
from wikibot.checks.words import label, quoted
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Deux pages d'un même type ont presque le même titre, ou le même contenu.

Pourquoi : Ce que l'on écrit va sur l'une des deux, et le lecteur qui trouve l'autre ne le voit pas.

Exemple : `Atlas des haies` et `L'atlas des haie`, ou une même description sur deux pages.

Correction : Aucune : une personne doit réunir les deux et laisser une redirection.
"""

_TITLE = Text(
    "Cette page et {other} ont presque le même titre : si c'est la même chose, réunissez-les sur "
    "une seule page et faites de l'autre une redirection.",
    "This page and {other} have nearly the same title: if they are the same thing, bring them "
    "together on one page and make the other a redirect.",
)
_CONTENT = Text(
    "Cette page et {other} disent la même chose dans le champ {field} : si c'est la même chose "
    "sous deux titres, réunissez-les sur une seule page.",
    "This page and {other} say the same in the field {field}: if they are one thing under two "
    "titles, bring them together on one page.",
)

# What more pages than that say alike was copied along with the form rather than the page.
_MOST_SHARING = 3
_SHORTEST, _FEWEST_WORDS = 40, 6  # of a text that nobody writes twice by chance
_SAME_ADDRESS = 0.5  # of the words of the titles, for pages of one address


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each page that is nearly this one."""
    page_type, own = record.page_type, str(record.page.title)
    if record.index or page_type.numbered or page_type.repeats or page_type.part_of:
        return
    said: dict[str, Finding] = {}
    for other in neighbours.alike(own, page_type.id):
        if not _is_below(own, other):
            said[other] = _finding(record, "", other, _TITLE.format(other=quoted(other)))
    for found in record.values.values():
        if found.field.unique != "content" or found.is_empty or not _tells(found):
            continue
        sharing = neighbours.sharing(page_type.id, found.field.id, unique_key(found.text))
        others = dict.fromkeys(title for title in sharing if title != own)
        for other in others if len(others) < _MOST_SHARING else ():
            if other in said or _is_below(own, other):
                continue
            if found.field.kind == "url" and overlap(own, other) < _SAME_ADDRESS:
                continue
            message = _CONTENT.format(other=quoted(other), field=label(found.field))
            said[other] = _finding(record, found.field.id, other, message)
    yield from said.values()


def _finding(record: Record, field_id: str, other: str, message: Text) -> Finding:
    return Finding(RULE.code, RULE.severity, record.page.title, field_id, other, message)


def _tells(found: FieldValue) -> bool:
    """Return whether two pages of that value are hardly two things."""
    if found.field.kind == "url":
        return "/" in unique_key(found.text)  # more than the home of whoever carries both
    if found.field.kind in ("text", "longtext"):
        return len(found.text) >= _SHORTEST and len(found.text.split()) >= _FEWEST_WORDS
    return True


def _is_below(one: str, other: str) -> bool:
    """Return whether one is a page below the other, as a translation is."""
    return one.startswith(f"{other}/") or other.startswith(f"{one}/")


RULE: Rule = rule_among(
    "COL101", "near-duplicate-page", "info", "none", "collection", find_among, __doc__, FR
)
