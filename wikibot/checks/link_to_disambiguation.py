"""What: A field names a page that only lists several pages of one name.

Why: The reader comes to a choice instead of the page, and none of the pages listed knows that this
one names it.

Example: `|communs_proches=Atlas` where the page lists an atlas of hedges and one of wells.

Fix safety: There is no fix: which of them is meant, only a person knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.links import pages_named
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un champ nomme une page qui ne fait que lister plusieurs pages du même nom.

Pourquoi : Le lecteur arrive devant un choix au lieu de la page, et aucune des pages listées ne sait
que celle-ci la nomme.

Exemple : `|communs_proches=Atlas` alors que cette page liste un atlas des haies et un des puits.

Correction : Aucune : laquelle est voulue, seule une personne le sait.
"""

_MESSAGE = Text(
    "Le champ {field} nomme {value}, une page d'homonymie : nommez celle des pages qu'elle liste.",
    "The field {field} names {value}, a disambiguation page: name the one that is meant of those "
    "it lists.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each disambiguation page named, directly or through a redirect."""
    for named in pages_named(record, neighbours.namespaces):
        standing = neighbours.of(neighbours.resolved(named.title))
        if standing and standing.there and standing.disambiguation:
            message = _MESSAGE.format(field=label(named.found.field), value=quoted(named.item))
            yield finding(RULE, record, named.found, message, value=named.item)


RULE: Rule = rule_among(
    "LNK103", "link-to-disambiguation", "warning", "none", "titles", find_among, __doc__, FR
)
