"""Which findings count, as a library is used: the day is an argument, files are whole or not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import MISSPELT
from tests.jobs.wikis import MAPPING
from wikibot.errors import InputError, InvalidTitle
from wikibot.jobs.surroundings import Surroundings
from wikibot.mapping import WaiverEntry
from wikibot.wiki.folder import FolderWiki

WAIVER = "<!-- wikibot: ignorer VOC103 jusqu'au 2027-01-31 : le nom est voulu -->\n"


def on(time: str) -> Surroundings:
    return Surroundings(now=lambda: datetime.fromisoformat(time).replace(tzinfo=UTC))


JANUARY = on("2027-01-01T12:00")


@pytest.fixture
def wiki(tmp_path: Path) -> FolderWiki:
    (tmp_path / "Mares.wikitext").write_text(WAIVER + MISSPELT)
    return FolderWiki.open(tmp_path)


def rules(wiki: FolderWiki, around: Surroundings, *waivers: WaiverEntry) -> list[str]:
    pages = [wiki.page("Mares")]
    found = wikibot.check(pages, MAPPING, wiki)
    sifted = wikibot.sift(found, pages, MAPPING, wiki, waivers=waivers, around=around)
    return [finding.rule for finding in sifted.findings]


def planned(wiki: FolderWiki, around: Surroundings, *waivers: WaiverEntry) -> list[str]:
    plan = wikibot.fix([wiki.page("Mares")], MAPPING, wiki, waivers=waivers, around=around)
    return [change.rule for edit in plan.edits for change in edit.changes]


def test_a_waiver_holds_through_its_last_day_in_check_and_in_fix(wiki: FolderWiki) -> None:
    last, after = on("2027-01-31T23:59"), on("2027-02-01T00:00")
    assert (rules(wiki, last), planned(wiki, last)) == (["REQ101"], [])
    assert rules(wiki, after) == ["VOC103", "REQ101", "WAI101"]
    assert planned(wiki, after) == ["VOC103"]


def test_the_title_of_a_waiver_is_read_as_the_wiki_reads_titles(wiki: FolderWiki) -> None:
    image = WaiverEntry(page="mares", rules=("required-field",), reason="pas de photo")
    assert rules(wiki, JANUARY, image) == []
    other = WaiverEntry(page="Talus", rules=("required-field",), reason="pas de photo")
    assert rules(wiki, JANUARY, other) == ["REQ101"]
    with pytest.raises(InvalidTitle):
        rules(wiki, JANUARY, WaiverEntry(page="a|b", rules=("VOC",), reason="x"))


def test_what_check_returns_is_all_there_is_whoever_waives_it(wiki: FolderWiki) -> None:
    found = wikibot.check([wiki.page("Mares")], MAPPING, wiki)
    assert [finding.rule for finding in found] == ["VOC103", "REQ101"]


def test_a_baseline_file_is_replaced_whole_and_read_back(wiki: FolderWiki, tmp_path: Path) -> None:
    pages, file = [wiki.page("Mares")], tmp_path / "known.json"
    file.write_text("x" * 10_000)
    found = wikibot.check(pages, MAPPING, wiki)
    baseline = wikibot.new_baseline(wikibot.sift(found, pages, MAPPING, wiki), pages)
    wikibot.save_baseline(baseline, file)
    assert wikibot.load_baseline(file) == baseline
    assert not list(tmp_path.glob(".*.tmp"))
    sifted = wikibot.sift(found, pages, MAPPING, wiki, baseline=wikibot.load_baseline(file))
    assert (sifted.findings, sifted.resolved) == ((), 0)


def test_a_baseline_that_cannot_be_written_leaves_nothing_behind(
    wiki: FolderWiki, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError):
        wikibot.save_baseline(wikibot.Baseline({}), tmp_path / "folder")
    assert not list(tmp_path.glob(".*.tmp"))
    with pytest.raises(InputError):
        wikibot.load_baseline(tmp_path / "folder")
