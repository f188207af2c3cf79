"""`apply --ask`: a person at the terminal says yes or no to each change before any is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import click

from wikibot.cli.asking import ask, somebody_is_there
from wikibot.cli.colours import painted
from wikibot.cli.session import Session, complain
from wikibot.cli.spoken import say
from wikibot.errors import WikibotError
from wikibot.language import Text

if TYPE_CHECKING:
    import wikibot
    from wikibot.jobs.review import Line

Said = Literal["yes", "no", "all", "quit", "edit"]
_SAID: dict[str, Said] = {
    **dict.fromkeys(("o", "oui", "y", "yes"), "yes"),
    **dict.fromkeys(("n", "non", "no"), "no"),
    **dict.fromkeys(("t", "tout", "a", "all"), "all"),
    **dict.fromkeys(("q", "quitter", "quit"), "quit"),
    **dict.fromkeys(("m", "modifier", "e", "edit"), "edit"),
}
_LONGEST = 200  # characters of a value that are repeated on its line


def check_terminal(form: str) -> None:
    """Refuse `--ask` where nobody can answer. Raises click.UsageError."""
    if form != "text" or not somebody_is_there():
        raise click.UsageError(
            say(
                "--ask pose des questions : il lui faut un terminal, et --format text.",
                "--ask asks questions: it needs a terminal, and --format text.",
            )
        )


def decided(session: Session, plan: wikibot.Plan) -> wikibot.Plan | None:
    """Return the part of a plan that a person wants, perhaps none of it; None where they leave.

    Nothing is written before the last question is answered.
    """
    from wikibot.jobs import review
    from wikibot.render import text

    lines = review.lines_of(plan)
    if not lines:
        return plan
    click.echo(session.show(_TO_CHANGE.format(counts=text.plan_counts(plan.edits))))
    click.echo(_help())
    wanted: dict[int, wikibot.Change | None] = {}
    rest = False
    page: wikibot.PageEdit | None = None
    for line in lines:
        if rest:
            wanted[line.number] = line.change
            continue
        if line.edit is not page:
            page = line.edit
            click.echo(f"\n{text.page_title(page, session.language)}")
        for shown in _shown(session, line):
            click.echo(shown)
        said, change = _answer(session, line, len(lines))
        if said == "quit":
            click.echo(_nothing())
            return None
        rest = said == "all"
        if said != "no":
            wanted[line.number] = change
    part = review.decided(plan, wanted, session.mapping)
    return part if not part.edits or _sure(session, part) else None


def _answer(session: Session, line: Line, total: int) -> tuple[Said, wikibot.Change | None]:
    """Return what a person says to a line, and the change that they want."""
    question = say(
        f"  {line.number}/{total} Publier ? (o/n/t/q/m)",
        f"  {line.number}/{total} Save it? (y/n/a/q/e)",
    )
    while True:
        said = _SAID.get(ask(question).casefold())
        if said is None:
            click.echo(_help())
        elif said != "edit":
            return said, line.change
        elif made := _edited(session, line):
            return "yes", made


def _edited(session: Session, line: Line) -> wikibot.Change | None:
    """Return the change with the value that a person types; None where they think better of it."""
    from wikibot.jobs import review
    from wikibot.render import text

    if line.change is None or "\n" in line.change.new:
        click.echo(
            say(
                "  Ce qui tient sur plusieurs lignes ne se modifie pas ici : répondez non, puis "
                "utilisez « edit » ou le classeur de « plan show --format xlsx ».",
                "  What has several lines cannot be changed here: answer no, then use “edit” or "
                "the workbook of “plan show --format xlsx”.",
            )
        )
        return None
    question = say("  Nouvelle valeur (rien : retour)", "  New value (nothing: back)")
    while typed := ask(question, default=""):
        try:
            made = review.corrected(line, typed, session.wiki, session.mapping)
        except WikibotError as error:
            complain(error.message, error.advice)
            continue
        for shown in text.change_lines(made, session.mapping, session.language, painted):
            click.echo(shown)
        return made
    return None


def _sure(session: Session, part: wikibot.Plan) -> bool:
    """Return whether a person, shown how much it is, wants it written."""
    from wikibot.render import text

    counts = session.show(text.plan_counts(part.edits))
    question = say(f"Publier ({counts}) ? (o/n)", f"Save to the wiki ({counts})? (y/n)")
    click.echo()
    while (said := _SAID.get(ask(question).casefold())) not in ("yes", "no", "quit"):
        pass
    if said != "yes":
        click.echo(_nothing())
    return said == "yes"


def _shown(session: Session, line: Line) -> Iterator[str]:
    from wikibot.render import text
    from wikibot.visible import visible

    if line.change is not None:
        yield from text.change_lines(line.change, session.mapping, session.language, painted)
        if line.change.reason and session.language == "fr":
            yield f"    {visible(line.change.reason, _LONGEST * 2)}"
        return
    for written in (line.edit.text or "").splitlines():
        yield f"    + {visible(written, _LONGEST)}"


def _help() -> str:
    return say(
        "o : oui · n : non · t : oui, et tout le reste · m : modifier la valeur · "
        "q : quitter, rien n'est publié",
        "y: yes · n: no · a: yes, and all the rest · e: edit the value · q: quit, nothing is saved",
    )


def _nothing() -> str:
    return say("Rien n'est publié.", "Nothing is saved to the wiki.")


_TO_CHANGE = Text("À relire : {counts}.", "To review: {counts}.")
