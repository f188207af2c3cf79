"""A workbook as a tracker: one row an action, under French headings; the rest is people's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wikibot.actions.sync import Entry, Side
from wikibot.edits import Requests
from wikibot.errors import InputError, SaveError, Unavailable, WikibotError
from wikibot.language import Text, same
from wikibot.mapping import fold
from wikibot.trackers.files import is_writable, not_ours, refuse_open, replace_file
from wikibot.trackers.protocol import Wanted, Written
from wikibot.trackers.workbook_cells import cell_of, is_blank, joined, value_of
from wikibot.visible import visible
from wikibot.workbook import (
    Book,
    Cell,
    Column,
    Kind,
    ReadSheet,
    Unclear,
    WrittenSheet,
    book_bytes,
    read_book,
)
from wikibot.workbook.update import HasFormula, Put, check_text, updated_bytes

HEADINGS: Mapping[str, str] = {
    "summary": "Résumé",
    "stage": "Avancement",
    "due": "Échéance",
    "assigned": "Responsables",
    "labels": "Étiquettes",
    "related": "Pages liées",
    "details": "Détails",
    "resolution": "Résolution",
}
KEY = "wikibot"  # the heading of the column by which rows are known
_SHEET = "Actions"
_KINDS: Mapping[str, Kind] = {".xlsx": "xlsx", ".ods": "ods", ".csv": "csv"}
_WIDTHS: Mapping[str, int] = {
    "summary": 48,
    "details": 60,
    "resolution": 40,
    "related": 40,
    "due": 12,
}
_KEY = re.compile(r"(w[0-9a-z]{4,20})(?: (\d{1,19}))?(?: ([0-9a-z]{1,20}))?")


@dataclass(frozen=True)
class _Sheet:
    """The sheet of the actions. `columns` are the places of the fields, `key` that of the key."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    columns: Mapping[str, int]
    key: int
    digest: str


