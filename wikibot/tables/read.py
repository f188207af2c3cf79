"""Reads one TOML file into its model."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from wikibot.language import Text
from wikibot.tables.problems import explain, problem

T = TypeVar("T", bound=BaseModel)


def read_table(path: Path, name: Path, model: type[T], problems: list[Text]) -> T | None:
    """Return the content of a TOML file as its model; None where anything is wrong.

    Every error is added to `problems`, led by `name`, the path that people know the file by.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return model.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        what = Text(
            f"n'est pas en UTF-8 (octet {error.start}) ; enregistrez-le en UTF-8.",
            f"is not UTF-8 (byte {error.start}); save it as UTF-8.",
        )
    except tomllib.TOMLDecodeError as error:
        what = Text(f"n'est pas du TOML correct : {error}.", f"is no valid TOML: {error}.")
    except OSError as error:
        reason = error.strerror or str(error)
        what = Text(f"illisible : {reason}.", f"cannot be read: {reason}.")
    except ValidationError as error:
        problems += [explain(name, model, d) for d in error.errors() if not _is_echo(d)]
        return None
    problems.append(problem(name, "", what))
    return None


def _is_echo(detail: ErrorDetails) -> bool:
    """Return whether a list is told too short only because its entries are wrong themselves."""
    return detail["type"] == "too_short" and bool(detail["input"])
