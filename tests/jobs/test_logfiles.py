"""The file of --log-file is put aside once a month, and no line of it is lost."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wikibot.cli import logs
from wikibot.errors import ConfigError
from wikibot.jobs.logfiles import LARGEST, LONGEST, MOST, aside, put_aside

NOW = datetime(2026, 3, 1, 3, 15, tzinfo=UTC)
TEXT = "{at:%Y-%m-%dT%H:%M:%S}.000Z INFO wikibot.jobs.reports [k3f9a2] une ligne\n"
JSON = '{{"time": "{at:%Y-%m-%dT%H:%M:%S}.000Z", "level": "INFO"}}\n'


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("form", [TEXT, JSON], ids=["text", "json"])
@pytest.mark.parametrize(("age", "moved"), [(LONGEST, True), (LONGEST - timedelta(1), False)])
def test_a_log_that_is_a_month_old_by_its_first_line_is_put_aside(
    tmp_path: Path, form: str, age: timedelta, moved: bool
) -> None:
    log = tmp_path / "robot.log"
    lines = form.format(at=NOW - age) + form.format(at=NOW)
    log.write_text(lines)
    assert put_aside(log, NOW) is moved
    assert names(tmp_path) == ["robot-20260301T031500.000000Z.log" if moved else "robot.log"]
    assert (tmp_path / names(tmp_path)[0]).read_text() == lines
    assert [at for _, at in aside(log)] == ([NOW] if moved else [])


def test_a_log_that_is_full_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "robot.log"
    log.write_text(TEXT.format(at=NOW))
    os.truncate(log, LARGEST - 1)
    assert not put_aside(log, NOW)
    os.truncate(log, LARGEST)
    assert put_aside(log, NOW)


@pytest.mark.parametrize("content", ["", "bonjour", "2026-99-99T03:00:00"])
def test_what_tells_no_moment_goes_on(tmp_path: Path, content: str) -> None:
    log = tmp_path / "robot.log"
    log.write_text(content)
    assert not put_aside(log, NOW)
    assert not put_aside(tmp_path / "absent.log", NOW)
    assert log.read_text() == content


def test_of_many_the_latest_stay(tmp_path: Path) -> None:
    log = tmp_path / "robot.log"
    days = [NOW - timedelta(days=n) for n in range(1, MOST + 3)]
    for day in days:
        (tmp_path / f"robot-{day:%Y%m%dT%H%M%S.%fZ}.log").touch()
    (tmp_path / "robot-notes.log").touch()
    (tmp_path / "autre-20200101T000000.000000Z.log").touch()
    log.write_text(TEXT.format(at=NOW - LONGEST))
    assert put_aside(log, NOW)
    assert [at for _, at in aside(log)] == sorted([NOW, *days[: MOST - 1]])
    assert {"robot-notes.log", "autre-20200101T000000.000000Z.log"} <= set(names(tmp_path))


def test_the_new_log_begins_empty_and_both_are_their_owners_alone(tmp_path: Path) -> None:
    log = tmp_path / "robot.log"
    log.write_text(TEXT.format(at=datetime(2020, 1, 1)))
    logs.start(debug=False, file=log)
    try:
        assert logs.path() == log
        (old,) = [path for path, _ in aside(log)]
        assert old.read_text() == TEXT.format(at=datetime(2020, 1, 1))
        assert log.read_text() == ""
        assert {stat.S_IMODE(path.stat().st_mode) for path in (log, old)} == {0o600}
    finally:
        logs.start(debug=False)
    assert logs.path() is None


def test_a_link_is_neither_followed_nor_moved(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(TEXT.format(at=datetime(2020, 1, 1)))
    log = tmp_path / "robot.log"
    log.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError):
        logs.start(debug=False, file=log)
    logs.start(debug=False)
    assert names(tmp_path) == ["elsewhere", "robot.log"]
