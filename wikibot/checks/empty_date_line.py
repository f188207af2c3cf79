"""What: The line of the due date is there, with nothing behind the sign «=».

Why: The board sorts its entries by that date: it counts such an entry at the head of the column
and does not show it below. Nobody finds the one that is missing.

Example: `|DUE_DATE=` with nothing behind it.

Fix safety: There is no fix: an empty line and none are the same to wikibot. Writing a date, or
saving the entry once in its form, takes the empty line away.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : La ligne de l'échéance est là, sans rien après le signe « = ».

Pourquoi : Le tableau trie les actions par cette date : il compte une telle action en haut de la
colonne et ne la montre pas en dessous. Personne ne trouve celle qui manque.

Exemple : `|DUE_DATE=` sans rien derrière.

Correction : Aucune : une ligne vide ou pas de ligne, c'est la même chose pour wikibot. Écrire une
date, ou enregistrer une fois l'action dans son formulaire, fait partir la ligne vide.
"""

_MESSAGE = Text(
    "La ligne du champ {field} est là, mais vide : le tableau compte cette page sans la montrer. "
    "Écrivez-y une date, ou ouvrez la page dans son formulaire et enregistrez-la : la ligne vide "
    "partira.",
    "The line of the field {field} is there but empty: the board counts this page and does not "
    "show it. Write a date there, or open the page in its form and save it: the empty line will "
    "go.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for a due date whose parameter is there and empty."""
    board = record.page_type.board
    found = record.values.get(board.due) if board and board.due else None
    if found is None or found.field.computed or found.field.required:
        return
    if found.parameter is not None and not found.wikitext:
        yield finding(RULE, record, found, _MESSAGE.format(field=label(found.field)))


RULE: Rule = rule("ACT110", "empty-date-line", "warning", "none", find, __doc__, FR)
