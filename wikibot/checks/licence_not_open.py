"""What: The licence is not an open one.

Why: A commons may be used, changed and passed on by anybody, for any purpose. A licence that
forbids sales or changes does not allow that, and does not meet the conditions of the call.

Example: `|licence=Creative Commons BY NC 4.0`.

Fix safety: There is no fix: another licence is a decision of all who hold rights in the work.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.terms import meant, standing
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : La licence n'est pas une licence ouverte.

Pourquoi : Chacun peut utiliser, modifier et transmettre un commun, pour tout usage. Une licence qui
interdit la vente ou la modification ne le permet pas, et ne remplit pas les conditions de l'appel.

Exemple : `|licence=Creative Commons BY NC 4.0`.

Correction : Aucune : changer de licence se décide avec toutes les personnes qui ont des droits sur
le travail.
"""

_MESSAGE = Text(
    "Dans le champ {field}, {value} ne convient pas à un commun. {why} Voyez avec les auteurs "
    "s'ils peuvent en choisir une autre.",
    "In the field {field}, {value} does not suit a commons. {why} See with the authors whether "
    "they can choose another.",
)
_WHY = Text("Ce n'est pas une licence ouverte.", "It is no open licence.")


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each licence that its vocabulary says is not open."""
    for found, vocabulary in record.plain_terms:
        for item, term in meant(found, vocabulary):
            if term.open is not False:
                continue
            shown = item if standing(item, vocabulary)[1] else term.label
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(
                    field=label(found.field),
                    value=quoted(shown),
                    why=term.note.text if term.note else _WHY,
                ),
                value=shown,
            )


RULE: Rule = rule("LIC101", "licence-not-open", "warning", "none", find, __doc__, FR)
