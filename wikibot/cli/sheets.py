"""sheet: pages as a workbook that people edit, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikibot.cli.options import writing_options
from wikibot.cli.session import Session
from wikibot.cli.spoken import Commands, say
from wikibot.cli.writing import NEEDS_A_PERSON, offer
from wikibot.language import Text, counted

if TYPE_CHECKING:
    import wikibot

_ROWS = (Text("ligne", "row"), Text("lignes", "rows"))
_FIELDS = (Text("champ", "field"), Text("champs", "fields"))
_LISTED = 20  # cleared fields that are named one by one
_ALIKE = 6  # rows for one reason that are told together
_GRAVE = ("conflict", "refused")


@click.group(
    cls=Commands,
    help=say(
        "Les fiches dans un classeur, à modifier dans un tableur, et retour.",
        "Pages as a workbook, to edit in a spreadsheet, and back.",
    ),
)
def sheet() -> None:
    """Hold the two ways."""


@sheet.command(
    "export",
    help=say(
        "Met les fiches dans un classeur .xlsx, .ods ou .csv : toutes, ou celles qui remplissent "
        "les conditions (comme pour « pages »).",
        "Puts the pages into a workbook, .xlsx, .ods or .csv: all, or those on which the "
        "conditions hold (as for “pages”).",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("conditions", nargs=-1, metavar="[FIELD=VALUE]…")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help=say("Seulement ce type de pages (répétable).", "This page type only (repeatable)."),
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="FIELD",
    help=say("Seulement ce champ (répétable).", "This field only (repeatable)."),
)
@click.option(
    "--overwrite",
    is_flag=True,
    help=say("Remplace le fichier s'il existe.", "Replaces the file if it exists."),
)
@click.pass_obj
def export(
    session: Session,
    file: Path,
    conditions: tuple[str, ...],
    types: tuple[str, ...],
    fields: tuple[str, ...],
    overwrite: bool,
) -> None:
    """Write the workbook, and say what is in it."""
    import wikibot
    from wikibot.visible import visible

    kind = wikibot.new_sheet(file, overwrite=overwrite)
    wiki, mapping = session.wiki, session.mapping
    read = session.counted(wikibot.pages_to_read(wiki, mapping, ()))
    exported = wikibot.export_sheet(
        read,
        mapping,
        wiki,
        kind,
        conditions=conditions,
        types=types,
        fields=fields,
        language=session.language,
    )
    wikibot.save_sheet(file, exported.data)
    for name, rows, columns in exported.sheets:
        number, wide = counted(rows, *_ROWS), counted(columns, *_FIELDS)
        click.echo(
            session.show(
                Text(f"{name} : {number.fr}, {wide.fr}", f"{name}: {number.en}, {wide.en}")
            )
        )
    for title, why in exported.left_out:
        told = Text(f"Laissée de côté : {title} — {why.fr}", f"Left out: {title} — {why.en}")
        click.echo(visible(session.show(told)), err=True)
    for title, label, words in exported.frozen:
        click.echo(visible(f"! {title} — {session.show(label)} {words}"), err=True)
    then = session.command("sheet", "import", str(file))
    click.echo(
        say(
            f"{file} est écrit. Modifiez-le dans un tableur, enregistrez-le, puis : {then}",
            f"{file} is written. Edit it in a spreadsheet, save it, then: {then}",
        )
    )


@sheet.command(
    "import",
    help=say(
        "Prépare ce qui a changé dans un classeur exporté ; le reste du wiki ne bouge pas.",
        "Plans what was changed in an exported workbook; nothing else of the wiki moves.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--create",
    is_flag=True,
    help=say("Crée une page par nouvelle ligne.", "Creates a page for each new row."),
)
@partial(writing_options, more=("cleared", "sorted"))
@click.pass_obj
def import_(
    session: Session,
    file: Path,
    create: bool,
    plan_file: Path | None,
    apply_now: bool,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Plan what a person changed."""
    import wikibot

    if apply_now:
        session.hold()
    wiki, mapping = session.wiki, session.mapping
    found = wikibot.import_sheet(file, mapping, wiki, create=create, allow=allow)
    for line in _lines(session, found):
        click.echo(line, err=form == "json")
    code = NEEDS_A_PERSON if any(told.matters for told in found.told) else 0
    offer(session, found.plan, plan_file, apply_now, allow, form, "sheet import", code)


def _lines(session: Session, found: wikibot.ImportedSheet) -> Iterator[str]:
    """Yield what there is to tell of a workbook beside its plan."""
    from wikibot.visible import visible

    rows = counted(found.rows, Text("ligne lue", "row read"), Text("lignes lues", "rows read"))
    cells = counted(
        found.asked,
        Text("cellule modifiée", "cell changed"),
        Text("cellules modifiées", "cells changed"),
    )
    yield session.show(Text(f"{rows.fr}, {cells.fr}.", f"{rows.en}, {cells.en}."))
    for note in found.notes:
        yield visible(session.show(note))
    yield ""
    yield from _told(session, found.told)
    if found.cleared:
        yield say("Champs vidés :", "Emptied fields:")
        for title, label in found.cleared[:_LISTED]:
            yield visible(f"  {title} — {session.show(label)}")
        if len(found.cleared) > _LISTED:
            left = len(found.cleared) - _LISTED
            yield say(f"  … et {left} autre{'s' if left > 1 else ''}", f"  … and {left} more")
        yield ""


def _told(session: Session, told: Iterable[wikibot.Notice]) -> Iterator[str]:
    """Yield the rows and cells that change nothing, and why."""
    from wikibot.visible import visible

    for run in _runs(told):
        first, last = run[0][0], run[-1][0]
        if len(run) < _ALIKE:
            for of_row in run:
                at = say(f"ligne {of_row[0].row}", f"row {of_row[0].row}")
                yield visible(_where(first.sheet, at, of_row[0].page))
                yield from _reasons(session, of_row)
        else:
            at = say(f"lignes {first.row} à {last.row}", f"rows {first.row} to {last.row}")
            yield visible(_where(first.sheet, at, ""))
            yield from _reasons(session, run[0])


def _runs(told: Iterable[wikibot.Notice]) -> Iterator[list[list[wikibot.Notice]]]:
    """Yield what is told row by row; rows put aside for one reason, one below the other, together.

    A sheet may have been copied, or pasted whole.
    """
    run: list[list[wikibot.Notice]] = []
    for _, found in groupby(told, key=lambda each: (each.sheet, each.row, each.page)):
        of_row = list(found)
        if run and not _goes_on(run[-1], of_row):
            yield run
            run = []
        run.append(of_row)
    if run:
        yield run


def _goes_on(above: list[wikibot.Notice], below: list[wikibot.Notice]) -> bool:
    (one, *more), (two, *others) = above, below
    return not (more or others or one.field or two.field) and (
        one.sheet,
        one.row + 1,
        one.message,
    ) == (two.sheet, two.row, two.message)


def _where(sheet: str, at: str, page: str) -> str:
    place = ", ".join(filter(None, (sheet, at))) + say(" :", ":")
    return f"{place} {page}" if page else place


def _reasons(session: Session, of_row: Iterable[wikibot.Notice]) -> Iterator[str]:
    from wikibot.visible import visible

    for each in of_row:
        sign = "✗" if each.kind in _GRAVE else "!" if each.matters else "·"
        yield visible(f"  {sign} {session.show(each.message)}")
        if each.advice is not None:
            yield visible(f"    → {session.show(each.advice)}")
    yield ""
