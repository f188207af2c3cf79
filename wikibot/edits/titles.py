"""Which page a field means, and where a reader of that title comes to: redirects are followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from wikibot.errors import InvalidTitle
from wikibot.page import Standing
from wikibot.title import MAIN, USER, Namespaces, Title

_LINK = re.compile(r"\s*\[\[\s*([^\[\]|]+)(?:\|[^\[\]]*)?\]\]\s*")
_ADDRESS = re.compile(r"(?:https?:)?//\S+\Z|www\.\S+\Z", re.IGNORECASE)


@lru_cache(maxsize=8192)
def title_named(text: str, namespaces: Namespaces, default: int = MAIN) -> Title | None:
    """Return the title that an item means, link or plain; None where it cannot be a page's."""
    link = _LINK.fullmatch(text) if "[[" in text else None
    written = link[1] if link else text
    if "://" in written or (link is None and "[[" in written):
        return None
    try:
        title = namespaces.parse(written, default)
    except InvalidTitle:
        return None
    return title if title.namespace >= 0 else None


def person_named(text: str, namespaces: Namespaces) -> str:
    """Return a person's name, out of a link and without the namespace of accounts."""
    link = _LINK.fullmatch(text)
    name = " ".join((link[1] if link else text).split())
    namespace, bare = namespaces.split(name)
    return bare.strip() if namespace == USER else name


def resolved(title: Title | str, standing: Mapping[str, Standing], namespaces: Namespaces) -> str:
    """Return the title of the page that a reader comes to, as far as `standing` tells.

    Redirects that lead in a circle lead nowhere: the title itself is returned.
    """
    path = [f"{title}"]
    while True:
        known = standing.get(path[-1])
        target = known.target if known else None
        led = title_named(target, namespaces) if target else None
        if led is None:
            return path[-1]
        if f"{led}" in path:
            return path[0]
        path.append(f"{led}")


def is_address(item: str) -> bool:
    """Return whether an item is a web address and no title."""
    return _ADDRESS.match(item) is not None


def title_in(address: str) -> str:
    """Return the title of the page that an address of a wiki shows, "" where it names none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    named = parse_qs(parts.query).get("title", [""])[0]
    for lead in ("/wiki/", "/index.php/"):
        named = named or unquote(parts.path.partition(lead)[2])
    title = named.replace("_", " ").strip()
    return "" if re.search(r"[#<>\[\]{}|\n\ufffd]", title) else title


def without_plus(title: str) -> str:
    """Return a title with blanks for its plus signs, as of an address that was encoded twice."""
    return " ".join(unquote(title.replace("+", " ")).replace("_", " ").split())
