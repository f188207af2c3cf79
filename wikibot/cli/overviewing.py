"""The command overview: a page to show, a workbook to sort, a wiki page that stays current."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import click

from wikibot.cli.options import allow_option, apply_option, forms_option, plan_option
from wikibot.cli.overview_files import FORMS, ON_SCREEN, Form, draw, form_of, print_it, save, usual
from wikibot.cli.session import Session
from wikibot.cli.spoken import command, say
from wikibot.cli.writing import offer


@command(
    help=say(
        "Dresse l'état du wiki : une page à montrer ou à imprimer, un classeur, des données, ou "
        "une page du wiki.",
        "Draws up the state of the wiki: a page to show or to print, a workbook, data, or a page "
        "of the wiki.",
    )
)
@forms_option(
    FORMS,
    say(
        "html : une page à ouvrir ou à imprimer. xlsx, ods : un classeur. csv : une archive .zip "
        "d'un fichier par tableau. json : pour un programme. wikitext : pour une page du wiki. "
        "(Sinon, selon le nom de --output.)",
        "html: a page to open or to print. xlsx, ods: a workbook. csv: a .zip of one file a "
        "table. json: for a program. wikitext: for a page of the wiki. (Else by the name of "
        "--output.)",
    ),
    default=None,
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("Le fichier à écrire (sinon apercu.html).", "The file to write (else overview.html)."),
)
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="PART",
    help=say(
        "Seulement cette partie (répétable) : summary, glance, counts, crossed, funding, "
        "relations, near, places, tracked, activity, since, quality ; type_formation, type_… pour "
        "un autre type de pages.",
        "This part alone (repeatable): summary, glance, counts, crossed, funding, relations, "
        "near, places, tracked, activity, since, quality; type_formation, type_… for another page "
        "type.",
    ),
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help=say(
        "Seulement ce type de pages (répétable), par son identifiant : commun.",
        "This page type alone (repeatable), by its id: commun.",
    ),
)
@click.option(
    "--since",
    metavar="DATE|last",
    help=say(
        "Ajoute ce qui a changé depuis ce jour, ou depuis le dernier aperçu (last).",
        "Adds what has changed since that day, or since the last overview (last).",
    ),
)
@click.option(
    "--charts",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help=say(
        "Écrit aussi chaque graphique dans ce dossier, en SVG et en PNG.",
        "Writes each chart to this folder too, as SVG and PNG.",
    ),
)
@click.option(
    "--no-check",
    is_flag=True,
    help=say(
        "Sans vérifier les pages : plus rapide, la partie sur la qualité manque.",
        "Without checking the pages: faster, the section on quality is missing.",
    ),
)
@click.option(
    "--with-contacts",
    is_flag=True,
    help=say(
        "Garde les adresses de courriel et les téléphones, masqués sinon.",
        "Keeps mail addresses and telephones, masked otherwise.",
    ),
)
@click.option(
    "--publish",
    metavar="PAGE",
    help=say(
        "Prépare l'écriture sur cette page du wiki, entre deux repères : l'essentiel, ou les "
        "parties de --section en entier.",
        "Plans to write it on this page of the wiki, between two markers: what matters most, or "
        "the sections of --section in full.",
    ),
)
@click.option(
    "--create",
    is_flag=True,
    help=say(
        "Crée la page de --publish si elle n'existe pas.",
        "Creates the page of --publish if it is missing.",
    ),
)
@click.option(
    "--name",
    metavar="NAME",
    help=say(
        "Le nom des repères, quand une page porte plusieurs aperçus (sinon apercu).",
        "The name of the markers, where a page has several overviews (else apercu).",
    ),
)
@plan_option
@apply_option
@allow_option
@click.pass_obj
def overview(
    session: Session,
    form: Form | None,
    output: Path | None,
    sections: tuple[str, ...],
    types: tuple[str, ...],
    since: str | None,
    charts: Path | None,
    no_check: bool,
    with_contacts: bool,
    publish: str | None,
    create: bool,
    name: str | None,
    plan_file: Path | None,
    apply_now: bool,
    allow: tuple[str, ...],
) -> None:
    """Write the overview to a file, and say what stands in it in short."""
    import wikibot
    from wikibot.jobs.outputs import look_at_place, make_folder
    from wikibot.jobs.overview.making import REGION, in_one_go, page_content

    if publish is None and (create or name or plan_file or apply_now or allow):
        raise click.UsageError(
            say(
                "--create, --name, --plan, --apply et --allow vont avec --publish PAGE.",
                "--create, --name, --plan, --apply and --allow go with --publish PAGE.",
            )
        )
    if publish is not None and with_contacts:
        raise click.UsageError(
            say(
                "--publish masque toujours les adresses : retirez --with-contacts.",
                "--publish always masks addresses: leave out --with-contacts.",
            )
        )
    if publish is not None and form and output is None:
        raise click.UsageError(
            say(
                "avec --publish, --format dit la forme du fichier de --output : nommez-le aussi.",
                "with --publish, --format is the form of the file of --output: name it too.",
            )
        )
    moment = _since(since)
    form = form or form_of(output)
    if output is None and form not in ON_SCREEN and publish is None:
        output = usual(session, form)
    if output is not None:
        look_at_place(output)
    if charts is not None:
        make_folder(charts)
    if apply_now:
        session.hold()
    wiki = session.wiki
    with in_one_go():
        made = wikibot.make_overview(
            wiki,
            session.mapping,
            sections=sections,
            types=types,
            since=moment,
            check=not no_check,
            with_contacts=with_contacts,
            state=session.state,
            counted=session.counted,
        )
        if charts is not None:
            draw(session, made, charts)
        if output is not None:
            save(session, wiki, made, form, output)
        elif publish is None:
            print_it(session, wiki, made, form)
    if publish is None:
        return
    content, date_line = page_content(made, session.mapping, whole=bool(sections))
    plan = wikibot.publish_overview(
        wiki, session.mapping, publish, content, date_line, name=name or REGION, create=create
    )
    offer(session, plan, plan_file, apply_now, allow, "text", "overview", brief=True)


def _since(typed: str | None) -> date | Literal["last"] | None:
    if typed is None or typed == "last":
        return "last" if typed else None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise click.UsageError(
            say(
                f"--since demande une date comme 2026-01-31, ou last : « {typed} ».",
                f"--since asks for a date such as 2026-01-31, or last: “{typed}”.",
            )
        ) from None
