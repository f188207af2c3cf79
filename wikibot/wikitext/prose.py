"""The words of a text that stand outside of its known templates, without the marks around them.

For looking words up, not for writing anything: what is left is near to what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wikibot.title import CATEGORY
from wikibot.value import decode, without_comments
from wikibot.wikitext.syntax import FRENCH_WIKI, Syntax
from wikibot.wikitext.transclusion import Transclusion

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"\[\[([^\[\]]*)\]\]")
_ADDRESSED = re.compile(r"\[(?:https?:)?//[^\s\[\]]+ *([^\[\]]*)\]")
_MARKS = re.compile(
    r"'{2,}|\{\{+|\}\}+|^=+|=+[ \t]*$|^[*#:;]+|^\{\||^\|[-}+]?|^!|\|\||__[A-Z]+__", re.M
)


def prose_of(
    text: str,
    known: Iterable[tuple[int, int]],
    others: Sequence[Transclusion],
    syntax: Syntax = FRENCH_WIKI,
) -> str:
    """Return the words of a text as one line.

    `known` are the spans, none within another, that are read elsewhere and left out; `others` are
    calls of which the arguments count but not their names, and nothing of a parser function. Both
    come in the order of their starts.
    """
    pieces: list[str] = []
    done = 0
    for start, end in known:
        pieces += (text[done:start], " " * (end - start))
        done = end
    text = "".join((*pieces, text[done:]))
    pieces.clear()
    done = 0
    for call in others:
        start, end = call.span
        if start < done:
            continue  # within another
        pieces.append(text[done:start])
        if not call.name.startswith("#") and ":" not in call.name:
            pieces += (text[slice(*argument.span)] for argument in call.arguments)
        done = end
    return _bare(" ".join((*pieces, text[done:])), syntax)


def _bare(text: str, syntax: Syntax) -> str:
    def label(link: re.Match[str]) -> str:
        target, _, shown = link[1].partition("|")
        if syntax.namespaces.split(target)[0] == CATEGORY and not target.lstrip().startswith(":"):
            return " "
        return shown.rpartition("|")[2] or target.strip(" :").rpartition("::")[2]

    text = _TAG.sub(" ", without_comments(text))
    text = _LINK.sub(label, text)
    text = _MARKS.sub(" ", _ADDRESSED.sub(r"\1", text))
    return " ".join(decode(text).split())
