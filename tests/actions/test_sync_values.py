"""Values of actions as both sides of a sync mean them: stages, labels, texts, days, lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot
from wikibot.actions.action import Action
from wikibot.actions.sync_values import (
    CLOSED,
    ROLES,
    Value,
    labels_for,
    normal,
    other_labels,
    stage_meant,
    stage_names,
    stage_of,
    why_no_stage,
)
from wikibot.title import FRENCH

MAPPING = wikibot.load_mapping("resilience")
PAGE_TYPE = MAPPING.page_type("action")
assert PAGE_TYPE is not None and PAGE_TYPE.board is not None
LABELS = next(v for v in MAPPING.vocabularies if v.id == "action_labels")
STATUSES = next(v for v in MAPPING.vocabularies if v.id == "action_status")
APART = PAGE_TYPE.board.model_copy(update={"done_closes": False})
TOGETHER = PAGE_TYPE.board.model_copy(update={"done_closes": True})
TODO, DOING, DONE = APART.columns


def action(*labels: str, state: Any = "open", status: str = "Open") -> Action:
    return Action(
        number=1,
        pageid=1,
        title=FRENCH.parse("Action:1"),
        summary="Relire",
        status=status,
        state=state,
        labels=labels,
        columns=(),
        assignees=(),
        due=None,
        due_written="",
        related=(),
        details="",
        resolution="",
    )


@pytest.mark.parametrize(
    ("labels", "state", "apart", "together"),
    [
        ((TODO,), "open", "A faire", "A faire"),
        (("A faire", "Label:Urgent"), "open", "A faire", "A faire"),
        ((DONE,), "open", "Fait", "Fait"),
        ((DONE,), "closed", CLOSED, "Fait"),
        ((DOING,), "closed", CLOSED, "Fait"),
        ((), "open", "", ""),
        (("Label:Urgent",), "open", "", ""),
        ((TODO, DOING), "open", None, None),
        ((TODO, DOING), "closed", CLOSED, "Fait"),
        ((TODO,), "unknown", None, None),
        ((TODO,), "no status", None, None),
        (("{{x}}",), "open", None, None),
    ],
)
def test_an_action_has_one_stage_or_nobody_can_tell(
    labels: tuple[str, ...], state: str, apart: str | None, together: str | None
) -> None:
    for board, expected in ((APART, apart), (TOGETHER, together)):
        found = action(*labels, state=state)
        assert stage_of(found, board, LABELS, STATUSES) == expected
        if expected is None:
            assert why_no_stage(found).fr and why_no_stage(found).en


def test_being_closed_is_a_stage_where_the_last_column_does_not_close() -> None:
    assert stage_names(APART, STATUSES) == ("A faire", "En cours", "Fait", CLOSED)
    assert stage_names(TOGETHER, STATUSES) == ("A faire", "En cours", "Fait")


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("a faire", "A faire"),
        ("À FAIRE", "A faire"),
        ("Label:En cours", "En cours"),
        ("to do", "A faire"),
        ("Closed", CLOSED),
        ("fermée", CLOSED),
        ("terminé ?", None),
    ],
)
def test_a_stage_is_known_by_other_words(text: str, stage: str | None) -> None:
    assert stage_meant(text, APART, LABELS, STATUSES) == stage


@pytest.mark.parametrize(
    ("stage", "others", "now", "expected"),
    [
        ("En cours", (), (), (DOING,)),
        ("En cours", ("Urgent",), (TODO, "Label:Urgent"), (DOING, "Label:Urgent")),
        ("En cours", ("Urgent",), ("Label:Urgent", TODO), ("Label:Urgent", DOING)),
        ("A faire", (), ("A faire",), ("A faire",)),
        ("A faire", (), (DOING, TODO), (TODO,)),
        (None, ("Eau", "Urgent"), (TODO, "Label:Urgent"), (TODO, "Label:Urgent", "Label:Eau")),
        (None, (), (TODO, "Label:Urgent"), (TODO,)),
        (CLOSED, ("Urgent",), (DOING, "Label:Urgent"), (DOING, "Label:Urgent")),
        ("", ("Urgent",), (DOING, "Label:Urgent"), ("Label:Urgent",)),
    ],
)
def test_labels_put_an_action_into_its_stage_and_keep_their_places(
    stage: str | None, others: tuple[str, ...], now: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert labels_for(stage, others, now, APART, LABELS) == expected


@given(
    stage=st.sampled_from(("A faire", "En cours", "Fait")),
    others=st.sets(st.sampled_from(("Urgent", "Eau", "Sols"))),
    now=st.lists(st.sampled_from((TODO, DOING, "A faire", "Label:Urgent", "Label:Eau"))),
)
def test_what_was_put_reads_back(stage: str, others: set[str], now: list[str]) -> None:
    for board in (APART, TOGETHER):
        found = action(*labels_for(stage, others, now, board, LABELS))
        assert stage_of(found, board, LABELS, STATUSES) == stage
        assert set(other_labels(found, board, LABELS)) == others


@pytest.mark.parametrize(
    ("role", "one", "other"),
    [
        ("summary", "  Relire\tla\n charte ", "Relire la charte"),
        ("summary", "e\u0301tude", "étude"),
        ("due", "1 mars 2026", "2026-03-01"),
        ("due", "2026-03-01", "2026-03-01"),
        ("assigned", ("Noor Essai", "Alix Imaginaire", ""), ("Alix Imaginaire", "Noor Essai")),
        ("related", ("un commun", "Un_commun"), ("Un commun",)),
        ("details", "a  \r\nb\t\n\n", "a\nb"),
        ("details", "a {{!}} b", "a | b"),
    ],
)
def test_two_ways_of_writing_are_one_value(role: str, one: Value, other: Value) -> None:
    assert normal(role, one, FRENCH) == other


@pytest.mark.parametrize("written", ["03/04/2026", "avril 2026", "demain", "2026-02-30"])
def test_a_day_that_is_not_sure_is_none(written: str) -> None:
    assert normal("due", written, FRENCH) is None


def test_a_no_break_space_is_a_character() -> None:
    assert normal("summary", "«\u00a0oui\u00a0» ?", FRENCH) == "«\u00a0oui\u00a0» ?"


@given(role=st.sampled_from(ROLES), text=st.text(max_size=40))
def test_what_is_in_its_form_stays_in_it(role: str, text: str) -> None:
    value: Value = (text,) if role in ("assigned", "labels", "related") else text
    once = normal(role, value, FRENCH)
    assert normal(role, once, FRENCH) == once
