"""What: A page calls the template of its form twice.

Why: The form edits the first call only, the wiki mixes the properties of both, and whoever reads
the page meets two sheets that may contradict each other.

Example: A page that begins with `{{Ressource|…}}` and ends with a copy of it.

Fix safety: There is no fix: a person has to bring the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, rule
from wikibot.checks.words import quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une page appelle deux fois le modèle de son formulaire.

Pourquoi : Le formulaire ne modifie que le premier appel, le wiki mêle les propriétés des deux, et
le lecteur trouve deux fiches qui peuvent se contredire.

Exemple : Une page qui commence par `{{Ressource|…}}` et finit par sa copie.

Correction : Aucune : une personne doit réunir les deux.
"""

_MESSAGE = Text(
    "La page contient plusieurs fiches {template} (celle-ci est la numéro {number}) : gardez-en "
    "une et reportez-y ce que l'autre a de plus.",
    "The page holds several sheets {template} (this is number {number}): keep one and carry over "
    "what the other has beyond it.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for the second call, the third, and so on."""
    if record.index and not record.page_type.repeats:
        template = record.page_type.template
        yield Finding(
            RULE.code,
            "warning",
            record.page.title,
            "",
            template,
            _MESSAGE.format(template=quoted(template), number=record.index + 1),
        )


RULE: Rule = rule("PAG102", "repeated-template", "warning", "none", find, __doc__, FR)
