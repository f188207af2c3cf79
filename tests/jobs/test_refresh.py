"""A plan that has waited is made anew: nothing of it is lost in silence, nobody is overruled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wikibot
from tests.jobs.wikis import MAPPING, clock
from tests.model.wiki import ModelWiki
from wikibot.edits import PageEdit, Plan, rebase
from wikibot.errors import PlanError
from wikibot.jobs.fix import fix
from wikibot.jobs.refresh import Note, Refreshed, refresh_plan

HAIES = "Atlas des haies"
GOOD, BAD = "Creative Commons BY SA 4.0", "cc by-sa 4.0"


def text(licence: str = BAD, level: str = "Idée", tags: str = "haie") -> str:
    return f"{{{{Ressource\n|licence={licence}\n|niveau={level}\n|Tags={tags}\n}}}}"


@pytest.fixture
def wiki() -> ModelWiki:
    wiki = ModelWiki()
    wiki.edit("Alix", HAIES, text())
    wiki.clock.sleep(3600)
    return wiki


def asked(wiki: ModelWiki, *assignments: str) -> Plan:
    """Return a plan of what a person asks of the page."""
    page = wiki.page(HAIES)
    return wikibot.set_fields([page], assignments, MAPPING, wiki, around=clock())


def mended(wiki: ModelWiki) -> Plan:
    """Return the plan of what the rules propose, the licence alone."""
    return fix([wiki.page(HAIES)], MAPPING, wiki, rules={"VOC102"}, around=clock())


def refreshed(wiki: ModelWiki, plan: Plan, state: Path) -> Refreshed:
    around = replace(clock(), fresh_id=lambda: "fresh1")
    return refresh_plan(plan, wiki, MAPPING, state=state, around=around)


def numbers(found: Refreshed) -> tuple[int, int, int, int]:
    return found.kept, found.recomputed, found.standing, sum(note.open for note in found.notes)


def only(found: Refreshed) -> Note:
    (note,) = found.notes
    return note


def test_what_still_fits_is_kept_for_the_page_as_it_is_now(wiki: ModelWiki, tmp_path: Path) -> None:
    plan = asked(wiki, "licence=MIT", "niveau=Prototype")
    wiki.edit("Lou", HAIES, text(tags="haie, mare"))
    found = refreshed(wiki, plan, tmp_path)
    assert (numbers(found), found.notes) == ((2, 0, 0, 0), ())
    (edit,) = found.plan.edits
    assert edit.changes == plan.edits[0].changes
    assert edit.summary == plan.edits[0].summary
    assert edit.base_revid == wiki.page(HAIES).revision.id != plan.edits[0].base_revid
    assert found.plan.id != plan.id
    assert not found.needs_a_person


def test_what_stands_already_is_needed_no_more(wiki: ModelWiki, tmp_path: Path) -> None:
    plan = asked(wiki, "licence=MIT", "niveau=Prototype")
    wiki.edit("Lou", HAIES, text("MIT"))
    found = refreshed(wiki, plan, tmp_path)
    assert numbers(found) == (1, 0, 1, 0)
    assert [change.field for change in found.plan.edits[0].changes] == ["niveau"]
    assert "licence" not in found.plan.edits[0].summary.casefold()


def test_a_field_that_somebody_changed_is_told_with_who_and_when(
    wiki: ModelWiki, tmp_path: Path
) -> None:
    plan = asked(wiki, "licence=MIT", "niveau=Prototype")
    wiki.edit("Lou", HAIES, text("CC0"))
    wiki.edit("Noor", HAIES, text("CC0", tags="mare"))
    found = refreshed(wiki, plan, tmp_path)
    assert numbers(found) == (1, 0, 0, 1)
    note = only(found)
    assert note.stale is not None
    assert (note.title, note.stale.user, note.stale.expected, note.stale.found) == (
        HAIES,
        "Lou",
        BAD,
        "CC0",
    )
    assert note.why.fr.startswith(
        f"« Type de licence » vaut maintenant « CC0 », et non plus « {BAD} » (modifié par Lou le "
    )
    assert [change.field for change in found.plan.edits[0].changes] == ["niveau"]
    assert found.needs_a_person


def test_of_a_rule_s_field_the_rule_is_asked_again(wiki: ModelWiki, tmp_path: Path) -> None:
    plan = mended(wiki)
    wiki.edit("Lou", HAIES, text("cc by 4.0"))
    found = refreshed(wiki, plan, tmp_path)
    assert numbers(found) == (0, 1, 0, 0)
    (change,) = found.plan.edits[0].changes
    assert (change.old, change.new, change.rule) == (
        "cc by 4.0",
        "Creative Commons BY 4.0",
        "VOC102",
    )
    assert "modifié par Lou" in only(found).why.fr
    assert "La règle VOC102 propose maintenant" in only(found).why.fr


def test_a_rule_without_an_objection_leaves_nothing_to_do(wiki: ModelWiki, tmp_path: Path) -> None:
    plan = mended(wiki)
    wiki.edit("Lou", HAIES, text("MIT"))
    found = refreshed(wiki, plan, tmp_path)
    assert (numbers(found), found.plan.edits) == ((0, 0, 0, 0), ())
    assert "n'y trouve plus rien à redire" in only(found).why.fr


def test_a_rule_that_still_objects_and_has_no_answer_needs_a_person(
    wiki: ModelWiki, tmp_path: Path
) -> None:
    (edit,) = mended(wiki).edits
    changes = tuple(replace(change, rule="REQ101") for change in edit.changes)
    plan = replace(mended(wiki), edits=(replace(edit, changes=changes),))
    wiki.edit("Noor", HAIES, text(""))
    found = refreshed(wiki, plan, tmp_path)
    assert (numbers(found), found.plan.edits) == ((0, 0, 0, 1), ())
    assert "modifié par Noor" in only(found).why.fr


def test_a_page_is_followed_where_it_has_moved(wiki: ModelWiki, tmp_path: Path) -> None:
    plan = asked(wiki, "licence=MIT")
    wiki.move("Lou", HAIES, "Haies du bourg")
    found = refreshed(wiki, plan, tmp_path)
    assert [edit.title for edit in found.plan.edits] == ["Haies du bourg"]
    run = wikibot.apply(found.plan, wiki, state=tmp_path, around=clock())
    assert run.items[0].state == "done"
    assert "licence=MIT" in (wiki.text("Haies du bourg") or "")


def test_a_page_that_is_gone_is_told(wiki: ModelWiki, tmp_path: Path) -> None:
    plan = asked(wiki, "licence=MIT")
    wiki.delete(HAIES)
    found = refreshed(wiki, plan, tmp_path)
    assert (found.plan.edits, numbers(found)) == ((), (0, 0, 0, 1))


@pytest.mark.parametrize(
    ("there", "expected"),
    [(None, (1, 0, 0, 0)), ("{{X}}", (0, 0, 1, 0)), ("{{Y}}", (0, 0, 0, 1))],
)
def test_a_new_page_is_kept_or_there_or_in_the_way(
    wiki: ModelWiki, tmp_path: Path, there: str | None, expected: tuple[int, int, int, int]
) -> None:
    plan = Plan("plan-1", "model", "", (PageEdit("Neuve", 0, 0, (), text="{{X}}"),))
    if there:
        wiki.edit("Lou", "Neuve", there)
    found = refreshed(wiki, plan, tmp_path)
    assert numbers(found) == expected
    assert len(found.plan.edits) == expected[0]


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_saved_and_taken_back_is_not_proposed_again(
    wiki: ModelWiki, tmp_path: Path, whole: bool
) -> None:
    plan = asked(wiki, "licence=MIT", "niveau=Prototype")
    changes = plan.edits[0].changes if whole else plan.edits[0].changes[:1]
    part = plan.part([replace(plan.edits[0], changes=changes)])
    wikibot.apply(part, wiki, state=tmp_path, around=clock())
    wiki.edit("Lou", HAIES, text())
    found = refreshed(wiki, plan, tmp_path)
    fields = [change.field for edit in found.plan.edits for change in edit.changes]
    assert fields == ([] if whole else ["niveau"])
    assert all("son choix est respecté" in note.why.fr for note in found.notes)
    assert not found.needs_a_person


def test_what_was_saved_and_stands_is_there(wiki: ModelWiki, tmp_path: Path) -> None:
    plan = asked(wiki, "licence=MIT", "niveau=Prototype")
    wikibot.apply(plan, wiki, state=tmp_path, around=clock())
    assert numbers(refreshed(wiki, plan, tmp_path)) == (0, 0, 2, 0)


@pytest.mark.parametrize("old_first", [True, False])
def test_neither_plan_makes_what_the_other_has_made(
    wiki: ModelWiki, tmp_path: Path, old_first: bool
) -> None:
    old = asked(wiki, "licence=MIT", "niveau=Prototype")
    wiki.move("Noor", HAIES, "Haies du bourg")
    new = refreshed(wiki, old, tmp_path).plan
    first, second = (old, new) if old_first else (new, old)
    wikibot.apply(first, wiki, state=tmp_path, around=clock())
    wiki.edit("Lou", "Haies du bourg", text())
    around = replace(clock(), fresh_id=lambda: "other1")
    run = wikibot.apply(second, wiki, state=tmp_path, around=around)
    assert [item.state for item in run.items] == ["noop"]
    assert wiki.text("Haies du bourg") == text()


def test_a_plan_for_another_wiki_is_refused(wiki: ModelWiki, tmp_path: Path) -> None:
    with pytest.raises(PlanError):
        refreshed(wiki, replace(asked(wiki, "licence=MIT"), wiki="other"), tmp_path)


def test_the_wiki_is_only_read(wiki: ModelWiki, tmp_path: Path) -> None:
    plan = mended(wiki)
    wiki.edit("Lou", HAIES, text("CC0"))
    posts = wiki.requests.post
    refreshed(wiki, plan, tmp_path)
    assert wiki.requests.post == posts
    assert list(tmp_path.iterdir()) == []


VALUES = st.sampled_from((BAD, GOOD, "MIT", "cc by 4.0", "CC0", ""))
LEVELS = st.sampled_from(("Idée", "Prototype", "Essai"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    licence=VALUES,
    level=LEVELS,
    wanted=VALUES,
    wanted_level=LEVELS,
    by_rule=st.booleans(),
)
def test_whatever_people_did_each_change_is_accounted_for_and_what_is_kept_applies(
    tmp_path_factory: pytest.TempPathFactory,
    licence: str,
    level: str,
    wanted: str,
    wanted_level: str,
    by_rule: bool,
) -> None:
    wiki, state = ModelWiki(), tmp_path_factory.mktemp("state")
    wiki.edit("Alix", HAIES, text())
    plan = mended(wiki) if by_rule else asked(wiki, f"licence={wanted}", f"niveau={wanted_level}")
    wiki.edit("Lou", HAIES, text(licence, level))
    found = refreshed(wiki, plan, state)
    settled = sum(not note.open for note in found.notes) - found.recomputed
    assert sum(numbers(found)) + settled == plan.changes
    page = wiki.page(HAIES)
    for edit in found.plan.edits:
        assert not rebase(page, edit, wiki.syntax).clashes
        assert len(edit.changes) == found.kept + found.recomputed
    again = refreshed(wiki, found.plan, state)
    assert numbers(again) == (found.plan.changes, 0, 0, 0)
