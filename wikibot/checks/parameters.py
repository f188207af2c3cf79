"""How the arguments of a call are told apart: names, and what a stray bar has cut off."""

from __future__ import annotations

import re

from wikibot.edits import Record
from wikibot.wikitext import Parameter

_LONGEST_NAME = 50
# What no form names a parameter: an address, a sentence, a list.
_NO_NAME = re.compile(r"[\n/\[\]{}<>\"«»“”;,:]")


def is_remnant(argument: Parameter, record: Record) -> bool:
    """Return whether an unknown argument is no parameter but text that a stray bar cut off."""
    if argument.positional:
        return bool(argument.value.strip())
    name = argument.name
    if not name:
        return bool(argument.value)
    return (
        len(name) > _LONGEST_NAME
        or _NO_NAME.search(name) is not None
        or _is_inside_line(argument, record)
    )


def _is_inside_line(argument: Parameter, record: Record) -> bool:
    """Return whether its bar stands in a line, while those of all known parameters begin one."""
    text = record.page.text
    known = [text[a.part[0] - 2] for a in record.call.arguments if is_known(a, record)]
    return text[argument.part[0] - 2] != "\n" and bool(known) and set(known) == {"\n"}


def is_known(argument: Parameter, record: Record) -> bool:
    """Return whether a field of the page holds the argument."""
    return record.page_type.field_of(argument.name) is not None
