"""What of an edit is yet to be made, where its plan was applied before, whole or in parts."""

from __future__ import annotations

from dataclasses import replace

from wikibot.edits import PageEdit
from wikibot.edits.plan import whole_id
from wikibot.edits.rebase import stands
from wikibot.language import Text
from wikibot.page import Page
from wikibot.store import Journal, Operation
from wikibot.wiki import Wiki


def to_do(journal: Journal, plan_id: str, edit: PageEdit) -> tuple[PageEdit, Operation | None]:
    """Return the edit without what its plan has made already, and what made it if all is made.

    A plan once applied to a page is never applied to it again, and a change that one part of a
    plan has made is made by no other part: not even where somebody took it back since.
    """
    whole = whole_id(plan_id)
    for known in dict.fromkeys((plan_id, whole)):
        done = journal.done_before(known, edit.title, edit.pageid)
        if done is not None:
            return edit, done
    parts = journal.done_in_parts(whole, edit.title, edit.pageid)
    if not parts:
        return edit, None
    made = {place for part in parts for change in part.changes for place in change.places}
    left = tuple(change for change in edit.changes if made.isdisjoint(change.places))
    if not left:  # of a new page, too: one of the parts has created it
        return edit, parts[0]
    return replace(edit, changes=left), None


def made_before(planned: PageEdit, edit: PageEdit, page: Page, wiki: Wiki) -> Text | None:
    """Return what to tell of changes that are not made again and do not stand on the page."""
    left = [change for change in planned.changes if change not in edit.changes]
    if all(stands(page, change, wiki.syntax) for change in left):
        return None
    return _ONCE


_ONCE = Text(
    "Un champ est laissé tel quel : ce plan l'a déjà publié une fois (pour le changer encore : "
    "« set »).",
    "One field is left as it is: this plan has saved it once (to change it again: “set”).",
)
