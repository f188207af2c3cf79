"""What the wiki itself lists that concerns the rules, each list once for all pages.

The pages that stand in the category or namespace of a page type and have no record, and the values
that Semantic MediaWiki could not read.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from wikibot.checks.cards import Improper
from wikibot.errors import ConfigError, InputError, QueryRefused
from wikibot.language import Text
from wikibot.mapping import Mapping as WikiMapping
from wikibot.mapping import PageType
from wikibot.page import Page
from wikibot.title import MAIN, Title, canonical_name
from wikibot.wiki import Wiki
from wikibot.wiki.protocol import Catalogue, Shelved, Titled
from wikibot.wiki.semantic import Subject, key_of, names_of, note_of
from wikibot.wikitext import Syntax, categories_of, redirect_target

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki.ask import Asker

log = logging.getLogger(__name__)

_FEW = 3  # pages: beyond, one list of the whole wiki costs fewer requests than each page's facts
_HEADS = (" ", "*")  # sort keys that put a page before all others: it presents the category
_UNTOLD = Text(
    "Les valeurs que le wiki lui-même ne sait pas lire n'ont pu être demandées (SMW101) : {why}",
    "What the wiki itself could not read could not be asked for (SMW101): {why}",
)
_IMPROPER, _NOTE = "_ERRP", "_ERRT"


@runtime_checkable
class _Semantic(Protocol):
    """A wiki that may have a Semantic MediaWiki to be asked: a server."""

    def asker(self) -> Asker: ...


Shelves = dict[str, tuple[Title, ...]]


def without_call(
    mapping: WikiMapping, wiki: Wiki, recorded: Collection[str], unread: Collection[str]
) -> Shelves:
    """Return, by page type, the pages of its category or namespace that have no record.

    `recorded` are the titles of the pages that have one, `unread` those of pages that cannot be
    read with certainty. On a server it costs a request for all categories, one for each that has
    pages, and one more where any is left; a folder or a dump is gone through once, and knows no
    categories but those that pages name themselves.

    Raises:
        InputError, Unavailable, AccessError: the wiki cannot be read.
    """
    types = [each for each in mapping.page_types if each.part_of is None]
    if isinstance(wiki, Shelved):
        shelves = _of_server(types, wiki)
    elif isinstance(wiki, Catalogue):
        shelves = _of_texts(mapping, wiki, wiki)
    else:
        return {}
    left = left_over(shelves, {*recorded, *unread})
    if left and isinstance(wiki, Shelved) and isinstance(wiki, Titled):
        # A page that shows the sheet of another, or whose call stands in another template.
        left = left_over(left, set(map(str, wiki.titles_with(mapping.templates))))
    return left


def left_over(shelves: Shelves, away: Collection[str]) -> Shelves:
    """Return the shelves without the pages of these titles, and without those that are empty."""
    kept = {
        type_id: tuple(title for title in titles if str(title) not in away)
        for type_id, titles in shelves.items()
    }
    return {type_id: titles for type_id, titles in kept.items() if titles}


def _of_server(types: Sequence[PageType], wiki: Shelved) -> Shelves:
    by_category = _categories(types)
    found = {
        by_category[name]: tuple(title for title in titles if title.namespace == MAIN)
        for name, titles in wiki.members(by_category).items()
    }
    for each in types:
        if each.namespace != MAIN:
            found[each.id] = tuple(wiki.titles_in([each.namespace]))
    return found


def _of_texts(mapping: WikiMapping, wiki: Wiki, catalogue: Catalogue) -> Shelves:
    shelving = Shelving(mapping)
    found: dict[str, list[Title]] = {}
    for page in catalogue.pages_in(shelving.namespaces):
        type_id = shelving.type_of(page, wiki.syntax)
        if type_id is not None:
            found.setdefault(type_id, []).append(page.title)
    return {type_id: tuple(titles) for type_id, titles in found.items()}


class Shelving:
    """Says of a text which type it is on the shelf of: its namespace's, or its category's."""

    def __init__(self, mapping: WikiMapping) -> None:
        types = [each for each in mapping.page_types if each.part_of is None]
        self._by_category = _categories(types)
        self._by_namespace = {t.namespace: t.id for t in reversed(types) if t.namespace != MAIN}
        self.namespaces = (MAIN, *self._by_namespace)

    def type_of(self, page: Page, syntax: Syntax) -> str | None:
        """Return the id of a page type; None where the page is on no shelf, or a redirect."""
        if page.title.namespace not in self.namespaces:
            return None
        type_id = self._by_namespace.get(page.title.namespace)
        if type_id is None:
            type_id = _shelf(page, self._by_category, syntax)
        return type_id if type_id is not None and redirect_target(page.text) is None else None


def _categories(types: Iterable[PageType]) -> dict[str, str]:
    """Return, by category, the id of the first type of the main namespace that has it."""
    found: dict[str, str] = {}
    for each in types:
        if each.category is not None and each.namespace == MAIN:
            found.setdefault(canonical_name(each.category), each.id)
    return found


def _shelf(page: Page, by_category: Mapping[str, str], syntax: Syntax) -> str | None:
    for name, key in categories_of(page.text, syntax):
        if name in by_category and not key.startswith(_HEADS):
            return by_category[name]
    return None


def improper_values(
    pages: Sequence[Page], mapping: WikiMapping, wiki: Wiki, *, whole: bool = False
) -> dict[str, tuple[Improper, ...]]:
    """Return, by title, what Semantic MediaWiki could not read on the pages, as it says itself.

    One list for all pages (of a few that are not the `whole` wiki, the facts of each). Nothing
    where the wiki has no Semantic MediaWiki, is a copy, or does not answer such a question; the
    log says why.

    Raises:
        Unavailable, AccessError: the server does not answer, or not to us.
    """
    property_ = wiki.syntax.namespaces.number("Property")
    has_properties = any(f.property for each in mapping.page_types for f in each.fields)
    if not isinstance(wiki, _Semantic) or property_ is None or not has_properties:
        return {}
    asker = wiki.asker()
    try:
        if len(pages) <= _FEW and not whole:
            return _of_few(pages, asker)
        return _of_all(asker)
    except ConfigError as error:
        log.info("no word of improper values: %s", error.message)
    except (InputError, QueryRefused) as error:
        log.warning(_UNTOLD.format(why=error.message))
    return {}


def _of_few(pages: Iterable[Page], asker: Asker) -> dict[str, tuple[Improper, ...]]:
    found = {}
    for page in pages:
        facts = asker.facts_of(str(page.title))
        told = [Improper(names_of(i.property).fr, (*i.parts, "")[0]) for i in facts.improper]
        if told and facts.subject.title == page.title:
            found[str(page.title)] = tuple(told)
    return found


def _of_all(asker: Asker) -> dict[str, tuple[Improper, ...]]:
    found: dict[str, dict[Improper, None]] = {}
    conditions = "[[Has improper value for::+]]"
    for subject in asker.ask(conditions, (_IMPROPER, _NOTE)):
        for told in _told(subject):
            found.setdefault(str(subject.title), {})[told] = None
    return {title: tuple(told) for title, told in found.items()}


def _told(subject: Subject) -> list[Improper]:
    """Return what one line of the list says: a page, or the subobject in which a note is kept."""
    by_key = {printout.key: printout.values for printout in subject.printouts}
    names = [names_of(key_of(str(value))).fr for value in by_key.get(_IMPROPER, ())]
    notes = [" ".join(note_of(str(value))[1][:1]) for value in by_key.get(_NOTE, ())]
    one = len(names) == len(notes) == 1
    return [Improper(name, notes[0] if one else "") for name in names]
