"""The files that a run leaves beside its journal: `reports/RUN.json` and `reports/RUN.txt`.

A report never makes a run fail, nor changes its exit code: where it cannot be written, the log
says so, and `wikibot runs RUN` tells what the journal knows.
"""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wikibot.edits import Item, Run
from wikibot.language import Text, same
from wikibot.redaction import redacted
from wikibot.render import report
from wikibot.wiki import fault
from wikibot.wiki.folder import disk

FOLDER = "reports"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_MOST_CRASHES = 20
log = logging.getLogger(__name__)


def write_report(folder: Path, run: Run, wikiid: str, place: str) -> Path | None:
    """Write the report of a run into `folder`, the state of its wiki; return the JSON file.

    Both files are their owner's alone, and whole or not there at every instant. None: nothing
    was planned and nothing stopped it, so there was no run; or it cannot be written, which is a
    warning in the log. A symbolic link in the place of the folder or of a file is not followed.
    """
    if not run.items and run.stopped is None:
        return None
    _note_end(run)
    try:
        told = report.report(run, wikiid)
        lines = "\n".join(report.text(told, place, "fr"))
        path = put_report(folder, run.id, told, lines)
    except Exception as error:  # the pages are saved: whatever this is, it comes too late
        why = getattr(error, "strerror", None) or type(error).__name__
        log.warning(
            Text(
                f"Le rapport de l'exécution {run.id} n'a pas pu être écrit dans "
                f"{folder / FOLDER} : {why}. « wikibot runs {run.id} » la montre.",
                f"The report of the run {run.id} could not be written to {folder / FOLDER}: "
                f"{why}. “wikibot runs {run.id}” shows it.",
            )
        )
        return None
    return path


def put_report(folder: Path, name: str, told: Mapping[str, Any], lines: str) -> Path:
    """Write a report and its text into the state folder, both their owner's; return the first.

    Raises:
        OSError: it cannot be written there.
    """
    path = _own_folder(folder) / f"{name}.json"
    _put(path, json.dumps(told, ensure_ascii=False, indent=1))
    _put(path.with_suffix(".txt"), lines)
    return path


def _own_folder(state: Path) -> Path:
    """Return the folder of the reports: ours alone, and no link to elsewhere."""
    folder = state / FOLDER
    if folder.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    disk.sweep(folder)
    return folder


def _put(path: Path, words: str) -> None:
    if path.is_symlink():  # renaming would not follow it either, but it is not ours to remove
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    with disk.temporary(path.parent, f"{words}\n".encode(), 0o600) as new:
        fault.reach("K07")
        os.replace(new, path)
    disk.sync_folder(path.parent)


def write_crash(folder: Path, trace: str, now: datetime | None = None) -> Path:
    """Keep the traceback of an internal error in the state folder; the oldest ones go.

    Raises:
        OSError: it cannot be written there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S.%fZ")
    path = folder / f"crash-{moment}.log"
    descriptor = os.open(path, _NEW, 0o600)
    try:
        disk.write(descriptor, redacted(trace).encode("utf-8", "backslashreplace"))
    finally:
        os.close(descriptor)
    for old in sorted(folder.glob("crash-*.log"))[:-_MOST_CRASHES]:
        old.unlink(missing_ok=True)
    return path


def kept_report(folder: Path, run_id: str, wikiid: str) -> dict[str, Any] | None:
    """Return what the report of a run says, or None where there is none that can be used."""
    try:
        data, _ = disk.read(folder / FOLDER / f"{run_id}.json")
        told = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return None
    shape = isinstance(told, dict) and set(_EMPTY) <= set(told) and isinstance(told["items"], list)
    if not shape or (told["run_id"], told["wiki"]) != (run_id, wikiid):
        return None
    return told if all(set(_EMPTY["items"][0]) <= set(item) for item in told["items"]) else None


_EMPTY = report.report(Run("", "", "", "", (Item("", 0, 0, None, "done"),)), "")


def note(item: Item) -> None:
    """Log how one edit ended: numbers and names of fields, no value, no title, no person."""
    fields = ",".join(_fields(item)) or "-"
    log.info(
        same(
            f"{item.op_id} page={item.pageid} base={item.base_revid} new={item.new_revid or '-'} "
            f"state={item.state} code={item.code or '-'} fields={fields}"
        )
    )


def _note_end(run: Run) -> None:
    counts = " ".join(f"{state}={number}" for state, number in run.counts.items())
    guards = ",".join(run.guards) or "-"
    asked = run.requests.get + run.requests.post
    log.info(same(f"{run.id} exit={run.exit_code} {counts} guards={guards} requests={asked}"))


def _fields(item: Item) -> Iterator[str]:
    return iter(dict.fromkeys(change.field or change.parameter for change in item.changes))
