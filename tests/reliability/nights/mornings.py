"""What must hold every morning: the invariants I1 to I16 of `facts/reliability.md` §3.4, by name.

Each function asserts one of them, from the wiki's database, the bot's files and the workbook; what
they say is meant for whoever reads a failure: what, where, which value.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, quote_plus

from tests.reliability.nights.copies import (
    the_copy_is_what_a_full_pull_gives,
    what_is_known_beside_is_what_the_wiki_says,
)
from tests.reliability.nights.edits import (
    OPEN,
    every_edit_is_made_once_and_is_the_one_announced,
    every_safe_fix_is_made,
    no_edit_of_a_person_is_lost,
    nothing_is_deleted_or_created_unasked,
    nothing_stays_in_doubt,
    what_was_taken_back_is_not_made_again,
)
from tests.reliability.nights.ledger import Ledger, Op, read_links
from tests.reliability.nights.scene import JOBS, Nights, Spent
from tests.reliability.nights.sides import FIELDS
from tests.reliability.nights.texts import got
from tests.reliability.nights.truth import ACTION, Truth

__all__ = [
    "little_is_asked",
    "look",
    "nothing_is_written",
    "the_copy_is_what_a_full_pull_gives",
    "what_is_known_beside_is_what_the_wiki_says",
]

_GRAVEST = (8, 6, 4, 1, 2, 7, 5, 3, 0)
QUIET, PARTS = 6, 3  # requests; parts of the night that write
BYTES = 500  # of the journal, for a night in which nothing is written
_TEXTS = 5  # times its text, an edit weighs in the journal: a part of the bot's stands twice
_ROW = 3000  # bytes of an edit and its run beside


def look(nights: Nights, spent: Spent) -> None:
    """See that a morning is as it should be, whatever happened in the night."""
    truth, ledger, _ = spent.after
    no_edit_of_a_person_is_lost(nights, truth)
    every_edit_is_made_once_and_is_the_one_announced(nights, truth, ledger)
    what_was_taken_back_is_not_made_again(ledger)
    nothing_is_deleted_or_created_unasked(nights, spent)
    both_sides_keep_what_people_wrote(nights, spent)
    what_both_agreed_upon_was_once_on_both_sides(nights, truth)
    the_account_is_honest(nights, spent)
    the_journal_grows_by_its_edits_alone(spent)
    nothing_shows_a_secret(nights, spent)
    nights.locks_are_free()
    if spent.stopped:
        assert not spent.writes, "a bot that was told to stop writes"
    if spent.fair:
        every_safe_fix_is_made(nights, truth, ledger)
        nothing_stays_in_doubt(truth, ledger)


def nothing_is_written(spent: Spent, *, but: str = "") -> None:
    """I3, I14: where nothing is new, nothing is written, but for the page of the report."""
    told = [f"{r.action} {r.parameters.get('pageid')}: {r.parameters.get('summary')}"
            for r in spent.writes]  # fmt: skip
    ledger = spent.after[1]
    new = [op for op in ledger.ops if op not in spent.before[1].ops]
    pages = {op.title for op in new if not (op.state in OPEN or is_left_alone(op, ledger))}
    assert pages <= {but}, f"I3: {pages}; {told}"
    assert bool(pages) or not told, f"I3: {told}"
    assert spent.book_kept, "I3: the workbook was written for nothing"


def is_left_alone(op: Op, ledger: Ledger) -> bool:
    """Return whether nothing was sent to a page: a doubt lasts, or it refuses, week after week."""
    if op.code == "still-unknown":
        return any(each.pageid == op.pageid and each.state in OPEN for each in ledger.ops)
    week_before = datetime.fromisoformat(op.at) - timedelta(days=7)
    lately = (
        each
        for each in ledger.ops
        if each.pageid == op.pageid
        and each.op_id < op.op_id
        and each.state == "skipped"
        and datetime.fromisoformat(each.at) > week_before
    )
    return op.state == "skipped" and not any(lately)


def little_is_asked(nights: Nights, spent: Spent) -> None:
    """A night in which nothing changed makes six requests at most, login included.

    An action whose page is gone is looked for by its id, once a night, until a person says so; an
    edit of a page that went before anybody knew whether it was saved, once in each part.
    """
    truth, ledger, _ = spent.after
    doubts = [op for op in ledger.ops if op.state in OPEN and op.pageid not in truth.pages]
    most = QUIET + bool(nights.hands.sides.deleted) + PARTS * len(doubts)
    names = ("list", "prop", "meta")
    asked = [f"{r.action} {[r.parameters[n] for n in names if n in r.parameters]}"
             for r in spent.seen]  # fmt: skip
    assert len(asked) <= most, f"{len(asked)} requests: {asked}"
    grown = spent.after[1].size - spent.before[1].size
    lasting = any(op.state in OPEN for op in ledger.ops)  # it is written down anew each time
    assert lasting or grown <= BYTES, f"the journal has grown by {grown} bytes"


# --- I1, I2, I12: the two sides ---


def both_sides_keep_what_people_wrote(nights: Nights, spent: Spent) -> None:
    """I1, I2: each field of each action is on either side what its people made it."""
    truth, _, rows = spent.after
    sides = nights.hands.sides
    wiki = {page: _values(truth.text(page)) for page in truth.in_namespace(ACTION)}
    tracker = {row.page: {"summary": row.summary, "due": row.due} for row in rows if row.page}
    synced = _part(spent, "sync")
    went_well = bool(synced and synced["state"] == "done" and not synced["reason_code"])
    whole = went_well and spent.fair
    if whole:
        missing = set(wiki) - set(tracker) - sides.removed
        assert not missing, f"I2: {missing} are not in the workbook"
        loose = [row.summary for row in rows if not row.page]
        assert not loose, f"I2: {loose} are not on the wiki"
    sides.meet(wiki, tracker)
    conflicts = 0
    for (page, name), wish in sides.wishes.items():
        if page not in wiki or page not in tracker:
            continue  # deleted by a person: what is left of it is told, and kept
        values = wiki[page][name], tracker[page][name]
        wrong = wish.wrong(*values, whole=whole)
        assert not wrong, f"I1, I2: {name} of action {page}: {wrong}; {wish}"
        conflicts += values[0] != values[1]
        wish.settle(*values, seen=went_well)
    if whole and synced:
        told = synced["counts"]["look"]
        assert bool(conflicts) <= bool(told), f"I8: {conflicts} conflicts, {told} told"


def _values(text: str) -> dict[str, str]:
    return {name: got(text, parameter) for name, parameter in FIELDS.items()}


def what_both_agreed_upon_was_once_on_both_sides(nights: Nights, truth: Truth) -> None:
    """I12: what the state of the sync holds as agreed was on the wiki at some time."""
    for page, base in read_links(nights.state).items():
        once = [_values(rev.text) for rev in truth.of(page)]
        for name in FIELDS:
            if name in base:
                held = base[name][0]
                assert held in {values[name] for values in once}, f"I12: {name} of {page}: {held!r}"


# --- I8, I9: the account ---


def the_account_is_honest(nights: Nights, spent: Spent) -> None:
    """I8, I9: the exit code and the report say what the wiki and the journal say."""
    truth, ledger, _ = spent.after
    assert spent.code != 1, f"an internal error: {spent.out[-3000:]}"
    new = truth.by(nights.bench.bot_name, after=spent.before[0].newest)
    if spent.report is None:
        assert spent.killed, f"exit {spent.code} and no report: {spent.out[-3000:]}"
        return
    report = spent.report
    codes = [job["exit"] for job in report["jobs"]]
    gravest = min(codes, key=_GRAVEST.index)
    if not spent.killed:
        assert spent.code == report["exit"] == gravest, (spent.code, report["exit"], codes)
    assert tuple(job["job"] for job in report["jobs"]) == JOBS, "I9: a job is missing"
    runs = {run for job in report["jobs"] for run in job["runs"]}
    tonight = [op for op in ledger.ops if op not in spent.before[1].ops and op.run_id in runs]
    unknown = [op for op in tonight if op.state in OPEN]
    doubtful = any(ledger.runs[run][1] == 8 for run in runs)  # a later run may have settled it
    assert bool(unknown) <= doubtful == (spent.code == 8), f"I8: exit {spent.code}, {unknown}"
    done = [op for op in tonight if op.state == "done"]
    late = len(done) - report["edits"]
    assert late == 0 or (late > 0 and doubtful), f"I8: {report['edits']} told, {len(done)} made"
    assert len(done) <= len(new) <= len(done) + len(unknown), (
        f"I8: {len(new)} revisions, {len(done)} written down, {len(unknown)} in doubt"
    )
    if spent.fair:
        open_ = any(op.state in ("conflict", "failed", "skipped") for op in tonight)
        found = _counts(report, "check").get("findings", 0)
        expected = 3 if open_ or found or any(code == 3 for code in codes) else 0
        lasting = any(op.state in OPEN for op in ledger.ops)  # the history hides how it ended
        assert spent.code == expected or (lasting and spent.code == 8), (
            spent.code,
            codes,
            spent.out[-3000:],
        )
    if spent.stopped:
        failed = any(job["state"] == "failed" for job in report["jobs"])
        assert (spent.code == 6) == failed, (spent.code, codes)
        assert not new


def _part(spent: Spent, job: str) -> Mapping[str, Any] | None:
    if spent.report is None:
        return None
    return next((each for each in spent.report["jobs"] if each["job"] == job), None)


def _counts(report: Mapping[str, Any], job: str) -> Mapping[str, int]:
    found: Mapping[str, int] = next(each for each in report["jobs"] if each["job"] == job)["counts"]
    return found


def the_journal_grows_by_its_edits_alone(spent: Spent) -> None:
    """What a night adds to the journal hangs on its edits, not on the nights before it."""
    before, after = spent.before[1], spent.after[1]
    known = {op.op_id for op in before.ops if op.new_text is not None}
    new = [op for op in after.ops if op.op_id not in known]
    runs = len(after.runs) - len(before.runs)
    most = sum(_TEXTS * _weight(op) + _ROW for op in new) + runs * BYTES
    grown = after.size - before.size
    assert grown <= most, f"the journal has grown by {grown} bytes for {len(new)} edits"


def _weight(op: Op) -> int:
    """Return the bytes of what was to be written: the page, or a part where none was sent."""
    parts = [str(change[key]).encode() for change in op.changes for key in ("old", "new")]
    return max([len((op.new_text or "").encode()), *map(len, parts)])


# --- secrets ---


def nothing_shows_a_secret(nights: Nights, spent: Spent) -> None:
    """No file, no output and no page of the wiki has a secret of the bot in it."""
    places = {
        str(file): file.read_bytes()
        for file in nights.folder.rglob("*")
        if file.is_file() and file.name != "secret.txt"
    }
    places["what it printed"] = spent.out.encode()
    ours = spent.after[0].by(nights.bench.bot_name)
    places["the wiki"] = "\n".join(f"{rev.comment}\n{rev.text}" for rev in ours).encode()
    for secret in nights.secrets():
        shapes = {secret.encode(), quote(secret, safe="").encode(), quote_plus(secret).encode()}
        for place, content in places.items():
            assert not any(shape in content for shape in shapes), f"a secret is in {place}"
