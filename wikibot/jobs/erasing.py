"""purge --user: somebody asks not to be named in what wikibot keeps of their wiki.

What names them goes: texts and values of edits (the page, the fields and the numbers stay), reports
and logs, states of overviews, the local copy. In what a sync remembers the name alone is replaced.
Nothing is put in its place where it could be written to the wiki later. What is not settled stays
and is counted; any other file of the state folder that names them is shown. The wiki is not
touched: what it still says of them is in the next local copy again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from wikibot.edits.cleanup import Cleanup, Heap, Kind
from wikibot.errors import InputError, Unavailable
from wikibot.jobs.logfiles import aside
from wikibot.jobs.purging import own_files, remove
from wikibot.jobs.reports import FOLDER
from wikibot.jobs.state import run_lock
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.trend import folder_of
from wikibot.language import Text
from wikibot.store import Journal
from wikibot.store.links import Links
from wikibot.store.mirror import Mirror
from wikibot.store.persons import Named, naming, pattern_of
from wikibot.store.purging import Naming
from wikibot.store.states import States
from wikibot.wiki import Wiki
from wikibot.wiki.folder import disk

_FEWEST = 3  # letters and digits of a name: fewer stand in every text
_OURS = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".lock", ".tmp")


@dataclass(frozen=True)
class _Found:
    """What names somebody, kind by kind."""

    edits: tuple[Naming, ...] = ()
    files: tuple[tuple[Kind, Path], ...] = ()
    left: tuple[Path, ...] = ()
    states: tuple[tuple[date, str, int], ...] = ()
    copied: int = 0
    links: int = 0
    intents: int = 0


def forget_person(
    name: str,
    wiki: Wiki,
    *,
    state: Path | None = None,
    log_file: Path | None = None,
    apply_now: bool = False,
    around: Surroundings = REAL,
) -> Cleanup:
    """Return what the state folder keeps that names somebody, and with `apply_now` take it away.

    Raises:
        InputError: no name that can be looked for.
        LockHeld: a run, a sync or a night is at work on this wiki.
        ConfigError, Unavailable: what is kept cannot be read or written.
    """
    if sum(map(str.isalnum, name)) < _FEWEST:
        raise InputError(_TOO_SHORT, _WHOLE)
    folder, named = folder_of(wiki, state), naming(name)
    if not folder.is_dir():
        return Cleanup(around.now(), ())
    with ExitStack() as held:
        if apply_now:
            from wikibot.jobs.nightly.spending import LOCK

            for place in (LOCK, *(f"sync/{each}" for each in _trackers(folder, wiki.wikiid))):
                held.enter_context(run_lock(folder / place))
            held.enter_context(run_lock(folder))
        found = _look(folder, wiki.wikiid, name, named, log_file)
        told = _told(folder, wiki.wikiid, found, around.now().astimezone(UTC))
        if apply_now:
            _forget(folder, wiki.wikiid, name, named, found, around)
    return replace(told, done=apply_now)


def _look(folder: Path, wikiid: str, name: str, named: Named, log_file: Path | None) -> _Found:
    found = _Found()
    if Journal.exists(folder):
        with Journal.open(folder, wikiid) as journal:
            found = replace(found, edits=tuple(journal.purging.naming(named)))
    if States.exists(folder):
        with States.open(folder, wikiid) as states:
            found = replace(found, states=states.naming(named))
    if Mirror.exists(folder) and Mirror.names(folder, named):
        with Mirror.open(folder, wikiid) as mirror:
            found = replace(found, copied=max(1, len(mirror.known())))
    plain = _plainly(name)
    for tracker in _trackers(folder, wikiid):
        with Links.open(folder, wikiid, tracker) as links:
            known, open_ = links.naming(plain)
            found = replace(found, links=found.links + known, intents=found.intents + open_)
    files = tuple((kind, path) for kind, path in _files(folder, log_file) if _says(path, named))
    others = tuple(path for path in _others(folder, log_file) if _says(path, named))
    return replace(found, files=files, left=others)


def _told(folder: Path, wikiid: str, found: _Found, now: datetime) -> Cleanup:
    heaps: list[Heap] = []
    settled = [each for each in found.edits if not each.open]
    runs: dict[str, None] = {}
    if settled:
        days = sorted(datetime.fromisoformat(each.at).date() for each in settled)
        number, size = len({each.run_id for each in settled}), sum(each.size for each in settled)
        heaps.append(Heap("texts", len(settled), days[0], days[-1], size, runs=number))
        runs = dict.fromkeys(each.run_id for each in settled if each.saved)
    kinds: tuple[Kind, ...] = ("reports", "logs", "crashes")
    for kind in kinds:
        sizes = [path.lstat().st_size for of, path in found.files if of == kind]
        if sizes:
            heaps.append(Heap(kind, len(sizes), size=sum(sizes)))
    if found.states:
        first, last = found.states[0][0], found.states[-1][0]
        size = sum(size for _, _, size in found.states)
        heaps.append(Heap("states", len(found.states), first, last, size))
    if found.copied:
        heaps.append(Heap("copy", found.copied))
    if found.links:
        heaps.append(Heap("sync", found.links))
    lost = []
    if runs:
        with Journal.open(folder, wikiid) as journal:
            lost = [run for run in journal.runs() if run.id in runs]
    left = sum(each.open for each in found.edits) + found.intents
    return Cleanup(now, tuple(heaps), tuple(lost), left, tuple(map(str, found.left)))


def _forget(
    folder: Path, wikiid: str, name: str, named: Named, found: _Found, around: Surroundings
) -> None:
    if found.edits:
        with Journal.open(folder, wikiid) as journal:
            settled = [each.op_id for each in found.edits if not each.open]
            journal.purging.forget_naming(settled, around.stamp(), named)
            journal.purging.sweep()
    if found.links:
        for tracker in _trackers(folder, wikiid):
            with Links.open(folder, wikiid, tracker) as links:
                links.veil(pattern_of(name))
    if found.states:
        with States.open(folder, wikiid) as states:
            states.forget(named)
    for _, path in found.files:
        remove(path)
    if found.copied:
        try:
            Mirror.remove(folder)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise Unavailable(_STUCK.format(folder=folder, why=why)) from None


def _trackers(folder: Path, wikiid: str) -> tuple[str, ...]:
    return Links.trackers(folder, wikiid) if Links.exists(folder) else ()


def _plainly(name: str) -> Named:
    """Return what finds a name where it can be replaced."""
    pattern = pattern_of(name)
    return lambda text: bool(pattern.search(unicodedata.normalize("NFC", text)))


def _files(folder: Path, log_file: Path | None) -> Iterator[tuple[Kind, Path]]:
    """Yield the files that tell of what was, and that nothing else is done by."""
    for path in own_files(folder / FOLDER):
        if path.suffix in (".json", ".txt"):
            yield "reports", path
    for path in own_files(folder):
        if path.name.startswith("crash-"):
            yield "crashes", path
    for path, _ in aside(log_file) if log_file is not None else ():
        yield "logs", path


def _others(folder: Path, log_file: Path | None) -> Iterator[Path]:
    """Yield every other file of the state folder but the history of a folder wiki, and the log."""
    told = {path for _, path in _files(folder, log_file)}
    for place in (folder, *sorted(p for p in folder.iterdir() if p.is_dir())):
        if place.name == "history" and place != folder:
            continue
        yield from (p for p in own_files(place) if p not in told and not p.name.endswith(_OURS))
    if log_file is not None and log_file.is_file():
        yield log_file


def _says(path: Path, named: Named) -> bool:
    try:
        data, _ = disk.read(path)
    except OSError:
        return False
    return named(data.decode("utf-8", "replace"))


_TOO_SHORT = Text(
    "Ce nom est trop court : il se trouverait dans tous les textes.",
    "That name is too short: it would be found in every text.",
)
_WHOLE = Text("Donnez le nom en entier.", "Give the whole name.")
_STUCK = Text(
    "La copie locale dans {folder} ne peut pas être effacée : {why}.",
    "The local copy in {folder} cannot be removed: {why}.",
)
