"""nightly: one night from its lock to its report."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from wikibot.config import Config, NightlyTable
from wikibot.jobs.manners import USUAL, Manners
from wikibot.jobs.nightly.doing import check_part, fix_part, pull_part, sync_part
from wikibot.jobs.nightly.measuring import write_metrics
from wikibot.jobs.nightly.notify import look_at_notify
from wikibot.jobs.nightly.planning import codes_to_fix, parts_of
from wikibot.jobs.nightly.room import Room
from wikibot.jobs.nightly.running import go_through, signal_code
from wikibot.jobs.nightly.showing import show_part
from wikibot.jobs.nightly.telling import report_part
from wikibot.jobs.nightly.tidying import tidy
from wikibot.jobs.nightly.watch import Watch
from wikibot.jobs.reports import FOLDER, put_report
from wikibot.jobs.shield import shielded
from wikibot.jobs.state import run_lock
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Language, Text
from wikibot.mapping import Mapping
from wikibot.night import Done, Night, Outcome, Part
from wikibot.page import Page
from wikibot.render import night as shown
from wikibot.wiki import Wiki

log = logging.getLogger(__name__)
LOCK = "nightly"
_DO = {"pull": pull_part, "check": check_part, "fix": fix_part, "sync": sync_part}


def nightly(
    open_wiki: Callable[[], Wiki],
    mapping: Mapping,
    *,
    config: Config | None = None,
    place: str = "",
    jobs: Sequence[str] = (),
    dry: bool = False,
    state: Path | None = None,
    log_file: Path | None = None,
    manners: Manners = USUAL,
    language: Language = "fr",
    counted: Callable[[Iterable[Page]], Iterable[Page]] = lambda pages: pages,
    begun: Callable[[Part], None] = lambda part: None,
    broken: Callable[[Exception], None] = lambda error: None,
    environ: MutableMapping[str, str] = os.environ,
    around: Surroundings = REAL,
) -> Night:
    """Do the configured jobs, or these `jobs` alone, one after the other; return the night.

    A job that fails stops no other. All of them share one lock, one deadline, one number of
    edits. A report goes into the state folder whatever happens; where a signal ends the night
    too, which is then the night's `signal`. With `dry` nothing is written, not even that.

    `open_wiki` is called when the wiki is first needed, `place` is its address for people.
    `begun` is told of each part, `broken` of each error. Where all jobs are done, what the state
    folder, and `log_file`, have kept for long enough goes last, before the report.

    Raises:
        ConfigError: [nightly] names a rule or a file that cannot be meant, or wants apprise,
            which is not installed; nothing is done.
        LockHeld: another night is at work on this wiki.
    """
    table = config.nightly if config is not None else NightlyTable()
    look_at_notify(table.report)
    parts = parts_of(table, config.trackers if config is not None else (), jobs)
    watch = Watch(manners, table.deadline_minutes, table.edits_per_night, around)
    room = Room(
        open_wiki,
        mapping,
        config,
        table,
        codes_to_fix(table),
        watch,
        around,
        language,
        state,
        dry,
        counted,
    )

    def night(done: tuple[Done, ...], signal: int = 0) -> Night:
        now = around.now()
        return Night(
            room.wikiid, place, watch.started, now, done, room.requests, dry, signal
        )  # fmt: skip

    tidied: list[tuple[Done, ...]] = []

    def tidy_once() -> tuple[Done, ...]:
        if not tidied:
            tidied.append(() if jobs else tidy(room, log_file, broken))
        return tidied[0]

    def do(part: Part, done: tuple[Done, ...]) -> Outcome:
        if part.job == "report":
            told = night((*done, *tidy_once()))
            return report_part(room, part, told, broken=broken, environ=environ)
        return _DO.get(part.job, show_part)(room, part)

    with ExitStack() as held:
        if not dry:
            if state is None:
                room.reach()
            if room.folder is not None:
                held.enter_context(run_lock(room.folder / LOCK))
        with room.held:
            done, signal = go_through(parts, do, watch, around, begun=begun, broken=broken)
        gone = tidy_once() if signal is None else ()
        last = [each for each in done if each.part.job == "report"]
        first = [each for each in done if each.part.job != "report"]
        spent = night((*first, *gone, *last), signal_code(signal))
        if not dry and room.folder is not None:
            with shielded():
                _keep(room.folder, spent, table.report.page, language)
        if not dry:
            with shielded():
                write_metrics(room, spent)
    return spent


def _keep(folder: Path, spent: Night, page: str | None, language: Language) -> None:
    """Write the report into the state folder; where that fails, the log says so."""
    told = {**shown.data(spent), "page": page}
    try:
        put_report(folder, shown.name(spent), told, shown.text(spent, language).rstrip("\n"))
    except OSError as error:
        why = error.strerror or type(error).__name__
        log.warning(
            Text(
                f"Le rapport de la nuit n'a pas pu être écrit dans {folder / FOLDER} : {why}.",
                f"The report of the night could not be written to {folder / FOLDER}: {why}.",
            )
        )
