"""What: A term is written with other capitals, accents or signs than its own.

Why: To the wiki it is another value: lists and counts by the term miss the page.

Example: `|challenge=f - batiment` for `F- Bâtiment`.

Fix safety: Safe: the letters are those of one term alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import replaced
from wikibot.checks.terms import is_obsolete, standing
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un terme est écrit avec d'autres majuscules, accents ou signes que les siens.

Pourquoi : Pour le wiki, c'est une autre valeur : les listes et les décomptes du terme passent la
page.

Exemple : `|challenge=f - batiment` pour `F- Bâtiment`.

Correction : Sûre : ces lettres sont celles d'un seul terme.
"""

_MESSAGE = Text(
    "Dans le champ {field}, {value} s'écrit {term}.",
    "In the field {field}, {value} is written {term}.",
)
_INVISIBLE = Text(
    "Dans le champ {field}, {value} contient un espace particulier ou un signe invisible : pour le "
    "wiki, ce n'est plus le même terme. Écrivez-le avec des espaces ordinaires.",
    "In the field {field}, {value} holds a special blank or an invisible sign: to the wiki it is "
    "no longer the same term. Write it with ordinary blanks.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each item that is a label but for case, accents and signs."""
    for found, vocabulary, odd in record.odd_terms:
        for item in odd:
            how, term = standing(item, vocabulary)
            if how == "spelling" and term and not is_obsolete(term, vocabulary):
                shown, right = quoted(item), quoted(term.label)
                yield finding(
                    RULE,
                    record,
                    found,
                    (_INVISIBLE if shown == right else _MESSAGE).format(
                        value=shown, term=right, field=label(found.field)
                    ),
                    value=item,
                    new=replaced(found, item, [term.label]),
                    safe=True,
                )


RULE: Rule = rule("VOC103", "term-spelling", "warning", "safe", find, __doc__, FR)
