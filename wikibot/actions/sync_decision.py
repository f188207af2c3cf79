"""Decides what a sync of two sides comes to, item by item and field by field. Pure.

Each field is held against what both sides last agreed upon: the one that changed since is written
to the other; where both changed to different values, nothing is written. Nothing is ever deleted:
what is gone on one side is told. Sources: Unison's manual, its invariants; vdirsyncer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from wikibot.actions.sync import (
    Base,
    Choices,
    Entry,
    Kind,
    Link,
    Meeting,
    Rules,
    Side,
    Step,
    Verdict,
    Where,
)
from wikibot.actions.sync_values import Value, is_empty
from wikibot.language import Text
from wikibot.mapping import fold


def decide(
    wiki: Side,
    tracker: Side,
    links: Sequence[Link],
    rules: Rules,
    choices: Choices | None = None,
) -> tuple[Step, ...]:
    """Return what becomes of every action; the order of items on either side does not matter."""
    chosen = choices or {}
    twice = _repeated(wiki.entries), _repeated(tracker.entries)
    frozen = [*_frozen(wiki, "wiki", twice[0]), *_frozen(tracker, "tracker", twice[1])]
    pages = {entry.key: entry for entry in wiki.entries}
    items = {entry.key: entry for entry in tracker.entries}
    steps = [
        step
        for link in links
        if (step := _of_link(link, pages, items, wiki, tracker, twice, rules, chosen))
    ]
    known = {link.page for link in links}, {link.key for link in links}
    steps += [step for step in frozen if step.page not in known[0] and step.key not in known[1]]
    new_pages = [e for e in wiki.entries if e.key not in known[0] | twice[0] and not e.trouble]
    new_items = [e for e in tracker.entries if e.key not in known[1] | twice[1] and not e.trouble]
    if not tracker.writable:  # what has no id cannot be given one, and would be new each time
        nameless = [item for item in new_items if not item.claimed]
        steps += [Step("frozen", "", e.key, e.name, why=_NAMELESS) for e in nameless]
        new_items = [item for item in new_items if item.claimed]
    steps += _of_new(new_pages, new_items, known[0], wiki, tracker, rules, chosen)
    return tuple(sorted(steps, key=lambda step: (_as_number(step.page), step.key)))


def meet(
    name: str, base: Base | None, wiki: Value | None, tracker: Value | None, rules: Rules
) -> Meeting:
    """Return what one field comes to, by the table."""
    found = Meeting(name, "same", base, wiki, tracker)
    if wiki is None or tracker is None:
        return replace(found, verdict="unknown")
    by_wiki = base is None or wiki != base[0]
    by_tracker = base is None or tracker != base[1]
    if not by_wiki and not by_tracker:
        return found
    if wiki == tracker:
        return replace(found, verdict="agreed")
    if by_wiki and by_tracker:
        winner = rules.policies.get(name)
        if winner is None:
            return replace(found, verdict="conflict")
        return _win(replace(found, over=True), winner, rules)
    return _win(found, "wiki" if by_wiki else "tracker", rules)


def _win(found: Meeting, winner: Where, rules: Rules) -> Meeting:
    value = found.wiki if winner == "wiki" else found.tracker
    if is_empty(value) and found.field not in rules.clearable:
        return replace(found, verdict="cleared", over=False)
    return replace(found, verdict="to tracker" if winner == "wiki" else "to wiki")


def _meetings(
    page: Entry,
    item: Entry,
    base: Mapping[str, Base],
    sides: tuple[Side, Side],
    rules: Rules,
    chosen: Choices,
) -> tuple[Meeting, ...]:
    found = []
    for name in rules.fields:
        if name not in page.values or name not in item.values:
            continue
        met = meet(name, base.get(name), page.values[name], item.values[name], rules)
        if met.verdict == "unknown":
            side = page if met.wiki is None else item
            met = replace(met, why=side.unclear.get(name))
        choice = chosen.get((page.key, item.key, name))
        if choice and met.verdict in ("conflict", "cleared"):
            verdict: Verdict = "to tracker" if choice.winner == "wiki" else "to wiki"
            if (choice.wiki, choice.tracker) == (met.wiki, met.tracker):
                met = replace(met, verdict=verdict, over=True)
        target = {"to wiki": sides[0], "to tracker": sides[1]}.get(met.verdict)
        if target is not None and not target.writable:
            met = replace(met, verdict="read-only", over=False)
        found.append(met)
    return tuple(found)


def _of_link(
    link: Link,
    pages: Mapping[str, Entry],
    items: Mapping[str, Entry],
    wiki: Side,
    tracker: Side,
    twice: tuple[set[str], set[str]],
    rules: Rules,
    chosen: Choices,
) -> Step | None:
    page, item = pages.get(link.page), items.get(link.key)
    step = Step("linked", link.page, link.key, page.name if page else link.name, link=link)
    if (page is None and not wiki.complete) or (item is None and not tracker.complete):
        return None  # it may be there: nobody has seen the whole
    if page is None and item is None:
        return replace(step, kind="forget")
    if link.page in twice[0] or link.key in twice[1]:
        return replace(step, kind="frozen", why=_TWICE)
    trouble = (page and page.trouble) or (item and item.trouble)
    if trouble:
        return replace(step, kind="frozen", why=trouble)
    if page is None or item is None:
        return _gone(step, link, page, item, (wiki, tracker), rules)
    return replace(step, meetings=_meetings(page, item, link.base, (wiki, tracker), rules, chosen))


def _gone(
    step: Step,
    link: Link,
    page: Entry | None,
    item: Entry | None,
    sides: tuple[Side, Side],
    rules: Rules,
) -> Step | None:
    """Return what becomes of an action that is gone on one side: it is told, at most closed."""
    if link.left:
        return None
    kind: Kind = "gone from wiki" if page is None else "gone from tracker"
    there = item if page is None else page
    assert there is not None
    at = 1 if page is None else 0
    changed = any(
        name in link.base and value is not None and value != link.base[name][at]
        for name, value in there.values.items()
    )
    if changed:
        return replace(step, kind=kind, why=_CHANGED_SINCE)
    now, close = there.values.get("stage"), rules.close_gone
    if close is None or now is None or now == close or not sides[at].writable:
        return replace(step, kind=kind)
    base = link.base.get("stage")
    met = Meeting(
        "stage",
        "to tracker" if page is None else "to wiki",
        base,
        close if page is None else now,
        now if page is None else close,
    )
    return replace(step, kind=kind, meetings=(met,))


def _of_new(
    pages: Sequence[Entry],
    items: Sequence[Entry],
    linked: set[str],
    wiki: Side,
    tracker: Side,
    rules: Rules,
    chosen: Choices,
) -> list[Step]:
    """Return what becomes of what is not linked: the same on both sides, or new on one."""
    by_key = {entry.key: entry for entry in pages}
    claims = Counter(item.page for item in items if item.page)
    steps: list[Step] = []
    left_items: list[Entry] = []
    for item in items:
        page = by_key.get(item.page)
        if not item.page or item.page in linked:
            left_items.append(item)  # of a copy, the page is linked to what it was copied from
        elif claims[item.page] > 1:
            steps.append(Step("frozen", "", item.key, item.name, why=_TWICE))
        elif page is not None:
            steps.append(_adopted(page, item, (wiki, tracker), rules, chosen))
        elif wiki.complete:
            steps.append(Step("frozen", "", item.key, item.name, why=_PAGE_GONE))
    claimed = {item.page for item in tracker.entries} - linked
    left_pages = [page for page in pages if page.key not in claimed]
    names = Counter(map(_named, left_pages)), Counter(map(_named, left_items))
    by_name = {_named(page): page for page in left_pages}
    for item in left_items:
        name = _named(item)
        if not names[0][name] or not name:
            steps.append(_created(item, "wiki", wiki, tracker, rules))
        elif names[0][name] == names[1][name] == 1:
            steps.append(_adopted(by_name[name], item, (wiki, tracker), rules, chosen))
        else:
            steps.append(Step("frozen", "", item.key, item.name, why=_SEVERAL))
    for page in left_pages:
        name = _named(page)
        if not names[1][name] or not name:
            steps.append(_created(page, "tracker", wiki, tracker, rules))
        elif names[0][name] > 1 or names[1][name] > 1:
            steps.append(Step("frozen", page.key, "", page.name, why=_SEVERAL))
    return [step for step in steps if step.kind != "forget"]


def _adopted(
    page: Entry, item: Entry, sides: tuple[Side, Side], rules: Rules, chosen: Choices
) -> Step:
    meetings = _meetings(page, item, {}, sides, rules, chosen)
    return Step("adopt", page.key, item.key, page.name, meetings)


def _created(entry: Entry, where: Where, wiki: Side, tracker: Side, rules: Rules) -> Step:
    """Return the creation of an item on the side where it is missing, or why there is none."""
    page, key = (entry.key, "") if where == "tracker" else ("", entry.key)
    step = Step("frozen", page, key, entry.name)
    target = wiki if where == "wiki" else tracker
    if not entry.values.get("summary"):
        return replace(step, why=_NO_SUMMARY)
    if not (wiki.complete and tracker.complete):
        return replace(step, kind="forget")  # it may be there: nobody has seen the whole
    if where not in rules.create or not target.writable:
        return replace(step, why=_NOT_HERE if where == "wiki" else _NOT_THERE)
    if where == "tracker":
        return replace(step, kind="create on tracker", meetings=_all_of(entry, where, rules))
    return replace(step, kind="create on wiki", meetings=_all_of(entry, where, rules))


def _all_of(entry: Entry, where: Where, rules: Rules) -> tuple[Meeting, ...]:
    found = []
    for name in rules.fields:
        value = entry.values.get(name)
        if value is None:
            if name in entry.values:
                why = entry.unclear.get(name)
                found.append(Meeting(name, "unknown", None, None, None, why=why))
            continue
        if where == "wiki":
            found.append(Meeting(name, "to wiki", None, None, value))
        else:
            found.append(Meeting(name, "to tracker", None, value, None))
    return tuple(found)


def _frozen(side: Side, where: Where, twice: set[str]) -> list[Step]:
    found = {}
    for entry in sorted(side.entries, key=lambda each: each.name):
        why = _TWICE if entry.key in twice else entry.trouble
        if why:
            page, key = (entry.key, "") if where == "wiki" else ("", entry.key)
            found[entry.key] = Step("frozen", page, key, entry.name, why=why)
    return list(found.values())


def _repeated(entries: Iterable[Entry]) -> set[str]:
    return {key for key, number in Counter(entry.key for entry in entries).items() if number > 1}


def _named(entry: Entry) -> str:
    summary = entry.values.get("summary")
    return fold(summary) or summary if isinstance(summary, str) else ""


def _as_number(page: str) -> tuple[int, str]:
    return (int(page), "") if page.isdecimal() else (1 << 62, page)


_TWICE = Text(
    "Elle est deux fois du même côté, avec le même identifiant : rien n'est écrit. Supprimez la "
    "copie, ou videz son identifiant pour en faire une nouvelle action.",
    "It is there twice on one side, with one identifier: nothing is written. Delete the copy, or "
    "empty its identifier to make it a new action.",
)
_SEVERAL = Text(
    "Plusieurs actions portent ce résumé : impossible de dire laquelle est laquelle. Donnez-leur "
    "des résumés différents.",
    "Several actions bear this summary: nobody can tell which is which. Give them different "
    "summaries.",
)
_PAGE_GONE = Text(
    "Sa page n'est plus sur le wiki : elle n'y est pas recréée.",
    "Its page is no longer on the wiki: it is not created again.",
)
_CHANGED_SINCE = Text(
    "Elle a été modifiée depuis : elle est gardée telle quelle.",
    "It was changed since: it is kept as it is.",
)
_NO_SUMMARY = Text(
    "Elle n'a pas de résumé : donnez-lui-en un pour qu'elle soit reprise.",
    "It has no summary: give it one to have it taken over.",
)
_NAMELESS = Text(
    "Elle est nouvelle dans un suivi qui ne peut pas être modifié : elle n'est pas reprise.",
    "It is new in a tracker that cannot be written: it is not taken over.",
)
_NOT_HERE = Text(
    "Elle n'est pas sur le wiki, et n'y est pas créée.",
    "It is not on the wiki, and is not created there.",
)
_NOT_THERE = Text(
    "Elle n'est pas dans le suivi, et n'y est pas créée.",
    "It is not in the tracker, and is not created there.",
)
