"""What people answered in the workbook of a plan: which changes they accept, with which values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Literal

from wikibot.edits import Change, Plan
from wikibot.edits.plan import damaged
from wikibot.errors import InputError, WikibotError
from wikibot.jobs.review import Line, corrected, decided, lines_of
from wikibot.language import Text, counted, same
from wikibot.mapping import Mapping as WikiMapping
from wikibot.mapping import fold
from wikibot.render.review_book import HEADINGS, NO, PLAN_SHEET, YES, sign, unpacked
from wikibot.wiki import Wiki
from wikibot.workbook import Book, Cell, ReadSheet, Unclear, read_book

Said = Literal["yes", "no", "nothing"]
_YES = frozenset(("oui", "o", "yes", "y", "x", "1", "vrai", "true", "ok", "✓", "✔", "☑"))
_NO = frozenset(("non", "n", "no", "0", "faux", "false", "☐"))
_MOST_NAMED = 20
_LINE = (Text("ligne", "row"), Text("lignes", "rows"))


@dataclass(frozen=True)
class Answer:
    """What was answered to a line of the plan; `typed` is the corrected value, "" for none.

    `row` is its row in the sheet, counted from 1 as spreadsheet programs do.
    """

    row: int
    said: Said
    typed: str = ""


@dataclass(frozen=True)
class Answers:
    """A reviewed plan: the whole of it, and the answers by the numbers of its lines.

    A line without an answer is one whose row was removed. `notes` are for a person.
    """

    plan: Plan
    by_number: Mapping[int, Answer]
    notes: tuple[Text, ...]

    @property
    def corrects(self) -> bool:
        """Return whether any value was corrected."""
        return any(answer.typed for answer in self.by_number.values())

    @property
    def open(self) -> int:
        """Return how many lines nobody has said yes or no to."""
        said = [answer.said for answer in self.by_number.values()]
        return len(lines_of(self.plan)) - len(said) + said.count("nothing")


def is_workbook(path: Path) -> bool:
    """Return whether a file is a workbook rather than a plan: by its content, else its name."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return False


def read_answers(path: Path) -> Answers:
    """Read the workbook of a plan that a person has reviewed.

    Raises:
        InputError: it cannot be read, has no plan in it, or rows that are not to be understood:
            all of them at once.
        PlanError: the plan in it was changed.
    """
    book = read_book(path)
    plan = _plan_in(book, str(path))
    sheet, columns = _sheet(book, path)
    found: dict[int, Answer] = {}
    wrong: list[Text] = []
    numbers = {str(line.number): line.number for line in lines_of(plan)}
    for row, cells in enumerate(sheet.rows[1:], 2):
        values = {key: cells[column] for key, column in columns.items()}
        if all(value in (None, "") for value in values.values()):
            continue
        try:
            number, answer = _answer(row, values, numbers)
        except InputError as error:
            wrong.append(error.message)
            continue
        if number in found:
            first = found[number].row
            wrong.append(_TWICE.format(row=row, first=first, number=number))
        found.setdefault(number, answer)
    if wrong:
        raise _all_of(wrong, _MEND)
    answers = Answers(plan, found, book.notes)
    return Answers(plan, found, (*book.notes, *_left(answers)))


def accepted_part(answers: Answers, wiki: Wiki | None, mapping: WikiMapping) -> Plan:
    """Return the part of the plan that is accepted, corrected values and all.

    `wiki` is needed only where a value was corrected.

    Raises:
        InputError: corrected values that their fields cannot hold, all of them at once.
    """
    wanted: dict[int, Change | None] = {}
    wrong: list[Text] = []
    for line in lines_of(answers.plan):
        answer = answers.by_number.get(line.number)
        if answer is None or answer.said != "yes":
            continue
        try:
            wanted[line.number] = _change(line, answer, wiki, mapping)
        except WikibotError as error:
            wrong.append(_in_row(answer.row, line, error))
    if wrong:
        raise _all_of(wrong, _MEND_VALUES)
    return decided(answers.plan, wanted, mapping)


def _change(line: Line, answer: Answer, wiki: Wiki | None, mapping: WikiMapping) -> Change | None:
    if not answer.typed:
        return line.change
    assert wiki is not None
    made = corrected(line, answer.typed, wiki, mapping)
    same_as_planned = line.change is not None and made.new == line.change.new
    return line.change if same_as_planned else made


# --- the workbook ---


def _plan_in(book: Book, place: str) -> Plan:
    sheet = book.sheet(PLAN_SHEET)
    if sheet is None:
        raise InputError(
            Text(
                f"{place} : ce classeur n'est pas la relecture d'un plan.",
                f"{place}: this workbook is no review of a plan.",
            ),
            Text(
                "Faites-en un avec « plan show PLAN --format xlsx --output FICHIER » ; des pages "
                "exportées se relisent avec « sheet import ».",
                "Make one with “plan show PLAN --format xlsx --output FILE”; exported pages are "
                "read by “sheet import”.",
            ),
        )
    pieces = sorted(_pieces(sheet))
    try:
        text = unpacked(piece for _, piece in pieces)
    except ValueError:
        why = Text("sa feuille cachée a changé", "its hidden sheet has changed")
        raise damaged(place, why) from None
    return Plan.from_json(text, place)


def _pieces(sheet: ReadSheet) -> Iterator[tuple[int, str]]:
    for cells in sheet.rows[1:]:
        if len(cells) > 1 and isinstance(cells[0], Decimal) and isinstance(cells[1], str):
            yield int(cells[0]), cells[1]


