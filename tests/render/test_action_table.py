"""The table of actions: whole words, within the width, one row an action."""

from __future__ import annotations

from datetime import date

import pytest

from wikibot.actions.action import Action
from wikibot.render.action_table import table
from wikibot.title import Title


def one(number: int, summary: str, **more: object) -> Action:
    usual: dict[str, object] = {
        "status": "Open",
        "state": "open",
        "labels": (),
        "columns": ("Label:A faire",),
        "assignees": ("Alix Imaginaire",),
        "due": None,
        "due_written": "",
        "related": ("Atlas des haies",),
        "details": "",
        "resolution": "",
    }
    title = Title(690, f"{number}")
    return Action(number, 100 + number, title, summary, **{**usual, **more})  # type: ignore[arg-type]


def late(action: Action) -> bool:
    return action.due is not None


def test_each_action_is_a_row_that_ends_within_the_width() -> None:
    rows = [
        one(2, "Relire la charte avec la ville et ses habitants", due=date(2026, 5, 1)),
        one(31, "Semer", assignees=(), columns=("Label:A faire", "Label:En cours"), related=()),
    ]
    lines = list(table(rows, late, "fr", 80))
    assert lines == [
        "N°  Action                Colonne   Responsable   Échéance      Page",
        "──  ────────────────────  ────────  ────────────  ────────────  ───────────────",
        "2   Relire la charte      A faire   Alix          1er mai       Atlas des haies",
        "    avec la ville et ses            Imaginaire    2026, EN",
        "    habitants                                     RETARD",
        "31  Semer                 A faire,  –             –             –",
        "                          En cours",
    ]


def test_a_short_table_is_no_wider_than_its_words() -> None:
    lines = list(table([one(2, "Semer")], late, "en", 200))
    assert lines[2] == "2    Semer   A faire  Alix Imaginaire  –    Atlas des haies"


@pytest.mark.parametrize("width", [60, 70, 80, 100, 200])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_heading_is_broken_and_no_sign_parted(width: int, language: str) -> None:
    row = one(
        2, "Pourquoi ? Parce que « oui » !", due_written="vers mai", related=("Eau : le jeu",)
    )
    lines = list(table([row], late, language, width))  # type: ignore[arg-type]
    assert lines[1].startswith("─"), "the headings are one line"
    for line in lines[2:]:
        cells = [cell.strip() for cell in line.split("  ")]
        assert not [cell for cell in cells if cell.startswith(("?", "!", ":", "»"))]
        assert not [cell for cell in cells if cell.endswith("«")]
    if width >= 70:
        assert max(map(len, lines)) <= width


def test_where_there_is_no_room_it_is_as_narrow_as_its_headings() -> None:
    lines = list(table([one(2, "Relire la charte avec la ville")], late, "fr", 20))
    assert lines[0] == "N°  Action    Colonne  Responsable  Échéance  Page"


def test_nothing_is_no_table() -> None:
    assert list(table([], late, "fr", 80)) == []


def test_what_would_move_a_terminal_is_made_visible() -> None:
    lines = "\n".join(table([one(2, "a\x1b[2Jb")], late, "fr", 100))
    assert "\x1b" not in lines
