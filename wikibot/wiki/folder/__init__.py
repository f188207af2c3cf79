"""A folder of files as a wiki, with revisions, conflicts and an identity of its own."""

from wikibot.wiki.folder.wiki import FolderWiki

__all__ = ["FolderWiki"]
