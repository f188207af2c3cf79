"""What: A field that every such page needs is empty.

Why: Readers miss what they came for, lists and counts pass over the page, and a commons without
an open licence does not meet the conditions of the call.

Example: `|licence=`, or no `licence` at all.

Fix safety: There is no fix: only a person knows what belongs there.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un champ dont toute page de ce type a besoin est vide.

Pourquoi : Le lecteur ne trouve pas ce qu'il cherche, les listes et les décomptes passent la page,
et un commun sans licence ouverte ne remplit pas les conditions de l'appel.

Exemple : `|licence=`, ou pas de `licence` du tout.

Correction : Aucune : seule une personne sait ce qu'il faut y écrire.
"""

_EMPTY = Text("Le champ {field} est vide.{help}", "The field {field} is empty.{help}")
_PLACEHOLDER = Text(
    "Le champ {field} ne contient que {value}, qui ne dit rien.{help}",
    "The field {field} holds only {value}, which says nothing.{help}",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each required field that holds nothing, or only a placeholder."""
    for found in record.values.values():
        field = found.field
        if not field.required or field.computed or not found.is_empty:
            continue
        if found.text and field.kind == "file":
            continue  # placeholder-image says it better
        advice = Text(f" {field.help.fr}", f" {field.help.en}") if field.help else Text("", "")
        yield finding(
            RULE,
            record,
            found,
            (_PLACEHOLDER if found.text else _EMPTY).format(
                field=label(field), value=quoted(found.text), help=advice
            ),
            severity=field.required,
        )


RULE: Rule = rule("REQ101", "required-field", "error", "none", find, __doc__, FR)
