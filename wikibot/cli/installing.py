"""mapping install: what a new wiki needs to hold the mapping."""

from __future__ import annotations

from pathlib import Path

import click

from wikibot.cli.options import writing_options
from wikibot.cli.session import Session
from wikibot.cli.spoken import say
from wikibot.cli.writing import offer
from wikibot.language import Text, counted

NEEDS_A_PERSON = 3


@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help=say("Ce type de pages seulement (répétable).", "This page type only (repeatable)."),
)
@click.option(
    "--semantic/--no-semantic",
    default=None,
    help=say(
        "Avec ou sans Semantic MediaWiki (sinon : ce que le wiki a).",
        "With or without Semantic MediaWiki (else: what the wiki has).",
    ),
)
@click.option(
    "--forms/--no-forms",
    default=None,
    help=say(
        "Avec ou sans formulaires (Page Forms ; sinon : ce que le wiki a).",
        "With or without forms (Page Forms; else: what the wiki has).",
    ),
)
@writing_options
@click.pass_obj
def install(
    session: Session,
    types: tuple[str, ...],
    semantic: bool | None,
    forms: bool | None,
    plan_file: Path | None,
    apply_now: bool,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Plan the pages that the wiki lacks; those that it has are named and left alone."""
    import wikibot
    from wikibot.visible import visible

    if apply_now:
        session.hold()
    done = wikibot.install(session.wiki, session.mapping, types, semantic=semantic, forms=forms)
    for note in done.notes:
        click.echo(visible(session.show(note), 600), err=True)
    if done.other:
        click.echo(
            say(
                "Ces pages existent avec un autre contenu ; elles restent comme elles sont :",
                "These pages exist with another content; they stay as they are:",
            ),
            err=True,
        )
        for title in done.other:
            click.echo(f"  {visible(title)}", err=True)
    if done.same and form == "text":
        there = counted(
            len(done.same),
            Text("page est déjà en place", "page is there already"),
            Text("pages sont déjà en place", "pages are there already"),
        )
        click.echo(f"{session.show(there)}.")
    code = NEEDS_A_PERSON if done.other else 0
    offer(session, done.plan, plan_file, apply_now, allow, form, "install", code, brief=True)
