"""Commands that plan changes: fix, set; and what writes any plan to the wiki."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikibot.cli.checking import choosing_options
from wikibot.cli.colours import painted
from wikibot.cli.options import writing_options
from wikibot.cli.session import Session, complain, echo_json
from wikibot.cli.spoken import command, say
from wikibot.language import Text

if TYPE_CHECKING:
    import wikibot

NEEDS_A_PERSON = 3


@command(
    help=say(
        "Prépare les corrections sûres des pages (toutes, si aucune n'est nommée).",
        "Plans the safe fixes of the pages (of all, where none is named).",
    )
)
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option(
    "--unsafe",
    is_flag=True,
    help=say("Avec aussi les propositions, à relire.", "The hints too, to be reviewed."),
)
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="CODE",
    help=say("Seulement cette règle (répétable).", "This rule only (repeatable)."),
)
@choosing_options
@writing_options
@click.pass_obj
def fix(
    session: Session,
    pages: tuple[str, ...],
    unsafe: bool,
    rules: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    waiver_file: Path | None,
    plan_file: Path | None,
    apply_now: bool,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Plan what the rules can mend."""
    import wikibot
    from wikibot.render import text

    selection = wikibot.parse_selection(select, ignore)
    waivers = wikibot.load_waivers(waiver_file) if waiver_file else ()
    if apply_now:
        session.hold()
    wiki, mapping = session.wiki, session.mapping
    codes = {wikibot.rule(code).code for code in rules} or None
    read = session.counted(wikibot.pages_to_read(wiki, mapping, pages))
    left: list[wikibot.Finding] = []
    plan = wikibot.fix(
        read,
        mapping,
        wiki,
        unsafe=unsafe,
        rules=codes,
        selection=selection,
        waivers=waivers,
        untouched=left.append,
    )
    for finding in left:
        click.echo(text.finding(finding, session.language), err=True)
    code = NEEDS_A_PERSON if left else 0
    offer(session, plan, plan_file, apply_now, allow, form, "fix", code)


