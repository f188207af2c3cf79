"""The language of the command line: chosen once, before any help text is made."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import click

from wikibot.language import Language

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def spoken(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Return the language: `--lang`, else an English locale means English, else French."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return "en" if argument == "--lang=en" else "fr"
        if argument == "--lang" and index + 1 < len(arguments):
            return "en" if arguments[index + 1] == "en" else "fr"
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "fr"


LANGUAGE: Language = spoken(sys.argv[1:], os.environ)


def say(fr: str, en: str) -> str:
    """Return the words in the language of this process."""
    return fr if LANGUAGE == "fr" else en


class _Help(click.HelpFormatter):
    """Help whose own words are in the language too."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the first line."""
        super().write_usage(prog, args, say("Usage : ", "Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        names = {"Options": say("Options", "Options"), "Commands": say("Commandes", "Commands")}
        colon = say(" :", ":")
        self.write(f"{'':>{self.current_indent}}{names.get(heading, heading)}{colon}\n")


class _Context(click.Context):
    formatter_class = _Help


class Command(click.Command):
    """A command that explains itself in the language."""

    context_class = _Context

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """Make a command; it knows -h by itself, whoever asks for its help."""
        settings.setdefault("context_settings", CONTEXT)
        super().__init__(*arguments, **settings)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `--help`."""
        return _spoken_help(super().get_help_option(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, whole."""
        return re.split(r"(?<=[.?])\s", self.help or "", maxsplit=1)[0]


class Commands(Command, click.Group):
    """Commands in the order in which people meet them, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which they were added."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the help where nothing at all was typed."""
        if not args:
            click.echo(ctx.get_help())
            ctx.exit(2)
        return super().parse_args(ctx, args)


Commands.command_class = Command
command = partial(click.command, cls=Command)


def _spoken_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say("Affiche cette aide.", "Show this help.")
    return option
