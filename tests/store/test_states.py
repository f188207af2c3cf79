"""The states that overviews compare: one a day and mapping, thinned out with time."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.errors import ConfigError, Unavailable
from wikibot.overviews.taken import Kept, KeptAction, Taken
from wikibot.store.states import States

TAKEN = Taken(
    day=date(2026, 3, 3),
    moment=datetime(2026, 3, 3, 12, tzinfo=UTC),
    mapping="resilience",
    members=(
        Kept(7, "Été", "commun", 0, 70, {"tags": ("eau", "sols")}, {"description": "ab12"}),
        Kept(7, "Été", "ligne", 1, 70),
    ),
    actions=(KeptAction(9, "Action:1", True),),
)


def on(*day: int) -> Taken:
    return replace(TAKEN, day=date(*day))


def keep(folder: Path, *taken: Taken) -> None:
    with States.open(folder, "communs") as states:
        for each in taken:
            states.keep(each)


def days(folder: Path) -> tuple[date, ...]:
    with States.open(folder, "communs") as states:
        return states.days("resilience")


def latest(folder: Path, *until: int) -> Taken | None:
    with States.open(folder, "communs") as states:
        return states.latest("resilience", date(*until))


def test_the_latest_of_a_day_or_before_comes_back_whole(tmp_path: Path) -> None:
    keep(tmp_path, TAKEN, on(2026, 3, 5))
    assert latest(tmp_path, 2026, 3, 4) == TAKEN
    assert latest(tmp_path, 2026, 3, 3) == TAKEN
    assert latest(tmp_path, 2026, 3, 5) == on(2026, 3, 5)
    assert latest(tmp_path, 2026, 3, 2) is None


def test_of_a_day_the_last_is_kept_and_mappings_count_apart(tmp_path: Path) -> None:
    later = replace(TAKEN, members=())
    keep(tmp_path, TAKEN, later, replace(TAKEN, mapping="trial"))
    assert latest(tmp_path, 2026, 3, 3) == later
    assert days(tmp_path) == (TAKEN.day,)


def test_what_is_older_than_three_months_is_thinned_to_the_first_of_each(tmp_path: Path) -> None:
    first = date(2025, 1, 10)
    keep(tmp_path, *(replace(TAKEN, day=first + timedelta(days=n), members=()) for n in range(200)))
    kept = days(tmp_path)
    last = first + timedelta(days=199)
    young = [day for day in kept if day >= last - timedelta(days=92)]
    assert len(young) == 93
    old = [day for day in kept if day not in young]
    assert old == [date(2025, 1, 10), date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)]


words = st.text(max_size=5)


@given(
    st.builds(
        Kept,
        st.integers(0, 2**53),
        words,
        words,
        st.integers(0, 9),
        st.integers(0, 2**53),
        st.dictionaries(words, st.lists(words, max_size=3).map(tuple), max_size=3),
        st.dictionaries(words, words, max_size=3),
    )
)
def test_anything_comes_back(tmp_path_factory: pytest.TempPathFactory, kept: Kept) -> None:
    folder = tmp_path_factory.mktemp("state")
    taken = replace(TAKEN, members=(kept,))
    keep(folder, taken)
    assert latest(folder, 2026, 3, 3) == taken


def test_it_is_small(tmp_path: Path) -> None:
    members = tuple(
        replace(
            TAKEN.members[0], pageid=n, title=f"Commun {n}", digests={"description": f"{n:012x}"}
        )
        for n in range(1000)
    )
    keep(tmp_path, replace(TAKEN, members=members))
    assert (tmp_path / "states.sqlite").stat().st_size < 60_000


@pytest.mark.parametrize("content", [b"", b"garbage", sqlite3.Binary(b"x\x9cgarbage")])
def test_a_damaged_state_is_refused(tmp_path: Path, content: bytes) -> None:
    keep(tmp_path, TAKEN)
    with sqlite3.connect(tmp_path / "states.sqlite") as db:
        db.execute("UPDATE state SET content=?", (content,))
    with pytest.raises(ConfigError, match=r"states\.sqlite"):
        latest(tmp_path, 2026, 3, 3)


def test_it_serves_one_wiki_alone(tmp_path: Path) -> None:
    keep(tmp_path, TAKEN)
    with pytest.raises(ConfigError), States.open(tmp_path, "autre"):
        pass


def test_it_is_its_owners_alone(tmp_path: Path) -> None:
    keep(tmp_path / "state", TAKEN)
    assert os.stat(tmp_path / "state" / "states.sqlite").st_mode & 0o777 == 0o600
    assert States.exists(tmp_path / "state")
    assert not States.exists(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Unavailable):
        keep(tmp_path / "state", TAKEN)
