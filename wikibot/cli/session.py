"""What every command shares: the language, the wiki, the mapping, the hints it prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import click

from wikibot.errors import ConfigError
from wikibot.language import Language, Text, counted
from wikibot.redaction import redacted_data

if TYPE_CHECKING:
    from pathlib import Path

    import wikibot
    from wikibot.config import Config, Limits
    from wikibot.jobs.mirror import CopiedExport, Mirrored

T = TypeVar("T")
_PAGES = Text("pages", "pages")


@dataclass
class Session:
    """The global options, and what they open, at the latest possible moment."""

    wiki_option: str | None
    config_option: str | None
    site: str | None
    mapping_option: str | None
    language: Language
    debug: bool
    from_mirror: bool = False
    keeps_session: bool = True  # where it is configured so
    _wiki: wikibot.Wiki | None = field(default=None, init=False)
    _copy: Mirrored | CopiedExport | None = field(default=None, init=False)
    _config: Config | None = field(default=None, init=False)
    _looked: bool = field(default=False, init=False)
    _held: ExitStack = field(default_factory=ExitStack, init=False)

    @property
    def config(self) -> Config | None:
        """Return the configuration, or None where there is none and none was asked for."""
        if not self._looked:
            self._looked = True
            from pathlib import Path

            from wikibot.config import find, load_config

            file = Path(self.config_option) if self.config_option else find(Path.cwd())
            # a folder or a dump named on the command line needs nothing of a chance find
            local = self.wiki_option is not None and "://" not in self.wiki_option
            if file is None and self.site:
                raise ConfigError(
                    Text(
                        f"aucun fichier wikibot.toml où chercher le wiki « {self.site} ».",
                        f"no file wikibot.toml to look for the wiki “{self.site}” in.",
                    ),
                    Text("Donnez-le avec --config.", "Name it with --config."),
                )
            if file is not None and (self.config_option or self.site or not local):
                self._config = load_config(file, self.site, self.wiki_option)
        return self._config

    @property
    def wiki(self) -> wikibot.Wiki:
        """Return the wiki to work on, or its local copy where that was asked for.

        Raises:
            ConfigError: none was named. InputError: there is no copy of it.
        """
        return self.copy_of(self.live) if self.from_mirror else self.live

    @property
    def live(self) -> wikibot.Wiki:
        """Return the wiki itself, opened once. Raises as `wiki`."""
        if self._wiki is None:
            self._wiki = self._open()
        return self._wiki

    def copy_of(self, live: wikibot.Wiki) -> Mirrored | CopiedExport:
        """Return the local copy of a wiki of a server or of an export, opened once.

        Raises:
            InputError: there is none.
        """
        if self._copy is None:
            from wikibot.jobs.mirror import copied_export, mirrored
            from wikibot.wiki.dump import DumpWiki

            if isinstance(live, DumpWiki):
                self._copy = copied_export(live, self._held, state=self.state)
            else:
                self._copy = mirrored(live, self._held, state=self.state)
        return self._copy

    def _open(self) -> wikibot.Wiki:
        import wikibot
        from wikibot.config import ACCOUNT_VARIABLE
        from wikibot.secret import from_environment

        config = self.config
        if self.wiki_option == "" or (self.wiki_option is None and config is None):
            raise ConfigError(
                Text("quel wiki ? Aucun n'est nommé.", "which wiki? None is named."),
                Text(
                    "Donnez --wiki DOSSIER, --wiki EXPORT.xml ou --wiki https://…/api.php, "
                    "ou écrivez un fichier wikibot.toml. Pour essayer : wikibot demo DOSSIER.",
                    "Give --wiki FOLDER, --wiki EXPORT.xml or --wiki https://…/api.php, or write "
                    "a file wikibot.toml. To try: wikibot demo FOLDER.",
                ),
            )
        # a secret goes to the wiki it was configured for, and to no other
        if config is not None and self.wiki_option in (None, config.table.api):
            account = config.account(os.environ) if config.table.api else None
            return wikibot.open_wiki(
                config.place,
                account=account,
                password=config.password(os.environ) if account else None,
                login=config.table.login,
                contact=config.table.contact,
                ca_bundle=config.ca_bundle,
                proxy=config.table.proxy,
                keep_session=config.table.keep_session and self.keeps_session,
                state=config.state,
            )
        return wikibot.open_wiki(
            self.wiki_option or "",
            account=os.environ.get(ACCOUNT_VARIABLE),
            password=from_environment(os.environ),
        )

    @property
    def mapping(self) -> wikibot.Mapping:
        """Return the mapping: the option's, the configuration's, or the packaged one."""
        import wikibot

        return wikibot.load_mapping(
            self.mapping_option or (self.config.mapping if self.config else "resilience")
        )

    @property
    def state(self) -> Path | None:
        """Return the configured state folder of this wiki, or None for its usual place."""
        config = self.config
        own = config is not None and self.wiki_option in (None, config.table.api)
        return config.state if config and own else None

    @property
    def limits(self) -> Limits:
        """Return the configured limits, or the usual ones."""
        from wikibot.config import Limits

        return self.config.limits if self.config else Limits()

    def hold(self) -> None:
        """Hold, until the end, what one run at a time may: before the wiki is asked anything.

        Raises:
            LockHeld: another run of this account works on this wiki.
            UsageError: only the copy is to be read.
        """
        from wikibot.config import ACCOUNT_VARIABLE
        from wikibot.jobs.state import account_lock

        if self.from_mirror:
            raise click.UsageError(
                self.show(
                    Text(
                        "--mirror est là pour lire : pour publier, relancez sans lui.",
                        "--mirror is for reading: to save, run again without it.",
                    )
                )
            )
        config = self.config
        place = self.wiki_option or (config.place if config else "")
        if "://" in place:
            account = os.environ.get(ACCOUNT_VARIABLE) or ""
            if config is not None and self.wiki_option in (None, config.table.api):
                account = config.table.account or account
            self._held.enter_context(account_lock(place, account))

    def manners(self, allow: Sequence[str] = ()) -> wikibot.Manners:
        """Return how a run behaves: as configured, and with the guards lifted now."""
        import wikibot
        from wikibot.config import Stop

        limits, stop = self.limits, self.config.stop if self.config else Stop()
        return wikibot.Manners(
            edits_per_minute=limits.edits_per_minute,
            edits_per_run=limits.edits_per_run,
            deadline_minutes=limits.deadline_minutes,
            stop_page=stop.page,
            heed_talk=stop.talk,
            in_use=stop.templates,
            tag=self.config.table.tag if self.config else None,
            allow=frozenset([*limits.allow, *allow]),
        )

    def close(self) -> None:
        """Close what was opened."""
        close = getattr(self._wiki, "close", None)
        if close is not None:
            close()
        self._held.close()

    def keep_crash(self, error: Exception) -> Path | None:
        """Keep the traceback of an error of ours beside the journal; None: there is no place.

        Nothing is asked of a wiki for it.
        """
        from wikibot.cli.discreet import traceback_of

        try:
            from wikibot.jobs.reports import write_crash
            from wikibot.jobs.state import state_folder

            folder = self.state
            if folder is None and self._wiki is not None:
                folder = state_folder(self._wiki)
            return write_crash(folder, traceback_of(error)) if folder is not None else None
        except Exception:  # whatever else is wrong, the first error is the one to tell
            return None

    def show(self, text: Text) -> str:
        """Return the words in the language chosen for this command."""
        return text.into(self.language)

    def tell(self, line: str) -> None:
        """Print what was just done; a run goes on where nobody listens any more."""
        try:
            click.echo(line)
        except BrokenPipeError:
            fall_silent()

    def command(self, *words: str) -> str:
        """Return a command to type next, with the same wiki and the same configuration."""
        options: list[str] = []
        for name, value in (
            ("--wiki", self.wiki_option),
            ("--config", self.config_option),
            ("--site", self.site),
            ("--mapping", self.mapping_option),
        ):
            if value:
                options += [name, value]
        import shlex

        return shlex.join(["wikibot", *options, *words])

    def counted(self, pages: Iterable[T]) -> Iterator[T]:
        """Yield the pages, counting them on a terminal; elsewhere in silence."""
        shown = sys.stderr.isatty()
        number = 0
        for number, page in enumerate(pages, 1):
            if shown and number % 20 == 0:
                read = self.show(counted(number, _PAGES, _PAGES))
                click.echo(f"\r{read}…", err=True, nl=False)
            yield page
        if shown and number >= 20:
            click.echo("\r" + " " * 20 + "\r", err=True, nl=False)


def fall_silent() -> None:
    """Let whatever is still printed go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def data_of(value: object) -> str:
    """Return a value as JSON with a line end, secrets taken out while it is no text yet."""
    import json

    return json.dumps(redacted_data(value), ensure_ascii=False, indent=1) + "\n"


def echo_json(value: object) -> None:
    """Print a value as JSON on standard output."""
    click.echo(data_of(value), nl=False)


def complain(message: Text, advice: Text | None) -> None:
    """Print what went wrong on standard error, then what to do about it."""
    from wikibot.cli import logs

    logs.complain(message, advice)
