"""The only place where a command asks a person something, and only at a terminal."""

from __future__ import annotations

import sys

import click

from wikibot.cli.spoken import say


def somebody_is_there() -> bool:
    """Return whether a person sits at a terminal: what is piped or closed is never read."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def ask(question: str, *, default: str | None = None) -> str:
    """Return what the person types, without blanks around it; `default` for nothing.

    Raises:
        click.Abort: they leave (Ctrl-C, Ctrl-D).
    """
    colon = say(" : ", ": ")
    typed = click.prompt(question, default=default, show_default=False, prompt_suffix=colon)
    return str(typed).strip()