def _sheet(book: Book, path: Path) -> tuple[ReadSheet, dict[str, int]]:
    """Return the sheet with the answers, and where its columns are: they may have been moved."""
    missing: set[str] = set(HEADINGS)
    for sheet in book.sheets:
        headings = [
            fold(cell) if isinstance(cell, str) else "" for cell in (sheet.rows or ((),))[0]
        ]
        columns = {
            key: headings.index(spelling)
            for key, heading in HEADINGS.items()
            for spelling in (fold(heading.fr), fold(heading.en))
            if spelling in headings
        }
        without = set(HEADINGS) - set(columns) - {"why", "rule", "sure"}
        if not without:
            return sheet, columns
        missing = min(missing, without, key=len)
    names = [HEADINGS[key] for key in HEADINGS if key in missing]
    french, english = (" », « ".join(n.fr for n in names), "”, “".join(n.en for n in names))
    raise InputError(
        Text(
            f"{path} : il manque « {french} » parmi les titres des colonnes.",
            f"{path}: “{english}” is missing among the headings of the columns.",
        ),
        Text(
            "Remettez la ligne des titres telle qu'elle était, ou refaites le classeur.",
            "Put the row of headings back as it was, or make the workbook again.",
        ),
    )


def _answer(row: int, values: Mapping[str, Cell], numbers: Mapping[str, int]) -> tuple[int, Answer]:
    """Return the number of the line that a row is, and the answer in it. Raises InputError."""
    shown = {key: _text(values[key], row, HEADINGS[key]) for key in values}
    number = numbers.get(shown["number"])
    cells = (shown[key] for key in ("number", "page", "field", "old", "new"))
    if number is None or shown["sign"] != sign(*cells):
        raise InputError(_CHANGED.format(row=row))
    accept, typed = _plain(shown["accept"]), shown["correction"].strip()
    if accept in _YES:
        return number, Answer(row, "yes", typed)
    if accept in _NO:
        if typed:
            raise InputError(_BOTH.format(row=row))
        return number, Answer(row, "no")
    if accept:
        raise InputError(_NEITHER.format(row=row, said=same(shown["accept"][:60])))
    return number, Answer(row, "yes" if typed else "nothing", typed)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip(" .!").casefold()


def _text(cell: Cell, row: int, heading: Text) -> str:
    """Return what a cell says, as text. Raises InputError."""
    if isinstance(cell, Unclear):
        raise InputError(_UNCLEAR.format(row=row, heading=heading, why=cell.why))
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return (YES if cell else NO).fr
    if isinstance(cell, Decimal):
        return format(cell.normalize() if cell == cell.to_integral() else cell, "f")
    return cell.isoformat() if isinstance(cell, date | time) else cell


# --- what is said of it ---


def _left(answers: Answers) -> Iterator[Text]:
    """Yield what a person should know of the lines that are not published."""
    removed = len(lines_of(answers.plan)) - len(answers.by_number)
    if removed == 1:
        yield Text(
            "1 ligne du plan n'est plus dans le classeur : rien n'en est publié.",
            "1 row of the plan is not in the workbook any more: nothing of it is saved.",
        )
    elif removed:
        yield Text(
            f"{removed} lignes du plan ne sont plus dans le classeur : rien n'en est publié.",
            f"{removed} rows of the plan are not in the workbook any more: nothing of it is saved.",
        )
    silent = sum(answer.said == "nothing" for answer in answers.by_number.values())
    if silent:
        lines = counted(silent, *_LINE)
        yield Text(
            f"{lines.fr} sans réponse : rien n'en est publié.",
            f"{lines.en} without an answer: nothing of it is saved.",
        )


def _in_row(row: int, line: Line, error: WikibotError) -> Text:
    advice = error.advice or Text("", "")
    return Text(
        f"Ligne {row}, « {line.edit.title} » : {error.message.fr} {advice.fr}".rstrip(),
        f"Row {row}, “{line.edit.title}”: {error.message.en} {advice.en}".rstrip(),
    )


def _all_of(wrong: Sequence[Text], advice: Text) -> InputError:
    told = list(wrong[:_MOST_NAMED])
    more = len(wrong) - len(told)
    if more:
        told.append(Text(f"… et {more} de plus.", f"… and {more} more."))
    return InputError(Text("\n".join(t.fr for t in told), "\n".join(t.en for t in told)), advice)


_CHANGED = Text(
    "Ligne {row} : ce n'est plus la ligne d'origine, le texte de la page, du champ, d'« Avant » "
    "ou d'« Après » a changé, ou les cellules ont été triées sans leur ligne.",
    "Row {row}: it is no longer the original row, the text of the page, the field, “Before” or "
    "“After” has changed, or cells were sorted without their row.",
)
_TWICE = Text(
    "Ligne {row} : c'est la même modification qu'à la ligne {first} (n° {number}).",
    "Row {row}: it is the same change as in row {first} (no. {number}).",
)
_BOTH = Text(
    "Ligne {row} : « non » et une valeur corrigée ; gardez l'un des deux.",
    "Row {row}: “no” and a corrected value; keep one of the two.",
)
_NEITHER = Text(
    "Ligne {row} : « {said} » n'est ni oui ni non ; une autre valeur se met dans « Valeur "
    "corrigée ».",
    "Row {row}: “{said}” is neither yes nor no; another value goes into “Corrected value”.",
)
_UNCLEAR = Text(
    "Ligne {row}, colonne « {heading} » : {why}.", "Row {row}, column “{heading}”: {why}."
)
_MEND = Text(
    "Rien n'est publié. Corrigez ces lignes (pour une autre valeur : la colonne « Valeur "
    "corrigée »), ou refaites le classeur.",
    "Nothing is saved. Mend these rows (for another value: the column “Corrected value”), or make "
    "the workbook again.",
)
_MEND_VALUES = Text(
    "Rien n'est publié. Corrigez ces valeurs dans le classeur, ou répondez non.",
    "Nothing is saved. Mend these values in the workbook, or answer no.",
)
