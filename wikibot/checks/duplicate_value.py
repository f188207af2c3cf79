"""What: A list holds the same value twice.

Why: Counts take it for two, and readers stumble over it.

Example: `|Tags=eau, sols, eau`.

Fix safety: Safe: the first stays, the repetitions go; nothing else is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import joined
from wikibot.checks.words import label, listed, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une liste contient deux fois la même valeur.

Pourquoi : Les décomptes en voient deux, et le lecteur bute dessus.

Exemple : `|Tags=eau, sols, eau`.

Correction : Sûre : la première reste, les répétitions partent ; rien d'autre n'est perdu.
"""

_ONE = Text(
    "{values} figure {count} fois dans le champ {field} ; une fois suffit.",
    "{values} stands {count} times in the field {field}; once is enough.",
)
_SEVERAL = Text(
    "{values} figurent plusieurs fois dans le champ {field} ; une fois suffit.",
    "{values} stand several times in the field {field}; once is enough.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield one finding for each list with repetitions."""
    for found in record.plain_lists:
        items = found.items
        if len(set(items)) == len(items):
            continue
        repeated = {item: count for item, count in Counter(items).items() if count > 1}
        values = list(repeated)
        message = (
            _ONE.format(
                values=quoted(values[0]), count=repeated[values[0]], field=label(found.field)
            )
            if len(values) == 1
            else _SEVERAL.format(values=listed(values), field=label(found.field))
        )
        yield finding(
            RULE,
            record,
            found,
            message,
            value=", ".join(values),
            new=joined(dict.fromkeys(items), found),
            safe=True,
        )


RULE: Rule = rule("LST101", "duplicate-value", "warning", "safe", find, __doc__, FR)
