"""Reads the XML of an export as a stream: the site, then one page after the other.

defusedxml refuses every DTD and entity; its SAX driver lets a text be measured while it grows,
which its `iterparse` does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any
from xml.sax import SAXParseException

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.wiki.dump.handler import (
    WHERE_FROM,
    ExportedPage,
    Handler,
    Site,
)
from wikibot.wiki.dump.source import FETCH_AGAIN, blocks, unusable

_MAX_TAG = 4 * 2**20  # bytes; a tag or a comment is in memory at once


class _Parser(DefusedExpatParser):
    """The defused parser; gives text in blocks, where its base gives line by line."""

    _parser: Any

    def reset(self) -> None:
        """Begin anew."""
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 16

    def understood(self) -> int:
        """Return how many bytes are behind it."""
        return int(self._parser.CurrentByteIndex)


def read_site(path: Path) -> Site:
    """Return what the export says of its wiki.

    Raises:
        InputError: it is no export, or cut short before that.
    """
    parser = _Parser(forbid_dtd=True)
    handler = Handler(path, "", parser)
    for _ in _feed(path, parser, handler):
        if handler.site:
            return handler.site
    raise unusable(path, Text("il n'a pas de <siteinfo>", "it has no <siteinfo>"))


def read_pages(
    path: Path, history_of: str | None = "", texts_of: Set[int] = frozenset(), most: int = 0
) -> Iterator[ExportedPage]:
    """Yield every page, in the order of the file; of `history_of` (None: each) all its revisions.

    Of the pages of the ids `texts_of` the `most` newest versions come with their texts.

    Raises:
        InputError: no export, cut short, with a DTD or entities, or a page of no use; the
            message tells the line.
    """
    parser = _Parser(forbid_dtd=True)
    handler = Handler(path, history_of, parser, texts_of, most)
    for _ in _feed(path, parser, handler):
        yield from handler.pages
        handler.pages.clear()


def _feed(path: Path, parser: _Parser, handler: Handler) -> Iterator[None]:
    """Parse block by block, with a halt after each."""
    parser.setContentHandler(handler)
    fed = 0
    try:
        for block in blocks(path):
            parser.feed(block)
            yield
            fed += len(block)
            if fed - parser.understood() > _MAX_TAG:
                line = parser.getLineNumber()
                why = Text(f"une balise sans fin, ligne {line}", f"an endless tag, line {line}")
                raise unusable(path, why, WHERE_FROM)
    except SAXParseException as error:
        raise _malformed(path, error) from None
    except DefusedXmlException:
        raise unusable(
            path,
            Text(
                f"il a une déclaration de type (DTD) ou d'entité, ligne {parser.getLineNumber()}",
                f"it declares a document type (DTD) or an entity, line {parser.getLineNumber()}",
            ),
            WHERE_FROM,
        ) from None
    try:
        parser.close()
    except SAXParseException as error:
        if not handler.begun:
            raise _malformed(path, error) from None
        where = error.getLineNumber()
        why = Text(f"il est coupé à la ligne {where}", f"it is cut short at line {where}")
        raise unusable(path, why, FETCH_AGAIN) from None
    yield


def _malformed(path: Path, error: SAXParseException) -> InputError:
    line, what = error.getLineNumber(), error.getMessage()
    return unusable(
        path,
        Text(
            f"ce n'est pas du XML bien formé (ligne {line}, {what})",
            f"it is not well-formed XML (line {line}, {what})",
        ),
        WHERE_FROM,
    )
