"""plan refresh: a plan that has waited, made anew for the pages as they are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from wikibot.checks import RULES, check_page
from wikibot.edits import Change, PageEdit, Plan, Stale, rebase
from wikibot.edits.plan import PART
from wikibot.edits.rebase import stands
from wikibot.errors import AmbiguousWikitext, UnsafeValue, WikibotError
from wikibot.jobs.fix import fix
from wikibot.jobs.parts import to_do
from wikibot.jobs.planning import check_wiki, make_plan, with_changes
from wikibot.jobs.reading import GONE, Reading
from wikibot.jobs.stale import stale, told
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.task import EXISTS, Task
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page, canonical
from wikibot.render.differences import field_of, name_of
from wikibot.store import Journal
from wikibot.wiki import Wiki

_BATCH = 50  # pages in one reading


@dataclass(frozen=True)
class Note:
    """What a person should know of something in the old plan that is not so in the new one.

    `stale` says what stands in its field now and who wrote it. `open`: it was left out, and
    somebody has to look; otherwise nothing is left to do there.
    """

    title: str
    why: Text
    open: bool
    stale: Stale | None = None


@dataclass(frozen=True)
class Refreshed:
    """A plan made anew: how many of its changes are the old ones, and how many are recomputed.

    `standing` is how many of the old plan stand on the wiki already. New pages are counted too.
    """

    plan: Plan
    kept: int
    recomputed: int
    standing: int
    notes: tuple[Note, ...]

    @property
    def needs_a_person(self) -> bool:
        """Return whether something was left out that somebody has to look at."""
        return any(note.open for note in self.notes)


def refresh_plan(
    plan: Plan,
    wiki: Wiki,
    mapping: Mapping,
    *,
    state: Path | None = None,
    around: Surroundings = REAL,
) -> Refreshed:
    """Read the pages of a plan again, and return the plan for them as they are now.

    A page is known by its id, whatever title it bears. A change whose field still holds what the
    plan expects is kept; one that stands already is not needed any more. Of a field that
    somebody changed, the rule behind the change is asked again; what a person asked for is left
    out, for it is theirs to say what they want now. What the old plan has once made is in the
    new one no more, even where somebody took it back; to the journal the new one is a part of
    the old one, so that neither makes what the other has made. The wiki is only read.

    `state` is the folder of the journal, by default the wiki's own.

    Raises:
        PlanError: the plan is for another wiki. Unavailable, AccessError: it cannot be read.
    """
    check_wiki(plan, wiki)
    reading = Reading(wiki)
    parts: list[_Part] = []
    with _journal(wiki, state) as journal:
        for first in range(0, len(plan.edits), _BATCH):
            tasks = [Task(edit) for edit in plan.edits[first : first + _BATCH]]
            found = reading.read(tasks)
            for task in tasks:
                page = reading.of(found, task)
                if page is None and not task.creates:
                    page = reading.why_missing(task)
                left = to_do(journal, plan.id, task.edit) if journal else (task.edit, None)
                to_make = replace(left[0], changes=()) if left[1] else left[0]
                made = left[1] is not None
                parts.append(_part(task.edit, to_make, made, page, wiki, mapping, around))
    fresh = make_plan(wiki, (part.edit for part in parts if part.edit), around)
    return Refreshed(
        plan=replace(fresh, id=f"{plan.whole_id}{PART}{fresh.id.removeprefix('plan-')}"),
        kept=sum(part.kept for part in parts),
        recomputed=sum(part.recomputed for part in parts),
        standing=sum(part.standing for part in parts),
        notes=tuple(note for part in parts for note in part.notes),
    )


@dataclass(frozen=True)
class _Part:
    """What became of one edit of the old plan."""

    edit: PageEdit | None = None
    kept: int = 0
    recomputed: int = 0
    standing: int = 0
    notes: tuple[Note, ...] = ()


@contextmanager
def _journal(wiki: Wiki, state: Path | None) -> Iterator[Journal | None]:
    folder = state_folder(wiki, state)
    if not Journal.exists(folder):
        yield None
        return
    with Journal.open(folder, wiki.wikiid) as journal:
        yield journal


def _part(
    edit: PageEdit,
    to_make: PageEdit,
    made: bool,
    page: Page | WikibotError | None,
    wiki: Wiki,
    mapping: Mapping,
    around: Surroundings,
) -> _Part:
    """Return what becomes of an edit: `to_make` is what no run has made of it, `made` if all."""
    if isinstance(page, WikibotError):
        return _Part(notes=(Note(edit.title, page.message, not made),))
    if edit.text is not None:
        return _new_page(edit, made, page)
    assert page is not None
    title = str(page.title)
    try:
        rebased = rebase(page, to_make, wiki.syntax)
        before = [change for change in edit.changes if change not in to_make.changes]
        there = [change for change in before if stands(page, change, wiki.syntax)]
    except (AmbiguousWikitext, UnsafeValue) as error:
        return _Part(notes=(Note(title, error.message, True),))
    notes = [Note(title, _taken_back(c, mapping), False) for c in before if c not in there]
    lost = [clash.change for clash in rebased.clashes if clash.found is not None]
    again = _again(page, lost, rebased.written, wiki, mapping, around)
    changes = []
    for change in to_make.changes:
        if change in rebased.written:
            changes.append(change)
        elif new := again.get(change):
            changes.append(new)
    for found in stale(page, to_make, rebased.clashes, wiki):
        notes.append(_note(title, found, again, page, wiki, mapping))
    fresh = replace(edit, title=title, base_revid=page.revision.id)
    return _Part(
        edit=with_changes(fresh, changes, mapping),
        kept=len(rebased.written),
        recomputed=len(again),
        standing=len(rebased.standing) + len(there),
        notes=tuple(notes),
    )


def _new_page(edit: PageEdit, made: bool, page: Page | None) -> _Part:
    if not made and (page is None or edit.numbered):  # a numbered one takes what number is free
        return _Part(edit, kept=1)
    if page is None:
        return _Part(notes=(Note(edit.title, GONE, False),))
    if made or canonical(page.text) == canonical(edit.text or ""):
        return _Part(standing=1)
    return _Part(notes=(Note(edit.title, EXISTS, True),))


def _again(
    page: Page,
    lost: Sequence[Change],
    kept: Sequence[Change],
    wiki: Wiki,
    mapping: Mapping,
    around: Surroundings,
) -> dict[Change, Change]:
    """Return what the rules behind changes that do not fit propose for their fields now."""
    codes = {code for change in lost for code in change.rule.split("+") if code in RULES}
    if not codes:
        return {}
    unsafe = any(not change.safe for change in lost)
    fixed = fix((page,), mapping, wiki, unsafe=unsafe, rules=codes, around=around)
    proposed = fixed.edits[0].changes if fixed.edits else ()
    taken = {place for change in kept for place in change.places}
    again = {}
    for change in lost:
        new = next((new for new in proposed if _same_wish(change, new)), None)
        if new is not None and taken.isdisjoint(new.places):
            again[change] = new
            taken |= set(new.places)
    return again


def _same_wish(old: Change, new: Change) -> bool:
    """Return whether a rule behind a change is behind another one of the same field, as surely."""
    same_field = (new.template, new.index, new.field) == (old.template, old.index, old.field)
    rules = set(old.rule.split("+")) & set(new.rule.split("+"))
    return same_field and bool(old.field and rules) and (new.safe or not old.safe)


def _note(
    title: str,
    found: Stale,
    again: dict[Change, Change],
    page: Page,
    wiki: Wiki,
    mapping: Mapping,
) -> Note:
    """Return what there is to know of a change that does not fit any more."""
    change = found.change
    words = told(found, _label(change, mapping))
    new = again.get(change)
    if new is not None:
        then = Text(
            f"La règle {new.rule} propose maintenant « {new.new or '(vide)'} ».",
            f"The rule {new.rule} now proposes “{new.new or '(empty)'}”.",
        )
    elif change.rule and found.found is not None and not _still_found(change, page, wiki, mapping):
        then = _NO_OBJECTION
    else:
        then = _FOR_A_PERSON
    return Note(
        title,
        Text(f"{words.fr} {then.fr}", f"{words.en} {then.en}"),
        then is _FOR_A_PERSON,
        found,
    )


def _still_found(change: Change, page: Page, wiki: Wiki, mapping: Mapping) -> bool:
    codes = change.rule.split("+")
    found = check_page(page, mapping, wiki.syntax)
    return any(f.rule in codes and f.field in (change.field, "") for f in found)


def _label(change: Change, mapping: Mapping) -> Text | None:
    field = field_of(change, mapping)
    return name_of(change, field) if field or change.region else None


def _taken_back(change: Change, mapping: Mapping) -> Text:
    label = _label(change, mapping) or Text(change.parameter, change.parameter)
    return Text(
        f"« {label.fr} » : déjà publié, puis quelqu'un l'a changé ; son choix est respecté.",
        f"“{label.en}”: saved before, then someone changed it; their choice is respected.",
    )


_NO_OBJECTION = Text("La règle n'y trouve plus rien à redire.", "The rule has no objection now.")
_FOR_A_PERSON = Text("La modification est laissée de côté.", "The change is left out.")
