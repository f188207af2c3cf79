"""What: A field names a page under a title that only leads on to it.

Why: Whoever deletes the redirect breaks the link, and a list that compares titles counts one page
as two.

Example: `|communs_proches=Ancien nom` where `Ancien nom` leads to `Nouveau nom`.

Fix safety: Safe: the redirect itself names the one page that is meant. One that leads to a section
or to another redirect has no fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.links import pages_named
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.reading import replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.edits.titles import title_named
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un champ nomme une page sous un titre qui ne fait que mener à elle.

Pourquoi : Le jour où quelqu'un supprime la redirection, le lien casse ; et une liste qui compare
les titres compte une page pour deux.

Exemple : `|communs_proches=Ancien nom` alors que `Ancien nom` mène à `Nouveau nom`.

Correction : Sûre : la redirection nomme elle-même la seule page possible. Celle qui mène à une
section ou à une autre redirection n'a pas de correction.
"""

_PLAIN = Text(
    "Le champ {field} nomme {value}, qui n'est qu'une redirection vers {target} : écrivez "
    "{target}.",
    "The field {field} names {value}, which is but a redirect to {target}: write {target}.",
)
_ODD = Text(
    "Le champ {field} nomme {value}, qui n'est qu'une redirection vers {target} : nommez la page "
    "où l'on arrive vraiment.",
    "The field {field} names {value}, which is but a redirect to {target}: name the page where "
    "one really arrives.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each redirect named, except to the page itself."""
    for named in pages_named(record, neighbours.namespaces):
        standing = neighbours.of(named.title)
        if standing is None or standing.target is None:
            continue
        if neighbours.resolved(named.title) == str(record.page.title):
            continue
        target = title_named(standing.target, neighbours.namespaces)
        led = neighbours.of(target) if target else None
        sure = (
            target is not None
            and "#" not in standing.target
            and led is not None
            and led.there
            and led.target is None
            and not led.disambiguation
        )
        yield finding(
            RULE,
            record,
            named.found,
            (_PLAIN if sure else _ODD).format(
                field=label(named.found.field),
                value=quoted(named.item),
                target=quoted(str(target) if sure else standing.target),
            ),
            value=named.item,
            new=replaced(named.found, named.item, [str(target)]) if sure else None,
            safe=sure,
        )


RULE: Rule = rule_among(
    "LNK102", "link-to-redirect", "warning", "safe", "titles", find_among, __doc__, FR
)
