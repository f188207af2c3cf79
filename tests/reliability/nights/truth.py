"""What really stands on the test wiki: its database, read behind the API and behind wikibot."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ACTION, PROJECT, TEMPLATE = 690, 4, 10
PREFIXES = {0: "", 2: "Utilisateur:", 3: "Discussion utilisateur:", PROJECT: "Projet:",
            TEMPLATE: "Modèle:", ACTION: "Action:"}  # fmt: skip

# Where 1.39 keeps the id of a comment depends on how far its migration has come.
_REVISIONS = """
SELECT r.id, r.page, r.parent, a.actor_name, c.comment_text, t.old_text, r.gone, r.hidden FROM (
  SELECT rev_id id, rev_page page, rev_parent_id parent, rev_actor actor, rev_deleted hidden,
    coalesce(revcomment_comment_id, rev_comment_id) comment, 0 gone
  FROM revision LEFT JOIN revision_comment_temp ON revcomment_rev=rev_id
  UNION ALL
  SELECT ar_rev_id, ar_page_id, ar_parent_id, ar_actor, ar_deleted, ar_comment_id, 1
  FROM archive
) r
JOIN actor a ON a.actor_id=r.actor
LEFT JOIN comment c ON c.comment_id=r.comment
JOIN slots s ON s.slot_revision_id=r.id
JOIN content x ON x.content_id=s.slot_content_id
JOIN text t ON t.old_id=CAST(substr(CAST(x.content_address AS TEXT), 4) AS INTEGER)
ORDER BY r.id
"""
_LOG = """
SELECT DISTINCT log_type || '/' || log_action FROM logging JOIN actor ON actor_id=log_actor
WHERE actor_name=?
"""


@dataclass(frozen=True)
class Rev:
    """One revision, deleted ones and hidden ones too; `parent` is 0 where it created the page."""

    id: int
    pageid: int
    parent: int
    user: str
    comment: str
    text: str
    gone: bool
    hidden: bool


@dataclass(frozen=True)
class Truth:
    """All revisions there ever were, by id, and the pages there are: id → title, newest one."""

    revisions: Mapping[int, Rev]
    pages: Mapping[int, tuple[str, int]]

    def text(self, pageid: int) -> str:
        """Return the current text of a page, "" where it is gone."""
        return self.revisions[self.pages[pageid][1]].text if pageid in self.pages else ""

    def by(self, user: str, *, after: int = 0) -> list[Rev]:
        """Return the revisions of somebody, the oldest first, those behind an id."""
        return [rev for rev in self.revisions.values() if rev.user == user and rev.id > after]

    def of(self, pageid: int) -> list[Rev]:
        """Return all revisions of a page, the oldest first."""
        return [rev for rev in self.revisions.values() if rev.pageid == pageid]

    def in_namespace(self, namespace: int) -> dict[int, str]:
        """Return page id → title of the pages of a namespace."""
        prefix = PREFIXES[namespace]
        if prefix:
            return {i: title for i, (title, _) in self.pages.items() if title.startswith(prefix)}
        return {i: title for i, (title, _) in self.pages.items() if ":" not in title}

    @property
    def newest(self) -> int:
        """Return the highest id of a revision."""
        return max(self.revisions)


def read_truth(database: Path) -> Truth:
    """Read the wiki's own tables."""
    with closing(sqlite3.connect(database, timeout=20)) as db:
        revisions = {
            revid: Rev(
                revid,
                pageid,
                parent or 0,
                _text(user),
                _text(comment),
                _text(text),
                bool(gone),
                bool(hidden),
            )
            for revid, pageid, parent, user, comment, text, gone, hidden in db.execute(_REVISIONS)
        }
        pages = {
            pageid: (PREFIXES.get(ns, f"{ns}:") + _text(title).replace("_", " "), latest)
            for pageid, ns, title, latest in db.execute(
                "SELECT page_id, page_namespace, page_title, page_latest FROM page"
            )
        }
    return Truth(revisions, pages)


def logged_by(database: Path, user: str) -> set[str]:
    """Return what the wiki's log says that somebody did, beside edits (`delete/delete`, …)."""
    with closing(sqlite3.connect(database, timeout=20)) as db:
        return {row[0] for row in db.execute(_LOG, (user.encode(),))}


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else f"{value or ''}"
