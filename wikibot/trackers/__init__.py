"""The other side of a sync of actions: trackers, behind one protocol (`Tracker`)."""

from wikibot.trackers.protocol import Tracker, Wanted, Written

__all__ = ["Tracker", "Wanted", "Written"]
