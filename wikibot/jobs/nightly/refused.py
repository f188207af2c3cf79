"""What people took back, and what a page refuses as it stands, is not tried night after night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from wikibot.edits import PageEdit, Plan
from wikibot.jobs.planning import page_edit
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import Surroundings
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.store import Journal
from wikibot.wiki import Wiki

_TRIED_EVERY = timedelta(days=7)
# The reasons that lie in a page, its text or who may edit it: all of them are another revision
# once they are gone, save those of a filter or of another page (cascading), found by a weekly try.
# Source: MediaWiki records a protection as a revision of its own (WikiPage::doUpdateRestrictions).
_LASTING = frozenset(
    {"nobots", "in-use", "blank", "shrink", "protectedpage", "cascadeprotected",
     "protectednamespace", "abusefilter-disallowed", "abusefilter-warning", "spamblacklist"}
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is left of a plan. `taken_back`: the fields left to those who undid their fix.

    `refused` are the pages that were tried before as they stand, and did not take the edit.
    """

    plan: Plan
    taken_back: int = 0
    refused: int = 0


def without_refused(
    plan: Plan,
    pages: Iterable[Page],
    mapping: Mapping,
    wiki: Wiki,
    state: Path | None,
    around: Surroundings,
) -> Wanted:
    """Return the plan of fixes of `pages` without what is known to be in vain.

    What a page has refused is tried again after a week; what was taken back never is.
    """
    folder = state_folder(wiki, state)
    if not plan.edits or not Journal.exists(folder):
        return Wanted(plan)
    by_id = {page.id: page for page in pages}
    kept: list[PageEdit] = []
    taken_back = refused = 0
    since = replace(around, now=lambda: around.now() - _TRIED_EVERY).stamp()
    with Journal.open(folder, wiki.wikiid) as journal:
        for planned in plan.edits:
            edit, made = planned, journal.made_by_rules(planned.pageid)
            left = tuple(change for change in planned.changes if change.mark not in made)
            if left != planned.changes:
                taken_back += len(planned.changes) - len(left)
                edit = page_edit(by_id[planned.pageid], left, mapping)
            if left and _is_refused(edit, journal, since):
                refused += 1
            elif left:
                kept.append(edit)
    return Wanted(replace(plan, edits=tuple(kept)), taken_back, refused)


def _is_refused(edit: PageEdit, journal: Journal, since: str) -> bool:
    wanted = {change.mark for change in edit.changes}
    return any(
        op.code in _LASTING and op.marks == wanted
        for op in journal.skipped(edit.pageid, edit.base_revid, since)
    )
