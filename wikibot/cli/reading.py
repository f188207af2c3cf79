"""Commands that only read: explain, show, pages, mapping."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from wikibot.cli.discovering import discover, drift
from wikibot.cli.installing import install
from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import Commands, command, say
from wikibot.cli.suggesting import suggest
from wikibot.language import Text, counted

if TYPE_CHECKING:
    import wikibot

_WIDEST = 100  # columns, for texts that are shown in part
_MOST_LEFT_OUT = 5


@command(
    help=say(
        "Explique une règle : quoi, pourquoi, exemple, correction. Sans nom, les liste toutes.",
        "Explains a rule: what, why, example, fix. Without a name, lists them all.",
    )
)
@click.argument("rule", required=False)
@format_option
@click.pass_obj
def explain(session: Session, rule: str | None, form: str) -> None:
    """Print one rule or the catalogue."""
    import wikibot
    from wikibot.render import data, text

    known = [wikibot.rule(rule)] if rule else list(wikibot.RULES.values())
    if form == "json":
        echo_json(data.rules(known, session.language))
        return
    lines = text.rule(known[0], session.language) if rule else text.rules(known, session.language)
    for line in lines:
        click.echo(line)


@command(
    help=say(
        "Montre les champs d'une page. Son nom s'écrit sans souci des accents ni des majuscules.",
        "Shows the fields of a page. Accents and case of its name do not matter.",
    )
)
@click.argument("page")
@click.option(
    "--all",
    "whole",
    is_flag=True,
    help=say(
        "Les textes entiers, et les champs vides un à un.",
        "Texts as a whole, and the empty fields one by one.",
    ),
)
@format_option
@click.pass_obj
def show(session: Session, page: str, whole: bool, form: str) -> None:
    """Print the fields of a page."""
    import shutil

    import wikibot
    from wikibot.render import data, record
    from wikibot.wiki.protocol import Addressed

    wiki, mapping = session.wiki, session.mapping
    (found,) = wikibot.pages_to_read(wiki, mapping, (page,))
    records = wikibot.records_on(found, mapping, wiki)
    if form == "json":
        echo_json(data.record(records[0], len(records) - 1))
        return
    width = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else _WIDEST
    address = wiki.address(found.title) if isinstance(wiki, Addressed) else None
    for line in record.page(records, session.language, address, None if whole else width):
        click.echo(line)


@command(
    help=say(
        "Liste les pages qui répondent à toutes les conditions.\n\n"
        "CHAMP=VALEUR, CHAMP= (vide), CHAMP!=VALEUR, CHAMP~TEXTE (contient), CHAMP!~TEXTE ; pour "
        "les dates et les nombres <, <=, > et >=. A|B : l'un ou l'autre. De la page elle-même : "
        "titre, type, modifié, auteur, espace. Par exemple : "
        'pages "licence=" "défi~Bâtiment" "modifié<2025-01-01"',
        "Lists the pages on which all conditions hold.\n\n"
        "FIELD=VALUE, FIELD= (empty), FIELD!=VALUE, FIELD~TEXT (contains), FIELD!~TEXT; for dates "
        "and numbers <, <=, > and >=. A|B: one or the other. Of the page itself: title, type, "
        "modified, user, namespace. For example: "
        'pages "licence=" "défi~Bâtiment" "modified<2025-01-01"',
    )
)
@click.argument("conditions", nargs=-1, metavar="[CONDITION]…")
@format_option
@click.pass_obj
def pages(session: Session, conditions: tuple[str, ...], form: str) -> None:
    """Print the titles of the pages that match."""
    import wikibot
    from wikibot.visible import visible

    wiki, mapping = session.wiki, session.mapping
    left: list[tuple[wikibot.Page, Text]] = []
    read = session.counted(wikibot.pages_to_read(wiki, mapping, ()))
    found = wikibot.matching(
        read, conditions, mapping, wiki, left_out=lambda page, why: left.append((page, why))
    )
    records = list(found)
    if form == "json":
        echo_json(
            [
                {"title": str(r.page.title), "type": r.page_type.id, "revid": r.page.revision.id}
                for r in records
            ]
        )
    else:
        for record in records:
            click.echo(visible(record.page.title))
        if not records:
            click.echo(say("Aucune page.", "No page."), err=True)
    tell_left_out(session, left)


def tell_left_out(session: Session, left: Sequence[tuple[wikibot.Page, Text]]) -> None:
    """Say on standard error of which pages nobody can tell whether they match."""
    from wikibot.visible import visible

    if not left:
        return
    number = counted(
        len(left),
        Text("page dont on ne peut pas dire si elle répond :", "page that may match or not:"),
        Text("pages dont on ne peut pas dire si elles répondent :", "pages that may match or not:"),
    )
    click.echo(session.show(number), err=True)
    for page, why in left[:_MOST_LEFT_OUT]:
        click.echo(visible(f"  {page.title} — {session.show(why)}", 300), err=True)
    if len(left) > _MOST_LEFT_OUT:
        click.echo("  …", err=True)


@click.group(cls=Commands, help=say("La correspondance entre champs et modèles.", "The mapping."))
def mapping() -> None:
    """Hold the commands on the mapping."""


@mapping.command("show", help=say("Montre ses champs.", "Shows its fields."))
@click.pass_obj
def mapping_show(session: Session) -> None:
    """Print page types, fields and vocabularies."""
    known = session.mapping
    for page_type in known.page_types:
        click.echo(f"{session.show(page_type.label.text)} — {{{{{page_type.template}}}}}")
        for field in page_type.fields:
            kind = f"{field.kind}{'[]' if field.many else ''}"
            notes = [field.vocabulary or ""]
            notes.append("" if field.verified else say("à confirmer", "unverified"))
            extra = ", ".join(filter(None, notes))
            click.echo(
                f"  {field.id:<22} {session.show(field.label.text)} "
                f"[{field.parameter}: {kind}{f'; {extra}' if extra else ''}]"
            )
    for vocabulary in known.vocabularies:
        number = len(vocabulary.terms)
        click.echo(f"{vocabulary.id}: {session.show(vocabulary.label.text)} ({number})")


@mapping.command("check", help=say("Vérifie ses fichiers.", "Checks its files."))
@click.pass_obj
def mapping_check(session: Session) -> None:
    """Load the mapping; an error names every mistake of every file."""
    from wikibot.render.size import size

    known = session.mapping
    found = size(known)
    click.echo(
        session.show(
            Text(
                f"Correspondance « {known.id} » correcte : {found.fr}.",
                f"Mapping “{known.id}” is right: {found.en}.",
            )
        )
    )


mapping.command(
    "discover",
    help=say(
        "La remplit d'après le wiki : modèles, formulaires, attributs et pages.",
        "Fills it in from the wiki: templates, forms, properties and pages.",
    ),
)(discover)

mapping.command(
    "drift",
    help=say(
        "Dit en quoi elle diffère du wiki : champs disparus, renommés, retypés ; valeurs.",
        "Says where it differs from the wiki: fields gone, renamed, retyped; values.",
    ),
)(drift)

mapping.command(
    "suggest",
    help=say(
        "Propose des alias d'après ce que les gens ont corrigé à la main.",
        "Proposes aliases by what people corrected by hand.",
    ),
)(suggest)

mapping.command(
    "install",
    help=say(
        "Met sur le wiki les modèles, formulaires, attributs et catégories qu'elle demande.",
        "Puts the templates, forms, properties and categories that it needs on the wiki.",
    ),
)(install)
