"""What became of a save that nobody answered: a run that was killed, an answer that got lost."""

from __future__ import annotations

from datetime import UTC, datetime

from wikibot.edits.summary import marker
from wikibot.errors import InputError, PageMissing
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text
from wikibot.page import Page, Revision, canonical
from wikibot.store import Journal, Operation
from wikibot.wiki import Wiki


def settle_leftovers(wiki: Wiki, journal: Journal, around: Surroundings) -> None:
    """Find out what became of edits whose run was killed or whose answer got lost.

    Not sent is not done. What was sent is looked for in the page's history by its marker; found
    is done, even where somebody took it back since; not found is not saved.
    """
    for left in journal.unsettled():
        saved = None
        if left.state != "intent":
            try:
                saved = find_saved(wiki, _as_read(left, wiki), left.run_id, left.new_text or "")
            except PageMissing:
                pass  # deleted meanwhile: there is nothing to take back
            except InputError:
                continue  # the page cannot be read now; a later run will look
        journal.settle(
            left.id,
            "done" if saved else "failed",
            around.stamp(),
            reason=None if saved else _NOT_SAVED,
            old_revid=saved.parent_id if saved else left.base_revid,
            new_revid=saved.id if saved else None,
            merged=saved is not None and saved.parent_id != left.base_revid,
        )


def _as_read(left: Operation, wiki: Wiki) -> Page:
    """Return the page as it was when its edit was sent."""
    title = wiki.syntax.namespaces.parse(left.title)
    base = Revision(left.base_revid, 0, datetime.min.replace(tzinfo=UTC))
    return Page(left.pageid, title, base, left.old_text or "")


_NOT_SAVED = Text(
    "L'exécution a été interrompue avant l'enregistrement.", "The run was cut short before saving."
)


def find_saved(wiki: Wiki, page: Page, run_id: str, text: str) -> Revision | None:
    """Return the revision by which a run saved `text` upon `page` as it was read, or None.

    The marker in its comment tells. A folder that was cut off between the page and its history
    has no comment: there it is the same text upon the same base.
    """
    sign = marker(run_id)
    after = wiki.revisions(page, page.revision.id)
    signed = next((r for r in after if sign in (r.comment or "")), None)
    if signed is not None or not after or after[-1].comment is not None:
        return signed
    last = after[-1]
    now = next(iter(wiki.pages([str(page.title)])), None)
    ours = now is not None and now.revision.id == last.id and canonical(now.text) == canonical(text)
    return last if ours and last.parent_id == page.revision.id else None
