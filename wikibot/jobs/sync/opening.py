"""A tracker and its rules, as the configuration has them."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

from wikibot.actions.sync import Rules, Where
from wikibot.actions.sync_values import ROLES, stage_name, stage_names
from wikibot.config import Config, TrackerTable
from wikibot.errors import ConfigError
from wikibot.jobs.actions.reading import tracker_type
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping, fold
from wikibot.trackers import Tracker


def open_tracker(
    name: str,
    config: Config | None,
    mapping: Mapping,
    *,
    environ: MutableMapping[str, str] = os.environ,
    around: Surroundings = REAL,
) -> tuple[Tracker, Rules]:
    """Return the tracker of that name in the configuration, and how it is synced.

    Raises:
        ConfigError: there is no such tracker, or its secret cannot be had.
        InputError: the mapping has no board.
    """
    table = config.trackers.get(name) if config is not None else None
    if config is None or table is None:
        raise _unknown(name, config)
    page_type, board = tracker_type(mapping)
    field = page_type.field(board.status or "")
    stages = stage_names(board, mapping.vocabulary(field) if field else None)
    last = stage_name(board.columns[-1])
    tracker = _tracker(name, table, config, stages, last, environ, around)
    return tracker, _rules(table, stages)


def _rules(table: TrackerTable, stages: tuple[str, ...]) -> Rules:
    winners: dict[str, Where] = {}
    for role, winner in table.policies.items():
        if winner != "ask":
            winners[role] = winner
    return Rules(
        fields=ROLES,
        policies=winners,
        clearable=frozenset(table.clearable),
        create=frozenset(table.create),
        close_gone=stages[-1] if table.gone == "close" else None,
    )


def _tracker(
    name: str,
    table: TrackerTable,
    config: Config,
    stages: tuple[str, ...],
    last_column: str,
    environ: MutableMapping[str, str],
    around: Surroundings,
) -> Tracker:
    if table.kind == "workbook":
        from wikibot.trackers.workbook import HEADINGS, WorkbookTracker

        named: dict[str, str] = {role: heading for role, heading in table.columns.items()}
        path = config.path(table.path or "")
        return WorkbookTracker(
            path,
            around.fresh_id,
            around.now,
            {**HEADINGS, **named},
            table.sheet,
            stages,
            frozenset(named),
        )
    if table.kind in ("github", "gitlab"):
        return _issues(name, table, config, stages, environ, around)
    from wikibot.trackers.vtodo import Stages

    done = frozenset((stages[-1], last_column))
    given = {status.upper(): stage for status, stage in _statuses(name, table, stages).items()}
    statuses = Stages(stages, given, done)
    if table.kind == "icalendar":
        from wikibot.trackers.icalendar import CalendarFile

        path = config.path(table.path or "")
        return CalendarFile(path, statuses, around.fresh_id, around.now)
    from wikibot.trackers.caldav import CalDav

    return CalDav(
        table.url or "",
        statuses,
        around.fresh_id,
        around.now,
        table.account,
        config.tracker_password(name, environ),
        str(config.path(table.ca_bundle)) if table.ca_bundle else None,
    )


def _issues(
    name: str,
    table: TrackerTable,
    config: Config,
    stages: tuple[str, ...],
    environ: MutableMapping[str, str],
    around: Surroundings,
) -> Tracker:
    from wikibot.trackers import github, gitlab, issues
    from wikibot.trackers.forge_api import Api
    from wikibot.trackers.http import Server, is_local
    from wikibot.trackers.issue_tracker import Forge, IssueTracker
    from wikibot.wiki.patience import sleep_scale

    token = config.tracker_password(name, environ)
    if token is not None and (not token.isprintable() or " " in token):
        raise ConfigError(_TOKEN.format(name=name))
    kind = github if table.kind == "github" else gitlab
    url = (table.url or kind.URL).rstrip("/")
    bundle = str(config.path(table.ca_bundle)) if table.ca_bundle else None
    server = Server(url, _ADDRESS, kind.headers(token), ca_bundle=bundle)
    scale = sleep_scale(environ, loopback=is_local(url))

    def sleep(seconds: float) -> None:
        around.sleep(seconds * scale)

    api = Api(server, kind.WORDS, sleep, around.now)
    given = _statuses(name, table, stages)
    fields = tuple(field for field in kind.FIELDS if table.people or field != "assigned")
    columns, people = issues.Columns(stages, given), issues.People(table.people)
    forge: Forge
    if table.kind == "github":
        forge = github.GitHub(api, table.repository or "", token is not None)
        return IssueTracker(forge, issues.Rules(fields, columns, people), sleep)
    forge = gitlab.GitLab(api, table.project or "", token is not None)
    return IssueTracker(
        forge, issues.Rules(fields, columns, people, gitlab.plain, gitlab.safe), sleep
    )


def _statuses(name: str, table: TrackerTable, stages: tuple[str, ...]) -> dict[str, str]:
    """Return status → stage as configured.

    Raises:
        ConfigError: the board has no such stage.
    """
    by_name = {fold(stage): stage for stage in stages}
    found = {}
    for status, written in table.statuses.items():
        stage = by_name.get(fold(written))
        if stage is None:
            raise ConfigError(
                Text(
                    f"[trackers.{name}.statuses] : « {written} » n'est pas un avancement. "
                    f"Choisissez parmi : {', '.join(stages)}.",
                    f"[trackers.{name}.statuses]: “{written}” is no stage. Choose one of: "
                    f"{', '.join(stages)}.",
                )
            )
        found[status] = stage
    return found


_TOKEN = Text(
    "[trackers.{name}] : le jeton contient un blanc ou un caractère invisible. Copiez-le de "
    "nouveau, seul sur sa ligne.",
    "[trackers.{name}]: the token has a blank or a hidden character. Copy it anew, alone on its "
    "line.",
)
_ADDRESS = Text(
    "L'adresse d'une API commence par https:// et ne contient ni compte ni secret.",
    "The address of an API begins with https:// and holds neither account nor secret.",
)


def _unknown(name: str, config: Config | None) -> ConfigError:
    if config is None:
        return ConfigError(
            Text(
                f"Le suivi « {name} » se décrit dans wikibot.toml, et aucun n'est lu.",
                f"The tracker “{name}” is described in wikibot.toml, and none is read.",
            ),
            Text(
                "Nommez-le avec --config : avec --wiki DOSSIER il n'est pas cherché, pour qu'un "
                "essai n'écrive pas dans le suivi d'une équipe.",
                "Name it with --config: with --wiki FOLDER it is not looked for, so that a trial "
                "does not write to the tracker of a team.",
            ),
        )
    names = ", ".join(config.trackers)
    return ConfigError(
        Text(f"Aucun suivi ne s'appelle « {name} ».", f"No tracker is called “{name}”."),
        Text(
            f"Suivis de la configuration : {names}."
            if names
            else f'Ajoutez à wikibot.toml : [trackers.{name}], puis kind = "workbook" et '
            'path = "actions.xlsx".',
            f"Trackers of the configuration: {names}."
            if names
            else f'Add to wikibot.toml: [trackers.{name}], then kind = "workbook" and '
            'path = "actions.xlsx".',
        ),
    )
