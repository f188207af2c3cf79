"""What of a template or form counts where it is used: inclusion marks, comments, raw text.

Source: MediaWiki, Help:Templates (Control template inclusion). Each search goes through the
text once, also where marks are never closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = (re.compile(r"<!--"), re.compile(r"-->"))
_RAW_TAGS = ("nowiki", "pre", "templatedata", "syntaxhighlight", "source")


def used(text: str) -> str:
    """Return what stands on a page that uses the template or form."""
    bare = _without(text, *_COMMENT)
    for tag in _RAW_TAGS:
        bare = _without(bare, *_tag(tag))
    only = list(within(bare, "onlyinclude"))
    if only:
        bare = "".join(only)
    return _marks_gone("includeonly", _without(bare, *_tag("noinclude")))


def without_comments(text: str) -> str:
    """Return a text without its comments."""
    return _without(text, *_COMMENT)


def within(text: str, tag: str) -> Iterator[str]:
    """Yield what stands between `<tag>` and `</tag>`, each time."""
    opening, closing = _tag(tag)
    at = 0
    while begin := opening.search(text, at):
        end = closing.search(text, begin.end())
        if end is None:
            return
        yield text[begin.end() : end.start()]
        at = end.end()


def redirect_target(text: str) -> str | None:
    """Return the title that a redirect leads to, or None where the text is no redirect.

    Source: MediaWiki, Help:Redirects; the magic word in French and English.
    """
    found = _REDIRECT.match(text)
    return found[1].strip() if found else None


_REDIRECT = re.compile(r"\s*#(?:REDIRECT|REDIRECTION)\s*:?\s*\[\[:?([^\]|#\n]+)", re.I)


def _tag(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    opening = re.compile(rf"<{name}(?=[\s>])[^<>/]*>", re.I)
    return opening, re.compile(rf"</{name}\s*>", re.I)


def _without(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """Return a text without what stands between marks; what is never closed goes to the end."""
    kept: list[str] = []
    at = 0
    while begin := opening.search(text, at):
        kept.append(text[at : begin.start()])
        end = closing.search(text, begin.end())
        if end is None:
            return "".join(kept)
        at = end.end()
    return "".join((*kept, text[at:]))


def _marks_gone(tag: str, text: str) -> str:
    return re.sub(rf"</?{tag}\s*/?>", "", text, flags=re.I)
