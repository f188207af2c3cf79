"""Work on a whole export, spread over the cores of this machine or over a cluster."""

from wikibot.jobs.spreading.checking import WholeCheck, check_export
from wikibot.jobs.spreading.crew import Crew, Crews
from wikibot.jobs.spreading.crews import crews_for
from wikibot.jobs.spreading.mirroring import pull_export

__all__ = ["Crew", "Crews", "WholeCheck", "check_export", "crews_for", "pull_export"]
