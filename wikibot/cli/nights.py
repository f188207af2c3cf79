"""The nights of every wiki of a configuration, one after the other."""

from __future__ import annotations

import os
from collections.abc import Callable, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot.cli.session import Session, complain, echo_json
from wikibot.cli.spoken import say
from wikibot.errors import ConfigError, WikibotError
from wikibot.language import Text

if TYPE_CHECKING:
    from wikibot.night import Night

Spend = Callable[[Session, MutableMapping[str, str]], "Night"]

INTERNAL_ERROR = 1
_OF_ONE = "WIKIBOT_PASSWORD"  # of a wiki or, with a name behind it, of one of its trackers
_OF_ALL = ("WIKIBOT_MAIL_PASSWORD", "WIKIBOT_WEBHOOK_URL", "WIKIBOT_NOTIFY_URLS")


def spend_all(session: Session, spend: Spend, form: str) -> int:
    """Spend the night of each wiki, tell of it, and return the gravest exit code of all.

    One that cannot even begin (a secret, a lock, a mapping) does not stop the others.

    Raises:
        UsageError, ConfigError: it is not clear which wikis are meant, or whose a secret is.
    """
    from wikibot.night import gravest

    file = _file(session)
    names = _names(file)
    # each night gets them, and no command that one starts inherits them
    shared = {name: os.environ.pop(name) for name in _OF_ALL if name in os.environ}
    told: list[dict[str, Any]] = []
    for name in names:
        own = replace(session, site=name or None, config_option=str(file))
        try:
            night = spend(own, {**os.environ, **shared})
        except Exception as error:
            told.append(_failed(own, name, error))
            continue
        finally:
            own.close()
        told.append(_shown(own, name, night, form))
        if night.signal:
            break
    if form == "json":
        echo_json(told)
    return gravest(each["exit"] for each in told)


def _file(session: Session) -> Path:
    from wikibot.config import find

    if session.wiki_option is not None or session.site:
        raise click.UsageError(
            say(
                "--all-sites fait tous les wikis de wikibot.toml : relancez sans --wiki ni --site.",
                "--all-sites does every wiki of wikibot.toml: run again without --wiki and --site.",
            )
        )
    file = Path(session.config_option) if session.config_option else find(Path.cwd())
    if file is None:
        raise ConfigError(
            Text(
                "aucun fichier wikibot.toml : --all-sites ne sait pas quels wikis faire.",
                "no file wikibot.toml: --all-sites does not know which wikis there are.",
            ),
            Text("Donnez-le avec --config.", "Name it with --config."),
        )
    return file


def _names(file: Path) -> tuple[str, ...]:
    from wikibot.config import site_names

    names = site_names(file)
    given = [name for name in os.environ if name.startswith(_OF_ONE)]
    if given and len(names) > 1:
        raise ConfigError(
            Text(
                f"{given[0]} ne dit pas auquel des wikis est ce secret : {', '.join(names)}.",
                f"{given[0]} does not say which wiki the secret is of: {', '.join(names)}.",
            ),
            Text(
                "Avec --all-sites, donnez à chaque wiki le sien : password_file, "
                "password_command ou credential.",
                "With --all-sites, give each wiki its own: password_file, password_command or "
                "credential.",
            ),
        )
    return names


def _failed(session: Session, name: str, error: Exception) -> dict[str, Any]:
    """Tell why a night did not take place."""
    from wikibot.cli import logs

    logs.keep(error)
    if isinstance(error, WikibotError):
        code, advice, message = error.exit_code, error.advice, error.message
    else:
        session.keep_crash(error)
        kind = type(error).__name__
        code, advice = INTERNAL_ERROR, None
        message = Text(
            f"erreur interne de wikibot ({kind}).", f"internal error of wikibot ({kind})."
        )
    site = f"[wikis.{name}]" if name else "[wiki]"
    complain(Text(f"{site} : {message.fr}", f"{site}: {message.en}"), advice)
    return {"site": name, "exit": code, "night": None, "error": session.show(message)}


def _shown(session: Session, name: str, night: Night, form: str) -> dict[str, Any]:
    from wikibot.render import night as shown

    if form != "json":
        session.tell(shown.text(night, session.language))
    return {"site": name, "exit": night.exit_code, "night": shown.data(night), "error": None}
