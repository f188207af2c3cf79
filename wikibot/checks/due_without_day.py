"""What: The due date of an entry has no day.

Why: The wiki can read a month or a year, but its form cannot: the next time somebody saves the
entry there, `2027-04` becomes `2027-04-00`. And nobody knows on which day the work is late.

Example: `|DUE_DATE=2027-04`, or `avril 2027`.

Fix safety: The last day of the month or of the year is offered and unsafe: only who set the date
knows which day was meant.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.edits.dates import read_date
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : L'échéance d'une action n'a pas de jour.

Pourquoi : Le wiki sait lire un mois ou une année, mais pas son formulaire : la prochaine fois que
quelqu'un y enregistrera l'action, `2027-04` deviendra `2027-04-00`. Et personne ne sait quel jour
l'action est en retard.

Exemple : `|DUE_DATE=2027-04`, ou `avril 2027`.

Correction : Le dernier jour du mois ou de l'année est proposé, à confirmer : seule la personne qui
a fixé la date sait quel jour elle voulait dire.
"""

_MESSAGE = Text(
    "Dans le champ {field}, {value} n'a pas de jour, et le formulaire l'abîmera. Écrivez un jour "
    "précis, par exemple {new}.",
    "In the field {field}, {value} has no day, and the form will spoil it. Write a precise day, "
    "such as {new}.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each due date that is a month or a year, however written."""
    board = record.page_type.board
    found = record.values.get(board.due) if board and board.due else None
    if found is None or found.field.computed or not found.is_plain:
        return
    for item in dict.fromkeys(found.items):
        last = last_day(item)
        if last:
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(field=label(found.field), value=quoted(item), new=last),
                value=item,
                new=replaced(found, item, [last]),
            )


def last_day(text: str) -> str | None:
    """Return the last day of the month or the year that `text` names; None for anything else."""
    reading = read_date(text)
    if reading.state not in ("right", "one"):
        return None
    parts = (reading.new or text.strip()).split("-")
    if len(parts) > 2 or not all(part.isdigit() for part in parts):
        return None
    year, month = int(parts[0]), int(parts[1]) if len(parts) == 2 else 12
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


RULE: Rule = rule("ACT109", "due-without-day", "warning", "unsafe", find, __doc__, FR)
