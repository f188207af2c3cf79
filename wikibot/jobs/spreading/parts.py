"""The parts of an export as they travel to workers, and the tools that travel with them."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import cast

from wikibot import __version__
from wikibot.errors import ConfigError
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.wiki.dump.handler import ExportedPage
from wikibot.wiki.dump.titles import Spelling

_PAGES = 100  # of one part: some tenths of a second of work
_SIGNS = 400_000  # of all its texts, beyond which it is closed

ONE_AT_A_TIME = Lock()  # threads of one worker share what a mapping and a scanner remember


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of an export, with the tools to look at them: pickled once for all parts."""

    version: str
    tools: bytes
    pages: tuple[ExportedPage, ...]


@dataclass(frozen=True)
class Tools:
    """What all parts of an export are looked at with."""

    mapping: Mapping
    spelling: Spelling
    texts: bool


def parts_of(pages: Iterable[ExportedPage], tools: Tools) -> Iterator[Part]:
    """Yield the pages of an export in parts, each when the next one is wanted."""
    whole, signs = pickle.dumps(tools), 0
    few: list[ExportedPage] = []
    for page in pages:
        few.append(page)
        signs += len(page.text or "")
        if len(few) >= _PAGES or signs >= _SIGNS:
            yield Part(__version__, whole, tuple(few))
            few, signs = [], 0
    if few:
        yield Part(__version__, whole, tuple(few))


def look_at_version(part: Part) -> None:
    """Look whether a part was made for this worker.

    Raises:
        ConfigError: it was made by another version of wikibot.
    """
    if part.version != __version__:
        raise other_version(__version__)


@lru_cache(maxsize=2)
def unpacked(tools: bytes) -> Tools:
    """Return the tools that came with a part, unpacked once for all parts."""
    return cast(Tools, pickle.loads(tools))


def other_version(theirs: str) -> ConfigError:
    """Return the error for a worker that has another wikibot, "" for none."""
    found = Text(f"la version {theirs}", f"version {theirs}") if theirs else Text("aucun", "none")
    return ConfigError(
        Text(
            f"Un poste de la grappe n'a pas ce wikibot ({__version__}), mais {found.fr}.",
            f"A worker of the cluster has not this wikibot ({__version__}), but {found.en}.",
        ),
        Text(
            f"Installez wikibot {__version__} sur tous les postes : pip install "
            f"wikibot=={__version__}",
            f"Install wikibot {__version__} on all workers: pip install wikibot=={__version__}",
        ),
        "worker-version",
    )
