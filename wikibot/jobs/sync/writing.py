"""Writes what a sync has decided: the wiki, then the tracker, then what both agree upon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wikibot.actions.sync import Base, Entry, Link, Side, Step
from wikibot.actions.sync_values import Value, normal
from wikibot.edits import Item, PageEdit, Run
from wikibot.errors import WikibotError
from wikibot.jobs.apply import apply
from wikibot.jobs.manners import Manners
from wikibot.jobs.planning import make_plan
from wikibot.jobs.surroundings import Surroundings
from wikibot.jobs.sync.pages import WikiSide
from wikibot.jobs.sync.report import Refused, Synced
from wikibot.language import Text
from wikibot.store.links import Intent, Links
from wikibot.trackers import Tracker, Wanted, Written
from wikibot.wiki import Wiki, fault

_ROUNDS = 3  # in which new pages look for a number that nobody took meanwhile


@dataclass(frozen=True)
class Means:
    """What the writing of a sync works with."""

    wiki: Wiki
    tracker: Tracker
    pages: WikiSide
    items: Side
    links: Links
    around: Surroundings
    manners: Manners
    state: Path | None
    told: Callable[[Item], None]


@dataclass
class _Task:
    """A step on its way. `base` is what both sides surely hold by now, `ids` its open intents."""

    step: Step
    page: str
    key: str
    base: dict[str, Base] = field(default_factory=dict)
    ids: list[int] = field(default_factory=list)
    edit: PageEdit | None = None
    failed: bool = False


class Writing:
    """The writing half of one sync."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._items = {entry.key: entry for entry in means.items.entries}
        self._refused: list[Refused] = []
        self._written: list[Written] = []

    def write(self, command: str, report: Synced) -> Synced:
        """Write every step; return the report with how it went."""
        for step in report.steps:
            if step.kind == "forget" and step.link:
                self._means.links.forget(step.link)
        tasks = [_task(step) for step in report.steps if step.kind not in ("frozen", "forget")]
        try:
            self._named(tasks)
            report = self._to_wiki(command, tasks, report)
            fault.reach("K06")
            for task in tasks:
                self._keep(task)
            if report.run is None or report.run.stopped is None:
                fault.reach("K06")
                self._to_tracker(tasks)
        except WikibotError as error:
            report = replace(report, stopped=error.message, stop_code=error.exit_code)
        return replace(report, written=tuple(self._written), refused=tuple(self._refused))

    def _named(self, tasks: Sequence[_Task]) -> None:
        """Give the items that people have made an id of their own."""
        keys = [task.key for task in tasks if self._is_nameless(task.key)]
        given = self._means.tracker.claim(keys) if keys else {}
        for task in tasks:
            if new := given.get(task.key):
                self._items[new] = replace(self._items[task.key], key=new, claimed=True)
                task.key = new

    def _is_nameless(self, key: str) -> bool:
        item = self._items.get(key)
        return item is not None and not item.claimed

    # --- the wiki ---

    def _to_wiki(self, command: str, tasks: Sequence[_Task], report: Synced) -> Synced:
        waiting = [task for task in tasks if _for_wiki(task.step)]
        number = self._means.pages.highest
        for _ in range(_ROUNDS):
            for task in waiting:
                number = self._planned(task, number)
            waiting = [task for task in waiting if task.edit is not None]
            if not waiting:
                return report
            run = self._applied(command, waiting)
            report = replace(report, run=_joined(report.run, run))
            waiting = self._heard(waiting, run)
            if run.stopped is not None:
                break
        for task in waiting:
            self._refuse(task, "wiki", _TAKEN)
        return report

    def _planned(self, task: _Task, number: int) -> int:
        """Make the edit of a task; return the highest number given to a page."""
        known = _values(task.step, "to wiki")
        task.edit = None
        try:
            if task.step.kind == "create on wiki":
                number += 1
                title, told = self._means.pages.title(number), "Création depuis le suivi"
                task.edit = self._means.pages.creation(title, known, told)
            else:
                edit = self._means.pages.edit(task.page, known)
                if edit.changes:
                    task.edit = edit
                else:  # it says so already, in another spelling
                    page = self._entry(task.page)
                    task.base |= {f: (_of(page, f, v), v) for f, v in known.items()}
        except WikibotError as error:
            self._refuse(task, "wiki", error.message)
        return number

    def _applied(self, command: str, waiting: Sequence[_Task]) -> Run:
        means = self._means
        plan = make_plan(means.wiki, [task.edit for task in waiting if task.edit], means.around)
        intents = [
            Intent(
                "wiki",
                task.page,
                task.key,
                task.step.name,
                task.edit.title if task.edit else "",
                plan.id,
                {f: (v, v) for f, v in _values(task.step, "to wiki").items()},
            )
            for task in waiting
        ]
        for task, id_ in zip(waiting, means.links.intend(intents), strict=True):
            task.ids.append(id_)
        return apply(
            plan,
            means.wiki,
            state=means.state,
            command=command,
            manners=means.manners,
            told=means.told,
            around=means.around,
        )

    def _heard(self, waiting: Sequence[_Task], run: Run) -> list[_Task]:
        """Take what became of the edits; return the tasks whose new page needs another number."""
        ids = [item.pageid for item in run.items if item.state in ("done", "noop")]
        read = {page.id: page for page in self._means.wiki.pages_by_id(ids)} if ids else {}
        again = []
        for task, item in zip(waiting, run.items, strict=True):  # in the order of the plan
            creates = task.step.kind == "create on wiki"
            if item.state == "done" or (item.state == "noop" and not creates):
                page = read.get(item.pageid)
                ours = page is not None and page.revision.id == item.new_revid
                entry = self._means.pages.entry(page) if page is not None and ours else None
                wanted = _values(task.step, "to wiki")
                task.base |= {f: (_of(entry, f, v), v) for f, v in wanted.items()}
                task.page = f"{item.pageid}"
                continue
            if item.state == "unknown":
                task.ids.clear()  # the next run finds out what became of it
                self._refuse(task, "wiki", item.reason or _UNKNOWN, unknown=True)
                continue
            self._means.links.settle(task.ids)
            task.ids.clear()
            if creates and item.code == "articleexists":
                again.append(task)
            else:  # of a creation that is none, somebody else's page says the same: to be adopted
                self._refuse(task, "wiki", item.reason or _SAME)
        return again

    # --- the tracker ---

    def _to_tracker(self, tasks: Sequence[_Task]) -> None:
        tracker, links, stamp = (
            self._means.tracker,
            self._means.links,
            self._means.around.fresh_id(),
        )
        going = [task for task in tasks if not task.failed and self._for_tracker(task)]
        if not going:
            return
        wanted = [self._wanted(task, stamp) for task in going]
        intents = [
            Intent(
                "tracker",
                task.page,
                task.key,
                task.step.name,
                "",
                stamp,
                {
                    met.field: (met.wiki, want.new[met.field])
                    for met in task.step.fields("to tracker")
                    if met.wiki is not None
                },
            )
            for task, want in zip(going, wanted, strict=True)
        ]
        ids = links.intend(intents)
        for task, id_ in zip(going, ids, strict=True):
            task.ids.append(id_)
        by_wanted = {(want.key, want.page): task for task, want in zip(going, wanted, strict=True)}
        for written in tracker.write(wanted):
            self._written.append(written)
            self._ended(by_wanted[written.wanted.key, written.wanted.page], written)

    def _for_tracker(self, task: _Task) -> bool:
        """Return whether anything is to be written to the item: values, or whose item it is."""
        if task.step.kind == "create on tracker" or task.step.fields("to tracker"):
            return True
        item = self._items.get(task.key)
        if item is None or item.page == task.page or not self._means.items.writable:
            return False
        cut_off = task.step.kind == "linked" and not item.page  # a kill has come between
        return cut_off or task.step.kind in ("adopt", "create on wiki")

    def _wanted(self, task: _Task, stamp: str) -> Wanted:
        new = _values(task.step, "to tracker")
        item = self._items.get(task.key)
        old = {f: item.values.get(f) for f in new} if item else {}
        return Wanted(task.key, task.page, stamp, new, old, item.etag if item else "")

    def _ended(self, task: _Task, written: Written) -> None:
        entry = written.entry
        if written.error is not None and entry is None:
            if not written.unknown:
                self._means.links.settle(task.ids)
            task.ids.clear()
            self._refuse(task, "tracker", written.error.message, unknown=written.unknown)
            return
        wiki = {met.field: met.wiki for met in task.step.fields("to tracker")}
        for name, value in written.wanted.new.items():
            now = self._normal(entry, name)
            there = wiki.get(name)
            if there is None or entry is None or now is None:
                continue
            if written.proven or now == value:
                task.base[name] = (there, now)
        if entry is not None:
            task.key = entry.key
        self._keep(task)
        if written.error is not None:  # a part of it is written
            self._refuse(task, "tracker", written.error.message)

    def _normal(self, entry: Entry | None, name: str) -> Value | None:
        if entry is None or name not in entry.values:
            return None
        return normal(name, entry.values[name], self._means.wiki.syntax.namespaces)

    # --- what both agree upon ---

    def _keep(self, task: _Task) -> None:
        """Write down the link of a task, where anything of it is new."""
        step = task.step
        if not task.page or not task.key:
            return  # nothing was created yet
        known = step.link or Link(task.page, task.key, step.name)
        base = {**known.base, **task.base}
        gone = step.kind.startswith("gone")
        same = base == dict(known.base) and gone == known.gone
        if step.link is not None and same and not task.ids:
            return
        kept = replace(known, page=task.page, key=task.key, name=step.name, base=base, gone=gone)
        self._means.links.keep(kept, task.ids)
        task.step = replace(step, link=kept)
        task.ids.clear()

    def _entry(self, page: str) -> Entry | None:
        return next((e for e in self._means.pages.entries if e.key == page), None)

    def _refuse(self, task: _Task, where: str, why: Text, *, unknown: bool = False) -> None:
        task.failed = True
        task.edit = None
        self._refused.append(Refused(task.step, where, why, unknown))


