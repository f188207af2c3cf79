"""Proves that a splice changed one parameter of one call, or its name, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.language import Text
from wikibot.value import BLANKS
from wikibot.wikitext.agreement import other_parser_agrees
from wikibot.wikitext.syntax import Syntax
from wikibot.wikitext.transclusion import Parameter, Transclusion, call_at, transclusions

COMMENT = re.compile(r"<!--.*?-->", re.S)


@dataclass(frozen=True)
class Splice:
    """Replace `text[start:end]` by `new`."""

    start: int
    end: int
    new: str

    def on(self, text: str) -> str:
        """Return the text with this span replaced."""
        return text[: self.start] + self.new + text[self.end :]


def core_span(text: str, parameter: Parameter) -> tuple[int, int]:
    """Return the span of a value without the comments and blanks before and after it.

    Of an empty value: the place behind the blanks of its first line, before any comment.
    """
    start, end = parameter.span
    inner = text[start:end]
    left, right = 0, len(inner)
    comments = [m.span() for m in COMMENT.finditer(inner)] if "<!--" in inner else []
    for opened, closed in comments:
        if inner[left:opened].strip(BLANKS):
            break
        left = closed
    for opened, closed in reversed(comments):
        if opened < left or inner[closed:right].strip(BLANKS):
            break
        right = opened
    middle = inner[left:right]
    if not middle.strip(BLANKS):
        at = start + len(inner) - len(inner.lstrip(" \t"))
        return at, at
    left += len(middle) - len(middle.lstrip(BLANKS))
    right -= len(middle) - len(middle.rstrip(BLANKS))
    return start + left, start + right


def prove(
    text: str, call: Transclusion, splice: Splice, name: str, value: str, syntax: Syntax
) -> str:
    """Return the spliced text, once it is certain that only the one parameter changed.

    Every call outside the replaced span begins, divides and ends where it did; the parameter
    reads as exactly `value` ("" = empty or gone); a second parser, mwparserfromhell, reads the
    same parameters before and after.

    Raises:
        UnsafeValue: the value would change the page beyond its own field.
        AmbiguousWikitext: the parsers read the call differently.
    """
    before = _read(text, call, syntax)
    new = splice.on(text)
    after = transclusions(new, syntax)
    found = call_at(after, call.span[0])
    if (
        found is None
        or found.name != call.name
        or not _same_elsewhere(before, after, call, splice)
        or not _same_arguments(call, found, name)
        or not _holds(new, found.parameters.get(name), value)
        or not reads_alike(new, found)
    ):
        shown = value if len(value) <= 60 else value[:57] + "…"
        raise UnsafeValue(
            Text(
                f"« {shown} » ne peut pas être écrit : d'autres endroits de la page changeraient.",
                f"“{shown}” cannot be written: it would change other places of the page.",
            ),
            Text(
                "Refermez chaque lien, modèle ou balise de la valeur ; une barre | s'écrit {{!}}.",
                "Close every link, template or tag of the value; a bar | is written {{!}}.",
            ),
        )
    return new


def prove_renamed(
    text: str, call: Transclusion, splice: Splice, renamed: Parameter, name: str, syntax: Syntax
) -> str:
    """Return the spliced text, once it is certain that only the one name changed.

    Every call, this one too, begins, divides and ends where it did; every argument has the
    name and the value it had, but that `renamed` is called `name`; a second parser,
    mwparserfromhell, reads the same before and after.

    Raises:
        UnsafeValue: the name would change the page beyond itself.
        AmbiguousWikitext: the parsers read the call differently.
    """
    before = _read(text, call, syntax)
    new = splice.on(text)
    after = transclusions(new, syntax)
    found = call_at(after, call.span[0])
    shift = len(splice.new) - (splice.end - splice.start)
    expected = tuple((name if a is renamed else a.name, a.value) for a in call.arguments)
    if (
        found is None
        or found.name != call.name
        or _arguments(found) != expected
        or [_places(c, splice.end, shift) for c in before] != [c.places for c in after]
        or not reads_alike(new, found)
    ):
        raise no_name(name)
    return new


def no_name(name: str) -> UnsafeValue:
    """Return the error of a name that no parameter can have."""
    return UnsafeValue(
        Text(
            f"« {name} » ne peut pas être le nom d'un paramètre.",
            f"“{name}” cannot be the name of a parameter.",
        )
    )


def _read(text: str, call: Transclusion, syntax: Syntax) -> tuple[Transclusion, ...]:
    """Return the calls of a text where one is to be changed.

    Raises:
        ValueError: the call is not one of this text.
        AmbiguousWikitext: the parsers read it differently.
    """
    found = transclusions(text, syntax)
    here = call_at(found, call.span[0])
    if here is None or here.span != call.span or _arguments(here) != _arguments(call):
        raise ValueError("the call is not one of this text")
    if not reads_alike(text, call):
        raise AmbiguousWikitext(
            Text(
                f"L'appel {{{{{call.name}}}}} se lit de deux façons : il n'a pas été touché.",
                f"The call {{{{{call.name}}}}} reads in two ways: ambiguous wikitext, not touched.",
            ),
            Text(
                "Cherchez dans la page une balise, un lien ou des accolades jamais refermés.",
                "Look in the page for a tag, a link or braces that are never closed.",
            ),
        )
    return found


def reads_alike(text: str, call: Transclusion) -> bool:
    """Return whether mwparserfromhell reads the same arguments in a call."""
    return other_parser_agrees(text[slice(*call.span)], _arguments(call))


def _arguments(call: Transclusion) -> tuple[tuple[str, str], ...]:
    return tuple((argument.name, argument.value) for argument in call.arguments)


def _same_elsewhere(
    before: Iterable[Transclusion],
    after: Iterable[Transclusion],
    call: Transclusion,
    splice: Splice,
) -> bool:
    """Return whether all calls but this one, and those inside the span, are where they were."""
    gone, come = (splice.start, splice.end), (splice.start, splice.start + len(splice.new))
    shift = len(splice.new) - (splice.end - splice.start)
    here = call.span[0]
    expected = {
        _places(c, splice.end, shift) for c in before if c.span[0] != here and not _within(c, gone)
    }
    return expected == {c.places for c in after if c.span[0] != here and not _within(c, come)}


def _within(call: Transclusion, span: tuple[int, int]) -> bool:
    start, end = call.span
    return span[0] <= start and end <= span[1]


def _places(call: Transclusion, end: int, shift: int) -> tuple[int, ...]:
    """Return all positions of a call once what stands from `end` on is shifted."""
    if call.span[1] <= end:
        return call.places
    return tuple(p + shift if p >= end else p for p in call.places)


def _same_arguments(before: Transclusion, after: Transclusion, name: str) -> bool:
    """Return whether only the argument of that name (its last one) changed, came or went."""
    old, new = list(_arguments(before)), list(_arguments(after))
    for arguments in (old, new):
        last = max((i for i, (n, _) in enumerate(arguments) if n == name), default=None)
        if last is not None:
            del arguments[last]
    return old == new


def _holds(text: str, parameter: Parameter | None, value: str) -> bool:
    if parameter is None:
        return not value
    return value in (parameter.value, text[slice(*core_span(text, parameter))])
