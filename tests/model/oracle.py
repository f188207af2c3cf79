"""Who wrote what, and who had asked for it: reliability.md §3.4, I1 I3 I7 I8 I13, as checks.

The oracle sees the true history of the model wiki, the journal on disk and the reports of runs.
It knows no reason of the bot's: only what was asked of each run, and what people did.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.model.wiki import BOT, ModelWiki, Row
from wikibot.edits import Change, Item, Plan, Run
from wikibot.edits.rebase import inverse
from wikibot.page import canonical
from wikibot.store import Journal, Operation

FIELDS = ("licence", "niveau", "porteur")
NOBOTS = "{{nobots}}"
_LINE = re.compile(r"^\|(\w+)=(.*)$")
_OPEN = ("intent", "sent", "unknown")
_MARKER = re.compile(r"^\[wb:([0-9a-z]+)\]")

Place = tuple[int, str]  # page id, parameter


def values(text: str) -> dict[str, str]:
    """Return the fields of a page of ours; one that is absent is as good as empty."""
    found = {m[1]: m[2] for line in text.split("\n") if (m := _LINE.match(line))}
    return {name: found.get(name, "") for name in FIELDS}


def doubled(text: str) -> set[str]:
    """Return the fields that a page has twice: two people added them, and the wiki merged."""
    found = Counter(m[1] for line in text.split("\n") if (m := _LINE.match(line)))
    return {name for name, times in found.items() if times > 1}


def around(text: str, fields: Collection[str]) -> list[str]:
    """Return the lines of a page that hold none of these fields."""
    return [
        line
        for line in text.split("\n")
        if (match := _LINE.match(line)) is None or match[1] not in fields
    ]


@dataclass(frozen=True)
class Wish:
    """What was asked of a run: changes by page id, texts of pages to create by title."""

    plan: str
    changes: Mapping[int, tuple[Change, ...]]
    created: Mapping[str, str] = field(default_factory=dict)
    undoes: str | None = None

    @classmethod
    def of(cls, plan: Plan) -> Wish:
        changes = {edit.pageid: edit.changes for edit in plan.edits if edit.text is None}
        created = {edit.title: edit.text for edit in plan.edits if edit.text is not None}
        return cls(plan.id, changes, created)


def _named(row: Row | None) -> str:
    return f"revision {row.id}" if row is not None else "no revision"


def run_of(row: Row) -> str | None:
    """Return the run whose marker a revision of the bot's bears."""
    match = _MARKER.match(row.comment) if row.user == BOT else None
    return match[1] if match else None