def _task(step: Step) -> _Task:
    agreed = {
        met.field: (met.wiki, met.tracker)
        for met in step.fields("agreed")
        if met.wiki is not None and met.tracker is not None
    }
    return _Task(step, step.page, step.key, agreed)


def _for_wiki(step: Step) -> bool:
    return step.kind == "create on wiki" or bool(step.fields("to wiki"))


def _values(step: Step, verdict: str) -> dict[str, Value]:
    """Return field → the value that is to be written there."""
    met = (m for m in step.meetings if m.verdict == verdict)
    pairs = ((m.field, m.tracker if verdict == "to wiki" else m.wiki) for m in met)
    return {name: value for name, value in pairs if value is not None}


def _of(entry: Entry | None, name: str, wanted: Value) -> Value:
    """Return what an entry holds in a field, else what was wanted there."""
    found = entry.values.get(name) if entry is not None else None
    return wanted if found is None else found


def _joined(before: Run | None, run: Run) -> Run:
    """Return two runs of one sync as one, for the report."""
    if before is None:
        return run
    first = tuple(item for item in before.items if item.code != "articleexists")
    return replace(run, started=before.started, items=(*first, *run.items))


_TAKEN = Text(
    "Les numéros libres ont été pris par d'autres : la prochaine synchronisation la créera.",
    "Others took the free numbers: the next sync will create it.",
)
_SAME = Text(
    "Quelqu'un vient de créer la même : la prochaine synchronisation la reconnaîtra.",
    "Somebody has just made the same: the next sync will recognise it.",
)
_UNKNOWN = Text("On ne sait pas si elle a été enregistrée.", "Nobody knows whether it was saved.")
