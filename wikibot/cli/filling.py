"""Lets a person fill in a form in the editor, and does with it what was asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from wikibot.cli import editor
from wikibot.cli.asking import ask, somebody_is_there
from wikibot.cli.session import Session
from wikibot.cli.spoken import say
from wikibot.cli.writing import NEEDS_A_PERSON, offer, shown, write
from wikibot.errors import InputError
from wikibot.language import Text

if TYPE_CHECKING:
    import wikibot
    from wikibot.jobs.form.layout import Typed
    from wikibot.jobs.form.lines import Place


@dataclass(frozen=True)
class Wishes:
    """What is to be done with the plan; `command` is what to type to come back."""

    command: tuple[str, ...]
    plan_file: Path | None
    apply_now: bool
    allow: tuple[str, ...]
    form: str


def edit_form(
    session: Session,
    page: wikibot.Page,
    resume: bool | None,
    wishes: Wishes,
    creates: str = "",
    typed: Mapping[Place, Typed] | None = None,
) -> None:
    """Let the form of a page be filled in, and do with it what was asked."""
    from wikibot.jobs.editing import draft_of
    from wikibot.jobs.form.draft import alone

    editor.chosen_editor(os.environ)  # before anything is written
    with alone(draft_of(session.wiki, page, session.state)):
        draft = _draft(session, page, resume, creates, typed)
        with _kept(session, draft, wishes):
            _fill_in(session, draft, wishes)


def _draft(
    session: Session,
    page: wikibot.Page,
    resume: bool | None,
    creates: str,
    typed: Mapping[Place, Typed] | None,
) -> wikibot.Draft:
    """Return the form to be filled in: a new one, or the one that was left.

    Raises:
        InputError: one was left, and nobody is there to ask.
    """
    import wikibot
    from wikibot.jobs.editing import draft_of, is_untouched
    from wikibot.jobs.form.draft import find_draft, set_aside, text_of

    wiki, mapping = session.wiki, session.mapping
    path = draft_of(wiki, page, session.state)
    left = None if resume is False else find_draft(path, wiki.syntax.namespaces)
    if left is not None and left.creates == creates:
        untouched = is_untouched(left, text_of(left), mapping, wiki)
        if resume or (not untouched and _take_up(page)):
            return left
        if untouched:
            path.unlink()
    elif resume:
        raise InputError(
            Text(
                f"Aucune saisie de la page « {page.title} » n'est à reprendre.",
                f"Nothing typed for the page “{page.title}” is left to be taken up.",
            ),
            Text("Relancez sans --resume.", "Run again without --resume."),
        )
    if path.exists():
        aside = set_aside(path)
        click.echo(
            say(f"L'ancienne saisie est gardée dans {aside}", f"The former one is kept in {aside}"),
            err=True,
        )
    return wikibot.begin_form(
        page, mapping, wiki, session.language, state=session.state, creates=creates, typed=typed
    )


def _take_up(page: wikibot.Page) -> bool:
    title = str(page.title)
    if somebody_is_there():
        return _agrees(
            say(
                f"Une saisie de « {title} » n'est pas publiée. La reprendre ? (oui ou non)",
                f"What you typed for “{title}” is not saved yet. Take it up? (yes or no)",
            )
        )
    raise InputError(
        Text(
            f"Une saisie de la page « {title} » n'est pas publiée.",
            f"What was typed for the page “{title}” is not saved yet.",
        ),
        Text(
            "--resume la reprend, --restart la met de côté et recommence.",
            "--resume takes it up, --restart puts it aside and begins anew.",
        ),
    )


@contextmanager
def _kept(session: Session, draft: wikibot.Draft, wishes: Wishes) -> Iterator[None]:
    """Say where the form is, whatever ends the command badly while it is there."""
    try:
        yield
    except BaseException as end:
        well = isinstance(end, SystemExit) and end.code == 0
        if draft.path.exists() and not well:
            then = session.command(*wishes.command, "--resume")
            click.echo(
                say(
                    f"Votre saisie est gardée dans {draft.path}\nPour la reprendre : {then}",
                    f"What you typed is kept in {draft.path}\nTo take it up: {then}",
                ),
                err=True,
            )
        raise


def _fill_in(session: Session, draft: wikibot.Draft, wishes: Wishes) -> None:
    """Open the form until it is right, then show the plan, save it, write it: as was asked."""
    from wikibot.jobs.form.draft import set_aside

    name = wishes.command[0]
    while True:
        draft, plan, seconds = _plan_of(session, draft)
        if plan is None or not plan.edits:
            _nothing(session, draft, plan, seconds, wishes)
        if draft.creates:
            tell_empty(session, plan)
        if wishes.plan_file is not None or wishes.apply_now or wishes.form == "json":
            if wishes.apply_now:
                session.hold()
            saved = wishes.plan_file is not None and not wishes.apply_now
            with _discarded(draft, even_unsaved=saved):
                _offer(session, plan, wishes)
        for line in shown(session, plan):
            click.echo(line)
        if not somebody_is_there():
            then = session.command(*wishes.command, "--resume", "--apply")
            click.echo(
                say(
                    f"Rien n'est publié. Pour publier : {then}",
                    f"Nothing is saved to the wiki. To save: {then}",
                )
            )
            sys.exit(NEEDS_A_PERSON)
        answer = _answer()
        if answer == "yes":
            session.hold()
            with _discarded(draft):
                write(session, plan, name, wishes.form, wishes.allow)
        if answer == "no":
            aside = set_aside(draft.path)
            click.echo(
                say(
                    f"Rien n'est publié ; votre saisie est gardée dans {aside}",
                    f"Nothing is saved to the wiki; what you typed is kept in {aside}",
                )
            )
            sys.exit(0)


def _nothing(
    session: Session,
    draft: wikibot.Draft,
    plan: wikibot.Plan | None,
    seconds: float,
    wishes: Wishes,
) -> NoReturn:
    """End where the form asks for nothing; None: it was emptied."""
    from wikibot.jobs.form.draft import discard

    if seconds >= editor.AT_ONCE:
        discard(draft)
    else:
        click.echo(_DID_NOT_WAIT.into(session.language), err=True)
    if plan is not None:
        _offer(session, plan, wishes)
    sys.exit(0)


def _offer(session: Session, plan: wikibot.Plan, wishes: Wishes) -> None:
    apply_now, allow, form = wishes.apply_now, wishes.allow, wishes.form
    offer(session, plan, wishes.plan_file, apply_now, allow, form, wishes.command[0])


@contextmanager
def _discarded(draft: wikibot.Draft, *, even_unsaved: bool = False) -> Iterator[None]:
    """Remove the form where the command ends well within."""
    from wikibot.jobs.form.draft import discard

    try:
        yield
    except SystemExit as end:
        if end.code == 0 or even_unsaved:
            discard(draft)
        raise


_DID_NOT_WAIT = Text(
    "L'éditeur s'est refermé aussitôt. S'il s'ouvre dans une fenêtre à lui, il lui faut une option "
    'd\'attente, par exemple : EDITOR="code --wait"',
    "The editor closed at once. If it opens in a window of its own, it needs an option to wait, "
    'for example: EDITOR="code --wait"',
)


def _plan_of(
    session: Session, draft: wikibot.Draft
) -> tuple[wikibot.Draft, wikibot.Plan | None, float]:
    """Return a form once it is right, its plan (None: it was emptied), the seconds it took.

    Raises:
        InputError: it is wrong still, and the person leaves it so; the editor ended badly.
    """
    import wikibot
    from wikibot.jobs.form.draft import text_of
    from wikibot.visible import visible

    told: str | None = None
    while True:
        seconds = editor.edit_file(draft.path)
        text = text_of(draft)
        if not text.strip():
            click.echo(say("Formulaire vidé : rien ne change.", "The form is empty: no change."))
            return draft, None, editor.AT_ONCE
        if text == told:
            raise _STILL_WRONG
        taken = wikibot.take_form(draft, text, session.mapping, session.wiki, session.language)
        if taken.plan is not None:
            return taken.draft, taken.plan, seconds
        draft, told = taken.draft, text_of(taken.draft)
        click.echo(say("À corriger dans le formulaire :", "To be mended in the form:"), err=True)
        for problem in taken.problems:
            name = f"{problem.place[1]} — " if problem.place else ""
            click.echo(visible(f"  ✗ {name}{session.show(problem.message)}", 400), err=True)
        if somebody_is_there() and not _agrees(
            say("Rouvrir l'éditeur ? (oui ou non)", "Open the editor again? (yes or no)")
        ):
            raise _STILL_WRONG


_STILL_WRONG = InputError(
    Text(
        "Il reste à corriger dans le formulaire ; rien n'est publié.",
        "The form is not right yet; nothing is saved.",
    )
)


def _answer() -> str:
    """Return yes, no or change."""
    question = say("Publier ? (oui, non ou modifier)", "Save it to the wiki? (yes, no or change)")
    while True:
        typed = ask(question).casefold()
        for meant in (_YES, _NO, _CHANGE):
            if typed in meant:
                return meant[0]


_YES = ("yes", "y", "oui", "o")
_NO = ("no", "n", "non")
_CHANGE = ("change", "c", "modifier", "m")


def _agrees(question: str) -> bool:
    while True:
        typed = ask(question).casefold()
        if typed in (*_YES, *_NO):
            return typed in _YES


def tell_empty(session: Session, plan: wikibot.Plan) -> None:
    """Say on standard error which fields a new page still lacks."""
    from wikibot.jobs.creation import still_empty

    for edit in plan.edits:
        empty = still_empty(edit, session.mapping, session.wiki)
        if not empty:
            continue
        names = ", ".join(session.show(field.label.text) for field in empty)
        click.echo(say(f"Reste à remplir : {names}", f"Still to be filled: {names}"), err=True)
