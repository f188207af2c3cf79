"""What: A value stands under another name of its parameter.

Why: Only where the template still reads the other name does the value show. Where both names
are filled, one of the two values shows nowhere.

Example: `|license=Licence MIT` where the field is now `licence`.

Fix safety: There is no fix: moving a value takes two edits of one call, which the form does
best: open the page with it, look at the field, save.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une valeur est écrite sous un autre nom de son paramètre.

Pourquoi : Elle n'apparaît que si le modèle lit encore cet autre nom. Si les deux noms sont
remplis, l'une des deux valeurs n'apparaît nulle part.

Exemple : `|license=Licence MIT` alors que le champ s'appelle maintenant `licence`.

Correction : Aucune : déplacer une valeur demande deux changements du même appel, et le formulaire
le fait mieux : ouvrez-y la page, vérifiez le champ, enregistrez.
"""

_OLD = Text(
    "Le champ {field} est écrit sous le nom {old} ; son paramètre s'appelle {name}. Vérifiez que "
    "la valeur s'affiche, puis enregistrez la page par le formulaire.",
    "The field {field} is written under the name {old}; its parameter is called {name}. See that "
    "the value shows, then save the page with the form.",
)
_BOTH = Text(
    "Le champ {field} est rempli sous deux noms, {name} et {old}, avec deux valeurs différentes : "
    "gardez la bonne sous {name} et retirez l'autre.",
    "The field {field} is filled under two names, {name} and {old}, with two different values: "
    "keep the right one under {name} and remove the other.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each filled argument under an alias."""
    parameters = record.call.parameters
    for found in record.values.values():
        field = found.field
        for alias in field.parameter_aliases:
            if alias not in parameters or not parameters[alias].value:
                continue
            main = parameters.get(field.parameter)
            clash = main is not None and main.value not in ("", parameters[alias].value)
            yield finding(
                RULE,
                record,
                found,
                (_BOTH if clash else _OLD).format(
                    field=label(field), old=quoted(alias), name=quoted(field.parameter)
                ),
                severity="error" if clash else "warning" if field.verified else "info",
                value=parameters[alias].value,
            )


RULE: Rule = rule("PAR104", "parameter-old-name", "error", "none", find, __doc__, FR)
