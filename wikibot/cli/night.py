"""The command nightly: the configured jobs, one after the other, unattended."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, complain, echo_json
from wikibot.cli.spoken import command, say
from wikibot.errors import ConfigError, WikibotError
from wikibot.language import Text

if TYPE_CHECKING:
    from wikibot.night import Night, Part

SEVERAL = "several-wikis"
_JOBS = ("pull", "check", "fix", "sync", "overview", "report")


@command(
    help=say(
        "Fait les travaux de la nuit ([nightly] de wikibot.toml) l'un après l'autre, sans "
        "surveillance : copie, relevé, corrections sûres des règles nommées, suivis, aperçus, "
        "rapport. Un travail qui échoue n'arrête pas les autres.",
        "Does the jobs of the night ([nightly] of wikibot.toml) one after the other, unattended: "
        "copy, check, safe fixes of the rules named, trackers, overviews, report. A job that "
        "fails does not stop the others.",
    )
)
@click.option(
    "--dry-run",
    "dry",
    is_flag=True,
    help=say(
        "Montre tout et n'écrit rien : ni fichier, ni wiki, ni suivi.",
        "Shows all of it and writes nothing: no file, no wiki, no tracker.",
    ),
)
@click.option(
    "--job",
    "jobs",
    multiple=True,
    type=click.Choice(_JOBS),
    help=say("Seulement ce travail (répétable).", "This job alone (repeatable)."),
)
@click.option(
    "--all-sites",
    "every",
    is_flag=True,
    help=say(
        "Tous les wikis de wikibot.toml, l'un après l'autre : un wiki en panne n'arrête pas les "
        "suivants, et le code de sortie est le plus grave.",
        "Every wiki of wikibot.toml, one after the other: one that is down does not stop the "
        "next, and the exit code is the gravest.",
    ),
)
@format_option
@click.pass_obj
def nightly(session: Session, dry: bool, jobs: tuple[str, ...], every: bool, form: str) -> None:
    """Spend the night, print its report, exit with its code."""
    from wikibot.render import night as shown

    if session.from_mirror:
        raise click.UsageError(
            say(
                "la nuit fait et lit elle-même la copie locale : relancez sans --mirror.",
                "the night makes and reads the local copy itself: run again without --mirror.",
            )
        )
    if every:
        from wikibot.cli.nights import spend_all

        sys.exit(spend_all(session, lambda own, env: _spend(own, dry, jobs, env), form))
    try:
        spent = _spend(session, dry, jobs, os.environ)
    except ConfigError as error:
        raise _or_all(error) from None
    if form == "json":
        echo_json(shown.data(spent))
    else:
        session.tell(shown.text(spent, session.language).rstrip("\n"))
    sys.exit(spent.exit_code)


def _spend(
    session: Session, dry: bool, jobs: tuple[str, ...], environ: MutableMapping[str, str]
) -> Night:
    """Spend the night of one wiki."""
    import wikibot
    from wikibot.cli import logs

    if dry:
        session.keeps_session = False
    else:
        session.hold()
    config = session.config
    return wikibot.nightly(
        lambda: session.live,
        session.mapping,
        config=config,
        place=session.wiki_option or (config.place if config else ""),
        jobs=jobs,
        dry=dry,
        state=session.state,
        log_file=logs.path(),
        manners=session.manners(),
        language=session.language,
        counted=session.counted,
        begun=lambda part: _begun(session, part),
        broken=lambda error: _broken(session, error),
        environ=environ,
    )


def _or_all(error: ConfigError) -> ConfigError:
    """Return the error; that of a file with several wikis tells how to do them all."""
    if error.code != SEVERAL or error.advice is None:
        return error
    fr, en = error.advice.fr.rstrip("."), error.advice.en.rstrip(".")
    advice = Text(f"{fr} ; ou tous, avec --all-sites.", f"{en}; or all, with --all-sites.")
    return ConfigError(error.message, advice, SEVERAL)


def _begun(session: Session, part: Part) -> None:
    """Say on a terminal what is being done."""
    if sys.stderr.isatty():
        from wikibot.night import name_of

        click.echo(f"{session.show(name_of(part))}…", err=True)


def _broken(session: Session, error: Exception) -> None:
    """Tell whole what the report tells in short."""
    from wikibot.cli import logs

    if isinstance(error, WikibotError):
        complain(error.message, error.advice)
    else:
        session.keep_crash(error)
    logs.keep(error)
