"""A night: what was done, part by part, how each part ended, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from wikibot.language import Text

State = Literal["done", "preview", "skipped", "failed", "not-run"]

# The gravest first. Source: the contract of exit codes (8 > 6 > 4 > 5 > 3); a fault of ours, a
# wrong configuration and a lock stand between what nobody may overlook and what passes by itself.
_GRAVEST = (8, 6, 4, 1, 2, 7, 5, 3, 0)


@dataclass(frozen=True)
class Part:
    """A part of a night: a job, and which of several (a tracker, "files", "page", "actions")."""

    job: str
    what: str = ""


@dataclass(frozen=True)
class Outcome:
    """How one part ended.

    `lines` say what was done, `needs` what a person has to look at: numbers, rules, names of the
    configuration; no value, no title, no person. `code` is the short name of what kept it from
    being done. `edits` are those of the wiki, `runs` the ids to take them back by. With `halts`,
    the wiki itself says that nothing more may be written to it. `mark` is what the next night
    knows the same content by. `rules` are the findings of a check, by rule and severity.
    """

    state: State = "done"
    exit_code: int = 0
    lines: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()
    code: str = ""
    edits: int = 0
    runs: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    halts: bool = False
    mark: str = ""
    rules: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """A part, how it ended, and the seconds that it took."""

    part: Part
    outcome: Outcome
    seconds: float = 0.0


@dataclass(frozen=True)
class Night:
    """A whole night, in UTC; `requests` are those to the wiki.

    `wikiid` is "" where the wiki was never reached. `dry`: nothing was written anywhere.
    `signal` is the exit code of the signal that ended it, or 0.
    """

    wikiid: str
    place: str
    started: datetime
    ended: datetime
    parts: tuple[Done, ...]
    requests: int = 0
    dry: bool = False
    signal: int = 0

    @property
    def exit_code(self) -> int:
        """Return the gravest code of all parts; a signal's own where one ended the night."""
        return self.signal or gravest(done.outcome.exit_code for done in self.parts)

    @property
    def edits(self) -> int:
        """Return how many edits were made on the wiki."""
        return sum(done.outcome.edits for done in self.parts)

    @property
    def needs(self) -> tuple[Text, ...]:
        """Return what waits for a person, in the order of the parts."""
        return tuple(need for done in self.parts for need in done.outcome.needs)

    @property
    def troubled(self) -> bool:
        """Return whether anything but the findings of the check waits for a person."""
        codes = ((done.part.job, done.outcome.exit_code) for done in self.parts)
        return bool(self.signal) or any(code and (job, code) != ("check", 3) for job, code in codes)


def gravest(codes: Iterable[int]) -> int:
    """Return the code that is told of several."""
    return min(codes, key=lambda code: (*_GRAVEST, code).index(code), default=0)


def name_of(part: Part) -> Text:
    """Return what a part is called in a report."""
    return _NAMES[part.job, "" if part.job == "sync" else part.what].format(what=part.what)


_NAMES = {
    ("pull", ""): Text("Copie", "Copy"),
    ("check", ""): Text("Relevé", "Check"),
    ("fix", ""): Text("Corrections", "Fixes"),
    ("sync", ""): Text("Suivi « {what} »", "Tracker “{what}”"),
    ("overview", "files"): Text("Aperçu", "Overview"),
    ("overview", "page"): Text("Aperçu sur le wiki", "Overview on the wiki"),
    ("overview", "actions"): Text("Actions sur le wiki", "Actions on the wiki"),
    ("purge", ""): Text("Effacé de cette machine", "Removed from this machine"),
    ("report", ""): Text("Rapport", "Report"),
}
