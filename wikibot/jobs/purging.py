"""purge: what the state folder has kept for long enough goes; `[retention]` says how long.

Of runs the texts and values go, and what they did stays: no later run makes again what somebody
took back, and none is made twice (`store.purging`). What is not settled is never touched. Each step
is whole or not done at all, and the next purge does what a killed one has left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from wikibot.config import RetentionTable
from wikibot.edits import LedgerRow
from wikibot.edits.cleanup import Cleanup, Heap, Kind
from wikibot.errors import Unavailable
from wikibot.jobs.logfiles import aside
from wikibot.jobs.reports import FOLDER
from wikibot.jobs.state import run_lock
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.trend import folder_of
from wikibot.language import Text
from wikibot.store import Journal
from wikibot.store.snapshots import Snapshots
from wikibot.store.states import States
from wikibot.wiki import Wiki

_RUN = re.compile(r"([0-9a-z]{6})\.(?:json|txt)")
_NIGHT = re.compile(r"night-(\d{8}T\d{6})Z\.(?:json|txt)")
_CRASH = re.compile(r"crash-(\d{8}T\d{6})\.\d+Z\.log")
_MOMENT = "%Y%m%dT%H%M%S"


@dataclass(frozen=True)
class _Old:
    """A file that is to go, and the moment that it tells of."""

    kind: Kind
    path: Path
    at: datetime


def purge(
    wiki: Wiki,
    retention: RetentionTable | None = None,
    *,
    state: Path | None = None,
    log_file: Path | None = None,
    apply_now: bool = False,
    around: Surroundings = REAL,
) -> Cleanup:
    """Return what has been kept for long enough, and with `apply_now` take it away.

    `log_file` is that of `--log-file`, whose elder ones go too. The wiki is not asked anything.

    Raises:
        LockHeld: a run is at work on this wiki.
        ConfigError, Unavailable: what is kept cannot be read or written.
    """
    kept = retention or RetentionTable()
    folder = folder_of(wiki, state)
    if not folder.is_dir():
        return Cleanup(around.now(), ())
    if not apply_now:
        return _found(folder, wiki.wikiid, kept, log_file, around)[0]
    with run_lock(folder):
        found, files = _found(folder, wiki.wikiid, kept, log_file, around)
        _take_away(folder, wiki.wikiid, kept, files, around)
    return replace(found, done=True)


def _found(
    folder: Path, wikiid: str, kept: RetentionTable, log_file: Path | None, around: Surroundings
) -> tuple[Cleanup, tuple[_Old, ...]]:
    now = around.now().astimezone(UTC)
    heaps: list[Heap] = []
    started: dict[str, str] = {}
    lost: tuple[LedgerRow, ...] = ()
    left = 0
    if Journal.exists(folder):
        with Journal.open(folder, wikiid) as journal:
            before = _stamp(now, kept.undo_days)
            old = journal.purging.old(before)
            left = journal.purging.old_and_open(before)
            started = journal.purging.started()
            saved = {each.run_id for each in old if each.saved}
            lost = tuple(run for run in journal.runs() if run.id in saved) if saved else ()
        if old:
            days = _day(min(o.first for o in old)), _day(max(o.last for o in old))
            number, size = sum(o.number for o in old), sum(o.size for o in old)
            heaps.append(Heap("texts", number, *days, size, kept.undo_days, len(old)))
    before_logs = now - timedelta(days=kept.log_days)
    files = tuple(each for each in _files(folder, started, log_file) if each.at < before_logs)
    kinds: tuple[Kind, ...] = ("reports", "logs", "crashes")
    for kind in kinds:
        heaps += _heap(kind, [each for each in files if each.kind == kind], kept.log_days)
    daily = now.date() - timedelta(days=kept.daily_days)
    if Snapshots.exists(folder):
        with Snapshots.open(folder, wikiid) as snapshots:
            gone = snapshots.old(daily)
        if gone:
            heaps.append(Heap("numbers", len(gone), gone[0], gone[-1], 0, kept.daily_days))
    if States.exists(folder):
        with States.open(folder, wikiid) as states:
            rows = states.old(daily)
        if rows:
            size = sum(bytes_ for _, bytes_ in rows)
            days = rows[0][0], rows[-1][0]
            heaps.append(Heap("states", len(rows), *days, size, kept.daily_days))
    return Cleanup(now, tuple(heaps), lost, left), files


def _take_away(
    folder: Path, wikiid: str, kept: RetentionTable, files: tuple[_Old, ...], around: Surroundings
) -> None:
    now = around.now().astimezone(UTC)
    if Journal.exists(folder):
        with Journal.open(folder, wikiid) as journal:
            before = _stamp(now, kept.undo_days)
            journal.purging.forget_old(before, around.stamp(), kept.undo_days)
            journal.purging.sweep()
    if Snapshots.exists(folder):
        with Snapshots.open(folder, wikiid) as snapshots:
            snapshots.thin(now.date() - timedelta(days=kept.daily_days))
    if States.exists(folder):
        with States.open(folder, wikiid) as states:
            states.thin(now.date(), kept.daily_days)
    for each in files:
        remove(each.path)


def remove(path: Path) -> None:
    """Remove a file, if it is there.

    Raises:
        Unavailable: it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Unavailable(
            Text(f"Impossible d'effacer {path} : {why}.", f"Cannot remove {path}: {why}."),
            Text(
                "Rendez ce dossier modifiable, puis relancez : la suite se fera alors.",
                "Make that folder writable, then run again: the rest is done then.",
            ),
        ) from None


def _files(folder: Path, started: Mapping[str, str], log_file: Path | None) -> Iterator[_Old]:
    """Yield the reports, logs and crash files; the report of the last night always stays.

    `started` is when each run began.
    """
    nights = sorted(path for path in own_files(folder / FOLDER) if _NIGHT.fullmatch(path.name))
    last = nights[-1].stem if nights else ""
    for path in own_files(folder / FOLDER):
        if match := _NIGHT.fullmatch(path.name):
            if path.stem != last and (at := _moment(match[1])):
                yield _Old("reports", path, at)
        elif match := _RUN.fullmatch(path.name):
            begun = started.get(match[1])
            written = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
            yield _Old("reports", path, datetime.fromisoformat(begun) if begun else written)
    for path in own_files(folder):
        if (match := _CRASH.fullmatch(path.name)) and (at := _moment(match[1])):
            yield _Old("crashes", path, at)
    for path, at in aside(log_file) if log_file is not None else ():
        yield _Old("logs", path, at)


def own_files(folder: Path) -> list[Path]:
    """Return the files of a folder in the order of their names; nothing is found through a link."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())


def _heap(kind: Kind, files: list[_Old], days: int) -> Iterator[Heap]:
    if files:
        dates = sorted(each.at.date() for each in files)
        size = sum(each.path.lstat().st_size for each in files)
        yield Heap(kind, len(files), dates[0], dates[-1], size, days)


def _moment(written: str) -> datetime | None:
    try:
        return datetime.strptime(written, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _stamp(now: datetime, days: int) -> str:
    """Return the moment so many days ago, as the journal writes it."""
    return (now - timedelta(days=days)).replace(microsecond=0).isoformat()


def _day(stamp: str) -> date:
    return datetime.fromisoformat(stamp).date()
