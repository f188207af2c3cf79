"""The local copy of a wiki: brought up to date by a pull, read as a wiki, searched."""

from wikibot.jobs.mirror.exported import CopiedExport, copied_export
from wikibot.jobs.mirror.pulling import Pulled, pull
from wikibot.jobs.mirror.searching import Linked, Searched, linked, search
from wikibot.jobs.mirror.view import Mirrored, mirrored

__all__ = [
    "CopiedExport",
    "Linked",
    "Mirrored",
    "Pulled",
    "Searched",
    "copied_export",
    "linked",
    "mirrored",
    "pull",
    "search",
]
