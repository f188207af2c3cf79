"""What: A field for names holds a mail address.

Why: The page is public: programs gather addresses from it, and the person may never have agreed.
And as a name it joins nothing: the wiki makes a page of it that nobody writes.

Example: `|referent=Lou Échantillon (lou@example.org)`.

Fix safety: There is no fix: a fix would write the address once more, into plans and reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un champ fait pour des noms contient une adresse de courriel.

Pourquoi : La page est publique : des programmes y ramassent les adresses, et la personne n'a
peut-être jamais donné son accord. Et comme nom, elle ne relie rien : le wiki en fait une page que
personne n'écrira.

Exemple : `|referent=Lou Échantillon (lou@example.org)`.

Correction : Aucune : une correction écrirait l'adresse une fois de plus, dans les plans et les
rapports.
"""

_KINDS: frozenset[Kind] = frozenset({"user", "page"})
_MAIL = re.compile(r"[^\s@,;:<>()\[\]|]+@(?:[^\s@,;:<>().\[\]|]+\.)+[^\W\d_]{2,24}")

_MESSAGE = Text(
    "Le champ {field} contient une adresse de courriel, {masked}, visible de tous : écrivez le nom "
    "de la personne à sa place. L'historique de la page la garde : un administrateur peut l'y "
    "masquer.",
    "The field {field} holds a mail address, {masked}, that everybody can see: write the name of "
    "the person in its place. The history of the page keeps it: an administrator can hide it "
    "there.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each address in a field of names, never with the address in full."""
    for found in record.filled(_KINDS):
        if "@" not in found.wikitext:
            continue
        for address in dict.fromkeys(_MAIL.findall(found.wikitext)):
            masked = f"{address[0]}…@…"
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(field=label(found.field), masked=quoted(masked)),
                value=masked,
            )


RULE: Rule = rule("PPL104", "mail-in-name", "warning", "none", find, __doc__, FR)
