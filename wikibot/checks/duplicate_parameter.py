"""What: A page gives the same parameter twice.

Why: The template reads the last one and drops the others. Where they differ, a value that
someone wrote shows nowhere.

Example: `|licence=Licence MIT` and, further down, `|licence=`: the licence is empty.

Fix safety: There is no fix: which of the values is right, a person has to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, rule
from wikibot.checks.words import quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une page donne deux fois le même paramètre.

Pourquoi : Le modèle lit le dernier et ignore les autres. S'ils diffèrent, une valeur que quelqu'un
a écrite n'apparaît nulle part.

Exemple : `|licence=Licence MIT` et, plus bas, `|licence=` : la licence est vide.

Correction : Aucune : laquelle des valeurs est la bonne, c'est à une personne de le dire.
"""

_LOST = Text(
    "Le paramètre {name} est écrit {count} fois ; seul le dernier compte, donc {lost} n'apparaît "
    "nulle part. Gardez la bonne valeur et retirez l'autre.",
    "The parameter {name} is written {count} times; only the last one counts, hence {lost} shows "
    "nowhere. Keep the right value and remove the other.",
)
_SAME = Text(
    "Le paramètre {name} est écrit {count} fois. Aucune valeur n'est perdue : gardez le dernier "
    "et retirez le reste.",
    "The parameter {name} is written {count} times. No value is lost: keep the last one and "
    "remove the rest.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each parameter that stands there more than once."""
    arguments = record.call.arguments
    if len(arguments) == len(record.call.parameters):
        return
    for name, count in Counter(argument.name for argument in arguments).items():
        if count < 2:
            continue
        kept = record.call.parameters[name].value
        others = [a.value for a in arguments if a.name == name and a.value not in ("", kept)]
        field = record.page_type.field_of(name)
        yield Finding(
            RULE.code,
            "error" if others else "warning",
            record.page.title,
            field.id if field else name,
            others[0] if others else kept,
            (_LOST if others else _SAME).format(
                name=quoted(name), count=count, lost=quoted(others[0]) if others else ""
            ),
        )


RULE: Rule = rule("PAR102", "duplicate-parameter", "error", "none", find, __doc__, FR)
