"""`wikibot.toml` as a file: found, read, all its errors told at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field as Key

from wikibot.config.configured import Config
from wikibot.config.nightly import NightlyTable
from wikibot.config.retention import RetentionTable
from wikibot.config.sites import Common, Site, SiteTable, sites_of, wrong_sites
from wikibot.config.tables import Limits, Stop, Table, WikiTable
from wikibot.config.trackers import TrackerTable
from wikibot.errors import ConfigError
from wikibot.language import Text
from wikibot.tables import nearest, problem, read_table

FILE = "wikibot.toml"


class ConfigFile(Table):
    """The whole of `wikibot.toml`."""

    wiki: WikiTable | None = None
    wikis: dict[str, SiteTable] = Key(default={}, description="Several, chosen by --site.")
    limits: Limits = Limits()
    stop: Stop = Stop()
    trackers: dict[str, TrackerTable] = Key(
        default={}, description="The trackers of actions, by the names that commands call them."
    )
    nightly: NightlyTable = NightlyTable()
    retention: RetentionTable = RetentionTable()


def find(start: Path) -> Path | None:
    """Return the nearest `wikibot.toml` from a folder upwards, or None."""
    start = start.resolve()
    return next((p / FILE for p in (start, *start.parents) if (p / FILE).is_file()), None)


def load_config(file: Path, site: str | None = None, api: str | None = None) -> Config:
    """Return the wiki that a configuration file describes.

    Of several, `site` names it, else it is the one at the address `api`.

    Raises:
        ConfigError: the file is not there or wrong (all its errors at once), or has no such site.
    """
    sites = _read(file)
    found = _chosen(sites, site, api)
    if found is None:
        names = [each.name for each in sites if each.name]
        hint = nearest(site or "", names)
        raise ConfigError(
            Text(
                f"{file} : aucun wiki « {site} »." if site else f"{file} : plusieurs wikis.",
                f"{file}: no wiki “{site}”." if site else f"{file}: several wikis.",
            ),
            Text(
                f"Choisissez avec --site : {hint or ', '.join(names)}.",
                f"Choose with --site: {hint or ', '.join(names)}.",
            ),
            "no-such-wiki" if site else "several-wikis",
        )
    return Config(
        found.table,
        found.limits,
        found.stop,
        file.resolve().parent,
        found.trackers,
        found.nightly,
        found.retention,
    )


def site_names(file: Path) -> tuple[str, ...]:
    """Return the names of the wikis of a file, in its order; "" is [wiki]. Raises as above."""
    return tuple(site.name for site in _read(file))


def _read(file: Path) -> tuple[Site, ...]:
    """Return the wikis of a file, one at least."""
    if not file.is_file():
        raise ConfigError(
            Text(
                f"Le fichier de configuration {file} n'existe pas.",
                f"There is no configuration file {file}.",
            ),
            Text("Vérifiez ce que donne --config.", "Check what --config names."),
        )
    problems: list[Text] = []
    name = Path(file.name)
    table = read_table(file, name, ConfigFile, problems)
    sites: tuple[Site, ...] = ()
    if table is not None:
        common = Common(table.limits, table.stop, table.retention, table.trackers, table.nightly)
        sites = sites_of(table.wiki, table.wikis, common)
        problems += wrong_sites(sites, common, file.resolve().parent, name)
        if not sites:
            missing = Text("la table [wiki] manque.", "[wiki] is missing.")
            problems.insert(0, problem(name, "", missing))
    if problems:
        raise ConfigError(
            Text("\n".join(p.fr for p in problems), "\n".join(p.en for p in problems)),
            Text(f"Corrigez {file}.", f"Mend {file}."),
        )
    return sites


def _chosen(sites: Sequence[Site], site: str | None, api: str | None) -> Site | None:
    if site:
        return next((each for each in sites if each.name == site), None)
    at_api = next((each for each in sites if api and each.table.api == api), None)
    first = sites[0]
    return at_api or (first if len(sites) == 1 or not first.name else None)
