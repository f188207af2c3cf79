"""Which categories a text itself puts its page into; what templates add is not seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.title import CATEGORY, canonical_name
from wikibot.wikitext.syntax import Syntax

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(nowiki|includeonly|pre|syntaxhighlight|source)\b[^<>]*(?<!/)>.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_LINK = re.compile(r"\[\[([^\[\]|:\n]+:[^\[\]|\n]+)(?:\|([^\[\]]*))?\]\]")


def categories_of(text: str, syntax: Syntax) -> Iterator[tuple[str, str]]:
    """Yield each category with the key under which the page is sorted in it, "" for the usual.

    A link with a colon before the namespace (`[[:Catégorie:X]]`) leads to the category's page.
    """
    if any(True for _ in _linked(text, syntax)):  # most texts have none: nothing to strip
        yield from _linked(_HIDDEN.sub("", text), syntax)


def _linked(text: str, syntax: Syntax) -> Iterator[tuple[str, str]]:
    for link in _LINK.finditer(text):
        namespace, name = syntax.namespaces.split(link[1].strip())
        if namespace == CATEGORY and name.strip():
            yield canonical_name(name), link[2] or ""
