"""Answers recorded from a real Semantic MediaWiki (4.2, in French), where they are at hand."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from wikibot.errors import QueryRefused
from wikibot.title import Title
from wikibot.wiki.semantic import (
    BooleanValue,
    CoordinatesValue,
    DateValue,
    EmailValue,
    Facts,
    Improper,
    Listed,
    Malformed,
    MonolingualValue,
    NumberValue,
    PageValue,
    QuantityValue,
    RecordValue,
    Subject,
    TelephoneValue,
    TemperatureValue,
    TextValue,
    UnreadValue,
    UriValue,
    Value,
    datatype_of,
    read_browsed,
    read_facts,
    read_info,
    read_listed,
    refusal,
)

RECORDED = Path(__file__).resolve().parents[3].parent / "shared" / "recordings"
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason="the recordings are not here")


def names(*patterns: str) -> list[str]:
    found = {str(f.relative_to(RECORDED)) for p in patterns for f in RECORDED.glob(p)}
    return sorted(name.removesuffix(".json") for name in found)


def sent(name: str) -> Any:
    return json.loads((RECORDED / f"{name}.json").read_text("utf-8"))["response"]


def listed(name: str) -> Listed:
    return read_listed(sent(name))


def facts(name: str) -> Facts:
    return read_facts(sent(name))


def values_in(found: Listed | Facts) -> list[Value]:
    if isinstance(found, Facts):
        inner = [value for part in found.subobjects for value in values_in(part)]
        return inner + [value for p in found.properties for value in p.values]
    return [value for subject in found.subjects for p in subject for value in p.values]


# What the wiki refused: the code, or a part of its words where it sends no code.
REFUSED = {
    "ask_debug": "internal_api_error_Error",
    "ask_error_bad_date_value": "tiret superflu",
    "ask_error_bad_number_value": "n’est pas un nombre",
    "ask_error_bad_subquery": "n’a pas été comprise",
    "ask_error_empty_query": "missingparam",
    "ask_error_only_printouts": "une condition vide",
    "ask_error_too_deep": "[[Commun.Commun.Licence::MIT]]",
    "ask_error_too_many_conditions": "[[Tags::X8]], [[Tags::X9]]",
    "ask_error_unclosed": "Certaines paires «\u202f[[\u202f»",
    "ask_missing_query_param": "missingparam",
    "ask_readapidenied_private_wiki": "readapidenied",
    "askargs_error_missing_conditions": "missingparam",
    "browsebysubject_missing_param": "missingparam",
    "smwbrowse_error_bad_json": "smw-api-invalid-parameters",
    "smwbrowse_error_bad_type": "badvalue",
}
LISTS = [n for n in names("ask_*.json", "askargs_*.json", "actions/ask_*.json") if n not in REFUSED]
FACTS = [
    n
    for n in names(
        "browsebysubject_*.json", "actions/browsebysubject_*.json", "smwbrowse_subject*.json"
    )
    if n not in REFUSED
]
# How many subjects, and where the next part begins.
COUNTS = {
    "ask_OR": (19, None),
    "ask_any_value": (7, None),
    "ask_boolean_english": (3, 3),
    "ask_category_limit5": (5, 5),
    "ask_category_limit5_api_version_3": (5, 5),
    "ask_category_no_limit_default50": (50, 50),
    "ask_continue_page1_offset0": (25, 25),
    "ask_continue_page2_offset25": (25, 50),
    "ask_continue_page3_offset50": (12, None),
    "ask_count": (0, None),
    "ask_every_datatype": (1, None),
    "ask_error_value_not_allowed": (0, None),
    "ask_geo_near": (4, None),
    "ask_limit0": (0, None),
    "ask_limit600_of_700_subobjects": (600, 600),
    "ask_limit_over_max": (62, None),
    "ask_mainlabel_dash": (3, 3),
    "ask_no_result": (0, None),
    "ask_offset_over_max": (10, 10),
    "ask_offset_past_end": (0, None),
    "ask_unknown_property": (0, None),
    "askargs_api_version_3": (2, 2),
    "askargs_basic": (3, 3),
    "askargs_continue": (3, 6),
}


def test_nothing_that_was_recorded_is_left_out() -> None:
    assert set(COUNTS) <= set(LISTS)
    assert set(REFUSED) <= set(names("*.json"))
    assert len(LISTS) >= 80 and len(FACTS) >= 20


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_whole_and_every_value_understood(name: str) -> None:
    found, answer = listed(name), sent(name)
    assert len(found.subjects) == answer["query"]["meta"]["count"]
    assert (found.offset, found.following) == (
        *(answer["query"]["meta"]["offset"], answer.get("query-continue-offset")),
    )
    told = [r["label"] for r in answer["query"]["printrequests"] if r["mode"] != 2]
    for subject in found.subjects:
        assert [p.label for p in subject] == list(dict.fromkeys(told))
    assert not [value for value in values_in(found) if isinstance(value, UnreadValue)]


@pytest.mark.parametrize("name", COUNTS)
def test_a_list_counts_right(name: str) -> None:
    found = listed(name)
    assert (len(found.subjects), found.following) == COUNTS[name]


@pytest.mark.parametrize("name", FACTS)
def test_facts_are_read_whole_and_every_value_understood(name: str) -> None:
    found, query = facts(name), sent(name)["query"]
    assert [p.key for p in found.properties] == [entry["property"] for entry in query["data"]]
    assert [len(p.values) for p in found.properties] == [len(e["dataitem"]) for e in query["data"]]
    assert len(found.subobjects) == len(query.get("sobj", ()))
    assert len(found.improper) == len(found["_ERRC"])
    assert not [value for value in values_in(found) if isinstance(value, UnreadValue)]


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_told(name: str) -> None:
    answer = sent(name)
    found = refusal(answer)
    assert found is not None
    assert REFUSED[name] in (found.code, *found.words) or REFUSED[name] in " ".join(found.words)
    for read in (read_listed, read_facts, read_browsed, read_info):
        with pytest.raises(QueryRefused if found.code == "smw-query" else Malformed):
            read(answer)


def every_datatype(subject: Subject) -> None:
    page, user, section = subject["Référent"]
    assert isinstance(page, PageValue)
    assert (page.title.namespace, page.exists, str(page).count(" ")) == (0, False, 1)
    assert user == PageValue(Title(2, "BotCommuns"), "", True)
    assert section == PageValue(Title(0, "Page inexistante"), "Section", False)
    assert subject["Description courte"] == subject["Statut"] == ()
    assert subject["Licence"] == (TextValue("Autre"),)
    assert subject["Montant aide"] == tuple(map(NumberValue, (41320, 37500.5, -12)))
    assert subject["Date de dépôt"] == (DateValue(2023, 11, 23),)
    assert subject["Dernière réunion"] == (DateValue(2024, 3, 5, 14, 30, 0.0, "0"),)
    assert subject["Échéance"] == (DateValue(2026),)
    assert subject["Date de réalisation"] == (DateValue(2025, 3),)
    assert subject["Candidat sélectionné"] == (BooleanValue(True),)
    assert subject["Localisation"] == (CoordinatesValue(43.6112, 3.8767),)
    assert subject["Site web"] == (UriValue("https://exemple.example.org/chemin?x=1&y=é#ancre"),)
    assert subject["Courriel"] == (EmailValue("bot@exemple.example.org"),)
    assert subject["Téléphone"] == (TelephoneValue("+33-4-67-00-00-00"),)
    assert subject["Titre traduit"] == (
        MonolingualValue("Types de données", "fr"),
        MonolingualValue("Data types", "en"),
    )
    assert subject["Surface"] == (QuantityValue(434, "km²"), QuantityValue(12, "km²"))
    assert subject["Identifiant dossier"] == (TextValue("AAC-2023-017", "_eid"),)
    assert subject["Mot-clé"] == (TextValue("Résilience", "_keyw"),)
    assert subject["Extrait de code"] == (TextValue('{"a": 1}', "_cod"),)
    (temperature,) = subject["Température été 2050"]
    assert isinstance(temperature, TemperatureValue) and temperature.celsius == 41.0
    assert subject["Référence web"] == (
        UriValue("http://www.w3.org/2001/XMLSchema#string", "_anu"),
    )
    (line,), (reference,) = subject["Ligne de financement"], subject["Cote"]
    assert isinstance(line, RecordValue) and str(line) == "Animation; 4720"
    assert isinstance(reference, RecordValue) and str(reference) == "Cote BnF; 2023-11-23"
    assert reference.datatype == "_ref_rec"
    assert subject["Modification date"] == (DateValue(2026, 11, 22, 14, 33, 18.0, "0"),)
    assert len(subject["Processing error"]) == 3


@pytest.mark.parametrize(
    "name",
    [
        *("ask_every_datatype", "ask_every_datatype_api_version_2"),
        *("ask_every_datatype_api_version_3", "ask_every_datatype_formatversion1"),
    ],
)
def test_every_datatype_in_every_version(name: str) -> None:
    (subject,) = listed(name).subjects
    assert (str(subject.title), subject.exists) == ("Types de données", True)
    every_datatype(subject)


@pytest.mark.parametrize(
    "name",
    [
        *("browsebysubject_every_datatype_with_subobjects", "browsebysubject_type_json"),
        *("smwbrowse_subject", "smwbrowse_subject_type_json"),
    ],
)
def test_both_ways_of_asking_tell_the_same(name: str) -> None:
    (subject,) = listed("ask_every_datatype").subjects
    datatypes = {p.key: p.datatype for p in subject}
    known = read_facts(sent(name), datatypes=datatypes)
    for printout in subject:
        if printout.datatype in ("_wpg", "__sob", "_wpp", "_qty", "_rec", "_ref_rec"):
            continue  # browsing knows no units, and whether a page exists
        assert Counter(known[printout.key]) == Counter(printout.values), printout.label
    assert [str(page) for page in known["Référent"]] == [str(p) for p in subject["Référent"]]
    assert known["Surface"] == (QuantityValue(12, ""), QuantityValue(434, ""))
    (line,) = known["Ligne de financement"]
    assert isinstance(line, RecordValue) and line["Poste"] == (TextValue("Animation"),)
    assert known.improper == (
        Improper("Nombre_de_contributeurs", "smw_nofloat", ("beaucoup",)),
        Improper(
            "Statut",
            "smw-constraint-error-allows-value-list",
            ("Peut-être", "A faire, En cours, Fait", "Statut"),
        ),
        Improper("Échéance", "smw-datavalue-time-invalid-date-components-dash", ("pas une date",)),
    )


def test_the_parts_of_a_list_follow_each_other() -> None:
    parts = [
        listed(f"ask_continue_page{n}_offset{offset}") for n, offset in ((1, 0), (2, 25), (3, 50))
    ]
    titles = [str(subject) for part in parts for subject in part.subjects]
    assert len(set(titles)) == len(titles) == 62
    assert [(part.offset, part.following) for part in parts] == [(0, 25), (25, 50), (50, None)]


def test_an_offset_too_great_is_silently_the_first_one() -> None:
    again = listed("ask_offset_over_max")
    assert (again.offset, again.following) == (0, 10)


def test_english_names_on_a_french_wiki() -> None:
    (first, _) = listed("ask_english_aliases").subjects
    assert first["Modification date"] == first["Date de modification"] == first["_MDAT"]
    assert {str(page) for page in first["Category"]} >= {"Catégorie:Commun"}


def test_subobjects_and_labels() -> None:
    first = listed("ask_subobjects").subjects[0]
    assert (first.title.name, first.fragment) == (
        *("Atlas de la biodiversité communale partagé", "_30f1042e6b33430f133c3dc2f064df2e"),
    )
    assert first["Montant HT"] == (NumberValue(13000),)
    many = listed("ask_limit600_of_700_subobjects").subjects
    assert str(many[-1]) == "Sept cents sous-objets#n0599"
    (chained, *_) = listed("ask_property_chain").subjects
    assert chained["Licence"] == (TextValue("MIT"),)
    assert [type(value) for value in chained["ref"]] == [PageValue]
    (named, *_) = listed("ask_mainlabel_named").subjects
    assert named["Sous licence"] == named["Licence"]
    (bare, *_) = listed("ask_mainlabel_dash").subjects
    assert (str(bare), bare.exists) == ("Atlas de la biodiversité communale partagé", None)
    (kept, *_) = listed("ask_category_printout").subjects
    assert kept["Commun"] == (BooleanValue(True),)


def test_a_property_page_tells_its_type_and_values() -> None:
    by_title = facts("browsebysubject_property_page_by_prefixed_title")
    assert by_title == facts("browsebysubject_property_page")
    assert by_title.subject.title == Title(102, "Licence")
    assert datatype_of(str(by_title["A le type"][0])) == "_txt"
    allowed = [str(value) for value in by_title["Valeur possible"]]
    assert (len(allowed), allowed[5]) == (9, "MIT")


def test_a_missing_page_is_a_page_of_which_nothing_is_known() -> None:
    assert facts("browsebysubject_missing_page").nothing_known
    assert not facts("browsebysubject_category_page").nothing_known


def test_a_page_by_its_display_title() -> None:
    found = listed("actions/ask_meta").subjects[0]
    assert (found.title, found.displaytitle) == (*(Title(690, "19"), "Action avec une date vide"),)


def test_lists_of_what_there_is() -> None:
    properties = {e.key: e for e in read_browsed(sent("smwbrowse_property")).entries}
    assert (properties["_MDAT"].uses, properties["_MDAT"].special) == (150, True)
    assert properties["Date_de_dépôt"].label == "Date de dépôt"
    assert [e.label for e in read_browsed(sent("smwbrowse_category")).entries] == ["Commun"]
    assert read_browsed(sent("smwbrowse_concept")).entries == ()
    (page,) = read_browsed(sent("smwbrowse_page")).entries
    assert (page.label, page.namespace) == ("Vélo-cargo en plans ouverts", 0)
    assert len(read_browsed(sent("smwbrowse_psubject")).entries) == 9
    assert [e.label for e in read_browsed(sent("smwbrowse_pvalue")).entries] == [
        *("Creative Commons BY 4.0", "Creative Commons BY SA 4.0"),
    ]
    assert len(read_browsed(sent("smwbrowse_pvalue_all")).entries) == 7
    everything = read_browsed(sent("browsebyproperty_all"))
    assert (len(everything.entries), everything.following) == (10, 10)
    assert read_browsed(sent("browsebyproperty_one")).entries[0].uses == 33
    assert read_browsed(sent("browsebyproperty_unknown")).entries == ()


def test_counts() -> None:
    info = read_info(sent("smwinfo_all"))
    assert (info.counts["propcount"], info.counts["errorcount"]) == (2629, 3)
    assert (info.formats, info.jobs) == ({"count": 96, "table": 32}, {})
    assert read_info(sent("smwinfo_default")).counts == {
        **{"propcount": 2629, "usedpropcount": 65, "declaredpropcount": 49}
    }
