"""What stands above a line of a plan: headings, phases with their dates, the heads of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wikibot.actions.prose_dates import Period, light, period_of
from wikibot.actions.prose_summary import COLON, ENDS, PARENTHESES, cut
from wikibot.actions.prose_tasks import State, is_aside, state_of, without_state

PHASE, BOLD, LIST = 7, 8, 9  # levels; 1 to 6 are headings, behind 9 come items that have items
_TITLE = 60  # characters
_PHASE = re.compile(
    r"(?:(?:phase|etape|lot|volet|axe|annee|tranche|jalon|sprint|periode|chantier|temps) ?"
    r"(?:n ?[°o] ?)?\d+|(?:1ere|premiere|2e|2eme|deuxieme|seconde|3e|troisieme|derniere)"
    r" (?:phase|etape|annee|tranche|periode))\b"
)


@dataclass(frozen=True)
class Section:
    """A heading, or what stands for one: its period, and what it says of all that is below it."""

    level: int
    title: str
    period: Period | None = None
    state: State = ""
    aside: bool = False


@dataclass
class Sections:
    """The sections that are open where the reading is, the innermost one last."""

    open: list[Section] = field(default_factory=list)

    def enter(self, section: Section) -> None:
        """Open a section; those of its level and below are closed."""
        self.leave(section.level)
        self.open.append(section)

    def leave(self, level: int) -> None:
        """Close the sections of a level and below."""
        while self.open and self.open[-1].level >= level:
            self.open.pop()

    @property
    def period(self) -> Period | None:
        """Return the period that what stands here falls in."""
        return next((s.period for s in reversed(self.open) if s.period), None)

    @property
    def period_title(self) -> str:
        """Return the title of the section whose period that is."""
        return next((s.title for s in reversed(self.open) if s.period), "")

    @property
    def title(self) -> str:
        """Return the title of the innermost section, "" for none."""
        return self.open[-1].title if self.open else ""

    @property
    def aside(self) -> bool:
        """Return whether what stands here asks for nothing."""
        return any(section.aside for section in self.open)

    @property
    def state(self) -> State:
        """Return how far the sections say that things are."""
        return next((s.state for s in reversed(self.open) if s.state), "")


def section(level: int, title: str) -> Section:
    """Return the section that a line begins."""
    bare = title.strip(ENDS)
    bare, state = (bare, state_of(bare)) if state_of(bare) else without_state(bare)
    aside = is_aside(bare, heading=True) and not state
    if begins_phase(bare):
        bare = COLON.split(bare, maxsplit=1)[0]
    bare = PARENTHESES.sub(lambda m: "" if period_of(m[1]) else m[0], bare)
    named = cut(bare.strip(ENDS) or title, _TITLE)
    return Section(level, named, period_of(title), state, aside)


def begins_phase(text: str) -> bool:
    """Return whether a line begins with the name of a phase: «Phase 2», «Première étape»."""
    return _PHASE.match(light(text)) is not None
