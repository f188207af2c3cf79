"""What: A page does not name another one that names it, in fields whose pages name each other.

Why: Whoever reads this page does not learn of the other, and the two disagree on whether they are
related.

Example: `|communs_proches=` on a page that another names in its own `communs_proches`.

Fix safety: Adding the other page is offered and unsafe: it may be the one that is to take the name
out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.links import is_readable
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.reading import joined, loose
from wikibot.checks.words import label, quoted
from wikibot.edits import FieldValue, Record
from wikibot.edits.titles import title_named
from wikibot.language import Text
from wikibot.mapping import Field, Mapping

FR = """Quoi : Une page n'en nomme pas une autre qui la nomme, dans des champs où elles se nomment
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
    for field_id, naming_fields in mapping.named_back(record.page_type).items():
        found = record.values[field_id]
        naming = _naming(own, naming_fields, mapping, neighbours)
        if not naming or found.field.computed or not is_readable(found):
            continue
        named = {
            neighbours.resolved(title)
            for title in (title_named(item, neighbours.namespaces) for item in found.items)
            if title is not None
        }
        meant = {loose(title) for title in (*named, *found.items)}
        for other, named_there in naming.items():
            if other != own and other not in named and loose(other) not in meant:
                yield finding(
                    RULE,
                    record,
                    found,
                    _MESSAGE.format(other=quoted(other), field=label(named_there)),
                    value=other,
                    new=_with(found, other),
                    keeps_markup=found.field.many,
                )


def _naming(
    own: str, fields: Iterable[tuple[str, str]], mapping: Mapping, neighbours: Neighbours
) -> dict[str, Field]:
    """Return the pages that name this one in one of the fields, each with that field."""
    naming: dict[str, Field] = {}
    for type_id, field_id in fields:
        page_type = mapping.page_type(type_id)
        field = page_type.field(field_id) if page_type else None
        for other in neighbours.naming(own, field_id) if field else ():
            if field and type_id in neighbours.types_of(other):
                naming.setdefault(other, field)
    return naming


def _with(found: FieldValue, other: str) -> str | None:
    if found.field.many:
        return joined([*found.items, other], found)
    return None if found.text else other


RULE: Rule = rule_among(
    "PAI102", "inverse-missing", "info", "unsafe", "collection", find_among, __doc__, FR
)
