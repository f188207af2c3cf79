"""What a page of the wiki shows of an overview: what matters, nothing that every day changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.render.overviews import AS_OF, column, usual
from wikibot.language import same
from wikibot.overviews import Chart, Overview, Section, Table
from wikibot.render.overview.published import FEW, published
from wikibot.render.overview.wikitext import MOST


def table(table_id: str, rows: int) -> Table:
    lines = tuple((f"ligne {number}", number) for number in range(rows))
    columns = (column("name", "Nom", "Name"), column("days", "Jours", "Days", "number"))
    return Table(table_id, same(table_id), columns, lines)


def one(section_id: str, *blocks: Table | Chart, folded: bool = False) -> Overview:
    section = Section(section_id, same(section_id), blocks, folded=folded)
    return replace(usual(), sections=(section,))


@pytest.mark.parametrize(
    ("section", "whole", "shown"),
    [
        ("quality", False, FEW),
        ("quality", True, MOST),
        ("glance", False, MOST),
        ("glance", True, MOST),
        ("relations", False, 0),
        ("relations", True, MOST),
    ],
)
def test_long_tables_are_cut_and_what_helps_nobody_is_left_out(
    section: str, whole: bool, shown: int
) -> None:
    content, _ = published(one(section, table("t", MOST + 5)), "fr", whole=whole)
    assert content.count("| ligne ") == shown
    assert ("autres lignes" in content) == bool(shown)


def test_what_is_folded_is_shown_when_it_is_asked_for() -> None:
    folded = one("type_formation", table("t", 1), folded=True)
    assert published(folded, "fr")[0] == ""
    assert "| ligne 0" in published(folded, "fr", whole=True)[0]


@pytest.mark.parametrize("table_id", ["quality_over_time", "months", "overdue_by_age"])
def test_what_goes_on_with_the_days_is_not_published(table_id: str) -> None:
    chart = Chart("c", same("c"), "bars", table_id, "name", ("days",))
    content, _ = published(one("x", chart, table(table_id, 2), table("kept", 2)), "fr", whole=True)
    assert "kept" in content and table_id not in content
    assert published(one("x", chart, table(table_id, 2)), "fr")[0] == "", "no empty heading"


def test_an_overdue_action_keeps_its_place_and_loses_its_days() -> None:
    content, _ = published(one("tracked", table("overdue", 2)), "fr")
    assert "| ligne 1" in content and "Jours" not in content


def test_only_the_line_of_the_date_differs_from_day_to_day() -> None:
    today = usual()
    tomorrow = replace(today, as_of=AS_OF + timedelta(days=1))
    one_day, other_day = published(today, "fr"), published(tomorrow, "fr")
    assert one_day[0] == other_day[0]
    assert one_day[1] != other_day[1]
