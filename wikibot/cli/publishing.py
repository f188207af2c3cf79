"""The command actions publish: the actions of pages, written on the wiki for those who read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wikibot.cli.options import writing_options
from wikibot.cli.session import Session, complain
from wikibot.cli.spoken import command, say
from wikibot.cli.writing import NEEDS_A_PERSON, offer
from wikibot.language import Text

if TYPE_CHECKING:
    from typing import Unpack

    from wikibot.cli.options import Asked


@command(
    "publish",
    help=say(
        "Écrit les actions de chaque page sur cette page, entre deux repères : le robot n'écrit "
        "qu'entre eux, et plus du tout si quelqu'un y a écrit.",
        "Writes the actions of each page on that page, between two markers: the bot writes only "
        "between them, and no more once somebody has written there.",
    ),
)
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option(
    "--all",
    "every",
    is_flag=True,
    help=say("Toutes les pages qui ont des actions.", "Every page that has actions."),
)
@click.option(
    "--to",
    metavar="PAGE",
    help=say(
        "Écrit toutes ces actions sur cette seule page, une section par page.",
        "Writes all these actions on this one page, a section each.",
    ),
)
@click.option(
    "--create",
    is_flag=True,
    help=say(
        "Crée la page de --to si elle n'existe pas.", "Creates the page of --to if it is missing."
    ),
)
@writing_options
@click.pass_obj
def publish(
    session: Session,
    pages: tuple[str, ...],
    every: bool,
    to: str | None,
    create: bool,
    **asked: Unpack[Asked],
) -> None:
    """Plan the regions that show the actions."""
    import wikibot

    if bool(pages) == every:
        raise click.UsageError(
            say(
                "nommez les pages, ou demandez --all pour toutes celles qui ont des actions.",
                "name the pages, or ask for --all: every page that has actions.",
            )
        )
    if create and to is None:
        raise click.UsageError(say("--create va avec --to PAGE.", "--create goes with --to PAGE."))
    if asked["apply_now"]:
        session.hold()
    wiki = session.wiki
    tracker = wikibot.read_actions(wiki, session.mapping)
    published = wikibot.publish_actions(tracker, wiki, pages, to=to, create=create)
    for left in published.untouched:
        why = Text(f"« {left.title} » : {left.why.fr}", f"“{left.title}”: {left.why.en}")
        complain(why, left.advice)
    code = NEEDS_A_PERSON if published.untouched else 0
    offer(
        session,
        published.plan,
        asked["plan_file"],
        asked["apply_now"],
        asked["allow"],
        asked["form"],
        "actions publish",
        code,
    )
