"""The files of an overview: which form they have, where they go, what is said of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from wikibot.cli.session import Session
from wikibot.cli.spoken import say
from wikibot.language import Text, counted

if TYPE_CHECKING:
    import wikibot

Form = Literal["html", "xlsx", "ods", "csv", "json", "wikitext"]
FORMS: tuple[Form, ...] = ("html", "xlsx", "ods", "csv", "json", "wikitext")
ON_SCREEN = ("json", "wikitext")
_BY_ENDING: dict[str, Form] = {
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".ods": "ods",
    ".zip": "csv",
    ".json": "json",
    ".wikitext": "wikitext",
    ".txt": "wikitext",
}
_ENDINGS = ".html, .xlsx, .ods, .zip, .json, .wikitext"
USUAL = Text("apercu.html", "overview.html")


def form_of(output: Path | None) -> Form:
    """Return the form that the name of a file asks for; a page, where there is no name.

    Raises:
        UsageError: it asks for none.
    """
    if output is None:
        return "html"
    found = _BY_ENDING.get(output.suffix.lower())
    if found is None:
        raise click.UsageError(
            say(
                f"« {output.name} » ne dit pas la forme voulue : le nom finit par l'un de "
                f"{_ENDINGS} ; ou donnez --format.",
                f"“{output.name}” does not tell which form is wanted: the name ends in one of "
                f"{_ENDINGS}; or give --format.",
            )
        )
    return found


def usual(session: Session, form: Form) -> Path:
    """Return the file to write where none was named.

    Raises:
        UsageError: a form that has no usual file. InputError: another file has that name.
    """
    from wikibot.jobs.outputs import look_at_usual

    if form != "html":
        ending = {"csv": "zip"}.get(form, form)
        raise click.UsageError(
            say(
                f"cela ne s'affiche pas : donnez le fichier avec --output FICHIER.{ending}.",
                f"that cannot be printed: name the file with --output FILE.{ending}.",
            )
        )
    place = Path(session.show(USUAL))
    look_at_usual(place)
    return place


def save(
    session: Session, wiki: wikibot.Wiki, made: wikibot.Overview, form: Form, output: Path
) -> None:
    """Write an overview of a wiki to a file, and say in short what stands in it.

    Raises:
        InputError: it cannot be written there.
    """
    from wikibot.jobs.outputs import save_report
    from wikibot.render.overview.forms import in_short

    save_report(output, _filled(session, wiki, made, form))
    for line in in_short(made, session.language):
        click.echo(line)
    said = session.show(Text(f"Écrit : {output}.", f"Written: {output}."))
    how = Text(" Ouvrez-le dans un navigateur.", " Open it in a browser.")
    click.echo(said + (session.show(how) if form == "html" else ""))


def print_it(session: Session, wiki: wikibot.Wiki, made: wikibot.Overview, form: Form) -> None:
    """Print an overview in a form that is text."""
    click.echo(_filled(session, wiki, made, form).decode(), nl=False)


def draw(session: Session, made: wikibot.Overview, folder: Path) -> None:
    """Write each chart to a folder, and say how many there are.

    Raises:
        InputError: they cannot be written there.
    """
    from wikibot.jobs.outputs import save_report
    from wikibot.render.overview.forms import drawings

    names = []
    for name, content in drawings(made, session.language):
        save_report(folder / name, content)
        names.append(name)
    number = counted(
        sum(name.endswith(".svg") for name in names),
        Text("graphique", "chart"),
        Text("graphiques", "charts"),
    )
    told = Text(
        f"{number.fr} dans le dossier {folder}, en SVG et en PNG.",
        f"{number.en} in the folder {folder}, as SVG and PNG.",
    )
    click.echo(session.show(told), err=True)


def _filled(session: Session, wiki: wikibot.Wiki, made: wikibot.Overview, form: Form) -> bytes:
    from wikibot.jobs.outputs import address_in
    from wikibot.render.overview.forms import filled

    address, parse = address_in(wiki), wiki.syntax.namespaces.parse
    return filled(made, form, session.language, lambda title: address(parse(title)))
