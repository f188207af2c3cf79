"""What of a text no reader of its page sees as wikitext: comments, and what stands in `<nowiki>`.

Source: MediaWiki, Help:Formatting (nowiki, pre), Help:Templates (includeonly); the other elements
are those of extensions that read what stands within in their own way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from wikibot.wikitext.syntax import Syntax

_ALWAYS = frozenset(("nowiki", "pre", "includeonly"))
_OF_EXTENSIONS = frozenset(
    (
        "ce",
        "chem",
        "graph",
        "hiero",
        "inputbox",
        "mapframe",
        "maplink",
        "math",
        "score",
        "source",
        "syntaxhighlight",
        "templatedata",
        "timeline",
    )
)


def blanked(text: str, syntax: Syntax) -> str:
    """Return the text, each place where it was, with blanks for what is no wikitext there.

    An element that is never closed is none, save `<includeonly>`, which goes to the end.
    """
    if "<" not in text:
        return text
    opening, closings = _patterns(syntax.extension_tags)
    pieces: list[str] = []
    at = done = 0
    unclosed: set[str] = set()
    while found := opening.search(text, at):
        start = found.start()
        if found[1] is None:
            close = text.find("-->", found.end())
            end = len(text) if close < 0 else close + 3
        else:
            name = found[1].lower()
            begun = text.find(">", found.end()) + 1
            if not begun:
                break
            at = begun
            if text[begun - 2] == "/" or name in unclosed:
                continue
            closing = closings[name].search(text, begun)
            if closing is None and name != "includeonly":
                unclosed.add(name)  # looked for once: time grows linearly with the text
                continue
            end = closing.end() if closing else len(text)
        pieces += (text[done:start], " " * (end - start))
        at = done = end
    return "".join((*pieces, text[done:]))


@lru_cache(maxsize=32)
def _patterns(tags: frozenset[str]) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    names = sorted(_ALWAYS | (_OF_EXTENSIONS & tags))
    flags = re.IGNORECASE | re.ASCII
    opening = re.compile(rf"<!--|<({'|'.join(names)})(?=[\s/>])", flags)
    return opening, {name: re.compile(rf"</{name}\s*>", flags) for name in names}
