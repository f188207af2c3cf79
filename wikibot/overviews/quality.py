"""What the rules find on the pages: now, rule by rule and by page type, and day after day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from wikibot.checks import RULES
from wikibot.checks.finding import Severity
from wikibot.checks.snapshot import SEVERITIES, Snapshot
from wikibot.language import Text, same
from wikibot.overviews.collection import Collection
from wikibot.overviews.values import Block, Chart, Column, Figure, Figures, Row, Section, Table

_GRAVE: dict[Severity, Text] = {
    "error": Text("Erreurs", "Errors"),
    "warning": Text("À corriger", "Warnings"),
    "info": Text("À regarder", "Remarks"),
}
_ONE: dict[Severity, Text] = {
    "error": Text("erreur", "error"),
    "warning": Text("à corriger", "warning"),
    "info": Text("à regarder", "remark"),
}
_FIXES = {
    "safe": Text("« wikibot fix » le corrige sans risque", "“wikibot fix” mends it safely"),
    "unsafe": Text("correction proposée, à relire", "a fix is proposed, to review"),
    "none": Text("à corriger à la main", "to be mended by hand"),
}


def quality(collection: Collection) -> Section | None:
    """Return the section on findings; None where nothing was checked."""
    if not collection.checked:
        return None
    now = collection.checked[-1]
    blocks: tuple[Block, ...] = (
        Figures(
            "quality_figures",
            (
                *(Figure(each, _GRAVE[each], now.of(each)) for each in SEVERITIES),
                Figure("checked", _PAGES, now.pages),
            ),
        ),
        *_by_rule(now),
        *_by_type(collection),
        *_over_time(collection.checked),
    )
    return Section("quality", _HEADING, blocks, _INTRO)


def _by_rule(now: Snapshot) -> Iterator[Block]:
    found: dict[str, Counter[Severity]] = defaultdict(Counter)
    for (code, severity), n in now.found.items():
        if n:
            found[code][severity] += n
    rows: list[tuple[int, int, str, Row]] = []
    for code, numbers in found.items():
        rule = RULES.get(code)
        gravest = next(each for each in SEVERITIES if numbers[each])
        what = rule.what if rule else same("")
        fix = _FIXES[rule.fix] if rule else None
        row: Row = (code, what, _ONE[gravest], numbers.total(), fix)
        rows.append((SEVERITIES.index(gravest), -numbers.total(), code, row))
    rows.sort(key=lambda each: each[:3])
    columns = (
        Column("rule", Text("Règle", "Rule"), "text"),
        Column("what", Text("Ce qu'elle dit", "What it says"), "text"),
        Column("severity", Text("Gravité", "Severity"), "text"),
        Column("number", Text("Constats", "Findings"), "number"),
        Column("fix", Text("Que faire", "What to do"), "text"),
    )
    total = (Text("Toutes", "All"), None, None, now.total, None)
    table = Table(
        "findings", _BY_RULE, columns, tuple(row for *_, row in rows), total, note=_EXPLAIN
    )
    if rows:
        yield Chart("findings_chart", _BY_RULE, "bars", table.id, "rule", ("number",), most=20)
    yield table


def _by_type(collection: Collection) -> Iterator[Block]:
    if not collection.found:
        return
    rows: list[Row] = []
    for page_type in collection.mapping.page_types:
        numbers = tuple(collection.found.get((page_type.id, each), 0) for each in SEVERITIES)
        pages = len({m.title for m in collection.of_type(page_type.id)})
        if any(numbers):
            rows.append((page_type.label.text, *numbers, pages))
    columns = (
        Column("type", Text("Type de page", "Page type"), "text"),
        *(Column(each, _GRAVE[each], "number") for each in SEVERITIES),
        Column("pages", Text("Pages", "Pages"), "number"),
    )
    table = Table("findings_by_type", _TYPES, columns, tuple(rows))
    if rows:
        yield Chart("types_chart", _TYPES, "stacked", table.id, "type", SEVERITIES)
        yield table


def _over_time(checked: tuple[Snapshot, ...]) -> Iterator[Block]:
    rows: tuple[Row, ...] = tuple(
        (each.day, *(each.of(severity) for severity in SEVERITIES), each.pages) for each in checked
    )
    columns = (
        Column("day", Text("Jour", "Day"), "date"),
        *(Column(each, _GRAVE[each], "number") for each in SEVERITIES),
        Column("pages", Text("Pages contrôlées", "Pages checked"), "number"),
    )
    if len(rows) > 1:
        yield Chart(
            "quality_chart", _TIME, "lines", "quality_over_time", "day", SEVERITIES, most=len(rows)
        )
    yield Table("quality_over_time", _TIME, columns, rows)


_HEADING = Text("Qualité", "Quality")
_INTRO = Text(
    "Ce que le contrôle des pages signale, des erreurs aux simples remarques.",
    "What the check of the pages tells, from errors to mere remarks.",
)
_PAGES = Text("Pages contrôlées", "Pages checked")
_BY_RULE = Text("Constats par règle", "Findings by rule")
_EXPLAIN = Text(
    "« wikibot explain » suivi du code d'une règle l'explique en entier.",
    "“wikibot explain” followed by the code of a rule explains it in full.",
)
_TYPES = Text("Constats par type de page", "Findings by page type")
_TIME = Text("Constats au fil du temps", "Findings over time")
