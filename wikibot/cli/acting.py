"""Commands on the action tracker: board and list; add, move, assign, edit, close, reopen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import click

from wikibot.cli.options import Asked, writing_options
from wikibot.cli.proposing import suggest
from wikibot.cli.publishing import publish
from wikibot.cli.session import Session
from wikibot.cli.spoken import Commands, say
from wikibot.cli.syncing import sync
from wikibot.cli.tracking import board, list_
from wikibot.cli.writing import offer

if TYPE_CHECKING:
    from typing import Unpack

    import wikibot


@click.group(
    cls=Commands,
    help=say(
        "Le suivi des actions : les tableaux du wiki, et de quoi les tenir à jour.",
        "The action tracker: the boards of the wiki, and what keeps them up to date.",
    ),
)
def actions() -> None:
    """Hold the commands on actions."""


actions.add_command(board)
actions.add_command(list_)
actions.add_command(publish)
actions.add_command(sync)
actions.add_command(suggest)


@actions.command(
    "add",
    help=say(
        "Ajoute une action au tableau d'une page ; son numéro est le premier libre après les "
        "autres.",
        "Adds an action to the board of a page; its number is the one behind all others.",
    ),
)
@click.argument("page")
@click.argument("summary")
@click.option(
    "--column",
    default="",
    help=say("Sa colonne (sinon la première).", "Its column (else the first one)."),
)
@click.option(
    "--label",
    "labels",
    multiple=True,
    help=say("Une autre étiquette (répétable).", "Another label (repeatable)."),
)
@click.option(
    "--assign",
    "assignees",
    multiple=True,
    metavar="NAME",
    help=say("Qui s'en charge (répétable).", "Who takes care of it (repeatable)."),
)
@click.option(
    "--due",
    default="",
    metavar="DATE",
    help=say(
        "L'échéance : 2026-04-03, ou 3 avril 2026.", "The due date: 2026-04-03, or 3 April 2026."
    ),
)
@click.option("--details", default="", help=say("Ce qu'il faut savoir.", "What one has to know."))
@writing_options
@click.pass_obj
def add(
    session: Session,
    page: str,
    summary: str,
    column: str,
    labels: tuple[str, ...],
    assignees: tuple[str, ...],
    due: str,
    details: str,
    **asked: Unpack[Asked],
) -> None:
    """Plan the page of a new action."""
    import wikibot

    new = wikibot.NewAction(page, summary, column, labels, assignees, due, details)
    _offer(session, "add", asked, lambda wiki: wikibot.add_action(new, session.mapping, wiki))


@actions.command(
    "move",
    help=say(
        'Met des actions dans une colonne : « actions move 3 7 "En cours" ».',
        'Puts actions into a column: “actions move 3 7 "En cours"”.',
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="N…")
@click.argument("column")
@writing_options
@click.pass_obj
def move(session: Session, names: tuple[str, ...], column: str, **asked: Unpack[Asked]) -> None:
    """Plan the new column."""
    import wikibot

    _offer(
        session,
        "move",
        asked,
        lambda wiki: wikibot.move_actions(names, column, session.mapping, wiki),
    )


@actions.command(
    "assign",
    help=say(
        "Confie des actions à quelqu'un, en plus de qui s'en charge déjà : « actions assign 3 7 "
        '"Alix Imaginaire" ».',
        'Gives actions to somebody, besides who has them already: “actions assign 3 7 "Alix '
        'Imaginaire"”.',
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="N…")
@click.argument("person")
@click.option(
    "--only",
    is_flag=True,
    help=say("À la place de tous les autres.", "Instead of everybody else."),
)
@click.option("--remove", is_flag=True, help=say("Ne la lui confie plus.", "Takes it from them."))
@writing_options
@click.pass_obj
def assign(
    session: Session,
    names: tuple[str, ...],
    person: str,
    only: bool,
    remove: bool,
    **asked: Unpack[Asked],
) -> None:
    """Plan who takes care of actions."""
    import wikibot

    if only and remove:
        raise click.UsageError(say("--only ou --remove, pas les deux.", "--only or --remove."))
    operator: Literal["=", "+=", "-="] = "=" if only else "-=" if remove else "+="
    _offer(
        session,
        "assign",
        asked,
        lambda wiki: wikibot.assign_actions(
            names, (person,), session.mapping, wiki, operator=operator
        ),
    )


@actions.command(
    "edit",
    help=say(
        "Donne des valeurs aux champs d'une action, comme « set » : CHAMP=VALEUR, += et -=.",
        "Gives values to fields of an action, like “set”: FIELD=VALUE, += and -=.",
    ),
)
@click.argument("name", metavar="N")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE…")
@writing_options
@click.pass_obj
def edit(session: Session, name: str, assignments: tuple[str, ...], **asked: Unpack[Asked]) -> None:
    """Plan the new values of one action."""
    import wikibot

    _offer(
        session,
        "edit",
        asked,
        lambda wiki: wikibot.edit_action(name, assignments, session.mapping, wiki),
    )


@actions.command(
    "close",
    help=say(
        "Clôt des actions : elles quittent le tableau.", "Closes actions: they leave the board."
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="N…")
@click.option(
    "--resolution",
    default="",
    help=say("Comment elles se sont terminées.", "How they ended."),
)
@writing_options
@click.pass_obj
def close(
    session: Session, names: tuple[str, ...], resolution: str, **asked: Unpack[Asked]
) -> None:
    """Plan the closing of actions."""
    import wikibot

    _offer(
        session,
        "close",
        asked,
        lambda wiki: wikibot.close_actions(names, session.mapping, wiki, resolution=resolution),
    )


@actions.command(
    "reopen",
    help=say("Remet des actions au tableau.", "Puts actions back on the board."),
)
@click.argument("names", nargs=-1, required=True, metavar="N…")
@click.option(
    "--column",
    help=say(
        "Leur colonne (sinon, ce qui était fait revient dans la première).",
        "Their column (else what was done comes back to the first).",
    ),
)
@writing_options
@click.pass_obj
def reopen(
    session: Session, names: tuple[str, ...], column: str | None, **asked: Unpack[Asked]
) -> None:
    """Plan the reopening of actions."""
    import wikibot

    _offer(
        session,
        "reopen",
        asked,
        lambda wiki: wikibot.reopen_actions(names, session.mapping, wiki, column=column),
    )


def _offer(
    session: Session, name: str, asked: Asked, planned: Callable[[wikibot.Wiki], wikibot.Plan]
) -> None:
    """Show what is planned, save the plan, write it: as was asked."""
    if asked["apply_now"]:
        session.hold()
    plan = planned(session.wiki)
    offer(
        session,
        plan,
        asked["plan_file"],
        asked["apply_now"],
        asked["allow"],
        asked["form"],
        f"actions {name}",
    )
