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

    kind: Literal["workbook", "icalendar", "caldav", "github", "gitlab"] = Key(
        description="A workbook (.xlsx, .ods, .csv), an iCalendar file, a list on a server, or "
        "the issues of a project."
    )
    path: Line | None = Key(default=None, description="The file of a workbook or calendar.")
    url: Line | None = Key(
        default=None,
        description="The address of a list of tasks (CalDAV), or of the API of a GitHub or GitLab "
        "of one's own.",
    )
    repository: Line | None = Key(
        default=None, description="The repository whose issues they are (GitHub): owner/name."
    )
    project: Line | None = Key(
        default=None, description="The project whose issues they are (GitLab): group/name."
    )
    people: dict[Line, Line] = Key(
        default={},
        description="Who is assigned on the wiki → account on GitHub or GitLab; without anybody, "
        "who is assigned is not synced.",
    )
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
        default={},
        description="Status of a task (NEEDS-ACTION, …) or label of an issue → stage on the board.",
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


# Kind → the key that says where it is, and those that may.
_PLACES: dict[str, tuple[str, ...]] = {
    "workbook": ("path",),
    "icalendar": ("path",),
    "caldav": ("url",),
    "github": ("repository", "url"),
    "gitlab": ("project", "url"),
}
_FORGES = ("github", "gitlab")
_NAMES = {
    "github": re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+"),
    "gitlab": re.compile(r"\d+|[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+"),
}


def _wrong_place(table: TrackerTable) -> list[Text]:
    """Return what is wrong with where a tracker is, and with who works there."""
    kind, (needed, *may) = table.kind, _PLACES[table.kind]
    problems = []
    given = {key for keys in _PLACES.values() for key in keys if getattr(table, key) is not None}
    odd = sorted(given - {needed, *may})
    if getattr(table, needed) is None or odd:
        other = odd[0] if odd else ""
        problems.append(
            Text(
                f"« {kind} » demande la clé {needed}{f', et non {other}' if other else ''}.",
                f"“{kind}” needs the key {needed}{f', not {other}' if other else ''}.",
            )
        )
    where = getattr(table, needed) or ""
    if kind in _FORGES and where and not _NAMES[kind].fullmatch(where):
        problems.append(
            Text(
                f"{needed} s'écrit groupe/nom, comme dans son adresse, et non « {where} ».",
                f"{needed} is written group/name, as in its address, not “{where}”.",
            )
        )
    if table.people and kind not in _FORGES:
        problems.append(Text(f"« {kind} » n'a pas de clé people.", f"“{kind}” has no key people."))
    if table.account and kind in _FORGES:
        problems.append(
            Text(
                f"« {kind} » n'a pas de clé account : le jeton suffit.",
                f"“{kind}” has no key account: the token is enough.",
            )
        )
    accounts = [account.casefold() for account in table.people.values()]
    if len(set(accounts)) < len(accounts):
        problems.append(Text("deux personnes ont le même compte.", "two people have one account."))
    return problems


def wrong_tracker(table: TrackerTable, name: Path, path: str, key: str) -> list[Text]:
    """Return what no key of the table shows alone; `key` is the name of the tracker."""
    problems = []
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key):
        what = Text(
            "le nom d'un suivi ne contient que des lettres sans accent, des chiffres, - et _.",
            "the name of a tracker has letters without accents, digits, - and _ only.",
        )
        problems.append(problem(name, path, what))
    problems += [problem(name, path, what) for what in _wrong_place(table)]
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
