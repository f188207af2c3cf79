"""What a wiki says of itself to whoever meets it first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wikibot.jobs.init.seeking import STRAIGHT, Place, Way
from wikibot.wiki import Wiki, open_wiki

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki import MediaWiki

# What the bot's work touches: the name for people → as a wiki gives it, folded.
EXTENSIONS = {
    "Semantic MediaWiki": "semanticmediawiki",
    "Page Forms": "pageforms",
    "SemanticActions": "semanticactions",
    "TemplateData": "templatedata",
}


@dataclass(frozen=True)
class Probe:
    """A wiki as it was met.

    `wiki` is None where only members read it and nobody has logged in: nothing else is known
    then. `extensions` maps the names of `EXTENSIONS` to the release, "" where the wiki does
    not tell it, None where there is no such extension; it is empty for a folder or an export.
    """

    place: Place
    wiki: Wiki | None
    name: str
    software: str
    pages: int | None
    extensions: dict[str, str | None]


def _now() -> datetime:
    return datetime.now(UTC)


def probe(
    place: Place,
    account: str | None = None,
    password: str | None = None,
    way: Way = STRAIGHT,
    now: Callable[[], datetime] = _now,
) -> Probe:
    """Open the wiki and ask it what it is; nothing is written.

    A wiki that everyone reads is read without the account.

    Raises:
        InputError: a folder or an export cannot be read.
        ConfigError, AccessError, Unavailable: a server does not tell, or refuses the account.
    """
    if place.kind != "api":
        wiki = open_wiki(place.address)
        pages = sum(1 for _ in wiki.pages_with(["*"]))
        return Probe(place, wiki, Path(place.address).name, "", pages, {})
    if place.members_only and not (account and password):
        return Probe(place, None, "", "", None, {})
    server = cast(
        "MediaWiki",
        open_wiki(
            place.address,
            account=account if place.members_only else None,
            password=password if place.members_only else None,
            contact=way.contact,
            ca_bundle=way.ca_bundle,
            proxy=way.proxy,
        ),
    )
    seen = server.examine(None, (), now)
    extensions = {name: seen.extensions.get(folded) for name, folded in EXTENSIONS.items()}
    return Probe(place, server, server.site.name, server.site.generator, seen.pages, extensions)
