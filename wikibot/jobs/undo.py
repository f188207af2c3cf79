"""undo: takes a run back. Itself a run, journaled, that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wikibot.edits import Change, Item, LedgerRow, PageEdit, Prospect, Run
from wikibot.edits.rebase import inverse
from wikibot.errors import AmbiguousWikitext, InputError, LockHeld, UnsafeValue, WikibotError
from wikibot.jobs.apply import check_writable
from wikibot.jobs.guards import Guards
from wikibot.jobs.leftovers import as_read, settle_leftovers
from wikibot.jobs.manners import USUAL, Manners
from wikibot.jobs.merged import LEFT_UNTOLD, UNTOLD, really_made
from wikibot.jobs.reading import GONE, Reading
from wikibot.jobs.reports import write_report
from wikibot.jobs.saving import save_all
from wikibot.jobs.state import run_lock, state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.task import Task, target
from wikibot.language import Text, counted, day
from wikibot.page import Page
from wikibot.store import Journal, Operation
from wikibot.store.purging import PERSON
from wikibot.wiki import Wiki


@dataclass(frozen=True)
class UndoPlan:
    """What taking a run back would do: edits newest first, pages already taken back apart.

    `prospects` says, for each edit, how it would go as the page is now.
    """

    run: LedgerRow
    edits: tuple[PageEdit, ...]
    already: tuple[str, ...]
    prospects: tuple[Prospect, ...] = ()


def undo_plan(
    run_id: str, wiki: Wiki, *, state: Path | None = None, around: Surroundings = REAL
) -> UndoPlan:
    """Return what `undo` would do, without writing anything to the wiki.

    Raises:
        InputError: no such run, or a purge has taken away what it would put back.
    """
    folder = state_folder(wiki, state)
    if not Journal.exists(folder):
        raise unknown_run(run_id, wiki)
    with Journal.open(folder, wiki.wikiid) as journal:
        with suppress(LockHeld), run_lock(folder):  # what a run at work has open is its own
            settle_leftovers(wiki, journal, around)
        run = find_run(journal, run_id, wiki)
        tasks, already = _tasks(wiki, journal, run)
        prospects = _prospects(wiki, tasks)
        return UndoPlan(run, tuple(task.edit for task in tasks), already, prospects)


def undo(
    run_id: str,
    wiki: Wiki,
    *,
    state: Path | None = None,
    manners: Manners = USUAL,
    told: Callable[[Item], None] = lambda item: None,
    around: Surroundings = REAL,
) -> Run:
    """Take back what a run did, newest edit first; return the run that did so.

    A page that nobody touched since gets its text back byte for byte. On a page that moved on,
    only the fields of that run are set back, and only where they still hold what the run wrote;
    anything else is a conflict for a person to decide. What is taken back already stays so.

    Raises:
        InputError: no such run, its texts are purged, or a read-only wiki.
        LockHeld: another run works on the wiki.
    """
    check_writable(wiki)
    folder = state_folder(wiki, state)
    if not Journal.exists(folder):
        raise unknown_run(run_id, wiki)
    with run_lock(folder), Journal.open(folder, wiki.wikiid) as journal:
        settle_leftovers(wiki, journal, around, give_up="unknown" in manners.allow)
        run = find_run(journal, run_id, wiki)
        tasks, _ = _tasks(wiki, journal, run)
        guards = Guards(wiki, manners, folder, around)
        return save_all(
            wiki,
            journal,
            tasks,
            command=f"undo {run.id}",
            plan_id=f"undo-{run.id}-{around.fresh_id()}",
            undoes=run.id,
            manners=manners,
            guards=guards,
            around=around,
            told=told,
            ended=lambda done: write_report(folder, done, wiki.wikiid, wiki.place),
        )


def find_run(journal: Journal, run_id: str, wiki: Wiki) -> LedgerRow:
    """Return a run by its id, or by the beginning of it where that is enough.

    Raises:
        InputError: none or several are meant.
    """
    exact = journal.run(run_id)
    if exact:
        return exact
    meant = [run for run in journal.runs() if run_id and run.id.startswith(run_id.lower())]
    if len(meant) == 1:
        return meant[0]
    raise unknown_run(run_id, wiki)


def unknown_run(run_id: str, wiki: Wiki) -> InputError:
    """Return the error of a run that no journal knows."""
    return InputError(
        Text(
            f"Aucune exécution « {run_id} » dans le journal de {wiki.place}.",
            f"No run “{run_id}” in the journal of {wiki.place}.",
        ),
        Text("« wikibot runs » les liste.", "“wikibot runs” lists them."),
    )


def _prospects(wiki: Wiki, tasks: list[Task]) -> tuple[Prospect, ...]:
    reading = Reading(wiki)
    found = reading.read(tasks)
    return tuple(_prospect(wiki, task, reading.of(found, task)) for task in tasks)


def _prospect(wiki: Wiki, task: Task, page: Page | WikibotError | None) -> Prospect:
    title = task.edit.title
    if not isinstance(page, Page):
        return Prospect(title, "person", page.message if page else GONE)
    title = str(page.title)
    if task.restore is not None and page.revision.id == task.written_revid:
        return Prospect(title, "whole")
    item = Item(title, page.id, page.revision.id, None, "intent")
    try:
        text, item = target(page, task, wiki, item, USUAL, frozenset())
    except (AmbiguousWikitext, UnsafeValue) as error:
        return Prospect(title, "person", error.message)
    if text is not None:
        return Prospect(title, "fields")
    return Prospect(title, "nothing" if item.state == "noop" else "person", item.reason)


def _tasks(wiki: Wiki, journal: Journal, run: LedgerRow) -> tuple[list[Task], tuple[str, ...]]:
    tasks, already, purged = [], [], 0
    for done in reversed(journal.operations(run.id)):
        if done.state != "done":
            continue
        if journal.taken_back(done.id):
            already.append(done.title)
        else:
            purged += bool(done.purged)
            tasks.append(_task(wiki, done))
    if tasks and purged == len(tasks):
        raise _purged(run, max(journal.operations(run.id), key=lambda done: done.purged))
    return tasks, tuple(already)


def _task(wiki: Wiki, done: Operation) -> Task:
    assert done.new_revid is not None
    known = done.purged or done.code != UNTOLD
    made = done.changes if known else _told_now(wiki, done)
    edit = PageEdit(
        title=done.title,
        pageid=done.pageid,
        base_revid=done.new_revid,
        changes=() if done.purged else tuple(map(inverse, reversed(made or ()))),
        summary=f"Annulation de l'exécution {done.run_id}",
    )
    refused = (UNTOLD, LEFT_UNTOLD) if made is None else None
    if done.purged:
        refused = ("purged", _PURGED_PAGE.format(day=_day(done)))
    exact = not done.merged and not done.creates  # a merged text also holds somebody else's edit
    return Task(
        edit,
        restore=done.old_text if exact else None,
        written_revid=done.new_revid if exact else None,
        undoes=done.id,
        refused=("created", _CREATED) if done.creates else refused,
    )


def _told_now(wiki: Wiki, done: Operation) -> tuple[Change, ...] | None:
    """Return what of a merged edit is ours, which could not be told when it was saved."""
    return really_made(wiki, as_read(done, wiki), done.changes, done.old_revid or 0)


def _purged(run: LedgerRow, done: Operation) -> InputError:
    """Return the error of a run of which nothing can be put back any more."""
    why = _NAMED if done.kept_days == PERSON else _AGE
    days = counted(done.kept_days, *_DAYS)
    message = why.format(run=run.id, day=_day(done), days=days)
    return InputError(message, _IN_HISTORY.format(run=run.id))


def _day(done: Operation) -> Text:
    return day(datetime.fromisoformat(done.purged))


_DAYS = (Text("jour", "day"), Text("jours", "days"))
_AGE = Text(
    "L'exécution {run} ne s'annule plus : ses textes, gardés {days}, ont été effacés le {day} "
    "(clé undo_days de [retention]).",
    "The run {run} cannot be taken back any more: its texts, kept for {days}, were removed on "
    "{day} (key undo_days of [retention]).",
)
_NAMED = Text(
    "L'exécution {run} ne s'annule plus : ses textes nommaient une personne, ils ont été effacés "
    "le {day} (purge --user).",
    "The run {run} cannot be taken back any more: its texts named a person, they were removed on "
    "{day} (purge --user).",
)
_IN_HISTORY = Text(
    "Le wiki garde les anciens textes dans l'historique de chaque page ; « wikibot runs {run} "
    "--format json » nomme ces pages.",
    "The wiki keeps the former texts in the history of each page; “wikibot runs {run} --format "
    "json” names these pages.",
)
_PURGED_PAGE = Text(
    "Les textes de cette modification ont été effacés le {day} : reprenez-la à la main, dans "
    "l'historique de la page.",
    "The texts of this edit were removed on {day}: take it back by hand, in the history of the "
    "page.",
)
_CREATED = Text(
    "La page a été créée par cette exécution ; la supprimer est l'affaire d'un administrateur.",
    "The page was created by that run; deleting it is for an administrator.",
)
