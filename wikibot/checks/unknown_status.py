"""What: The status of an entry is none that the board knows.

Why: The board looks for one word exactly. An entry with another one, or with an empty line where
the status should stand, is on no board: neither among the open ones nor among the closed.

Example: `|ACTION_STATUS=En pause`, or `|ACTION_STATUS=` with nothing behind it.

Fix safety: Writing the status that looks like it, or the one of the board in an empty line, is
offered and unsafe: the entry may have been meant to be closed.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import encoded, is_free
from wikibot.checks.terms import standing, suggested
from wikibot.checks.words import either, label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Field, Mapping

FR = """Quoi : Le statut d'une action n'est pas de ceux que le tableau connaît.

Pourquoi : Le tableau cherche un mot exact. Une action qui en porte un autre, ou une ligne vide à la
place du statut, n'est sur aucun tableau : ni parmi les ouvertes, ni parmi les closes.

Exemple : `|ACTION_STATUS=En pause`, ou `|ACTION_STATUS=` sans rien derrière.

Correction : Écrire le statut qui y ressemble, ou celui du tableau dans une ligne vide, est proposé,
à confirmer : l'action devait peut-être être close.
"""

_OTHER = Text(
    "Le champ {field} contient {value}, que le tableau ne connaît pas : la page n'est sur aucun "
    "tableau. Écrivez {terms}, exactement ainsi.",
    "The field {field} holds {value}, which the board does not know: the page is on no board. "
    "Write {terms}, exactly so.",
)
_EMPTY = Text(
    "La ligne du champ {field} est là, mais vide : la page n'est sur aucun tableau. Écrivez-y "
    "{terms}.",
    "The line of the field {field} is there but empty: the page is on no board. Write {terms} "
    "there.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for a status that is no term of its closed vocabulary, or an empty line."""
    board = record.page_type.board
    found = record.values[board.status] if board and board.status else None
    if board is None or found is None or found.field.computed or not found.is_plain:
        return
    vocabulary = mapping.vocabulary(found.field)
    if found.parameter is None or vocabulary is None or is_free(found.field, mapping):
        return
    terms = either([term.label for term in vocabulary.terms])
    if not found.text:
        if found.field.required:
            return  # required-field says so
        message, new = _EMPTY.format(field=label(found.field), terms=terms), board.open or ""
    elif standing(found.text, vocabulary)[0] != "unknown":
        return  # a term, or another spelling of it: other rules mend that
    else:
        value = quoted(found.text)
        message = _OTHER.format(field=label(found.field), value=value, terms=terms)
        new = suggested(found.text, vocabulary)[1] or ""
    yield finding(RULE, record, found, message, new=encoded(new) if new else None)


def is_status(field: Field, record: Record) -> bool:
    """Return whether the field is the status of an entry of a board: this rule's own."""
    board = record.page_type.board
    return board is not None and field.id == board.status


RULE: Rule = rule("ACT105", "unknown-status", "error", "unsafe", find, __doc__, FR)
