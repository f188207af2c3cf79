"""The only SQLite: the journal of what was written (later the mirror, the sync state)."""

from wikibot.store.journal import Journal, Operation

__all__ = ["Journal", "Operation"]
