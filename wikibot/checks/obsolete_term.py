"""What: A term is one that the vocabulary no longer uses.

Why: The page is counted under something that is over, and beside terms of today it says two
things: a challenge of 2021 is none of the call of 2023.

Example: `|challenge=Objectifs et Diagnostic (défi 2021)`.

Fix safety: Where the vocabulary names a successor, writing it is offered and unsafe: the page may
rightly speak of the past, and the successor may be wider.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import replaced
from wikibot.checks.terms import is_obsolete, meant, standing
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping, Term

FR = """Quoi : Un terme n'est plus en usage dans le vocabulaire.

Pourquoi : La page est comptée sous une rubrique close et, à côté des termes d'aujourd'hui, elle dit
deux choses : un défi de 2021 n'en est pas un de l'appel de 2023.

Exemple : `|challenge=Objectifs et Diagnostic (défi 2021)`.

Correction : Si le vocabulaire nomme un successeur, l'écrire est proposé, à confirmer : la page
parle peut-être à bon droit du passé, et le successeur peut être plus large.
"""

_YEAR = Text(
    "{value} ne servait que jusqu'en {year} ; le champ {field} ne le propose plus. {next}",
    "{value} was in use until {year} only; the field {field} no longer offers it. {next}",
)
_NO_YEAR = Text(
    "{value} n'est plus en usage dans le champ {field}. {next}",
    "{value} is no longer in use in the field {field}. {next}",
)
_SUCCESSOR = Text("Sa suite est {label}.", "Its successor is {label}.")
_CHOOSE = Text(
    "Remplacez-le par la valeur actuelle qui convient, ou retirez-le.",
    "Replace it by the present value that fits, or remove it.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each item that means an obsolete term."""
    for found, vocabulary in record.plain_terms:
        for item, term in meant(found, vocabulary):
            if not is_obsolete(term, vocabulary):
                continue
            alone = standing(item, vocabulary)[1] is term
            shown = item if alone else term.label
            successor = term.replaced_by if alone else None
            yield finding(
                RULE,
                record,
                found,
                (_YEAR if term.until else _NO_YEAR).format(
                    value=quoted(shown),
                    field=label(found.field),
                    year=term.until,
                    next=_next(term),
                ),
                value=shown,
                new=replaced(found, item, [successor]) if successor else None,
            )


def _next(term: Term) -> Text:
    return _SUCCESSOR.format(label=quoted(term.replaced_by)) if term.replaced_by else _CHOOSE


RULE: Rule = rule("VOC104", "obsolete-term", "warning", "unsafe", find, __doc__, FR)
