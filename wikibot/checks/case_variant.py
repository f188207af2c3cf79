"""What: A list holds the same value in two spellings.

Why: Case, accents and hyphens make two values of one: counts are wrong, and a filter finds half
of the pages.

Example: `|Tags=numérique, Numérique`.

Fix safety: Keeping the first spelling is offered and unsafe: which one is usual on the wiki, the
page alone does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import is_free, loose, without
from wikibot.checks.words import label, listed, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Une liste contient la même valeur sous deux graphies.

Pourquoi : Majuscules, accents et traits d'union font deux valeurs d'une seule : les décomptes sont
faux, et un filtre ne trouve que la moitié des pages.

Exemple : `|Tags=numérique, Numérique`.

Correction : Garder la première graphie est proposé, à confirmer : laquelle est d'usage sur le wiki,
la page seule ne le dit pas.
"""

_KINDS: frozenset[Kind] = frozenset({"text", "term", "page", "user"})

_MESSAGE = Text(
    "Dans le champ {field}, {values} ne diffèrent que par la graphie : gardez-en une seule, par "
    "exemple {first}.",
    "In the field {field}, {values} differ by their spelling alone: keep one of them, such as "
    "{first}.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each group of spellings of one value that no vocabulary settles."""
    for found in record.plain_lists:
        if (
            len(found.items) < 2
            or found.field.kind not in _KINDS
            or not is_free(found.field, mapping)
        ):
            continue
        vocabulary = mapping.vocabulary(found.field)
        groups: dict[str, list[str]] = {}
        for item in dict.fromkeys(found.items):
            if vocabulary is None or vocabulary.meant_by(item) is None:
                groups.setdefault(loose(item), []).append(item)
        for spellings in groups.values():
            if len(spellings) > 1:
                yield finding(
                    RULE,
                    record,
                    found,
                    _MESSAGE.format(
                        field=label(found.field),
                        values=listed(spellings),
                        first=quoted(spellings[0]),
                    ),
                    value=", ".join(spellings),
                    new=without(found, spellings[1:]),
                )


RULE: Rule = rule("LST102", "case-variant", "warning", "unsafe", find, __doc__, FR)
