"""`wikibot.toml`: which wiki, which account, which mapping, which limits; and the secret."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Key

from wikibot.errors import ConfigError
from wikibot.language import Text, same
from wikibot.tables import nearest, problem, read_table

FILE = "wikibot.toml"
PASSWORD_VARIABLE = "WIKIBOT_PASSWORD"
ACCOUNT_VARIABLE = "WIKIBOT_ACCOUNT"

Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n\r]+$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class WikiTable(_Table):
    """One wiki: an address, a folder or a dump. Paths start at the file's own folder."""

    api: Line | None = Key(default=None, description="The address of the wiki's api.php.")
    folder: Line | None = Key(default=None, description="A folder of pages instead.")
    dump: Line | None = Key(default=None, description="An XML export instead, read-only.")
    account: Line | None = Key(default=None, description="User@name of a bot password.")
    password_file: Line | None = Key(
        default=None, description="A file with the bot password, readable by its owner only."
    )
    password_command: tuple[Line, ...] = Key(
        default=(), strict=False, description="A command that prints the bot password."
    )
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


class ConfigFile(_Table):
    """The whole of `wikibot.toml`."""

    wiki: WikiTable | None = None
    wikis: dict[str, WikiTable] = Key(default={}, description="Several, chosen by --site.")
    limits: Limits = Limits()


class Config:
    """One wiki as configured, paths made absolute."""

    def __init__(self, table: WikiTable, limits: Limits, folder: Path) -> None:
        """Keep the table of the wiki; `folder` is where its paths start."""
        self.table = table
        self.limits = limits
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

    def password(self, environ: Mapping[str, str]) -> str | None:
        """Return the bot password: from the environment, the file or the command, or None.

        Raises:
            ConfigError: the file is open to others or unreadable, or the command failed.
        """
        if environ.get(PASSWORD_VARIABLE):
            return environ[PASSWORD_VARIABLE]
        if self.table.password_file:
            return _from_file(self.path(self.table.password_file))
        if self.table.password_command:
            return _from_command(self.table.password_command, self._folder)
        return None


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
    return Config(wiki, table.limits, file.resolve().parent)


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
    named = {"wiki": table.wiki, **{f"wikis.{key}": wiki for key, wiki in table.wikis.items()}}
    for path, wiki in named.items():
        if wiki and sum(map(bool, (wiki.api, wiki.folder, wiki.dump))) != 1:
            what = Text(
                "il faut une seule des clés api, folder et dump.",
                "exactly one of the keys api, folder and dump is needed.",
            )
            problems.append(problem(name, path, what))
    return problems


def _from_file(path: Path) -> str:
    password: str | None
    try:
        with open(os.open(path, _READ), "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise _no_password(path, Text("ce n'est pas un fichier", "it is no file"))
            if os.name != "nt" and state.st_mode & 0o077:
                raise ConfigError(
                    Text(
                        f"{path} : ce fichier de mot de passe est lisible par d'autres.",
                        f"{path}: this password file is open to others.",
                    ),
                    Text(f"Fermez-le : chmod 600 {path}", f"Close it: chmod 600 {path}"),
                )
            password = file.readline().decode("utf-8-sig").rstrip("\r\n")
    except OSError as error:
        link = Text("c'est un lien", "it is a link")
        other = same(error.strerror or type(error).__name__)
        raise _no_password(path, link if error.errno == errno.ELOOP else other) from None
    except UnicodeDecodeError:  # the error itself holds what it could not read
        password = None
    if password is None:
        raise _no_password(path, Text("ce n'est pas de l'UTF-8", "it is not UTF-8"))
    if not password:
        raise _no_password(path, Text("sa première ligne est vide", "its first line is empty"))
    return password


_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _no_password(path: Path, why: Text) -> ConfigError:
    return ConfigError(
        Text(
            f"Mot de passe illisible : {path} ({why.fr}).",
            f"Cannot read the password: {path} ({why.en}).",
        ),
        Text(
            "Donnez un fichier ordinaire, dont la première ligne est le mot de passe.",
            "Name an ordinary file whose first line is the password.",
        ),
    )


def _from_command(command: tuple[str, ...], folder: Path) -> str:
    """Return the first line a command prints; what it prints never shows in an error."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=30, check=False
        )
        failed = f"code {done.returncode}" if done.returncode else ""
        first = done.stdout.partition("\n")[0].rstrip("\r")
    except subprocess.TimeoutExpired:
        failed, first = "30 s", ""
    except (OSError, ValueError) as error:
        failed, first = type(error).__name__, ""
    if failed or not first:
        raise ConfigError(
            Text(
                f"La commande du mot de passe ({command[0]}) n'a rien donné : "
                f"{failed or 'sortie vide'}.",
                f"The password command ({command[0]}) gave nothing: {failed or 'no output'}.",
            ),
            Text("Essayez-la dans un terminal.", "Try it in a terminal."),
        )
    return first
