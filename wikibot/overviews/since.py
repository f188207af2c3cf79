"""What has changed between two states of a wiki: pages, fields, counts, actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from wikibot.actions.action import is_done, tracker
from wikibot.language import Text, day
from wikibot.mapping import Mapping, PageType
from wikibot.mapping.overview import Overview
from wikibot.overviews.collection import Collection
from wikibot.overviews.completeness import completeness
from wikibot.overviews.settings import settings_of
from wikibot.overviews.taken import Kept, KeptAction, Taken, keeps_value
from wikibot.overviews.values import Block, Column, Figure, Figures, Row, Section, Table

MOST_CHANGES = 2000  # rows

Key = tuple[int, str, int]  # page id, page type, index of the call


def since(collection: Collection) -> Section | None:
    """Return what has changed since `collection.before`; None where there is no earlier state."""
    if collection.before is None:
        return None
    return changes(collection.before, taken_of(collection), collection.mapping)


def taken_of(collection: Collection) -> Taken:
    """Return the state of a collection, small and without persons."""
    mapping = collection.mapping
    shown = {page_type.id: page_type for page_type in _shown(mapping)}
    kept_fields = {
        page_type.id: frozenset(f.id for f in page_type.fields if keeps_value(f, mapping))
        for page_type in shown.values()
    }
    members = tuple(
        Kept(
            pageid=member.pageid,
            title=member.title,
            page_type=member.page_type,
            index=member.index,
            revid=member.revid,
            values={k: v for k, v in member.values.items() if k in kept_fields[member.page_type]},
            digests=dict(member.digests),
        )
        for member in collection.members
        if member.page_type in shown
    )
    found, known = tracker(mapping), collection.tracked
    actions: tuple[KeptAction, ...] = ()
    if found and known:
        actions = tuple(
            KeptAction(action.pageid, str(action.title), is_done(action, found[1]))
            for action in known.actions
        )
    return Taken(
        day=collection.today,
        moment=collection.as_of.astimezone(UTC),
        mapping=mapping.id,
        members=members,
        actions=actions,
    )


def changes(before: Taken, after: Taken, mapping: Mapping) -> Section:
    """Return what has changed from one state to a later one, page types in the mapping's order."""
    types = {page_type.id: page_type for page_type in _shown(mapping)}
    then = {_key(each): each for each in before.members if each.page_type in types}
    now = {_key(each): each for each in after.members if each.page_type in types}
    old_pages, new_pages = _pages(then), _pages(now)
    renamed = {
        pageid: (old_pages[pageid].title, new_pages[pageid].title)
        for pageid in old_pages.keys() & new_pages.keys()
        if old_pages[pageid].title != new_pages[pageid].title
    }
    made = [new_pages[pageid] for pageid in new_pages.keys() - old_pages.keys()]
    gone = [old_pages[pageid] for pageid in old_pages.keys() - new_pages.keys()]
    rows = tuple(_field_changes(then, now, types))
    changed = {row[0] for row in rows}
    figures = Figures(
        "since_figures",
        (
            Figure("new", Text("Nouvelles pages", "New pages"), len(made)),
            Figure("gone", Text("Pages disparues", "Pages gone"), len(gone)),
            Figure("renamed", Text("Pages renommées", "Pages renamed"), len(renamed)),
            Figure("changed", _PAGES_CHANGED, len(changed)),
            Figure("changes", Text("Champs modifiés", "Fields changed"), len(rows)),
        ),
    )
    blocks: list[Block] = [figures, _then_and_now(then, now, types)]
    blocks += _listed("pages_new", _NEW, made, types)
    blocks += _listed("pages_gone", _GONE, gone, types)
    blocks += _renamed(renamed)
    blocks += _changed(rows)
    blocks += _actions(before.actions, after.actions)
    heading = _HEADING.format(day=day(before.day))
    intro = _INTRO.format(then=day(before.day), now=day(after.day))
    return Section("since", heading, tuple(blocks), intro)


def _shown(mapping: Mapping) -> tuple[PageType, ...]:
    """Return the page types of which a state keeps anything: not persons, not actions."""
    nothing = Overview()
    return tuple(each for each in mapping.page_types if settings_of(each, mapping) != nothing)


def _key(member: Kept) -> Key:
    return member.pageid, member.page_type, member.index


def _pages(members: dict[Key, Kept]) -> dict[int, Kept]:
    """Return page id → its first entry."""
    return {key[0]: members[key] for key in sorted(members, reverse=True)}


def _field_changes(
    then: dict[Key, Kept], now: dict[Key, Kept], types: dict[str, PageType]
) -> Iterator[Row]:
    for key in sorted(then.keys() & now.keys(), key=lambda k: (now[k].title, k)):
        old, new = then[key], now[key]
        if old.values == new.values and old.digests == new.digests:
            continue
        for field in types[key[1]].fields:
            if field.id in old.digests.keys() & new.values or (
                field.id in old.values.keys() & new.digests
            ):
                continue  # its kind is another since: what was kept cannot be compared
            removed, added = _difference(old.values.get(field.id), new.values.get(field.id))
            text = old.digests.get(field.id) != new.digests.get(field.id)
            if not (removed or added or text):
                continue
            what = _TEXT_CHANGED if text else _CHANGED
            if field.id not in old.filled:
                what = _FILLED
            elif field.id not in new.filled:
                what = _EMPTIED
            yield new.title, types[key[1]].label.text, field.label.text, what, removed, added


