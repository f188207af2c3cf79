"""What: A field names a page of another type than those it is for.

Why: The page named does not list this one, and a query through the field looks for what such a
page does not have.

Example: `|communs_proches=Camille Exemple` where that is the page of a person.

Fix safety: There is no fix: the name may belong into another field, or another page is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.links import pages_named
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un champ nomme une page d'un autre type que celles qu'il attend.

Pourquoi : La page nommée ne cite pas celle-ci, et une requête qui passe par ce champ cherche ce
qu'une telle page n'a pas.

Exemple : `|communs_proches=Camille Exemple` alors que c'est la page d'une personne.

Correction : Aucune : ce nom va peut-être dans un autre champ, ou une autre page est voulue.
"""

_MESSAGE = Text(
    "Le champ {field} attend des pages du type {wanted}, et {value} est du type {type} : est-ce "
    "la bonne page, dans le bon champ ?",
    "The field {field} is for pages of the type {wanted}, and {value} is of the type {type}: is "
    "it the right page, in the right field?",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each page named whose records are all of other types."""
    for named in pages_named(record, neighbours.namespaces):
        field = named.found.field
        wanted = mapping.page_type(field.pages_of) if field.pages_of else None
        types = neighbours.types_of(neighbours.resolved(named.title))
        if wanted is None or not types or wanted.id in types:
            continue
        known = mapping.page_type(types[0])
        if known is None or str(named.title) == str(record.page.title):
            continue
        yield finding(
            RULE,
            record,
            named.found,
            _MESSAGE.format(
                field=label(field),
                wanted=Text(quoted(wanted.label.fr).fr, quoted(wanted.label.en).en),
                value=quoted(named.item),
                type=Text(quoted(known.label.fr).fr, quoted(known.label.en).en),
            ),
            value=named.item,
        )


RULE: Rule = rule_among(
    "LNK104", "page-of-another-type", "warning", "none", "collection", find_among, __doc__, FR
)
