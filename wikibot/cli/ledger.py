"""Commands on what was written: runs, undo."""

from __future__ import annotations

import sys

import click

from wikibot.cli.options import allow_option, format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import command, say
from wikibot.cli.writing import NEEDS_A_PERSON, finish


@command(
    help=say(
        "Liste les exécutions, la dernière d'abord ; avec EXÉCUTION, le rapport de celle-là.",
        "Lists the runs, newest first; with RUN, the report of that one.",
    )
)
@click.argument("run", required=False, metavar="[RUN]")
@format_option
@click.pass_obj
def runs(session: Session, run: str | None, form: str) -> None:
    """Print the ledger, or the report of one run."""
    import wikibot
    from wikibot.render import ledger, report

    if run is not None:
        told = wikibot.run_report(run, session.wiki, state=session.state)
        if form == "json":
            echo_json(told)
            return
        for line in report.text(told, session.wiki.place, session.language):
            click.echo(line)
        return
    known = wikibot.runs(session.wiki, state=session.state)
    if form == "json":
        echo_json(ledger.rows(known))
        return
    for line in ledger.table(known, session.language):
        click.echo(line)
    if not known:
        click.echo(say("Aucune exécution sur ce wiki.", "No run on this wiki."), err=True)


@command(
    help=say(
        "Annule une exécution : montre ce qui serait rétabli, --apply le rétablit.",
        "Takes a run back: shows what would be restored, --apply restores it.",
    )
)
@click.argument("run")
@click.option("--apply", "apply_now", is_flag=True, help=say("Rétablit.", "Restores it."))
@allow_option
@format_option
@click.pass_obj
def undo(session: Session, run: str, apply_now: bool, allow: tuple[str, ...], form: str) -> None:
    """Preview or make the undo of a run."""
    import wikibot
    from wikibot.render import data, ledger, text

    if apply_now:
        session.hold()

        def told(item: wikibot.Item) -> None:
            if form == "text":
                session.tell(ledger.item(item, session.language, undoing=True))

        done = wikibot.undo(
            run,
            session.wiki,
            state=session.state,
            manners=session.manners(allow),
            told=told,
        )
        finish(session, done, form)
    planned = wikibot.undo_plan(run, session.wiki, state=session.state)
    if form == "json":
        echo_json(
            {
                "run_id": planned.run.id,
                "edits": [
                    {"title": edit.title, "changes": [data.change(c) for c in edit.changes]}
                    for edit in planned.edits
                ],
                "already": list(planned.already),
                "prospects": [
                    {
                        "title": prospect.title,
                        "kind": prospect.kind,
                        "reason": session.show(prospect.reason) if prospect.reason else None,
                    }
                    for prospect in planned.prospects
                ],
            }
        )
        sys.exit(NEEDS_A_PERSON if planned.edits else 0)
    for line in text.edits(planned.edits, session.mapping, session.language):
        click.echo(line)
    for line in ledger.prospects(planned.prospects, session.language):
        click.echo(line)
    if planned.edits:
        then = session.command("undo", planned.run.id, "--apply")
        click.echo(
            say(
                f"Rien n'est rétabli. Pour rétablir : {then}",
                f"Nothing is restored yet. To restore: {then}",
            )
        )
        sys.exit(NEEDS_A_PERSON)
    click.echo(say("Rien à annuler.", "Nothing to take back."))
