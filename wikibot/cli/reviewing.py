"""Saved plans: shown in words, as a page or as a workbook; applied, whole or in part."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot.cli import refreshing
from wikibot.cli.options import (
    allow_option,
    format_option,
    forms_option,
    look_at_output,
    output_option,
)
from wikibot.cli.session import Session
from wikibot.cli.spoken import Commands, command, say
from wikibot.cli.writing import NEEDS_A_PERSON, shown, write
from wikibot.errors import ConfigError, WikibotError
from wikibot.redaction import redacted

if TYPE_CHECKING:
    import wikibot

_FORMATS = ("text", "json", "html", "xlsx", "ods")


def part_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--only` and `--exclude`."""
    for option in (
        click.option(
            "--exclude",
            multiple=True,
            metavar="RULE|PAGE|FIELD",
            help=say("Tout sauf cela (répétable).", "All but that (repeatable)."),
        ),
        click.option(
            "--only",
            multiple=True,
            metavar="RULE|PAGE|FIELD",
            help=say(
                'Seulement cette partie du plan : règle=VOC102, page="Titre", champ=licence '
                "(répétable : l'une ou l'autre règle, sur l'une ou l'autre page).",
                'This part of the plan only: rule=VOC102, page="Title", field=licence '
                "(repeatable: one rule or the other, on one page or the other).",
            ),
        ),
    ):
        function = option(function)
    return function


@click.group(cls=Commands, help=say("Les plans enregistrés.", "Saved plans."))
def plan() -> None:
    """Hold the commands on plan files."""


@plan.command("show", help=say("Montre ce qu'un plan changera.", "Shows what a plan will change."))
@click.argument("file", type=click.Path(path_type=Path))
@part_options
@forms_option(
    _FORMATS,
    say(
        "text : pour lire ici. json : pour un programme. html : une page à ouvrir ou à imprimer. "
        "xlsx, ods : un classeur où répondre oui ou non à chaque ligne, que « apply » lit (avec "
        "--output). Sinon, c'est le nom du fichier qui le dit.",
        "text: to be read here. json: for a program. html: a page to open or to print. xlsx, ods: "
        "a workbook to say yes or no in to each row, which “apply” reads (with --output). Else the "
        "name of the file tells.",
    ),
    default=None,
)
@output_option
@click.pass_obj
def plan_show(
    session: Session,
    file: Path,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    form: str | None,
    report: Path | None,
) -> None:
    """Print the changes of a plan file, or write them to a file."""
    from wikibot.jobs.outputs import save_report

    form = form or _named_by(report)
    look_at_output(report, form)
    found, code = _read(session, file, only, exclude)
    data = _encoded(session, found, form, report is None)
    if report is None:
        click.echo(data.decode(), nl=False)
    else:
        save_report(report, data)
        click.echo(say(f"Écrit : {report}", f"Written: {report}"))
        if form in ("xlsx", "ods") and found.edits:
            then = session.command("apply", str(report))
            click.echo(
                say(
                    f"Répondez dans la colonne « Accepter », enregistrez, puis : {then}",
                    f"Answer in the column “Accept”, save, then: {then}",
                )
            )
    sys.exit(NEEDS_A_PERSON if found.edits else code)


plan.add_command(refreshing.refresh)


@command(
    help=say(
        "Publie un plan enregistré, ou ce qu'un classeur de relecture en accepte.",
        "Writes a saved plan to the wiki, or what its reviewed workbook accepts.",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@part_options
@click.option(
    "--ask",
    "asking",
    is_flag=True,
    help=say(
        "Demande, modification par modification : oui, non, tout, quitter ou modifier.",
        "Asks, change by change: yes, no, all, quit or edit.",
    ),
)
@allow_option
@format_option
@click.pass_obj
def apply(
    session: Session,
    file: Path,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    asking: bool,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Apply a plan file; the review comes before anything is written."""
    from wikibot.cli import deciding

    if asking:
        deciding.check_terminal(form)
    else:
        session.hold()
    found, code = _read(session, file, only, exclude)
    if asking:
        chosen = deciding.decided(session, found)
        if chosen is None:
            sys.exit(NEEDS_A_PERSON)
        found = chosen
        session.hold()  # not while a person thinks
    write(session, found, "apply", form, allow, code)


def _read(
    session: Session, file: Path, only: tuple[str, ...], exclude: tuple[str, ...]
) -> tuple[wikibot.Plan, int]:
    """Return the part of a plan that is asked for, and the exit code when all of it is done.

    Of a workbook it is what was accepted in it; lines without an answer still need a person.
    """
    import wikibot
    from wikibot.jobs.answers import is_workbook

    code = 0
    if is_workbook(file):
        answers = wikibot.read_answers(file)
        for note in answers.notes:
            click.echo(session.show(note), err=True)
        code = NEEDS_A_PERSON if answers.open else 0
        wiki = session.wiki if answers.corrects else None
        found = wikibot.accepted_part(answers, wiki, session.mapping)
    else:
        found = wikibot.load_plan(file)
    if only or exclude:
        found = wikibot.selected_part(found, only, exclude, session.mapping)
    return found, code


def _named_by(report: Path | None) -> str:
    """Return the form that the name of a file asks for."""
    suffix = report.suffix.lower().lstrip(".") if report else ""
    return suffix if suffix in _FORMATS else "text"


def _encoded(session: Session, found: wikibot.Plan, form: str, printed: bool) -> bytes:
    """Return the plan in a form; `printed`: it goes to a terminal, perhaps."""
    if form == "json":
        return found.to_json().encode("utf-8", "backslashreplace")
    if form == "text":
        lines = "".join(f"{line}\n" for line in shown(session, found, coloured=printed))
        return lines.encode("utf-8", "backslashreplace")
    address, place = _addresses(session, found)
    if form == "html":
        from wikibot.render import review

        page = review.html(found, session.mapping, session.language, place=place, address=address)
        return redacted(page).encode("utf-8", "backslashreplace")
    from wikibot.render.review_book import sheets
    from wikibot.workbook import book_bytes

    written = sheets(found, session.mapping, session.language, address)
    return book_bytes(written, "ods" if form == "ods" else "xlsx")


def _addresses(session: Session, found: wikibot.Plan) -> tuple[Callable[[str], str | None], str]:
    """Return what gives the address of a page, and where the wiki is; a plan needs no wiki.

    Where none is named, or it does not answer, or it is another one, there are no links.
    """
    from wikibot.jobs.outputs import address_in

    try:
        wiki = session.wiki
        if wiki.wikiid == found.wiki:
            where, parse = address_in(wiki), wiki.syntax.namespaces.parse
            return lambda title: where(parse(title)), wiki.place
    except ConfigError:
        pass
    except WikibotError as error:
        words = session.show(error.message)
        click.echo(
            say(f"Sans liens vers les pages : {words}", f"No links to pages: {words}"), err=True
        )
    return lambda title: None, found.wiki
