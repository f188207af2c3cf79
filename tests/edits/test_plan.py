from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.edits import Change, PageEdit, Plan
from wikibot.errors import PlanError

CHANGE = Change("Ressource", 0, "licence", "", "CC0", "licence", "VOC102", False, "dit", ("a",))
PLAN = Plan(
    "plan-abc123",
    "folder:0123456789abcdef",
    "2026-01-31T12:00:00+00:00",
    (PageEdit("Haies", 3, 7, (CHANGE, Change("Ressource", 1, "Tags", "a", "")), "Licence"),),
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
NUMBERS = st.integers(0, 2**63 - 1)
CHANGES = st.builds(
    Change,
    *(TEXTS, NUMBERS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.booleans(), TEXTS),
    st.lists(TEXTS, max_size=3).map(tuple),
)
FILLED = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
RENAMINGS = st.builds(
    lambda index, old, new: Change(
        "R", index, f"to {new}", old, new, renamed_from=f"from {old}", after=(old,)
    ),
    *(NUMBERS, FILLED, FILLED),
)
EDITS = st.builds(
    PageEdit,
    *(TEXTS, NUMBERS, NUMBERS),
    st.lists(
        CHANGES | RENAMINGS,
        max_size=3,
        unique_by=(lambda change: change.places[0], lambda change: change.places[-1]),
    ).map(tuple),
    TEXTS,
)
PLANS = st.builds(
    Plan,
    *(TEXTS, TEXTS, TEXTS),
    st.lists(EDITS, max_size=3, unique_by=lambda edit: edit.title).map(tuple),
)


@given(PLANS)
def test_a_plan_survives_its_file(plan: Plan) -> None:
    assert Plan.from_json(plan.to_json(), "plan.json") == plan


def test_the_checksum_is_of_the_content_not_of_the_layout() -> None:
    again = json.dumps(json.loads(PLAN.to_json()), indent=4, sort_keys=True)
    assert Plan.from_json(again, "plan.json") == PLAN


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(id="plan-autre"),
        lambda body: body.update(wiki="autre"),
        lambda body: body["edits"].pop(),
        lambda body: body["edits"][0].update(base_revid=8),
        lambda body: body["edits"][0].update(summary="Autre"),
        lambda body: body["edits"][0]["changes"][0].update(new="MIT"),
        lambda body: body["edits"][0]["changes"][0].update(safe=True),
        lambda body: body.update(checksum="0" * 64),
        lambda body: body.pop("checksum"),
        lambda body: body.update(more=1),
    ],
)
def test_a_plan_that_was_changed_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    body = json.loads(PLAN.to_json())
    change(body)
    with pytest.raises(PlanError, match="this plan was changed since it was written"):
        Plan.from_json(json.dumps(body), "plan.json")


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(format=2),
        lambda body: body.pop("format"),
        lambda body: body.pop("id"),
        lambda body: body.update(wiki=None),
        lambda body: body.update(edits=3),
        lambda body: body.update(edits=[3]),
        lambda body: body["edits"][0].pop("title"),
        lambda body: body["edits"][0].update(pageid="3"),
        lambda body: body["edits"][0].update(pageid=True),
        lambda body: body["edits"][0].update(pageid=-1),
        lambda body: body["edits"][0].update(base_revid=2**63),
        lambda body: body["edits"][0].update(changes=None),
        lambda body: body["edits"][0]["changes"][0].pop("new"),
        lambda body: body["edits"][0]["changes"][0].update(index=-1),
        lambda body: body["edits"][0]["changes"][0].update(index=0.5),
        lambda body: body["edits"][0]["changes"][0].update(more="x"),
        lambda body: body["edits"][0]["changes"][0].update(parameter=None),
    ],
)
def test_a_plan_of_another_shape_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    body = json.loads(PLAN.to_json())
    change(body)
    with pytest.raises(PlanError, match=r"plan\.json: no plan that wikibot can read"):
        Plan.from_json(json.dumps(body), "plan.json")


def test_what_no_change_has_is_not_in_the_file_so_that_older_plans_are_what_they_were() -> None:
    assert "renamed_from" not in PLAN.to_json()
    assert PLAN.checksum == "186161fd5a937ca0e5b1c3e73e2b4d2939a01188db9236bab33a89451848cb14"


RENAMED = Change("Ressource", 0, "licence", "MIT", "CC0", renamed_from="license")


def with_changes(*changes: Change) -> str:
    return Plan("p", "w", "", (PageEdit("Haies", 3, 7, changes),)).to_json()


@pytest.mark.parametrize(
    "changes",
    [
        [replace(RENAMED, old="")],
        [replace(RENAMED, new="")],
        [replace(RENAMED, renamed_from="licence")],
        [RENAMED, Change("Ressource", 0, "licence", "", "CC0")],
        [RENAMED, Change("Ressource", 0, "license", "MIT", "CC0")],
        [RENAMED, replace(RENAMED, renamed_from="Licences")],
        [Change("Ressource", 0, "Tags", "a", "b"), Change("Ressource", 0, "Tags", "b", "c")],
    ],
)
def test_a_renaming_that_cannot_be_is_refused(changes: list[Change]) -> None:
    with pytest.raises(PlanError, match=r"plan\.json: no plan that wikibot can read"):
        Plan.from_json(with_changes(*changes), "plan.json")


def test_two_renamings_of_a_page_are_two_changes() -> None:
    other = replace(RENAMED, parameter="mots", renamed_from="Tags")
    elsewhere = replace(RENAMED, index=1)
    read = Plan.from_json(with_changes(RENAMED, other, elsewhere), "plan.json")
    assert read.edits[0].changes == (RENAMED, other, elsewhere)


def test_two_edits_of_one_page_are_refused() -> None:
    twice = Plan(PLAN.id, PLAN.wiki, PLAN.created, PLAN.edits * 2)
    with pytest.raises(PlanError, match="two edits of one page"):
        Plan.from_json(twice.to_json(), "plan.json")


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "3", '"plan"', "[" * 100_000, "9" * 9999])
def test_what_is_no_plan_at_all_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match=r"plan\.json: no plan that wikibot can read"):
        Plan.from_json(text, "plan.json")
