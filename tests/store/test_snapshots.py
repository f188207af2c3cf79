"""The snapshots: one a day and mapping, of one wiki, in a file of their owner's."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.checks.finding import Severity
from wikibot.checks.snapshot import SEVERITIES, Snapshot
from wikibot.errors import ConfigError, Unavailable
from wikibot.store.snapshots import Snapshots

TAKEN = Snapshot(
    day=date(2026, 3, 3),
    moment=datetime(2026, 3, 3, 12, tzinfo=UTC),
    pages=45,
    mapping="resilience",
    wikibot="0.1.0",
    found={("REQ101", "error"): 3, ("REQ101", "warning"): 2, ("VOC102", "warning"): 1},
    waived={"VOC102": 4},
)
NEXT = replace(TAKEN, day=date(2026, 3, 4), moment=datetime(2026, 3, 4, 12, tzinfo=UTC), pages=46)


def keep(folder: Path, *taken: Snapshot) -> tuple[Snapshot, ...]:
    with Snapshots.open(folder, "communs") as snapshots:
        for each in taken:
            snapshots.keep(each)
        return snapshots.of("resilience")


def test_what_was_kept_comes_back_the_oldest_first(tmp_path: Path) -> None:
    assert keep(tmp_path / "state", NEXT, TAKEN) == (TAKEN, NEXT)
    assert keep(tmp_path / "state") == (TAKEN, NEXT)


def test_of_a_day_the_last_is_kept(tmp_path: Path) -> None:
    later = replace(TAKEN, moment=datetime(2026, 3, 3, 18, tzinfo=UTC), found={}, waived={})
    assert keep(tmp_path, TAKEN, NEXT, later) == (later, NEXT)


def test_another_mapping_counts_apart(tmp_path: Path) -> None:
    assert keep(tmp_path, TAKEN, replace(TAKEN, mapping="trial")) == (TAKEN,)


@given(
    st.dictionaries(st.tuples(st.text(max_size=8), st.sampled_from(SEVERITIES)), st.integers(0)),
)
def test_any_numbers_come_back(
    tmp_path_factory: pytest.TempPathFactory, found: dict[tuple[str, Severity], int]
) -> None:
    taken = replace(TAKEN, found={key: n % 2**40 for key, n in found.items()})
    assert keep(tmp_path_factory.mktemp("state"), taken) == (taken,)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    keep(tmp_path / "state", TAKEN)
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
    assert {f.name: f.stat().st_mode & 0o777 for f in (tmp_path / "state").iterdir()} == {
        "snapshots.sqlite": 0o600
    }


def test_they_serve_one_wiki(tmp_path: Path) -> None:
    keep(tmp_path, TAKEN)
    with pytest.raises(ConfigError, match="another wiki"), Snapshots.open(tmp_path, "autre"):
        pass
    assert keep(tmp_path) == (TAKEN,)


def test_those_of_a_newer_wikibot_are_left_alone(tmp_path: Path) -> None:
    keep(tmp_path, TAKEN)
    with sqlite3.connect(tmp_path / "snapshots.sqlite") as db:
        db.execute("PRAGMA user_version=7")
    with pytest.raises(ConfigError, match="version 7 > 1"):
        keep(tmp_path)


@pytest.mark.parametrize("data", [b"x" * 99, b"x" * 5000], ids=["short", "long"])
def test_a_file_that_is_something_else_is_an_error_and_stays(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "snapshots.sqlite").write_bytes(data)
    with pytest.raises(ConfigError):
        keep(tmp_path)
    assert (tmp_path / "snapshots.sqlite").read_bytes() == data


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "snapshots.sqlite").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unavailable):
        keep(tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_a_disk_that_takes_no_more_keeps_what_was_there(tmp_path: Path) -> None:
    keep(tmp_path, TAKEN)
    full = {(f"R{n}", severity): n for n in range(500) for severity in SEVERITIES}
    with pytest.raises(Unavailable), Snapshots.open(tmp_path, "communs") as snapshots:
        snapshots._db.execute("PRAGMA max_page_count=1")
        snapshots.keep(replace(TAKEN, found=full))
    assert keep(tmp_path) == (TAKEN,)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Unavailable):
        keep(tmp_path / "state", TAKEN)
