"""Values as wikitext that reads as the value and does nothing: no link, no template, no table.

For wikitext that the bot writes as a whole. A value that goes into a parameter of a template is
for `value.encode`, which leaves more of it as people type it.
"""

from __future__ import annotations

import re

# Marks of direction (CVE-2021-42574), and what no page may hold.
_DROPPED = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_BLANK = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
# What MediaWiki reads as markup (Help:Formatting, Help:Links, Help:Tables, Help:Magic words). RFC,
# PMID and ISBN make links of their own where the wiki has not turned that off (Help:Magic links).
_MARKUP = re.compile(
    r"[&<>\[\]{}|=~\\]"
    r"|(?<=_)_|_(?=_)|(?<=')'|'(?=')|^'|'\Z|(?<=!)!|!(?=!)"
    r"|^[-+!*#:; _]"
    r"|(?<=[A-Za-z0-9]):(?=\S)"  # an address
    r"|(?<=[Nn:/]):|^/|(?<=/)/|/(?=/)"
    r"|\b[RPI](?=(?:FC|MID|SBN)\s)"
)
_NO_TITLE = re.compile(r"[\[\]{}|<>#\x00-\x1f\x7f\ufffd]|~~~|__")


def inert(text: str) -> str:
    """Return one line of wikitext that a reader sees as `text`, wherever in a line it stands.

    It may stand in a cell of a table, in a heading, in the label of a link, between apostrophes.
    Blanks are joined, marks of direction dropped.
    """
    line = _BLANK.sub(" ", _DROPPED.sub("", text)).strip()
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", line)


def page_link(title: str, label: str = "") -> str:
    """Return a link to a page, be it a category or a file, with an inert label.

    Where that cannot be a title, the label alone.
    """
    shown = inert(label or title)
    if not title.strip() or _NO_TITLE.search(title):
        return shown
    target = re.sub(r"'(?=')", lambda found: f"&#{ord(found[0])};", title.strip().lstrip(":"))
    return f"[[:{target}|{shown}]]"
