"""The command pull: a local copy of the wiki, brought up to date."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import command, say
from wikibot.cli.spreading import export_of, spreading_options
from wikibot.language import Text, counted


@command(
    help=say(
        "Copie le wiki sur cette machine, ou met la copie à jour : seules les pages qui ont changé "
        "sont lues. « wikibot --mirror … » lit ensuite cette copie.",
        "Copies the wiki to this machine, or brings the copy up to date: only pages that have "
        "changed are read. “wikibot --mirror …” then reads this copy.",
    )
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help=say(
        "Écrit aussi les pages dans ce dossier, neuf ou vide : un fichier par page.",
        "Writes the pages to this folder too, new or empty: one file a page.",
    ),
)
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice(["shrink"]),
    help=say(
        "Admet que la plupart des pages sont parties du wiki.",
        "Takes it that most of the pages are gone from the wiki.",
    ),
)
@spreading_options
@format_option
@click.pass_obj
def pull(
    session: Session,
    folder: Path | None,
    allow: tuple[str, ...],
    workers: int | None,
    scheduler: str | None,
    form: str,
) -> None:
    """Say what was new, and how many requests it took."""
    import wikibot
    from wikibot.jobs.folders import make_empty
    from wikibot.jobs.mirror.folder import copy_to

    if folder is not None:
        make_empty(folder)
    wiki, mapping = session.live, session.mapping
    export = export_of(session, workers, scheduler)
    if export is not None:
        pulled = wikibot.pull_export(
            *(export[0], mapping, export[1]),
            state=session.state,
            allow=allow,
            counted=session.counted,
        )
    else:
        pulled = wikibot.pull(wiki, mapping, state=session.state, allow=allow)
    written = 0 if folder is None else copy_to(folder, session.copy_of(wiki))
    if form == "json":
        asked = wiki.requests
        moment = pulled.moment.isoformat(timespec="seconds")
        echo_json({**asdict(pulled), "moment": moment, "requests": asked.get + asked.post})
        return
    pages = counted(pulled.pages, Text("page", "page"), Text("pages", "pages"))
    click.echo(session.show(Text(f"Copie à jour : {pages.fr}.", f"Copy up to date: {pages.en}.")))
    for number, one, many in (
        (pulled.new, Text("page nouvelle", "new page"), Text("pages nouvelles", "new pages")),
        (
            pulled.changed,
            Text("page modifiée", "changed page"),
            Text("pages modifiées", "changed pages"),
        ),
        (
            pulled.moved,
            Text("page renommée", "renamed page"),
            Text("pages renommées", "renamed pages"),
        ),
        (pulled.gone, Text("page partie", "page gone"), Text("pages parties", "pages gone")),
        (
            pulled.unreadable,
            Text("page sans texte lisible", "page without a text to read"),
            Text("pages sans texte lisible", "pages without a text to read"),
        ),
    ):
        if number:
            click.echo(f"  {session.show(counted(number, one, many))}")
    if not (pulled.new or pulled.changed or pulled.gone):
        click.echo(f"  {say('rien de nouveau', 'nothing new')}")
    if folder is not None:
        files = counted(written, Text("fichier écrit", "file"), Text("fichiers écrits", "files"))
        click.echo(
            session.show(Text(f"{files.fr} dans {folder}.", f"{files.en} written to {folder}."))
        )
