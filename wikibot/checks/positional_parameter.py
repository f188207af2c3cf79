"""What: A bar in a text cuts off all that follows it.

Why: In a call a bar begins the next parameter. What stands behind a bar in the middle of a text
belongs to no field any more: nobody sees it, and the next save of the form deletes it.

Example: `|description=Un guide | des fiches` shows «Un guide» alone.

Fix safety: There is no fix: whether the bar was meant as a sign or the text as a parameter of
its own, only a person can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, rule
from wikibot.checks.parameters import is_known, is_remnant
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Field, Mapping

FR = """Quoi : Une barre verticale dans un texte coupe tout ce qui la suit.

Pourquoi : Dans un modèle, une barre commence le paramètre suivant. Ce qui suit une barre au milieu
d'un texte n'est plus dans aucun champ : personne ne le voit, et le prochain enregistrement par le
formulaire l'efface.

Exemple : `|description=Un guide | des fiches` montre seulement « Un guide ».

Correction : Aucune : si la barre était un signe du texte ou si la suite devait être un paramètre,
seule une personne peut le dire.
"""

_CUT = Text(
    "Une barre verticale coupe le champ {field} : la suite, {lost}, n'apparaît nulle part. "
    "Remplacez cette barre par {{{{!}}}} ou par un autre signe.",
    "A bar cuts off the field {field}: the rest, {lost}, shows nowhere. Replace that bar by "
    "{{{{!}}}} or by another sign.",
)
_NOWHERE = Text(
    "Le texte {lost} n'est dans aucun champ et n'apparaît nulle part : placez-le dans le champ "
    "auquel il revient.",
    "The text {lost} is in no field and shows nowhere: put it into the field it belongs to.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each piece of text that a bar cut off."""
    cut: Field | None = None
    for argument in record.call.arguments:
        if is_known(argument, record):
            cut = record.page_type.field_of(argument.name)
            continue
        if not is_remnant(argument, record):
            if not argument.positional:
                cut = None
            continue
        start, end = argument.part
        lost = record.page.text[start:end].strip()
        message = _CUT.format(field=label(cut), lost=quoted(lost)) if cut else None
        yield Finding(
            RULE.code,
            "error",
            record.page.title,
            cut.id if cut else argument.name if argument.positional else "",
            lost,
            message or _NOWHERE.format(lost=quoted(lost)),
        )


RULE: Rule = rule("PAR103", "positional-parameter", "error", "none", find, __doc__, FR)
