"""What a text that is no ordinary page says: a redirect to another, a choice of several."""

from __future__ import annotations

import re

# The colon and a name after a bar are allowed and mean nothing.
# Source: MediaWiki, WikitextContentHandler::extractRedirectTargetAndText; MessagesFr (redirect).
_REDIRECT = re.compile(
    r"\s*#(?:REDIRECT(?:ION)?)\s*:?\s*\[\[\s*:?([^\[\]|]+)(?:\|[^\[\]]*)?\]\]", re.IGNORECASE
)
# The behaviour switch is the extension Disambiguator's own; the templates are those usual in
# French and English, which that extension lets a wiki mark so.
_DISAMBIGUATION = re.compile(
    r"__DISAMBIG__|__HOMONYMIE__"
    r"|\{\{\s*(?:Modèle:|Template:)?(?:Homonymie|Homonymes|Disambig(?:uation)?|Dab)\s*(?:\||\}\})",
    re.IGNORECASE,
)


def redirect_target(text: str) -> str | None:
    """Return what a redirect leads to, as written (`Titre#Section`); None for any other text."""
    found = _REDIRECT.match(text)
    return found[1].strip() if found else None


def is_disambiguation(text: str) -> bool:
    """Return whether a text says of itself that it lists the pages of one name."""
    return _DISAMBIGUATION.search(text) is not None
