"""What click objects to, in the words of the user."""

from __future__ import annotations

import re

import click

from wikibot.cli.spoken import placeholder
from wikibot.language import Text, same


def words(error: click.ClickException) -> Text:
    """Return what is wrong with what was typed."""
    if isinstance(error, click.NoSuchOption):
        name = error.option_name
        return Text(f"l'option {name} n'existe pas.", f"there is no option {name}.")
    if isinstance(error, click.BadOptionUsage):
        name = error.option_name
        if error.message.endswith("does not take a value."):
            return Text(f"l'option {name} ne prend pas de valeur.", f"{name} takes no value.")
        return Text(f"l'option {name} attend une valeur.", f"the option {name} needs a value.")
    if isinstance(error, click.MissingParameter):
        name = placeholder(error.param.human_readable_name) if error.param else "?"
        return Text(f"il manque {name}.", f"{name} is missing.")
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    command, extra = _NO_COMMAND.match(error.message), _EXTRA.match(error.message)
    if command:
        name = command[1]
        return Text(f"la commande « {name} » n'existe pas.", f"there is no command “{name}”.")
    if extra:
        return Text(f"c'est trop : « {extra[1]} ».", f"this is too much: “{extra[1]}”.")
    if error.message.startswith("Missing command"):
        return Text("il manque une commande.", "a command is missing.")
    return same(error.format_message())


# Source: click.core, click.parser; the messages are the same in click 8.1 to 8.5.
_NO_COMMAND = re.compile(r"No such command '(.*)'")
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_QUOTED = re.compile(r"'(.*?)' is not one of")


def _bad_value(error: click.BadParameter) -> Text:
    param = error.param
    name = (param.opts[0] if isinstance(param, click.Option) else _argument(param)) if param else ""
    typed = _QUOTED.match(error.message)
    if param and isinstance(param.type, click.Choice) and typed:
        choices = ", ".join(map(str, param.type.choices))
        return Text(
            f"{name} : « {typed[1]} » n'est pas l'un de {choices}.",
            f"{name}: “{typed[1]}” is not one of {choices}.",
        )
    for pattern, said in _WRONG:
        found = re.match(pattern, error.message)
        if found:
            told = said.format(**found.groupdict())
            return Text(f"{name} : {told.fr}", f"{name}: {told.en}")
    return Text(f"{name} : {error.message}", f"{name}: {error.message}")


def _argument(param: click.Parameter) -> str:
    return placeholder(param.human_readable_name)


# Source: click.types.
_WRONG = (
    (
        r"'(?P<value>.*)' is not a valid integer( range)?\.",
        Text("« {value} » n'est pas un nombre entier.", "“{value}” is not a whole number."),
    ),
    (
        r"'(?P<value>.*)' is not a valid float( range)?\.",
        Text("« {value} » n'est pas un nombre.", "“{value}” is not a number."),
    ),
    (
        r"(?P<value>\S+) is not in the range (?P<range>.*?)\.?$",
        Text("{value} est hors des limites ({range}).", "{value} is not within {range}."),
    ),
)


def advice(error: click.ClickException) -> Text:
    """Return what to type instead, or where it is explained."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "wikibot"
    if isinstance(error, click.NoSuchOption) and context:
        root = context.find_root().command
        if any(error.option_name in option.opts for option in root.params):
            rest = path.partition(" ")[2]
            return Text(
                f"Elle se place avant la commande : wikibot {error.option_name} … {rest}",
                f"It goes before the command: wikibot {error.option_name} … {rest}",
            )
    typed = _NO_COMMAND.match(getattr(error, "message", ""))
    near = _near(typed[1], context.command) if typed and context else ""
    if near:
        return Text(f"Vouliez-vous dire « {path} {near} » ?", f"Did you mean “{path} {near}”?")
    return Text(f"« {path} --help » l'explique.", f"“{path} --help” explains it.")


def _near(typed: str, group: click.Command) -> str:
    from difflib import get_close_matches

    known = group.commands if isinstance(group, click.Group) else {}
    return next(iter(get_close_matches(typed, known, 1)), "")
