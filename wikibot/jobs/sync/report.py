"""What a sync would do, or did, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.actions.sync import Step
from wikibot.actions.sync_guards import Alarm
from wikibot.edits import Item, Run
from wikibot.language import Text
from wikibot.trackers import Written

_PERSON, _SAFETY, _UNKNOWN = 3, 6, 8


@dataclass(frozen=True)
class Refused:
    """Why the write of a step was not made or did not succeed."""

    step: Step
    where: str
    why: Text
    unknown: bool = False


@dataclass(frozen=True)
class Synced:
    """One sync of the tracker `name` at `place`; without `applied` it is a preview.

    `steps` are in the order of pages. `run` is what was written to the wiki, `written` to the
    tracker, `refused` what could not be. `complete`: the whole tracker was seen.
    """

    name: str
    place: str
    steps: tuple[Step, ...]
    alarms: tuple[Alarm, ...] = ()
    complete: bool = True
    applied: bool = False
    run: Run | None = None
    written: tuple[Written, ...] = ()
    refused: tuple[Refused, ...] = ()
    stopped: Text | None = None
    stop_code: int = 0

    @property
    def to_wiki(self) -> int:
        """Return how many pages are to be written."""
        return sum(
            step.kind == "create on wiki"
            or (step.kind != "create on tracker" and bool(step.fields("to wiki")))
            for step in self.steps
        )

    @property
    def to_tracker(self) -> int:
        """Return how many items are to be written."""
        return sum(
            step.kind == "create on tracker"
            or (step.kind != "create on wiki" and bool(step.fields("to tracker")))
            for step in self.steps
        )

    @property
    def to_look_at(self) -> tuple[Step, ...]:
        """Return the steps that a person has to look at."""
        return tuple(step for step in self.steps if step.needs_person)

    @property
    def exit_code(self) -> int:
        """Return the code of the contract; a preview that would write ends with 3."""
        if self.alarms:
            return _SAFETY
        if any(refused.unknown for refused in self.refused):
            return _UNKNOWN
        if self.run is not None and self.run.stop_code:
            return self.run.exit_code
        if self.stop_code:
            return self.stop_code
        open_ = not self.applied and (self.to_wiki or self.to_tracker)
        person = self.to_look_at or self.refused or not self.complete or open_
        return _PERSON if person else 0


def failed(item: Item) -> bool:
    """Return whether the edit of a page did not come about."""
    return item.state not in ("done", "noop")
