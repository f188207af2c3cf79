"""What an overview asks a wiki beside its pages: edits, findings, the state of another day."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import MISSPELT, PAGE
from wikibot.checks.finding import Severity
from wikibot.errors import InputError
from wikibot.jobs.overview import activity, quality, snapshots
from wikibot.jobs.overview.collecting import collect
from wikibot.jobs.overview.making import in_one_go
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import same
from wikibot.overviews.since import taken_of
from wikibot.wiki.folder import FolderWiki

MAPPING = wikibot.load_mapping("resilience")
TODAY = date(2026, 3, 3)
AROUND = Surroundings(now=lambda: datetime(2026, 3, 3, 12, tzinfo=UTC))


@pytest.fixture
def wiki(tmp_path: Path) -> FolderWiki:
    found = FolderWiki(tmp_path / "pages", now=AROUND.now)
    (tmp_path / "pages").mkdir()
    found.create("Atlas des haies", PAGE, "création")
    found.create("Relevé des mares", MISSPELT, "création")
    found.create("Une page sans modèle", "Rien.", "création")
    return found


class TestActivity:
    def test_the_saves_of_the_pages_asked_about_and_no_others(self, wiki: FolderWiki) -> None:
        wiki.save(wiki.page("Atlas des haies"), f"{PAGE}\n", "suite")
        found = activity.told(wiki, MAPPING, ["Atlas des haies"], datetime(2026, 1, 1, tzinfo=UTC))
        assert found == activity.Told(
            edits=((TODAY, "Atlas des haies"), (TODAY, "Atlas des haies")),
            created={"Atlas des haies": TODAY},
            told_since=date(2026, 1, 1),
        )


class TestQuality:
    def test_the_numbers_are_those_of_a_check_by_type_too(self, wiki: FolderWiki) -> None:
        pages = list(wiki.pages_with(MAPPING.templates))
        members = collect(wiki, MAPPING, around=AROUND).members
        taken, found = quality.checked(pages, MAPPING, wiki, members=members, around=AROUND)
        findings = wikibot.check(pages, MAPPING, wiki, whole=True)
        assert taken.total == len(findings) > 0
        severities: tuple[Severity, ...] = ("error", "warning", "info")
        for severity in severities:
            assert taken.of(severity) == sum(f.severity == severity for f in findings)
            assert found.get(("commun", severity), 0) == taken.of(severity)
        assert (taken.day, taken.pages) == (TODAY, len(pages))

    def test_nothing_is_kept_and_earlier_checks_are_told(
        self, wiki: FolderWiki, tmp_path: Path
    ) -> None:
        pages = list(wiki.pages_with(MAPPING.templates))
        taken, _ = quality.checked(pages, MAPPING, wiki, around=AROUND)
        assert quality.earlier(wiki, MAPPING, taken, state=tmp_path / "state") == ()
        assert not (tmp_path / "state").exists()


class TestSnapshots:
    def test_a_state_is_found_again_by_its_day(self, wiki: FolderWiki, tmp_path: Path) -> None:
        found, state = collect(wiki, MAPPING, around=AROUND), tmp_path / "state"
        assert snapshots.before(wiki, MAPPING, None, TODAY, state=state) is None
        earlier = replace(found, today=date(2026, 2, 1))
        assert snapshots.keep(earlier, wiki, state=state) == taken_of(earlier)
        snapshots.keep(found, wiki, state=state)
        assert snapshots.before(wiki, MAPPING, None, TODAY, state=state) == taken_of(earlier)
        assert snapshots.before(wiki, MAPPING, TODAY, TODAY, state=state) == taken_of(found)
        assert snapshots.before(wiki, MAPPING, date(2026, 1, 1), TODAY, state=state) is None
        assert snapshots.days(wiki, MAPPING, state=state) == (date(2026, 2, 1), TODAY)

    def test_where_nothing_can_be_kept_the_log_says_so(
        self, wiki: FolderWiki, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "state").write_text("a file in the way")
        snapshots.keep(collect(wiki, MAPPING, around=AROUND), wiki, state=tmp_path / "state")
        assert "snapshot of this overview is not kept" in caplog.text

    def test_what_is_kept_holds_no_person_and_no_text(
        self, wiki: FolderWiki, tmp_path: Path
    ) -> None:
        taken = snapshots.keep(collect(wiki, MAPPING, around=AROUND), wiki, state=tmp_path)
        written = repr(taken)
        assert "Atlas des haies" in written
        for secret in ("Alix", "Robin", "Imaginaire", "Cartes et récits", "atlas que tiennent"):
            assert secret not in written


def test_garbage_is_looked_for_as_before_once_an_overview_is_made() -> None:
    before = gc.get_threshold()
    with pytest.raises(InputError), in_one_go():
        assert gc.get_threshold()[0] > before[0]
        raise InputError(same("x"), same("y"))
    assert gc.get_threshold() == before
