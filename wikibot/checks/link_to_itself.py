"""What: A page names itself in one of its fields.

Why: The page stands in its own list of related pages, where the reader looks for others.

Example: `|communs_proches=Atlas des haies` on the page `Atlas des haies`.

Fix safety: Taking it out is offered and unsafe: another page may have been meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.links import pages_named
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.reading import without
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une page se nomme elle-même dans un de ses champs.

Pourquoi : La page figure dans sa propre liste de pages proches, où le lecteur en cherche d'autres.

Exemple : `|communs_proches=Atlas des haies` sur la page `Atlas des haies`.

Correction : La retirer est proposé, à confirmer : une autre page était peut-être voulue.
"""

_MESSAGE = Text(
    "Le champ {field} nomme {value}, qui est cette page elle-même : retirez-la, ou nommez celle "
    "que vous vouliez.",
    "The field {field} names {value}, which is this very page: take it out, or name the one you "
    "meant.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each name of the page itself, redirects followed."""
    for named in pages_named(record, neighbours.namespaces):
        if neighbours.resolved(named.title) != str(record.page.title):
            continue
        many = named.found.field.many
        yield finding(
            RULE,
            record,
            named.found,
            _MESSAGE.format(field=label(named.found.field), value=quoted(named.item)),
            value=named.item,
            new=without(named.found, [named.item]) if many else "",
        )


RULE: Rule = rule_among(
    "LNK105", "link-to-itself", "warning", "unsafe", "titles", find_among, __doc__, FR
)
