"""What: A field names a page, or a file, that the wiki does not have.

Why: The link is red, the page named does not list this one, and a query by that title finds
nothing.

Example: `|communs_proches=Atlas des haie` where the page is called `Atlas des haies`.

Fix safety: Where one page alone bears nearly that title, naming it is offered and unsafe: the page
meant may not have been written yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule_among
from wikibot.checks.links import Named, files_named, pages_named, terms_named
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.plus_for_blank import is_joined
from wikibot.checks.reading import replaced
from wikibot.checks.words import either, label, quoted
from wikibot.checks.wrong_separator import parts_of
from wikibot.edits import Record
from wikibot.edits.titles import is_address, title_named
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un champ nomme une page, ou un fichier, que le wiki n'a pas.

Pourquoi : Le lien est rouge, la page nommée ne cite pas celle-ci, et une requête sur ce titre ne
trouve rien.

Exemple : `|communs_proches=Atlas des haie` alors que la page s'appelle `Atlas des haies`.

Correction : Si une seule page porte presque ce titre, la nommer est proposé, à confirmer : la page
voulue n'est peut-être pas encore écrite.
"""

_PAGE = Text(
    "Le champ {field} nomme la page {value}, qui n'existe pas.{hint}",
    "The field {field} names the page {value}, which does not exist.{hint}",
)
_HINT = Text(" Vouliez-vous dire {titles} ?", " Did you mean {titles}?")
_NO_HINT = Text(
    " Vérifiez le titre, tel qu'il s'affiche en haut de la page, ou créez-la.",
    " See how its title stands at the top of the page, or create it.",
)
_FILE = Text(
    "Le champ {field} nomme le fichier {value}, qui n'est pas sur le wiki : téléversez-le, ou "
    "écrivez le nom d'un fichier qui s'y trouve.",
    "The field {field} names the file {value}, which is not on the wiki: upload it, or write the "
    "name of one that is.",
)
_TERM = Text(
    "Le terme {value} du champ {field} n'a pas de page sur ce wiki, à la différence d'autres "
    "termes : créez-la avec le formulaire « {form} ».",
    "The term {value} of the field {field} has no page on this wiki, while other terms have: "
    "create it with the form “{form}”.",
)
_LONGEST_RUN = 4  # parts that a separator within a title makes of it


def find_among(record: Record, mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a finding for each title without a page; a term's on the first page that has it."""
    for named in pages_named(record, neighbours.namespaces):
        of_type = named.found.field.pages_of
        if neighbours.is_missing(named.title, of_type) and not (
            _is_part(named, neighbours) or _is_told(named, record, mapping)
        ):
            yield _missing_page(record, named, neighbours)
    # a wiki that has none of the files named is a copy of texts, or takes them from elsewhere
    for named in files_named(record, neighbours.namespaces) if neighbours.has_files else ():
        if neighbours.is_missing(named.title, None):
            message = _FILE.format(field=label(named.found.field), value=quoted(named.item))
            yield finding(RULE, record, named.found, message, value=named.item)
    for named, page_type in terms_named(record, mapping, neighbours.namespaces):
        if not neighbours.titles(page_type.id):
            continue  # this wiki gives terms no pages
        if neighbours.is_missing(named.title, page_type.id) and _is_first(
            record, named, neighbours
        ):
            message = _TERM.format(
                field=label(named.found.field),
                value=quoted(named.item),
                form=page_type.form or page_type.template,
            )
            yield finding(RULE, record, named.found, message, severity="info", value=named.item)


def _missing_page(record: Record, named: Named, neighbours: Neighbours) -> Finding:
    title, field = str(named.title), named.found.field
    known = [t for t in neighbours.alike(title, field.pages_of) if t != str(record.page.title)]
    near = known or [
        t for t in neighbours.near(title, field.pages_of) if t != str(record.page.title)
    ]
    clear = known[0] if len(known) == 1 else None
    return finding(
        RULE,
        record,
        named.found,
        _PAGE.format(
            field=label(field),
            value=quoted(named.item),
            hint=_HINT.format(titles=either(near[:3])) if near else _NO_HINT,
        ),
        value=named.item,
        new=replaced(named.found, named.item, [clear]) if clear else None,
    )


def _is_part(named: Named, neighbours: Neighbours) -> bool:
    """Return whether the item is a piece of a title that holds the separator of the list."""
    items, separator = named.found.items, named.found.field.separator
    if not named.found.field.many:
        return False
    place = items.index(named.item)
    for start in range(max(0, place - _LONGEST_RUN + 1), place + 1):
        for end in range(max(place, start + 1) + 1, min(start + _LONGEST_RUN, len(items)) + 1):
            for between in (f"{separator} ", separator):
                whole = title_named(between.join(items[start:end]), neighbours.namespaces)
                if neighbours.is_there(whole):
                    return True
    return False


def _is_told(named: Named, record: Record, mapping: Mapping) -> bool:
    """Return whether another rule says more: several titles in one item, or none on a board."""
    if named.found.field.many and len(parts_of(named.item, named.found, mapping)[0]) > 1:
        return True
    board = record.page_type.board
    if board is None or named.found.field.id != board.related:
        return False
    return is_address(named.item) or is_joined(named.item)


def _is_first(record: Record, named: Named, neighbours: Neighbours) -> bool:
    """Return whether no page before this one, by title, says the same of the term."""
    users = neighbours.uses_term(str(named.title))
    return not users or users[0] == str(record.page.title)


RULE: Rule = rule_among(
    "LNK101", "link-missing-page", "warning", "unsafe", "collection", find_among, __doc__, FR
)
