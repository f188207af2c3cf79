"""The section on actions: boards as the wiki counts them, and nobody is counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.actions.support import ATLAS, GAME, MAPPING, TODAY, action, write_wiki
from tests.overviews.support import collection, figures, rows, well_made
from wikibot.jobs.overview.collecting import collect
from wikibot.overviews import Section
from wikibot.overviews.tracked import tracked
from wikibot.wiki import open_wiki

ACTIONS = {
    1: action(SUMMARY="Relire", DUE_DATE="2026-11-20", ASSIGNED_TO="Alix Imaginaire"),
    2: action(SUMMARY="Imprimer", LABEL="Label:En cours", DUE_DATE="2025-01-01"),
    3: action(SUMMARY="Deux fois", LABEL="Label:A faire, Label:En cours", ASSIGNED_TO="Noor Essai"),
    4: action(SUMMARY="Fini", LABEL="Label:Fait", DUE_DATE="2026-01-01"),
    5: action(SUMMARY="Clos", ACTION_STATUS="Closed", RELATED_ARTICLE=GAME),
    6: action(SUMMARY="Sans colonne", LABEL="-", RELATED_ARTICLE=GAME),
    7: action(SUMMARY="Sans page", RELATED_ARTICLE="-"),
    8: action(SUMMARY="Deux pages", RELATED_ARTICLE=f"{ATLAS}, {GAME}", DUE_DATE="2026-12-24"),
}


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Section:
    wiki = write_wiki(tmp_path_factory.mktemp("wiki"), ACTIONS)
    found = tracked(collect(wiki, MAPPING, around=TODAY))
    assert found is not None
    well_made(found)
    return found


def test_the_figures(section: Section) -> None:
    assert figures(section) == {
        "actions": 8,
        "going": 6,  # but 4, which is done, and 5, which is closed
        "closed": 1,
        "overdue": 2,
        "unassigned": 4,
        "undated": 3,
        "hidden": 2,
    }


def test_an_action_counts_in_each_of_its_columns_once(section: Section) -> None:
    assert rows(section.table("actions_by_column"), "column", "actions") == [
        ("A faire", 4 - 1),  # 7 is of no page
        ("En cours", 2),
        ("Fait", 1),
    ]


def test_the_boards_of_pages(section: Section) -> None:
    assert section.table("actions_by_page").rows == (
        (ATLAS, 3, 2, 1, 0, 0),
        (GAME, 1, 0, 0, 1, 1),
    )


def test_what_is_overdue_by_how_long_the_oldest_first(section: Section) -> None:
    assert rows(section.table("overdue"), "action", "days") == [("Action:2", 690), ("Action:1", 2)]
    by_age = dict(rows(section.table("overdue_by_age"), "late", "actions"))
    assert by_age == {
        "1 à 7 jours": 1,
        "8 à 30 jours": 0,
        "1 à 3 mois": 0,
        "3 à 12 mois": 0,
        "plus d'un an": 1,
    }


def test_what_no_board_shows_is_told_with_what_to_do(section: Section) -> None:
    table = section.table("actions_hidden")
    assert rows(table, "action", "page") == [("Action:6", GAME), ("Action:7", None)]
    assert all("Écrivez" in str(why) or "Ajoutez" in str(why) for (why,) in rows(table, "why"))


def test_states_add_up_to_all_actions(section: Section) -> None:
    table = section.table("actions_by_state")
    assert table.total is not None
    assert table.total[1] == sum(int(str(n)) for (n,) in rows(table, "actions")) == 8


def test_the_board_has_a_card_for_each_column_of_an_action(section: Section) -> None:
    table = section.table("actions_board")
    assert table.cards == "column"
    cards = Counter(str(column) for (column,) in rows(table, "column"))
    assert cards == {"A faire": 4, "En cours": 2, "Fait": 1, "Hors colonnes": 1, "Closes": 1}
    titles = {str(title) for (title,) in rows(table, "action")}
    assert titles == {f"Action:{n}" for n in ACTIONS}


def test_persons_stand_beside_their_actions_alone(section: Section) -> None:
    for table in section.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                if "Alix Imaginaire" in str(cell):
                    assert (table.id, column.id) == ("actions_board", "assigned")


def test_a_wiki_without_actions_has_no_such_section(tmp_path: Path) -> None:
    assert tracked(collection()) is None
    write_wiki(tmp_path, {})
    assert tracked(collect(open_wiki(tmp_path), MAPPING)) is None
