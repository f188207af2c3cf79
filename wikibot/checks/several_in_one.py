"""What: A field for one term holds several.

Why: The wiki takes all of it for one value, which is in no list and no count.

Example: `|niveau=Idée, Prototype` where one level is expected.

Fix safety: There is no fix: which of them is right, a person has to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.terms import standing, terms_within
from wikibot.checks.words import label, listed
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un champ prévu pour un seul terme en contient plusieurs.

Pourquoi : Le wiki prend le tout pour une seule valeur, qui n'est dans aucune liste ni aucun
décompte.

Exemple : `|niveau=Idée, Prototype` là où un seul niveau est attendu.

Correction : Aucune : lequel est le bon, c'est à une personne de le dire.
"""

_MESSAGE = Text(
    "Le champ {field} n'attend qu'une valeur et en contient {count}, {values} : gardez la bonne.",
    "The field {field} expects one value and holds {count}, {values}: keep the right one.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each single field whose value is several known terms."""
    for found, vocabulary, _ in record.odd_terms:
        if found.field.many or standing(found.text, vocabulary)[1]:
            continue
        terms = [term.label for term in terms_within(found.text, vocabulary)]
        if terms:
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(field=label(found.field), count=len(terms), values=listed(terms)),
            )


RULE: Rule = rule("LST109", "several-in-one", "error", "none", find, __doc__, FR)
