"""What TemplateData tells, and what of it counts: also where no form and no property is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discovery.support import write_wiki
from wikibot import discover, load_mapping, open_wiki
from wikibot.discovery.template_data import told_by
from wikibot.mapping import Field, Mapping


def block(maps: object, **parameters: dict[str, Any]) -> str:
    data = {"params": parameters or {"a": {}}, "maps": maps}
    return f"<templatedata>\n{json.dumps(data, ensure_ascii=False)}\n</templatedata>"


def discovered(tmp_path: Path, pages: dict[str, str]) -> Mapping:
    discover(open_wiki(write_wiki(tmp_path / "wiki", pages)), tmp_path / "mapping")
    return load_mapping(tmp_path / "mapping")


def lieu(tmp_path: Path, maps: object, others: dict[str, str] | None = None, **a: Any) -> Field:
    """Return the field that the parameter `a` of a template becomes."""
    template = "{{{a|}}}[[Catégorie:Lieu]]<noinclude>" + block({"wikibot": maps}, a=a)
    pages = {"Modèle:Lieu": template, "Ici": "{{Lieu|a=x}}"} | (others or {})
    return discovered(tmp_path, pages).page_types[0].fields[0]


# --- maps of wikibot ---


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("kind:email", {"kind": "email"}),
        ("kind:amount", {"kind": "amount"}),
        ("kind:coordinates", {"kind": "coordinates"}),
        ("kind:longtext", {"kind": "longtext", "wikitext": True}),
        ("list:;", {"kind": "text", "many": True, "separator": ";"}),
        ("list:,", {"kind": "text", "many": True}),
        ("max_length:140", {"kind": "text", "max_length": 140}),
        ("property:Commune", {"kind": "text", "property": "Commune"}),
        ("property:A pour lieu", {"kind": "text", "property": "A pour lieu"}),
    ],
)
def test_what_the_template_maps_for_wikibot_is_proof(
    tmp_path: Path, key: str, wanted: dict[str, object]
) -> None:
    field = lieu(tmp_path, {key: ["a"]})
    found = field.model_dump(exclude_defaults=True, exclude={"id", "label", "parameter"})
    assert found == {**wanted, "verified": True}


def test_the_template_s_page_is_named_as_the_proof_of_the_kind(tmp_path: Path) -> None:
    lieu(tmp_path, {"kind:email": ["a"], "list:;": ["a"]})
    written = (tmp_path / "mapping/page_types/lieu.toml").read_text("utf-8")
    proofs = [line.partition("# ")[2] for line in written.splitlines() if " = " in line]
    assert "supposé" not in written.partition("[[fields]]")[2]
    assert proofs.count("Modèle:Lieu") >= 3  # parameter, kind, list


def test_a_list_of_keywords_is_one(tmp_path: Path) -> None:
    field = lieu(tmp_path, {"list:,": ["a"], "keywords": ["a"]})
    assert (field.many, field.keywords, field.vocabulary) == (True, True, None)


@pytest.mark.parametrize(("maps", "open_"), [({"closed": ["a"]}, False), ({}, True)])
def test_suggested_values_are_all_there_is_only_where_the_template_says_closed(
    tmp_path: Path, maps: dict[str, list[str]], open_: bool
) -> None:
    template = "{{{a|}}}[[Catégorie:Lieu]]<noinclude>" + block(
        {"wikibot": {"kind:term": ["a"], **maps}}, a={"suggestedvalues": ["Ferme", "Jardin"]}
    )
    mapping = discovered(tmp_path, {"Modèle:Lieu": template, "Ici": "{{Lieu|a=x}}"})
    field = mapping.page_types[0].fields[0]
    vocabulary = mapping.vocabulary(field)
    assert field.kind == "term" and vocabulary is not None
    assert [term.label for term in vocabulary.terms] == ["Ferme", "Jardin"]
    assert vocabulary.open is open_


def test_a_kind_that_is_said_is_no_term_though_values_are_suggested(tmp_path: Path) -> None:
    field = lieu(tmp_path, {"kind:boolean": ["a"]}, suggestedvalues=["Oui", "Non"])
    assert (field.kind, field.vocabulary) == ("boolean", None)


def test_a_term_without_any_value_known_is_a_text(tmp_path: Path) -> None:
    assert lieu(tmp_path, {"kind:term": ["a"]}).kind == "text"


def test_the_property_s_page_counts_where_it_says_otherwise_than_the_template(
    tmp_path: Path,
) -> None:
    changed = {"Attribut:Jour": "[[A le type::Date]]"}
    maps = {"kind:email": ["a"], "property:Jour": ["a"]}
    assert lieu(tmp_path, maps, changed).kind == "date"


def test_a_template_says_more_exactly_what_the_property_s_type_leaves_open(tmp_path: Path) -> None:
    pages = {"Attribut:Qui": "[[A le type::Page]]", "Attribut:Prix": "[[A le type::Nombre]]"}
    assert lieu(tmp_path, {"kind:user": ["a"], "property:Qui": ["a"]}, pages).kind == "user"
    maps = {"kind:amount": ["a"], "property:Prix": ["a"]}
    assert lieu(tmp_path / "second", maps, pages).kind == "amount"


def test_what_the_template_s_code_splits_at_counts_before_what_it_says(tmp_path: Path) -> None:
    text = "{{#arraymap:{{{a|}}}|;|@|@}}[[Catégorie:Lieu]]" + block({"wikibot": {"list:,": ["a"]}})
    mapping = discovered(tmp_path, {"Modèle:Lieu": text, "Ici": "{{Lieu|a=x}}"})
    assert mapping.page_types[0].fields[0].separator == ";"


@pytest.mark.parametrize(
    "maps",
    [
        None, [], "x", 3, {"wikibot": None}, {"wikibot": []}, {"wikibot": "kind:date"},
        {"citoid": {"kind:date": ["a"]}},
        {"wikibot": {"kind:date": None}}, {"wikibot": {"kind:date": {"a": 1}}},
        {"wikibot": {"kind:date": [["b"], None, 7, {"a": "a"}]}},
        {"wikibot": {"kind:chaussette": ["a"], "kind:": ["a"], "list:": ["a"], "kind": ["a"]}},
        {"wikibot": {"max_length:": ["a"], "property: ": ["a"], "other": ["a"]}},
        {"wikibot": {"max_length:0": ["a"]}}, {"wikibot": {"max_length:-4": ["a"]}},
        {"wikibot": {"max_length:²": ["a"]}}, {"wikibot": {"max_length:" + "9" * 5000: ["a"]}},
        {"wikibot": {"property:a\nb": ["a"], "list:a\rb": ["a"]}},
    ],
)  # fmt: skip
def test_maps_of_another_shape_tell_nothing(maps: object) -> None:
    assert told_by(block(maps)) == told_by(block({}))
    assert set(told_by(block(maps))) == {"a"}


def test_a_parameter_may_stand_alone_or_in_a_list_of_lists() -> None:
    """As TemplateData itself allows for the consumers it knows."""
    assert told_by(block({"wikibot": {"kind:date": "a"}}))["a"].exact == "date"
    assert told_by(block({"wikibot": {"kind:date": [["a", "b"]]}}))["a"].exact == "date"


def test_of_two_kinds_the_first_counts() -> None:
    told = told_by(block({"wikibot": {"kind:date": ["a"], "kind:url": ["a"]}}))
    assert told["a"].exact == "date"


NAMES = st.sampled_from(["a", "b", "kind:date", "kind:x", "list:,", "list:", "closed", "keywords",
                         "max_length:3", "property:P", "wikibot", "", "\n"])  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_whatever_the_json_holds_it_is_read(data: object, maps: object, order: object) -> None:
    whole = {"params": {"a": data, "b": {}}, "maps": {"wikibot": maps}, "paramOrder": order}
    for value in (data, {"params": data, "maps": maps, "paramOrder": order}, whole):
        told_by(f"<templatedata>{json.dumps(value)}</templatedata>")


def test_a_template_that_speaks_to_wikibot_is_a_page_type_though_nothing_else_tells(
    tmp_path: Path,
) -> None:
    text = "{{{a|}}}" + block({"wikibot": {"kind:text": ["a"]}})
    found = discovered(tmp_path, {"Modèle:Lieu": text, "Modèle:Autre": "{{{a|}}}" + block({})})
    assert [t.template for t in found.page_types] == ["Lieu"]


# --- what TemplateData tells anybody ---


def test_labels_help_aliases_and_obligation_are_taken_over_in_both_languages(
    tmp_path: Path,
) -> None:
    text = "{{{a|}}}[[Catégorie:Lieu]]<noinclude>" + block(
        {},
        a={
            "label": {"fr": "Date d'ouverture", "en": "Opening day"},
            "description": {"fr": "Le premier jour.", "en": "The first day."},
            "type": "date",
            "aliases": ["jour"],
            "suggested": True,
            "default": "hier",
            "example": "2026-01-31",
        },
    )
    field = discovered(tmp_path, {"Modèle:Lieu": text, "X": "{{Lieu|a=b}}"}).page_types[0].fields[0]
    assert (field.label.fr, field.label.en) == ("Date d'ouverture", "Opening day")
    assert field.help is not None
    assert (field.help.fr, field.help.en) == ("Le premier jour.", "The first day.")
    assert (field.kind, field.parameter_aliases, field.required) == ("date", ("jour",), "warning")


WORDS = ["« é »", '"', "'", "\\", "{", "}", "}}", "{ fr = ", "#", "=", "[[x]]", "œ",
         "🌱", "\u00a0", "\u2028", "\u0085", "a", "\t", "'''", '"""', ",", "|", "\x7f",
         "\x00"]  # fmt: skip


@given(*[st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)] * 4)
def test_labels_and_help_survive_being_written_whatever_stands_in_them(
    tmp_path_factory: pytest.TempPathFactory, fr: str, en: str, help_fr: str, help_en: str
) -> None:
    tmp_path = tmp_path_factory.mktemp("words")
    entry = {"label": {"fr": fr, "en": en}, "description": {"fr": help_fr, "en": help_en}}
    text = "{{{a|}}}[[Catégorie:Lieu]]" + block({}, a=entry)
    field = discovered(tmp_path, {"Modèle:Lieu": text, "X": "{{Lieu|a=b}}"}).page_types[0].fields[0]
    told = told_by(text)["a"]
    if told.label is not None and told.label.fr.split() == fr.split():
        assert field.label.fr == " ".join(fr.split())
        assert field.label.en == (" ".join(en.split()) or field.label.fr)
    if told.help is not None and help_fr.split() and help_en.split():
        assert field.help is not None
        assert (field.help.fr, field.help.en) == (
            " ".join(help_fr.split()), " ".join(help_en.split()),
        )  # fmt: skip
