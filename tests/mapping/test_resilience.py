"""The mapping that ships: what it says of the wiki, and what it must not claim."""

from __future__ import annotations

import pytest

from wikibot.mapping import Field, PageType, Vocabulary, fold, load_mapping

MAPPING = load_mapping("resilience")

# Seen in use on the wiki, by the configuration of a public reader of its commons.
PROVEN = """
shortDescription description Main_Picture Tags Theme location complement challenge
commonscategorie url from
"""
ASSUMED = """
organisations contributeurs communs_proches needs competences licence niveau candidat
candidature referent referent_ademe montant details_financement details_sobriete
details_impacts complement_auto realisation chat
"""
FROM_THE_SIBLING_WIKI = ["Titre", "Coordonnées géo", "communauté d'intérêt"]


def page_type(type_id: str) -> PageType:
    found = MAPPING.page_type(type_id)
    assert found is not None
    return found


def vocabulary(vocabulary_id: str) -> Vocabulary:
    return next(v for v in MAPPING.vocabularies if v.id == vocabulary_id)


COMMUN, ACTION = page_type("commun"), page_type("action")
LICENCES, DEFIS = vocabulary("licences"), vocabulary("defis")


def commun(parameter: str) -> Field:
    found = COMMUN.field_of(parameter)
    assert found is not None
    return found


def meant(text: str, terms: Vocabulary) -> str | None:
    term = terms.meant_by(text)
    return term.label if term else None


def test_a_commons_has_a_field_for_each_parameter_and_no_other() -> None:
    assert sorted(COMMUN.order) == sorted(
        [*PROVEN.split(), *ASSUMED.split(), *FROM_THE_SIBLING_WIKI]
    )


def test_only_parameters_seen_on_the_wiki_are_verified() -> None:
    verified = [f.parameter for pt in MAPPING.page_types for f in pt.fields if f.verified]
    assert sorted(verified) == sorted(PROVEN.split())


def test_a_verified_field_has_no_other_name() -> None:
    assert not [f.id for f in COMMUN.fields if f.verified and f.parameter_aliases]


def test_only_properties_with_a_page_on_the_wiki_are_named() -> None:
    named = {f.parameter: f.property for f in COMMUN.fields if f.property}
    assert named == {"complement": "Complement", "complement_auto": "Complement auto"}


def test_every_field_tells_its_name_and_its_use_in_both_languages() -> None:
    for kind in MAPPING.page_types:
        for language in ("fr", "en"):
            labels = [getattr(f.label, language) for f in kind.fields]
            assert len(set(labels)) == len(labels)
        assert all(f.help is not None for f in kind.fields)


def test_a_page_without_a_licence_is_an_error_and_few_other_fields_are_missed() -> None:
    assert [f.id for f in COMMUN.fields if f.required == "error"] == ["licence"]
    missed = [f.id for f in COMMUN.fields if f.required == "warning"]
    assert missed == [
        "description_courte", "description", "contributeurs", "defis", "image", "referent",
    ]  # fmt: skip


def test_long_texts_are_wikitext_and_lists_are_not() -> None:
    for kind in MAPPING.page_types:
        assert all(f.wikitext == (f.kind == "longtext") for f in kind.fields)
        assert not [f.id for f in kind.fields if f.many and f.wikitext]


def test_the_fields_of_a_commons_say_what_their_values_are() -> None:
    assert commun("shortDescription").max_length == 200
    assert commun("montant").kind == "amount"
    assert commun("chat").kind == "url"
    assert commun("Coordonnées géo").kind == "coordinates"
    assert commun("Theme").vocabulary == commun("competences").vocabulary == "themes"
    assert commun("candidature").same_as == commun("candidat").id
    assert "No-image-yet.jpg" in commun("Main_Picture").placeholders
    assert commun("license") is commun("licence")


def test_a_template_is_known_by_either_name() -> None:
    assert MAPPING.type_of("Ressource") is MAPPING.type_of("Commun") is COMMUN
    assert MAPPING.type_of("Actionable") is ACTION


def test_an_action_has_the_parameters_of_the_form_in_its_order() -> None:
    assert ACTION.namespace == 690
    assert ACTION.order == (
        "SUMMARY", "ACTION_STATUS", "DUE_DATE", "ASSIGNED_TO", "LABEL", "RELATED_ARTICLE",
        "DETAILS", "RESOLUTION",
    )  # fmt: skip


@pytest.mark.parametrize("terms", MAPPING.vocabularies, ids=lambda terms: terms.id)
def test_every_spelling_leads_to_its_own_term_however_it_is_typed(terms: Vocabulary) -> None:
    for term in terms.terms:
        for spelling in (term.label, *term.aliases, *filter(None, (term.code,))):
            for typed in (spelling, spelling.upper(), fold(spelling), f" {spelling} "):
                assert terms.meant_by(typed) is term, typed


@pytest.mark.parametrize("terms", MAPPING.vocabularies, ids=lambda terms: terms.id)
def test_no_alias_says_again_what_folding_finds(terms: Vocabulary) -> None:
    for term in terms.terms:
        folded = [fold(s) for s in (term.label, *term.aliases)]
        assert len(set(folded)) == len(folded), term.label


