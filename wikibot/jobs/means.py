"""What the edits of one run share, and how the end of each is written down."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.edits import Item, LedgerRow
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


def settle(means: Means, operation: int, item: Item) -> None:
    """Write down how an edit ended."""
    means.journal.settle(
        operation,
        item.state,
        means.around.stamp(),
        reason=item.reason,
        code=item.code,
        pageid=item.pageid,
        old_revid=item.base_revid,
        new_revid=item.new_revid,
        merged=item.merged,
    )
