"""What checks found, in an overview."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.overviews.support import collection, figures, member, rows, well_made
from wikibot.checks import RULES
from wikibot.checks.finding import Severity
from wikibot.checks.snapshot import Snapshot
from wikibot.overviews import Collection, Section
from wikibot.overviews.quality import quality


def snapshot(day: int, found: dict[tuple[str, Severity], int]) -> Snapshot:
    moment = datetime(2026, 3, day, tzinfo=UTC)
    return Snapshot(date(2026, 3, day), moment, 12, "essai", "0", found)


FIRST = snapshot(1, {("REQ101", "error"): 9})
NOW = snapshot(
    2,
    {("REQ101", "error"): 2, ("REQ101", "warning"): 3, ("VOC102", "warning"): 7, ("X", "info"): 1},
)


def section(of: Collection) -> Section:
    found = quality(of)
    assert found is not None
    well_made(found)
    return found


def test_the_gravest_rules_lead_and_their_numbers_add_up() -> None:
    table = section(collection(checked=(FIRST, NOW))).table("findings")
    assert rows(table, "rule", "severity", "number") == [
        ("REQ101", "erreur", 5),
        ("VOC102", "à corriger", 7),
        ("X", "à regarder", 1),
    ]
    assert table.total is not None
    assert table.total[table.column("number")] == NOW.total == 13


def test_a_rule_says_in_its_own_words_what_is_wrong() -> None:
    table = section(collection(checked=(NOW,))).table("findings")
    assert table.cells("what")[0] == RULES["REQ101"].what


@pytest.mark.parametrize(
    ("code", "fix"),
    [("VOC102", "« wikibot fix » le corrige sans risque"), ("REQ101", "à corriger à la main")],
)
def test_what_to_do_follows_from_the_rule(code: str, fix: str) -> None:
    table = section(collection(checked=(NOW,))).table("findings")
    told = {
        str(code): str(what).replace("\u00a0", " ") for code, what in rows(table, "rule", "fix")
    }
    assert told[code] == fix


def test_day_after_day() -> None:
    found = section(collection(checked=(FIRST, NOW)))
    table = found.table("quality_over_time")
    assert rows(table, "day", "error", "warning", "info") == [
        (date(2026, 3, 1), 9, 0, 0),
        (date(2026, 3, 2), 2, 10, 1),
    ]
    assert [chart.form for chart in found.charts if chart.table == table.id] == ["lines"]


def test_one_day_draws_no_line() -> None:
    charts = section(collection(checked=(NOW,))).charts
    assert [chart.id for chart in charts] == ["findings_chart"]


def test_by_page_type_where_that_is_known() -> None:
    found = section(
        collection(member("A"), member("B"), checked=(NOW,), found={("commun", "error"): 2})
    )
    assert rows(found.table("findings_by_type"), "type", "error", "warning", "pages") == [
        ("Commun", 2, 0, 2)
    ]
    assert figures(found) == {"error": 2, "warning": 10, "info": 1, "checked": 12}


def test_nothing_checked_makes_no_section() -> None:
    assert quality(collection(member("A"))) is None
