"""mapping discover and drift: the mapping as the wiki itself tells it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import say
from wikibot.language import Text

if TYPE_CHECKING:
    import wikibot

NEEDS_A_PERSON = 3


@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help=say(
        "Le dossier de la correspondance (par défaut celui de wikibot.toml, sinon mapping/).",
        "The folder of the mapping (by default that of wikibot.toml, else mapping/).",
    ),
)
@click.option(
    "--template",
    "templates",
    multiple=True,
    metavar="NAME",
    help=say("Ne regarde que ce modèle (répétable).", "Looks at this template alone (repeatable)."),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=say("Montre tout, n'écrit rien.", "Shows everything, writes nothing."),
)
@format_option
@click.pass_obj
def discover(
    session: Session, into: Path | None, templates: tuple[str, ...], dry_run: bool, form: str
) -> None:
    """Print what was decided and why, and write the files of the mapping."""
    import wikibot
    from wikibot.render import discovery
    from wikibot.visible import visible

    folder = into or _folder(session)
    done = wikibot.discover(
        session.wiki, folder, templates, language=session.language, keep=not dry_run
    )
    if form == "json":
        echo_json(
            {
                "folder": str(folder),
                "written": not dry_run,
                "files": sorted(done.written.files),
                "changes": [session.show(change) for change in done.written.changes],
                "kept": [session.show(kept) for kept in done.written.differs],
                **discovery.found_data(done.found, session.language),
            }
        )
        return
    for line in discovery.found_lines(done.found, session.language):
        click.echo(line)
    if done.written.differs:
        click.echo(say("Gardé tel quel :", "Kept as it is:"))
        for kept in done.written.differs:
            click.echo(f"  {visible(session.show(kept), 600)}")
    _changes(session, done, dry_run)


def _folder(session: Session) -> Path:
    """Return the mapping folder that is configured, or `mapping` here."""
    chosen = session.mapping_option or (session.config.mapping if session.config else None)
    if chosen is not None and Path(chosen).is_dir():
        return Path(chosen)
    return Path("mapping")


def _changes(session: Session, done: wikibot.Discovered, dry_run: bool) -> None:
    from wikibot.visible import visible

    if not done.written.changes:
        click.echo(
            session.show(
                Text(f"Rien à changer dans {done.folder}.", f"Nothing to change in {done.folder}.")
            )
        )
        return
    lead = (
        say("Changements (rien n'est écrit) :", "Changes (nothing is written):")
        if dry_run
        else say(f"Écrit dans {done.folder} :", f"Written into {done.folder}:")
    )
    click.echo(lead)
    for change in done.written.changes:
        click.echo(f"  {visible(session.show(change), 600)}")
    for line in done.difference():
        click.echo(visible(line, 1000))


@format_option
@click.pass_obj
def drift(session: Session, form: str) -> None:
    """Print the differences; exit 3 when there is any."""
    import wikibot
    from wikibot.visible import visible

    found = wikibot.drift(session.wiki, session.mapping)
    if form == "json":
        echo_json(
            [
                {
                    "what": one.what,
                    "type": one.page_type,
                    "field": one.field,
                    "before": one.before,
                    "now": one.now,
                    "message": session.show(one.message),
                }
                for one in found
            ]
        )
    else:
        for one in found:
            click.echo(visible(session.show(one.message), 600))
        if not found:
            click.echo(
                say(
                    "Aucun écart avec les modèles, formulaires et attributs du wiki.",
                    "Nothing differs from the wiki's templates, forms and properties.",
                )
            )
    sys.exit(NEEDS_A_PERSON if found else 0)
