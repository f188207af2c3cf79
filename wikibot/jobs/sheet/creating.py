"""Rows without a key: new pages, where somebody asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wikibot.checks import check_page
from wikibot.edits import FieldValue, PageEdit
from wikibot.edits.creation import page_text
from wikibot.edits.summary import harmless
from wikibot.errors import InputError, InvalidTitle, UnsafeValue
from wikibot.jobs.typed import wikitext_of
from wikibot.language import Text
from wikibot.mapping import Mapping, PageType
from wikibot.page import Page, Revision
from wikibot.sheets import Cells, Doubtful, Notice, Row, about
from wikibot.title import Title
from wikibot.wiki import Wiki


@dataclass(frozen=True)
class NewPages:
    """The edits that create pages, and why other rows create none."""

    edits: tuple[PageEdit, ...]
    told: tuple[Notice, ...]


def new_pages(
    rows: Sequence[Row],
    page_type: PageType,
    mapping: Mapping,
    wiki: Wiki,
    now: datetime,
    *,
    create: bool,
) -> NewPages:
    """Return what the new rows of a page type come to; one request asks for all their titles."""
    why = _why_none(page_type, create)
    if why is not None:
        return NewPages((), tuple(_told(row, *why) for row in rows))
    edits: list[PageEdit] = []
    told: list[Notice] = []
    titled: list[tuple[Row, Title]] = []
    for row in rows:
        try:
            titled.append((row, _title(row, page_type, wiki)))
        except InputError as error:
            told.append(_told(row, error.message, error.advice))
    names = Counter(str(title) for _, title in titled)
    standing = wiki.standing(list(names)) if names else {}
    for row, title in titled:
        known = standing.get(str(title))
        if names[str(title)] > 1:
            told.append(_told(row, _TWICE))
        elif known is not None and known.there:
            told.append(_told(row, _THERE, _EXPORT))
        else:
            made = _made(row, title, page_type, mapping, wiki, now)
            if isinstance(made, PageEdit):
                edits.append(made)
            else:
                told += made
    return NewPages(tuple(edits), tuple(told))


def _why_none(page_type: PageType, create: bool) -> tuple[Text, Text | None] | None:
    if page_type.repeats or page_type.part_of:
        return _PART, None
    if page_type.numbered:
        return _NUMBERED, None
    return None if create else (_NOT_ASKED, _ASK)


def _title(row: Row, page_type: PageType, wiki: Wiki) -> Title:
    """Return the title of a new page.

    Raises:
        InputError: there is none, or no page of the type can bear it.
    """
    if not row.title:
        raise InputError(_NO_TITLE)
    try:
        title = wiki.syntax.namespaces.parse(row.title, page_type.namespace)
    except InvalidTitle as error:
        raise InputError(error.message, error.advice) from None
    if title.namespace != page_type.namespace:
        raise InputError(_NAMESPACE)
    return title


def _made(
    row: Row, title: Title, page_type: PageType, mapping: Mapping, wiki: Wiki, now: datetime
) -> PageEdit | list[Notice]:
    """Return the edit that creates a page, or everything that is wrong with its row."""
    told: list[Notice] = []
    values: dict[str, str] = {}
    for field in page_type.fields:
        if field.computed or field.id not in row.cells:
            continue
        cells = Cells.of(field, mapping)
        try:
            typed = cells.text_of(row.cells[field.id])
            values[field.id] = wikitext_of(FieldValue(field, None, "", "", ()), typed, mapping)
        except Doubtful as doubt:
            told.append(_told(row, about(cells, doubt.why)))
        except (InputError, UnsafeValue) as error:
            told.append(_told(row, error.message, error.advice))
    if told:
        return told
    try:
        text = page_text(page_type, values, syntax=wiki.syntax)
    except UnsafeValue as error:
        return [_told(row, error.message, error.advice)]
    page = Page(0, title, Revision(0, 0, now), text)
    wrong = [f for f in check_page(page, mapping, wiki.syntax) if f.severity == "error"]
    if wrong:
        return [_told(row, found.message) for found in wrong]
    words = harmless(f"{page_type.label.fr} : nouvelle fiche")
    tail = f" ({mapping.wiki.summary})" if mapping.wiki.summary else ""
    return PageEdit(str(title), 0, 0, (), words + tail, text)


def _told(row: Row, message: Text, advice: Text | None = None) -> Notice:
    return Notice("new", row.sheet, row.number, row.title, message, advice)


_NOT_ASKED = Text("nouvelle ligne : aucune page n'est créée.", "a new row: no page is created.")
_ASK = Text("Pour la créer, ajoutez --create.", "To create it, add --create.")
_NO_TITLE = Text(
    "nouvelle ligne sans titre dans « Page » : aucune page n'est créée.",
    "a new row without a title in “Page”: no page is created.",
)
_NAMESPACE = Text(
    "ce titre est dans un autre espace de noms que les pages de cette feuille.",
    "this title is in another namespace than the pages of this sheet.",
)
_TWICE = Text(
    "deux nouvelles lignes ont ce titre : aucune n'est créée.",
    "two new rows have this title: none is created.",
)
_THERE = Text("cette page existe déjà : elle n'est pas touchée.", "this page exists: it is left.")
_EXPORT = Text(
    "Exportez-la pour la modifier, ou choisissez un autre titre.",
    "Export it to edit it, or choose another title.",
)
_PART = Text(
    "nouvelle ligne : ces entrées s'ajoutent sur leur page, pas ici.",
    "a new row: such entries are added on their page, not here.",
)
_NUMBERED = Text(
    "nouvelle ligne : les pages de ce type sont numérotées par le wiki, on ne les crée pas ici.",
    "a new row: the wiki numbers the pages of this type, they are not created here.",
)
