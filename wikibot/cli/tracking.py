"""Commands that show the action tracker: board, list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikibot.cli.options import forms_option, look_at_output, output_option
from wikibot.cli.session import Session, complain, data_of
from wikibot.cli.spoken import command, say
from wikibot.language import Text
from wikibot.redaction import redacted

if TYPE_CHECKING:
    import wikibot
    from wikibot.actions.board import PageBoard
    from wikibot.actions.hidden import Hidden

_WIDEST = 120
_forms_option = forms_option(
    ("text", "table", "json", "ics"),
    say(
        "text : pour lire ici. table : une ligne par action. json : pour un programme. ics : des "
        "tâches pour un agenda (iCalendar).",
        "text: to be read here. table: one row an action. json: for a program. ics: tasks for a "
        "calendar (iCalendar).",
    ),
)


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
@_forms_option
@output_option
@click.pass_obj
def board(session: Session, page: str | None, form: str, report: Path | None) -> None:
    """Print one board, or all of them."""
    import wikibot
    from wikibot.render import board as render

    look_at_output(report, form)
    wiki = session.wiki
    tracker = wikibot.read_actions(wiki, session.mapping)
    shown = wikibot.action_boards(tracker, wiki, page)
    _tell_unread(session, tracker)
    if form == "json":
        found = [render.board_data(each, session.language) for each in shown]
        _give(session, data_of(found[0] if page is not None else found), report)
    elif form == "text":
        _give(session, _joined(_board_lines(session, shown, tracker)), report)
    else:
        of_boards = {
            action.pageid: action
            for each in shown
            for action in (
                *each.actions,
                *(h.action for h in each.hidden if h.reason != "closed"),
            )
        }
        title = shown[0].page if page is not None else None
        _give_actions(session, list(of_boards.values()), tracker, form, report, title)
    if not shown:
        click.echo(say("Aucune action.", "No action."), err=True)


def _board_lines(
    session: Session, shown: Sequence[PageBoard], tracker: wikibot.Tracker
) -> Iterator[str]:
    """Yield the lines of boards."""
    import wikibot
    from wikibot.render import board as render

    def fix(hidden: Hidden) -> str:
        if hidden.remedy is None:
            return ""
        value = f"{hidden.remedy.field}={hidden.remedy.value}"
        return session.command("actions", "edit", hidden.action.name, value)

    odd = wikibot.odd_actions(shown, tracker, session.wiki)
    for place, each in enumerate(shown):
        if place:
            yield ""
        yield from render.board(each, odd, tracker.is_overdue, fix, session.language, _width())


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
@_forms_option
@output_option
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
    report: Path | None,
) -> None:
    """Print the actions that match."""
    import wikibot

    look_at_output(report, form)
    wiki = session.wiki
    tracker = wikibot.read_actions(wiki, session.mapping)
    wanted = wikibot.WantedActions(pages, assignees, labels, statuses, open_only, overdue, without)
    found = wikibot.listed_actions(tracker, wanted, wiki)
    _tell_unread(session, tracker)
    _give_actions(session, found, tracker, form, report)


def _give_actions(
    session: Session,
    found: Sequence[wikibot.Action],
    tracker: wikibot.Tracker,
    form: str,
    report: Path | None,
    page: str | None = None,
) -> None:
    """Print actions, or write them to a file; `page` is the one whose board they are on."""
    from wikibot.render import board as render

    language, late = session.language, tracker.is_overdue
    if form == "ics":
        from wikibot.jobs.actions.calendar import action_calendar

        name = say("Suivi des actions", "Action tracker")
        name = f"{name} – {page}" if page else name
        data = action_calendar(tracker, found, session.wiki, name, language)
        _give(session, redacted(data.decode("utf-8")), report)
        return
    if form == "json":
        _give(session, data_of([render.action_data(action, late) for action in found]), report)
        return
    if form == "table":
        from wikibot.render.action_table import table

        lines = table(found, late, language, _width())
    else:
        lines = render.actions(found, late, language, _width())
    _give(session, _joined([*lines, session.show(render.sums(found, late))]), report)


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _give(session: Session, text: str, report: Path | None) -> None:
    """Print a report, or write it to a file and say so."""
    if report is None:
        click.echo(text, nl=False)
        return
    from wikibot.jobs.outputs import save_report

    save_report(report, redacted(text).encode("utf-8", "backslashreplace"))
    session.tell(say(f"Écrit : {report}", f"Written: {report}"))


def _width() -> int:
    import shutil

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
