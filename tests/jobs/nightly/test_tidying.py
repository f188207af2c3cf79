"""What a night removes by itself, and what it tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.jobs.nightly.test_nights import Nights, outcome, states
from tests.jobs.wikis import write_pages
from wikibot.errors import Unavailable
from wikibot.jobs.nightly import tidying
from wikibot.jobs.state import run_lock
from wikibot.language import same

LINE = "Effacé de cette machine : 3 textes de modifications"
KEYS = """
[nightly]
jobs = ["fix", "report"]
fix = ["VOC103"]

[nightly.report]
file = "nuit.txt"
"""


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    (tmp_path / "pages").mkdir()
    write_pages(tmp_path / "pages")
    return Nights(tmp_path, KEYS)


def first_and_later(nights: Nights) -> None:
    """Let a night write, and half a year pass."""
    nights.spend()
    nights.day += 181


def report(nights: Nights) -> str:
    return (nights.folder / "nuit.txt").read_text()


def test_what_is_old_goes_and_one_line_says_so_once(nights: Nights) -> None:
    first_and_later(nights)
    night = nights.spend()
    told = outcome(night, "purge")
    assert (told.state, told.exit_code, told.counts["texts"]) == ("done", 0, 3)
    assert [d.part.job for d in night.parts][-2:] == ["purge", "report"]
    assert LINE in report(nights)
    assert [job["job"] for job in nights.reports[-1]["jobs"]][-2:] == ["purge", "report"]
    assert "purge" not in states(nights.spend())
    assert "Effacé" not in report(nights)


def test_the_days_are_those_of_the_configuration(nights: Nights) -> None:
    nights.keys += "\n[retention]\nundo_days = 2\n"
    nights.spend()
    assert "purge" not in states(nights.spend())
    nights.day += 1
    assert outcome(nights.spend(), "purge").counts["texts"] == 3


def test_a_night_without_a_report_does_it_too(nights: Nights) -> None:
    nights.keys = '[nightly]\njobs = ["fix"]\nfix = ["VOC103"]\n'
    first_and_later(nights)
    assert outcome(nights.spend(), "purge").counts == {"texts": 3}


def test_one_job_alone_removes_nothing(nights: Nights) -> None:
    first_and_later(nights)
    assert "purge" not in states(nights.spend("check"))


def test_a_trial_shows_it_and_removes_nothing(nights: Nights) -> None:
    first_and_later(nights)
    before = nights.everything()
    night = nights.spend(dry=True)
    assert outcome(night, "purge").state == "preview"
    assert nights.everything() == before
    assert outcome(nights.spend(), "purge").state == "done"


def test_beside_a_run_at_work_the_next_night_does_it(nights: Nights) -> None:
    first_and_later(nights)
    with run_lock(nights.pages / ".wikibot"):
        assert "purge" not in states(nights.spend())
    assert "purge" in states(nights.spend())


@pytest.mark.parametrize(
    ("error", "code"), [(Unavailable(same("disque")), 5), (ZeroDivisionError(), 1)]
)
def test_where_it_fails_the_night_is_told_of_and_goes_on(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(tidying, "purge", fail)
    night = nights.spend()
    assert outcome(night, "purge").exit_code == code
    assert outcome(night, "report").state == "done"
    assert "Effacé de cette machine : " in report(nights)
    assert nights.heard == [error]


def test_the_logs_that_were_put_aside_go_with_it(nights: Nights, tmp_path: Path) -> None:
    nights.spend()
    old = tmp_path / "robot-20240101T030000.000000Z.log"
    old.write_text("")
    nights.log = tmp_path / "robot.log"
    assert outcome(nights.spend(), "purge").counts == {"logs": 1}
    assert not old.exists()