def _difference(
    old: tuple[str, ...] | None, new: tuple[str, ...] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    was, is_ = old or (), new or ()
    return tuple(v for v in was if v not in is_), tuple(v for v in is_ if v not in was)


def _then_and_now(then: dict[Key, Kept], now: dict[Key, Kept], types: dict[str, PageType]) -> Table:
    rows: list[Row] = []
    for page_type in types.values():
        old = [each for each in then.values() if each.page_type == page_type.id]
        new = [each for each in now.values() if each.page_type == page_type.id]
        if old or new:
            before, after = len({m.pageid for m in old}), len({m.pageid for m in new})
            label = page_type.label.text
            means = _mean(old, page_type), _mean(new, page_type)
            rows.append((label, before, after, after - before, *means))
    columns = (
        Column("type", Text("Type de page", "Page type"), "text"),
        Column("pages_then", Text("Pages avant", "Pages before"), "number"),
        Column("pages_now", Text("Pages maintenant", "Pages now"), "number"),
        Column("more", Text("Écart", "Difference"), "number"),
        Column("complete_then", Text("Complétude avant", "Completeness before"), "share"),
        Column("complete_now", Text("Complétude maintenant", "Completeness now"), "share"),
    )
    return Table("then_and_now", _THEN_AND_NOW, columns, tuple(rows), note=_COMPLETE)


def _mean(members: list[Kept], page_type: PageType) -> float | None:
    if not members:
        return None
    return sum(completeness(page_type, each.filled) for each in members) / len(members)


def _listed(
    table_id: str, label: Text, pages: list[Kept], types: dict[str, PageType]
) -> Iterator[Table]:
    if pages:
        columns = (
            Column("page", Text("Page", "Page"), "page"),
            Column("type", Text("Type de page", "Page type"), "text"),
        )
        ordered = sorted(pages, key=lambda each: each.title)
        rows = tuple((each.title, types[each.page_type].label.text) for each in ordered)
        yield Table(table_id, label, columns, rows)


def _renamed(renamed: dict[int, tuple[str, str]]) -> Iterator[Table]:
    if renamed:
        columns = (
            Column("page", Text("Page", "Page"), "page"),
            Column("before", Text("Ancien titre", "Old title"), "text"),
        )
        rows = tuple((new, old) for old, new in sorted(renamed.values(), key=lambda t: t[1]))
        yield Table("pages_renamed", _RENAMED, columns, rows)


def _changed(rows: tuple[Row, ...]) -> Iterator[Table]:
    if rows:
        columns = (
            Column("page", Text("Page", "Page"), "page"),
            Column("type", Text("Type de page", "Page type"), "text"),
            Column("field", Text("Champ", "Field"), "text"),
            Column("what", Text("Ce qui a changé", "What has changed"), "text"),
            Column("removed", Text("Retiré", "Removed"), "words"),
            Column("added", Text("Ajouté", "Added"), "words"),
        )
        cut = _CUT.format(kept=MOST_CHANGES) if len(rows) > MOST_CHANGES else None
        yield Table("fields_changed", _FIELDS, columns, rows[:MOST_CHANGES], note=cut)


def _actions(before: tuple[KeptAction, ...], after: tuple[KeptAction, ...]) -> Iterator[Table]:
    """Yield the actions that came, were done, were taken up again or went."""
    then = {each.pageid: each for each in before}
    now = {each.pageid: each for each in after}
    told: list[tuple[str, Text]] = []
    for pageid in then.keys() | now.keys():
        old, new = then.get(pageid), now.get(pageid)
        if new is None and old is not None:
            told.append((old.title, _ACTION_GONE))
        elif new is not None and old is None:
            told.append((new.title, _ACTION_NEW_DONE if new.done else _ACTION_NEW))
        elif new is not None and old is not None and new.done != old.done:
            told.append((new.title, _ACTION_DONE if new.done else _ACTION_AGAIN))
    if told:
        columns = (
            Column("action", Text("Action", "Action"), "page"),
            Column("what", Text("Ce qui a changé", "What has changed"), "text"),
        )
        told.sort(key=lambda each: (len(each[0]), each[0]))
        yield Table("actions_changed", _ACTIONS, columns, tuple(told))


_HEADING = Text("Ce qui a changé depuis le {day}", "What has changed since {day}")
_INTRO = Text(
    "L'état du {then} comparé à celui du {now}.", "The state of {then} compared with that of {now}."
)
_PAGES_CHANGED = Text("Pages dont un champ a changé", "Pages with a field changed")
_THEN_AND_NOW = Text("Avant et maintenant", "Before and now")
_COMPLETE = Text(
    "La complétude est la part des champs attendus qui sont remplis, en moyenne.",
    "Completeness is the share of expected fields that are filled, on average.",
)
_NEW = Text("Les nouvelles pages", "The new pages")
_GONE = Text("Les pages qui ne sont plus là", "The pages that are no longer there")
_RENAMED = Text("Les pages renommées", "The pages renamed")
_FIELDS = Text("Les champs modifiés", "The fields changed")
_CUT = Text("Le tableau s'arrête à {kept} changements.", "The table ends after {kept} changes.")
_CHANGED = Text("valeur modifiée", "value changed")
_TEXT_CHANGED = Text("texte modifié", "text changed")
_FILLED = Text("rempli", "filled")
_EMPTIED = Text("vidé", "emptied")
_ACTIONS = Text("Les actions", "The actions")
_ACTION_NEW = Text("nouvelle", "new")
_ACTION_NEW_DONE = Text("nouvelle et déjà faite", "new and done already")
_ACTION_DONE = Text("faite ou close", "done or closed")
_ACTION_AGAIN = Text("reprise", "taken up again")
_ACTION_GONE = Text("disparue", "gone")
