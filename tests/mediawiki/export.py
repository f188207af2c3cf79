"""Pages as an XML export that MediaWiki reads (`importDump.php`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

_FIRST = datetime(2026, 1, 31, 12, tzinfo=UTC)


def export(pages: Mapping[str, Sequence[str]], user: str) -> str:
    """Return the export of pages with the texts of their revisions, oldest first."""
    body = "".join(
        f"<page><title>{escape(title)}</title>{_revisions(texts, user)}</page>"
        for title, texts in pages.items()
    )
    namespace = "http://www.mediawiki.org/xml/export-0.11/"
    return f'<mediawiki xmlns="{namespace}" version="0.11" xml:lang="fr">{body}</mediawiki>'


def _revisions(texts: Sequence[str], user: str) -> str:
    return "".join(
        f"<revision><timestamp>{_FIRST + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}</timestamp>"
        f"<contributor><username>{escape(user)}</username></contributor>"
        "<model>wikitext</model><format>text/x-wiki</format>"
        f'<text xml:space="preserve">{escape(text)}</text></revision>'
        for n, text in enumerate(texts)
    )
