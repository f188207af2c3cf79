"""What: An entry has the labels of two columns.

Why: It stands in both and counts in both: the board says that there is more to do than there is,
and nobody knows how the entry stands.

Example: `|LABEL=Label:A faire, Label:En cours`.

Fix safety: Keeping the column furthest on is offered and unsafe: the other label is often one
that was left behind, but the work may have gone back.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.boards import columns_of, is_closed, labels
from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import without
from wikibot.checks.words import label, listed
from wikibot.edits import Record
from wikibot.edits.boards import column_meant
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une action porte les étiquettes de deux colonnes.

Pourquoi : Elle figure dans les deux et compte dans les deux : le tableau annonce plus à faire qu'il
n'y en a, et personne ne sait où en est l'action.

Exemple : `|LABEL=Label:A faire, Label:En cours`.

Correction : Garder la colonne la plus avancée est proposé, à confirmer : l'autre étiquette a
souvent été oubliée, mais le travail a pu revenir en arrière.
"""

_MESSAGE = Text(
    "Le champ {field} nomme {count} colonnes du tableau, {columns} : la page compte dans chacune. "
    "Gardez celle où elle en est.",
    "The field {field} names {count} columns of the board, {columns}: the page counts in each. "
    "Keep the one where it stands.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for an entry on the board whose labels mean several columns."""
    board = record.page_type.board
    found = labels(record, board) if board else None
    if board is None or found is None or is_closed(record, board, mapping):
        return
    columns = columns_of(record, board, mapping)
    if len(columns) < 2:
        return
    vocabulary = mapping.vocabulary(found.field)
    earlier = [
        item for item in found.items if column_meant(item, board, vocabulary) in columns[:-1]
    ]
    yield finding(
        RULE,
        record,
        found,
        _MESSAGE.format(field=label(found.field), count=len(columns), columns=listed(columns)),
        value=", ".join(columns),
        new=without(found, earlier),
    )


RULE: Rule = rule("ACT103", "two-columns", "warning", "unsafe", find, __doc__, FR)
