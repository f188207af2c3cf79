"""Counts over time, as a table, a sentence and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from wikibot.checks.finding import Severity
from wikibot.checks.snapshot import Snapshot
from wikibot.language import Text
from wikibot.render import trend


def taken(day: date, found: Mapping[tuple[str, Severity], int], pages: int = 45) -> Snapshot:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Snapshot(day, moment, pages, "resilience", "0.1.0", found, {"VOC102": 2})


MARCH = taken(date(2026, 3, 1), {("A", "error"): 12, ("B", "warning"): 1200, ("B", "info"): 7})
APRIL = taken(date(2026, 4, 2), {("A", "error"): 10, ("B", "warning"): 40}, 46)
MAY = taken(date(2026, 5, 3), {("A", "error"): 10, ("B", "warning"): 40})
JUNE = taken(date(2026, 6, 4), {("A", "error"): 11, ("B", "warning"): 40})


def test_each_day_is_a_line_with_what_changed() -> None:
    assert list(trend.table([MARCH, APRIL, MAY, JUNE], "fr")) == [
        "date           pages  erreurs  à revoir  remarques  en tout   écart",
        "1er mars 2026     45       12     1\u202f200          7    1\u202f219",
        "2 avril 2026      46       10        40          0       50  −1\u202f169",
        "3 mai 2026        45       10        40          0       50       =",
        "4 juin 2026       45       11        40          0       51      +1",
    ]


def test_the_first_shown_is_compared_to_the_one_before_it() -> None:
    (_, line) = trend.table([APRIL], "en", MARCH)
    assert line == "2 April 2026     46      10        40        0      50  −1,169"


@pytest.mark.parametrize(
    ("now", "before", "fr", "en"),
    [
        (50, 50, "Autant que le 1er mars 2026.", "As many as on 1 March 2026."),
        (49, 50, "1 point de moins que le 1er mars 2026.", "1 finding fewer than on 1 March 2026."),
        (
            38,
            50,
            "12 points de moins que le 1er mars 2026.",
            "12 findings fewer than on 1 March 2026.",
        ),
        (51, 50, "1 point de plus que le 1er mars 2026.", "1 finding more than on 1 March 2026."),
        (52, 50, "2 points de plus que le 1er mars 2026.", "2 findings more than on 1 March 2026."),
    ],
)
def test_the_difference_is_a_sentence(now: int, before: int, fr: str, en: str) -> None:
    first = replace(MARCH, found={("A", "error"): before})
    assert trend.since(replace(APRIL, found={("A", "info"): now}), first) == Text(fr, en)


def test_that_another_wikibot_counted_is_told() -> None:
    assert trend.since(replace(APRIL, wikibot="0.2.0"), MARCH) == Text(
        "1\u202f169 points de moins que le 1er mars 2026, avec wikibot 0.1.0.",
        "1,169 findings fewer than on 1 March 2026, by wikibot 0.1.0.",
    )


def test_rules_that_came_with_another_wikibot_are_told() -> None:
    assert list(trend.changed_rules([MARCH, APRIL, MAY], "fr")) == []
    newer = replace(MAY, wikibot="0.2.0")
    assert list(trend.changed_rules([MARCH, APRIL, newer], "fr")) == [
        "3 mai 2026 : wikibot 0.2.0 (avant : 0.1.0) ; l'écart vient peut-être des règles."
    ]


def test_one_rule_alone_is_counted() -> None:
    shown = trend.data([MARCH.only("B"), APRIL.only("B")], "B")
    assert shown["rule"] == "B"
    assert [(s["total"], s["difference"], s["counts"]) for s in shown["snapshots"]] == [
        (1207, None, {"error": 0, "warning": 1200, "info": 7, "rules": {"B": 1207}}),
        (40, -1167, {"error": 0, "warning": 40, "info": 0, "rules": {"B": 40}}),
    ]
    assert [s["waived"] for s in shown["snapshots"]] == [0, 0]
    assert trend.data([MARCH], None)["snapshots"][0]["waived"] == 2
