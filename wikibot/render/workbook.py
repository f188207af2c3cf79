"""Findings as a workbook: one row each, to be sorted and filtered, and two sheets of counts.

Whatever comes from a wiki is text and stays text: a value such as `=1+1` is never a formula.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from wikibot.checks import RULES, Finding
from wikibot.language import Language, Text
from wikibot.render.checked import Checked, by_page
from wikibot.render.text import SEVERITY
from wikibot.workbook import Column, Link, Written, WrittenSheet, book_bytes, fitting

_CUT = Text("… (coupé : {} caractères)", "… (cut: {} characters)")
_HIGHEST = 409.0  # points: whole messages are to be read on paper
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
_NUMBER = (Text("Nombre", "Number"), 10)
_COUNTED = {
    "error": Text("Erreurs", "Errors"),
    "warning": Text("À revoir", "Warnings"),
    "info": Text("Remarques", "Remarks"),
}
_YES, _NO = Text("oui", "yes"), Text("non", "no")


def workbook(checked: Checked, language: Language) -> bytes:
    """Return the bytes of an .xlsx file with the findings that count."""
    found = checked.sifted.findings
    rules = Counter(finding.rule for finding in found)
    sheets = (
        _sheet(
            Text("Constats", "Findings"),
            _HEADINGS,
            (_row(checked, f, language) for f in found),
            language,
        ),
        _sheet(
            Text("Par règle", "By rule"),
            ((_HEADINGS[2][0], 10), (Text("Ce qu'elle dit", "What it says"), 90), _NUMBER),
            ((code, RULES[code].what.into(language), n) for code, n in rules.most_common()),
            language,
        ),
        _sheet(
            Text("Par page", "By page"),
            (_HEADINGS[0], *((words, 12) for words in _COUNTED.values()), _NUMBER),
            (_page_row(checked, list(of_page), language) for _, of_page in by_page(found)),
            language,
        ),
    )
    return book_bytes(sheets, "xlsx")


def _sheet(
    name: Text,
    headings: Sequence[tuple[Text, int]],
    rows: Iterable[Sequence[Written]],
    language: Language,
) -> WrittenSheet:
    return WrittenSheet(
        name.into(language),
        tuple(Column(words.into(language), width) for words, width in headings),
        tuple(tuple(_fitting(value, language) for value in row) for row in rows),
        highest=_HIGHEST,
    )


def _fitting(value: Written, language: Language) -> Written:
    cut = _CUT.into(language)
    if isinstance(value, Link):
        return Link(fitting(value.text, cut), value.address)
    return fitting(value, cut) if isinstance(value, str) else value


def _row(checked: Checked, finding: Finding, language: Language) -> tuple[Written, ...]:
    shown = checked.shown(finding, language)
    empty = Text("(vide)", "(empty)").into(language)
    safe = (_YES if shown.safe else _NO).into(language) if shown.fix else ""
    address = checked.address(finding.title)
    return (
        Link(shown.page, address) if address else shown.page,
        shown.field,
        shown.rule,
        SEVERITY[finding.severity].into(language),
        shown.message,
        shown.value,
        (shown.new or empty) if shown.fix else "",
        safe,
    )


def _page_row(checked: Checked, found: list[Finding], language: Language) -> tuple[Written, ...]:
    numbers = Counter(finding.severity for finding in found)
    page = checked.shown(found[0], language).page
    return (page, numbers["error"], numbers["warning"], numbers["info"], len(found))
