"""The local copy of a wiki: brought up to date by a pull, and read as a wiki."""

from wikibot.jobs.mirror.pulling import Pulled, pull
from wikibot.jobs.mirror.view import Mirrored, mirrored

__all__ = ["Mirrored", "Pulled", "mirrored", "pull"]
