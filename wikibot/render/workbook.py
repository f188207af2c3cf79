"""Findings as a workbook: one row each, to be sorted and filtered, and two sheets of counts.

Whatever comes from a wiki is text and stays text: a value such as `=1+1` is never a formula.
Source: OWASP, CSV Injection; ECMA-376, part 1, 18.4.8 and 22.9.2.19 (text with escapes).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from wikibot.checks import RULES, Finding
from wikibot.language import Language, Text
from wikibot.render.checked import Checked, by_page
from wikibot.render.text import SEVERITY

_LONGEST = 32_767  # characters of a cell, as UTF-16 counts them
_LINE, _HIGHEST = 15.0, 409.0  # points; Excel knows no higher row
_CUT = Text("… (coupé : {} caractères)", "… (cut: {} characters)")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEADINGS = (
    (Text("Page", "Page"), 38),
    (Text("Champ", "Field"), 30),
    (Text("Règle", "Rule"), 10),
    (Text("Gravité", "Severity"), 12),
    (Text("Constat", "Finding"), 80),
    (Text("Valeur", "Value"), 36),
    (Text("Proposition", "Proposal"), 36),
    (Text("Sûre ?", "Safe?"), 9),
)
_YES, _NO = Text("oui", "yes"), Text("non", "no")


def workbook(checked: Checked, language: Language) -> bytes:
    """Return the bytes of an .xlsx file with the findings that count."""
    from openpyxl import Workbook

    def say(fr: str, en: str) -> str:
        return Text(fr, en).into(language)

    found = checked.sifted.findings
    book = Workbook()
    sheet: Any = book.active
    sheet.title = say("Constats", "Findings")
    _fill(sheet, _HEADINGS, (_row(checked, f, language) for f in found), language)
    _link(sheet, checked, found)
    rules = Counter(finding.rule for finding in found)
    _fill(
        book.create_sheet(say("Par règle", "By rule")),
        ((_HEADINGS[2][0], 10), (Text("Ce qu'elle dit", "What it says"), 90), _NUMBER),
        ((code, RULES[code].what.into(language), n) for code, n in rules.most_common()),
        language,
    )
    _fill(
        book.create_sheet(say("Par page", "By page")),
        (_HEADINGS[0], *((words, 12) for words in _COUNTED.values()), _NUMBER),
        (_page_row(checked, list(of_page), language) for _, of_page in by_page(found)),
        language,
    )
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


_NUMBER = (Text("Nombre", "Number"), 10)
_COUNTED = {
    "error": Text("Erreurs", "Errors"),
    "warning": Text("À revoir", "Warnings"),
    "info": Text("Remarques", "Remarks"),
}


def _row(checked: Checked, finding: Finding, language: Language) -> tuple[str, ...]:
    shown = checked.shown(finding, language)
    empty = Text("(vide)", "(empty)").into(language)
    safe = (_YES if shown.safe else _NO).into(language) if shown.fix else ""
    return (
        shown.page,
        shown.field,
        shown.rule,
        SEVERITY[finding.severity].into(language),
        shown.message,
        shown.value,
        (shown.new or empty) if shown.fix else "",
        safe,
    )


def _page_row(checked: Checked, found: list[Finding], language: Language) -> tuple[str | int, ...]:
    numbers = Counter(finding.severity for finding in found)
    page = checked.shown(found[0], language).page
    return (page, numbers["error"], numbers["warning"], numbers["info"], len(found))


def _fill(
    sheet: Any,
    headings: Sequence[tuple[Text, int]],
    rows: Iterable[Sequence[str | int]],
    language: Language,
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    bold, grey = Font(name="Calibri", bold=True), PatternFill("solid", start_color="E8E8E8")
    wrapped = Alignment(vertical="top", wrap_text=True)
    for column, (words, width) in enumerate(headings, 1):
        cell = sheet.cell(1, column, words.into(language))
        cell.font, cell.fill = bold, grey
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            cell.alignment = wrapped
            if isinstance(value, str):
                cell.value = _fitting(value, language)
                cell.data_type = "s"  # openpyxl takes «=…» for a formula, «#N/A» for an error
                cell.number_format = "@"  # so that it stays text where a person edits it
                cell.quotePrefix = value[:1] in tuple("=+-@＝＋－＠")
            else:
                cell.value = value
        sheet.row_dimensions[row].height = _height(values, [width for _, width in headings])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _height(values: Sequence[str | int], widths: Sequence[int]) -> float:
    """Return how high a row is, in points, so that its longest cell can be read whole.

    Programs do not all work it out for themselves when they open a workbook.
    """
    lines = max(
        sum(1 + len(line) // width for line in str(value).split("\n"))
        for value, width in zip(values, widths, strict=True)
    )
    return min(_LINE * lines, _HIGHEST)


def _fitting(text: str, language: Language) -> str:
    """Return text as a cell can hold it: cut where it is too long, and then it says so."""
    text = _ESCAPE.sub("_x005F_", text)
    if _length(text) <= _LONGEST:
        return text
    told = _CUT.into(language).format(_length(text))
    kept = text.encode("utf-16-le")[: 2 * (_LONGEST - len(told))]
    return kept.decode("utf-16-le", "ignore") + told


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _link(sheet: Any, checked: Checked, found: Sequence[Finding]) -> None:
    from openpyxl.styles import Font

    blue = Font(name="Calibri", color="0B57A4", underline="single")
    for row, finding in enumerate(found, 2):
        address = checked.address(finding.title)
        if address and address.startswith(("https://", "http://")):
            cell = sheet.cell(row, 1)
            cell.hyperlink, cell.font = address, blue
