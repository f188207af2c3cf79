"""The command near: names pages near to those whose field for them is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wikibot.cli.options import writing_options
from wikibot.cli.session import Session
from wikibot.cli.spoken import command, say
from wikibot.cli.writing import offer

if TYPE_CHECKING:
    from typing import Unpack

    from wikibot.cli.options import Asked


@command(
    help=say(
        "Propose des communs proches aux pages qui n'en nomment aucun (à toutes, si aucune n'est "
        "nommée) : celles qui partagent le plus de champs et de mots rares.\n\n"
        "Chaque proposition dit ce que les pages partagent ; relisez-la avant de publier.",
        "Proposes near commons for the pages that name none (for all, where none is named): those "
        "that share most fields and rare words.\n\n"
        "Each proposal says what the pages share; review it before it is saved.",
    )
)
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@writing_options
@click.pass_obj
def near(session: Session, pages: tuple[str, ...], **asked: Unpack[Asked]) -> None:
    """Plan the names of near pages where the field for them is empty."""
    import wikibot

    if asked["apply_now"]:
        session.hold()
    wiki, mapping = session.wiki, session.mapping
    only = (
        [str(page.title) for page in wikibot.pages_to_read(wiki, mapping, pages)] if pages else ()
    )
    read = session.counted(wikibot.pages_to_read(wiki, mapping, ()))
    plan = wikibot.propose_near(read, mapping, wiki, only=only)
    if not plan.edits and asked["form"] == "text":
        click.echo(_why_none(len(pages)), err=True)
    offer(
        session,
        plan,
        asked["plan_file"],
        asked["apply_now"],
        asked["allow"],
        asked["form"],
        "near",
    )


def _why_none(named: int) -> str:
    if named == 1:
        return say(
            "Aucune proposition : cette page nomme déjà des communs proches, n'a pas de champ pour "
            "eux, ou ne partage pas assez avec une autre.",
            "No proposal: this page names near commons already, has no field for them, or shares "
            "too little with any other.",
        )
    return say(
        "Aucune proposition : ces pages nomment déjà des communs proches, n'ont pas de champ pour "
        "eux, ou ne partagent pas assez avec une autre.",
        "No proposal: these pages name near commons already, have no field for them, or share too "
        "little with any other.",
    )
