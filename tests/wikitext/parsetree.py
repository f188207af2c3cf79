"""Reads MediaWiki's own parse tree back into calls, to hold ours against it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from wikibot.title import FRENCH
from wikibot.value import BLANKS

Call = tuple[str, tuple[tuple[str, str], ...]]

_ENDS = {"template": ("{{", "}}"), "tplarg": ("{{{", "}}}")}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def calls_of(tree: str) -> list[Call]:
    """Return the calls of a parse tree in the order of their starts.

    Each is (normalised name, ((argument's name, its wikitext, trimmed where named), …)).
    """
    root = ET.fromstring(_ILLEGAL.sub("", tree))
    return [_call(element) for element in root.iter("template")]


def _call(element: ET.Element) -> Call:
    arguments = []
    for part in element.findall("part"):
        name, value = part.find("name"), part.find("value")
        assert name is not None and value is not None
        if name.get("index"):
            arguments.append((str(name.get("index")), _source(value)))
        else:
            arguments.append((_source(name, bare=True), _source(value).strip(BLANKS)))
    title = element.find("title")
    assert title is not None
    return FRENCH.template_name(_source(title, bare=True)), tuple(arguments)


def _source(element: ET.Element, bare: bool = False) -> str:
    """Return the wikitext of an element's inside; `bare` without comments, trimmed."""
    text = _inside(element, comments=not bare)
    return text.strip(BLANKS) if bare else text


def _inside(element: ET.Element, comments: bool) -> str:
    pieces = [element.text or ""]
    for child in element:
        pieces += (_whole(child, comments), child.tail or "")
    return "".join(pieces)


def _whole(element: ET.Element, comments: bool) -> str:
    if element.tag == "comment" and not comments:
        return ""
    if element.tag in _ENDS:
        opening, closing = _ENDS[element.tag]
        parts = []
        for part in element.findall("part"):
            key, value = part.find("name"), part.find("value")
            assert key is not None and value is not None
            parts.append("|" if key.get("index") else f"|{_inside(key, comments)}=")
            parts.append(_inside(value, comments))
        title = element.find("title")
        assert title is not None
        return f"{opening}{_inside(title, comments)}{''.join(parts)}{closing}"
    if element.tag == "ext":
        name, attributes = element.findtext("name") or "", element.findtext("attr") or ""
        inner, close = element.find("inner"), element.findtext("close") or ""
        if inner is None:
            return f"<{name}{attributes}/>"
        return f"<{name}{attributes}>{inner.text or ''}{close}"
    return _inside(element, comments)
