"""What of an edit is ours, where the wiki has merged it with somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wikibot.edits import Change, PageEdit, rebase
from wikibot.edits.rebase import doubled
from wikibot.errors import WikibotError
from wikibot.language import Text
from wikibot.page import Page
from wikibot.wiki import Wiki

UNTOLD = "merged"  # the code of an edit of which nobody can tell what of it is ours
SAVED_UNTOLD = Text(
    "On ne sait pas ce que le robot y a changé lui-même : regardez l'historique de la page. "
    "Tant qu'on ne le sait pas, une annulation n'y touche pas.",
    "Nobody knows what the bot itself has changed there: look at the history of the page. As "
    "long as nobody knows, an undo does not touch it.",
)
LEFT_UNTOLD = Text(
    "Le wiki avait fusionné cette modification avec celle de quelqu'un, et on ne sait pas qui a "
    "changé quoi : reprenez-la à la main, dans l'historique de la page.",
    "The wiki had merged this edit with somebody's, and nobody knows who changed what: take it "
    "back by hand, in the history of the page.",
)


def really_made(
    wiki: Wiki, page: Page | None, changes: Sequence[Change], parent_id: int
) -> tuple[Change, ...] | None:
    """Return those of the changes that our revision made to the one before it.

    They were made for `page`, as it was read (None: it was to be created); the wiki put them upon
    the revision `parent_id`. What stood there already is somebody's. None: nobody can tell, as
    where that text is hidden, or has calls or values that were not in what we read.
    """
    if page is None or not changes or parent_id == page.revision.id:
        return tuple(changes)
    try:
        before = replace(page.revision, id=parent_id)
        parent = replace(page, revision=before, text=wiki.text_of(parent_id))
        edit = PageEdit(str(page.title), page.id, page.revision.id, tuple(changes))
        found = rebase(parent, edit, wiki.syntax)
        unclear = found.clashes or any(doubled(parent, c, wiki.syntax) for c in changes)
    except WikibotError:
        return None
    return None if unclear else tuple(step for steps in found.made for step in steps)
