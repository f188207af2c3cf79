"""What keeps a whole sync from writing: a side that is suddenly empty, or changed beyond belief."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from wikibot.actions.sync import Link, Side, Step
from wikibot.language import Text

_FEW, _MANY = 3, 10  # items
_VANISHED, _CHANGED = 0.2, 0.3  # of all that are linked


@dataclass(frozen=True)
class Alarm:
    """A guard that speaks: its name, by which a person lifts it, and why."""

    code: str
    message: Text


def alarms(
    wiki: Side,
    tracker: Side,
    links: Sequence[Link],
    steps: Sequence[Step],
    fields: Collection[str] | None = None,
) -> tuple[Alarm, ...]:
    """Return what speaks against writing anything at all.

    `fields` are those that both sides have by now, None where they are as ever.
    """
    linked = [link for link in links if not link.left]
    if not linked:
        return ()
    found = []
    lost = {name for link in linked for name in link.base} - set(fields or ())
    if fields is not None and lost:
        found.append(Alarm("fields", _LOST.format(n=len(lost), names=", ".join(sorted(lost)))))
    for side, empty in ((wiki, _EMPTY_WIKI), (tracker, _EMPTY_TRACKER)):
        if side.complete and not side.entries:
            found.append(Alarm("empty", empty.format(n=len(linked))))
    for kind, words in (("gone from wiki", _GONE_WIKI), ("gone from tracker", _GONE_TRACKER)):
        gone = sum(step.kind == kind and not (step.link and step.link.gone) for step in steps)
        if gone >= _MANY or (gone >= _FEW and gone >= _VANISHED * len(linked)):
            found.append(Alarm("vanished", words.format(n=gone, all=len(linked))))
    for where, words in (("to wiki", _MASS_TRACKER), ("to tracker", _MASS_WIKI)):
        met = [step for step in steps if step.kind == "linked"]
        changed = sum(any(m.verdict == where for m in step.meetings) for step in met)
        if changed >= _MANY and changed > _CHANGED * len(linked):
            found.append(Alarm("mass", words.format(n=changed, all=len(linked))))
    return tuple(found)


_LOST = Text(
    "Le suivi n'a plus de place pour ce qui y était suivi ({names}) : une colonne a été supprimée "
    "ou renommée.",
    "The tracker has no place any more for what was followed ({names}): a column was deleted or "
    "renamed.",
)
_EMPTY_WIKI = Text(
    "Le wiki n'a plus aucune action, alors que {n} sont suivies.",
    "The wiki has no action any more, and {n} are followed.",
)
_EMPTY_TRACKER = Text(
    "Le suivi est vide, alors que {n} actions sont suivies.",
    "The tracker is empty, and {n} actions are followed.",
)
_GONE_WIKI = Text(
    "{n} actions sur {all} ne sont plus sur le wiki.",
    "{n} actions of {all} are no longer on the wiki.",
)
_GONE_TRACKER = Text(
    "{n} actions sur {all} ne sont plus dans le suivi.",
    "{n} actions of {all} are no longer in the tracker.",
)
_MASS_TRACKER = Text(
    "{n} actions sur {all} ont changé à la fois dans le suivi.",
    "{n} actions of {all} changed at once in the tracker.",
)
_MASS_WIKI = Text(
    "{n} actions sur {all} ont changé à la fois sur le wiki.",
    "{n} actions of {all} changed at once on the wiki.",
)
