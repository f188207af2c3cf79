"""One wiki as configured."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from wikibot.config.nightly import NightlyTable
from wikibot.config.retention import RetentionTable
from wikibot.config.tables import Limits, Stop, WikiTable
from wikibot.config.trackers import TrackerTable
from wikibot.secret import (
    from_command,
    from_credential,
    from_environment,
    from_file,
    from_keyring,
    one_line,
    words,
)

ACCOUNT_VARIABLE = "WIKIBOT_ACCOUNT"


class Config:
    """One wiki as configured, paths made absolute."""

    def __init__(
        self,
        table: WikiTable,
        limits: Limits,
        stop: Stop,
        folder: Path,
        trackers: Mapping[str, TrackerTable] = MappingProxyType({}),
        nightly: NightlyTable | None = None,
        retention: RetentionTable | None = None,
    ) -> None:
        """Keep the table of the wiki; `folder` is where its paths start."""
        self.table = table
        self.trackers = trackers
        self.nightly = nightly or NightlyTable()
        self.retention = retention or RetentionTable()
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
        sources = (table.password_file, table.password_command, table.credential)
        return self._secret(variable, environ, *sources)

    def mail_password(self, environ: MutableMapping[str, str]) -> str | None:
        """Return the secret of the mail server, WIKIBOT_MAIL_PASSWORD first; as for a tracker."""
        mail = self.nightly.report.mail
        if mail is None:
            return None
        sources = (mail.password_file, mail.password_command, mail.credential)
        return self._secret("WIKIBOT_MAIL_PASSWORD", environ, *sources)

    def webhook_url(self, environ: MutableMapping[str, str]) -> str | None:
        """Return the address of the webhook, WIKIBOT_WEBHOOK_URL first; as for a tracker."""
        hook = self.nightly.report.webhook
        if hook is None:
            return None
        sources = (hook.url_file, hook.url_command, hook.credential)
        return self._secret("WIKIBOT_WEBHOOK_URL", environ, *sources)

    def notify_urls(self, environ: MutableMapping[str, str]) -> tuple[str, ...]:
        """Return the addresses of apprise, WIKIBOT_NOTIFY_URLS first; as for a tracker."""
        notify = self.nightly.report.notify
        if notify is None:
            return ()
        sources = (notify.url_file, notify.url_command, notify.credential)
        text = self._whole_secret("WIKIBOT_NOTIFY_URLS", environ, *sources) or ""
        return tuple(one_line(line.strip()) for line in text.splitlines() if line.strip())

    def _secret(
        self,
        variable: str,
        environ: MutableMapping[str, str],
        file: str | None,
        command: tuple[str, ...],
        credential: str | None,
    ) -> str | None:
        found = self._whole_secret(variable, environ, file, command, credential)
        return None if found is None else one_line(found)

    def _whole_secret(
        self,
        variable: str,
        environ: MutableMapping[str, str],
        file: str | None,
        command: tuple[str, ...],
        credential: str | None,
    ) -> str | None:
        if given := environ.pop(variable, ""):  # no command started later inherits it
            return given
        if file:
            return from_file(self.path(file))
        if command:
            return from_command(command, self._folder)
        if credential:
            return from_credential(credential, environ)
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
