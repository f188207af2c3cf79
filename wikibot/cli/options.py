"""Options that several commands have, each declared here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypedDict

import click

from wikibot.cli.spoken import say

Command = Callable[..., Any]
_BOOKS = ("xlsx", "ods")  # what no terminal shows


class Asked(TypedDict):
    """What a command that plans was told beside what it plans: `writing_options`."""

    plan_file: Path | None
    apply_now: bool
    allow: tuple[str, ...]
    form: str


def format_option(function: Command) -> Command:
    """Add `--format text|json`."""
    return forms_option(
        ("text", "json"),
        say("Pour une personne ou pour un programme.", "For a person or for a program."),
    )(function)


def forms_option(
    forms: Sequence[str], told: str, default: str | None = "text"
) -> Callable[[Command], Command]:
    """Return what adds `--format` with these forms; `told` is what each is for."""
    return click.option("--format", "form", type=click.Choice(forms), default=default, help=told)


def output_option(function: Command) -> Command:
    """Add `--output FILE`, where a report goes instead of the terminal."""
    return click.option(
        "--output",
        "report",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=say(
            "Écrit dans ce fichier, d'un bloc, au lieu d'afficher.",
            "Writes to this file, whole or not at all, instead of printing.",
        ),
    )(function)


def look_at_output(report: Path | None, form: str) -> None:
    """Complain, before the long work, about a place that cannot be written to, or that is missing.

    Raises:
        InputError: no report can be written there.
        UsageError: a workbook that is to be printed.
    """
    from wikibot.jobs.outputs import look_at_place

    if report is not None:
        look_at_place(report)
    elif form in _BOOKS:
        raise click.UsageError(
            say(
                f"un classeur ne s'affiche pas : donnez le fichier avec --output FICHIER.{form}.",
                f"a workbook cannot be printed: name the file with --output FILE.{form}.",
            )
        )


def plan_option(function: Command) -> Command:
    """Add `--plan FILE`."""
    return click.option(
        "--plan",
        "plan_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=say(
            "Enregistre le plan, à relire puis « apply ».",
            "Saves the plan, to review, then “apply”.",
        ),
    )(function)


def apply_option(function: Command) -> Command:
    """Add `--apply`."""
    return click.option(
        "--apply", "apply_now", is_flag=True, help=say("Publie.", "Writes it to the wiki.")
    )(function)


def allow_option(function: Command, more: Sequence[str] = ()) -> Command:
    """Add `--allow GUARD`, for one run; `more` are guards that only this command has."""
    return click.option(
        "--allow",
        multiple=True,
        type=click.Choice(["shrink", "privileged", "reverted", "other-run", "unknown", *more]),
        help=say(
            "Lève un garde-fou pour cette fois (répétable) ; le message d'arrêt dit lequel.",
            "Lifts a guard for once (repeatable); the one that spoke tells its name.",
        ),
    )(function)


def writing_options(function: Command, more: Sequence[str] = ()) -> Command:
    """Add what every command that plans has (`Asked`); `more` as for `allow_option`."""
    return plan_option(apply_option(allow_option(format_option(function), more)))
