"""Puts the changes of an edit onto a page as it is now: a three-way merge, field by field.

A change whose `old` still stands is written; one whose `new` stands already is done; any other
is a conflict: somebody changed that very field, and nothing of the page is written.

A value that moves to another name stands where the new name holds `new` and the old one is
empty; it is to be written where the old name holds `old` and the new one is empty, or holds
`old` as well. Nothing but these two names is touched.

A region of the bot is one piece: what a person wrote inside it is a conflict as well.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from wikibot import value
from wikibot.edits.change import Change, PageEdit, Place
from wikibot.edits.regions import (
    made_of,
    region_in,
    region_stands,
    trouble_with,
    write_region,
)
from wikibot.page import Page
from wikibot.wikitext import (
    Syntax,
    Transclusion,
    remove_parameter,
    rename_parameter,
    set_parameter,
    transclusions,
)

_ORDINARY = 20_000  # characters of a page, up to which what comes of it is remembered


@dataclass(frozen=True)
class Clash:
    """A change that cannot be made, and the wikitext `found` instead of what was `expected`.

    `parameter` is the name under which it was found: of a value that moves, one of two. `found`
    is None where the call itself is not there (or no longer the only one meant). Of a region,
    `trouble` is what is the matter with it, as `edits.regions` names it.
    """

    change: Change
    found: str | None
    parameter: str = ""
    expected: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Rebased:
    """The outcome: the new text, what it changes, what stood already, what clashes.

    With any clash `text` is the page's own, unchanged. `made` says for each change of `written`
    what it comes to on this page: itself, or, where a value stood under both names already,
    that one of them goes. It is what a journal needs to know, to take exactly that back.
    """

    text: str
    written: tuple[Change, ...]
    standing: tuple[Change, ...]
    clashes: tuple[Clash, ...]
    made: tuple[tuple[Change, ...], ...] = ()


def rebase(page: Page, edit: PageEdit, syntax: Syntax) -> Rebased:
    """Return what the edit does to the page as it was just read.

    Where a plan is applied at once, each page is asked for again as it was: what comes of an
    ordinary page is remembered, for as many as a run may write.

    Raises:
        AmbiguousWikitext, UnsafeValue: a value cannot be spliced with certainty.
    """
    moved_on = page.revision.id != edit.base_revid
    do = _remembered if len(page.text) <= _ORDINARY else _rebased
    return do(page.text, moved_on, edit.changes, syntax)


def _rebased(text: str, moved_on: bool, changes: tuple[Change, ...], syntax: Syntax) -> Rebased:
    written: list[Change] = []
    standing: list[Change] = []
    clashes: list[Clash] = []
    made: list[tuple[Change, ...]] = []
    taken: set[Place] = set()
    for change in changes:
        if change.region:
            there = region_in(text, change, syntax)
            if region_stands(text, change, syntax):
                standing.append(change)
            elif trouble := trouble_with(there, change):
                found = there.content if there else None
                clashes.append(Clash(change, found, change.region, change.old, trouble))
            else:
                written.append(change)
                made.append((made_of(there, change),))
            continue
        calls = _calls(text, change.template, syntax)
        if change.index >= len(calls) or (moved_on and len(calls) > 1):
            clashes.append(Clash(change, None))
            continue
        call = calls[change.index]
        places = {(call.name, change.index, name) for _, _, name in change.places}
        clash = _clash(call, change)
        if not taken.isdisjoint(places):  # what one change writes, another must not write over
            found = _current(call, change.parameter)
            clashes.append(Clash(change, found, change.parameter, change.old))
        elif _stands(call, change):
            standing.append(change)
        elif clash is None:
            written.append(change)
            made.append(_steps(call, change))
        else:
            clashes.append(clash)
        taken |= places
    if not clashes:
        for step in (step for steps in made for step in steps):
            text = _write(text, step, syntax)
    return Rebased(text, tuple(written), tuple(standing), tuple(clashes), tuple(made))


_remembered = lru_cache(maxsize=512)(_rebased)


def stands(page: Page, change: Change, syntax: Syntax) -> bool:
    """Return whether the page holds what the change was to write."""
    if change.region:
        return region_stands(page.text, change, syntax)
    calls = _calls(page.text, change.template, syntax)
    return change.index < len(calls) and _stands(calls[change.index], change)


def doubled(page: Page, change: Change, syntax: Syntax) -> bool:
    """Return whether the parameter of a change stands more than once in its call.

    So it may be where a wiki has merged two edits that both added it.
    """
    if change.region:
        there = region_in(page.text, change, syntax)
        return there is not None and there.trouble == "twice"
    calls = _calls(page.text, change.template, syntax)
    if change.index >= len(calls):
        return False
    names = [argument.name for argument in calls[change.index].arguments]
    return names.count(change.parameter) > 1


def inverse(change: Change) -> Change:
    """Return the change that takes this one back."""
    back = replace(change, old=change.new, new=change.old)
    if change.renamed_from:
        back = replace(back, parameter=change.renamed_from, renamed_from=change.parameter)
    return back


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


def _stands(call: Transclusion, change: Change) -> bool:
    if change.renamed_from and _current(call, change.renamed_from):
        return False
    return _same(_current(call, change.parameter), change.new)


def _clash(call: Transclusion, change: Change) -> Clash | None:
    """Return what is in the way of a change that does not stand yet, None: nothing."""
    here = _current(call, change.parameter)
    if not change.renamed_from:
        found = Clash(change, here, change.parameter, change.old)
        return None if _same(here, change.old) else found
    there = _current(call, change.renamed_from)
    if here and not _same(here, change.old):
        return Clash(change, here, change.parameter, "")
    if not _same(there, change.old):
        return Clash(change, there, change.renamed_from, change.old)
    return None


def _steps(call: Transclusion, change: Change) -> tuple[Change, ...]:
    """Return what a change comes to: a value that stands under both names needs no moving."""
    if not change.renamed_from or not _current(call, change.parameter):
        return (change,)
    gone = replace(change, parameter=change.renamed_from, new="", renamed_from="")
    kept = replace(change, renamed_from="")
    return (gone,) if _same(change.old, change.new) else (gone, kept)


def _write(text: str, change: Change, syntax: Syntax) -> str:
    if change.region:
        return write_region(text, change, syntax)
    call = _calls(text, change.template, syntax)[change.index]
    if change.renamed_from:
        text = rename_parameter(text, call, change.renamed_from, change.parameter, syntax=syntax)
        if _same(change.old, change.new):
            return text
        call = _calls(text, change.template, syntax)[change.index]
    if change.new:
        return set_parameter(
            text, call, change.parameter, change.new, after=change.after, syntax=syntax
        )
    return remove_parameter(text, call, change.parameter, syntax=syntax)
