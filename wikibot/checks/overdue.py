"""What: The due date of an entry of the board is over, and the entry is not closed.

Why: Either the work is done and nobody has said so, or it waits for somebody to take it up again
or to give it another date. A board full of past dates is no longer read.

Example: `|DUE_DATE=2026-03-01` with `|ACTION_STATUS=Open`, in November 2026.

Fix safety: There is no fix: whether it is done, late or given up, only a person can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wikibot.checks.boards import columns_of, is_closed
from wikibot.checks.due_without_day import last_day
from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.edits.dates import read_date
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : L'échéance d'une action du tableau est passée, et l'action n'est pas close.

Pourquoi : Ou bien l'action est faite et personne ne l'a dit, ou bien elle attend que quelqu'un la
reprenne ou lui donne une autre date. Un tableau plein de dates passées n'est plus lu.

Exemple : `|DUE_DATE=2026-03-01` avec `|ACTION_STATUS=Open`, en novembre 2026.

Correction : Aucune : si l'action est faite, en retard ou abandonnée, seule une personne peut le
dire.
"""

_MESSAGE = Text(
    "La date du champ {field}, {value}, est passée et la page est toujours au tableau : si c'est "
    "fait, mettez-la dans la dernière colonne ou fermez-la ; sinon, donnez-lui une autre date.",
    "The date of the field {field}, {value}, is over and the page is still on the board: if it is "
    "done, move it to the last column or close it; if not, give it another date.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for an entry that was due before today."""
    board, today = record.page_type.board, neighbours.today
    if board is None or board.due is None or today is None:
        return
    if is_overdue(record, mapping, today):
        found = record.values[board.due]
        message = _MESSAGE.format(field=label(found.field), value=quoted(found.text))
        yield finding(RULE, record, found, message)


def is_overdue(record: Record, mapping: Mapping, today: date) -> bool:
    """Return whether an entry that is neither done nor closed was due before `today`.

    A month or a year is over after its last day. A date that could be two (03/04/2026) or none
    makes nothing overdue: other rules ask for it to be written anew.
    """
    board = record.page_type.board
    found = record.values.get(board.due) if board and board.due else None
    if board is None or found is None or is_closed(record, board, mapping):
        return False
    if columns_of(record, board, mapping) == board.columns[-1:]:
        return False
    return any(day < today for day in map(_day, found.items) if day)


def _day(text: str) -> date | None:
    reading = read_date(text)
    if reading.state not in ("right", "one"):
        return None
    written = last_day(text) or reading.new or " ".join(text.split())
    return date.fromisoformat(written[:10])


RULE: Rule = rule_among("ACT112", "overdue", "info", "none", "titles", find_among, __doc__, FR)
