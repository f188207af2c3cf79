"""What: The contact of a page has neither a page nor an account on the wiki.

Why: Nobody knows any more whom to ask, and a message to that person reaches no one.

Example: `|referent=Camille Exemple` once the page of that person was deleted.

Fix safety: There is no fix: who follows the page now, only a person knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.links import contacts_named
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.words import either, label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Le contact d'une page n'a ni page ni compte sur le wiki.

Pourquoi : Plus personne ne sait à qui s'adresser, et un message à cette personne n'arrive à
personne.

Exemple : `|referent=Camille Exemple` une fois la page de cette personne supprimée.

Correction : Aucune : qui suit la page maintenant, seule une personne le sait.
"""

_MESSAGE = Text(
    "Le champ {field} nomme {value}, qui n'a ni page ni compte sur ce wiki.{hint}",
    "The field {field} names {value}, who has neither a page nor an account on this wiki.{hint}",
)
_ON_A_COPY = Text(
    "Le champ {field} nomme {value}, qui n'a pas de page ici, à la différence d'autres contacts."
    "{hint}",
    "The field {field} names {value}, who has no page here, while other contacts have.{hint}",
)
_HINT = Text(" Vouliez-vous dire {names} ?", " Did you mean {names}?")
_NO_HINT = Text(
    " Nommez la personne à qui écrire aujourd'hui, ou faites sa page.",
    " Name the person to write to today, or make their page.",
)


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for a contact who is gone, on a wiki whose contacts are mostly there."""
    for named in contacts_named(record, neighbours.namespaces):
        field = named.found.field
        if not neighbours.is_gone(named.title, field.pages_of):
            continue
        if not neighbours.has_contacts(record.page_type.id, field.id, field.pages_of):
            continue
        near = neighbours.near(named.title.name, field.pages_of) if field.pages_of else ()
        yield finding(
            RULE,
            record,
            named.found,
            (_MESSAGE if neighbours.proven else _ON_A_COPY).format(
                field=label(field),
                value=quoted(named.item),
                hint=_HINT.format(names=either(near)) if near else _NO_HINT,
            ),
            value=named.item,
        )


RULE: Rule = rule_among(
    "COL103", "contact-gone", "info", "none", "collection", find_among, __doc__, FR
)
