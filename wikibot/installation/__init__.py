"""Makes the pages that a wiki needs to hold a mapping: templates, forms, properties, terms.

Pure: a mapping in, titles and texts out. `wikibot.jobs.install` asks the wiki.
"""

from wikibot.installation.facilities import Facilities
from wikibot.installation.pages import Kit, NewPage, kit

__all__ = ["Facilities", "Kit", "NewPage", "kit"]
