"""The only door to wikis: a server, a folder, a dump; one protocol for all."""

from wikibot.wiki.opening import open_wiki
from wikibot.wiki.protocol import Wiki

__all__ = ["Wiki", "open_wiki"]
