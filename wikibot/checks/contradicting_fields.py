"""What: Two fields that must hold the same value do not.

Why: The page says two things of one fact, and each list or count of the wiki believes one.

Example: «Candidat Appel à Communs» is «sélectionné» in one place and empty in the other.

Fix safety: Where one of the two is empty, copying the other is offered and unsafe: the filled
one may be the one that is out of date. Where both are filled there is no fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, holds_markup, rule
from wikibot.checks.reading import fold
from wikibot.checks.words import label, quoted
from wikibot.edits import FieldValue, Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Deux champs qui doivent contenir la même valeur diffèrent.

Pourquoi : La page dit deux choses d'un même fait, et chaque liste ou décompte du wiki en croit une.

Exemple : « Candidat Appel à Communs » vaut « sélectionné » à un endroit et rien à l'autre.

Correction : Si l'un des deux est vide, y copier l'autre est proposé, à confirmer : c'est peut-être
le champ rempli qui n'est plus à jour. Si les deux sont remplis, aucune.
"""

_ONE_EMPTY = Text(
    "Le champ {filled} contient {value} et le champ {empty} est vide, alors qu'ils disent la même "
    "chose : remplissez-le aussi, ou videz l'autre.",
    "The field {filled} holds {value} and the field {empty} is empty, though they say the same "
    "thing: fill it too, or empty the other.",
)
_DIFFER = Text(
    "Les champs {one} et {other} disent la même chose, mais contiennent {value} et {twin} : "
    "gardez la bonne valeur dans les deux.",
    "The fields {one} and {other} say the same thing but hold {value} and {twin}: keep the right "
    "value in both.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each pair tied by `same_as` that differs."""
    for found in record.values.values():
        field = found.field
        twin = record.values.get(field.same_as) if field.same_as else None
        if twin is None:
            continue
        order = list(record.values)
        if twin.field.same_as == field.id and order.index(field.id) > order.index(twin.field.id):
            continue  # said at the first of the two
        if found.is_empty and twin.is_empty:
            continue
        if found.is_empty or twin.is_empty:
            empty, full = (found, twin) if found.is_empty else (twin, found)
            yield finding(
                RULE,
                record,
                empty,
                _ONE_EMPTY.format(
                    filled=label(full.field), value=quoted(full.text), empty=label(empty.field)
                ),
                value=full.text,
                new=None if holds_markup(full) else full.wikitext,
            )
        elif _gist(found) != _gist(twin):
            yield finding(
                RULE,
                record,
                found,
                _DIFFER.format(
                    one=label(found.field),
                    other=label(twin.field),
                    value=quoted(found.text),
                    twin=quoted(twin.text),
                ),
            )


def _gist(found: FieldValue) -> set[str]:
    return {fold(item) or item for item in found.items}


RULE: Rule = rule("PAI101", "contradicting-fields", "warning", "unsafe", find, __doc__, FR)
