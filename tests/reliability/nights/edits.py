"""The bot's edits, held in the morning against the wiki's history: I1, I2, I4 to I7 and I13."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing

from tests.reliability.nights.ledger import Ledger, Op
from tests.reliability.nights.scene import Nights, Spent
from tests.reliability.nights.texts import FIXES, NOBOTS, got
from tests.reliability.nights.truth import Rev, Truth, logged_by

REGION = re.compile(r"\s*<!-- wikibot:(\w+)[^>]*-->.*?<!-- /wikibot:\1 -->\s*", re.S)
_MARK = re.compile(r"\[wb:(\w+)\]")
OPEN = ("intent", "sent", "unknown")


# --- I1, I6, I7: nobody's edit is lost, ours are made once, and are what was announced ---


def no_edit_of_a_person_is_lost(nights: Nights, truth: Truth) -> None:
    """I1: every revision that somebody saved is in the history still, or deleted by a person."""
    lost = nights.hands.saved - truth.revisions.keys()
    assert not lost, f"I1: revisions {lost} are gone"
    assert logged_by(nights.bench.database, nights.bench.bot_name) <= {"create/create"}, "I5"


def every_edit_is_made_once_and_is_the_one_announced(
    nights: Nights, truth: Truth, ledger: Ledger
) -> None:
    """I1, I6, I7, I10: each revision of the bot is one edit of the journal, and no more than it.

    It is held against the revision it was really put upon, so that whatever anybody wrote at any
    instant is still there, but for the very value that the edit was announced to replace.
    """
    ours = truth.by(nights.bench.bot_name)
    signed = Counter(_signed(rev) for rev in ours)
    twice = [key for key, number in signed.items() if number > 1]
    assert not twice, f"I7: made more than once: {twice}"
    by_run: dict[str, list[Op]] = {}
    for op in ledger.ops:
        by_run.setdefault(op.run_id, []).append(op)
    for rev in ours:
        run, pageid = _signed(rev)
        of_page = [op for op in by_run.get(run, ()) if op.pageid in (pageid, 0)]
        found = [op for op in of_page if op.new_revid == rev.id]
        found = found or [op for op in of_page if op.state in OPEN]  # killed: not settled yet
        assert found, f"revision {rev.id} is in no journal: {rev.comment!r}"
        _is_announced(truth, rev, found[0])
    claimed = Counter(op.new_revid for op in ledger.ops if op.new_revid)
    assert max(claimed.values(), default=1) == 1, f"claimed twice: {claimed.most_common(2)}"
    ids = {rev.id for rev in ours}
    for op in ledger.ops:
        if op.state == "done":
            assert op.new_revid in ids, f"the journal tells of revision {op.new_revid}: {op.title}"
            rev = truth.revisions[op.new_revid]
            assert rev.parent == (op.old_revid or 0), f"{op.title}: {rev.parent} ≠ {op.old_revid}"


def _signed(rev: Rev) -> tuple[str, int]:
    found = _MARK.match(rev.comment)
    assert found, f"revision {rev.id} has no marker: {rev.comment!r}"
    return found[1], rev.pageid


def _is_announced(truth: Truth, rev: Rev, op: Op) -> None:
    where = f"revision {rev.id} of {op.title} ({rev.comment})"
    if not rev.parent:
        assert op.base_revid == 0, f"I6: {where} creates a page"
        return
    before, after = truth.revisions[rev.parent].text, rev.text
    read = truth.revisions[op.base_revid].text  # a wiki merges what somebody saved meanwhile
    assert NOBOTS not in read or op.undoes_op, f"{where}: the page keeps bots out"
    regions = {c["parameter"] for c in op.changes if c["template"].startswith("<!--")}
    fields = [c for c in op.changes if not c["template"].startswith("<!--")]
    if regions:
        assert _outside(before) == _outside(after), f"I6: {where} writes beyond its part"
        assert not fields
        return
    told: dict[str, list[tuple[str, str]]] = {}  # of each call that has the parameter
    for c in fields:
        told.setdefault(c["parameter"], []).append((c["old"], c["new"]))
    lines = before.split("\n"), after.split("\n")
    gone, come = Counter(lines[0]) - Counter(lines[1]), Counter(lines[1]) - Counter(lines[0])
    for side, at in ((gone, 0), (come, 1)):
        for line in side:
            name, _, value = line.removeprefix("|").partition("=")
            known = told.get(name.strip())
            assert known is not None, f"I1: {where} has touched {line!r}, of {told}"
            meant = {values[at] for values in known}
            assert value.strip() in meant, f"I1: {where}: {line!r} is not of {known}"
    for change in fields:
        rules = change["rule"] and set(change["rule"].split("+"))
        key = (change["parameter"], change["old"])
        if rules and not op.undoes_op:
            assert FIXES.get(key) == change["new"], f"I1: {where}: no safe fix: {change}"


def _outside(text: str) -> str:
    return REGION.sub("\n", text).strip()


# --- I13, I4, I5 ---


def what_was_taken_back_is_not_made_again(ledger: Ledger) -> None:
    """I13: one fix of one value in one field of one page is made once, whatever people do."""
    made = Counter(
        (op.pageid, c["template"], c["index"], c["parameter"], c["old"], c["new"])
        for op in ledger.ops
        for c in op.changes
        if op.state == "done" and c["rule"] and not op.undoes_op
    )
    again = [key for key, number in made.items() if number > 1]
    assert not again, f"I13: {again}"


def nothing_is_deleted_or_created_unasked(nights: Nights, spent: Spent) -> None:
    """I4, I5, I6: no row goes, no page comes but for a row that a person has added, once."""
    truth, _, rows = spent.after
    lost = {row.page for row in spent.before[2] if row.page} - {row.page for row in rows}
    assert not lost, f"I5: rows of {lost} are gone"
    pages = Counter(row.page for row in rows if row.page)
    assert max(pages.values(), default=1) == 1, f"I4: two rows of one action: {pages}"
    created = [rev for rev in truth.by(nights.bench.bot_name) if not rev.parent]
    first = Counter(got(rev.text, "SUMMARY") for rev in created)
    assert set(first) <= set(nights.hands.sides.rows_added), f"I6: {first}"
    assert max(first.values(), default=1) == 1, f"I4, I7: created twice: {first}"


# --- I2, I9: what was to be done is done ---


def every_safe_fix_is_made(nights: Nights, truth: Truth, ledger: Ledger) -> None:
    """I2, I10: after a night without trouble no safe fix waits, but where people do not want it."""
    made = {
        (op.pageid, c["parameter"], c["old"])
        for op in ledger.ops
        for c in op.changes
        if op.state == "done"
    }
    open_ = {op.pageid for op in ledger.ops if op.state in OPEN}
    shut = _protected(nights)
    for page, title in truth.in_namespace(0).items():
        text = truth.text(page)
        if "{{Ressource" not in text or NOBOTS in text or page in open_ or page in shut:
            continue
        for parameter, wrong in FIXES:
            if f"|{parameter}={wrong}\n" in text and (page, parameter, wrong) not in made:
                raise AssertionError(f"I2: {title} still has {parameter}={wrong}")


def nothing_stays_in_doubt(truth: Truth, ledger: Ledger) -> None:
    """I10: what a kill or a lost answer left open is settled, unless the history hides it."""
    for op in ledger.ops:
        hidden = any(rev.hidden for rev in truth.of(op.pageid))
        if op.state in OPEN and op.pageid in truth.pages and not hidden:
            raise AssertionError(f"I10: {op.title} is still {op.state} by run {op.run_id}")


def _protected(nights: Nights) -> set[int]:
    with closing(sqlite3.connect(nights.bench.database, timeout=20)) as db:
        return {
            row[0]
            for row in db.execute(
                "SELECT pr_page FROM page_restrictions WHERE pr_type='edit' AND pr_level='sysop'"
            )
        }
