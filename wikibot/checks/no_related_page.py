"""What: An entry of the board names no page by its title.

Why: The board of a page shows the entries that name this page by its exact title. Without a title,
or with the address of the page in its place, the entry is on no board.

Example: `|RELATED_ARTICLE=https://wiki.example.org/wiki/Atlas_des_haies`.

Fix safety: Writing the title that stands in the address is offered and unsafe: the page may have
been renamed, or be one of another wiki. For an empty field there is no fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.edits.titles import is_address, title_in
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une action du tableau ne nomme aucune page par son titre.

Pourquoi : Le tableau d'une page montre les actions qui nomment cette page par son titre exact. Sans
titre, ou avec l'adresse de la page à sa place, l'action n'est sur aucun tableau.

Exemple : `|RELATED_ARTICLE=https://wiki.example.org/wiki/Atlas_des_haies`.

Correction : Écrire le titre qui se lit dans l'adresse est proposé, à confirmer : la page a pu
changer de nom, ou être celle d'un autre wiki. Pour un champ vide, aucune.
"""

_EMPTY = Text(
    "Le champ {field} est vide : cette page n'est sur aucun tableau. Écrivez-y le titre exact de "
    "la page qu'elle concerne.",
    "The field {field} is empty: this page is on no board. Write the exact title of the page that "
    "it is about.",
)
_LINK = Text(
    "Le champ {field} contient une adresse, {value}, là où il faut le titre d'une page : aucun "
    "tableau ne montrera celle-ci. {advice}",
    "The field {field} holds an address, {value}, where the title of a page belongs: no board will "
    "show this one. {advice}",
)
_TITLE = Text("Écrivez plutôt {title}.", "Rather write {title}.")
_COPY = Text(
    "Recopiez le titre affiché en haut de la page visée.",
    "Copy the title shown at the top of the page you mean.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for an empty field that may be so, and for each address in it."""
    board = record.page_type.board
    found = record.values[board.related] if board else None
    if found is None or found.field.computed or not found.is_plain:
        return
    if found.is_empty and not found.field.required:
        yield finding(RULE, record, found, _EMPTY.format(field=label(found.field)))
    for item in dict.fromkeys(found.items):
        if is_address(item):
            title = title_in(item)
            advice = _TITLE.format(title=quoted(title)) if title else _COPY
            yield finding(
                RULE,
                record,
                found,
                _LINK.format(field=label(found.field), value=quoted(item), advice=advice),
                value=item,
                new=replaced(found, item, [title]) if title else None,
            )


RULE: Rule = rule("ACT107", "no-related-page", "warning", "unsafe", find, __doc__, FR)
