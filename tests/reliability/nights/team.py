"""What those do who follow the actions: on the wiki, in the workbook, and with the bot itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl

from tests.cli.command import run
from tests.reliability.nights.hands import Hands
from tests.reliability.nights.ledger import read_ledger, read_rows
from tests.reliability.nights.sides import FIELDS
from tests.reliability.nights.texts import DAYS, action, got, put
from tests.reliability.nights.truth import ACTION

HEADINGS = {"summary": "Résumé", "due": "Échéance"}


class Team:
    """The deeds of a team, each of which returns what is to be told of it."""

    def __init__(self, hands: Hands) -> None:
        """Take the means to do them."""
        self._hands = hands
        self.often: tuple[Callable[..., str], ...] = (self.set_action, self.set_row, self.clash)
        self.seldom: tuple[Callable[..., str], ...] = (
            self.same_on_both, self.new_action, self.move_action, self.delete_action,
            self.new_row, self.sort_rows, self.remove_row, self.undo_run, self.lose_state,
        )  # fmt: skip

    # --- on the wiki ---

    def set_action(self, pageid: int = 0) -> str:
        """Change a field of an action on its page."""
        truth = self._hands.truth
        pageid = pageid or self._an_action()
        name = self._hands.dice.choice([*FIELDS])
        value = self._value(name)
        text = put(truth.text(pageid), FIELDS[name], value)
        return self._hands.edit(pageid, text, f"{name}={value}")

    def new_action(self) -> str:
        """Create the page of an action, with the number that follows."""
        titles = self._hands.truth.in_namespace(ACTION).values()
        number = max(int(title.partition(":")[2]) for title in titles) + 1
        text = action(self._hands.next(), self._hands.dice.choice(DAYS))
        return self._hands.create(f"Action:{number}", text)

    def move_action(self) -> str:
        """Give the page of an action another number."""
        title = self._hands.truth.pages[self._an_action()][0]
        return self._hands.rename(title, f"Action:{self._hands.next()}", redirect=False)

    def delete_action(self) -> str:
        """Delete the page of an action, one at most: three at once would stop the sync."""
        if self._hands.sides.deleted:
            raise KeyError("no more of them")
        pageid = self._an_action()
        self._hands.sides.deleted.add(pageid)
        return self._hands.remove(self._hands.truth.pages[pageid][0])

    def same_on_both(self) -> str:
        """Write the same on both sides."""
        return self._on_both(alike=True)

    def clash(self) -> str:
        """Write something else on either side."""
        return self._on_both(alike=False)

    def _on_both(self, *, alike: bool) -> str:
        truth = self._hands.truth
        pageid = self._hands.dice.choice([p for p in self._tied() if p in truth.pages])
        value = self._value("due")
        told = self._hands.edit(pageid, put(truth.text(pageid), FIELDS["due"], value), value)
        return f"{told} and {self.set_row(pageid, 'due', value if alike else self._value('due'))}"

    # --- in the workbook ---

    def set_row(self, pageid: int = 0, name: str = "", value: str = "") -> str:
        """Change a cell."""
        pageid = pageid or self._hands.dice.choice(self._tied())
        name = name or self._hands.dice.choice([*FIELDS])
        value = value or self._value(name)

        def write(sheet: Any, names: list[str]) -> None:
            mark = names.index("wikibot") + 1
            marks = {n: f"{sheet.cell(n, mark).value or ''}" for n in range(2, sheet.max_row + 1)}
            (row,) = [n for n, mark in marks.items() if mark.split()[1:2] == [f"{pageid}"]]
            sheet.cell(row, names.index(HEADINGS[name]) + 1, value)

        self._in_book(write)
        self._hands.sides.in_tracker(pageid, name, value)
        return f"row of {pageid} {name}={value}"

    def new_row(self) -> str:
        """Add an action."""
        summary, due = f"Rangée {self._hands.next()}", self._hands.dice.choice(DAYS)

        def write(sheet: Any, names: list[str]) -> None:
            row = sheet.max_row + 1
            sheet.cell(row, names.index(HEADINGS["summary"]) + 1, summary)
            sheet.cell(row, names.index(HEADINGS["due"]) + 1, due)

        self._in_book(write)
        self._hands.sides.rows_added.append(summary)
        return summary

    def sort_rows(self) -> str:
        """Put the rows into another order."""

        def write(sheet: Any, names: list[str]) -> None:
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
            self._hands.dice.shuffle(rows)
            for at, row in enumerate(rows, 2):
                for column, value in enumerate(row, 1):
                    sheet.cell(at, column).value = value

        self._in_book(write)
        return ""

    def remove_row(self) -> str:
        """Delete an action in the workbook, one at most."""
        if self._hands.sides.removed:
            raise KeyError("no more of them")
        rows = read_rows(self._hands.book)
        at = self._hands.dice.choice([n for n, row in enumerate(rows) if row.page])
        self._in_book(lambda sheet, names: sheet.delete_rows(at + 2))
        self._hands.sides.removed.add(rows[at].page)
        return f"{rows[at].page}"

    def _in_book(self, write: Callable[[Any, list[str]], None]) -> None:
        book = openpyxl.load_workbook(self._hands.book)
        sheet: Any = book.worksheets[0]
        write(sheet, [f"{cell.value}" for cell in sheet[1]])
        book.save(self._hands.book)

    # --- with the bot ---

    def undo_run(self) -> str:
        """Take a night's fixes back, as its report says how."""
        ledger = read_ledger(self._hands.state)
        done = {op.run_id for op in ledger.ops if op.state == "done"}
        runs = [run for run, (what, _) in ledger.runs.items() if what == "nightly fix"]
        run_id = self._hands.dice.choice([each for each in runs if each in done])
        code = run("undo", run_id, "--apply").code
        assert code in (0, 3), f"undo ends with {code}"
        return f"{run_id}: {code}"

    def lose_state(self) -> str:
        """Lose what both sides have agreed upon: it is as at first, and nothing is lost (I16)."""
        if self._hands.dice.random() < 0.5:
            raise KeyError("not that often")
        for file in self._hands.state.glob("links.sqlite*"):
            file.unlink()
        truth, sides = self._hands.truth, self._hands.sides
        rows = {row.page: row for row in read_rows(self._hands.book)}
        sides.wishes = {
            (page, name): wish
            for (page, name), wish in sides.wishes.items()
            if page in rows and page in truth.pages
        }
        for (page, name), wish in sides.wishes.items():
            wish.base = None
            wish.wiki = got(truth.text(page), FIELDS[name])
            wish.tracker = rows[page].summary if name == "summary" else rows[page].due
        sides.removed.clear()  # nobody remembers that there was a row
        return ""

    # --- which ---

    def _an_action(self) -> int:
        return self._hands.dice.choice([*self._hands.truth.in_namespace(ACTION)])

    def _tied(self) -> list[int]:
        return [row.page for row in read_rows(self._hands.book) if row.page]

    def _value(self, name: str) -> str:
        return self._hands.dice.choice(DAYS) if name == "due" else f"Faire {self._hands.next()}"
