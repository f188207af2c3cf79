"""What: Some keywords of a list begin with a capital, others do not.

Why: The cloud of keywords looks uneven, and across pages `Numérique` and `numérique` become two.

Example: `|Tags=Formation, changement climatique, jeu`.

Fix safety: A capital for each is offered and unsafe: the wiki may prefer small letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import capitalised, joined
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Dans une liste, certains mots-clés commencent par une majuscule, d'autres non.

Pourquoi : Le nuage de mots-clés paraît inégal et, d'une page à l'autre, `Numérique` et `numérique`
deviennent deux mots-clés.

Exemple : `|Tags=Formation, changement climatique, jeu`.

Correction : Une majuscule à chacun est proposée, à confirmer : le wiki préfère peut-être les
minuscules.
"""

_FEWEST = 3

_MESSAGE = Text(
    "Dans le champ {field}, {upper} valeurs sur {all} commencent par une majuscule, comme {big}, "
    "et les autres non, comme {small} : écrivez-les toutes de la même façon.",
    "In the field {field}, {upper} values of {all} begin with a capital, as {big}, and the others "
    "do not, as {small}: write all of them in one manner.",
)
_MESSAGE_ONE = Text(
    "Dans le champ {field}, une seule valeur sur {all} commence par une majuscule, {big}, et les "
    "autres non, comme {small} : écrivez-les toutes de la même façon.",
    "In the field {field}, only one value of {all} begins with a capital, {big}, and the others do "
    "not, as {small}: write all of them in one manner.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each list of free keywords in two manners."""
    for found in record.plain_lists:
        if not found.field.keywords:
            continue
        items = list(dict.fromkeys(found.items))
        upper = [item for item in items if item[0].isupper() and not _is_acronym(item)]
        lower = [i for i in items if capitalised(i) != i and not _has_capitals(i)]
        if not upper or not lower or len(upper) + len(lower) < _FEWEST:
            continue
        new = dict.fromkeys(capitalised(i) if i in lower else i for i in found.items)
        yield finding(
            RULE,
            record,
            found,
            (_MESSAGE_ONE if len(upper) == 1 else _MESSAGE).format(
                field=label(found.field),
                upper=len(upper),
                all=len(upper) + len(lower),
                big=quoted(upper[0]),
                small=quoted(lower[0]),
            ),
            new=joined(new, found),
        )


def _first_word(item: str) -> str:
    return item.partition(" ")[0]


def _is_acronym(item: str) -> bool:
    word = _first_word(item)
    return len(word) > 1 and word.isupper()


def _has_capitals(item: str) -> bool:
    """Return whether the first word is a name of its own making, as iOS."""
    return _first_word(item) != _first_word(item).lower()


RULE: Rule = rule("LST108", "mixed-capitals", "info", "unsafe", find, __doc__, FR)
