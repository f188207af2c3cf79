"""When pages were saved, and from which moment on a wiki tells of every save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from wikibot.page import Revision
from wikibot.title import Title


@dataclass(frozen=True, slots=True)
class Edit:
    """One save of a page that is still there, by the title it bears now. Who saved is not told."""

    at: datetime
    title: Title
    created: bool


@dataclass(frozen=True)
class Edits:
    """The saves from the moment `since` (UTC) on, all of them, oldest first."""

    since: datetime
    edits: tuple[Edit, ...]


def edits_told(
    pages: Iterable[tuple[Title, Sequence[Revision]]],
    since: datetime,
    begins: Callable[[Revision], bool],
) -> Edits:
    """Return what the kept revisions of pages (each oldest first) tell of the saves since then.

    Where the first kept one is not the first of all, as `begins` says, or one between two is
    missing, nothing before it counts: whatever was saved then is not known.
    """
    told = since
    edits: list[Edit] = []
    for title, revisions in pages:
        seen: set[int] = set()
        for revision in revisions:
            created = not seen and begins(revision)
            known = created or (seen and revision.parent_id in seen | {0})
            if not known:
                told = max(told, revision.timestamp)
            seen.add(revision.id)
            edits.append(Edit(revision.timestamp, title, created))
    counting = (edit for edit in edits if edit.at >= told)
    return Edits(told, tuple(sorted(counting, key=lambda edit: (edit.at, edit.title))))
