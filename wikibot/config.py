"""`wikibot.toml`: which wiki, which account and its secret, which mapping, which limits."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Key

from wikibot.errors import ConfigError
from wikibot.language import Text
from wikibot.secret import (
    from_command,
    from_credential,
    from_environment,
    from_file,
    from_keyring,
    one_line,
    words,
)
from wikibot.tables import nearest, problem, read_table

FILE = "wikibot.toml"
ACCOUNT_VARIABLE = "WIKIBOT_ACCOUNT"

Guard = Literal["shrink", "privileged", "reverted", "other-run", "unknown"]
Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n\r]+$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class WikiTable(_Table):
    """One wiki: an address, a folder or a dump. Paths start at the file's own folder."""

    api: Line | None = Key(default=None, description="The address of the wiki's api.php.")
    folder: Line | None = Key(default=None, description="A folder of pages instead.")
    dump: Line | None = Key(default=None, description="An XML export instead, read-only.")
    account: Line | None = Key(
        default=None, description="User@name of a bot password; with OAuth, the user's name."
    )
    login: Literal["bot-password", "oauth1", "oauth2"] = Key(
        default="bot-password", description="How to log in; OAuth means owner-only consumers."
    )
    password_file: Line | None = Key(
        default=None, description="A file with the secret, readable by its owner only."
    )
    password_command: tuple[Line, ...] = Key(
        default=(), strict=False, description="A command that prints the secret."
    )
    credential: Line | None = Key(
        default=None, description="The name of a systemd credential that holds the secret."
    )
    keyring: bool = Key(default=False, description="Take the secret from the user's keyring.")
    keep_session: bool = Key(
        default=False, description="Keep the session's cookies in the state folder between runs."
    )
    proxy: Line | None = Key(default=None, description="A proxy to go through: http://host:port.")
    tag: Line | None = Key(default=None, description="The change tag that every edit must bear.")
    contact: Line | None = Key(
        default=None, description="Address or page the wiki's administrators can write to."
    )
    ca_bundle: Line | None = Key(default=None, description="Certificates to trust (PEM).")
    mapping: Line = Key(default="resilience", description="A packaged mapping, or a folder.")
    state: Line | None = Key(default=None, description="Folder of the journal and the lock.")


class Limits(_Table):
    """How much one run may do."""

    edits_per_minute: int = Key(default=6, ge=0, description="On a server; 0: without a pause.")
    edits_per_run: int = Key(
        default=500, ge=1, description="Pages a run; a longer plan is refused as a whole."
    )
    deadline_minutes: int = Key(
        default=120, ge=1, description="A run stops after that time; the next one goes on."
    )
    allow: tuple[Guard, ...] = Key(
        default=(),
        strict=False,
        description="Guards that are lifted for good, by their names.",
    )


class Stop(_Table):
    """How the people of the wiki stop the bot."""

    page: Line | None = Key(
        default=None, description='A page of the wiki; any other text than "go" stops the bot.'
    )
    talk: bool = Key(default=True, description="A new message on the bot's talk page stops it.")
    templates: tuple[Line, ...] = Key(
        default=("En travaux",),
        strict=False,
        description="A page that calls one of these is left alone.",
    )


# The fields that a tracker can hold (`actions.sync_values.ROLES`; a test holds them alike).
TrackerField = Literal[
    "summary", "stage", "due", "assigned", "labels", "related", "details", "resolution"
]


class TrackerTable(_Table):
    """Where the actions are followed beside the wiki, and how both are kept alike."""

    kind: Literal["workbook", "icalendar", "caldav"] = Key(
        description="A workbook (.xlsx, .ods, .csv), an iCalendar file, or a list on a server."
    )
    path: Line | None = Key(default=None, description="The file of a workbook or calendar.")
    url: Line | None = Key(default=None, description="The address of a list of tasks (CalDAV).")
    account: Line | None = Key(default=None, description="Who logs in to that server.")
    password_file: Line | None = Key(
        default=None, description="A file with its secret, readable by its owner only."
    )
    password_command: tuple[Line, ...] = Key(
        default=(), strict=False, description="A command that prints its secret."
    )
    credential: Line | None = Key(
        default=None, description="The name of a systemd credential that holds its secret."
    )
    ca_bundle: Line | None = Key(default=None, description="Certificates to trust (PEM).")
    sheet: Line | None = Key(
        default=None, description="The sheet of the actions; else the one with their headings."
    )
    columns: dict[TrackerField, Line] = Key(
        default={}, description="Field → heading, where headings are not the usual ones."
    )
    statuses: dict[Line, Line] = Key(
        default={}, description="Status of a task (NEEDS-ACTION, …) → stage on the board."
    )
    policies: dict[TrackerField, Literal["wiki", "tracker", "ask"]] = Key(
        default={}, description="Field → the side that wins a conflict; by default, none does."
    )
    clearable: tuple[TrackerField, ...] = Key(
        default=("due", "assigned", "labels"),
        strict=False,
        description="Fields that are emptied on one side when they were on the other.",
    )
    create: tuple[Literal["wiki", "tracker"], ...] = Key(
        default=("wiki", "tracker"),
        strict=False,
        description="The sides on which missing actions are made.",
    )
    gone: Literal["report", "close"] = Key(
        default="report",
        description="What is deleted on one side is told, or closed on the other; never deleted.",
    )


class ConfigFile(_Table):
    """The whole of `wikibot.toml`."""

    wiki: WikiTable | None = None
    wikis: dict[str, WikiTable] = Key(default={}, description="Several, chosen by --site.")
    limits: Limits = Limits()
    stop: Stop = Stop()
    trackers: dict[str, TrackerTable] = Key(
        default={}, description="The trackers of actions, by the names that commands call them."
    )


