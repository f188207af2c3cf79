"""Several wikis in one `wikibot.toml`: what each has of its own, and what two must not share."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import Field as Key

from wikibot.config.nightly import NightlyTable, wrong_night
from wikibot.config.retention import RetentionTable
from wikibot.config.tables import SOURCES, Limits, Stop, Table, WikiTable
from wikibot.config.trackers import TrackerTable, wrong_tracker
from wikibot.language import Text
from wikibot.tables import problem

T = TypeVar("T", bound=Table)


class SiteTable(WikiTable):
    """One of several wikis, with tables of its own in place of the common ones."""

    limits: Limits | None = Key(default=None, description="Its own keys of [limits].")
    stop: Stop | None = Key(default=None, description="Its own keys of [stop].")
    retention: RetentionTable | None = Key(default=None, description="Its own keys of [retention].")
    trackers: dict[str, TrackerTable] = Key(default={}, description="Its own trackers.")
    nightly: NightlyTable | None = Key(default=None, description="Its own keys of [nightly].")


@dataclass(frozen=True)
class Site:
    """One wiki of the file with all that holds for it; `name` is "" for [wiki]."""

    name: str
    table: WikiTable
    limits: Limits
    stop: Stop
    retention: RetentionTable
    trackers: Mapping[str, TrackerTable]
    nightly: NightlyTable
    own_night: bool

    @property
    def path(self) -> str:
        """Return where the wiki stands in the file."""
        return f"wikis.{self.name}" if self.name else "wiki"

    def at(self, key: str) -> str:
        """Return where a key of its night stands in the file."""
        return f"{self.path}.{key}" if self.name and self.own_night else key


@dataclass(frozen=True)
class Common:
    """The tables of the file that stand outside any wiki."""

    limits: Limits
    stop: Stop
    retention: RetentionTable
    trackers: Mapping[str, TrackerTable]
    nightly: NightlyTable


def sites_of(
    wiki: WikiTable | None, wikis: Mapping[str, SiteTable], common: Common
) -> tuple[Site, ...]:
    """Return the wikis of a file, [wiki] first.

    A key that a wiki does not have itself is the common one. Trackers and nights are those of
    [wiki] where there is one, since each has but one wiki; else of all.
    """
    found = []
    if wiki is not None:
        found.append(
            Site(
                "", wiki, common.limits, common.stop, common.retention, common.trackers,
                common.nightly, True,
            )
        )  # fmt: skip
    night = NightlyTable() if wiki is not None else common.nightly
    trackers = common.trackers if wiki is None and len(wikis) == 1 else {}
    for name, table in wikis.items():
        found.append(
            Site(
                name,
                table,
                over(common.limits, table.limits),
                over(common.stop, table.stop),
                over(common.retention, table.retention),
                {**trackers, **table.trackers},
                over(night, table.nightly),
                wiki is not None or table.nightly is not None,
            )
        )
    return tuple(found)


def over(common: T, own: T | None) -> T:
    """Return a table with the keys of the common one where it has none itself."""
    if own is None:
        return common
    given = {}
    for key in own.model_fields_set:
        value, usual = getattr(own, key), getattr(common, key)
        both = isinstance(value, Table) and type(value) is type(usual)
        given[key] = over(usual, value) if both else value
    return common.model_copy(update=given)


def wrong_sites(sites: Iterable[Site], common: Common, folder: Path, name: Path) -> list[Text]:
    """Return what no table shows alone; `folder` is where the paths of the file start."""
    found: list[Text] = []
    several = list(sites)
    for site in several:
        found += _wrong_place(site, name)
        at = f"{site.path}.trackers" if site.name else "trackers"
        own = site.table.trackers if isinstance(site.table, SiteTable) else site.trackers
        for key, tracker in own.items():
            found += wrong_tracker(tracker, name, f"{at}.{key}", key)
        found += wrong_night(site.nightly, site.trackers, name, site.at("nightly"))
    if common.trackers and all(site.name for site in several):
        if len(several) == 1:
            for key, tracker in common.trackers.items():
                found += wrong_tracker(tracker, name, f"trackers.{key}", key)
        else:
            key, names = next(iter(common.trackers)), _listed(site.name for site in several)
            what = Text(
                f"un suivi n'est qu'à un seul wiki, et il y en a plusieurs ({names}). Écrivez "
                f"[wikis.NOM.trackers.{key}].",
                f"a tracker is of one wiki only, and there are several ({names}). Write "
                f"[wikis.NAME.trackers.{key}].",
            )
            found.append(problem(name, f"trackers.{key}", what))
    found += _shared(several, folder, name)
    return list({each.en: each for each in found}.values())


def _wrong_place(site: Site, name: Path) -> Iterator[Text]:
    table = site.table
    if sum(map(bool, (table.api, table.folder, table.dump))) != 1:
        what = Text(
            "il faut une seule des clés api, folder et dump.",
            "exactly one of the keys api, folder and dump is needed.",
        )
        yield problem(name, site.path, what)
    several = [key for key in SOURCES if getattr(table, key)]
    if len(several) > 1:
        what = Text(
            f"le secret vient d'un seul endroit, et non de plusieurs ({', '.join(several)}).",
            f"the secret comes from one place, not from several ({', '.join(several)}).",
        )
        yield problem(name, site.path, what)


def _shared(sites: Iterable[Site], folder: Path, name: Path) -> Iterator[Text]:
    """Yield what two wikis would both write: each night would undo that of the other."""
    taken: dict[tuple[str, ...], Site] = {}
    for site in sites:
        for key, shown, thing in _written(site, folder):
            first = taken.setdefault(thing, site)
            if first is not site:
                names = _listed((first.path, site.path))
                what = Text(
                    f"« {shown} » serait à plusieurs wikis ({names}) : donnez à chacun le sien.",
                    f"“{shown}” would be of several wikis ({names}): give each its own.",
                )
                yield problem(name, key, what)


def _written(site: Site, folder: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield where each thing of a wiki is said to be, how it is written, and what it is."""

    def path(given: str) -> str:
        return os.path.abspath(folder / Path(given).expanduser())

    if site.table.state:
        yield f"{site.path}.state", site.table.state, ("path", path(site.table.state))
    for key, tracker in site.trackers.items():
        at = f"{site.path}.trackers.{key}"
        if tracker.path:
            yield at, tracker.path, ("path", path(tracker.path))
        elif where := tracker.repository or tracker.project or tracker.url:
            yield at, where, (tracker.kind, tracker.url or "", where)
    night, report = site.nightly, site.nightly.report
    for file in night.overview if "overview" in night.jobs else ():
        yield site.at("nightly.overview"), file, ("path", path(file))
    for key, written in (("file", report.file), ("metrics", report.metrics)):
        if written:
            yield site.at(f"nightly.report.{key}"), written, ("path", path(written))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
