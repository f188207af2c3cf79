"""What: The label of a column is written without its prefix.

Why: A label is a page, and its prefix is a part of its title: without it the wiki looks for a
page of another kind, and the entry is on no board.

Example: `|LABEL=A faire` for `Label:A faire`.

Fix safety: Safe: one column alone has that name.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.boards import labels
from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.edits.boards import bare_column
from wikibot.language import Text
from wikibot.mapping import Field, Mapping

FR = """Quoi : L'étiquette d'une colonne est écrite sans son préfixe.

Pourquoi : Une étiquette est une page, et son préfixe fait partie de son titre : sans lui, le wiki
cherche une page d'une autre sorte, et l'action n'est sur aucun tableau.

Exemple : `|LABEL=A faire` pour `Label:A faire`.

Correction : Sûre : une seule colonne porte ce nom.
"""

_MESSAGE = Text(
    "Dans le champ {field}, écrivez {column} au lieu de {value} : sans ce début, la page n'est "
    "dans aucune colonne du tableau.",
    "In the field {field}, write {column} instead of {value}: without that beginning, the page is "
    "in no column of the board.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each label that is a column but for its prefix."""
    board = record.page_type.board
    found = labels(record, board) if board else None
    if found is None:
        return
    for item in dict.fromkeys(found.items):
        column = prefixed(item, record, found.field)
        if column:
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(
                    field=label(found.field), column=quoted(column), value=quoted(item)
                ),
                value=item,
                new=replaced(found, item, [column]),
                safe=True,
            )


def prefixed(item: str, record: Record, field: Field) -> str | None:
    """Return the column that an item of this field is without its prefix, else None."""
    board = record.page_type.board
    if board is None or field.id != board.column or item in board.columns:
        return None
    return bare_column(item, board)


RULE: Rule = rule("ACT102", "label-without-prefix", "warning", "safe", find, __doc__, FR)
