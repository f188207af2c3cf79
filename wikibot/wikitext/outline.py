"""The outline of a text: what the preprocessor steps over is blanked out, every place stays.

Comments, and tags with all that they hold, are stepped over wherever they stand: MediaWiki looks
for them first, whatever is open, and what is in them neither opens nor closes anything outside.
Links (and headings, where asked for) are blanked out if nothing in them can open or end but they
themselves: then they are opened and closed at once, and neither bars nor equals signs in them
are those of a call around them.
"""

from __future__ import annotations

import re

HIDDEN = "\x01"  # stands for each character blanked out

_MARKS_IGNORED = ("noinclude", "/noinclude", "onlyinclude", "/onlyinclude")
_MAY_STAY_OPEN = frozenset(("includeonly", "noinclude", "onlyinclude"))
_BLANKS = " \t"
# `*+` never goes back. Of `[[[` the first bracket is text; what closes in a heading does not count.
_PLAIN_LINK = re.compile(r"(\[\[[^\[\]{}\n]*+\]\])")
_PLAIN_HEADING = re.compile(r"(\n==[^\[{\n]*+)(?=\n)")


class Outlines:
    """Outlines texts of a wiki with these extension tags; keeps nothing of a text."""

    def __init__(self, tags: frozenset[str]) -> None:
        """Prepare the expressions that tell where a tag or a comment begins, and its end."""
        elements = sorted({*tags, "includeonly", *_MARKS_IGNORED}, key=lambda t: (-len(t), t))
        names = "|".join(map(re.escape, elements))
        flags = re.IGNORECASE | re.ASCII
        self._opening = re.compile(rf"<(?:!--|({names})(?=[ \t\n\r\f\v]|/>|>))", flags).match
        self._closing = {
            t: re.compile(rf"</{re.escape(t)}[ \t\n\r\f\v]*>", flags).search for t in elements
        }

    def of(self, text: str) -> tuple[str, list[tuple[int, int]]]:
        """Return the outline of a text, and its comments with the blanks they take along."""
        comments: list[tuple[int, int]] = []
        here = text.find("<")
        if here >= 0:
            pieces: list[str] = []
            never: set[str] = set()
            done = 0
            while here >= 0:
                at = here + 1
                if match := self._opening(text, here):
                    if match[1]:
                        at = self._tag_end(text, match, never)
                    else:
                        at = _comment_end(text, here, comments)
                    pieces += (text[done:here], HIDDEN * (at - here))
                    done = at
                here = text.find("<", at)
            text = "".join((*pieces, text[done:]))
        if first_link(text, 0, len(text)) >= 0:
            pieces = _PLAIN_LINK.split(text)
            pieces[1::2] = [HIDDEN * len(link) for link in pieces[1::2]]
            text = "".join(pieces)
        return text, comments

    def _tag_end(self, text: str, opening: re.Match[str], never: set[str]) -> int:
        """Return where an extension tag with its content ends, or a mark of inclusion.

        `never` remembers what does not come any more in this text: `>`, or the end of a tag.
        """
        end = -1 if ">" in never else text.find(">", opening.end())
        if end < 0:
            never.add(">")
            return opening.start() + 1
        name = opening[1]
        lower = name.lower()
        if lower in _MARKS_IGNORED or text[end - 1] == "/":
            return end + 1
        if lower not in never:
            if close := self._closing[lower](text, end + 1):
                return close.end()
            never.add(lower)
        return len(text) if name in _MAY_STAY_OPEN else end + 1


def first_link(text: str, at: int, end: int) -> int:
    """Return where two brackets open next, or -1; most pages have few single ones."""
    here = text.find("[", at, end)
    while here >= 0 and not text.startswith("[", here + 1):
        here = text.find("[", here + 1, end)
    return here


def without_headings(outline: str) -> str:
    """Return an outline with the plain headings blanked out too, but not the newlines around them.

    Two equals signs at the start of a line open a heading whatever it stands in, and a heading
    goes to the end of its line, whatever closes there.
    """
    pieces = _PLAIN_HEADING.split(outline)
    pieces[1::2] = [f"\n{HIDDEN * (len(heading) - 1)}" for heading in pieces[1::2]]
    return "".join(pieces)


def _comment_end(text: str, here: int, comments: list[tuple[int, int]]) -> int:
    """Return where a comment ends, and remember it; one alone on its line takes the line along.

    The newline at the end of that line stays: a heading may follow.
    """
    end = text.find("-->", here + 4) + 3
    if end < 3:
        comments.append((here, len(text)))
        return len(text)
    start = here
    while start and text[start - 1] in _BLANKS:
        start -= 1
    if start and text[start - 1] == "\n":  # the first of the line, which may have several
        stop = _skip_blanks(text, end)
        while text.startswith("<!--", stop):
            further = text.find("-->", stop + 4)
            if further < 0:
                break
            stop = _skip_blanks(text, further + 3)
        if text.startswith("\n", stop):
            comments.append((start, stop + 1))
            return stop
    comments.append((here, end))
    return end


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at
