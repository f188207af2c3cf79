"""The language of the command line: chosen once, before any help text is made."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import click

from wikibot.language import NO_BREAK, Language

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def spoken(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Return the language: `--lang`, else that of the locale, else French.

    Who set a locale of another language, outside France, reads English rather. Where the locale
    says nothing (C, POSIX), it is French. Source: POSIX, Internationalization Variables; for
    LANGUAGE, GNU gettext, "Specifying a Priority List of Languages".
    """
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return "en" if argument == "--lang=en" else "fr"
        if argument == "--lang" and index + 1 < len(arguments):
            return "en" if arguments[index + 1] == "en" else "fr"
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    if re.fullmatch(r"(C|POSIX)?(\..*)?", locale):
        return "fr"
    for wished in environ.get("LANGUAGE", "").split(":"):
        known = re.match(r"(fr|en)\b", wished.lower().replace("_", " "))
        if known:
            return "fr" if known[1] == "fr" else "en"
    return "fr" if re.match(r"fr\b|[a-z]+ fr\b", locale.lower().replace("_", " ")) else "en"


LANGUAGE: Language = spoken(sys.argv[1:], os.environ)


def say(fr: str, en: str) -> str:
    """Return the words in the language of this process."""
    return fr if LANGUAGE == "fr" else en


# What stands for a value in help: the words that French does not share.
PLACEHOLDERS = {
    "ADDRESS": "ADRESSE",
    "ARGS": "ARGUMENTS",
    "COLUMN": "COLONNE",
    "COMMAND": "COMMANDE",
    "DUMP": "EXPORT",
    "FIELD": "CHAMP",
    "FILE": "FICHIER",
    "FOLDER": "DOSSIER",
    "NAME": "NOM",
    "NUMBER": "NOMBRE",
    "PART": "PARTIE",
    "PERSON": "PERSONNE",
    "RULE": "RÈGLE",
    "RUN": "EXÉCUTION",
    "SPELLING": "GRAPHIE",
    "SUMMARY": "RÉSUMÉ",
    "TEXT": "TEXTE",
    "VALUE": "VALEUR",
    "WORD": "MOT",
}


def placeholder(written: str) -> str:
    """Return what stands for values (FILE, [FIELD=VALUE]…) in the language."""
    english = written.replace("...", "…")
    french = re.sub("[A-Z]+", lambda word: PLACEHOLDERS.get(word[0], word[0]), english)
    return say(french, english)


class _Help(click.HelpFormatter):
    """Help whose own words are in the language too."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the first line."""
        super().write_usage(prog, placeholder(args), say("Usage : ", "Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        names = {"Commands": say("Commandes", "Commands")}
        colon = say(" :", ":")
        self.write(f"{'':>{self.current_indent}}{names.get(heading, heading)}{colon}\n")

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(_held_together(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands, each beside its help."""
        told = [(placeholder(name), _held_together(words)) for name, words in rows]
        super().write_dl(told, col_max, col_spacing)

    def getvalue(self) -> str:
        """Return all that was written, what held lines together being plain again."""
        return super().getvalue().replace(NO_BREAK, " ").replace(_HYPHEN, "-")


_HYPHEN = "\u2011"  # at which no line ends


def _held_together(words: str) -> str:
    """Return words in which no line ends before a colon, inside « », or within --an-option."""
    words = re.sub(r" (?=[:;!?»])|(?<=«) ", NO_BREAK, words)
    return re.sub(r"(?<=[\w-])-(?=\w)|-(?=-)", _HYPHEN, words)


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
