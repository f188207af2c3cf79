"""What: No label of an entry is a column of the board.

Why: The board has a column for some labels only: an entry with none of them is on no board, and
nobody works on it.

Example: `|LABEL=Label:Urgent` alone.

Fix safety: There is no fix: only who knows the work can tell how it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.boards import columns_of, is_closed, labels
from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import either, label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Aucune étiquette d'une action n'est une colonne du tableau.

Pourquoi : Le tableau n'a de colonne que pour certaines étiquettes : une action qui n'en porte
aucune n'est sur aucun tableau, et personne ne s'en occupe.

Exemple : `|LABEL=Label:Urgent` seul.

Correction : Aucune : seule une personne qui suit l'action sait où elle en est.
"""

_OTHERS = Text(
    "Dans le champ {field}, {value} n'est pas une colonne du tableau : personne n'y verra cette "
    "page. Ajoutez celle où elle en est, {columns}.",
    "In the field {field}, {value} is no column of the board: nobody will see this page there. "
    "Add the one where it stands, {columns}.",
)
_NONE = Text(
    "Le champ {field} est vide : cette page n'est dans aucune colonne du tableau. Écrivez-y celle "
    "où elle en est, {columns}.",
    "The field {field} is empty: this page is in no column of the board. Write the one where it "
    "stands, {columns}.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for an entry that is in no column; a required field says so itself."""
    board = record.page_type.board
    found = labels(record, board) if board else None
    if board is None or found is None or is_closed(record, board, mapping):
        return
    if (found.is_empty and found.field.required) or columns_of(record, board, mapping):
        return
    yield finding(
        RULE,
        record,
        found,
        (_OTHERS if found.text else _NONE).format(
            field=label(found.field), value=quoted(found.text), columns=either(board.columns)
        ),
    )


RULE: Rule = rule("ACT101", "no-column", "warning", "none", find, __doc__, FR)
