"""What: Nobody is named to take care of an entry of the board.

Why: What is everybody's is nobody's: such an entry stays where it is, and who would help does not
know whom to ask.

Example: An action of the column «Label:A faire» without `|ASSIGNED_TO=`.

Fix safety: There is no fix: only a person can say who takes care of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.boards import columns_of, is_closed
from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Personne n'est nommé pour s'occuper d'une action du tableau.

Pourquoi : Ce qui est à tous n'est à personne : une telle action reste où elle est, et qui voudrait
aider ne sait pas à qui s'adresser.

Exemple : Une action de la colonne « Label:A faire » sans `|ASSIGNED_TO=`.

Correction : Aucune : seule une personne peut dire qui s'en occupe.
"""

_MESSAGE = Text(
    "Le champ {field} est vide : personne ne sait qui s'en occupe. Écrivez-y au moins un nom.",
    "The field {field} is empty: nobody knows who takes care of it. Write at least one name there.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for an entry still to be done whose fields of people are all empty."""
    board = record.page_type.board
    if board is None or is_closed(record, board, mapping):
        return
    people = [f for f in record.values.values() if f.field.kind == "user" and not f.field.computed]
    if not people or not all(f.is_empty and not f.field.required for f in people):
        return
    if columns_of(record, board, mapping) != board.columns[-1:]:
        yield finding(RULE, record, people[0], _MESSAGE.format(field=label(people[0].field)))


RULE: Rule = rule("ACT106", "nobody-assigned", "info", "none", find, __doc__, FR)
