"""What became of the writes of a sync that was killed, told before anything is decided.

A write that came about is what both sides agreed upon, even where somebody has taken it back
since: then it is theirs that counts, and it is not written once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wikibot.actions.sync import Base, Entry, Link, Side
from wikibot.store import Journal
from wikibot.store.links import Intent, Links


@dataclass(frozen=True)
class Recovered:
    """The links as they really are; `changed` are those to be written down, with their intents.

    `over` are the intents that came to nothing; `open` of what nobody knows yet are the pages
    and keys, to be left alone.
    """

    links: tuple[Link, ...]
    changed: Mapping[str, tuple[int, ...]]
    over: tuple[int, ...]
    open: frozenset[str]


def recovered(
    links: Iterable[Link], intents: Iterable[Intent], tracker: Side, folder: Path, wikiid: str
) -> Recovered:
    """Return the links with what killed syncs have written. Nothing is written down here."""
    by_page = {link.page: link for link in links}
    items = {entry.key: entry for entry in tracker.entries}
    changed: dict[str, tuple[int, ...]] = {}
    over: list[int] = []
    open_: set[str] = set()
    waiting = list(intents)
    wiki_ends = _ends([i for i in waiting if i.side == "wiki"], folder, wikiid)
    for intent in waiting:
        if intent.side == "wiki":
            page = wiki_ends[intent.id]
        else:
            page = _in_tracker(intent, items, tracker)
        if page is None:
            open_ |= {intent.page, intent.key} - {""}
        elif not page:
            over.append(intent.id)
        else:
            key = intent.key or _key_of(intent, items)
            known = by_page.get(page) or Link(page, key, intent.name)
            fields = dict(intent.fields)
            if intent.side == "tracker":
                fields = _surely(intent, known, items.get(key))
            by_page[page] = replace(known, base={**known.base, **fields})
            changed[page] = (*changed.get(page, ()), intent.id)
    return Recovered(tuple(by_page.values()), changed, tuple(over), frozenset(open_))


def _ends(intents: list[Intent], folder: Path, wikiid: str) -> dict[int, str | None]:
    """Return for each write to the wiki the page id, "" where it came to nothing, None: unknown."""
    if not intents or not Journal.exists(folder):
        return {intent.id: "" for intent in intents}
    found: dict[int, str | None] = {}
    with Journal.open(folder, wikiid) as journal:
        unsettled = {(left.title, left.run_id) for left in journal.unsettled()}
        plans = {run.id: run.plan_id for run in journal.runs()} if unsettled else {}
        doubtful = {(title, plans.get(run_id)) for title, run_id in unsettled}
        for intent in intents:
            done = journal.done_before(intent.plan, intent.title)
            if done is not None:
                found[intent.id] = f"{done.pageid}"
            else:
                found[intent.id] = None if (intent.title, intent.plan) in doubtful else ""
    return found


def _in_tracker(intent: Intent, items: Mapping[str, Entry], tracker: Side) -> str | None:
    """Return as `_ends` for a write to the tracker: its stamp is on what it has written."""
    if intent.key:
        item = items.get(intent.key)
        if item is None and not tracker.complete:
            return None
        return intent.page if item is not None and item.stamp == intent.plan else ""
    if _key_of(intent, items):
        return intent.page
    return "" if tracker.complete else None


def _surely(intent: Intent, known: Link, item: Entry | None) -> dict[str, Base]:
    """Return the fields of a write to the tracker of which it is sure what became of them.

    They hold what was sent, or again what was there before. What else they hold is a person's or
    the tracker's own way of writing it: nobody can tell, and it will be a conflict.
    """
    there = item.values if item is not None else {}
    return {
        name: pair
        for name, pair in intent.fields.items()
        if there.get(name) == pair[1]
        or (name in known.base and there.get(name) == known.base[name][1])
    }


def _key_of(intent: Intent, items: Mapping[str, Entry]) -> str:
    found = [e for e in items.values() if e.page == intent.page and e.stamp == intent.plan]
    return found[0].key if len(found) == 1 else ""


def write_down(links: Links, found: Recovered) -> None:
    """Write down what was recovered."""
    by_page = {link.page: link for link in found.links}
    for page, ids in found.changed.items():
        links.keep(by_page[page], ids)
    if found.over:
        links.settle(found.over)
