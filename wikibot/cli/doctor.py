"""The command doctor: everything a run relies on, looked at before there is one."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import command, say
from wikibot.errors import WikibotError

if TYPE_CHECKING:
    import wikibot
    from wikibot.config import Config

_UNAVAILABLE = 5
_NO_LOGIN_NOW = ("readonly", "throttled")  # the wiki answers, but lets nobody in for now


@command(
    help=say(
        "Vérifie tout ce dont le robot a besoin, sans rien écrire sur le wiki : configuration, "
        "accès, compte et droits, page d'arrêt, fiches, journal, disque, horloge. Chaque défaut "
        "vient avec son remède.",
        "Checks all that the bot needs, without writing anything to the wiki: configuration, "
        "access, account and rights, stop page, pages, journal, disk, clock. Each fault comes "
        "with its remedy.",
    )
)
@format_option
@click.pass_obj
def doctor(session: Session, form: str) -> None:
    """Print every point.

    Exit 0: all is well; else the first that fits: 4, identity, rights or certificate; 2, the
    configuration, a secret, the mapping or the state folder cannot be used; 5, the wiki cannot be
    reached; 3, anything else that a person should look at, warnings included.
    """
    import wikibot
    from wikibot.render import diagnosis

    config, unusable = _configuration(session)
    place = session.wiki_option or (config.place if config else "")
    own = config if session.wiki_option is None or _names(config, place) else None
    setup = wikibot.Setup.of(place, own, os.environ, _file(session) if config else None)
    wiki, refused = _opened(session, setup, own) if unusable is None else (unusable, None)
    try:
        found = wikibot.doctor(
            wiki,
            _mapping(session, unusable),
            setup=replace(setup, unusable=unusable, refused=refused),
            manners=session.manners(),
            state=session.state,
        )
    finally:
        if refused is not None:
            getattr(wiki, "close", lambda: None)()
    if form == "json":
        echo_json(diagnosis.data(found, session.language))
    else:
        for line in diagnosis.text(found, session.language):
            click.echo(line)
    sys.exit(found.exit_code)


def _configuration(session: Session) -> tuple[Config | None, WikibotError | None]:
    try:
        return session.config, None
    except WikibotError as error:
        return None, error


def _names(config: Config | None, place: str) -> bool:
    """Return whether the configuration is about the wiki that the command line names."""
    return config is not None and config.table.api == place


def _file(session: Session) -> Path | None:
    from wikibot.config import find

    return Path(session.config_option) if session.config_option else find(Path.cwd())


def _opened(
    session: Session, setup: wikibot.Setup, config: Config | None
) -> tuple[wikibot.Wiki | WikibotError, WikibotError | None]:
    """Return the wiki, or why there is none; and why the account is not in.

    Where the account is refused the wiki is read without it: that tells the most.
    """
    import wikibot

    try:
        return session.wiki, None
    except WikibotError as error:
        first = error
    never_met = first.exit_code == _UNAVAILABLE and first.code not in _NO_LOGIN_NOW
    if setup.account is None or never_met or first.code == "certificate":
        return first, None
    try:
        if config is None:
            return wikibot.open_wiki(setup.place), first
        table = config.table
        return (
            wikibot.open_wiki(
                setup.place, contact=table.contact, ca_bundle=config.ca_bundle, proxy=table.proxy
            ),
            first,
        )
    except WikibotError as second:
        both = second.message != first.message and second.code != "readapidenied"
        return (second, first) if both else (first, None)


def _mapping(session: Session, unusable: WikibotError | None) -> wikibot.Mapping | WikibotError:
    if unusable is not None and not session.mapping_option:
        return unusable
    try:
        return session.mapping
    except WikibotError as error:
        return error
