"""What: A field for one number holds several.

Why: The wiki joins them into one wrong number or rejects them all, and every sum of the wiki is
wrong with it.

Example: `|montant=41320, 37500`, which a French wiki reads as 41320.375.

Fix safety: There is no fix: whether the first counts, or the sum, a person has to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.numbers import read, taken_for
from wikibot.checks.reading import plain
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un champ prévu pour un seul nombre en contient plusieurs.

Pourquoi : Le wiki les réunit en un nombre faux ou les refuse tous, et toutes ses sommes deviennent
fausses avec eux.

Exemple : `|montant=41320, 37500`, qu'un wiki en français lit 41320,375.

Correction : Aucune : si le premier compte ou si c'est la somme, une personne doit le dire.
"""

NUMBERS: frozenset[Kind] = frozenset({"number", "amount"})

_MESSAGE = Text(
    "Le champ {field} n'attend qu'un nombre et en contient {count}, {value}{read} : gardez celui "
    "qui compte et décrivez les autres dans un champ de texte.",
    "The field {field} expects one number and holds {count}, {value}{read}: keep the one that "
    "counts and describe the others in a field for text.",
)
_JOINED = Text(", que le wiki lit {number}", ", which the wiki reads as {number}")


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each single number field with more than one number."""
    decimal = decimal_sign(mapping)
    for found in plain(record, NUMBERS):
        if found.field.many:
            continue
        reading = read(found.text, decimal, money=found.field.kind == "amount")
        if reading.state == "several":
            number = taken_for(found.text, decimal)
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(
                    field=label(found.field),
                    count=reading.count,
                    value=quoted(found.text),
                    read=_JOINED.format(number=number) if number else Text("", ""),
                ),
            )


def decimal_sign(mapping: Mapping) -> str:
    """Return the decimal sign of the wiki's language."""
    return "," if mapping.wiki.language == "fr" else "."


RULE: Rule = rule("VAL101", "several-amounts", "error", "none", find, __doc__, FR)
