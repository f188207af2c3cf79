"""Cells of a workbook ↔ values of actions."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from wikibot.actions.sync_values import LISTS, LONG, Value
from wikibot.workbook import Cell, Unclear

_SPLIT = re.compile(r"[,;\n]")


def is_blank(cell: Cell) -> bool:
    """Return whether nothing stands in a cell, as far as anybody can tell."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or isinstance(cell, Unclear)


def value_of(role: str, cell: Cell) -> Value | None:
    """Return what a cell says, None where nobody can tell."""
    if isinstance(cell, Unclear):
        return None
    text = _text(cell)
    if role in LISTS:
        return tuple(part.strip() for part in _SPLIT.split(text) if part.strip())
    return text


def _text(cell: Cell) -> str:
    if cell is None or isinstance(cell, Unclear):
        return ""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return f"{cell}"


def joined(value: Value) -> str:
    """Return a value as the text of a cell."""
    return ", ".join(value) if isinstance(value, tuple) else value


def cell_of(role: str, value: Value) -> str | date | None:
    """Return what a cell is to hold for a value: a day as a day, None for nothing."""
    if isinstance(value, tuple):
        return joined(value) or None
    if role == "due" and value:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return (value if role in LONG else " ".join(value.split("\n"))) or None
