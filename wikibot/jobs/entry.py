"""What the journal says of one edit, from before it is sent until its end is known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wikibot.edits import Change, Item
from wikibot.jobs.means import Means
from wikibot.jobs.merged import SAVED_UNTOLD, UNTOLD, really_made
from wikibot.page import Page, Saved


@dataclass(frozen=True)
class _Merge:
    """An edit that the wiki has merged: made for `page`, put upon the revision `parent_id`."""

    item: Item
    page: Page | None
    parent_id: int


class Entry:
    """One edit; `item` is what became of it so far.

    `sent` are the changes that were sent last. `settled`: its end is written down.
    """

    def __init__(self, means: Means, operation: int, item: Item) -> None:
        self.item = item
        self.sent: tuple[Change, ...] = ()
        self.settled = False
        self._means = means
        self._operation = operation
        self._merge: _Merge | None = None

    def send(self, page: Page | None, text: str, summary: str) -> None:
        """Write down what is about to be sent."""
        self._means.journal.send(
            self._operation,
            page.revision.id if page else 0,
            page.text if page else "",
            text,
            self.item.changes,
            summary,
            self._means.around.stamp(),
        )
        self.sent = self.item.changes
        self.item = replace(self.item, state="sent")

    def recall(self) -> None:
        """Write down that what was sent has surely not been saved."""
        self._means.journal.recall(self._operation, self._means.around.stamp())

    def renumber(self, title: str, planned: str) -> None:
        """Write down that the page gets the number of `title`: that of `planned` is taken."""
        self._means.journal.renumber(self._operation, title, planned, self._means.around.stamp())
        self.item = replace(
            self.item, title=title, state="intent", pageid=0, base_revid=0, reason=None, code=""
        )

    def not_saved(self) -> None:
        """Know for now that it is not saved; the journal goes on saying that it was sent."""
        self.item = replace(self.item, state="intent")

    def saved(self, page: Page | None, saved: Saved) -> None:
        """Write down what the wiki has answered to an edit of `page`."""
        if saved.unchanged:
            self.settle(replace(self.item, state="noop"))
        else:
            self.done(page, saved.pageid, saved.new_revid, saved.old_revid)

    def done(self, page: Page | None, pageid: int, new_revid: int, parent_id: int) -> None:
        """Write down that an edit of `page` was saved, upon the revision `parent_id`.

        Where that is another than was read, the wiki has merged: what of it is ours is not known
        until `tell_apart`.
        """
        merged = parent_id != (page.revision.id if page else 0)
        item = replace(self.item, state="done", pageid=pageid, new_revid=new_revid, merged=merged)
        if merged:
            self._merge = _Merge(item, page, parent_id)
            item = replace(item, reason=SAVED_UNTOLD, code=UNTOLD)
        self.settle(item, parent_id)

    def tell_apart(self) -> None:
        """Find out what is ours of an edit that the wiki has merged, and write that down."""
        if self._merge is None:
            return
        merge, self._merge = self._merge, None
        made = really_made(self._means.wiki, merge.page, self.sent, merge.parent_id)
        if made is not None:
            self.settle(replace(merge.item, changes=made), merge.parent_id)

    def verify(self) -> None:
        """Write down that the saved page was read back and holds what was sent."""
        self._means.journal.verify(self._operation)

    def settle(self, item: Item, parent_id: int | None = None) -> None:
        """Write down how the edit ended."""
        self.item = item
        self._means.journal.settle(
            self._operation,
            item.state,
            self._means.around.stamp(),
            reason=item.reason,
            code=item.code,
            pageid=item.pageid,
            old_revid=item.base_revid if parent_id is None else parent_id,
            new_revid=item.new_revid,
            merged=item.merged,
            changes=item.changes,
        )
        self.settled = True
