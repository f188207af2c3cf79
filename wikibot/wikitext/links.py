"""The links of a text to other pages of its wiki, and the categories it puts its page into.

Read as MediaWiki reads them (Parser::handleInternalLinks2): a label ends at the next `]]` and holds
no further `[[`, save that of a file. What stands in comments and `<nowiki>` is no link; what a
template makes of its parameters is not seen. Links to sections of the page itself do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from wikibot.errors import InvalidTitle
from wikibot.title import CATEGORY, FILE, MAIN, Title
from wikibot.value import decode
from wikibot.wikitext.hidden import blanked
from wikibot.wikitext.syntax import FRENCH_WIKI, Syntax

# Brackets are taken two by two from the left: in `[[[Title]]]` there is no link.
_LINK = re.compile(r"\[\[(?:([^\[\]{}|<>\n]+)(\||\]\]))?")


class WikiLink(NamedTuple):
    """A link: which title it names, where it begins in the text.

    `category`: it puts its page into that category, and is no link to read.
    """

    title: Title
    start: int
    category: bool = False


def links_of(text: str, syntax: Syntax = FRENCH_WIKI) -> Iterator[WikiLink]:
    """Yield the links of a text in the order in which they stand there.

    Of an annotation of Semantic MediaWiki (`[[Property::Title]]`) it is the value that is named.
    What the wiki takes for another wiki (`[[w:Title]]`) is not known here: it is a title as any.
    """
    if "[[" not in text:
        return
    bare = blanked(text, syntax)
    last = bare.rfind("]]")
    for found in _LINK.finditer(bare):
        title = _title(found[1], syntax) if found[1] else None
        if title is None:
            continue
        plain = not found[1].lstrip(" _").startswith(":")
        if found[2] == "|" and not _ends(bare, found.end()):
            nests = plain and title.namespace == FILE  # its caption may hold links
            if not nests or last < found.end():
                continue
        yield WikiLink(title, found.start(), plain and title.namespace == CATEGORY)


def _ends(text: str, at: int) -> bool:
    """Return whether a label that begins here ends before another link begins."""
    following = text.find("[[", at)
    return text.find("]]", at, len(text) if following < 0 else following) >= 0


def _title(written: str, syntax: Syntax) -> Title | None:
    """Return the title that a link names, or None."""
    if "://" in written:
        return None
    name = unquote(written) if "%" in written else written
    name = decode(name) if "&" in name else name
    if "::" in name.lstrip(" _:"):
        name = name.rpartition("::")[2]
    try:
        title = syntax.namespaces.parse(name)
    except InvalidTitle:
        return None
    if title.namespace != MAIN or not title.name.startswith(("/", "../")):  # pages below this one
        return title if title.namespace >= 0 else None
    return None
