"""The command init: from the address of a wiki to a `wikibot.toml` that works."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot.cli.asking import ask, somebody_is_there
from wikibot.cli.options import format_option
from wikibot.cli.session import Session, complain
from wikibot.cli.spoken import command, say
from wikibot.errors import InputError
from wikibot.language import Text

if TYPE_CHECKING:
    from wikibot.jobs.init import Choice, Place, Probe, Settings

_NEEDS_A_PERSON, _INTERRUPTED = 3, 130


@dataclass(frozen=True)
class _Asked:
    """What was typed after init."""

    address: str | None
    into: Path
    account: str | None
    contact: str | None
    proxy: str | None
    ca_bundle: Path | None
    dry_run: bool
    form: str


@command(
    help=say(
        "Prépare wikibot.toml pour un wiki : trouve son api.php, le sonde, choisit la "
        "correspondance, écrit le fichier. ADRESSE est l'adresse d'une page quelconque du wiki, "
        "un dossier de pages ou un export ; sans elle, la question est posée sur un terminal. "
        "Rien n'est écrit sur le wiki.",
        "Prepares wikibot.toml for a wiki: finds its api.php, probes it, chooses the mapping, "
        "writes the file. ADDRESS is the address of any page of the wiki, a folder of pages or "
        "an export; without it you are asked on a terminal. Nothing is written to the wiki.",
    )
)
@click.argument("address", required=False)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help=say("Écrit dans ce dossier et non ici.", "Writes into this folder, not here."),
)
@click.option(
    "--account",
    metavar="NAME",
    help=say(
        "Le compte du robot, Compte@nom-du-mot-de-passe ; le secret ne se donne pas ici.",
        "The bot's account, Account@name-of-password; the secret is not given here.",
    ),
)
@click.option(
    "--contact",
    metavar="TEXT",
    help=say(
        "Une adresse ou une page où joindre la personne qui s'occupe du robot.",
        "An address or a page where the keeper of the bot is reached.",
    ),
)
@click.option(
    "--proxy",
    metavar="URL",
    help=say(
        "Passe par ce serveur mandataire : http://machine:port.",
        "Goes through this proxy: http://host:port.",
    ),
)
@click.option(
    "--ca-bundle",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("Fait confiance à ces certificats (PEM).", "Trusts these certificates (PEM)."),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=say("Montre tout, n'écrit rien.", "Shows everything, writes nothing."),
)
@format_option
@click.pass_obj
def init(session: Session, /, **asked: Any) -> None:
    """Say what was found and decided, write the file, and say what to do next.

    Exit 0; 3 where only members read the wiki and nobody is logged in; 2 where there is a
    `wikibot.toml` already, or no wiki; 4 and 5 as the wiki answers; 130 when interrupted.
    """
    from wikibot.cli import beginnings
    from wikibot.jobs import init as job

    given = _Asked(**asked)
    try:
        probe, choice, settings = _prepared(session, given)
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        complain(Text("interrompu ; rien n'est écrit.", "interrupted; nothing is written."), None)
        sys.exit(_INTERRUPTED)
    try:
        files: tuple[Path, ...] = ()
        if not given.dry_run:
            files = job.write(settings, probe, choice, given.into, session.language)
    finally:
        getattr(probe.wiki, "close", lambda: None)()
    done = beginnings.Done(
        probe, choice, settings, files, tuple(job.next_steps(probe, choice, given.into, settings))
    )
    if given.form == "json":
        beginnings.echo_data(done, session.language)
    else:
        beginnings.echo_outcome(done, session.language)
    sys.exit(_NEEDS_A_PERSON if probe.wiki is None else 0)


def _prepared(session: Session, given: _Asked) -> tuple[Probe, Choice, Settings]:
    """Return all that is to be written; nothing is, yet."""
    from wikibot.cli import beginnings
    from wikibot.jobs import init as job

    told = given.form == "text"
    asks = told and somebody_is_there()
    _refuse_odd(session, given)
    if not given.dry_run:
        job.refuse_existing(given.into)
    typed = given.address or session.wiki_option or _address(asks)
    way = job.Way(given.contact, given.ca_bundle, given.proxy)
    place = job.seek(typed, way)
    if told:
        beginnings.echo_place(place, session.language)
    account, password = _account(given, place, asks)
    if place.kind != "api" and account:
        raise _no_server()
    if told and sys.stderr.isatty():
        click.echo(say("Lecture du wiki…", "Reading the wiki…"), err=True)
    probe = job.probe(place, account, password, way)
    try:
        if told:
            beginnings.echo_probe(probe, session.language)
        choice = job.choose(probe, given.into, session.language, session.mapping_option)
        settings = job.draft(probe, choice, given.into, account, way)
        if told:
            beginnings.echo_choice(choice, session.language)
    except BaseException:
        getattr(probe.wiki, "close", lambda: None)()
        raise
    return probe, choice, settings


def _refuse_odd(session: Session, given: _Asked) -> None:
    if session.config_option or session.site:
        raise InputError(
            Text(
                "« init » prépare un nouveau wikibot.toml : --config et --site n'y servent pas.",
                "“init” prepares a new wikibot.toml: --config and --site are of no use to it.",
            ),
            Text("Nommez son dossier avec --into.", "Name its folder with --into."),
        )
    if given.address and session.wiki_option and given.address != session.wiki_option:
        raise InputError(
            Text("deux wikis sont nommés.", "two wikis are named."),
            Text("Donnez l'adresse une seule fois.", "Give the address once."),
        )
    if given.proxy and "@" in given.proxy:
        raise InputError(
            Text(
                "un mot de passe ne se donne pas sur la ligne de commande, où d'autres le voient.",
                "a password is not given on the command line, where others see it.",
            ),
            Text(
                "Donnez --proxy sans lui, puis ajoutez-le dans wikibot.toml.",
                "Give --proxy without it, then add it in wikibot.toml.",
            ),
        )


def _address(asks: bool) -> str:
    if not asks:
        raise InputError(
            Text("il manque l'adresse du wiki.", "the address of the wiki is missing."),
            Text(
                "Tapez : wikibot init https://wiki.example.org/wiki/Accueil (ou un dossier, ou un "
                "export).",
                "Type: wikibot init https://wiki.example.org/wiki/Main_Page (or a folder, or an "
                "export).",
            ),
        )
    click.echo(
        say(
            "Quel wiki ? Collez l'adresse d'une de ses pages, telle que votre navigateur la montre "
            "(ou nommez un dossier de pages, ou un export).",
            "Which wiki? Paste the address of one of its pages, as your browser shows it (or name "
            "a folder of pages, or an export).",
        )
    )
    return ask(say("Adresse", "Address"))


def _account(given: _Asked, place: Place, asks: bool) -> tuple[str | None, str | None]:
    """Return the account as given or answered, and its secret where the environment has it."""
    from wikibot.config import ACCOUNT_VARIABLE
    from wikibot.secret import from_environment

    if place.kind != "api":
        return given.account, None
    secret = from_environment(os.environ)
    account = given.account or os.environ.get(ACCOUNT_VARIABLE)
    if account is None and asks:
        click.echo(
            say(
                "Le compte du robot, tel que Spécial:BotPasswords le donne (Commons bot@nightly). "
                "Pas encore de compte : tapez seulement Entrée.",
                "The bot's account, as Special:BotPasswords gives it (Commons bot@nightly). "
                "No account yet: just press Enter.",
            )
        )
        account = ask(say("Compte", "Account"), default="")
    return (account or "").strip() or None, secret


def _no_server() -> InputError:
    return InputError(
        Text(
            "un dossier ou un export se lit sans compte : --account n'y sert pas.",
            "a folder or an export is read without an account: --account is of no use.",
        ),
        Text("Retirez --account.", "Leave --account out."),
    )
