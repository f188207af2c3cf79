"""`wikibot.toml` as a file: found, read, all its errors told at once."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field as Key

from wikibot.config.configured import Config
from wikibot.config.nightly import NightlyTable, wrong_night
from wikibot.config.tables import SOURCES, Limits, Stop, Table, WikiTable
from wikibot.config.trackers import TrackerTable, wrong_tracker
from wikibot.errors import ConfigError
from wikibot.language import Text
from wikibot.tables import nearest, problem, read_table

FILE = "wikibot.toml"


class ConfigFile(Table):
    """The whole of `wikibot.toml`."""

    wiki: WikiTable | None = None
    wikis: dict[str, WikiTable] = Key(default={}, description="Several, chosen by --site.")
    limits: Limits = Limits()
    stop: Stop = Stop()
    trackers: dict[str, TrackerTable] = Key(
        default={}, description="The trackers of actions, by the names that commands call them."
    )
    nightly: NightlyTable = NightlyTable()


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
    if not file.is_file():
        raise ConfigError(
            Text(
                f"Le fichier de configuration {file} n'existe pas.",
                f"There is no configuration file {file}.",
            ),
            Text("Vérifiez ce que donne --config.", "Check what --config names."),
        )
    problems: list[Text] = []
    table = read_table(file, Path(file.name), ConfigFile, problems)
    if table is not None:
        problems += _clashes(table, Path(file.name))
    if table is None or problems:
        raise ConfigError(
            Text("\n".join(p.fr for p in problems), "\n".join(p.en for p in problems)),
            Text(f"Corrigez {file}.", f"Mend {file}."),
        )
    wiki = _chosen(table, site, api)
    if wiki is None:
        names = ", ".join(table.wikis)
        hint = nearest(site or "", table.wikis)
        raise ConfigError(
            Text(
                f"{file} : aucun wiki « {site} »." if site else f"{file} : plusieurs wikis.",
                f"{file}: no wiki “{site}”." if site else f"{file}: several wikis.",
            ),
            Text(
                f"Choisissez avec --site : {hint or names}.",
                f"Choose with --site: {hint or names}.",
            ),
        )
    folder = file.resolve().parent
    return Config(wiki, table.limits, table.stop, folder, table.trackers, table.nightly)


def _chosen(table: ConfigFile, site: str | None, api: str | None) -> WikiTable | None:
    if site:
        return table.wikis.get(site)
    known = [table.wiki, *table.wikis.values()] if table.wiki else list(table.wikis.values())
    at_api = next((wiki for wiki in known if api and wiki.api == api), None)
    return at_api or table.wiki or (known[0] if len(known) == 1 else None)


def _clashes(table: ConfigFile, name: Path) -> list[Text]:
    problems = []
    if table.wiki is None and not table.wikis:
        problems.append(problem(name, "", Text("la table [wiki] manque.", "[wiki] is missing.")))
    for key, tracker in table.trackers.items():
        problems += wrong_tracker(tracker, name, f"trackers.{key}", key)
    problems += wrong_night(table.nightly, table.trackers, name)
    named = {"wiki": table.wiki, **{f"wikis.{key}": wiki for key, wiki in table.wikis.items()}}
    for path, wiki in named.items():
        if wiki and sum(map(bool, (wiki.api, wiki.folder, wiki.dump))) != 1:
            what = Text(
                "il faut une seule des clés api, folder et dump.",
                "exactly one of the keys api, folder and dump is needed.",
            )
            problems.append(problem(name, path, what))
        several = [] if wiki is None else [key for key in SOURCES if getattr(wiki, key)]
        if len(several) > 1:
            what = Text(
                f"le secret vient d'un seul endroit, et non de plusieurs ({', '.join(several)}).",
                f"the secret comes from one place, not from several ({', '.join(several)}).",
            )
            problems.append(problem(name, path, what))
    return problems
