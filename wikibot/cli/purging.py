"""The command purge: what the state folder has kept for long enough goes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import command, say
from wikibot.cli.writing import NEEDS_A_PERSON

if TYPE_CHECKING:
    import wikibot


@command(
    help=say(
        "Montre ce qui est gardé depuis assez longtemps sur cette machine ([retention] de "
        "wikibot.toml) et ne s'annulera plus ; --apply l'efface. La nuit le fait d'elle-même. Le "
        "wiki n'est pas touché.",
        "Shows what has been kept for long enough on this machine ([retention] of wikibot.toml) "
        "and can then not be taken back; --apply removes it. A night does it by itself. The wiki "
        "is not touched.",
    )
)
@click.option(
    "--user",
    "person",
    metavar="NAME",
    help=say(
        "À la place : tout ce qui nomme cette personne, si elle le demande (RGPD).",
        "Instead: whatever names this person, where they ask for it (GDPR).",
    ),
)
@click.option("--apply", "apply_now", is_flag=True, help=say("Efface.", "Removes it."))
@format_option
@click.pass_obj
def purge(session: Session, person: str | None, apply_now: bool, form: str) -> None:
    """Preview or make a purge."""
    import wikibot
    from wikibot.cli import logs
    from wikibot.render import purged

    if apply_now:
        session.hold()
    config, state, log_file = session.config, session.state, logs.path()
    if person is None:
        kept = config.retention if config else None
        found = wikibot.purge(
            session.wiki, kept, state=state, log_file=log_file, apply_now=apply_now
        )
    else:
        found = wikibot.forget_person(
            person, session.wiki, state=state, log_file=log_file, apply_now=apply_now
        )
    if form == "json":
        echo_json(purged.data(found))
    else:
        for line in purged.text(found, session.language):
            click.echo(line)
        for line in _advice(session, found, person):
            click.echo(line)
    if (found.heaps and not found.done) or (person and (found.left or found.files)):
        sys.exit(NEEDS_A_PERSON)


def _advice(session: Session, found: wikibot.Cleanup, person: str | None) -> Iterator[str]:
    """Yield what is left to do."""
    if person and (found.heaps or found.files):
        yield say(
            "Le wiki n'est pas touché, ni ce que vous avez rangé ailleurs (classeurs, plans, "
            "aperçus, sauvegardes). Ce que le wiki dit encore de cette personne revient à la "
            "prochaine copie : faites-y d'abord renommer le compte ou masquer les révisions.",
            "The wiki is not touched, nor what you keep elsewhere (workbooks, plans, overviews, "
            "backups). What the wiki still says of this person comes back with the next copy: "
            "first have the account renamed or the revisions hidden there.",
        )
    if not found.heaps:
        yield say("Rien à effacer.", "Nothing to remove.")
    elif not found.done:
        who = ("--user", person) if person else ()
        then = session.command("purge", *who, "--apply")
        yield say(
            f"Rien n'est effacé. Pour effacer : {then}",
            f"Nothing is removed yet. To remove: {then}",
        )
