"""What: The surname of a person is written in capitals.

Why: The same person written in two manners counts as two, and lists of people look uneven.

Example: `Camille EXEMPLE` beside `Noor Essai`.

Fix safety: Writing the name with a capital first letter alone is unsafe: `DE LA TOUR` and `MCCOY`
have capitals of their own, and capitals without accents have lost them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold, plain, replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Le nom de famille d'une personne est écrit en capitales.

Pourquoi : La même personne écrite de deux façons compte pour deux, et les listes de personnes
paraissent inégales.

Exemple : `Camille EXEMPLE` à côté de `Noor Essai`.

Correction : Écrire le nom avec une seule capitale est proposé, à confirmer : `DE LA TOUR` et
`MCCOY` ont leurs propres majuscules, et des capitales sans accents les ont perdus.
"""

_KINDS: frozenset[Kind] = frozenset({"user"})
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,3}}\Z")
_PART = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
# What begins the name of a group: its capitals are initials.
_GROUPS = frozenset((
    "agence", "association", "atelier", "cellule", "centre", "club", "collectif", "comite",
    "commune", "communaute", "conseil", "cooperative", "departement", "direction",
    "equipe", "federation", "groupe", "institut", "laboratoire", "mission", "pole",
    "region", "reseau", "service", "syndicat", "universite", "ville",
))  # fmt: skip

_MESSAGE = Text(
    "Dans le champ {field}, {name} a un nom de famille en capitales : écrivez plutôt {calm}.",
    "In the field {field}, {name} has a surname in capitals: rather write {calm}.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each person with a surname in capitals."""
    for found in plain(record, _KINDS):
        for item in dict.fromkeys(found.items):
            calm = calmed(item)
            if calm == item:
                continue
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(field=label(found.field), name=quoted(item), calm=quoted(calm)),
                value=item,
                new=replaced(found, item, [calm]),
            )


def calmed(name: str) -> str:
    """Return a name of two to four words with its words in capitals written normally."""
    words = name.split(" ")
    loud = [word.isupper() and len(word) > 1 for word in words]
    if (
        not _NAME.match(name)
        or fold(words[0]) in _GROUPS
        or not any(
            is_loud and len(word) >= _SHORTEST for word, is_loud in zip(words, loud, strict=True)
        )
    ):
        return name
    return " ".join(
        _PART.sub(lambda m: m.group().capitalize(), word) if is_loud else word
        for word, is_loud in zip(words, loud, strict=True)
    )


RULE: Rule = rule("PPL101", "surname-in-capitals", "info", "unsafe", find, __doc__, FR)
