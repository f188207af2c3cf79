"""The XML of a part as a tree that can be changed and written again: no DTD, no entity."""

from __future__ import annotations

from typing import Any

from wikibot.language import Text
from wikibot.workbook.refusal import damaged, dangerous


def parsed(data: bytes) -> Any:
    """Return the root element of a part.

    Raises:
        Unreadable: no XML, or a DTD in it.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        detail = Text("une partie est illisible", "a part cannot be read")
        raise damaged(detail) from error
    if root.getroottree().docinfo.doctype:
        raise dangerous(Text("il déclare des entités XML", "it declares XML entities"))
    return root


def serialised(root: Any) -> bytes:
    """Return the bytes of a part."""
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def local(element: Any) -> str:
    """Return the name of an element without its namespace, "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
