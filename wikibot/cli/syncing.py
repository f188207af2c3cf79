"""The command actions sync: the actions of the wiki and the items of a tracker, kept alike."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from wikibot.cli.asking import ask, somebody_is_there
from wikibot.cli.options import apply_option, format_option
from wikibot.cli.session import Session, complain, echo_json
from wikibot.cli.spoken import command, say
from wikibot.errors import InputError
from wikibot.language import Text

if TYPE_CHECKING:
    import wikibot
    from wikibot.actions.sync import Choice, Meeting, Step, Where

_GUARDS = ("empty", "vanished", "mass", "fields")
_OF_RUNS = ("shrink", "privileged", "reverted", "other-run", "unknown")


@dataclass
class _Answers:
    """What a person said: who wins which conflict, and what becomes of what is gone."""

    choices: dict[tuple[str, str, str], Choice] = field(default_factory=dict)
    leave: list[tuple[str, str]] = field(default_factory=list)
    again: list[tuple[str, str]] = field(default_factory=list)


@command(
    "sync",
    help=say(
        "Accorde les actions du wiki et celles d'un suivi ([trackers.NOM] de wikibot.toml) : ce "
        "qui a changé d'un côté est écrit de l'autre, un conflit n'est écrit nulle part.",
        "Brings the actions of the wiki and those of a tracker ([trackers.NAME] of wikibot.toml) "
        "into line: what changed on one side is written to the other, a conflict nowhere.",
    ),
)
@click.argument("name")
@click.option(
    "--resolve",
    is_flag=True,
    help=say(
        "Demande, pour chaque conflit, quelle valeur garder.",
        "Asks, for each conflict, which value to keep.",
    ),
)
@apply_option
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice([*_GUARDS, *_OF_RUNS]),
    help=say(
        "Lève un garde-fou pour cette fois (répétable) ; celui qui a parlé dit son nom.",
        "Lifts a guard for once (repeatable); the one that spoke tells its name.",
    ),
)
@format_option
@click.pass_obj
def sync(
    session: Session,
    name: str,
    resolve: bool,
    apply_now: bool,
    allow: tuple[str, ...],
    form: str,
) -> None:
    """Sync with one tracker."""
    import wikibot

    if resolve and not somebody_is_there():
        raise InputError(
            Text(
                "--resolve pose des questions : il faut un terminal.",
                "--resolve asks questions: it needs a terminal.",
            ),
            Text(
                "Sans terminal, réglez les conflits par [trackers.NOM.policies].",
                "Without one, settle conflicts by [trackers.NAME.policies].",
            ),
        )
    if apply_now:
        session.hold()
    tracker, rules = wikibot.open_tracker(name, session.config, session.mapping)

    def synced(answers: _Answers, *, now: bool) -> wikibot.Synced:
        return wikibot.sync_actions(
            name,
            session.wiki,
            tracker,
            session.mapping,
            rules,
            apply_now=now,
            state=session.state,
            choices=answers.choices,
            leave=answers.leave,
            again=answers.again,
            allow=allow,
            manners=session.manners([each for each in allow if each in _OF_RUNS]),
        )

    answers = _Answers()
    if resolve:
        _ask_all(session, synced(answers, now=False).steps, answers)
    report = synced(answers, now=apply_now)
    _show(session, report, form, apply_now=apply_now)
    sys.exit(report.exit_code)


def _show(session: Session, report: wikibot.Synced, form: str, *, apply_now: bool) -> None:
    from wikibot.render import ledger, syncing

    language = session.language
    if form == "json":
        found = syncing.data(report, language)
        found["applied"] = report.applied
        found["run"] = ledger.report(report.run, language) if report.run else None
        found["written"] = sum(each.entry is not None for each in report.written)
        found["refused"] = [
            {"summary": r.step.name, "where": r.where, "why": r.why.into(language)}
            for r in report.refused
        ]
        echo_json(found)
    else:
        for line in syncing.lines(report, language):
            click.echo(line)
        _end(session, report, apply_now=apply_now)
    for alarm in report.alarms:
        complain(
            alarm.message,
            Text(
                f"Rien n'est écrit. Si c'est voulu : --allow {alarm.code}",
                f"Nothing is written. If it is meant: --allow {alarm.code}",
            ),
        )
    if report.run is not None and report.run.stopped is not None:
        complain(report.run.stopped, report.run.advice)
    if report.stopped is not None:
        complain(report.stopped, None)


def _end(session: Session, report: wikibot.Synced, *, apply_now: bool) -> None:
    from wikibot.render import syncing
    from wikibot.visible import visible

    if not report.complete:
        click.echo(
            say(
                "Le suivi n'a été lu qu'en partie : ce qui y manque n'est pas jugé.",
                "Only a part of the tracker was read: what is missing is not judged.",
            )
        )
    if not apply_now:
        click.echo(session.show(syncing.counts(report)))
        if (report.to_wiki or report.to_tracker) and not report.alarms:
            again = say("la même commande avec --apply", "the same command with --apply")
            click.echo(
                say(f"Rien n'est écrit. Pour écrire : {again}", f"Nothing is written. {again}")
            )
        return
    for refused in report.refused:
        what = visible(refused.step.name, 100)
        click.echo(f"{what}{say(' :', ':')} {session.show(refused.why)}")
    if report.alarms:
        return
    done = report.run.counts["done"] if report.run else 0
    written = sum(each.entry is not None for each in report.written)
    if not done and not written:
        click.echo(say("Rien à écrire.", "Nothing to write."))
        return
    click.echo(
        say(
            f"Écrit : {done} sur le wiki, {written} dans le suivi.",
            f"Written: {done} on the wiki, {written} in the tracker.",
        )
    )
    if done and report.run:
        back = session.command("undo", report.run.id, "--apply")
        click.echo(say(f"Pour reprendre le wiki : {back}", f"To take the wiki back: {back}"))


def _ask_all(session: Session, steps: tuple[Step, ...], answers: _Answers) -> None:
    """Ask about each conflict, and each action that is gone on one side."""
    from wikibot.actions.sync import Choice
    from wikibot.render import syncing

    for step in steps:
        conflicts = step.fields("conflict", "cleared")
        if not conflicts and not step.kind.startswith("gone"):
            continue
        for line in syncing.step_lines(step, session.language):
            click.echo(line)
        for met in conflicts:
            winner = _winner(met)
            if winner is not None and met.wiki is not None and met.tracker is not None:
                choice = Choice(winner, met.wiki, met.tracker)
                answers.choices[step.page, step.key, met.field] = choice
        if step.kind.startswith("gone"):
            _ask_gone(step, answers)


def _winner(met: Meeting) -> Where | None:
    from wikibot.render.syncing import LABELS

    label = LABELS[met.field]
    question = say(
        f"  {label.fr} : garder le wiki (w), le suivi (s), ou plus tard (Entrée)",
        f"  {label.en}: keep the wiki's (w), the tracker's (t), or later (Enter)",
    )
    typed = ask(question, default="").casefold()
    if typed[:1] == "w":
        return "wiki"
    return "tracker" if typed[:1] in ("s", "t") else None


def _ask_gone(step: Step, answers: _Answers) -> None:
    again = step.kind == "gone from tracker"
    also = say(", la remettre dans le suivi (r)", ", put it into the tracker again (r)")
    also = also if again else ""
    question = say(
        f"  La laisser ainsi et ne plus en parler (l){also}, ou plus tard (Entrée)",
        f"  Leave it so and tell no more of it (l){also}, or later (Enter)",
    )
    typed = ask(question, default="").casefold()[:1]
    if typed == "l":
        answers.leave.append((step.page, step.key))
    elif typed == "r" and again:
        answers.again.append((step.page, step.key))
