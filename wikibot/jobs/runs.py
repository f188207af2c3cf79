"""runs: the ledger of what was written, and the report of each run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wikibot.edits import Item, LedgerRow, Run
from wikibot.jobs.state import state_folder
from wikibot.store import Journal, Operation
from wikibot.wiki import Wiki


def runs(wiki: Wiki, *, state: Path | None = None) -> tuple[LedgerRow, ...]:
    """Return every run on this wiki, newest first; none where nothing was ever written."""
    folder = state_folder(wiki, state)
    if not Journal.exists(folder):
        return ()
    with Journal.open(folder, wiki.wikiid) as journal:
        return journal.runs()


def run_report(run_id: str, wiki: Wiki, *, state: Path | None = None) -> dict[str, Any]:
    """Return the report of a run: what the journal knows by now, and what its file adds.

    A run that was killed left no file: `exit` is None, and so are `ended` and `requests`. What a
    later run has found out about its edits is in the journal, hence in here. `purged` is the day
    on which a purge took its texts away; without it they are there.

    Raises:
        InputError: no such run.
    """
    from wikibot.jobs.reports import kept_report
    from wikibot.jobs.undo import find_run, unknown_run
    from wikibot.render import report

    folder = state_folder(wiki, state)
    if not Journal.exists(folder):
        raise unknown_run(run_id, wiki)
    with Journal.open(folder, wiki.wikiid) as journal:
        row = find_run(journal, run_id, wiki)
        known_edits = journal.operations(row.id)
    items = [_item(done, n) for n, done in enumerate(known_edits)]
    purged = max((done.purged for done in known_edits), default="")
    run = Run(row.id, row.started, row.ended or "", row.command, tuple(items), undoes=row.undoes)
    told = {**report.report(run, wiki.wikiid), "exit": row.exit, "requests": None}
    if purged:
        told["purged"] = purged[:10]
    kept = kept_report(folder, row.id, wiki.wikiid)
    if kept is not None:
        known = {item["op_id"] for item in told["items"]}
        told["items"] += [item for item in kept["items"] if item["op_id"] not in known]
        told |= {key: kept[key] for key in ("stopped", "guards", "requests")}
        told["counts"] = report.counts(told["items"])
    return told


def _item(done: Operation, number: int) -> Item:
    return Item(
        title=done.title,
        pageid=done.pageid,
        base_revid=done.base_revid,
        new_revid=done.new_revid,
        state=done.state,
        changes=done.changes,
        reason=done.reason,
        merged=done.merged,
        verified=done.verified,
        code=done.code,
        op_id=f"{done.run_id}.{number}",
    )
