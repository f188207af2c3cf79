"""What: News with a date was added inside a description.

Why: A description says what a commons is today. With news stuck to it, readers first meet what is
long over, and what was true then stands beside what is true now.

Example: `Mise à jour du 12/03/2024 : la carte est en ligne.` at the end of a description.

Fix safety: There is no fix: what of it still holds, and where it belongs, a person has to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Une nouvelle datée a été ajoutée dans une description.

Pourquoi : Une description dit ce qu'est le commun aujourd'hui. Si des nouvelles y restent collées,
le lecteur tombe d'abord sur ce qui est passé, et ce qui valait alors côtoie ce qui vaut maintenant.

Exemple : `Mise à jour du 12/03/2024 : la carte est en ligne.` à la fin d'une description.

Correction : Aucune : ce qui en vaut encore, et où le mettre, une personne doit le dire.
"""

_KINDS: frozenset[Kind] = frozenset({"longtext"})
_DATE = (
    r"(?:\d{1,2}(?:er)?[ ./-](?:\d{1,2}|[^\W\d_]{3,9}\.?)[ ./-]\d{2,4}"
    r"|\d{4}-\d{2}(?:-\d{2})?|[^\W\d_]{3,9} \d{4})"
)
_TWO_DIGITS = re.compile(r"[0-9][0-9]")  # every date has them
_LEADS = ("à jour", "màj", "maj", "actualis", "ajout", "édit", "edit", "update", "rectif")
_ADDED = re.compile(
    r"(?:^|(?<=[.!?»)\]] )|(?<=[\n*#:;'(\[]))[ '*#:;(\[]*"
    r"((?:mises? à jour|màj|maj|actualisation|actualisé|ajout|ajouté|édit|edit"
    r"|updated?|rectificatif)"
    rf"(?: du| le| au| en| of| on)?[ :]+{_DATE}[ ')\]]*[:–—-])",
    re.IGNORECASE | re.MULTILINE,
)

_MESSAGE = Text(
    "Dans le champ {field}, un ajout daté, {start}, est resté dans le texte : récrivez la partie "
    "qu'il change, et laissez sa date à l'historique de la page.",
    "In the field {field}, a dated addition, {start}, stayed in the text: rewrite the part that it "
    "changes, and leave its date to the history of the page.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each dated addition in a long text."""
    for found in record.filled(_KINDS):
        if not _TWO_DIGITS.search(found.text):
            continue
        lower = found.text.lower()
        if not any(word in lower for word in _LEADS):
            continue
        for added in _ADDED.finditer(found.text):
            start = added.group(1).rstrip(" :–—-')]")
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(field=label(found.field), start=quoted(start)),
                value=start,
            )


RULE: Rule = rule("TXT108", "dated-addendum", "info", "none", find, __doc__, FR)
