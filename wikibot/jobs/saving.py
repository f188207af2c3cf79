"""The one way to write: intent → journal → save with base revision → journal → read back.

A run is serial. Each edit ends in a state of its own and never takes another one along; what
shows that the whole run cannot go on (rights lost, wiki away, somebody says stop) ends it, with
the rest left untouched and named.

    intent → sent → done | noop | conflict | skipped | failed | unknown

One save is one request. Whether it is sent again is decided here alone: after a wait where the
wiki has surely not saved it, after a look at the history where nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wikibot.edits import Item, LedgerRow, Run
from wikibot.errors import WikibotError
from wikibot.jobs.attempt import STOPPING
from wikibot.jobs.guards import Guards
from wikibot.jobs.manners import Manners
from wikibot.jobs.means import Means
from wikibot.jobs.pacing import Pace
from wikibot.jobs.reading import Reading
from wikibot.jobs.running import RUNNING
from wikibot.jobs.shield import shielded
from wikibot.jobs.surroundings import Surroundings
from wikibot.jobs.task import Task
from wikibot.jobs.writer import Writer
from wikibot.language import Text
from wikibot.store import Journal
from wikibot.wiki import Wiki

BATCH = 50
_INTERNAL, _INTERRUPTED, _TERMINATED = 1, 130, 143  # 128 + the number of the signal

_LEFT = Text("Pas tentée : l'exécution s'est arrêtée avant.", "Not tried: the run stopped before.")
_CUT = Text("L'exécution a été interrompue.", "The run was interrupted.")


def save_all(
    wiki: Wiki,
    journal: Journal,
    tasks: Sequence[Task],
    *,
    command: str,
    plan_id: str,
    undoes: str | None = None,
    manners: Manners,
    guards: Guards,
    around: Surroundings,
    told: Callable[[Item], None] = lambda item: None,
    ended: Callable[[Run], object] = lambda run: None,
) -> Run:
    """Write every task in turn, read all back, and return what became of each.

    Pages are read in batches of 50, each batch just before it is written, together with those
    of the batch before, to see what was really saved. `told` is called after each item, `ended`
    with the run, also where a signal or an error of ours stops it. What keeps a run from
    beginning (somebody says stop, rights are missing) leaves every task untouched, and a report
    as well. Nothing to do is no run: the journal does not know it.
    """
    row = LedgerRow(around.fresh_id(), around.stamp(), None, command, plan_id, undoes, None, {})
    before = wiki.requests
    if tasks:
        journal.begin(row.id, row.started, command, plan_id, undoes)
        RUNNING.set(row.id)
    pace = Pace(wiki, manners.edits_per_minute, around)
    means = Means(wiki, Reading(wiki), journal, row, around, manners, guards, pace)
    writer = Writer(means, told)
    stop: WikibotError | None = None
    broken: BaseException | None = None
    try:
        _prepare(means, tasks)
        stop = writer.write_all(tasks, BATCH)
    except STOPPING as error:
        stop = writer.stopped(error)
    except BaseException as error:
        broken = error
    items = writer.items
    items += [
        replace(writer.item(task, number), state="skipped", reason=_LEFT, code="not-tried")
        for number, task in enumerate(tasks[len(items) :], len(items))
    ]
    words = stop.message if stop else _CUT if broken else None
    run = Run(
        id=row.id,
        started=row.started,
        ended=around.stamp(),
        command=command,
        items=tuple(items),
        stopped=words,
        stop_code=_code(broken) if broken else stop.exit_code if stop else 0,
        undoes=undoes,
        advice=stop.advice if stop else None,
        guards=writer.guards_heard,
        requests=wiki.requests - before,
    )
    if tasks:
        try:
            with shielded():  # somebody impatient shall not cost the account of the run
                journal.end(run.id, run.ended, run.exit_code)
                ended(run)
        except (KeyboardInterrupt, SystemExit) as error:
            broken = broken or error
    if broken is not None:
        raise broken
    return run


def _prepare(means: Means, tasks: Sequence[Task]) -> None:
    """Check that the run may begin, where anything is to be written."""
    if all(task.refused for task in tasks):
        return
    wiki, manners = means.wiki, means.manners
    means.guards.check(0.0)
    creates = any(task.creates for task in tasks)
    wiki.prepare(creates=creates, tag=manners.tag, allow=manners.allow)
    means.guards.alone(means.journal)


def _code(broken: BaseException) -> int:
    """Return the exit code of a run that a signal or an error of ours has broken off."""
    if isinstance(broken, SystemExit):
        return _TERMINATED
    return _INTERRUPTED if isinstance(broken, KeyboardInterrupt) else _INTERNAL
