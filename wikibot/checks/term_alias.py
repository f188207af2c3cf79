"""What: A value is another name of a term.

Why: Pages are found and counted by the term's own name: the same thing under two names is two
things to the wiki.

Example: `|licence=CC BY-SA 4.0` where the vocabulary says `Creative Commons BY SA 4.0`.

Fix safety: Safe: the vocabulary itself names the one term that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.label_without_prefix import prefixed
from wikibot.checks.reading import replaced
from wikibot.checks.terms import is_obsolete, standing
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une valeur est un autre nom d'un terme.

Pourquoi : Les pages se trouvent et se comptent par le nom du terme : la même chose sous deux noms
en est deux pour le wiki.

Exemple : `|licence=CC BY-SA 4.0` alors que le vocabulaire dit `Creative Commons BY SA 4.0`.

Correction : Sûre : le vocabulaire lui-même nomme le seul terme possible.
"""

_MESSAGE = Text(
    "Dans le champ {field}, écrivez {term} au lieu de {value}, qui en est un autre nom.",
    "In the field {field}, write {term} instead of {value}, which is another name of it.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each item that is an alias or the code of a term."""
    for found, vocabulary, odd in record.odd_terms:
        for item in odd:
            how, term = standing(item, vocabulary)
            if prefixed(item, record, found.field):
                continue  # label-without-prefix says what comes of it
            if how == "alias" and term and not is_obsolete(term, vocabulary):
                yield finding(
                    RULE,
                    record,
                    found,
                    _MESSAGE.format(
                        value=quoted(item), term=quoted(term.label), field=label(found.field)
                    ),
                    value=item,
                    new=replaced(found, item, [term.label]),
                    safe=True,
                )


RULE: Rule = rule("VOC102", "term-alias", "warning", "safe", find, __doc__, FR)
