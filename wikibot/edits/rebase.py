"""Puts the changes of an edit onto a page as it is now: a three-way merge, field by field.

A change whose `old` still stands is written; one whose `new` stands already is done; any other
is a conflict: somebody changed that very field, and nothing of the page is written.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from wikibot import value
from wikibot.edits.change import Change, PageEdit
from wikibot.page import Page
from wikibot.wikitext import Syntax, Transclusion, remove_parameter, set_parameter, transclusions


@dataclass(frozen=True)
class Clash:
    """A change that cannot be made, and the wikitext that stands there instead of `old`.

    `found` is None where the call itself is not there (or no longer the only one meant).
    """

    change: Change
    found: str | None


@dataclass(frozen=True)
class Rebased:
    """The outcome: the new text, what it changes, what stood already, what clashes.

    With any clash `text` is the page's own, unchanged.
    """

    text: str
    written: tuple[Change, ...]
    standing: tuple[Change, ...]
    clashes: tuple[Clash, ...]


def rebase(page: Page, edit: PageEdit, syntax: Syntax) -> Rebased:
    """Return what the edit does to the page as it was just read.

    Raises:
        AmbiguousWikitext, UnsafeValue: a value cannot be spliced with certainty.
    """
    moved_on = page.revision.id != edit.base_revid
    written: list[Change] = []
    standing: list[Change] = []
    clashes: list[Clash] = []
    for change in edit.changes:
        calls = _calls(page.text, change.template, syntax)
        if change.index >= len(calls) or (moved_on and len(calls) > 1):
            clashes.append(Clash(change, None))
            continue
        found = _current(calls[change.index], change.parameter)
        if _same(found, change.new):
            standing.append(change)
        elif _same(found, change.old):
            written.append(change)
        else:
            clashes.append(Clash(change, found))
    text = page.text
    if not clashes:
        for change in written:
            text = _write(text, change, syntax)
    return Rebased(text, tuple(written), tuple(standing), tuple(clashes))


def stands(page: Page, change: Change, syntax: Syntax) -> bool:
    """Return whether the page holds what the change was to write."""
    calls = _calls(page.text, change.template, syntax)
    return change.index < len(calls) and _same(
        _current(calls[change.index], change.parameter), change.new
    )


def doubled(page: Page, change: Change, syntax: Syntax) -> bool:
    """Return whether the parameter of a change stands more than once in its call.

    So it may be where a wiki has merged two edits that both added it.
    """
    calls = _calls(page.text, change.template, syntax)
    if change.index >= len(calls):
        return False
    names = [argument.name for argument in calls[change.index].arguments]
    return names.count(change.parameter) > 1


def inverse(change: Change) -> Change:
    """Return the change that takes this one back."""
    return replace(change, old=change.new, new=change.old)


def _calls(text: str, template: str, syntax: Syntax) -> list[Transclusion]:
    """Return the calls of a template, by any name that the change's own normalises to."""
    name = syntax.namespaces.template_name(template)
    return [call for call in transclusions(text, syntax) if call.name == name]


def _current(call: Transclusion, parameter: str) -> str:
    found = call.parameters.get(parameter)
    return value.without_comments(found.value) if found else ""


def _same(found: str, wanted: str) -> bool:
    """Return whether a parameter holds a value; comments in it are no part of it."""
    wanted = value.without_comments(wanted)
    return unicodedata.normalize("NFC", found) == unicodedata.normalize("NFC", wanted)


def _write(text: str, change: Change, syntax: Syntax) -> str:
    call = _calls(text, change.template, syntax)[change.index]
    if change.new:
        return set_parameter(
            text, call, change.parameter, change.new, after=change.after, syntax=syntax
        )
    return remove_parameter(text, call, change.parameter, syntax=syntax)
