"""Page types around territories: programmes, support, diagnoses, learning communities."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import wikibot
from tests.mapping.test_demo_pages import FILES, MAPPING, calls_on, pages_of, type_of
from tests.mapping.test_types_of_commons import labels, page_type, vocabulary
from wikibot.mapping import Field
from wikibot.title import FRENCH, Title
from wikibot.value import split

PAGES = [
    "programme", "territoire_pilote", "sous_chantier", "accompagnement", "diagnostic",
    "communaute", "experience",
]  # fmt: skip
TYPES = [*PAGES, "question"]
NEW_PAGES = [title for type_id in PAGES for title in pages_of(type_id)]
INSTRUCTIVE = FRENCH.parse("Agglomération de Sainte-Exemple")
TEAM = ["elu", "agent", "operateur", "agent_etat"]
STATES = ["À venir", "En cours", "En pause", "Terminée", "Sans objet"]


def fields(type_id: str) -> dict[str, Field]:
    return {f.id: f for f in page_type(type_id).fields}


def required(type_id: str, how: str) -> list[str]:
    return [f.id for f in page_type(type_id).fields if f.required == how]


def values(title: Title, field_id: str) -> tuple[str, ...]:
    """Return the values of a field of a page (of the call that is no part of another)."""
    found = fields(type_of(title).id)[field_id]
    (call,) = [c for pt, c in calls_on(title) if pt.part_of is None]
    parameter = call.parameters.get(found.parameter)
    if parameter is None:
        return ()
    return split(parameter.value, found.separator) if found.many else (parameter.value,)


def one(title: Title, field_id: str) -> str:
    (value,) = values(title, field_id)
    return value


def headings(type_id: str) -> dict[str, str]:
    return {f.heading.fr: f.id for f in page_type(type_id).fields if f.heading}


# --- programmes of pilot territories ---


def test_a_pilot_territory_goes_through_five_phases_each_in_a_state() -> None:
    phases = [f for f in page_type("territoire_pilote").fields if f.id.startswith("phase_")]
    assert [f.label.fr for f in phases] == [
        "Diagnostic du territoire", "Tronc commun", "Approfondissement en sous-groupes",
        "Accompagnement territorialisé", "Session conclusive",
    ]  # fmt: skip
    assert {f.vocabulary for f in phases} == {"etats_phase"}
    assert labels("etats_phase") == STATES


@pytest.mark.parametrize(
    ("typed", "state"),
    [("terminé", "Terminée"), ("a venir", "À venir"), ("Achevée", "Terminée"), ("plus tard", None)],
)
def test_a_state_is_meant_by_what_people_write(typed: str, state: str | None) -> None:
    term = vocabulary("etats_phase").meant_by(typed)
    assert (term.label if term else None) == state


def test_the_team_of_a_territory_has_one_member_of_each_category_of_actors() -> None:
    team = [fields("territoire_pilote")[field_id] for field_id in TEAM]
    assert {(f.kind, f.pages_of, f.many) for f in team} == {("page", "personne", False)}
    assert [f.label.fr for f in team] == labels("categories_acteurs")


def test_eight_modules_have_a_name_and_those_that_organise_the_path_get_theirs() -> None:
    modules = vocabulary("modules")
    assert modules.open
    kinds = Counter(term.note.fr.split(" ")[0] for term in modules.terms if term.note)
    assert kinds == {"Thématique": 3, "Transverse": 5}
    assert len(labels("volets_parcours")) == 2
    assert labels("familles_modules") == ["Thématique", "Transverse", "Organisation"]


def test_the_programme_of_the_demo_has_its_territories_and_its_twelve_sub_projects() -> None:
    (programme,) = pages_of("programme")
    territories, projects = pages_of("territoire_pilote"), pages_of("sous_chantier")
    for page in (*territories, *projects):
        assert one(page, "programme") == str(programme)
    assert one(programme, "territoires_prevus") == str(len(territories))
    assert one(programme, "participants_prevus") == str(len(TEAM) * len(territories))
    assert Counter((one(p, "volet"), one(p, "famille")) for p in projects) == {
        ("À destination des territoires", "Thématique"): 3,
        ("À destination des territoires", "Transverse"): 5,
        ("Conditions de réalisation du parcours", "Organisation"): 4,
    }
    named = [one(p, "module") for p in projects]
    assert len(set(named)) == 12
    assert set(labels("modules")) <= set(named)


def test_no_one_is_in_the_team_of_two_territories() -> None:
    everybody = [p for t in pages_of("territoire_pilote") for f in TEAM for p in values(t, f)]
    assert len(set(everybody)) == len(everybody) == 11


# --- support and diagnosis ---


def test_support_starts_from_one_of_six_situations() -> None:
    scenarios = vocabulary("scenarios_accompagnement")
    assert len(scenarios.terms) == 6
    assert scenarios.terms[0].label == "Devenir allié"
    assert not scenarios.open
    assert required("accompagnement", "error") == ["territoire", "scenario"]
    assert len(labels("competences_accompagnement")) == 9


def test_a_diagnosis_asks_twenty_questions_each_of_which_the_store_can_compare() -> None:
    questions = vocabulary("questions_diagnostic")
    assert len(questions.terms) == 20
    assert not questions.open
    for term in questions.terms:
        assert term.label.endswith(" ?")
        assert len(term.label) <= 72
        assert term.note is not None


def test_answers_stand_several_on_the_page_of_their_diagnosis() -> None:
    question = page_type("question")
    assert (question.part_of, question.repeats) == ("diagnostic", True)
    assert (question.form, question.part_of, question.category) == (None, "diagnostic", None)
    assert required("question", "error") == ["question"]
    assert len(labels("niveaux_diagnostic")) == 5


def test_the_diagnosis_of_the_demo_answers_every_question_once_in_the_order_of_the_list() -> None:
    (diagnosis,) = pages_of("diagnostic")
    answers = [call.parameters for pt, call in calls_on(diagnosis) if pt.id == "question"]
    assert [a["question"].value for a in answers] == labels("questions_diagnostic")
    assert {a["niveau"].value for a in answers} == set(labels("niveaux_diagnostic"))
    assert all(a["reponse"].value for a in answers)


def test_an_answer_without_evidence_is_one_that_is_still_to_be_looked_into() -> None:
    (diagnosis,) = pages_of("diagnostic")
    for pt, call in calls_on(diagnosis):
        if pt.id == "question" and "preuve" not in call.parameters:
            assert call.parameters["niveau"].value == "À explorer"


# --- learning communities and experiences ---


def test_there_are_three_kinds_of_learning_communities_and_the_demo_has_one_of_each() -> None:
    assert labels("types_communaute") == ["De territoires", "Thématique", "Méthodologique"]
    kinds = [one(title, "type") for title in pages_of("communaute")]
    assert sorted(kinds) == sorted(labels("types_communaute"))
    assert len(labels("visees_communaute")) == 3


def test_an_experience_is_told_in_the_three_steps_of_the_cycle_in_their_order() -> None:
    steps = {name: first for name, first in headings("experience").items() if "Étape" in name}
    assert steps == {
        "Étape 1 : la mise en récit": "contexte",
        "Étape 2 : la capitalisation": "circonstanciel",
        "Étape 3 : la diffusion": "communautes",
    }
    ids = list(fields("experience"))
    assert ids.index("circonstanciel") + 1 == ids.index("structurel")


def test_principles_are_sentences_and_so_a_comma_does_not_part_them() -> None:
    for type_id in ("communaute", "experience"):
        assert fields(type_id)["principes"].separator == ";"
    sentences = [p for title in pages_of("experience") for p in values(title, "principes")]
    assert any("," in sentence for sentence in sentences)


def test_experiences_territories_and_communities_are_indexed_by_the_same_issues() -> None:
    indexed = [
        f"{pt.id}.{f.id}"
        for pt in MAPPING.page_types
        for f in pt.fields
        if f.vocabulary == "enjeux"
    ]
    assert set(indexed) == {
        "communaute.enjeux",
        "experience.enjeu_principal",
        "experience.enjeux_lies",
        "territoire_pilote.enjeux",
    }
    assert not vocabulary("enjeux").open


def test_one_experience_leads_to_another_by_an_issue_that_is_not_its_own() -> None:
    main = {title: one(title, "enjeu_principal") for title in pages_of("experience")}
    assert len(set(main.values())) == len(main) == 4
    for title, issue in main.items():
        related = values(title, "enjeux_lies")
        assert len(related) >= 4
        assert issue not in related
        others = {i for t in main if t != title for i in (main[t], *values(t, "enjeux_lies"))}
        assert others & set(related)


# --- all of them ---


@pytest.mark.parametrize("type_id", TYPES)
def test_every_field_has_a_property_and_a_simple_parameter(type_id: str) -> None:
    found = page_type(type_id)
    assert found.about is not None
    for f in found.fields:
        assert f.property is not None
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", f.parameter)


@pytest.mark.parametrize("type_id", TYPES)
def test_pages_are_named_by_page_type(type_id: str) -> None:
    for f in page_type(type_id).fields:
        assert (f.pages_of is not None) == (f.kind == "page"), f.id
        assert (f.pages_of is None) == (f.listed_as is None), f.id


def test_a_list_of_pages_holds_those_of_one_field_only() -> None:
    named = Counter(f.property for pt in MAPPING.page_types for f in pt.fields if f.property)
    lists = [f for type_id in TYPES for f in page_type(type_id).fields if f.listed_as]
    assert [f.property for f in lists if f.property and named[f.property] > 1] == []
    shown = [
        (f.pages_of, f.listed_as.fr) for pt in MAPPING.page_types for f in pt.fields if f.listed_as
    ]
    assert len(set(shown)) == len(shown)


def test_few_fields_are_errors_when_they_are_empty() -> None:
    assert {type_id: required(type_id, "error") for type_id in TYPES} == {
        "programme": ["annee"],
        "territoire_pilote": [],
        "sous_chantier": ["programme"],
        "accompagnement": ["territoire", "scenario"],
        "diagnostic": ["territoire", "date"],
        "communaute": ["type"],
        "experience": ["enjeu_principal"],
        "question": ["question"],
    }


# --- their demo pages ---


def test_the_demo_has_as_many_pages_of_each_as_the_story_needs() -> None:
    assert {type_id: len(pages_of(type_id)) for type_id in PAGES} == {
        "programme": 1, "territoire_pilote": 3, "sous_chantier": 12, "accompagnement": 2,
        "diagnostic": 1, "communaute": 3, "experience": 4,
    }  # fmt: skip


@pytest.mark.parametrize("title", NEW_PAGES, ids=str)
def test_a_demo_page_fills_what_is_required_in_the_order_of_the_form(title: Title) -> None:
    text = FILES[title].read_text(encoding="utf-8")
    assert text.count("\n}}") == len(calls_on(title))  # no template but those of the mapping
    for found, call in calls_on(title):
        filled = list(call.parameters)
        assert filled == [name for name in found.order if name in filled]
        assert all(parameter.value for parameter in call.parameters.values())
        missing = {f.id for f in found.fields if f.required and f.parameter not in filled}
        assert missing == ({"agent_etat"} if title == INSTRUCTIVE else set())


@pytest.mark.parametrize("title", NEW_PAGES, ids=str)
def test_every_page_that_a_demo_page_names_is_there(title: Title) -> None:
    for f in type_of(title).fields:
        for name in values(title, f.id) if f.pages_of else ():
            page = FRENCH.parse(name)
            assert page in FILES, f"{f.id}: {name}"
            assert type_of(page).id == f.pages_of
            assert page != title
    for name in re.findall(r"\[\[([^]|]+)", FILES[title].read_text(encoding="utf-8")):
        assert FRENCH.parse(name) in FILES, name


def test_the_demo_pages_are_clean_but_one_that_has_something_to_learn_from(tmp_path: Path) -> None:
    wikibot.write_demo(tmp_path / "demo")
    wiki = wikibot.open_wiki(tmp_path / "demo")
    found = {
        title: sorted(f.rule for f in wikibot.check([wiki.page(str(title))], MAPPING, wiki))
        for title in NEW_PAGES
    }
    assert {title: rules for title, rules in found.items() if rules} == {
        INSTRUCTIVE: ["REQ101", "VOC102", "VOC102"]
    }
