"""What: The picture of a page is the placeholder for «no picture yet».

Why: The page looks unfinished wherever commons are shown with their pictures, and counts take
it for a page that has one.

Example: `|Main_Picture=No-image-yet.jpg`.

Fix safety: There is no fix: a person has to upload and choose a picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : L'image de la page est celle qui veut dire « pas encore d'image ».

Pourquoi : La page paraît inachevée partout où les communs se montrent en images, et les décomptes
la prennent pour une page qui en a une.

Exemple : `|Main_Picture=No-image-yet.jpg`.

Correction : Aucune : une personne doit choisir une image et la téléverser.
"""

_MESSAGE = Text(
    "Le champ {field} contient {value}, l'image d'attente : téléversez une image du commun sur le "
    "wiki et écrivez ici son nom.",
    "The field {field} holds {value}, the image for “none yet”: upload a picture of the commons "
    "to the wiki and write its name here.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each file field that holds one of its placeholders."""
    for found in record.values.values():
        field = found.field
        if field.kind != "file" or not found.text or field.computed:
            continue
        name = found.text.replace("_", " ").casefold()
        if any(name == known.replace("_", " ").casefold() for known in field.placeholders):
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(field=label(field), value=quoted(found.text)),
                severity="warning",
            )


RULE: Rule = rule("IMG101", "placeholder-image", "warning", "none", find, __doc__, FR)
