"""sync: reads both sides, decides, and writes the wiki first, then the tracker.

What is about to be written is written down before, by field and by both values; what both sides
surely hold is written down after. A run that is cut off anywhere is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from wikibot.actions import sync_values
from wikibot.actions.sync import Choices, Entry, Link, Rules, Side, Step
from wikibot.actions.sync_decision import decide
from wikibot.actions.sync_guards import Alarm, alarms
from wikibot.actions.sync_values import ROLES, normal
from wikibot.edits import Item
from wikibot.errors import ConfigError
from wikibot.jobs.apply import apply
from wikibot.jobs.manners import USUAL, Manners
from wikibot.jobs.planning import make_plan
from wikibot.jobs.state import run_lock, state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.sync.pages import WikiSide
from wikibot.jobs.sync.recovery import recovered, write_down
from wikibot.jobs.sync.report import Synced
from wikibot.jobs.sync.writing import Means, Writing
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.store import Journal
from wikibot.store.links import Links
from wikibot.trackers import Tracker
from wikibot.wiki import Wiki


def sync_actions(
    name: str,
    wiki: Wiki,
    tracker: Tracker,
    mapping: Mapping,
    rules: Rules,
    *,
    apply_now: bool = False,
    state: Path | None = None,
    choices: Choices | None = None,
    leave: Collection[tuple[str, str]] = (),
    again: Collection[tuple[str, str]] = (),
    allow: Collection[str] = (),
    manners: Manners = USUAL,
    told: Callable[[Item], None] = lambda item: None,
    reading: Wiki | None = None,
    around: Surroundings = REAL,
) -> Synced:
    """Sync the actions of a wiki with a tracker; without `apply_now` only say what would happen.

    `choices` settle conflicts, each for the two values that a person has seen; `leave` are the
    pages and keys of actions that are gone on one side and stay so, `again` those that are gone
    from the tracker and are to be made there again. `allow` names guards that a person lifts:
    "empty", "vanished", "mass", "fields". `reading` is a copy of the wiki, of just now, where its
    actions are read instead; what is written goes to the wiki itself.

    Raises:
        ConfigError: neither side can be written, or the state cannot be used.
        InputError: a side cannot be read or understood; the mapping has no board.
        Unavailable, AccessError: a server does not answer, or not to us.
        LockHeld: another sync of this tracker is at work.
        SafetyStop: a plan with more edits than a run may make.
    """
    folder = state_folder(wiki, state)
    if not apply_now:
        return _looked(name, wiki, tracker, mapping, rules, folder, choices, allow, reading or wiki)
    with run_lock(folder / "sync" / name):
        if wiki.writable and Journal.exists(folder):  # what became of a run that was killed
            apply(make_plan(wiki, [], around), wiki, state=state, manners=manners, around=around)
        with Links.open(folder, wiki.wikiid, name) as links:
            seen = _read(wiki, tracker, mapping, links, reading or wiki)
            found = recovered(links.all(), links.intents(), seen.items, folder, wiki.wikiid)
            write_down(links, found)
            known = tuple(_but_again(links, found.links, seen, again))
            steps, alarmed = _decided(seen, known, rules, choices, allow, found.open)
            report = Synced(name, tracker.place, steps, alarmed, seen.complete, True)
            if alarmed:
                return report
            _leave(links, known, leave)
            means = Means(
                wiki, tracker, seen.pages, seen.items, links, around, manners, state, told
            )
            return Writing(means).write(f"actions sync {name}", report)


@dataclass(frozen=True)
class _Seen:
    """Both sides as they were read, and the fields that both have."""

    wiki: Side
    items: Side
    pages: WikiSide
    fields: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Return whether all of both sides was seen."""
        return self.wiki.complete and self.items.complete


def _looked(
    name: str,
    wiki: Wiki,
    tracker: Tracker,
    mapping: Mapping,
    rules: Rules,
    folder: Path,
    choices: Choices | None,
    allow: Collection[str],
    reading: Wiki,
) -> Synced:
    """Return what a sync would do. Nothing is written, not even a state."""
    if not Links.exists(folder):
        seen = _read(wiki, tracker, mapping, None, reading)
        steps, alarmed = _decided(seen, (), rules, choices, allow, frozenset())
    else:
        with Links.open(folder, wiki.wikiid, name) as links:
            seen = _read(wiki, tracker, mapping, links, reading)
            found = recovered(links.all(), links.intents(), seen.items, folder, wiki.wikiid)
            steps, alarmed = _decided(seen, found.links, rules, choices, allow, found.open)
    return Synced(name, tracker.place, steps, alarmed, seen.complete)


