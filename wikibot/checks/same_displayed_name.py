"""What: A page shows itself under the name of another page of its type.

Why: In a list the two cannot be told apart: the reader opens one and takes it for the other.

Example: `|Titre=Atlas des haies` on a page, and another page that is called so.

Fix safety: There is no fix: which of the two keeps the name, only a person knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.words import label, listed, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une page s'affiche sous le nom d'une autre page de son type.

Pourquoi : Dans une liste, rien ne distingue les deux : le lecteur ouvre l'une et croit lire
l'autre.

Exemple : `|Titre=Atlas des haies` sur une page, et une autre page qui s'appelle ainsi.

Correction : Aucune : laquelle des deux garde ce nom, seule une personne le sait.
"""

_MESSAGE = Text(
    "Le champ {field} affiche cette page sous le nom {value}, qui est aussi celui de {others} : "
    "donnez-lui un nom qui les distingue.",
    "The field {field} shows this page under the name {value}, which is that of {others} too: "
    "give it a name that tells them apart.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for a name that another page of the type bears."""
    own = str(record.page.title)
    if record.index or record.page_type.repeats:
        return
    for found in record.values.values():
        if found.field.unique != "name" or found.is_empty:
            continue
        called = neighbours.shown_as(record.page_type.id, found.text)
        others = sorted({title for title in called if title != own})
        if others:
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(
                    field=label(found.field), value=quoted(found.text), others=listed(others)
                ),
            )


RULE: Rule = rule_among(
    "COL104", "same-displayed-name", "warning", "none", "collection", find_among, __doc__, FR
)
