"""What: A list has a separator too many.

Why: It does no harm to what the wiki reads, but it shows that a value was forgotten or taken out
by half, and some lists show an empty entry for it.

Example: `|Tags=eau, , sols,`.

Fix safety: Safe: the same values remain in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import joined
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text, counted
from wikibot.mapping import Mapping

FR = """Quoi : Une liste a un séparateur de trop.

Pourquoi : Ce que lit le wiki n'en souffre pas, mais c'est le signe d'une valeur oubliée ou retirée
à moitié, et certaines listes montrent une entrée vide.

Exemple : `|Tags=eau, , sols,`.

Correction : Sûre : les mêmes valeurs restent, dans le même ordre.
"""

_MESSAGE = Text(
    "La liste du champ {field} a {signs} de trop : il n'y a rien entre deux, ou rien après.",
    "The list of the field {field} has {signs} too many: there is nothing between two, or nothing "
    "behind the last.",
)
_SIGNS = {
    ",": (Text("virgule", "comma"), Text("virgules", "commas")),
    ";": (Text("point-virgule", "semicolon"), Text("points-virgules", "semicolons")),
    "\n": (Text("retour à la ligne", "line break"), Text("retours à la ligne", "line breaks")),
}


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each list with an empty piece."""
    for found in record.plain_lists:
        sign = found.field.separator
        pieces = found.wikitext.split(sign)
        empty = len(pieces) - len(found.items)
        if not empty:
            continue
        # All empty: n signs make n + 1 empty pieces.
        number = empty if found.items else empty - 1
        signs = (
            counted(number, *_SIGNS[sign])
            if sign in _SIGNS
            else Text(f"{number} × {quoted(sign).fr}", f"{number} × {quoted(sign).en}")
        )
        yield finding(
            RULE,
            record,
            found,
            _MESSAGE.format(field=label(found.field), signs=signs),
            value=found.wikitext,
            new=joined(found.items, found),
            safe=True,
        )


RULE: Rule = rule("LST104", "empty-items", "info", "safe", find, __doc__, FR)
