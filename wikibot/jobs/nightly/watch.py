"""What all parts of a night share: one deadline, one number of edits, and who said stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from wikibot.errors import SafetyStop
from wikibot.jobs.manners import Manners
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text, counted
from wikibot.night import Outcome, Part


class Watch:
    """The clock and the purse of one night; `manners` are those of any run."""

    def __init__(self, manners: Manners, minutes: float, edits: int, around: Surroundings) -> None:
        """Begin the night now."""
        self._manners = manners
        self._around = around
        self._minutes = minutes
        self._edits = edits
        self.started = around.now()
        self.edits_left = edits
        self.halted = False

    @property
    def minutes_left(self) -> float:
        """Return the minutes until no further part begins."""
        end = self.started + timedelta(minutes=self._minutes)
        return (end - self._around.now()).total_seconds() / 60

    def closed(self, part: Part) -> Outcome | None:
        """Return why a part is not begun any more, or None. The report is always made."""
        if part.job == "report":
            return None
        if self.minutes_left <= 0:
            minutes = counted(round(self._minutes), *_MINUTES)
            need = Text(
                f"Le temps de la nuit ({minutes.fr}) est passé : {_LATE.fr}.",
                f"The time of the night ({minutes.en}) is over: {_LATE.en}.",
            )
            return Outcome("not-run", SafetyStop.exit_code, (), (need,), "deadline")
        if self.halted and writes(part):
            return Outcome("not-run", code="halted")
        return None

    def heard(self, outcome: Outcome) -> None:
        """Take note of how a part ended: its edits are spent."""
        self.edits_left = max(0, self.edits_left - outcome.edits)
        self.halted = self.halted or outcome.halts

    def manners(self) -> Manners:
        """Return how the next run behaves, with what is left of the night."""
        usual = self._manners
        minutes, edits = max(0.1, round(self.minutes_left, 1)), self.edits_left
        if usual.deadline_minutes is not None:
            minutes = min(minutes, usual.deadline_minutes)
        if usual.edits_per_run is not None:
            edits = min(edits, usual.edits_per_run)
        return replace(usual, deadline_minutes=minutes, edits_per_run=edits)

    def afford(self, edits: int) -> None:
        """Let a plan be written whose edits the night can still afford.

        Raises:
            SafetyStop: it cannot; no part of the plan is written.
        """
        if edits <= self.edits_left:
            return
        pages, left = counted(edits, *_PAGES), counted(self.edits_left, *_EDITS)
        raise SafetyStop(
            Text(
                f"{pages.fr} à modifier, et il ne reste à la nuit que {left.fr} sur {self._edits} "
                "(edits_per_night).",
                f"{pages.en} to change, and of its {self._edits} edits the night has {left.en} "
                "left (edits_per_night).",
            ),
            None,
            "edits-per-night",
        )


def writes(part: Part) -> bool:
    """Return whether a part may write to the wiki."""
    return part.job in ("fix", "sync") or part.what in ("page", "actions")


_LATE = Text("ce qui manque attend la nuit suivante", "what is missing waits for the next one")
_PAGES = (Text("page", "page"), Text("pages", "pages"))
_MINUTES = (Text("minute", "minute"), Text("minutes", "minutes"))
_EDITS = (Text("modification", "edit"), Text("modifications", "edits"))
