"""Templates, forms and properties, each case in `cases/`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.discovery.support import NAMES
from wikibot.discovery.form_page import read_form
from wikibot.discovery.property_page import read_property, read_value_list
from wikibot.discovery.template_page import read_template
from wikibot.title import FRENCH

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    with (CASES / f"{name}.toml").open("rb") as file:
        return [pytest.param(case, id=case["name"]) for case in tomllib.load(file)["case"]]


@pytest.mark.parametrize("case", cases("templates"))
def test_a_template_tells_its_parameters(case: dict[str, Any]) -> None:
    found = read_template("Lieu", case["text"], FRENCH).parameters
    assert [p.name for p in found] == [wanted["name"] for wanted in case["parameters"]]
    for parameter, wanted in zip(found, case["parameters"], strict=True):
        assert list(parameter.aliases) == wanted.get("aliases", [])
        assert list(parameter.properties) == wanted.get("properties", [])
        assert parameter.separator == wanted.get("separator")
        assert parameter.default == wanted.get("default", "")
        assert list(parameter.choices) == wanted.get("choices", [])
        assert sorted(parameter.uses) == wanted.get("uses", [])
        assert [list(p) for p in parameter.passed] == wanted.get("passed", [])
        assert parameter.label == wanted.get("label", "")
        assert parameter.conditional == wanted.get("conditional", False)
        assert (parameter.told is not None) == ("told" in wanted)


@pytest.mark.parametrize("case", cases("forms"))
def test_a_form_tells_its_fields(case: dict[str, Any]) -> None:
    (part,) = read_form("Lieu", case["text"], FRENCH).templates
    assert [f.parameter for f in part.fields] == [wanted["parameter"] for wanted in case["fields"]]
    for field, wanted in zip(part.fields, case["fields"], strict=True):
        for key in ("label", "input_type", "default", "help"):
            assert getattr(field, key) == wanted.get(key, ""), key
        for key in ("mandatory", "many", "restricted", "hidden", "closed"):
            assert getattr(field, key) == wanted.get(key, False), key
        assert field.separator == wanted.get("separator", ",")
        assert list(field.values) == wanted.get("values", [])
        assert list(field.values_from or ()) == wanted.get("values_from", [])
        assert list(field.shown_when) == wanted.get("shown_when", [])
        assert field.max_length == wanted.get("max_length")


@pytest.mark.parametrize("case", cases("properties"))
def test_a_property_tells_its_type(case: dict[str, Any]) -> None:
    found = read_property("P", case["text"], NAMES)
    assert found.datatype == case.get("datatype")
    assert list(found.allowed) == case.get("allowed", [])
    assert list(found.lists) == case.get("lists", [])
    assert list(found.units) == case.get("units", [])
    assert found.redirect == case.get("redirect")
    for key in ("label_fr", "label_en", "help_fr"):
        assert getattr(found, key) == case.get(key, "")


def test_a_form_of_several_templates_keeps_them_apart() -> None:
    form = read_form(
        "Lieu",
        "{{{info|page name=Lieu/<Lieu[nom]>}}}{{{for template|lieu}}}{{{field|nom}}}"
        "{{{field|equipe|holds template}}}{{{end template}}}"
        "{{{for template|Membre|multiple|label='''L'équipe'''|embed in field=Lieu[equipe]}}}"
        "{{{field|nom}}}{{{end template}}}{{{section|Notes|level=2}}}{{{standard input|save}}}",
        FRENCH,
    )
    assert [(t.name, t.multiple, t.label) for t in form.templates] == [
        ("Lieu", False, ""),
        ("Membre", True, "L'équipe"),
    ]
    assert form.templates[1].embedded_in == ("Lieu", "equipe")
    assert [[f.parameter for f in t.fields] for t in form.templates] == [["nom", "equipe"], ["nom"]]
    assert (form.sections, form.page_name) == (("Notes",), "Lieu/<Lieu[nom]>")


def test_a_template_tells_its_categories_and_where_it_leads() -> None:
    page = read_template(
        "Lieu", "{{{a}}}[[Catégorie:Lieu]][[Category:{{{a}}}]][[:Catégorie:X]]", FRENCH
    )
    assert page.categories == ("Lieu",)
    assert read_template("Place", "#REDIRECTION [[Modèle:lieu]]", FRENCH).redirect == "Lieu"


def test_documentation_on_a_page_of_its_own_counts() -> None:
    data = '<templatedata>{"params": {"a": {"label": "Le a"}}}</templatedata>'
    (parameter,) = read_template("Lieu", "{{{a}}}", FRENCH, data).parameters
    assert parameter.told is not None and parameter.told.label is not None
    assert parameter.told.label.fr == "Le a"


def test_three_hundred_allowed_values_are_all_read() -> None:
    values = [f"Commune n° {n}" for n in range(300)]
    text = "[[A le type::Texte]]" + "".join(f"* [[Valeur possible::{v}]]\n" for v in values)
    assert list(read_property("Commune", text, NAMES).allowed) == values


def test_a_list_of_values_has_one_a_line() -> None:
    assert read_value_list("Les couleurs\n* rouge\n* bleu|Bleu\n* rouge\n") == ("rouge", "bleu")