@pytest.mark.parametrize(
    "text",
    [
        "CC BY-SA 4.0",
        "cc-by-sa 4.0",
        "CC-BY-SA-4.0",
        "CC BY-SA 4",
        "cc by sa 4.0",
        "Creative Commons BY-SA 4.0",
        "Licence Creative Commons BY-SA 4.0",
        "Creative Commons Attribution - Partage dans les Mêmes Conditions 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    ],
)
def test_the_many_names_of_one_licence_lead_to_the_wikis_own(text: str) -> None:
    assert meant(text, LICENCES) == "Creative Commons BY SA 4.0"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("CC BY-SA", "Creative Commons BY SA 4.0"),
        ("cc by sa", "Creative Commons BY SA 4.0"),
        ("Attribution - Partage dans les Mêmes Conditions", "Creative Commons BY SA 4.0"),
        ("CC BY-SA-NC", "Creative Commons BY NC SA 4.0"),
        ("Licence Etalab", "Licence Ouverte 2.0 (Etalab)"),
    ],
)
def test_a_licence_without_its_version_is_hinted_at_and_never_taken_for_granted(
    text: str, label: str
) -> None:
    assert LICENCES.meant_by(text) is None
    assert LICENCES.nearest(text)[0] == label


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Licence MIT", "MIT"),
        ("ODbL", "ODbL-1.0"),
        ("Licence Ouverte / Etalab 2.0", "etalab-2.0"),
        ("GPLv3", "GPL-3.0-only"),
        ("GPLv3+", "GPL-3.0-or-later"),
        ("gpl-3.0+", "GPL-3.0-or-later"),
        ("CERN OHL v2 - S", "CERN-OHL-S-2.0"),
        ("CC0", "CC0-1.0"),
    ],
)
def test_a_licence_is_known_by_what_people_call_it(text: str, code: str) -> None:
    term = LICENCES.meant_by(text)
    assert term is not None
    assert term.code == code


@pytest.mark.parametrize(
    "text",
    [
        "Open Source",
        "Creative Commons",
        "CC",
        "GPL",
        "AGPL",
        "BSD",
        "CeCILL",
        "CERN OHL",
        "Licence libre",
        "Licence ouverte",
        "Domaine public",
        "CC BY-SA 3.0",
    ],
)
def test_what_names_no_single_licence_maps_to_none(text: str) -> None:
    assert LICENCES.meant_by(text) is None


def test_a_vague_licence_gets_suggestions() -> None:
    assert set(LICENCES.nearest("GPL", limit=2)) == {"GNU GPL 3.0", "GNU GPL 3.0 ou ultérieure"}
    assert "Creative Commons BY SA 4.0" in LICENCES.nearest("Creative Commons")
    assert LICENCES.nearest("Creative Comons BY SA")[0] == "Creative Commons BY SA 4.0"


def test_a_licence_is_open_unless_it_forbids_commerce_or_change() -> None:
    for term in LICENCES.terms:
        assert term.code is not None
        assert term.url is not None
        assert term.open is not ("-NC" in term.code or "-ND" in term.code)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Alimentation et agriculture", "C- Alimentation et agriculture"),
        ("B- Alimentation et agriculture", "Alimentation et agriculture (défi 2021)"),
        ("Planification et aménagement urbain", "B- Planification et aménagement urbain"),
        ("D- Îlots de chaleur urbains", "Ilots de chaleur urbains (défi 2021)"),
        ("Mobilité et logistique", "E- Mobilités et logistiques"),
        ("Modèles économiques", "4- Modèle économique"),
        ("mise en recits", "2- Mise en récits"),
        ("2-“Objectifs et Diagnostic”", "Objectifs et Diagnostic (défi 2021)"),
        ("B", None),
        ("D", None),
        ("Défi B", None),
        ("C- Planification et aménagement urbain", None),
    ],
)
def test_a_challenge_is_known_by_its_name_and_never_by_its_letter(
    text: str, label: str | None
) -> None:
    assert meant(text, DEFIS) == label


def test_each_challenge_is_of_one_call() -> None:
    assert {(t.since, t.until) for t in DEFIS.terms} == {(2023, None), (2021, 2021)}
    assert sum(t.since == 2023 for t in DEFIS.terms) == 10
    for term in DEFIS.terms:
        assert ("(défi 2021)" in term.label) == (term.until == 2021)


def test_an_old_challenge_is_replaced_only_by_one_of_the_same_subject() -> None:
    assert {t.label: t.replaced_by for t in DEFIS.terms if t.replaced_by} == {
        "Connaissance - Ressources (défi 2021)": "1- Connaissances - Ressources",
        "Alimentation et agriculture (défi 2021)": "C- Alimentation et agriculture",
        "Mobilité (défi 2021)": "E- Mobilités et logistiques",
    }


def test_a_label_that_was_not_seen_on_the_wiki_says_so() -> None:
    unseen = [t.label for t in DEFIS.terms if t.note]
    assert "Energie et réseaux" in unseen
    assert "Objectifs et Diagnostic (défi 2021)" not in unseen
    assert len(unseen) == 7


def test_themes_are_paths_that_name_their_parent() -> None:
    for term in vocabulary("themes").terms:
        parent, slash, _ = term.label.rpartition("/")
        assert term.parent == (parent if slash else None)


@pytest.mark.parametrize("text", ["A faire", "À faire", "Label:À faire", "label:a_faire"])
def test_a_column_is_meant_with_or_without_prefix_and_accent(text: str) -> None:
    assert meant(text, vocabulary("action_labels")) == "Label:A faire"
