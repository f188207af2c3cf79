"""What: A page does not name another one that names it, in a field whose pages name each other.

Why: Whoever reads this page does not learn of the other, and the two disagree on whether they are
related.

Example: `|communs_proches=` on a page that another names in its own `communs_proches`.

Fix safety: Adding the other page is offered and unsafe: it may be the one that is to take the name
out.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.links import is_readable, title_named
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.reading import joined, loose
from wikibot.checks.words import label, quoted
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une page n'en nomme pas une autre qui la nomme, dans un champ où les pages se nomment
l'une l'autre.

Pourquoi : Qui lit cette page n'apprend rien de l'autre, et les deux ne disent pas la même chose de
leur lien.

Exemple : `|communs_proches=` sur une page qu'une autre nomme dans ses propres `communs_proches`.

Correction : Ajouter l'autre page est proposé, à confirmer : c'est peut-être à elle de retirer le
nom.
"""

_MESSAGE = Text(
    "La page {other} nomme celle-ci dans son champ {field}, mais celle-ci ne la nomme pas en "
    "retour : ajoutez-la, si le lien est juste.",
    "The page {other} names this one in its field {field}, and this one does not name it in "
    "return: add it, if the two do go together.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each page that names this one and is not named by it."""
    if record.index:
        return
    own = str(record.page.title)
    for found in record.values.values():
        if not found.field.mutual or found.field.computed or not is_readable(found):
            continue
        naming = neighbours.naming(own, found.field.id)
        if not naming:
            continue
        named = {
            neighbours.resolved(title)
            for title in (title_named(item, neighbours.namespaces) for item in found.items)
            if title is not None
        }
        meant = {loose(title) for title in (*named, *found.items)}
        for other in naming:
            if other != own and other not in named and loose(other) not in meant:
                yield finding(
                    RULE,
                    record,
                    found,
                    _MESSAGE.format(other=quoted(other), field=label(found.field)),
                    value=other,
                    new=_with(found, other),
                    keeps_markup=found.field.many,
                )


def _with(found: FieldValue, other: str) -> str | None:
    if found.field.many:
        return joined([*found.items, other], found)
    return None if found.text else other


RULE: Rule = rule_among(
    "PAI102", "inverse-missing", "info", "unsafe", "collection", find_among, __doc__, FR
)
