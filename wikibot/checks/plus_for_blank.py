"""What: The title of a related page has plus signs where it should have blanks.

Why: A button of the extension that makes actions writes it so. To the wiki it is the title of
another page, which does not exist: the entry is on no board.

Example: `|RELATED_ARTICLE=Atlas+de+la+haie` for `Atlas de la haie`.

Fix safety: Writing blanks is offered and unsafe: some titles do have a plus sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.edits.titles import without_plus
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Le titre d'une page liée a des signes plus là où il faudrait des espaces.

Pourquoi : Un bouton de l'extension qui crée les actions l'écrit ainsi. Pour le wiki, c'est le titre
d'une autre page, qui n'existe pas : l'action n'est sur aucun tableau.

Exemple : `|RELATED_ARTICLE=Atlas+de+la+haie` pour `Atlas de la haie`.

Correction : Écrire des espaces est proposé, à confirmer : certains titres ont bien un signe plus.
"""

_MESSAGE = Text(
    "Dans le champ {field}, {value} a des signes plus à la place des espaces : ce n'est le titre "
    "d'aucune page. Écrivez {title}, si c'est bien cette page.",
    "In the field {field}, {value} has plus signs in place of blanks: it is the title of no page. "
    "Write {title}, if that is the page.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each related page whose words are joined by plus signs."""
    board = record.page_type.board
    found = record.values[board.related] if board else None
    if found is None or found.field.computed or not found.is_plain:
        return
    for item in dict.fromkeys(found.items):
        if not is_joined(item):
            continue
        title = without_plus(item)
        yield finding(
            RULE,
            record,
            found,
            _MESSAGE.format(field=label(found.field), value=quoted(item), title=quoted(title)),
            value=item,
            new=replaced(found, item, [title]),
        )


def is_joined(title: str) -> bool:
    """Return whether the words of a title are joined by plus signs alone.

    Two of them tell, or one before a small letter: `Eau+` and `Nature+Santé` are names.
    """
    words = title.split("+")
    if " " in title or "//" in title or not all(words):
        return False
    return len(words) > 2 or (len(words) == 2 and len(words[0]) > 1 and words[1][0].islower())


RULE: Rule = rule("ACT108", "plus-for-blank", "warning", "unsafe", find, __doc__, FR)
