"""What became of a save that nobody answered: a run that was killed, an answer that got lost."""

from __future__ import annotations

from datetime import UTC, datetime

from wikibot.edits.summary import marker
from wikibot.errors import InputError, OutcomeUnknown, PageMissing
from wikibot.jobs.merged import SAVED_UNTOLD, UNTOLD, really_made
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text
from wikibot.page import Page, Revision, canonical
from wikibot.store import Journal, Operation
from wikibot.wiki import Wiki


def settle_leftovers(
    wiki: Wiki, journal: Journal, around: Surroundings, *, give_up: bool = False
) -> None:
    """Find out what became of edits whose run was killed or whose answer got lost.

    Not sent is not done. What was sent is looked for in the page's history by its marker; found
    is done, even where somebody took it back since; not found is not saved. What the history
    hides stays unknown, and its page untouched, until a person gives up (`give_up`).
    """
    open_ = journal.unsettled()
    if any(left.state != "intent" for left in open_):
        around.sleep(wiki.settling * wiki.pauses)  # a replica may still hide it
    for left in open_:
        saved: Revision | None = None
        page: Page | None = None
        if left.state != "intent":
            try:
                page = as_read(left, wiki)
                if page is not None:
                    saved = find_saved(wiki, page, left.run_id, left.new_text or "")
            except InputError:
                continue  # the page cannot be read now; a later run will look
            except (OutcomeUnknown, PageMissing) as hidden:  # it may be restored one day
                if give_up:
                    reason, code = hidden.message, "given-up"
                    journal.settle(left.id, "failed", around.stamp(), reason=reason, code=code)
                continue
        if saved is None or page is None:
            journal.settle(
                left.id,
                "failed",
                around.stamp(),
                reason=_NOT_SAVED,
                code="interrupted",
                old_revid=left.base_revid,
            )
            continue
        made = really_made(wiki, page, left.changes, saved.parent_id)
        journal.settle(
            left.id,
            "done",
            around.stamp(),
            reason=SAVED_UNTOLD if made is None else None,
            code=UNTOLD if made is None else "",
            pageid=page.id,
            old_revid=saved.parent_id,
            new_revid=saved.id,
            merged=saved.parent_id != left.base_revid,
            changes=made,
        )


def as_read(left: Operation, wiki: Wiki) -> Page | None:
    """Return the page as it was when its edit was sent; None where it was not created."""
    title = wiki.syntax.namespaces.parse(left.title)
    base = Revision(left.base_revid, 0, datetime.min.replace(tzinfo=UTC))
    pageid = left.pageid
    if left.creates:
        found = next(iter(wiki.pages([left.title])), None)
        if found is None:
            return None
        pageid = found.id
    return Page(pageid, title, base, left.old_text or "")


_NOT_SAVED = Text(
    "L'exécution a été interrompue avant l'enregistrement.", "The run was cut short before saving."
)
_HIDDEN = Text(
    "L'historique de la page « {title} » est en partie masqué : rien ne dit si elle a été "
    "enregistrée.",
    "Part of the history of the page “{title}” is hidden: nothing tells whether it was saved.",
)
_LOOK = Text(
    "Regardez l'historique de la page avec un administrateur.",
    "Look at the history of the page with an administrator.",
)


def find_saved(wiki: Wiki, page: Page, run_id: str, text: str) -> Revision | None:
    """Return the revision by which a run saved `text` upon `page` as it was read, or None.

    Ours is what our account signed with the marker of the run. Where a comment is hidden, or a
    folder was cut off between the page and its history, it is the same text upon the same base.

    Raises:
        OutcomeUnknown: what is hidden may be ours. PageMissing: the page is gone.
    """
    sign = marker(run_id)
    after = wiki.revisions(page, page.revision.id)
    by_us = [r for r in after if wiki.user is None or r.user in (None, wiki.user)]
    signed = next((r for r in by_us if sign in (r.comment or "")), None)
    if signed is not None:
        return signed
    veiled = [r for r in by_us if r.comment is None]
    last = after[-1] if after else None
    if last is None or not veiled:
        return None
    if last in veiled and last.parent_id == page.revision.id:
        now = next(iter(wiki.pages_by_id([page.id])), None)
        if now and now.revision.id == last.id and canonical(now.text) == canonical(text):
            return last
    if wiki.user is None:
        return None  # a folder has no comment for what was written by hand
    title = str(page.title)
    raise OutcomeUnknown(_HIDDEN.format(title=title), _LOOK, "hidden", resend=False)
