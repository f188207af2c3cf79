"""An export of a wiki (`Special:Export`, dumpBackup) as a wiki that can only be read."""

from wikibot.wiki.dump.wiki import DumpWiki

__all__ = ["DumpWiki"]
