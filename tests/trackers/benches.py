"""Trackers to try, each with a person who works in it by the means of that tracker alone."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import requests

from tests.trackers.fake import FakeTracker
from wikibot.trackers import Tracker
from wikibot.trackers.caldav import CalDav
from wikibot.trackers.icalendar import CalendarFile
from wikibot.trackers.vtodo import Stages
from wikibot.trackers.workbook import WorkbookTracker
from wikibot.workbook.update import Put, updated_bytes

STAGES = ("A faire", "En cours", "Fait")
FOREIGN = "ce que wikibot ne connaît pas"


class Bench(Protocol):
    """`has` are fields that the tracker holds for sure; it begins empty, or with foreign things."""

    def open(self) -> Tracker: ...

    def add(self, summary: str) -> None:
        """Have a person make an item, as people do."""

    def edit(self, summary: str, new: str) -> None:
        """Have a person give the item of that summary another one."""

    def foreign(self) -> bool:
        """Return whether what people keep beside the fields is still there."""


def ids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):06}"


FRESH = ids()


def now() -> datetime:
    return datetime(2026, 1, 31, 12, tzinfo=UTC)


@dataclass
class FakeBench:
    tracker: FakeTracker

    def open(self) -> Tracker:
        return self.tracker

    def add(self, summary: str) -> None:
        self.tracker.nameless = True
        self.tracker.add(summary=summary)

    def edit(self, summary: str, new: str) -> None:
        found = [k for k, i in self.tracker.items.items() if i.values["summary"] == summary]
        self.tracker.edit(found[0], "summary", new)

    def foreign(self) -> bool:
        return True


@dataclass
class WorkbookBench:
    """A workbook that a person has begun: their own column, note, sheet and formula are in it."""

    path: Path
    begun: bool = False

    def open(self) -> Tracker:
        return WorkbookTracker(self.path, FRESH, now, stages=STAGES)

    def begin(self) -> WorkbookBench:
        self.begun = True
        kind = self.path.suffix
        headings = ["Priorité", "Résumé", "Avancement", "Échéance", "Détails", "Responsables"]
        headings += ["Total", "wikibot"]
        if kind == ".csv":
            self.path.write_text(f'"{FOREIGN}";' + ";".join(headings[1:]) + "\n", "utf-8")
        elif kind == ".ods":
            self._ods(headings)
        else:
            self._xlsx(headings)
        return self

    def _xlsx(self, headings: list[str]) -> None:
        import openpyxl
        from openpyxl.chart import BarChart, Reference
        from openpyxl.comments import Comment

        book = openpyxl.Workbook()
        sheet: Any = book.active
        sheet.title = "Équipe"
        sheet.append(headings)
        sheet["A1"].comment = Comment(FOREIGN, "Alix")
        other = book.create_sheet("Autre")
        other["A1"] = FOREIGN
        other["B1"] = "=1+1"
        chart = BarChart()
        chart.add_data(Reference(other, min_col=1, min_row=1, max_row=2))
        other.add_chart(chart, "D4")
        sheet["G2"] = "=SUM(1,2)"
        book.save(self.path)

    def _ods(self, headings: list[str]) -> None:
        from odfdo import Cell, Document, Row, Table

        document = Document("spreadsheet")
        document.body.clear()
        table = Table("Équipe")
        row = Row()
        for heading in headings:
            row.append_cell(Cell(heading))
        table.append_row(row)
        other = Table("Autre")
        other.set_value("A1", FOREIGN)
        document.body.append(table)
        document.body.append(other)
        document.save(str(self.path))

    def add(self, summary: str) -> None:
        self._change(lambda rows, place: rows.append({"Résumé": summary}))

    def edit(self, summary: str, new: str) -> None:
        def change(rows: list[dict[str, Any]], place: int) -> None:
            next(row for row in rows if row["Résumé"] == summary)["Résumé"] = new

        self._change(change)

    def _change(self, change: Callable[[list[dict[str, Any]], int], None]) -> None:
        """Read the rows by another library than ours, change them, write them in place."""
        if self.path.suffix == ".csv":
            text = self.path.read_bytes().decode("utf-8-sig")
            told = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
            rows: list[dict[str, Any]] = [dict(row) for row in told]
            names = text.splitlines()[0].replace('"', "").split(";")
            change(rows, 0)
            target = io.StringIO(newline="")
            writer = csv.DictWriter(target, names, delimiter=";", restval="")
            writer.writeheader()
            writer.writerows(rows)
            self.path.write_text(target.getvalue(), "utf-8", newline="")
        elif self.path.suffix == ".ods":
            self._change_ods(change)
        else:
            self._change_xlsx(change)

    def _change_xlsx(self, change: Callable[[list[dict[str, Any]], int], None]) -> None:
        import openpyxl

        book = openpyxl.load_workbook(self.path)
        sheet: Any = book.worksheets[0]
        names = [cell.value for cell in sheet[1]]
        place = names.index("Résumé") + 1
        rows = [{"Résumé": row[place - 1]} for row in sheet.iter_rows(min_row=2, values_only=True)]
        while rows and rows[-1]["Résumé"] is None:
            rows.pop()
        change(rows, 0)
        for number, row in enumerate(rows, 2):
            sheet.cell(number, place, row["Résumé"])
        book.save(self.path)

    def _change_ods(self, change: Callable[[list[dict[str, Any]], int], None]) -> None:
        from odfdo import Document

        document = Document(str(self.path))
        table: Any = document.body.get_tables()[0]
        values = table.get_values()
        place = values[0].index("Résumé")
        rows = [{"Résumé": row[place]} for row in values[1:] if row[place] is not None]
        change(rows, 0)
        if not self.begun:  # odfdo saves no document without metadata, which ours have not
            puts = [Put(number, place, row["Résumé"]) for number, row in enumerate(rows, 1)]
            self.path.write_bytes(updated_bytes(self.path.read_bytes(), table.name, puts))
            return
        for number, row in enumerate(rows, 1):
            table.set_value((place, number), row["Résumé"])
        document.save(str(self.path))

    def foreign(self) -> bool:
        if not self.begun:
            return True
        data = self.path.read_bytes()
        if self.path.suffix == ".csv":
            return FOREIGN in data.decode("utf-8-sig")
        import zipfile

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            whole = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
        wanted = ["Autre", FOREIGN]
        if self.path.suffix == ".xlsx":
            wanted += ["SUM(1,2)", "barChart"]
        return all(each in whole for each in wanted)


ICS = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Un autre//FR
BEGIN:VEVENT
UID:e1
DTSTAMP:20260101T000000Z
SUMMARY:{FOREIGN}
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
TYPED = """BEGIN:VTODO
UID:{uid}
DTSTAMP:20260101T000000Z
SUMMARY;LANGUAGE=fr:{summary}
X-APPLE-SORT-ORDER:42
X-LONG:une ligne pliée par un autre
  logiciel
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:{foreign}
TRIGGER:-PT5M
END:VALARM
END:VTODO
""".replace("\n", "\r\n")


@dataclass
class CalendarBench:
    """An .ics file with an event, and tasks of people with an alarm and lines of their own."""

    path: Path
    begun: bool = False

    def begin(self) -> CalendarBench:
        self.begun = True
        self.path.write_bytes(ICS.encode())
        return self

    def open(self) -> Tracker:
        return CalendarFile(self.path, Stages(STAGES, {}, frozenset(("Fait",))), FRESH, now)

    def add(self, summary: str) -> None:
        text = self.path.read_bytes().decode()
        todo = TYPED.format(uid=f"p{FRESH()}", summary=summary, foreign=FOREIGN)
        text = text.replace("END:VCALENDAR", f"{todo}END:VCALENDAR")
        self.path.write_bytes(text.encode())

    def edit(self, summary: str, new: str) -> None:
        text = self.path.read_bytes().decode()
        assert f":{summary}\r\n" in text
        self.path.write_bytes(text.replace(f":{summary}\r\n", f":{new}\r\n").encode())

    def foreign(self) -> bool:
        event = f"SUMMARY:{FOREIGN}\r\nEND:VEVENT".encode()
        return not self.begun or event in self.path.read_bytes()


@dataclass
class ServerBench:
    """A list on a CalDAV server, and a person with another client."""

    url: str
    auth: tuple[str, str]

    def open(self) -> CalDav:
        account, password = self.auth
        return CalDav(
            self.url, Stages(STAGES, {}, frozenset(("Fait",))), FRESH, now, account, password
        )

    def _client(self) -> requests.Session:
        session = requests.Session()
        session.trust_env, session.auth = False, self.auth
        return session

    def add(self, summary: str) -> None:
        todo = TYPED.format(uid=f"p{FRESH()}", summary=summary, foreign=FOREIGN)
        text = ICS[: ICS.index("BEGIN:VEVENT")] + todo + "END:VCALENDAR\r\n"
        self._client().put(f"{self.url}{FRESH()}.ics", text.encode(), timeout=20).raise_for_status()

    def edit(self, summary: str, new: str) -> None:
        tracker = self.open()
        tracker.read()
        (task,) = [t for t in tracker._tasks.values() if t.entry.values["summary"] == summary]
        text = "".join(line.raw for line in task.lines)
        text = text.replace(f":{summary}\r\n", f":{new}\r\n")
        self._client().put(task.href, text.encode(), timeout=20).raise_for_status()

    def foreign(self) -> bool:
        return True
