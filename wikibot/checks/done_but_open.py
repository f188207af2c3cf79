"""What: An entry is in the last column of the board and has not been closed.

Why: The board keeps what is done until somebody closes it: after some months the last column is
all that one sees.

Example: `|LABEL=Label:Fait` with `|ACTION_STATUS=Open`.

Fix safety: Closing it is offered and unsafe: one may wish to show for a while what was done.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.boards import columns_of, is_open, labels
from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import encoded
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.edits.boards import closing_status
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une action est dans la dernière colonne du tableau et n'a pas été close.

Pourquoi : Le tableau garde ce qui est fait jusqu'à ce que quelqu'un le close : au bout de quelques
mois, on ne voit plus que la dernière colonne.

Exemple : `|LABEL=Label:Fait` avec `|ACTION_STATUS=Open`.

Correction : La clore est proposé, à confirmer : on peut vouloir montrer quelque temps ce qui a été
fait.
"""

_MESSAGE = Text(
    "Cette page est dans la dernière colonne, {column}, et reste au tableau tant que le champ "
    "{field} n'est pas changé. Si tout est terminé, écrivez-y {closed}.",
    "This page is in the last column, {column}, and stays on the board until the field {field} is "
    "changed. If all is done, write {closed} there.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for an open entry whose one column is the last."""
    board = record.page_type.board
    if board is None or labels(record, board) is None or not is_open(record, board, mapping):
        return
    if board.status is None:
        return
    status = record.values[board.status]
    closed = closing_status(board, mapping.vocabulary(status.field))
    if closed is None or not status.is_plain or len(board.columns) < 2:
        return
    if status.parameter is not None and not status.wikitext:
        return  # an empty line puts the entry on no board at all
    if columns_of(record, board, mapping) == board.columns[-1:]:
        yield finding(
            RULE,
            record,
            status,
            _MESSAGE.format(
                column=quoted(board.columns[-1]), field=label(status.field), closed=quoted(closed)
            ),
            new=encoded(closed),
        )


RULE: Rule = rule("ACT104", "done-but-open", "info", "unsafe", find, __doc__, FR)
