"""Commands that only read: explain, show, pages, mapping."""

from __future__ import annotations

import click

from wikibot.cli.discovering import discover, drift
from wikibot.cli.installing import install
from wikibot.cli.session import Session, echo_json, format_option
from wikibot.cli.spoken import Commands, command, say
from wikibot.cli.suggesting import suggest
from wikibot.language import Text


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


@command(help=say("Montre les champs d'une page.", "Shows the fields of a page."))
@click.argument("page")
@format_option
@click.pass_obj
def show(session: Session, page: str, form: str) -> None:
    """Print the fields of a page."""
    import wikibot
    from wikibot.render import data, text

    wiki, mapping = session.wiki, session.mapping
    (found,) = wikibot.pages_to_read(wiki, mapping, (page,))
    records = wikibot.records_on(found, mapping, wiki)
    if form == "json":
        echo_json(data.record(records[0], len(records) - 1))
        return
    for record in records:
        for line in text.record(record, session.language):
            click.echo(line)


@command(
    help=say(
        "Liste les pages dont les champs ont ces valeurs. CHAMP= trouve les champs vides.",
        "Lists the pages whose fields have these values. FIELD= finds the empty ones.",
    )
)
@click.argument("conditions", nargs=-1, metavar="[FIELD=VALUE]…")
@format_option
@click.pass_obj
def pages(session: Session, conditions: tuple[str, ...], form: str) -> None:
    """Print the titles of the pages that match."""
    import wikibot
    from wikibot.visible import visible

    wiki, mapping = session.wiki, session.mapping
    read = session.counted(wikibot.pages_to_read(wiki, mapping, ()))
    records = list(wikibot.matching(read, conditions, mapping, wiki))
    if form == "json":
        echo_json(
            [
                {"title": str(r.page.title), "type": r.page_type.id, "revid": r.page.revision.id}
                for r in records
            ]
        )
        return
    for record in records:
        click.echo(visible(record.page.title))
    if not records:
        click.echo(say("Aucune page.", "No page."), err=True)


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
    known = session.mapping
    fields = sum(len(page_type.fields) for page_type in known.page_types)
    click.echo(
        session.show(
            Text(
                f"Correspondance « {known.id} » correcte : {len(known.page_types)} types de "
                f"pages, {fields} champs, {len(known.vocabularies)} vocabulaires.",
                f"Mapping “{known.id}” is right: {len(known.page_types)} page types, "
                f"{fields} fields, {len(known.vocabularies)} vocabularies.",
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
