"""plan refresh: a plan that has waited, made anew for the pages as they are now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import command, say
from wikibot.cli.writing import NEEDS_A_PERSON
from wikibot.errors import InputError
from wikibot.language import Text, counted

if TYPE_CHECKING:
    import wikibot

_OLD = (Text("modification gardée", "change kept"), Text("modifications gardées", "changes kept"))
_NEW = (Text("recalculée", "recomputed"), Text("recalculées", "recomputed"))
_THERE = (Text("déjà en place", "there already"), Text("déjà en place", "there already"))


@command(
    "refresh",
    help=say(
        "Refait un plan pour les pages telles qu'elles sont maintenant.\n\n"
        "Ce qui est devenu caduc est recalculé si une règle le proposait, sinon laissé de côté : "
        "le code de sortie est alors 3.",
        "Makes a plan anew for the pages as they are now.\n\n"
        "What does not fit any more is recomputed where a rule proposed it, else left out: the "
        "exit code is 3 then.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say(
        "Enregistre le nouveau plan ici (sinon à la place de l'ancien).",
        "Saves the new plan here (else in the place of the old one).",
    ),
)
@format_option
@click.pass_obj
def refresh(session: Session, file: Path, output: Path | None, form: str) -> None:
    """Write the new plan, and tell what is not in it any more."""
    import wikibot
    from wikibot.jobs.answers import is_workbook

    if is_workbook(file):
        raise InputError(
            Text(
                f"{file} est un classeur : c'est le plan dont il vient qui se refait.",
                f"{file} is a workbook: what can be refreshed is the plan that it comes from.",
            ),
            Text(
                "Donnez le fichier du plan, puis refaites le classeur.",
                "Name the file of the plan, then make the workbook again.",
            ),
        )
    old = wikibot.load_plan(file)
    new = wikibot.refresh_plan(old, session.wiki, session.mapping, state=session.state)
    place = output or file
    wikibot.save_plan(new.plan, place)
    if form == "json":
        echo_json(_refreshed(session, new))
    else:
        _tell(session, new, place)
    sys.exit(NEEDS_A_PERSON if new.needs_a_person else 0)


def _tell(session: Session, new: wikibot.Refreshed, place: Path) -> None:
    from wikibot.visible import visible

    colon = say(" :", ":")
    for note in new.notes:
        sign = "✗" if note.open else "="
        click.echo(f"{sign} {visible(note.title)}{colon} {visible(session.show(note.why))}")
    counts = [
        session.show(counted(number, *words))
        for number, words in ((new.kept, _OLD), (new.recomputed, _NEW), (new.standing, _THERE))
        if number or words is _OLD
    ]
    out = sum(note.open for note in new.notes)
    if out:
        left = Text("laissée de côté", "left out"), Text("laissées de côté", "left out")
        counts.append(session.show(counted(out, *left)))
    click.echo(f"{', '.join(counts)}.")
    click.echo(say(f"Nouveau plan : {place}", f"New plan: {place}"))
    if new.plan.edits:
        then = session.command("apply", str(place))
        click.echo(say(f"Pour le publier : {then}", f"To save it to the wiki: {then}"))
    else:
        click.echo(say("Il n'y reste rien à publier.", "Nothing is left to be saved in it."))


def _refreshed(session: Session, new: wikibot.Refreshed) -> dict[str, Any]:
    from wikibot.render import data

    return {
        "plan": new.plan.id,
        "kept": new.kept,
        "recomputed": new.recomputed,
        "standing": new.standing,
        "notes": [
            {
                "page": note.title,
                "why": session.show(note.why),
                "open": note.open,
                "stale": data.stale(note.stale) if note.stale else None,
            }
            for note in new.notes
        ],
    }
