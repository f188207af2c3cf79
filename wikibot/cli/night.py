"""The command nightly: the configured jobs, one after the other, unattended."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, complain, echo_json
from wikibot.cli.spoken import command, say
from wikibot.errors import WikibotError

if TYPE_CHECKING:
    from wikibot.night import Part

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
@format_option
@click.pass_obj
def nightly(session: Session, dry: bool, jobs: tuple[str, ...], form: str) -> None:
    """Spend the night, print its report, exit with its code."""
    import wikibot
    from wikibot.render import night as shown

    if session.from_mirror:
        raise click.UsageError(
            say(
                "la nuit fait et lit elle-même la copie locale : relancez sans --mirror.",
                "the night makes and reads the local copy itself: run again without --mirror.",
            )
        )
    if dry:
        session.keeps_session = False
    else:
        session.hold()
    config = session.config
    spent = wikibot.nightly(
        lambda: session.live,
        session.mapping,
        config=config,
        place=session.wiki_option or (config.place if config else ""),
        jobs=jobs,
        dry=dry,
        state=session.state,
        manners=session.manners(),
        language=session.language,
        counted=session.counted,
        begun=lambda part: _begun(session, part),
        broken=lambda error: _broken(session, error),
    )
    if form == "json":
        echo_json(shown.data(spent))
    else:
        session.tell(shown.text(spent, session.language).rstrip("\n"))
    sys.exit(spent.exit_code)


def _begun(session: Session, part: Part) -> None:
    """Say on a terminal what is being done."""
    if sys.stderr.isatty():
        from wikibot.jobs.nightly.running import name_of

        click.echo(f"{session.show(name_of(part))}…", err=True)


def _broken(session: Session, error: Exception) -> None:
    """Tell whole what the report tells in short."""
    from wikibot.cli import logs

    if isinstance(error, WikibotError):
        complain(error.message, error.advice)
    else:
        session.keep_crash(error)
    logs.keep(error)