@command(
    "set",
    help=say(
        "Donne des valeurs aux champs d'une page : CHAMP=VALEUR ; += et -= pour les listes.",
        "Gives values to fields of a page: FIELD=VALUE; += and -= for lists.",
    ),
)
@click.argument("page")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE…")
@writing_options
@click.pass_obj
def set_(
    session: Session,
    page: str,
    assignments: tuple[str, ...],
    plan_file: Path | None,
    apply_now: bool,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Plan the new values."""
    import wikibot

    if apply_now:
        session.hold()
    wiki, mapping = session.wiki, session.mapping
    wanted = [wikibot.parse_assignment(assignment) for assignment in assignments]
    found = wikibot.pages_to_read(wiki, mapping, (page,))
    plan = wikibot.set_fields(found, wanted, mapping, wiki)
    offer(session, plan, plan_file, apply_now, allow, form, "set")


def offer(
    session: Session,
    plan: wikibot.Plan,
    plan_file: Path | None,
    apply_now: bool,
    allow: tuple[str, ...],
    form: str,
    command: str,
    code: int = 0,
    *,
    brief: bool = False,
) -> None:
    """Show a plan, save it, write it: as was asked. `code` is the exit code when all is well.

    `brief` names the new pages and leaves their texts to `plan show`.
    """
    import wikibot

    if plan_file is not None:
        wikibot.save_plan(plan, plan_file)
    if apply_now and plan.edits:
        write(session, plan, command, form, allow, code)
        return
    if apply_now:  # what an earlier run has left open is settled all the same
        manners = session.manners(allow)
        wikibot.apply(plan, session.wiki, state=session.state, command=command, manners=manners)
    _show(session, plan, form, brief=brief)
    if form == "text" and plan.edits:
        saved = plan_file is not None
        then = (
            session.command("apply", str(plan_file))
            if saved
            else say("la même commande avec --apply", "the same command with --apply")
        )
        click.echo(
            say(
                f"Rien n'est publié. Pour publier : {then}",
                f"Nothing is saved to the wiki. To save: {then}",
            )
        )
    sys.exit(NEEDS_A_PERSON if plan.edits else code)


def _show(session: Session, plan: wikibot.Plan, form: str, *, brief: bool = False) -> None:
    if form == "json":
        click.echo(plan.to_json(), nl=False)
        return
    for line in shown(session, plan, brief=brief):
        click.echo(line)


def shown(
    session: Session, plan: wikibot.Plan, *, brief: bool = False, coloured: bool = True
) -> Iterator[str]:
    """Yield the lines that tell what a plan changes; `brief` as for `offer`."""
    from wikibot.render import text

    paint = painted if coloured else text.no_paint
    mapping, language = session.mapping, session.language
    yield from text.edits(plan.edits, mapping, language, brief=brief, paint=paint)
    if plan.edits:
        counts = text.plan_counts(plan.edits)
        yield session.show(Text(f"À modifier : {counts.fr}.", f"To change: {counts.en}."))
    else:
        yield say("Rien à changer.", "Nothing to change.")


def write(
    session: Session,
    plan: wikibot.Plan,
    command: str,
    form: str,
    allow: tuple[str, ...] = (),
    code: int = 0,
) -> None:
    """Apply a plan, telling each edit as it ends."""
    import wikibot
    from wikibot.render import ledger

    def told(item: wikibot.Item) -> None:
        if form == "text":
            session.tell(ledger.item(item, session.language))

    run = wikibot.apply(
        plan,
        session.wiki,
        state=session.state,
        command=command,
        manners=session.manners(allow),
        told=told,
    )
    finish(session, run, form, code)


def finish(session: Session, run: wikibot.Run, form: str, code: int = 0) -> None:
    """Print the end of a run and how to take it back; exit with its code."""
    from wikibot.render import ledger

    if form == "json":
        echo_json(ledger.report(run, session.language))
    else:
        for item in run.items:
            if item.state == "done" and item.reason:
                session.tell(ledger.item(item, session.language, undoing=bool(run.undoes)))
        if run.items:
            session.tell(session.show(ledger.counts(run)))
        else:
            session.tell(say("Rien à faire.", "Nothing to do."))
        done = [item for item in run.items if item.state == "done"]
        of_actions = run.command.startswith("actions ")
        added = [item.title for item in done if of_actions and not item.base_revid]
        if added:
            _tell_added(session, added)
        if len(done) > len(added):
            back = session.command("undo", run.id, "--apply")
            if run.undoes:
                session.tell(say(f"Pour revenir dessus : {back}", f"To redo it: {back}"))
            else:
                session.tell(say(f"Pour l'annuler : {back}", f"To take it back: {back}"))
    if run.stopped:
        complain(run.stopped, run.advice)
    sys.exit(run.exit_code or code)


def _tell_added(session: Session, titles: Sequence[str]) -> None:
    """Tell the numbers that new actions really got, and what takes one off the board.

    Nothing is said of `undo`: it deletes no page.
    """
    from wikibot.edits.numbers import number_of

    names = [f"{number_of(title) or title}" for title in titles]
    close = session.command("actions", "close", *names, "--apply")
    if len(names) == 1:
        told = say(
            f"C'est l'action n° {names[0]}. La supprimer est l'affaire d'un administrateur.\n"
            f"Pour la retirer du tableau : {close}",
            f"It is the action no. {names[0]}. Deleting it is for an administrator.\n"
            f"To take it off the board: {close}",
        )
    else:
        told = say(
            f"Ce sont les actions n° {', '.join(names)}. Les supprimer est l'affaire d'un "
            f"administrateur.\nPour les retirer du tableau : {close}",
            f"They are the actions no. {', '.join(names)}. Deleting them is for an "
            f"administrator.\nTo take them off the board: {close}",
        )
    session.tell(told)
