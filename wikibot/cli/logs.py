"""The log on standard error: in the language, one line a record, nothing hidden in it."""

from __future__ import annotations

import logging

import click

from wikibot.cli.spoken import LANGUAGE, say
from wikibot.language import Text
from wikibot.visible import visible


class _Lines(logging.Handler):
    """Prints records; a record made of a `Text` is printed in the language."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record."""
        said = record.msg
        words = said.into(LANGUAGE) if isinstance(said, Text) else record.getMessage()
        lead = say("Note : ", "Note: ") if record.levelno >= logging.WARNING else ""
        click.echo(visible(f"{lead}{words}"), err=True)


def start(debug: bool) -> None:
    """Show the warnings, and with `debug` what is done meanwhile."""
    logger = logging.getLogger("wikibot")
    logger.handlers = [_Lines(logging.INFO if debug else logging.WARNING)]
    logger.setLevel(logging.INFO if debug else logging.NOTSET)
