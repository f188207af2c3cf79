"""What: A text ends with two dots.

Why: It is neither a full stop nor an ellipsis: readers wonder whether the end is missing.

Example: `|shortDescription=Cartographier les ressources d'un territoire..`.

Fix safety: One dot is offered and unsafe: three may have been meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un texte finit par deux points de suite.

Pourquoi : Ce n'est ni un point ni des points de suspension : le lecteur se demande si la fin
manque.

Exemple : `|shortDescription=Cartographier les ressources d'un territoire..`.

Correction : Un seul point est proposé, à confirmer : trois étaient peut-être voulus.
"""

_KINDS: frozenset[Kind] = frozenset({"text", "longtext"})
_TWO_DOTS = re.compile(r"(?<=[\w»”\")\]])\.\s?\.\Z")

_MESSAGE = Text(
    "Le champ {field} finit par deux points de suite, {end} : mettez-en un, ou trois pour une "
    "phrase qui reste ouverte.",
    "The field {field} ends with two dots, {end}: write one, or three for a sentence left open.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each text with exactly two dots at its end."""
    for found in record.filled(_KINDS):
        if found.field.many or not found.wikitext.endswith("."):
            continue
        if not _TWO_DOTS.search(found.wikitext[-5:]):
            continue
        end = found.wikitext[-40:].split(" ", 1)[-1].replace("\n", " ")
        yield finding(
            RULE,
            record,
            found,
            _MESSAGE.format(field=label(found.field), end=quoted(f"…{end}")),
            value=found.wikitext[-40:],
            new=found.wikitext[:-5] + _TWO_DOTS.sub(".", found.wikitext[-5:]),
            keeps_markup=True,
        )


RULE: Rule = rule("TXT105", "ends-with-two-dots", "info", "unsafe", find, __doc__, FR)
