"""What: A sentence begins with a small letter.

Why: It is the first thing readers of a list see of the page, and it looks unfinished there.

Example: `|shortDescription=boîte à outils ouverte pour des rues calmes`.

Fix safety: A capital for the first letter is offered and unsafe: a name may begin small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import capitalised
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Une phrase commence par une minuscule.

Pourquoi : C'est la première chose que le lecteur d'une liste voit de la page, et elle y paraît
inachevée.

Exemple : `|shortDescription=boîte à outils ouverte pour des rues calmes`.

Correction : Une majuscule en tête est proposée, à confirmer : un nom peut commencer en minuscule.
"""

_KINDS: frozenset[Kind] = frozenset({"text", "longtext"})
_FEWEST_WORDS = 4
# A word that begins small and has a capital or a digit inside is a name of its own making.
_FIRST_WORD = re.compile(r"[^\W\d_A-Z][^\W\d_A-Z]*(?:['’-][^\s]*)?(?=[,:;.]?\s)")

_MESSAGE = Text(
    "Le champ {field} commence par une minuscule, {start} : mettez une majuscule.",
    "The field {field} begins with a small letter, {start}: write a capital.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each text of some words that begins small."""
    for found in record.filled(_KINDS):
        text = found.text
        if found.field.many or not text[0].islower() or capitalised(text) == text:
            continue
        if len(text.split(None, _FEWEST_WORDS)) < _FEWEST_WORDS or not _FIRST_WORD.match(text):
            continue
        yield finding(
            RULE,
            record,
            found,
            _MESSAGE.format(field=label(found.field), start=quoted(text, 40)),
            value=text.split("\n")[0][:100],
            new=capitalised(found.wikitext),
            keeps_markup=True,
        )


RULE: Rule = rule("TXT104", "lower-case-start", "info", "unsafe", find, __doc__, FR)
