"""Says what is wrong in a TOML file: which file, where in it, what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from wikibot.language import Text

_EXPECTED = {
    "string_type": Text("un texte entre guillemets", "a text in quotes"),
    "bool_type": Text("true ou false", "true or false"),
    "int_type": Text("un nombre entier", "a whole number"),
    "date_type": Text("une date sans guillemets : 2027-01-31", "a date, no quotes: 2027-01-31"),
    "tuple_type": Text("une liste entre crochets [ … ]", "a list in brackets [ … ]"),
    "model_type": Text("une table", "a table"),
    "model_attributes_type": Text("une table", "a table"),
    "string_too_short": Text("un texte qui n'est pas vide", "a text that is not empty"),
    "too_short": Text("une liste qui n'est pas vide", "a list that is not empty"),
    "greater_than_equal": Text("un nombre plus grand que zéro", "a number above zero"),
}
_PATTERNS = {
    "^[a-z][a-z0-9_]*$": Text(
        "un nom en minuscules sans accents : a-z, 0-9 et _",
        "a name in small letters without accents: a-z, 0-9 and _",
    ),
}
_SECRET = re.compile(r"pass|secret|token|credential|keyring|proxy|\bapi\b", re.IGNORECASE)
_ONE_LINE = Text("un texte d'une seule ligne", "a text of one line")


def problem(file: Path, path: str, what: Text) -> Text:
    """Return `what` led by the file and the path inside it."""
    where = f"{file.as_posix()}: {path}: " if path else f"{file.as_posix()}: "
    return Text(where + what.fr, where + what.en)


def unknown(file: Path, path: str, word: str, known: Iterable[str]) -> Text:
    """Return the problem of a reference to nothing, with the nearest word that exists."""
    hint = nearest(word, known)
    what = Text(
        f"« {word} » n'existe pas{f' ; vouliez-vous dire « {hint} » ?' if hint else '.'}",
        f"“{word}” does not exist{f'; did you mean “{hint}”?' if hint else '.'}",
    )
    return problem(file, path, what)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like `word`, or None."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60
    )
    return found[0] if found else None


def explain(file: Path, model: type[BaseModel], detail: ErrorDetails) -> Text:
    """Return one error of pydantic in the words of who writes the file."""
    location, kind, given = detail["loc"], detail["type"], detail["input"]
    context = detail.get("ctx", {})
    path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in location).lstrip(".")
    if _SECRET.search(path):
        given = ...  # whatever was written there, it may be the secret itself
    if kind == "extra_forbidden":
        hint = nearest(str(location[-1]), _keys(model, location[:-1]))
        what = Text(
            f"clé inconnue{f' ; vouliez-vous dire « {hint} » ?' if hint else '.'}",
            f"unknown key{f'; did you mean “{hint}”?' if hint else '.'}",
        )
    elif kind == "missing":
        what = Text("cette clé manque.", "this key is missing.")
    elif kind == "literal_error":
        what = _not_allowed(given, context["expected"])
    elif kind == "string_pattern_mismatch":
        what = _wrong(given, _PATTERNS.get(context["pattern"], _ONE_LINE))
    elif kind in _EXPECTED:
        what = _wrong(given, _EXPECTED[kind])
    else:
        what = Text(f"{_show(given)} : {detail['msg']}.", f"{_show(given)}: {detail['msg']}.")
    return problem(file, path, what)


def _not_allowed(given: object, expected: str) -> Text:
    choice = expected.replace("'", "").replace(" or ", ", ").replace("False", "false")
    hint = nearest(str(given), choice.split(", "))
    shown = _show(given)
    return Text(
        f"{shown} n'est pas permis"
        + (f" ; vouliez-vous dire « {hint} » ?" if hint else f" ; au choix : {choice}."),
        f"{shown} is not allowed"
        + (f"; did you mean “{hint}”?" if hint else f"; one of: {choice}."),
    )


def _wrong(given: object, expected: Text) -> Text:
    shown = _show(given)
    return Text(
        f"il faut {expected.fr}, et non {shown}.", f"this must be {expected.en}, not {shown}."
    )


def _show(value: object) -> str:
    """Return a value as TOML would write it, cut where it is long."""
    if value is ...:
        text = "***"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, str):
        text = f'"{value}"'
    else:
        text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _keys(model: Any, path: Iterable[int | str]) -> list[str]:
    """Return the keys allowed at a path inside a model."""
    for step in path:
        if step not in model.model_fields:  # a place in a list, a word that leads a table
            continue
        annotation = model.model_fields[step].annotation
        for part in (annotation, *getattr(annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                model = part
    return list(model.model_fields)