def _read(
    wiki: Wiki, tracker: Tracker, mapping: Mapping, links: Links | None, reading: Wiki
) -> _Seen:
    linked = {link.page for link in links.all()} if links else set()
    if links:
        linked |= {intent.page for intent in links.intents()} - {""}
    items = tracker.read()
    pages = WikiSide(wiki, mapping).read(linked, reading)
    if not (pages.side.writable or items.writable):
        raise ConfigError(
            Text(
                f"Ni {wiki.place} ni {tracker.place} ne peuvent être modifiés : il n'y a rien à "
                "synchroniser.",
                f"Neither {wiki.place} nor {tracker.place} can be written: there is nothing to "
                "sync.",
            ),
            Text("Choisissez un wiki ou un suivi modifiable.", "Choose one that can be written."),
        )
    return _Seen(
        pages.side,
        _understood(items, pages),
        pages,
        tuple(role for role in ROLES if role in tracker.fields and pages.field_of(role)),
    )


def _understood(items: Side, pages: WikiSide) -> Side:
    """Return the items with their values as both sides mean them; stages are those of the board."""
    spaces = pages.wiki.syntax.namespaces
    stages = ", ".join(pages.stages)

    def understood(entry: Entry) -> Entry:
        values, unclear = {}, dict(entry.unclear)
        for role, value in entry.values.items():
            values[role] = found = normal(role, value, spaces)
            if role == "stage" and isinstance(found, str) and found:
                values[role] = pages.stage_meant(found)
                unclear[role] = _NO_STAGE.format(found=found, stages=stages)
            elif role == "labels" and isinstance(found, tuple):
                bare = {sync_values.bare_label(label, pages.board) for label in found}
                values[role] = tuple(sorted(bare))
            elif found is None and value is not None:
                unclear[role] = _NO_DAY.format(found=value)
        return replace(entry, values=values, unclear=unclear)

    return replace(items, entries=tuple(map(understood, items.entries)))


def _decided(
    seen: _Seen,
    links: tuple[Link, ...],
    rules: Rules,
    choices: Choices | None,
    allow: Collection[str],
    open_: frozenset[str],
) -> tuple[tuple[Step, ...], tuple[Alarm, ...]]:
    rules = replace(rules, fields=tuple(f for f in rules.fields if f in seen.fields))
    steps = tuple(
        replace(step, kind="frozen", meetings=(), why=_OPEN)
        if {step.page, step.key} & open_
        else step
        for step in decide(seen.wiki, seen.items, links, rules, choices)
    )
    alarmed = alarms(seen.wiki, seen.items, links, steps, rules.fields)
    return steps, tuple(alarm for alarm in alarmed if alarm.code not in allow)


def _but_again(
    links: Links, known: tuple[Link, ...], seen: _Seen, again: Collection[tuple[str, str]]
) -> Iterator[Link]:
    """Yield the links but for those of items that are gone and are to be made again."""
    there = {entry.key for entry in seen.items.entries}
    for link in known:
        if (link.page, link.key) in again and link.key not in there and seen.items.complete:
            links.forget(link)
        else:
            yield link


def _leave(links: Links, known: tuple[Link, ...], leave: Collection[tuple[str, str]]) -> None:
    for link in known:
        if (link.page, link.key) in leave and not link.left:
            links.keep(replace(link, left=True))


_NO_STAGE = Text(
    "le suivi a « {found} » ; écrivez l'un de : {stages}",
    "the tracker has “{found}”; write one of: {stages}",
)
_NO_DAY = Text(
    "le suivi a « {found} », qui n'est pas un jour sûr : écrivez année-mois-jour",
    "the tracker has “{found}”, which is no sure day: write year-month-day",
)
_OPEN = Text(
    "On ne sait pas encore si son dernier enregistrement a abouti : rien n'y est écrit.",
    "Nobody knows yet whether its last save came about: nothing is written to it.",
)
