"""`actions suggest`: the actions that a page's plan in prose asks for. It writes nothing unseen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikibot.cli import deciding
from wikibot.cli.options import allow_option, format_option, plan_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import command, say
from wikibot.cli.writing import NEEDS_A_PERSON, write

if TYPE_CHECKING:
    import wikibot


def _numbers(ctx: click.Context, param: click.Parameter, typed: str | None) -> tuple[int, ...]:
    """Return the numbers that a person typed with commas between. Raises click.BadParameter."""
    if typed is None:
        return ()
    parts = [part.strip() for part in typed.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        raise click.BadParameter(
            say(
                f"« {typed} » : il faut des numéros séparés par des virgules, par exemple 1,3.",
                f"“{typed}”: this takes numbers with commas between, such as 1,3.",
            ),
            ctx,
            param,
        )
    return tuple(int(part) for part in parts)


@command(
    "suggest",
    help=say(
        "Propose les actions que demande le plan écrit en toutes lettres sur une page, chacune "
        "avec la phrase dont elle vient. Rien n'est publié sans relecture : --plan enregistre les "
        "propositions, --ask les demande une à une.",
        "Proposes the actions that the plan in prose on a page asks for, each with the sentence "
        "that it comes from. Nothing is saved to the wiki unseen: --plan keeps the proposals in a "
        "file, --ask asks about them one by one.",
    ),
)
@click.argument("page")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="FIELD",
    help=say(
        "Lit ce champ (répétable) ; sinon, ceux que la correspondance désigne.",
        "Reads this field (repeatable); else those that the mapping marks.",
    ),
)
@click.option(
    "--only",
    callback=_numbers,
    metavar="N,N…",
    help=say("Seulement ces propositions : 1,3.", "These proposals only: 1,3."),
)
@click.option(
    "--ask",
    "asking",
    is_flag=True,
    help=say(
        "Demande, proposition par proposition, puis publie celles que vous voulez.",
        "Asks, proposal by proposal, then saves those that you want.",
    ),
)
@plan_option
@allow_option
@format_option
@click.pass_obj
def suggest(
    session: Session,
    page: str,
    fields: tuple[str, ...],
    only: tuple[int, ...],
    asking: bool,
    plan_file: Path | None,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Show what a page asks for; save it as a plan, or ask about it."""
    import wikibot

    if asking:
        deciding.check_terminal(form)
    found = wikibot.suggest_actions(page, session.mapping, session.wiki, fields=fields, only=only)
    if plan_file is not None:
        wikibot.save_plan(found.plan, plan_file)
    if form == "json":
        _echo_data(session, found)
    else:
        _echo(session, found)
    if asking and found.plan.edits:
        chosen = deciding.decided(session, found.plan)
        if chosen is None:
            sys.exit(NEEDS_A_PERSON)
        session.hold()  # not while a person thinks
        write(session, chosen, "actions suggest", form, allow)
        return
    if form == "text" and found.plan.edits:
        _echo_next(session, plan_file)
    sys.exit(NEEDS_A_PERSON if found.plan.edits else 0)


def _echo(session: Session, found: wikibot.ActionSuggestions) -> None:
    from wikibot.render import proposals as render
    from wikibot.visible import visible

    doubtful = sum(each.proposed.doubt is not None for each in found.suggestions)
    labels = tuple(field.label.text for field in found.fields)
    head = render.heading(found.page, labels, len(found.suggestions), doubtful)
    click.echo(visible(session.show(head)))
    for each in found.suggestions:
        click.echo()
        for line in render.proposal(each.number, each.proposed, each.late, session.language):
            click.echo(line)
    if found.known:
        click.echo()
        click.echo(say("Déjà au suivi des actions :", "Followed up already:"))
        for one in found.known:
            click.echo(render.known(one.proposed, one.action, session.language))


def _echo_next(session: Session, plan_file: Path | None) -> None:
    """Say how a person goes on: the plan that is kept is reviewed, and applied."""
    click.echo()
    if plan_file is None:
        click.echo(
            say(
                "Rien n'est publié. Pour les relire une à une : la même commande avec --ask ; pour "
                "les garder dans un fichier : --plan FICHIER (et --only 1,3 pour en choisir).",
                "Nothing is saved to the wiki. To go through them: the same command with --ask; to "
                "keep them in a file: --plan FILE (and --only 1,3 to choose).",
            )
        )
        return
    book = plan_file.with_suffix(".xlsx")
    show = session.command("plan", "show", str(plan_file), "--output", str(book))
    then = session.command("apply", str(plan_file))
    click.echo(
        say(
            f"Rien n'est publié. Pour répondre oui ou non dans un classeur : {show}\n"
            f"Pour tout publier : {then}",
            f"Nothing is saved to the wiki. To say yes or no in a workbook: {show}\n"
            f"To save all of it: {then}",
        )
    )


def _echo_data(session: Session, found: wikibot.ActionSuggestions) -> None:
    from wikibot.render import proposals as render

    echo_json(
        {
            "page": found.page,
            "fields": [field.id for field in found.fields],
            "proposals": [
                render.proposal_data(each.number, each.proposed, each.late, session.language)
                for each in found.suggestions
            ],
            "known": [render.known_data(one.proposed, one.action) for one in found.known],
        }
    )