@dataclass
class WorkbookTracker:
    """The actions of one sheet of a workbook.

    `headings` names the columns, field → heading; `sheet` the sheet, None for the one that has
    these headings. Columns, sheets, formats and notes of people stay as they are. A workbook that
    is not there yet is made by the first write. `stages` are the choices of the column that says
    how far an action is; `needed` are fields that must have their column, beside the summary.
    """

    path: Path
    fresh_id: Callable[[], str]
    now: Callable[[], datetime]
    headings: Mapping[str, str] = field(default_factory=lambda: HEADINGS)
    sheet: str | None = None
    stages: tuple[str, ...] = ()
    needed: AbstractSet[str] = frozenset()
    _read: _Sheet | None = None

    @property
    def place(self) -> str:
        """Return the path."""
        return f"{self.path}"

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that have a column: those of the headings that are there."""
        if self._read is None:
            return frozenset(self.headings)
        return frozenset(self._read.columns)

    @property
    def requests(self) -> Requests:
        """Return none: a file is asked nothing."""
        return Requests()

    def read(self) -> Side:
        """Return the rows; see `Tracker.read`. An empty row is none."""
        if self.path.suffix.lower() not in _KINDS:
            raise not_ours(self.path, _OTHER_KIND)
        writable = is_writable(self.path)
        if not self.path.exists():
            self._read = None
            return Side((), complete=True, writable=writable)
        self._read = found = self._load(self.path)
        return Side(tuple(e for _, e in self._entries(found)), complete=True, writable=writable)

    def claim(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Write an id into the rows that have none."""
        if not keys:
            return {}
        found = self._load(self.path)
        wanted, given, puts = set(keys), {}, []
        for row, entry in self._entries(found):
            if entry.key in wanted and not entry.claimed:
                given[entry.key] = f"w{self.fresh_id()}"
                puts.append(Put(row, found.key, given[entry.key]))
        self._save(found, puts)
        return given

    def write(self, wanted: Sequence[Wanted]) -> Iterator[Written]:
        """Write all rows at once, each only where it is as it was read."""
        refuse_open(self.path)
        found = self._load(self.path) if self.path.exists() else self._begun()
        rows = {entry.key: (row, entry) for row, entry in self._entries(found)}
        going: list[tuple[Wanted, str]] = []
        ended: list[Written] = []
        for want in wanted:
            entry = rows[want.key][1] if want.key in rows else None
            if want.key and (entry is None or entry.etag != want.etag):
                ended.append(Written(want, error=_changed()))
                continue
            try:
                for value in want.new.values():
                    check_text(joined(value))
            except InputError as error:
                ended.append(Written(want, error=error))
            else:
                going.append((want, want.key or f"w{self.fresh_id()}"))
        while going:
            free, puts, of_row = len(found.rows), [], {}
            for want, key in going:
                row = rows[want.key][0] if want.key else free
                free += not want.key
                of_row[row] = want
                puts += self._puts(found, row, key, want)
            try:
                found = self._save(found, puts)
                break
            except HasFormula as error:
                ended.append(Written(of_row[error.row], error=error))
                going = [each for each in going if each[0] is not of_row[error.row]]
        now = {entry.key: entry for _, entry in self._entries(found)}
        yield from ended
        for want, key in going:
            yield Written(want, now.get(key), proven=True)

    # --- reading ---

    def _load(self, path: Path) -> _Sheet:
        if path == self.path:
            refuse_open(path)
        book = read_book(path)
        sheets = [s for s in book.sheets if self.sheet is None or s.name == self.sheet]
        first: InputError | None = None
        for sheet in sheets:
            try:
                return self._laid_out(sheet, book)
            except InputError as error:
                first = first or error
        raise first or not_ours(self.path, _NO_SHEET.format(name=same(self.sheet or "?")))

    def _laid_out(self, sheet: ReadSheet, book: Book) -> _Sheet:
        row = sheet.rows[0] if sheet.rows else ()
        names = [fold(cell) if isinstance(cell, str) else "" for cell in row]
        wanted: dict[str, str] = {**self.headings, "": KEY}
        columns: dict[str, int] = {}
        for role, heading in wanted.items():
            places = [place for place, name in enumerate(names) if name == fold(heading)]
            if len(places) > 1:
                raise not_ours(self.path, _TWICE.format(name=same(heading)))
            if places:
                columns[role] = places[0]
            elif role in ("", "summary", *self.needed):
                raise not_ours(self.path, (_NO_KEY if not role else _MISSING).format(name=heading))
        key = columns.pop("")
        return _Sheet(sheet.name, sheet.rows, columns, key, book.digest)

    def _entries(self, found: _Sheet) -> Iterator[tuple[int, Entry]]:
        seen: dict[str, int] = {}
        for number, row in enumerate(found.rows[1:], 1):
            cells = {role: row[place] for role, place in found.columns.items()}
            key = row[found.key]
            if key is None and all(is_blank(cell) for cell in cells.values()):
                continue
            values = {role: value_of(role, cell) for role, cell in cells.items()}
            odd = {role: cell.why for role, cell in cells.items() if isinstance(cell, Unclear)}
            etag = hashlib.sha256(repr(sorted(cells.items())).encode()).hexdigest()
            summary = values.get("summary")
            name = summary if isinstance(summary, str) and summary else f"ligne {number + 1}"
            if key is None or (isinstance(key, str) and not key.strip()):
                seen[etag] = seen.get(etag, 0) + 1
                own = f"new:{etag}:{seen[etag]}"
                yield number, Entry(own, name, values, etag, claimed=False, unclear=odd)
                continue
            told = _KEY.fullmatch(key) if isinstance(key, str) else None
            if told is None:
                shown = visible(f"{key}" if not isinstance(key, Unclear) else key.shown, 40)
                trouble = _ODD_KEY.format(key=same(shown), row=number + 1)
                yield number, Entry(f"row:{number}", name, values, etag, trouble=trouble)
                continue
            page, stamp = told[2] or "", told[3] or ""
            yield number, Entry(told[1], name, values, etag, page, stamp, unclear=odd)

    # --- writing ---

    def _puts(self, found: _Sheet, row: int, key: str, want: Wanted) -> list[Put]:
        mark = " ".join(filter(None, (key, want.page, want.stamp)))
        puts = [Put(row, found.key, mark)]
        for role, value in want.new.items():
            if role in found.columns:
                puts.append(Put(row, found.columns[role], cell_of(role, value)))
        return puts

    def _save(self, found: _Sheet, puts: Sequence[Put]) -> _Sheet:
        """Put the cells into the file; what else is in it is proven to be as it was."""
        if found.digest:
            data = updated_bytes(self.path.read_bytes(), found.name, puts)
        else:
            data = self._new_book(found, puts)
        after: list[_Sheet] = []

        def looked_at(path: Path) -> None:
            read = self._load(path)
            _prove(found, read, puts)
            after.append(read)

        replace_file(self.path, data, found.digest, self.now(), looked_at)
        return after[0]

    def _begun(self) -> _Sheet:
        headings = [*self.headings.values(), KEY]
        columns = {role: place for place, role in enumerate(self.headings)}
        name = "" if self.path.suffix.lower() == ".csv" else self.sheet or _SHEET
        return _Sheet(name, (tuple(headings),), columns, len(headings) - 1, "")

    def _new_book(self, found: _Sheet, puts: Sequence[Put]) -> bytes:
        cells = {(put.row, put.column): put.value for put in puts}
        last = max((put.row for put in puts), default=0)
        width = len(self.headings) + 1
        rows = [tuple(cells.get((r, c)) for c in range(width)) for r in range(1, last + 1)]
        columns = [
            Column(
                heading,
                _WIDTHS.get(role, 24),
                choices=self.stages if role == "stage" else (),
            )
            for role, heading in self.headings.items()
        ]
        columns.append(Column(KEY, 10, hidden=True, note=_NOTE.fr))
        kind = _KINDS[self.path.suffix.lower()]
        sheet = WrittenSheet(found.name or _SHEET, tuple(columns), tuple(rows), spare=200)
        return book_bytes([sheet], kind)


