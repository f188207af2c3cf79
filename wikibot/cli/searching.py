"""The commands search and links: words and links looked up in the copy, a folder or a dump."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import command, say
from wikibot.language import Text, counted, moment

if TYPE_CHECKING:
    from datetime import datetime

    import wikibot

_PAGES, _PLACES = 20, 3  # shown, unless all are asked for


@command(
    help=say(
        "Cherche des mots dans les pages : leur titre, leurs champs, leur texte.\n\n"
        "Une page trouvée contient tous les mots. Les accents, les majuscules et le « s » du "
        "pluriel ne comptent pas ; « eau » trouve « l'eau », « agro* » tout ce qui commence ainsi. "
        "Plusieurs mots entre guillemets se cherchent ensemble, dans cet ordre. Le wiki d'un "
        "serveur se cherche dans sa copie (« pull »).",
        "Looks for words in pages: their title, their fields, their text.\n\n"
        "A page that is found holds all the words. Accents, case and the “s” of the plural do not "
        "count; “agro*” finds all that begins so. Several words in quotes are looked for together, "
        "in this order. The wiki of a server is searched in its copy (“pull”).",
    )
)
@click.argument("words", nargs=-1, required=True, metavar="WORD…")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help=say("Seulement ce type de pages (répétable).", "This page type only (repeatable)."),
)
@click.option(
    "--all",
    "whole",
    is_flag=True,
    help=say("Toutes les pages et tous les passages.", "All pages and all passages."),
)
@format_option
@click.pass_obj
def search(
    session: Session, words: tuple[str, ...], types: tuple[str, ...], whole: bool, form: str
) -> None:
    """Print the pages on which the words stand."""
    import wikibot
    from wikibot.render import searched

    every = whole or form == "json"
    mapping = session.mapping
    found = wikibot.search(
        _searched(session),
        mapping,
        words,
        types=types,
        most=None if every else _PAGES,
        places=None if every else _PLACES,
        state=session.state,
        read=session.counted,
    )
    if form == "json":
        pages = [searched.found_data(page, mapping) for page in found.pages]
        echo_json({"count": found.count, "as_of": _iso(found.as_of), "pages": pages})
        return
    for page in found.pages:
        for line in searched.page(page, mapping, session.language, _marked):
            click.echo(line)
    click.echo(session.show(_told(found)))
    if not found.count:
        click.echo(
            say(
                "Essayez moins de mots, ou le début d'un mot : agro*.",
                "Try fewer words, or the beginning of a word: agro*.",
            ),
            err=True,
        )
    _tell_moment(session, found.as_of)


@command(
    help=say(
        "Dit quelles pages citent une page, et lesquelles elle cite : dans quel champ, dans le "
        "texte ou comme catégorie.\n\nLe wiki d'un serveur se cherche dans sa copie (« pull »).",
        "Says which pages name a page, and which it names: in what field, in the text or as a "
        "category.\n\nThe wiki of a server is searched in its copy (“pull”).",
    )
)
@click.argument("page")
@format_option
@click.pass_obj
def links(session: Session, page: str, form: str) -> None:
    """Print the pages that name a page, and those that it names."""
    import wikibot
    from wikibot.render import searched
    from wikibot.visible import visible

    mapping = session.mapping
    found = wikibot.linked(
        _searched(session), mapping, page, state=session.state, read=session.counted
    )
    if form == "json":
        echo_json(
            {
                "title": str(found.title),
                "as_of": _iso(found.as_of),
                "named_by": searched.links_data(found.named_by),
                "names": searched.links_data(found.names),
            }
        )
        return
    click.echo(visible(found.title))
    for heading, pages in ((_named_by(found), found.named_by), (_names(found), found.names)):
        for line in searched.links(heading, pages, mapping, session.language):
            click.echo(line)
    _tell_moment(session, found.as_of)


def _searched(session: Session) -> wikibot.Wiki:
    """Return the copy of a wiki of a server; a folder or a dump as it is."""
    from wikibot.wiki.mediawiki import MediaWiki

    live = session.live
    return session.copy_of(live) if session.from_mirror or isinstance(live, MediaWiki) else live


def _marked(word: str) -> str:
    from wikibot.cli.colours import painted

    shown = painted(word, "found")
    return f"*{word}*" if shown == word else shown


def _told(found: wikibot.Searched) -> Text:
    if not found.count:
        return Text("Aucune page.", "No page.")
    pages = counted(found.count, Text("page", "page"), Text("pages", "pages"))
    if len(found.pages) == found.count:
        return Text(f"{pages.fr}.", f"{pages.en}.")
    shown = len(found.pages)
    return Text(
        f"{pages.fr}, dont voici les {shown} premières : --all les montre toutes.",
        f"{pages.en}, of which these are the first {shown}: --all shows all of them.",
    )


def _named_by(found: wikibot.Linked) -> Text:
    if not found.named_by:
        return Text("Citée par aucune page", "Named by no page")
    pages = counted(len(found.named_by), Text("page", "page"), Text("pages", "pages"))
    return Text(f"Citée par {pages.fr} :", f"Named by {pages.en}:")


def _names(found: wikibot.Linked) -> Text:
    if not found.names:
        return Text("Ne cite aucune page", "Names no page")
    pages = counted(len(found.names), Text("page", "page"), Text("pages", "pages"))
    return Text(f"Cite {pages.fr} :", f"Names {pages.en}:")


def _tell_moment(session: Session, as_of: datetime | None) -> None:
    if as_of is not None:
        at = moment(as_of)
        told = Text(f"D'après la copie du {at.fr}.", f"By the copy of {at.en}.")
        click.echo(session.show(told), err=True)


def _iso(as_of: datetime | None) -> str | None:
    return as_of.isoformat(timespec="seconds") if as_of else None
