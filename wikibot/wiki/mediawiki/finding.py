"""Finds the api.php of a wiki from any address of it, and goes to no other host for that.

A page of MediaWiki names it (`<link rel="EditURI">`, Really Simple Discovery); else it is looked
for where it usually is. Sources: MediaWiki, API:Main page (the endpoint), Manual:Short URL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from wikibot.errors import ConfigError
from wikibot.language import Text
from wikibot.wiki.mediawiki.address import Address
from wikibot.wiki.mediawiki.looking import Looker, Seen
from wikibot.wiki.mediawiki.lost import PAGE_ADDRESS, no_api
from wikibot.wiki.mediawiki.proxy import proxies

_LONGEST_ROAD = 3  # folders of an address that are looked into
_MOST_PLACES = 12
_EVERYWHERE = ("/api.php", "/w/api.php", "/wiki/api.php", "/mediawiki/api.php")
_QUESTION = urlencode(
    {
        "action": "query",
        "meta": "siteinfo",
        "siprop": "general",
        "format": "json",
        "formatversion": "2",
    }
)
# A wiki that only members read answers so to everyone else: it is one all the same.
_MEMBERS_ONLY = "readapidenied"


@dataclass(frozen=True)
class FoundApi:
    """Where the API of a wiki is, and what told it: the address given, a page, a usual place.

    `language` is the wiki's own, "" where it does not tell it to everyone.
    """

    url: str
    how: Literal["given", "page", "usual"]
    members_only: bool = False
    language: str = ""


def looks_like_address(text: str) -> bool:
    """Return whether what somebody typed can be the address of a wiki: a scheme, or a host."""
    text = text.strip()
    if "://" in text:
        return True
    host = text.partition("/")[0]
    name = host.partition(":")[0]
    return name == "localhost" or ("." in name.strip(".") and " " not in host and "\\" not in text)


def find_api(
    address: str,
    *,
    contact: str = "",
    ca_bundle: Path | None = None,
    proxy: str | None = None,
) -> FoundApi:
    """Return the API of the wiki that has a page at `address`; `https://` may be left out.

    An address in `http:` is asked by `https:`, but for those of this machine.

    Raises:
        ConfigError: no address; nothing there is a MediaWiki; it leads to another host.
        AccessError: the certificate is not trusted; the server lets nobody in.
        Unavailable: no answer.
    """
    start = _start(address)
    with Looker(start, contact, ca_bundle, proxies(proxy)) as looker:
        for url, how in _candidates(looker, start):
            found = _api_at(looker, url, how)
            if found is not None:
                return found
        raise no_api(start, looker.elsewhere, looker.statuses)


def _start(address: str) -> str:
    """Return the address to begin with, checked and with a scheme."""
    text = address.strip()
    try:
        given = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        raise _no_address(text) from None
    if given.scheme not in ("http", "https") or not given.hostname:
        raise _no_address(text)
    netloc = given.netloc.removesuffix(":80") if given.scheme == "http" else given.netloc
    checked = Address.parse(f"https://{netloc}/api.php")
    if checked.loopback and (given.scheme == "http" or "://" not in text):
        return urlunsplit(("http", given.netloc, given.path or "/", given.query, ""))
    return urlunsplit(("https", checked.host, given.path or "/", given.query, ""))


def _no_address(text: str) -> ConfigError:
    return ConfigError(
        Text(f"« {text} » n'est pas l'adresse d'un wiki.", f"“{text}” is no address of a wiki."),
        PAGE_ADDRESS,
    )


def _candidates(
    looker: Looker, start: str
) -> Iterator[tuple[str, Literal["given", "page", "usual"]]]:
    """Yield where the API may be, the likeliest place first, each once."""
    given = _script(start)
    if given:
        yield given, "given"
    page = looker.get(start)
    told = _told_by(page, looker) if page is not None else None
    if told and told != given:
        yield told, "page"
    places: dict[str, None] = {}
    for url in (page.url if page is not None else start, start):
        for path in _usual_paths(urlsplit(url).path):
            places[urljoin(url, path)] = None
    for place in list(places)[:_MOST_PLACES]:
        if place not in (given, told):
            yield place, "usual"


def _script(url: str) -> str:
    """Return the address without what follows api.php, "" where it is not one of api.php."""
    parts = urlsplit(url)
    try:
        return Address.parse(urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))).url
    except ConfigError:
        return ""


def _told_by(page: Seen, looker: Looker) -> str:
    """Return the api.php that a page names, "" where it names none on its own host."""
    links = _Links()
    links.feed(page.text)
    for link in links.found:
        try:
            url = looker.within(urljoin(page.url, link))
        except ValueError:
            continue
        if url and _script(url):
            return _script(url)
    return ""


class _Links(HTMLParser):
    """Gathers what a page names as its Really Simple Discovery."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link."""
        given = dict(attrs)
        if tag == "link" and "edituri" in (given.get("rel") or "").lower().split():
            self.found.append((given.get("href") or "").strip())


def _usual_paths(path: str) -> Iterator[str]:
    """Yield the places of api.php for a page at `path`: beside a script, then folder by folder."""
    folders = path.split("/")[1:-1]
    for place, name in enumerate(path.split("/")[1:]):
        if name.endswith(".php"):
            yield "/".join(["", *folders[:place], "api.php"])
    for length in range(min(len(folders), _LONGEST_ROAD), 0, -1):
        road = "/".join(["", *folders[:length]])
        yield f"{road}/api.php"
        yield f"{road}/w/api.php"
    yield from _EVERYWHERE


def _api_at(looker: Looker, url: str, how: Literal["given", "page", "usual"]) -> FoundApi | None:
    """Return the API at an address, or None where something else answers or nothing does."""
    seen = looker.get(f"{url}?{_QUESTION}")
    if seen is None:
        return None
    try:
        answer = json.loads(seen.text)
        code = answer["error"]["code"] if "error" in answer else ""
        general = {} if code else answer["query"]["general"]
        known = code or str(general["generator"]).startswith("MediaWiki")
        language = str(general.get("lang", ""))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
    script = _script(seen.url)
    if not script or not known or (code and not seen.by_mediawiki):
        return None
    return FoundApi(script, how, code == _MEMBERS_ONLY, language[:20])
