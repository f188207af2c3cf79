"""What: A text is longer than its field allows.

Why: Lists of pages show this text alone and cut it where it does not fit: the end, often the
point of it, is not read.

Example: A short description of 370 characters where 200 fit.

Fix safety: There is no fix: only a person can say it shorter.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, shortened
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un texte est plus long que son champ ne le permet.

Pourquoi : Les listes de pages ne montrent que ce texte et le coupent là où il dépasse : la fin,
souvent l'essentiel, n'est pas lue.

Exemple : Une description courte de 370 signes là où il en tient 200.

Correction : Aucune : seule une personne peut le dire plus court.
"""

_MESSAGE = Text(
    "Le champ {field} compte {length} signes ; {most} au plus s'affichent bien. Raccourcissez-le, "
    "la description peut recevoir le reste.",
    "The field {field} has {length} characters; at most {most} show well. Shorten it, the "
    "description can take the rest.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each text beyond the `max_length` of its field."""
    for found in record.values.values():
        most = found.field.max_length
        if most is not None and len(found.text) > most and not found.field.computed:
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(field=label(found.field), length=len(found.text), most=most),
                value=shortened(found.text, 100),
            )


RULE: Rule = rule("TXT101", "too-long", "warning", "none", find, __doc__, FR)