def _prove(before: _Sheet, after: _Sheet, puts: Sequence[Put]) -> None:
    """Check that nothing but the cells put is another than before.

    Raises:
        Unavailable: something is; the file is not replaced.
    """
    put = {(each.row, each.column) for each in puts}
    for number in range(max(len(before.rows), len(after.rows))):
        old = before.rows[number] if number < len(before.rows) else ()
        new = after.rows[number] if number < len(after.rows) else ()
        for column in range(max(len(old), len(new))):
            was = old[column] if column < len(old) else None
            now = new[column] if column < len(new) else None
            if (number, column) not in put and was != now and not isinstance(was, Unclear):
                raise Unavailable(_UNPROVEN)


def _changed() -> WikibotError:
    return SaveError(
        Text(
            "La ligne a changé entre-temps : elle sera relue à la prochaine synchronisation.",
            "The row has changed meanwhile: the next sync will read it anew.",
        ),
        code="changed-meanwhile",
    )


_OTHER_KIND = Text(
    "un suivi est un fichier .xlsx, .ods ou .csv", "a tracker is a file .xlsx, .ods or .csv"
)
_NO_SHEET = Text("il n'a pas de feuille « {name} »", "it has no sheet “{name}”")
_TWICE = Text("deux colonnes s'appellent « {name} »", "two columns are called “{name}”")
_MISSING = Text(
    "il y manque la colonne « {name} » (titres attendus sur la première ligne)",
    "it lacks the column “{name}” (headings are expected in the first row)",
)
_NO_KEY = Text(
    "il y manque la colonne « {name} », par laquelle chaque ligne est reconnue : ajoutez une "
    "colonne de ce titre, vide, que vous pouvez masquer",
    "it lacks the column “{name}”, by which each row is known: add an empty column of that "
    "heading, which you may hide",
)
_ODD_KEY = Text(
    "L'identifiant « {key} » de la ligne {row} n'est pas de wikibot : videz cette cellule.",
    "The identifier “{key}” of row {row} is not wikibot's: empty that cell.",
)
_NOTE = Text(
    "Identifiants de wikibot : ne pas modifier. Une ligne copiée doit avoir cette cellule vide.",
    "Identifiers of wikibot: do not change. A copied row must have this cell empty.",
)
_UNPROVEN = Text(
    "Le fichier écrit ne se relit pas comme prévu : l'ancien est gardé.",
    "The written file does not read back as intended: the old one is kept.",
)
