"""One page to write, and what becomes of it: a new text, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from itertools import chain

from wikibot.edits import Change, Item, PageEdit, Rebased, rebase
from wikibot.edits.exclusion import exclusion
from wikibot.jobs.manners import Manners
from wikibot.jobs.stale import stale, told
from wikibot.language import Text
from wikibot.page import Page, canonical
from wikibot.wiki import Wiki

Made = Set[str]  # the marks of changes made

# A page that loses more than half of its text, and more than a few lines of it, has rather been
# misread than edited.
_SHRUNK, _LINES = 0.5, 200

_BLANK = Text("La page deviendrait vide.", "The page would become blank.")
_SHRINKS = Text(
    "La page perdrait plus de la moitié de son texte (pour le vouloir : --allow shrink).",
    "The page would lose more than half of its text (if you mean it: --allow shrink).",
)
_REVERTED = Text(
    "Cette correction a déjà été publiée, puis quelqu'un est revenu dessus : son choix est "
    "respecté (pour la refaire : « set », ou --allow reverted).",
    "This fix was saved before, then someone took it back: their choice is respected (to make "
    "it again: “set”, or --allow reverted).",
)
_PARTLY = Text(
    "Un champ est laissé tel quel : quelqu'un est revenu sur sa correction.",
    "One field is left as it is: someone took its fix back.",
)
EXISTS = Text(
    "La page existe déjà : le robot n'écrit pas par-dessus.",
    "The page exists already: the bot does not write over it.",
)


@dataclass(frozen=True)
class Task:
    """One page to write. An undo also names the revision it takes back and the text before.

    While that revision is still the current one, `restore` is put back byte for byte;
    afterwards only the fields of the edit are. `refused` are the code and the reason where it is
    for a person to take it back.
    """

    edit: PageEdit
    restore: str | None = None
    written_revid: int | None = None
    undoes: int | None = None
    refused: tuple[str, Text] | None = None

    @property
    def creates(self) -> bool:
        """Return whether the page is to be created."""
        return self.edit.text is not None


def target(
    page: Page | None, task: Task, wiki: Wiki, item: Item, manners: Manners, made: Made
) -> tuple[str | None, Item]:
    """Return the text to save, or None, and the item: how it ends, or what it changes.

    What stood there already is no change of ours: it is not written down, hence never undone.
    `made` are the changes that rules have made on this page before.
    """
    if task.refused is not None:
        return None, replace(item, state="skipped", reason=task.refused[1], code=task.refused[0])
    if page is None or task.edit.text is not None:
        return _new_page(page, task.edit.text or "", item)
    if task.restore is not None:
        if page.revision.id == task.written_revid:
            return task.restore, item
        if canonical(page.text) == canonical(task.restore):
            return None, replace(item, state="noop")
    excluded = exclusion(page.text, wiki.user, manners.in_use, wiki.syntax)
    if excluded is not None:
        return None, replace(item, state="skipped", reason=excluded[1], code=excluded[0])
    rebased = rebase(page, task.edit, wiki.syntax)
    if rebased.clashes:
        found = stale(page, task.edit, rebased.clashes, wiki)
        words = [told(each) for each in found]
        reason = Text(" ".join(w.fr for w in words), " ".join(w.en for w in words))
        return None, replace(item, state="conflict", reason=reason, code="clash", stale=found)
    reverted = () if task.undoes or "reverted" in manners.allow else _again(rebased, made)
    if reverted:
        kept = tuple(change for change in task.edit.changes if change not in reverted)
        rebased = rebase(page, replace(task.edit, changes=kept), wiki.syntax)
    if canonical(rebased.text) == canonical(page.text):
        if reverted:
            return None, replace(item, state="skipped", reason=_REVERTED, code="reverted")
        return None, replace(item, state="noop")
    problem = _too_little(page.text, rebased.text, _given_up(rebased, task), manners)
    if problem is not None:
        return None, replace(item, state="skipped", reason=problem[1], code=problem[0])
    if reverted:
        item = replace(item, reason=_PARTLY, code="reverted")
    return rebased.text, replace(item, changes=tuple(chain.from_iterable(rebased.made)))


def _new_page(page: Page | None, text: str, item: Item) -> tuple[str | None, Item]:
    if page is None and not text.strip():
        return None, replace(item, state="skipped", reason=_BLANK, code="blank")
    if page is None:
        return text, item
    if canonical(page.text) == canonical(text):
        return None, replace(item, state="noop", pageid=page.id)
    return None, replace(item, state="skipped", reason=EXISTS, code="articleexists")


def _again(rebased: Rebased, made: Made) -> tuple[Change, ...]:
    """Return the fixes that were made before and do not stand any more: somebody objects."""
    both = zip(rebased.written, rebased.made, strict=True)
    return tuple(c for c, steps in both if c.rule and any(s.mark in made for s in steps))


def _given_up(rebased: Rebased, task: Task) -> int:
    """Return how many characters of its own regions the bot takes away, as it is asked to."""
    return sum(
        len(change.old) - len(change.new)
        for change in chain.from_iterable(rebased.made)
        if change.region and (task.undoes or not change.new)
    )


def _too_little(old: str, new: str, given_up: int, manners: Manners) -> tuple[str, Text] | None:
    if not new.strip():
        return "blank", _BLANK
    lost = len(old) - len(new) - given_up
    if lost > _LINES and lost > len(old) * _SHRUNK and "shrink" not in manners.allow:
        return "shrink", _SHRINKS
    return None
