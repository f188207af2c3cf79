"""init: what a wiki is and which mapping fits it, and the `wikibot.toml` that follows.

In order: `seek` the wiki, `probe` it, `choose` a mapping, then `draft` and `write` the file.
"""

from wikibot.jobs.init.choosing import Choice, choose
from wikibot.jobs.init.fitting import Fit, TypeFit
from wikibot.jobs.init.probing import EXTENSIONS, Probe, probe
from wikibot.jobs.init.seeking import Place, Way, seek
from wikibot.jobs.init.settings import Settings
from wikibot.jobs.init.steps import Step, next_steps
from wikibot.jobs.init.writing import draft, refuse_existing, write

__all__ = [
    "EXTENSIONS",
    "Choice",
    "Fit",
    "Place",
    "Probe",
    "Settings",
    "Step",
    "TypeFit",
    "Way",
    "choose",
    "draft",
    "next_steps",
    "probe",
    "refuse_existing",
    "seek",
    "write",
]
