"""Boards and lists in a terminal: within its width, harmless, and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.actions.action import Action
from wikibot.actions.board import Column, PageBoard
from wikibot.actions.hidden import Hidden, Remedy
from wikibot.language import Text
from wikibot.render import board as render
from wikibot.title import Title
from wikibot.visible import visible

ONE = Action(
    number=2,
    pageid=190,
    title=Title(690, "2", "Action"),
    summary="Organiser la réunion de lancement",
    status="Open",
    state="open",
    labels=("Label:A faire",),
    columns=("Label:A faire",),
    assignees=("Alix Imaginaire", "Noor Essai"),
    due=date(2026, 3, 1),
    due_written="2026-03-01",
    related=("Atlas des haies",),
    details="",
    resolution="",
)
OTHER = replace(
    ONE, number=14, pageid=191, summary="Relire", assignees=(), due=None, due_written="03/04/2026"
)
LOST = replace(ONE, number=20, pageid=192, columns=(), labels=("A faire",))
BOARD = PageBoard(
    "Atlas des haies",
    (
        Column("Label:A faire", (ONE, OTHER)),
        Column("Label:En cours", ()),
        Column("Label:Fait", ()),
    ),
    (
        Hidden(
            LOST,
            "label-without-prefix",
            Text("Écrivez « Label:A faire ».", "Write “Label:A faire”."),
            Remedy("etiquettes", "Label:A faire"),
        ),
        Hidden(replace(ONE, number=6), "closed", Text("Close.", "Closed.")),
    ),
)


def late(action: Action) -> bool:
    return action.due is not None


def fix(hidden: Hidden) -> str:
    return "wikibot actions edit 20 …" if hidden.remedy else ""


def lines(board: PageBoard, width: int = 90) -> list[str]:
    return list(render.board(board, (), late, fix, "fr", width))


def test_columns_stand_side_by_side_where_there_is_room() -> None:
    assert lines(BOARD) == [
        "Atlas des haies",
        "  2 actions au tableau, 1 en retard.",
        "",
        "  A faire (2)                 │ En cours (0)                │ Fait (0)",
        "  ───────────                 │ ────────────                │ ────────",
        "  2  Organiser la réunion de  │                             │",
        "     lancement                │                             │",
        "     Alix Imaginaire, Noor    │                             │",
        "     Essai                    │                             │",
        "     1er mars 2026, EN RETARD │                             │",
        "                              │                             │",
        "  14  Relire                  │                             │",
        "     sans responsable         │                             │",
        "     date à préciser :        │                             │",
        "     03/04/2026               │                             │",
        "",
        "  Le tableau du wiki ne montre pas :",
        "    n° 20  Organiser la réunion de lancement",
        "      Écrivez « Label:A faire ».",
        "      → wikibot actions edit 20 …",
        "",
        "  Closes : 6.",
    ]


def test_they_stand_below_each_other_where_there_is_none() -> None:
    assert lines(BOARD, 50)[3:18] == [
        "  A faire (2)",
        "  ───────────",
        "  2  Organiser la réunion de lancement",
        "     Alix Imaginaire, Noor Essai",
        "     1er mars 2026, EN RETARD",
        "",
        "  14  Relire",
        "     sans responsable",
        "     date à préciser : 03/04/2026",
        "",
        "  En cours (0)",
        "  ────────────",
        "",
        "  Fait (0)",
        "  ────────",
    ]


@given(
    st.integers(40, 120),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    st.lists(st.text("abcdé ,:»«?", max_size=30), max_size=3),
)
def test_no_line_is_wider_than_the_terminal_whatever_the_words(
    width: int, summary: str, people: list[str]
) -> None:
    one = replace(ONE, summary=summary, assignees=tuple(people))
    columns = (Column("Label:A faire", (one,)), *BOARD.columns[1:])
    shown = replace(BOARD, columns=columns, hidden=())
    for line in [*lines(shown, width), *render.actions([one], late, "fr", width)]:
        assert len(line) <= width
        assert visible(line) == line


def test_a_summary_cannot_draw_on_the_terminal() -> None:
    one = replace(ONE, summary="Relire\x1b[2J\u202eici")
    shown = replace(BOARD, columns=(Column("Label:A faire", (one,)),))
    assert "\\u001b[2J\\u202eici" in " ".join(lines(shown))


def test_what_is_on_no_board_has_no_columns() -> None:
    shown = PageBoard(None, BOARD.columns, BOARD.hidden[:1])
    assert lines(shown)[:2] == ["Sur aucun tableau", "    n° 20  Organiser la réunion de lancement"]


def test_a_title_that_is_taken_for_two_is_explained() -> None:
    assert "virgule" in " ".join(lines(replace(BOARD, split=True)))


def test_a_list_says_where_each_stands() -> None:
    closed = replace(OTHER, state="closed", status="Closed", columns=("Label:Fait",))
    assert list(render.actions([ONE, closed], late, "en", 100)) == [
        "2  Organiser la réunion de lancement",
        "    A faire · Alix Imaginaire, Noor Essai · 1 March 2026, OVERDUE",
        "    Atlas des haies",
        "14  Relire",
        "    Fait · Closed · nobody assigned · date to be made precise: 03/04/2026",
        "    Atlas des haies",
    ]
    assert render.sums([ONE, closed], late).en == "2 actions, 1 overdue."


def test_the_json_of_an_action_is_that_of_the_contract() -> None:
    assert render.action_data(ONE, late) == {
        "number": 2,
        "pageid": 190,
        "page": "Action:2",
        "summary": "Organiser la réunion de lancement",
        "status": "Open",
        "labels": ["Label:A faire"],
        "assignees": ["Alix Imaginaire", "Noor Essai"],
        "due": "2026-03-01",
        "related": ["Atlas des haies"],
        "overdue": True,
    }
    assert render.action_data(OTHER, late)["due"] is None


@pytest.mark.parametrize(("number", "key"), [(2, 2), (None, "Action:2")])
def test_the_json_of_a_board_names_actions_by_number_or_else_by_title(
    number: int | None, key: int | str
) -> None:
    one = replace(ONE, number=number)
    shown = PageBoard("Atlas", (Column("Label:A faire", (one,)),), BOARD.hidden[:1])
    assert render.board_data(shown, "en") == {
        "page": "Atlas",
        "columns": [{"label": "Label:A faire", "actions": [key]}],
        "hidden": [
            {
                "number": 20,
                "reason": "label-without-prefix",
                "message": "Write “Label:A faire”.",
                "fix": {"field": "etiquettes", "value": "Label:A faire"},
            }
        ],
    }
