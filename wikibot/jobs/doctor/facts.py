"""What a doctor knows when it judges: the parts, or the errors that kept them away."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wikibot.config import ACCOUNT_VARIABLE, Config
from wikibot.errors import WikibotError
from wikibot.jobs.doctor.machine import StateFacts
from wikibot.jobs.manners import Manners
from wikibot.jobs.nightly.ahead import Ahead, look_ahead
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.secret import PASSWORD_VARIABLE
from wikibot.wiki import Wiki

if TYPE_CHECKING:  # a folder needs nothing of a server
    from wikibot.wiki.mediawiki.examination import Examination


@dataclass(frozen=True)
class Setup:
    """What was configured, and what of it could not be used.

    `place` is the address or path of the wiki, `file` the configuration file that is used,
    `unusable` why one cannot be. `account` is the one that should log in, by the way `login`
    names (None: nobody knows which); `secret` is where its secret comes from (never the secret
    itself), `refused` why it is not logged in. `nights` is what a configured night needs,
    `creating` are the trackers whose new rows become pages.
    """

    place: str = ""
    file: Path | None = None
    unusable: WikibotError | None = None
    account: str | None = None
    login: str | None = "bot-password"
    secret: Text | None = None
    refused: WikibotError | None = None
    nights: tuple[Ahead, ...] = ()
    creating: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, place: str, config: Config | None, environ: AnyMapping[str, str], file: Path | None
    ) -> Setup:
        """Return what a configuration says of the wiki at `place`, or the environment alone.

        The secret is not read, so ask before it is taken out of `environ`.
        """
        nights = tuple(look_ahead(config, environ)) if config else ()
        if "://" not in place:
            return cls(place, file, nights=nights)
        account = config.account(environ) if config else environ.get(ACCOUNT_VARIABLE) or None
        login = config.table.login if config else "bot-password"
        secret = _source(config, environ)
        trackers = config.trackers.items() if config else ()
        creating = tuple(name for name, table in trackers if "wiki" in table.create)
        return cls(
            place,
            file,
            account=account,
            login=login,
            secret=secret,
            nights=nights,
            creating=creating,
        )


def _source(config: Config | None, environ: AnyMapping[str, str]) -> Text | None:
    """Name the place that a secret will be read from, in the order of `Config.password`."""
    if environ.get(PASSWORD_VARIABLE):
        return Text(
            f"dans la variable d'environnement {PASSWORD_VARIABLE}.",
            f"in the environment variable {PASSWORD_VARIABLE}.",
        )
    if config is None:
        return None
    table = config.table
    if table.password_file:
        file = config.path(table.password_file)
        return Text(
            f"dans le fichier {file}, que vous seul pouvez lire.",
            f"in the file {file}, which only you can read.",
        )
    if table.password_command:
        command = table.password_command[0]
        return Text(f"donné par la commande {command}.", f"given by the command {command}.")
    if table.credential:
        return Text(
            f"confié par systemd sous le nom « {table.credential} ».",
            f"handed over by systemd under the name “{table.credential}”.",
        )
    if table.keyring:
        return Text("dans le trousseau de votre session.", "in the keyring of your session.")
    return None


@dataclass(frozen=True)
class Facts:
    """All that is judged. `wiki` or `unreached` is set; so is, for a server, `server` or `mute`.

    Where the wiki is on this machine's disk, `folder_writable` says whether it can be written,
    `order` why its stop page stops the bot, `callers` how many pages call each template of the
    mapping, `unread` why they could not be counted.
    """

    setup: Setup
    manners: Manners
    mapping: Mapping | WikibotError
    wiki: Wiki | None
    unreached: WikibotError | None
    server: Examination | None
    mute: WikibotError | None
    state: StateFacts | WikibotError | None
    folder_writable: bool
    order: Text | None
    callers: AnyMapping[str, int]
    unread: WikibotError | None
    now: datetime

    @property
    def on_a_server(self) -> bool:
        """Return whether the wiki is, or should be, one on a server."""
        return "://" in (self.wiki.place if self.wiki else self.setup.place)

    @property
    def why_silent(self) -> tuple[Text, Text] | None:
        """Return why the server told nothing, and what to do; None where it told."""
        if self.server is not None:
            return None
        if self.unreached is not None and self.unreached is self.setup.unusable:
            return (
                Text("la configuration ne se lit pas", "the configuration cannot be read"),
                Text(
                    "Corrigez d'abord le fichier de configuration, puis relancez.",
                    "Mend the configuration file first, then run again.",
                ),
            )
        return (
            Text("le wiki n'a pas été joint", "the wiki was not reached"),
            Text(
                "Corrigez d'abord l'accès au wiki, puis relancez « wikibot doctor ».",
                "Mend the reach of the wiki first, then run “wikibot doctor” again.",
            ),
        )
