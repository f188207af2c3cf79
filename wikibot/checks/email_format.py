"""What: A field for a mail address holds something else.

Why: The wiki makes no link of it, and nobody can write to the contact of the page.

Example: `|courriel=contact (at) example.org`.

Fix safety: Writing the sign @ for «(at)» is offered and unsafe; anything else has no fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import plain, replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un champ prévu pour une adresse de courriel contient autre chose.

Pourquoi : Le wiki n'en fait pas de lien, et personne ne peut écrire au contact de la page.

Exemple : `|courriel=contact (at) example.org`.

Correction : Écrire le signe @ au lieu de « (at) » est proposé, à confirmer ; le reste n'a pas de
correction.
"""

_KINDS: frozenset[Kind] = frozenset({"email"})

_MAIL = re.compile(
    r"(?:mailto:)?[^\s@,;:<>()]+@(?:[^\s@,;:<>().]+\.)+[^\W\d_]{2,24}\Z", re.IGNORECASE
)
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\(arobase\)|\[arobase\]|\s+at\s+|\s*@\s*)\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\(point\)|\[point\])\s*", re.IGNORECASE)

_NONE = Text(
    "Le champ {field} contient {value}, qui n'est pas une adresse de courriel : écrivez-la sous la "
    "forme nom@exemple.fr.",
    "The field {field} holds {value}, which is no mail address: write it as nom@exemple.fr.",
)
_LIKELY = Text(
    "Le champ {field} contient {value}, dont le wiki ne fait pas d'adresse : écrivez {new}, si "
    "c'est bien elle.",
    "The field {field} holds {value}, of which the wiki makes no address: write {new}, if that is "
    "it.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each value that is no mail address."""
    for found in plain(record, _KINDS):
        for item in dict.fromkeys(found.items):
            if _MAIL.match(item):
                continue
            likely = _DOT.sub(".", _AT.sub("@", item.strip()))
            new = likely if _MAIL.match(likely) else None
            yield finding(
                RULE,
                record,
                found,
                (_LIKELY if new else _NONE).format(
                    field=label(found.field), value=quoted(item), new=new
                ),
                value=item,
                new=replaced(found, item, [new]) if new else None,
            )


RULE: Rule = rule("VAL107", "email-format", "error", "unsafe", find, __doc__, FR)