class Config:
    """One wiki as configured, paths made absolute."""

    def __init__(
        self,
        table: WikiTable,
        limits: Limits,
        stop: Stop,
        folder: Path,
        trackers: Mapping[str, TrackerTable] = MappingProxyType({}),
    ) -> None:
        """Keep the table of the wiki; `folder` is where its paths start."""
        self.table = table
        self.trackers = trackers
        self.limits = limits
        self.stop = stop
        self._folder = folder

    @property
    def place(self) -> str:
        """Return the address or the path of the wiki."""
        return self.table.api or str(self.path(self.table.folder or self.table.dump or "."))

    @property
    def mapping(self) -> str | Path:
        """Return the name of a packaged mapping, or the folder of one."""
        given = self.table.mapping
        return self.path(given) if "/" in given or (self._folder / given).is_dir() else given

    @property
    def state(self) -> Path | None:
        """Return the configured state folder, or None."""
        return self.path(self.table.state) if self.table.state else None

    @property
    def ca_bundle(self) -> Path | None:
        """Return the file of certificates to trust, or None for the system's."""
        return self.path(self.table.ca_bundle) if self.table.ca_bundle else None

    def path(self, given: str) -> Path:
        """Return a path of the file as an absolute one; links in it stay links."""
        return Path(os.path.abspath(self._folder / Path(given).expanduser()))

    def tracker_password(self, name: str, environ: MutableMapping[str, str]) -> str | None:
        """Return the secret of a tracker, or None; it is hidden from all that is shown.

        The variable WIKIBOT_PASSWORD_NAME has the first word, else the one configured source.

        Raises:
            ConfigError: the source is open to others or unreadable, or it failed.
        """
        table = self.trackers[name]
        variable = f"WIKIBOT_PASSWORD_{name.upper().replace('-', '_')}"
        if given := environ.pop(variable, ""):  # no command started later inherits it
            return one_line(given)
        if table.password_file:
            return one_line(from_file(self.path(table.password_file)))
        if table.password_command:
            return one_line(from_command(table.password_command, self._folder))
        if table.credential:
            return one_line(from_credential(table.credential, environ))
        return None

    def account(self, environ: Mapping[str, str]) -> str | None:
        """Return the account to log in with: the configured one, else the environment's."""
        return self.table.account or environ.get(ACCOUNT_VARIABLE) or None

    def password(self, environ: MutableMapping[str, str]) -> str | None:
        """Return the secret of the account, or None; it is hidden from all that is shown.

        The environment has the first word, and loses it; else the one configured source. With
        OAuth 1 the secret is four words, with all else the first line.

        Raises:
            ConfigError: the source is open to others or unreadable, or it failed.
        """
        table = self.table
        if (given := from_environment(environ)) is not None:
            found = given
        elif table.password_file:
            found = from_file(self.path(table.password_file))
        elif table.password_command:
            found = from_command(table.password_command, self._folder)
        elif table.credential:
            found = from_credential(table.credential, environ)
        elif table.keyring:
            host = urlsplit(table.api or "").hostname or ""
            found = from_keyring(host, self.account(environ) or "")
        else:
            return None
        return words(found) if table.login == "oauth1" else one_line(found)


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
    return Config(wiki, table.limits, table.stop, file.resolve().parent, table.trackers)


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
        problems += _wrong_tracker(tracker, name, f"trackers.{key}", key)
    named = {"wiki": table.wiki, **{f"wikis.{key}": wiki for key, wiki in table.wikis.items()}}
    for path, wiki in named.items():
        if wiki and sum(map(bool, (wiki.api, wiki.folder, wiki.dump))) != 1:
            what = Text(
                "il faut une seule des clés api, folder et dump.",
                "exactly one of the keys api, folder and dump is needed.",
            )
            problems.append(problem(name, path, what))
        several = [] if wiki is None else [key for key in _SOURCES if getattr(wiki, key)]
        if len(several) > 1:
            what = Text(
                f"le secret vient d'un seul endroit, et non de plusieurs ({', '.join(several)}).",
                f"the secret comes from one place, not from several ({', '.join(several)}).",
            )
            problems.append(problem(name, path, what))
    return problems


def _wrong_tracker(table: TrackerTable, name: Path, path: str, key: str) -> list[Text]:
    problems = []
    needed, other = ("url", "path") if table.kind == "caldav" else ("path", "url")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key):
        what = Text(
            "le nom d'un suivi ne contient que des lettres sans accent, des chiffres, - et _.",
            "the name of a tracker has letters without accents, digits, - and _ only.",
        )
        problems.append(problem(name, path, what))
    if getattr(table, needed) is None or getattr(table, other) is not None:
        what = Text(
            f"« {table.kind} » demande la clé {needed}, et non {other}.",
            f"“{table.kind}” needs the key {needed}, not {other}.",
        )
        problems.append(problem(name, path, what))
    headings = [heading.casefold() for heading in table.columns.values()]
    if len(set(headings)) < len(headings):
        what = Text("deux champs ont le même titre.", "two fields have one heading.")
        problems.append(problem(name, f"{path}.columns", what))
    several = [each for each in _SOURCES if getattr(table, each, None)]
    if len(several) > 1:
        what = Text(
            f"le secret vient d'un seul endroit, et non de plusieurs ({', '.join(several)}).",
            f"the secret comes from one place, not from several ({', '.join(several)}).",
        )
        problems.append(problem(name, path, what))
    return problems


_SOURCES = ("password_file", "password_command", "credential", "keyring")
