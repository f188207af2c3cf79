"""What: A value stands under another name of its parameter.

Why: Only where the template still reads the other name does the value show. Where both names
are filled, one of the two values shows nowhere.

Example: `|license=Licence MIT` where the field is now `licence`.

Fix safety: Safe where the parameter was seen on the wiki itself: its name alone changes, the
value stays as it is; where both names hold the same value, the other name goes. As long as the
name is only assumed it is a hint. There is no fix where the two values differ: which of them is
right, a person has to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.value import without_comments

FR = """Quoi : Une valeur est écrite sous un autre nom de son paramètre.

Pourquoi : Elle n'apparaît que si le modèle lit encore cet autre nom. Si les deux noms sont
remplis, l'une des deux valeurs n'apparaît nulle part.

Exemple : `|license=Licence MIT` alors que le champ s'appelle maintenant `licence`.

Correction : Sûre si le paramètre a été vu sur le wiki lui-même : seul son nom change, la valeur
reste telle quelle ; si les deux noms portent la même valeur, l'autre nom est retiré. Tant que le
nom n'est que supposé, c'est une proposition. Aucune si les deux valeurs diffèrent : laquelle est
la bonne, c'est à une personne de le dire.
"""

_OLD = Text(
    "Le champ {field} est écrit sous le nom {old} ; son paramètre s'appelle {name}. Renommez-le, "
    "la valeur reste.",
    "The field {field} is written under the name {old}; its parameter is called {name}. Rename "
    "it, the value stays.",
)
_ASSUMED = Text(
    "Le champ {field} est écrit sous le nom {old}, alors que son paramètre s'appellerait {name}. "
    "Vérifiez lequel des deux noms le modèle lit avant de renommer.",
    "The field {field} is written under the name {old}, while its parameter is thought to be "
    "called {name}. See which of the two names the template reads before you rename it.",
)
_TWICE = Text(
    "Le champ {field} est rempli deux fois avec la même valeur, sous les noms {name} et {old} : "
    "gardez {name} et retirez l'autre.",
    "The field {field} is filled twice with the same value, under the names {name} and {old}: "
    "keep {name} and remove the other.",
)
_BOTH = Text(
    "Le champ {field} est rempli sous deux noms, {name} et {old}, avec deux valeurs différentes : "
    "gardez la bonne sous {name} et retirez l'autre.",
    "The field {field} is filled under two names, {name} and {old}, with two different values: "
    "keep the right one under {name} and remove the other.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each filled argument under an alias."""
    for found in record.values.values():
        field = found.field
        if record.call.parameters.keys().isdisjoint(field.parameter_aliases):
            continue
        filled = {name: held for name in field.parameters if (held := _held(record, name))}
        main = filled.pop(field.parameter, "")
        for alias, value in filled.items():
            clash = main not in ("", value)
            words = _BOTH if clash else _TWICE if main else _OLD if field.verified else _ASSUMED
            about = finding(
                RULE,
                record,
                found,
                words.format(field=label(field), old=quoted(alias), name=quoted(field.parameter)),
                severity="error" if clash else "warning" if field.verified else "info",
                value=value,
            )
            if not clash and len(filled) == 1 and record.can_rename(found, alias):
                reason = about.message.fr
                change = record.renaming(
                    found, alias, rule=RULE.code, safe=field.verified, reason=reason
                )
                about = replace(about, change=change)
            yield about


def _held(record: Record, name: str) -> str:
    argument = record.call.parameters.get(name)
    return without_comments(argument.value) if argument else ""


RULE: Rule = rule("PAR104", "parameter-old-name", "error", "safe", find, __doc__, FR)
