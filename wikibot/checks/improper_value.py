"""What: The wiki itself could not read a value of this page.

Why: Semantic MediaWiki keeps nothing of such a value, and says so at most by a small sign: queries
and tables do not have it.

Example: `|montant=beaucoup` where the property of the field is a number.

Fix safety: There is no fix: the wiki says what it cannot read, not what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wikibot.checks.cards import Improper
from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.words import label, quoted
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.title import canonical_name

FR = """Quoi : Le wiki lui-même n'a pas su lire une valeur de cette page.

Pourquoi : Semantic MediaWiki ne retient rien d'une telle valeur, et ne le dit au mieux que par un
petit signe : les requêtes et les tableaux ne l'ont pas.

Exemple : `|montant=beaucoup` alors que l'attribut du champ est un nombre.

Correction : Aucune : le wiki dit ce qu'il ne sait pas lire, pas ce qu'on a voulu écrire.
"""

_VALUE = Text(
    "Le wiki n'a pas su lire {value} dans le champ {field} (attribut {property}) : il n'en retient "
    "rien. Corrigez la valeur, ou parlez-en à qui tient les attributs du wiki.",
    "The wiki could not read {value} in the field {field} (property {property}): it keeps nothing "
    "of it. Mend the value, or ask whoever looks after the properties of the wiki.",
)
_ELSEWHERE = Text(
    "Le wiki n'a pas su lire une valeur de l'attribut {property} sur cette page : il n'en retient "
    "rien. Aucun champ de la fiche ne la contient : cherchez-la dans le texte ou dans le modèle.",
    "The wiki could not read a value of the property {property} on this page: it keeps nothing of "
    "it. No field of the sheet holds it: look for it in the text or in the template.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each field with such a value, and for each property of no field.

    Of several calls of one template the first is meant, unless the page may have several.
    """
    title = str(record.page.title)
    said: set[tuple[str, str]] = set()
    if record.index and not record.page_type.repeats:
        return
    for improper in neighbours.improper.get(title, ()):
        found, value, sure = _place_of(improper, record)
        place = (found.field.id if found else improper.property, value)
        if place in said or (record.index and not sure):
            continue
        said.add(place)
        shown = quoted(improper.property)
        if found is not None:
            message = _VALUE.format(value=quoted(value), field=label(found.field), property=shown)
            yield finding(RULE, record, found, message, value=value)
        elif _is_for_this_type(improper, record, mapping, neighbours.types_of(title)):
            message = _ELSEWHERE.format(property=shown)
            yield Finding(RULE.code, RULE.severity, record.page.title, "", value, message)


def _is_for_this_type(
    improper: Improper, record: Record, mapping: Mapping, types: Sequence[str]
) -> bool:
    """Return whether no other sheet of the page has the property, and this one comes first."""
    others = (mapping.page_type(type_id) for type_id in types if type_id != record.page_type.id)
    return types[:1] in ((), (record.page_type.id,)) and not any(
        _same(field.property, improper.property) for each in others if each for field in each.fields
    )


def _place_of(improper: Improper, record: Record) -> tuple[FieldValue | None, str, bool]:
    """Return the field of the property, the value in it, and whether it surely is that one.

    Without such a field, the name of the property stands for the value.
    """
    of_property = [
        found
        for found in record.values.values()
        if found.text and _same(found.field.property, improper.property)
    ]
    for found in of_property:
        held = [item for item in found.items if item in improper.told]
        if held:
            return found, max(held, key=len), True
    if of_property:
        return of_property[0], of_property[0].text, False
    return None, improper.property, False


def _same(one: str | None, other: str) -> bool:
    return one is not None and canonical_name(one) == canonical_name(other)


RULE: Rule = rule_among(
    "SMW101", "improper-value", "warning", "none", "collection", find_among, __doc__, FR
)
