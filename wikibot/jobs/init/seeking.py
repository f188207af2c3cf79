"""Which wiki is meant by what somebody typed: a server, a folder, an export."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.wiki.mediawiki.finding import find_api, looks_like_address

Kind = Literal["api", "folder", "dump"]
_EXPORTS = (".xml", ".bz2", ".gz", ".zst", ".7z")  # no host is called so


@dataclass(frozen=True)
class Place:
    """Where a wiki is: the address of its api.php, or an absolute path.

    `how` tells what named the address ("given", "page", "usual"), `language` is the wiki's own
    where it tells it to everyone; `members_only`: nobody reads it without an account.
    """

    kind: Kind
    address: str
    how: Literal["given", "page", "usual"] = "given"
    language: str = ""
    members_only: bool = False


@dataclass(frozen=True)
class Way:
    """How to reach a server: whom its people can write to, certificates to trust, a proxy."""

    contact: str | None = None
    ca_bundle: Path | None = None
    proxy: str | None = None


STRAIGHT = Way()


def seek(typed: str, way: Way = STRAIGHT) -> Place:
    """Return the wiki at an address of any of its pages, in a folder, or in an export.

    What is there on this machine counts as a path, all else as an address.

    Raises:
        InputError: there is neither a file nor a folder of that name, and it is no address.
        ConfigError, AccessError, Unavailable: as `find_api`.
    """
    path = Path(typed).expanduser()
    if "://" not in typed and os.path.lexists(path):
        return Place("folder" if path.is_dir() else "dump", os.path.abspath(path))
    name = typed.partition("/")[0].lower()
    if not looks_like_address(typed) or ("://" not in typed and name.endswith(_EXPORTS)):
        raise InputError(
            Text(
                f"« {typed} » n'est ni une adresse, ni un dossier, ni un fichier.",
                f"“{typed}” is neither an address nor a folder nor a file.",
            ),
            Text(
                "Donnez l'adresse d'une page du wiki (https://…), un dossier de pages ou un "
                "export XML.",
                "Give the address of a page of the wiki (https://…), a folder of pages or an XML "
                "export.",
            ),
        )
    found = find_api(typed, contact=way.contact or "", ca_bundle=way.ca_bundle, proxy=way.proxy)
    return Place("api", found.url, found.how, found.language, found.members_only)
