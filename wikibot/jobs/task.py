"""One page to write, and what becomes of it: a new text, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wikibot.edits import Item, PageEdit, rebase
from wikibot.edits.rebase import Clash
from wikibot.language import Text
from wikibot.page import Page, canonical
from wikibot.wiki import Wiki

_BLANK = Text("La page deviendrait vide.", "The page would become blank.")


@dataclass(frozen=True)
class Task:
    """One page to write. An undo also names the revision it takes back and the text before.

    While that revision is still the current one, `restore` is put back byte for byte;
    afterwards only the fields of the edit are.
    """

    edit: PageEdit
    restore: str | None = None
    written_revid: int | None = None
    undoes: int | None = None


def target(page: Page, task: Task, wiki: Wiki, item: Item) -> tuple[str | None, Item]:
    """Return the text to save, or None, and the item: how it ends, or what it changes.

    What stood there already is no change of ours: it is not written down, hence never undone.
    """
    if task.restore is not None:
        if page.revision.id == task.written_revid:
            return task.restore, item
        if canonical(page.text) == canonical(task.restore):
            return None, replace(item, state="noop")
    rebased = rebase(page, task.edit, wiki.syntax)
    if rebased.clashes:
        return None, replace(item, state="conflict", reason=_clash(page, rebased.clashes[0]))
    if canonical(rebased.text) == canonical(page.text):
        return None, replace(item, state="noop")
    if not rebased.text.strip():
        return None, replace(item, state="skipped", reason=_BLANK)
    return rebased.text, replace(item, changes=rebased.written)


def _clash(page: Page, clash: Clash) -> Text:
    change = clash.change
    name = change.parameter
    if clash.found is None:
        return Text(
            f"L'appel de « {change.template} » n'est plus où le plan l'a trouvé.",
            f"The call of “{change.template}” is no longer where the plan found it.",
        )
    who, day = page.revision.user, page.revision.timestamp.date().isoformat()
    return Text(
        f"« {name} » vaut maintenant « {clash.found or '(vide)'} », et non plus "
        f"« {change.old or '(vide)'} » (page modifiée le {day}{f' par {who}' if who else ''}).",
        f"“{name}” is now “{clash.found or '(empty)'}”, no longer “{change.old or '(empty)'}” "
        f"(page last edited {day}{f' by {who}' if who else ''}).",
    )
