"""What: A page gives the template a parameter that is none of its fields.

Why: The template shows nothing of it, and the next save of the form deletes it: what someone
wrote there is lost without a word. If the template does read it, the mapping lacks a field.

Example: `|licnce=Licence MIT` where the template reads `licence`.

Fix safety: There is no fix. The value has to move to another parameter, and which one it was
meant for is a guess.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, rule
from wikibot.checks.parameters import is_known, is_remnant
from wikibot.checks.reading import fold
from wikibot.checks.words import quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping, PageType

FR = """Quoi : Une page donne au modèle un paramètre qui n'est celui d'aucun champ.

Pourquoi : Le modèle n'en montre rien, et le prochain enregistrement par le formulaire l'efface :
ce que quelqu'un y a écrit est perdu sans un mot. Si le modèle le lit bien, c'est à la
correspondance qu'il manque un champ.

Exemple : `|licnce=Licence MIT` alors que le modèle lit `licence`.

Correction : Aucune. La valeur doit passer dans un autre paramètre, et lequel était voulu ne peut
qu'être deviné.
"""

_UNREAD = Text(
    "Le paramètre {name} n'est celui d'aucun champ : sa valeur n'apparaît sans doute nulle part, "
    "et le formulaire risque de l'effacer.{hint}",
    "The parameter {name} is that of no field: its value most likely shows nowhere, and the form "
    "may delete it.{hint}",
)
_EMPTY = Text(
    "Le paramètre {name} n'est celui d'aucun champ, et il est vide : vous pouvez le retirer.{hint}",
    "The parameter {name} is that of no field, and it is empty: you can remove it.{hint}",
)
_HINT = Text(" Vouliez-vous dire {name} ?", " Did you mean {name}?")


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each named argument that no field of the page type holds."""
    for argument in record.call.arguments:
        if argument.positional or not argument.name or is_known(argument, record):
            continue
        if is_remnant(argument, record):
            continue
        near = nearest(argument.name, record.page_type)
        hint = _HINT.format(name=quoted(near)) if near else Text("", "")
        message = _UNREAD if argument.value else _EMPTY
        yield Finding(
            RULE.code,
            "warning" if argument.value else "info",
            record.page.title,
            argument.name,
            argument.value,
            message.format(name=quoted(argument.name), hint=hint),
        )


def nearest(name: str, page_type: PageType) -> str | None:
    """Return the parameter that `name` looks like: of its field, the name in use now."""
    from rapidfuzz import fuzz, process  # only when something is wrong

    spellings = [(fold(spelling), f) for f in page_type.fields for spelling in f.parameters]
    spellings += [(fold(text), f) for f in page_type.fields for text in (f.label.fr, f.id)]
    best = process.extractOne(
        fold(name), [spelling for spelling, _ in spellings], scorer=fuzz.ratio, score_cutoff=75
    )
    return spellings[best[2]][1].parameter if best else None


RULE: Rule = rule("PAR101", "unknown-parameter", "warning", "none", find, __doc__, FR)
