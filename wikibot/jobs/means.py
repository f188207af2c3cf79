"""What the edits of one run share."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.edits import LedgerRow
from wikibot.jobs.guards import Guards
from wikibot.jobs.manners import Manners
from wikibot.jobs.pacing import Pace
from wikibot.jobs.reading import Reading
from wikibot.jobs.surroundings import Surroundings
from wikibot.store import Journal
from wikibot.wiki import Wiki


@dataclass(frozen=True)
class Means:
    """What the edits of one run share."""

    wiki: Wiki
    reading: Reading
    journal: Journal
    run: LedgerRow
    around: Surroundings
    manners: Manners
    guards: Guards
    pace: Pace
