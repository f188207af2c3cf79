"""The command trend: how many findings there were at each check."""

from __future__ import annotations

import click

from wikibot.cli.options import format_option
from wikibot.cli.session import Session, echo_json
from wikibot.cli.spoken import command, say
from wikibot.language import Text

_IN_TEXT = 30  # about a month of nights


@command(
    help=say(
        "Montre si les points relevés diminuent : un relevé par jour où tout le wiki a été "
        "vérifié par « check », du plus ancien au plus récent.",
        "Shows whether the findings become fewer: one line for each day on which “check” looked "
        "at the whole wiki, the oldest first.",
    )
)
@click.option(
    "--rule",
    metavar="RULE",
    help=say("Ne compte que cette règle (VOC102, term-alias).", "Counts this rule alone (VOC102)."),
)
@click.option(
    "--last",
    type=click.IntRange(min=1),
    metavar="N",
    help=say(
        "Seulement les N derniers relevés (text : 30 ; json : tous).",
        "Only the last N days (text: 30; json: all).",
    ),
)
@format_option
@click.pass_obj
def trend(session: Session, rule: str | None, last: int | None, form: str) -> None:
    """Print the counts of the checks of a whole wiki."""
    import wikibot
    from wikibot.render import trend as rendered

    code = wikibot.rule(rule).code if rule else None
    known = wikibot.trend(session.wiki, session.mapping, state=session.state)
    if code:
        known = tuple(taken.only(code) for taken in known)
    number = min(len(known), last or (_IN_TEXT if form == "text" else len(known)))
    shown = known[len(known) - number :]
    before = known[-number - 1] if len(known) > number else None
    if form == "json":
        echo_json(rendered.data(shown, code, before))
        return
    if not known:
        again = session.command("check")
        click.echo(
            session.show(
                Text(
                    f"Aucun relevé encore. Ceci en garde un par jour : {again}",
                    f"Nothing is kept yet. This keeps the numbers, once a day: {again}",
                )
            ),
            err=True,
        )
        return
    for line in (
        *rendered.table(shown, session.language, before),
        *rendered.changed_rules(shown, session.language, before),
    ):
        click.echo(line)
    if before is not None:
        click.echo(session.show(rendered.older(len(known) - number)))
