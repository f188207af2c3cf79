"""The table of a tracker in `wikibot.toml`, and what may be wrong with it as a whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field as Key

from wikibot.config.tables import SOURCES, Line, Table
from wikibot.language import Text
from wikibot.tables import problem

# The fields that a tracker can hold (`actions.sync_values.ROLES`; a test holds them alike).
TrackerField = Literal[
    "summary", "stage", "due", "assigned", "labels", "related", "details", "resolution"
]


class TrackerTable(Table):
    """Where the actions are followed beside the wiki, and how both are kept alike."""

    kind: Literal["workbook", "icalendar", "caldav"] = Key(
        description="A workbook (.xlsx, .ods, .csv), an iCalendar file, or a list on a server."
    )
    path: Line | None = Key(default=None, description="The file of a workbook or calendar.")
    url: Line | None = Key(default=None, description="The address of a list of tasks (CalDAV).")
    account: Line | None = Key(default=None, description="Who logs in to that server.")
    password_file: Line | None = Key(
        default=None, description="A file with its secret, readable by its owner only."
    )
    password_command: tuple[Line, ...] = Key(
        default=(), strict=False, description="A command that prints its secret."
    )
    credential: Line | None = Key(
        default=None, description="The name of a systemd credential that holds its secret."
    )
    ca_bundle: Line | None = Key(default=None, description="Certificates to trust (PEM).")
    sheet: Line | None = Key(
        default=None, description="The sheet of the actions; else the one with their headings."
    )
    columns: dict[TrackerField, Line] = Key(
        default={}, description="Field → heading, where headings are not the usual ones."
    )
    statuses: dict[Line, Line] = Key(
        default={}, description="Status of a task (NEEDS-ACTION, …) → stage on the board."
    )
    policies: dict[TrackerField, Literal["wiki", "tracker", "ask"]] = Key(
        default={}, description="Field → the side that wins a conflict; by default, none does."
    )
    clearable: tuple[TrackerField, ...] = Key(
        default=("due", "assigned", "labels"),
        strict=False,
        description="Fields that are emptied on one side when they were on the other.",
    )
    create: tuple[Literal["wiki", "tracker"], ...] = Key(
        default=("wiki", "tracker"),
        strict=False,
        description="The sides on which missing actions are made.",
    )
    gone: Literal["report", "close"] = Key(
        default="report",
        description="What is deleted on one side is told, or closed on the other; never deleted.",
    )


def wrong_tracker(table: TrackerTable, name: Path, path: str, key: str) -> list[Text]:
    """Return what no key of the table shows alone; `key` is the name of the tracker."""
    problems = []
    needed, other = ("url", "path") if table.kind == "caldav" else ("path", "url")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key):
        what = Text(
            "le nom d'un suivi ne contient que des lettres sans accent, des chiffres, - et _.",
            "the name of a tracker has letters without accents, digits, - and _ only.",
        )
        problems.append(problem(name, path, what))
    if getattr(table, needed) is None or getattr(table, other) is not None:
        what = Text(
            f"« {table.kind} » demande la clé {needed}, et non {other}.",
            f"“{table.kind}” needs the key {needed}, not {other}.",
        )
        problems.append(problem(name, path, what))
    headings = [heading.casefold() for heading in table.columns.values()]
    if len(set(headings)) < len(headings):
        what = Text("deux champs ont le même titre.", "two fields have one heading.")
        problems.append(problem(name, f"{path}.columns", what))
    several = [each for each in SOURCES if getattr(table, each, None)]
    if len(several) > 1:
        what = Text(
            f"le secret vient d'un seul endroit, et non de plusieurs ({', '.join(several)}).",
            f"the secret comes from one place, not from several ({', '.join(several)}).",
        )
        problems.append(problem(name, path, what))
    return problems
