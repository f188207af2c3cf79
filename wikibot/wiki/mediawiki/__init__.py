"""Wikis on a MediaWiki server.

    with MediaWiki.connect("https://wiki.example.org/w/api.php", "Bot@nightly", secret) as wiki:
        page = wiki.page("Un commun")

The session (`transport`, `login`, `site`) is apart from what is asked of it (`read`, `save`);
what each answer means stands in one table (`codes`).
"""

from wikibot.wiki.mediawiki.site import Account, Site
from wikibot.wiki.mediawiki.wiki import MediaWiki
from wikibot.wiki.patience import Patience

__all__ = ["Account", "MediaWiki", "Patience", "Site"]
