"""Writes one parameter of one call by replacing a span of the text, and proves the result.

Nothing is ever printed back from a tree: the new text is the old one with one span changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wikibot.value import BLANKS
from wikibot.wikitext.proof import COMMENT, Splice, core_span, no_name, prove
from wikibot.wikitext.syntax import FRENCH_WIKI, Syntax
from wikibot.wikitext.transclusion import Parameter, Transclusion

NOT_IN_NAMES = re.compile(r"[|=\n{}\[\]<>]|^[ \t]|[ \t]\Z|\A\Z")


def set_parameter(
    text: str,
    call: Transclusion,
    name: str,
    value: str,
    *,
    after: Sequence[str] = (),
    syntax: Syntax = FRENCH_WIKI,
) -> str:
    """Return `text` with the parameter `name` of `call` holding the wikitext `value`.

    Of duplicates the last, which is the one that counts, is written. Blanks and comments around
    the old value stay; a comment in its midst goes behind the new one. An absent parameter is
    added behind the last of the parameters `after` that is there (before all others where none
    of them is; at the end where `after` is empty), in the layout of its neighbours; a call
    without any gets the layout that Page Forms writes.
    `value` is trimmed, as a template would read it.

    Raises:
        UnsafeValue: the value or the name would change more than this parameter.
        AmbiguousWikitext: the place cannot be read with certainty; nothing may be written.
    """
    value = value.strip(BLANKS)
    found = call.parameters.get(name)
    if found is not None:
        splice = _replaced(text, found, value)
        if text[splice.start : splice.end] == value:
            return text
    else:
        if NOT_IN_NAMES.search(name):
            raise no_name(name)
        splice = _added(text, call, name, value, after)
    return prove(text, call, splice, name, value, syntax)


def remove_parameter(
    text: str, call: Transclusion, name: str, *, syntax: Syntax = FRENCH_WIKI
) -> str:
    """Return `text` without the parameter `name` of `call`: absent and empty are the same.

    Where taking it out would bring back an earlier duplicate, move positional parameters or
    lose a comment, its value is emptied instead.

    Raises:
        AmbiguousWikitext: the place cannot be read with certainty; nothing may be written.
    """
    found = call.parameters.get(name)
    if found is None:
        return text
    twins = sum(argument.name == name for argument in call.arguments)
    if twins > 1 or found.positional or "<!--" in text[slice(*found.part)]:
        splice = _replaced(text, found, "")
    else:
        splice = _removed(text, call, found)
    return prove(text, call, splice, name, "", syntax)


def _replaced(text: str, found: Parameter, value: str) -> Splice:
    """Return the splice that puts a value in the place of another.

    A comment in the midst of the old value is somebody's note: it goes behind the new one.
    """
    start, end = core_span(text, found)
    notes = [note for note in COMMENT.findall(text[start:end]) if note not in value]
    return Splice(start, end, " ".join((value, *notes)))


def _added(text: str, call: Transclusion, name: str, value: str, after: Sequence[str]) -> Splice:
    """Return the splice that adds a named parameter where and how its neighbours are."""
    named = [argument for argument in call.arguments if not argument.positional]
    if not named:
        end = call.span[1] - 2
        newline = "" if text[end - 1] == "\n" or call.arguments else "\n"
        return Splice(end, end, f"{newline}|{name}={value}\n")
    before = set(after)
    behind = [argument for argument in named if argument.name in before]
    neighbour = behind[-1] if behind else named[0] if after else call.arguments[-1]
    new = _written_like(text, neighbour if not neighbour.positional else named[-1], named, name)
    new += value
    end = neighbour.part[1]
    if after and not behind:
        start = neighbour.part[0]
        gap = _gap_before(text, call, neighbour)
        if len(call.arguments) > 1 and not neighbour.positional:
            gap = _blanks_before(text, end)
        return Splice(start, start, f"{new}{gap}|")
    if neighbour.positional:  # its blanks are part of its value
        return Splice(end, end, f"|{new}")
    if neighbour is call.arguments[-1]:
        at = end - len(_blanks_before(text, end))
        return Splice(at, at, f"{_gap_before(text, call, neighbour)}|{new}")
    return Splice(end, end, f"|{new}{_blanks_before(text, end)}")


def _removed(text: str, call: Transclusion, found: Parameter) -> Splice:
    """Return the splice that takes a whole argument out; what `_added` added, exactly."""
    start, end = found.part[0] - 1, found.part[1]
    index = call.arguments.index(found)
    if index == len(call.arguments) - 1 and not (index and call.arguments[index - 1].positional):
        start -= len(_blanks_before(text, start))
        end -= len(_blanks_before(text, end))
    return Splice(start, end, "")


def _written_like(text: str, neighbour: Parameter, named: Sequence[Parameter], name: str) -> str:
    """Return `name=` with the blanks that the neighbour has, in the column of the others."""
    lead = _blanks_after(text, neighbour.part[0], BLANKS)
    right = _blanks_after(text, neighbour.span[0], " \t")
    paddings = [_blanks_before(text, argument.span[0] - 1) for argument in named]
    left = min(paddings, key=len)
    columns = {len(n.name) + len(padding) for n, padding in zip(named, paddings, strict=True)}
    if left and len(columns) == 1 and len({len(argument.name) for argument in named}) > 1:
        left = " " * max(1, columns.pop() - len(name))
    return f"{lead}{name}{left}={right}"


def _gap_before(text: str, call: Transclusion, argument: Parameter) -> str:
    """Return the blanks before the bar of an argument, "" where they are a value's own."""
    index = call.arguments.index(argument)
    if index and call.arguments[index - 1].positional:
        return ""
    return _blanks_before(text, argument.part[0] - 1)


def _blanks_after(text: str, start: int, blanks: str) -> str:
    end = start
    while text[end] in blanks:
        end += 1
    return text[start:end]


def _blanks_before(text: str, end: int) -> str:
    start = end
    while start and text[start - 1] in BLANKS:
        start -= 1
    return text[start:end]
