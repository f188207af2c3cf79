"""Commands that open a form in the editor, or create a page: edit, new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wikibot.cli.filling import Wishes, edit_form, tell_empty
from wikibot.cli.options import writing_options
from wikibot.cli.session import Session
from wikibot.cli.spoken import command, say
from wikibot.cli.writing import offer


def resume_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--resume/--restart`."""
    return click.option(
        "--resume/--restart",
        default=None,
        help=say(
            "Reprend la saisie laissée en plan, ou la met de côté et recommence.",
            "Takes up what was typed and left, or puts it aside and begins anew.",
        ),
    )(function)


@command(
    help=say(
        "Ouvre les champs d'une page dans votre éditeur, comme un formulaire.\n\n"
        "L'éditeur est celui de VISUAL ou d'EDITOR. À l'enregistrement, chaque valeur est vérifiée "
        "et ce qui ne va pas est écrit à côté du champ ; puis vient l'aperçu. Rien de ce que vous "
        "tapez ne se perd : la saisie est gardée tant qu'elle n'est ni publiée ni abandonnée.",
        "Opens the fields of a page in your editor, as a form.\n\n"
        "The editor is that of VISUAL or EDITOR. When you save, every value is checked and what is "
        "wrong is written beside its field; then comes the preview. Nothing that you type gets "
        "lost: it is kept until it is saved to the wiki or given up.",
    )
)
@click.argument("page")
@resume_option
@writing_options
@click.pass_obj
def edit(
    session: Session,
    page: str,
    resume: bool | None,
    plan_file: Path | None,
    apply_now: bool,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Plan what a person changes in the form of a page."""
    import wikibot

    (found,) = wikibot.pages_to_read(session.wiki, session.mapping, (page,))
    wishes = Wishes(("edit", str(found.title)), plan_file, apply_now, allow, form)
    edit_form(session, found, resume, wishes)


@command(
    help=say(
        "Crée une page : son type, son titre, ses champs.\n\n"
        'Par exemple : new commun "Atlas des mares" licence="CC BY-SA 4.0" ; avec --edit, les '
        "champs s'ouvrent dans votre éditeur.",
        "Creates a page: its type, its title, its fields.\n\n"
        'For example: new commun "Atlas des mares" licence="CC BY-SA 4.0"; with --edit the fields '
        "open in your editor.",
    )
)
@click.argument("page_type", metavar="TYPE")
@click.argument("title", metavar="PAGE")
@click.argument("assignments", nargs=-1, metavar="[FIELD=VALUE]…")
@click.option(
    "--edit",
    "in_editor",
    is_flag=True,
    help=say("Ouvre d'abord le formulaire.", "Opens the form first."),
)
@resume_option
@writing_options
@click.pass_obj
def new(
    session: Session,
    page_type: str,
    title: str,
    assignments: tuple[str, ...],
    in_editor: bool,
    resume: bool | None,
    plan_file: Path | None,
    apply_now: bool,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Plan a page that does not exist yet."""
    import wikibot
    from wikibot.jobs.editing import typed_in
    from wikibot.jobs.naming import type_named
    from wikibot.visible import visible

    if apply_now and not in_editor:
        session.hold()
    wanted = [wikibot.parse_assignment(assignment) for assignment in assignments]
    chosen = type_named(session.mapping, page_type)
    made = wikibot.blank_page(session.wiki, session.mapping, chosen, title)
    for near in made.near:
        like = visible(near)
        click.echo(
            say(
                f"Note : la page « {like} » a presque le même titre ; est-ce la même chose ?",
                f"Note: the page “{like}” has nearly the same title; is it the same thing?",
            ),
            err=True,
        )
    if made.no_template:
        template = made.record.page_type.template
        click.echo(
            say(
                f"Note : le modèle « {template} » n'est pas sur ce wiki ; « mapping install » "
                "l'y met.",
                f"Note: the template “{template}” is not on this wiki; “mapping install” puts it "
                "there.",
            ),
            err=True,
        )
    if not in_editor and resume is None:
        plan = wikibot.new_page(made, wanted, session.mapping, session.wiki)
        tell_empty(session, plan)
        offer(session, plan, plan_file, apply_now, allow, form, "new")
        return
    page = made.record.page
    wishes = Wishes(("new", chosen.id, str(page.title)), plan_file, apply_now, allow, form)
    edit_form(session, page, resume, wishes, chosen.id, typed_in(made.record, wanted))
