"""Commands that show the action tracker: board, list."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from wikibot.cli.session import Session, complain, echo_json, format_option
from wikibot.cli.spoken import command, say
from wikibot.language import Text

if TYPE_CHECKING:
    import wikibot
    from wikibot.actions.hidden import Hidden

_WIDEST = 120


@command(
    "board",
    help=say(
        "Montre le tableau d'une page comme le wiki le compte, et ce qu'il cache (de toutes, si "
        "aucune n'est nommée).",
        "Shows the board of a page as the wiki counts it, and what it hides (of all pages, where "
        "none is named).",
    ),
)
@click.argument("page", required=False)
@format_option
@click.pass_obj
def board(session: Session, page: str | None, form: str) -> None:
    """Print one board, or all of them."""
    import wikibot
    from wikibot.render import board as render

    wiki = session.wiki
    tracker = wikibot.read_actions(wiki, session.mapping)
    shown = wikibot.action_boards(tracker, wiki, page)
    _tell_unread(session, tracker)
    if form == "json":
        found = [render.board_data(each, session.language) for each in shown]
        echo_json(found[0] if page is not None else found)
        return
    odd = wikibot.odd_actions(shown, tracker, wiki)

    def fix(hidden: Hidden) -> str:
        if hidden.remedy is None:
            return ""
        value = f"{hidden.remedy.field}={hidden.remedy.value}"
        return session.command("actions", "edit", hidden.action.name, value)

    for place, each in enumerate(shown):
        if place:
            click.echo()
        for line in render.board(each, odd, tracker.is_overdue, fix, session.language, _width()):
            click.echo(line)
    if not shown:
        click.echo(say("Aucune action.", "No action."), err=True)


@command(
    "list",
    help=say(
        "Liste les actions qui répondent à toutes les options. Répétée, une option en admet "
        "plusieurs.",
        "Lists the actions that match all options. An option given twice accepts either.",
    ),
)
@click.option(
    "--page", "pages", multiple=True, metavar="PAGE", help=say("De cette page.", "Of this page.")
)
@click.option(
    "--assignee",
    "assignees",
    multiple=True,
    metavar="NAME",
    help=say("Dont cette personne s'occupe.", "Which this person takes care of."),
)
@click.option(
    "--label",
    "labels",
    multiple=True,
    help=say("Avec cette étiquette ou dans cette colonne.", "With this label or column."),
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    help=say("De ce statut : ouvert, clos …", "Of this status: open, closed …"),
)
@click.option(
    "--open",
    "open_only",
    is_flag=True,
    help=say("Ni faites ni closes.", "Neither done nor closed."),
)
@click.option("--overdue", is_flag=True, help=say("En retard.", "Overdue."))
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(["label", "assignee", "due"]),
    help=say(
        "Sans colonne, sans responsable ou sans échéance (répétable).",
        "Without a column, an assignee or a due date (repeatable).",
    ),
)
@format_option
@click.pass_obj
def list_(
    session: Session,
    pages: tuple[str, ...],
    assignees: tuple[str, ...],
    labels: tuple[str, ...],
    statuses: tuple[str, ...],
    open_only: bool,
    overdue: bool,
    without: tuple[str, ...],
    form: str,
) -> None:
    """Print the actions that match."""
    import wikibot
    from wikibot.render import board as render

    wiki = session.wiki
    tracker = wikibot.read_actions(wiki, session.mapping)
    wanted = wikibot.WantedActions(pages, assignees, labels, statuses, open_only, overdue, without)
    found = wikibot.listed_actions(tracker, wanted, wiki)
    _tell_unread(session, tracker)
    if form == "json":
        echo_json([render.action_data(action, tracker.is_overdue) for action in found])
        return
    for line in render.actions(found, tracker.is_overdue, session.language, _width()):
        click.echo(line)
    click.echo(session.show(render.sums(found, tracker.is_overdue)))


def _width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)


def _tell_unread(session: Session, tracker: wikibot.Tracker) -> None:
    """Say on standard error which actions are not counted since nobody can read them."""
    for title in tracker.unread:
        complain(
            Text(
                f"« {title} » ne se lit pas avec certitude : elle n'est pas comptée ici.",
                f"“{title}” cannot be read with certainty: it is not counted here.",
            ),
            Text(f"Voyez « check {title} ».", f"See “check {title}”."),
        )
