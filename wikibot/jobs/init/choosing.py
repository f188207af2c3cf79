"""Which mapping a new `wikibot.toml` names, and why."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wikibot.discovery.assemble import assemble
from wikibot.discovery.found import Sources
from wikibot.jobs.discover import Discovered, discover
from wikibot.jobs.init.fitting import Fit, fit_of
from wikibot.jobs.init.probing import Probe
from wikibot.jobs.sources import read_sources
from wikibot.language import Language
from wikibot.mapping import load_mapping
from wikibot.mapping.load import packaged_mappings
from wikibot.wiki import Wiki

PACKAGED = "resilience"
FOLDER = "mapping"
Reason = Literal["asked", "unread", "fits", "discovered", "empty"]


@dataclass(frozen=True)
class Choice:
    """The mapping as the file names it.

    `reason`: somebody asked for it; the wiki could not be read; the packaged one fits; it was
    discovered; no template of the wiki holds fields. `fit` is the packaged one's, where it was
    looked at; `discovered` what goes into the folder `mapping`, not written yet, `sources` what
    it was made of.
    """

    mapping: str
    reason: Reason
    fit: Fit | None = None
    discovered: Discovered | None = None
    sources: Sources | None = None


def choose(probe: Probe, into: Path, language: Language, asked: str | None = None) -> Choice:
    """Return the mapping for a wiki that was probed; nothing is written.

    `into` is the folder of the new `wikibot.toml`, `asked` the mapping that somebody named.

    Raises:
        InputError: there is no mapping of that name. MappingError: it is wrong. Else as the
            wiki.
    """
    if asked is not None:
        load_mapping(asked)
        return Choice(_named(asked, into), "asked")
    if probe.wiki is None:
        return Choice(PACKAGED, "unread")
    return _by_reading(probe.wiki, into, language)


def _named(asked: str, into: Path) -> str:
    """Return a mapping as `wikibot.toml` names it: a packaged one, or where its folder is."""
    return asked if asked in packaged_mappings() else path_in_file(Path(asked), into)


def path_in_file(path: Path, into: Path) -> str:
    """Return a path as a file in the folder `into` names it: from there, or in full."""
    whole, start = Path(os.path.abspath(path.expanduser())), Path(os.path.abspath(into))
    return whole.relative_to(start).as_posix() if whole.is_relative_to(start) else str(whole)


def _by_reading(wiki: Wiki, into: Path, language: Language) -> Choice:
    packaged = load_mapping(PACKAGED)
    sources = read_sources(wiki, packaged.templates)
    found = assemble(sources)
    fit = fit_of(packaged, sources, found)
    if fit.fits:
        return Choice(PACKAGED, "fits", fit)
    if not found.types:  # without names to look for, discovery looks at pages of every kind
        sources = read_sources(wiki)
        found = assemble(sources)
    if not found.types:
        return Choice(PACKAGED, "empty", fit)
    made = discover(wiki, into / FOLDER, language=language, keep=False, sources=sources)
    return Choice(FOLDER, "discovered", fit_of(packaged, sources, found), made, sources)
