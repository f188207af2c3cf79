"""Makes the pages that a wiki needs to hold a mapping: templates, forms, properties, terms.

Pure: a mapping in, titles and texts out. `wikibot.jobs.install` asks the wiki.
"""

from wikibot.installation.pages import Kit, NewPage, kit
from wikibot.installation.surroundings import Facilities

__all__ = ["Facilities", "Kit", "NewPage", "kit"]
