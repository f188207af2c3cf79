"""A check of all pages and rules keeps its numbers; `trend` gives them back."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import MAPPING, WRONG, clock, write_pages
from tests.wiki.exports import export, page
from wikibot.checks.snapshot import Snapshot

MARCH = datetime(2026, 3, 3, 12, tzinfo=UTC)
APRIL = datetime(2026, 4, 1, 12, tzinfo=UTC)


def keep(
    place: Path, now: datetime, *, baseline: wikibot.Baseline | None = None
) -> tuple[Snapshot, Snapshot | None]:
    wiki = wikibot.open_wiki(place)
    read = list(wikibot.pages_to_read(wiki, MAPPING, ()))
    around = clock(now)
    sifted = wikibot.sift(
        wikibot.check(read, MAPPING, wiki, whole=True, around=around),
        read,
        MAPPING,
        wiki,
        baseline=baseline,
        whole=True,
        around=around,
    )
    return wikibot.keep_snapshot(sifted, read, MAPPING, wiki, around=around)


def kept(place: Path) -> list[tuple[date, int, dict[str, int]]]:
    wiki = wikibot.open_wiki(place)
    return [(taken.day, taken.pages, taken.rules) for taken in wikibot.trend(wiki, MAPPING)]


def test_the_numbers_of_each_day_are_kept_and_compared_to_the_day_before(tmp_path: Path) -> None:
    assert kept(tmp_path) == []
    write_pages(tmp_path)
    assert keep(tmp_path, MARCH)[1] is None
    write_pages(tmp_path, PAGE, ["Haies"])
    taken, before = keep(tmp_path, APRIL)
    assert before is not None
    assert (taken.of("warning"), before.of("warning")) == (2, 3)
    assert keep(tmp_path, APRIL)[1] == before  # not to itself, an hour ago
    assert kept(tmp_path) == [
        (date(2026, 3, 3), 3, {"COL101": 6, "VOC103": 3}),
        (date(2026, 4, 1), 3, {"COL101": 6, "VOC103": 2}),
    ]


def test_what_waivers_let_pass_is_counted_apart(tmp_path: Path) -> None:
    write_pages(tmp_path, WRONG + "<!-- wikibot: ignorer VOC103 : voulu -->\n", ["Haies"])
    taken, _ = keep(tmp_path, MARCH)
    assert (taken.total, taken.waived) == (0, {"VOC103": 1})
    assert wikibot.trend(wikibot.open_wiki(tmp_path), MAPPING) == (taken,)


def test_a_baseline_does_not_make_the_number_fall(tmp_path: Path) -> None:
    write_pages(tmp_path)
    before, _ = keep(tmp_path, MARCH)
    wiki = wikibot.open_wiki(tmp_path)
    read = list(wikibot.pages_to_read(wiki, MAPPING, ()))
    found = wikibot.check(read, MAPPING, wiki, whole=True)
    known = wikibot.new_baseline(wikibot.sift(found, read, MAPPING, wiki, whole=True), read)
    assert keep(tmp_path, APRIL, baseline=known)[0].found == before.found


def test_an_export_is_of_the_day_of_its_latest_edit(tmp_path: Path) -> None:
    dump = tmp_path / "export.xml"
    dump.write_bytes(export(page("Haies", WRONG)))
    assert keep(dump, APRIL)[0].moment == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert kept(dump) == [(date(2026, 1, 31), 1, {"VOC103": 1})]


def test_a_state_that_cannot_be_used_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_pages(tmp_path)
    (tmp_path / ".wikibot").mkdir()
    (tmp_path / ".wikibot/snapshots.sqlite").write_bytes(b"x" * 99)
    taken, before = keep(tmp_path, MARCH)
    assert (taken.of("warning"), before) == (3, None)
    assert len(caplog.records) == 1
    assert (tmp_path / ".wikibot/snapshots.sqlite").read_bytes() == b"x" * 99


def test_nothing_is_written_through_a_link_that_came_with_the_pages(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pages, elsewhere = tmp_path / "pages", tmp_path / "elsewhere"
    pages.mkdir()
    elsewhere.mkdir()
    write_pages(pages)
    (pages / ".wikibot").symlink_to(elsewhere)
    assert keep(pages, MARCH)[0].of("warning") == 3
    assert list(elsewhere.iterdir()) == []
    assert len(caplog.records) == 1


def test_nothing_of_the_pages_is_in_the_file(tmp_path: Path) -> None:
    write_pages(tmp_path)
    keep(tmp_path, MARCH)
    data = (tmp_path / ".wikibot/snapshots.sqlite").read_bytes()
    for words in ("Haies", "Alix", "idée", "bocage"):
        assert words.encode() not in data


@pytest.fixture
def tahiti() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Tahiti"  # ten hours behind
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("tahiti")
def test_a_day_is_that_of_this_machine(tmp_path: Path) -> None:
    write_pages(tmp_path)
    taken, _ = keep(tmp_path, datetime(2026, 3, 3, 2, tzinfo=UTC))
    assert (taken.day, taken.moment.hour) == (date(2026, 3, 2), 2)
