"""What was exported, what a person typed, what the page holds now: field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wikibot.edits import Change, FieldValue, PageEdit, Record, records_of
from wikibot.edits.dates import read_date
from wikibot.edits.rebase import Clash
from wikibot.errors import AmbiguousWikitext, InputError, UnsafeValue
from wikibot.jobs.stale import stale
from wikibot.jobs.typed import change_to, wikitext_of
from wikibot.language import Text, moment
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.sheets import Asked, Cells, Doubtful, Notice, about
from wikibot.value import decode, join, split
from wikibot.wiki import Wiki
from wikibot.workbook import Cell

_SHOWN = 200  # characters of a value in a conflict


@dataclass(frozen=True)
class Merged:
    """The changes of one page, each with the cell that asks for it, and what is told beside."""

    changes: tuple[tuple[Asked, Change], ...]
    told: tuple[Notice, ...]


def merge(
    page: Page | InputError | None, asked: Sequence[Asked], mapping: Mapping, wiki: Wiki
) -> Merged:
    """Return what the changed cells of one page come to; `page` may be gone, or unreadable."""
    if not isinstance(page, Page):
        why = _GONE if page is None else page.message
        return Merged((), tuple(each.told("gone", about(each.cells, why)) for each in asked))
    try:
        records = records_of(page, mapping, wiki.syntax)
    except AmbiguousWikitext as error:
        told = (each.told("gone", about(each.cells, error.message)) for each in asked)
        return Merged((), tuple(told))
    changes: list[tuple[Asked, Change]] = []
    told_all: list[Notice] = []
    for each in asked:
        record = _record(records, each, page, mapping)
        if record is None:
            told_all.append(each.told("gone", about(each.cells, _OTHER_CALL), _AGAIN))
            continue
        found = _outcome(each, record, mapping, wiki)
        if isinstance(found, Change):
            changes.append((each, found))
        elif found is not None:
            told_all.append(found)
    places = Counter(change.place for _, change in changes)
    for each, change in changes:  # two rows that found the same call
        if places[change.place] > 1:
            told_all.append(each.told("gone", about(each.cells, _OTHER_CALL), _AGAIN))
    kept = ((each, change) for each, change in changes if places[change.place] == 1)
    return Merged(tuple(kept), tuple(told_all))


def _record(records: Sequence[Record], asked: Asked, page: Page, mapping: Mapping) -> Record | None:
    """Return the call that a row stands for, None where nobody can tell which one it is.

    Where one of several calls may have come, gone or moved, it is the one that still holds
    all that was exported.
    """
    key = asked.key
    of_type = [record for record in records if record.page_type.id == key.page_type]
    if len(of_type) == key.count and (page.revision.id == key.revid or key.count == 1):
        return of_type[key.index] if key.index < key.count else None
    if key.count < 2:
        return None
    same = [record for record in of_type if _is_as_exported(record, asked, mapping)]
    return same[0] if len(same) == 1 else None


def _is_as_exported(record: Record, asked: Asked, mapping: Mapping) -> bool:
    for field_id, base in asked.row.bases.items():
        field = record.page_type.field(field_id)
        if field is None or base.mark.frozen:
            continue
        cells = Cells.of(field, mapping)
        if not cells.holds(cells.shown(record[field_id], "fr"), base):
            return False
    return True


def _outcome(asked: Asked, record: Record, mapping: Mapping, wiki: Wiki) -> Change | Notice | None:
    """Return the change that a cell asks for, why it is not made, or None: it stands already."""
    cells = asked.cells
    now = record[cells.field.id]
    shown = cells.shown(now, "fr")
    if shown.frozen:
        return asked.told("frozen", about(cells, _NOT_ONE_CELL))
    if asked.retyped and _lost_letters(asked.cell, shown.text):
        return asked.told("unclear", about(cells, _LETTERS), _AS_UTF8)
    try:
        wikitext = _wikitext(cells, now, cells.text_of(asked.cell), mapping)
    except Doubtful as doubt:
        return asked.told("unclear", about(cells, doubt.why))
    except (InputError, UnsafeValue) as error:
        message = error.message
        named = message.fr.startswith(cells.field.label.fr)
        return asked.told("refused", message if named else about(cells, message), error.advice)
    if wikitext == now.wikitext:
        return None
    change = change_to(record, now, wikitext)
    if cells.holds(shown, asked.base):
        return change
    return asked.told("conflict", _conflict(asked, change, record.page, shown.text, wiki), _CHOOSE)


def _wikitext(cells: Cells, now: FieldValue, typed: str, mapping: Mapping) -> str:
    """Return the wikitext of what was typed, as `set` would write it.

    Items of a list that nobody changed stay as they are spelled, no term of the vocabulary too.

    Raises:
        InputError, UnsafeValue: the field cannot hold it.
    """
    field = now.field
    if field.many:
        there = {cells.label(item): item for item in reversed(now.items)}
        nothing = FieldValue(field, None, "", "", ())
        items = [
            there.get(cells.label(item)) or decode(wikitext_of(nothing, item, mapping))
            for item in split(typed, field.separator)
        ]
        items = list(dict.fromkeys(items))
        if tuple(items) == now.items:
            return now.wikitext
        return join(items, field.separator, like=now.wikitext)
    if field.kind == "date" and typed:
        reading = read_date(typed)
        if reading.state == "one" and reading.new:  # a French spreadsheet writes 31/12/2026
            typed = reading.new
    if not (field.wikitext or now.is_plain) and any(sign in typed for sign in _MARKUP):
        raise InputError(_HAS_MARKUP)
    return wikitext_of(now, typed, mapping)


def _lost_letters(cell: Cell, now: str) -> bool:
    """Return whether a cell is the value without the letters that Windows-1252 does not have."""
    if not isinstance(cell, str) or cell.strip() == now.strip():
        return False
    return cell.strip() == now.strip().encode("cp1252", "replace").decode("cp1252")


def _conflict(asked: Asked, change: Change, page: Page, now: str, wiki: Wiki) -> Text:
    """Return what stands where, and who changed it on the wiki, where that can be told."""
    who = _who(asked, change, page, wiki)
    here = "" if asked.cell is None else str(asked.cell)
    before = asked.base.text
    told = Text("", "")
    if before is not None:
        told = Text(
            f"À l'export : {_quoted(before).fr}. ", f"When exported: {_quoted(before).en}. "
        )
    return about(
        asked.cells,
        Text(
            f"changé aussi sur le wiki{who.fr}. {told.fr}Sur le wiki : {_quoted(now).fr}. Dans le "
            f"fichier : {_quoted(here).fr}. Rien n'est écrit dans ce champ.",
            f"changed on the wiki too{who.en}. {told.en}On the wiki: {_quoted(now).en}. In the "
            f"file: {_quoted(here).en}. Nothing is written to this field.",
        ),
    )


def _who(asked: Asked, change: Change, page: Page, wiki: Wiki) -> Text:
    """Return who changed the field on the wiki, and when, as the end of a sentence."""
    user, at = page.revision.user, page.revision.timestamp
    if page.revision.parent_id != asked.key.revid:  # more than one edit since: look at them
        edit = PageEdit(str(page.title), page.id, asked.key.revid, (change,))
        clash = Clash(change, change.old, change.parameter, "")
        found = stale(page, edit, [clash], wiki)[0]
        if found.at is None:
            return Text("", "")
        user, at = found.user, found.at
    name = Text(f" par {user}", f" by {user}") if user else Text("", "")
    when = moment(at)
    return Text(f"{name.fr} le {when.fr}", f"{name.en} on {when.en}")


def _quoted(text: str) -> Text:
    if not text:
        return Text("(vide)", "(empty)")
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return Text(f"« {cut} »", f"“{cut}”")


_MARKUP = ("[[", "{{", "<")
_GONE = Text(
    "la page n'existe plus sur le wiki, ou ne se laisse plus lire ; elle n'est pas recréée.",
    "the page is no longer on the wiki, or can no longer be read; it is not created again.",
)
_OTHER_CALL = Text(
    "on ne retrouve pas sur la page l'entrée de cette ligne : le modèle a été déplacé, retiré ou "
    "ajouté depuis l'export.",
    "the entry of this row is not found on the page: its template was moved, taken out or added "
    "since the export.",
)
_NOT_ONE_CELL = Text(
    "la valeur de la page ne tient plus dans une cellule ; modifiez-la sur le wiki.",
    "the value on the page no longer fits in one cell; edit it on the wiki.",
)
_HAS_MARKUP = Text(
    "la valeur de la page contient du code wiki (lien, modèle, balise) : modifiez-la sur le wiki.",
    "the value on the page holds wikitext (a link, a template or a tag): edit it on the wiki.",
)
_LETTERS = Text(
    "des lettres se sont perdues à l'enregistrement du fichier ; rien n'est changé.",
    "letters were lost when the file was saved; nothing is changed.",
)
_AS_UTF8 = Text(
    "Enregistrez en « CSV UTF-8 », ou travaillez en .xlsx ou .ods.",
    "Save as “CSV UTF-8”, or work in .xlsx or .ods.",
)
_AGAIN = Text("Exportez à nouveau.", "Export again.")
_CHOOSE = Text(
    "Voyez avec la personne, puis exportez à nouveau ou modifiez la page sur le wiki.",
    "Settle it with that person, then export again or edit the page on the wiki.",
)
