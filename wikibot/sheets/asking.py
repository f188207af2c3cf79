"""What a person asks for: the cells that no longer say what was exported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wikibot.errors import SafetyStop
from wikibot.language import Text, counted
from wikibot.mapping import Mapping as WikiMapping
from wikibot.mapping import PageType
from wikibot.sheets.cells import Base, Cells
from wikibot.sheets.keys import Key, mark
from wikibot.sheets.notice import Kind, Notice
from wikibot.sheets.reading import Row
from wikibot.workbook import Cell, Unclear

_MANY_CLEARED, _SHARE_CLEARED = 3, 3  # that many cells, and more than a third of the column
_MANY_MOVED, _SHARE_MOVED = 5, 0.8


@dataclass(frozen=True)
class Asked:
    """A cell that a person changed, with what it held when it was exported.

    `retyped`: a spreadsheet may have written it anew, for its file keeps no types.
    """

    row: Row
    key: Key
    cells: Cells
    base: Base
    cell: Cell
    retyped: bool = False

    def told(self, kind: Kind, message: Text, advice: Text | None = None) -> Notice:
        """Return what is to tell of this cell."""
        row = self.row
        where = (row.sheet, row.number, row.title)
        return Notice(kind, *where, message, advice, self.cells.field.id)


@dataclass(frozen=True)
class Asking:
    """The changed cells of one sheet, in the order of the file, and what is told beside.

    `filled` counts, by field, the cells that held something when they were exported; `wiped` are
    rows of which every one of them is empty now.
    """

    asked: tuple[Asked, ...]
    told: tuple[Notice, ...]
    filled: Mapping[str, int]
    wiped: tuple[Row, ...] = ()


def asked_of(
    rows: Iterable[Row], page_type: PageType, mapping: WikiMapping, *, retyped: bool
) -> Asking:
    """Return what a person changed in the rows of a sheet; new rows are no part of it.

    `retyped`: the file keeps no types, so that a spreadsheet may have written cells anew.
    """
    known = {field.id: Cells.of(field, mapping) for field in page_type.fields}
    asked: list[Asked] = []
    told: list[Notice] = []
    filled: Counter[str] = Counter()
    respelled: dict[str, list[Row]] = {}
    wiped: list[Row] = []
    empty = mark("", "")
    for row in rows:
        if row.key is None:
            continue
        unclear: dict[Text, list[str]] = {}
        held = [f for f in row.cells if f in row.bases and row.bases[f].mark.exact != empty.exact]
        filled.update(held)
        if len(held) >= _MANY_CLEARED and all(row.cells[f] in (None, "") for f in held):
            wiped.append(row)
        for field_id, cell in row.cells.items():
            cells, base = known.get(field_id), row.bases.get(field_id)
            if cells is None or base is None:
                continue
            if isinstance(cell, Unclear):
                if not cell.shown and base.mark.exact == empty.exact:
                    continue  # a short row, and there was nothing
                unclear.setdefault(cell.why, []).append(field_id)
                continue
            sameness = cells.compare(cell, base, retyped=retyped)
            if sameness == "same":
                continue
            one = Asked(row, row.key, cells, base, cell, retyped)
            if sameness == "respelled":
                respelled.setdefault(field_id, []).append(row)
            elif base.mark.frozen:
                told.append(one.told("frozen", about(cells, _NOT_HERE)))
            else:
                asked.append(one)
        told += _unclear(row, unclear, known)
    told += [_rewritten(known[field_id], of) for field_id, of in respelled.items()]
    return Asking(tuple(asked), tuple(told), filled, tuple(wiped))


def about(cells: Cells, why: Text) -> Text:
    """Return a reason with the name of its field in front."""
    label = cells.field.label
    return Text(f"{label.fr} : {why.fr}", f"{label.en}: {why.en}")


def says_something(row: Row) -> bool:
    """Return whether anything stands in a row that has no key."""
    cells = row.cells.values()
    return bool(row.title) or any(
        cell.strip() if isinstance(cell, str) else cell is not None for cell in cells
    )


def look_at_whole(asking: Asking, allow: Collection[str]) -> None:
    """Look whether a whole row or column went wrong: emptied, or sorted without the others.

    Raises:
        SafetyStop: it did, and `allow` has no "cleared", or no "sorted".
    """
    if asking.wiped and "cleared" not in allow:
        raise _wiped(asking.wiped[0])
    for field_id, of_field in _by_field(asking.asked).items():
        cleared = sum(each.cell is None or each.cell == "" for each in of_field)
        filled = asking.filled.get(field_id, 0)
        if (
            "cleared" not in allow
            and cleared >= _MANY_CLEARED
            and cleared * _SHARE_CLEARED > filled
        ):
            raise _emptied(of_field[0], cleared, filled)
        if "sorted" not in allow and _moved(of_field):
            raise _sorted(of_field[0], len(of_field))


def _by_field(asked: Sequence[Asked]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for each in asked:
        found.setdefault(each.cells.field.id, []).append(each)
    return found


def _moved(asked: Sequence[Asked]) -> bool:
    """Return whether the values of a column seem to have changed rows."""
    if len(asked) < _MANY_MOVED:
        return False
    old = Counter(each.base.mark.loose for each in asked)
    new = Counter(mark("", each.cells.loose(each.cell)).loose for each in asked)
    return (old & new).total() >= _SHARE_MOVED * len(asked)


def _unclear(
    row: Row, found: Mapping[Text, Sequence[str]], known: Mapping[str, Cells]
) -> Iterator[Notice]:
    """Yield one line a row and a reason: a row may end early, and then many cells are unclear."""
    for why, ids in found.items():
        labels = [known[field_id].field.label for field_id in ids]
        others = len(ids) - 1
        more = Text(f" (et {others} autre{'s' if others > 1 else ''})", f" (and {others} more)")
        end = more if others else Text("", "")
        yield Notice(
            "unclear",
            row.sheet,
            row.number,
            row.title,
            Text(
                f"{labels[0].fr}{end.fr} : {why.fr} ; rien n'est changé.",
                f"{labels[0].en}{end.en}: {why.en}; nothing is changed.",
            ),
            field=ids[0] if len(ids) == 1 else "",
        )


def _rewritten(cells: Cells, rows: Sequence[Row]) -> Notice:
    label, first = cells.field.label, rows[0]
    number = counted(len(rows), Text("cellule", "cell"), Text("cellules", "cells"))
    return Notice(
        "respelled",
        first.sheet,
        first.number,
        first.title,
        Text(
            f"{label.fr} : {number.fr} dont seule l'écriture a changé, comme un tableur le fait de "
            "lui-même (zéros, dates, nombres) ; la valeur du wiki reste.",
            f"{label.en}: {number.en} in which only the spelling changed, as a spreadsheet does "
            "by itself (zeros, dates, numbers); the value of the wiki stays.",
        ),
        Text(
            "Si vous vouliez vraiment changer l'écriture, utilisez « wikibot set ».",
            "If you meant to change the spelling, use “wikibot set”.",
        ),
        field=cells.field.id,
    )


_NOT_HERE = Text(
    "cette cellule ne se modifie pas ici ; rien n'est changé.",
    "this cell cannot be edited here; nothing is changed.",
)


def _column_of(example: Asked) -> Text:
    label, sheet = example.cells.field.label, example.row.sheet
    if not sheet:  # a text file has but one
        return Text(f"Colonne « {label.fr} »", f"Column “{label.en}”")
    return Text(
        f"Feuille « {sheet} », colonne « {label.fr} »", f"Sheet “{sheet}”, column “{label.en}”"
    )


def _emptied(example: Asked, cleared: int, filled: int) -> SafetyStop:
    where = _column_of(example)
    return SafetyStop(
        Text(
            f"{where.fr} : {cleared} cellules sur {filled} ont été vidées. Est-ce voulu ?",
            f"{where.en}: {cleared} cells of {filled} were emptied. Is that meant?",
        ),
        Text(
            "Rien n'est changé. Si c'est voulu, ajoutez --allow cleared ; sinon, supprimez la "
            "colonne du fichier : elle ne sera pas prise en compte.",
            "Nothing is changed. If it is meant, add --allow cleared; if not, delete the column "
            "from the file: it does not count then.",
        ),
        "cleared",
    )


def _wiped(row: Row) -> SafetyStop:
    return SafetyStop(
        Text(
            f"Ligne {row.number}, « {row.title} » : toutes les cellules ont été vidées. Est-ce "
            "voulu ?",
            f"Row {row.number}, “{row.title}”: every cell was emptied. Is that meant?",
        ),
        Text(
            "Rien n'est changé. Si c'est voulu, ajoutez --allow cleared ; sinon, supprimez la "
            "ligne entière : elle ne sera pas prise en compte.",
            "Nothing is changed. If it is meant, add --allow cleared; if not, delete the whole "
            "row: it does not count then.",
        ),
        "cleared",
    )


def _sorted(example: Asked, number: int) -> SafetyStop:
    where = _column_of(example)
    return SafetyStop(
        Text(
            f"{where.fr} : {number} valeurs semblent avoir changé "
            "de ligne, comme après le tri d'une seule colonne.",
            f"{where.en}: {number} values seem to have changed rows, as "
            "after sorting a single column.",
        ),
        Text(
            "Rien n'est changé. Annulez le tri, ou exportez à nouveau ; si c'est voulu, ajoutez "
            "--allow sorted.",
            "Nothing is changed. Undo the sorting, or export again; if it is meant, add --allow "
            "sorted.",
        ),
        "sorted",
    )
