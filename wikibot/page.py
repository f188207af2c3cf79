"""Pages and revisions as a wiki gives them: frozen values, one snapshot each."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from wikibot.title import Title


@dataclass(frozen=True)
class Revision:
    """One saved state of a page. `parent_id` is 0 for the first; `timestamp` is UTC.

    `user` and `comment` are None where the wiki hides them or a folder cannot know.
    """

    id: int
    parent_id: int
    timestamp: datetime
    user: str | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Page:
    """A page and its text at one revision, read together."""

    id: int
    title: Title
    revision: Revision
    text: str


@dataclass(frozen=True)
class Standing:
    """What a wiki says of a title without giving its page; `title` is as the wiki spells it.

    `there`: a page, a file or an account bears it. `target` is where a redirect leads, with the
    `#section` it names, if any. `disambiguation`: the page lists the pages of one name.
    """

    title: Title
    there: bool
    target: str | None = None
    disambiguation: bool = False


@dataclass(frozen=True)
class Saved:
    """What a wiki answered to a save.

    `old_revid` is the revision that the wiki really replaced: where it is not the base that
    was sent, the wiki merged our edit with someone else's. `unchanged` is a null edit.
    """

    title: Title
    pageid: int
    old_revid: int
    new_revid: int
    unchanged: bool = False


def canonical(text: str) -> str:
    """Return text as MediaWiki would keep it: NFC, LF line ends, no blanks at the end.

    Two texts that differ only so are the same page; the end is trimmed as PHP's rtrim does
    (a no-break space stays). Source: MediaWiki, TextContent::normalizeLineEndings.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return lines.rstrip(" \t\n\r\0\x0b")