class Oracle:
    """Checks; each raises AssertionError that begins with the name of what is broken."""

    def __init__(self, wiki: ModelWiki, folder: Path) -> None:
        self._wiki = wiki
        self._folder = folder
        self.wishes: dict[str, Wish] = {}  # by the ids of the runs
        self.runs: list[str] = []  # those in the journal, newest first
        self._operations: dict[str, tuple[Operation, ...]] = {}
        self._known = 0  # the newest revision that was looked at
        self._fixed: dict[Place, tuple[str, str]] = {}  # by a rule, and touched by nobody since
        self.fixes: set[tuple[Place, str, str]] = set()  # all that rules asked for and were given
        self._touched: set[int] = set()  # pages of which people changed fields
        self._doubled: set[tuple[str, int]] = set()  # runs that made a field stand twice on a page
        self.reverted: set[tuple[Place, str, str]] = set()  # those that people took back

    # --- revisions, as they come ---

    def look(self) -> None:
        """Judge every revision that was made since the last look."""
        everything = sorted(self._wiki.every_row(), key=lambda found: found[1].id)
        rows = {row.id: row for _, row in everything}
        for pageid, row in everything:
            if row.id > self._known:
                self._known = row.id
                before = rows[row.parent].text if row.parent else ""
                run = run_of(row)
                wish = self.wishes.get(run or "")
                if row.user == BOT and wish is not None:
                    self._judge(pageid, row, before, wish)
                else:
                    self._remember(pageid, row, before)
        self._count(everything)

    def _judge(self, pageid: int, row: Row, before: str, wish: Wish) -> None:
        """Let a revision of the bot's change what was asked of it, and that alone."""
        if not row.parent:
            assert wish.created, f"I6: revision {row.id} creates a page that nobody asked for"
            assert row.text in map(canonical, wish.created.values()), "I6: another text"
            return
        asked = {change.parameter: change for change in wish.changes.get(pageid, ())}
        rules = (change for change in asked.values() if change.rule and not wish.undoes)
        self.fixes |= {((pageid, c.parameter), c.old, c.new) for c in rules}
        old, new = values(before), values(row.text)
        twice = doubled(row.text) - doubled(before)
        if twice:
            self._doubled.add((run_of(row) or "", pageid))
        for name in FIELDS:
            place = (pageid, name)
            if old[name] == new[name] or name in twice:
                continue
            assert name in asked, f"I1: revision {row.id} changes «{name}», which nobody asked for"
            change = asked[name]
            assert (change.old, change.new) == (old[name], new[name]), (
                f"I1: revision {row.id} makes {new[name]!r} of {old[name]!r} in «{name}»; asked "
                f"was to make {change.new!r} of {change.old!r}"
            )
            fix = (change.old, change.new)
            if not wish.undoes and change.rule:
                assert (place, *fix) not in self.reverted, (
                    f"I13: revision {row.id} makes {fix} in «{name}» again, which a person reverted"
                )
                self._fixed[place] = fix
            else:
                self._fixed.pop(place, None)
        changed = twice | {name for name in FIELDS if old[name] != new[name]}
        assert around(before, changed) == around(row.text, changed), (
            f"I6: revision {row.id} changes more than fields"
        )

    def _remember(self, pageid: int, row: Row, before: str) -> None:
        old, new = values(before), values(row.text)
        for name in FIELDS:
            if old[name] != new[name]:
                self._touched |= {pageid} if row.parent else set()
                fix = self._fixed.pop((pageid, name), None)
                if fix == (new[name], old[name]):
                    self.reverted.add(((pageid, name), *fix))

    def _count(self, everything: list[tuple[int, Row]]) -> None:
        runs = Counter((run_of(row), id) for id, row in everything if run_of(row) in self.wishes)
        plans = Counter((self.wishes[run or ""].plan, id) for run, id in runs.elements())
        for (name, pageid), times in (*runs.items(), *plans.items()):
            assert times == 1, f"I7: {name} has made {times} revisions of the page {pageid}"
        undone = Counter[tuple[str, int]]()
        for (run, pageid), times in runs.items():
            target, sign = self.wishes[run or ""].undoes, 1
            while target is not None:  # what undoes an undo makes anew, and so on
                undone[target, pageid] += sign * times
                target, sign = self.wishes[target].undoes, -sign
        for (run, pageid), times in undone.items():
            right = times in (0, 1) or pageid in self._touched  # by people, who may undo as well
            assert right, f"I7: {run} was undone {times} times on the page {pageid}"

    def undoing(self, run_id: str) -> Wish:
        """Return what taking a run back may change: what it really made."""
        asked: dict[int, tuple[Change, ...]] = {}
        for pageid, row in self._wiki.every_row():
            if run_of(row) == run_id and row.parent:
                made = self._really(row)
                wished = self.wishes[run_id].changes[pageid]
                asked[pageid] = tuple(inverse(c) for c in wished if c.parameter in made)
        return Wish(f"undo of {run_id} after revision {self._known}", asked, undoes=run_id)

    def _really(self, row: Row) -> set[str]:
        """Return the fields that a revision has changed."""
        parent = self._wiki.truth.row(row.parent)
        old, new = values(parent.text if parent else ""), values(row.text)
        return {name for name in FIELDS if old[name] != new[name]}

    def made(self, run_id: str, item: Item | Operation) -> Row | None:
        """Return the revision that a run made of the page of an item."""
        wish = self.wishes[run_id]
        return next(
            (
                row
                for pageid, row in self._wiki.every_row()
                if run_of(row) == run_id
                and (pageid == item.pageid or (not row.parent and item.title in wish.created))
            ),
            None,
        )

    def since(self, revid: int) -> list[Row]:
        """Return the revisions of our runs that are newer."""
        rows = (row for _, row in self._wiki.every_row() if row.id > revid)
        return [row for row in rows if run_of(row) in self.wishes]

    def edited(self, pageid: int) -> bool:
        """Return whether a run of ours has edited a page that is there."""
        rows = self._wiki.truth.rows.get(pageid, ())
        return any(row.parent and run_of(row) in self.wishes for row in rows)

    def newest(self) -> int:
        """Return the newest revision that a run of ours has made, or 0."""
        return max((row.id for row in self.since(0)), default=0)

    def has_created(self, text: str) -> bool:
        """Return whether a run of ours has created a page of that text."""
        return any(not row.parent and row.text == canonical(text) for row in self.since(0))

    def texts_before(self, run_id: str) -> dict[int, str]:
        """Return the texts that pages had before a run, where that is what an undo gives back.

        It is where nobody has touched the page since, and nobody needs to tell who did what.
        """
        unsure = {op.pageid for op in self._operations.get(run_id, ()) if op.code == "merged"}
        return {
            pageid: rows[-2].text
            for pageid, rows in self._wiki.truth.rows.items()
            if run_of(rows[-1]) == run_id and len(rows) > 1
            if pageid not in unsure and not doubled(rows[-1].text)
            if NOBOTS not in rows[-1].text
        }

    def was_merged(self, run_id: str, pageid: int) -> bool:
        """Return whether the wiki has merged what a run saved of a page."""
        return any(op.merged and op.pageid == pageid for op in self._operations.get(run_id, ()))

    # --- what the bot says of itself ---

    def hear(self, run: Run, doubtful: Collection[str | int], trouble_codes: set[int]) -> None:
        """Check the report of a run that has ended against what happened (I8).

        `doubtful` are ids and titles of the pages about which an answer was ambiguous, in this
        run or before; `trouble_codes` the exit codes that what befell the run may account for.
        """
        for item in run.items:
            row, named = (
                self.made(run.id, item),
                f"I8: {item.op_id} of {item.title} is {item.state}",
            )
            if item.state == "done":
                assert row is not None, f"{named}, and nothing was saved"
                assert item.new_revid == row.id, f"{named} as {item.new_revid}, saved was {row.id}"
                merged = item.merged == (row.parent != item.base_revid)
                assert merged, f"{named}, merged {item.merged}: {item.base_revid} ≠ {row.parent}"
                claims = {change.parameter for change in item.changes}
                known = item.code in ("merged", "differs") or not row.parent
                assert known or claims == self._really(row), f"{named}, and claims {claims}"
                twice = item.verified and (run.id, item.pageid) in self._doubled
                assert not twice, f"P5: {named} and right, and a field stands there twice"
            elif item.state == "unknown":
                doubt = {item.pageid, item.title} & set(doubtful)
                assert doubt, f"{named}, and every answer was clear"
            else:
                assert row is None, f"{named}, and {_named(row)} is there"
        counts = Counter[str](item.state for item in run.items)
        assert run.counts == {
            "planned": len(run.items),
            **{state: counts[state] for state in run.counts if state != "planned"},
        }
        if counts["unknown"]:
            code = 8
        elif run.stopped is not None:
            assert run.stop_code in trouble_codes, f"I8: stopped by {run.stopped}"
            code = run.stop_code
        else:
            unsure = any(item.state == "done" and item.reason for item in run.items)
            person = counts["skipped"] + counts["conflict"] + counts["failed"] or unsure
            code = 3 if person else 0
        assert run.exit_code == code, f"I8: exit {run.exit_code} instead of {code}"

    def read_journal(self, run: Run | None) -> None:
        """Check what the journal says of every run, and that nothing replaced is lost to it."""
        if not Journal.exists(self._folder):
            return
        operations = self._operations  # what is settled stays as it is
        with Journal.open(self._folder, self._wiki.wikiid) as journal:
            self.runs = [row.id for row in journal.runs()]
            for id in self.runs:
                if any(op.state in _OPEN for op in operations.get(id, ())) or id not in operations:
                    operations[id] = journal.operations(id)
            if run is not None and run.items:
                self._same_account(run, journal, operations[run.id])
        for run_id, done in operations.items():
            for operation in done:
                self._truth_of(run_id, operation)
        for pageid, row in self._wiki.every_row():
            run_id = run_of(row) or ""
            if run_id in self.wishes:
                self._recoverable(pageid, row, operations[run_id])

    def unsettled(self) -> set[str | int]:
        """Return ids and titles of the pages whose edits had no known end in the journal."""
        done = (op for operations in self._operations.values() for op in operations)
        left = [op for op in done if op.state in ("sent", "unknown")]
        return {op.pageid for op in left if op.pageid} | {op.title for op in left}

    def _same_account(self, run: Run, journal: Journal, done: tuple[Operation, ...]) -> None:
        kept = journal.run(run.id)
        assert kept is not None and kept.exit == run.exit_code, "I8: the journal's exit differs"
        told = [item.state for item in run.items if item.code != "not-tried"]
        assert [op.state for op in done] == told, "I8: the journal and the report differ"

    def _truth_of(self, run_id: str, operation: Operation) -> None:
        row, named = self.made(run_id, operation), f"I8: {run_id} of {operation.title}"
        if operation.state == "done":
            assert row is not None, f"{named} is done in the journal, and nothing was saved"
            assert row.id == operation.new_revid, f"{named}: {operation.new_revid} ≠ {row.id}"
            self._claims(row, operation, named)
        elif operation.state not in _OPEN:
            assert row is None, (
                f"{named} is {operation.state} in the journal, and {_named(row)} is there"
            )
        elif operation.state == "intent":
            assert row is None, f"{named} was never sent, and {_named(row)} is there"

    def _claims(self, row: Row, operation: Operation, named: str) -> None:
        """See that a run claims what it changed, and nothing of what a person did."""
        if not row.parent or operation.code == "merged" or doubled(row.text):
            return  # … or says that it does not know
        claimed, made = {change.parameter for change in operation.changes}, self._really(row)
        assert claimed == made, f"I8: {named} claims {claimed}, and made {made}"

    def _recoverable(self, pageid: int, row: Row, done: tuple[Operation, ...]) -> None:
        if not row.parent:
            return
        mine = next((op for op in done if op.pageid == pageid), None)
        assert mine is not None, f"I1: the journal knows nothing of revision {row.id}"
        parent = self._wiki.truth.row(row.parent)
        assert parent is not None and mine.old_text is not None
        before, after, kept = values(parent.text), values(row.text), values(mine.old_text)
        replaced = [n for n in FIELDS if before[n] != after[n] and n not in doubled(row.text)]
        lost = [n for n in replaced if kept[n] != before[n]]
        assert not lost, f"I1: revision {row.id} replaced {lost}, and the journal has not kept it"
        assert NOBOTS not in mine.old_text, f"P13: revision {row.id} is of a page with {NOBOTS}"
