"""What a page says, taken to pieces."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.edits.contents import Contents, Passage, contents_of, derived_by
from wikibot.mapping import load_mapping
from wikibot.page import Page, Revision
from wikibot.title import FRENCH, Namespaces
from wikibot.wikitext import FRENCH_WIKI, Syntax

MAPPING = load_mapping("resilience")


def contents(text: str, title: str = "Haies") -> Contents:
    revision = Revision(7, 0, datetime(2026, 1, 2, tzinfo=UTC))
    return contents_of(Page(1, FRENCH.parse(title), revision, text), MAPPING, FRENCH_WIKI)


def passages(text: str) -> list[Passage]:
    return list(contents(text).passages[1:])  # but the title


def links(text: str) -> list[tuple[str, str, str | None]]:
    return [
        (f"{each.namespace}:{each.name}", each.how, each.field) for each in contents(text).links
    ]


def test_fields_are_read_as_the_mapping_reads_them_a_list_value_by_value() -> None:
    text = "{{Commun|Tags=eau, sols <!-- ? -->\n|licence=CC&#48;\n|autre=Oui|niveau=}}"
    assert passages(text) == [
        ("Commun", 0, "licence", 0, "CC0"),
        ("Commun", 0, "tags", 0, "eau"),
        ("Commun", 0, "tags", 1, "sols"),
        ("Commun", 0, "|autre", 0, "Oui"),
    ]


def test_calls_of_a_template_are_counted_and_the_text_beside_is_one_passage() -> None:
    text = "Avant {{Ressource|niveau=Idée}} entre {{Ressource|licence=MIT}} [[Mares|après]]."
    assert passages(text) == [
        ("Ressource", 0, "niveau", 0, "Idée"),
        ("Ressource", 1, "licence", 0, "MIT"),
        (None, 0, "text", 0, "Avant entre après."),
    ]


def test_the_title_comes_first_without_its_namespace() -> None:
    assert contents("", "Action:7").passages == ((None, 0, "title", 0, "7"),)


def test_each_link_is_told_once_with_the_field_in_which_it_stands() -> None:
    text = (
        "{{Ressource|communs_proches=Mares, [[Talus]], Mares|description=Voir [[Fossés|là]]"
        "|Main_Picture=Haie.jpg|licence=MIT|referent=Alix Imaginaire}}"
        "[[Mares]] [[Catégorie:Commun]] <nowiki>[[Lavoirs]]</nowiki>"
    )
    assert sorted(links(text)) == sorted(
        [
            ("0:Mares", "field", "communs_proches"),
            ("0:Talus", "field", "communs_proches"),
            ("0:Fossés", "field", "description"),
            ("6:Haie.jpg", "field", "image"),
            ("0:MIT", "field", "licence"),
            ("0:Alix Imaginaire", "field", "referent"),
            ("0:Mares", "text", None),
            ("14:Commun", "category", None),
        ]
    )


def test_a_value_that_a_template_makes_names_no_page() -> None:
    assert links("{{Ressource|communs_proches={{Les miens}}|referent=<b>Alix</b>}}") == []


def test_a_redirect_is_told_as_such() -> None:
    assert links("#REDIRECTION [[Mares#Ici]]") == [("0:Mares", "redirect", None)]


def test_of_a_page_that_nobody_can_read_the_words_are_kept() -> None:
    found = contents("des haies " + "{{ " * 30_000)
    assert found.calls == ("",)
    assert [each.value for each in found.passages] == ["Haies", "des haies"]


@pytest.mark.parametrize("around", ["#if:1", "Cadre"])
def test_a_record_within_another_call_is_read(around: str) -> None:
    nested = f"{{{{{around}|{{{{Ressource|niveau=Idée}}}}}}}}"
    assert passages(nested) == [("Ressource", 0, "niveau", 0, "Idée")]


pieces = st.sampled_from(
    ["{{Ressource", "}}", "|", "Tags=", "description=", "a", ",", "[[", "]]", "<!--", "-->", "\n",
     "<nowiki>", "</nowiki>", "communs_proches=", "{{#if:", "{{Cadre|", "Catégorie:", "='"]
)  # fmt: skip


@given(st.lists(pieces, max_size=40).map("".join))
def test_any_page_gives_the_same_twice_and_in_another_process(text: str) -> None:
    found = contents(text)
    assert contents(text) == found
    assert pickle.loads(pickle.dumps(found)) == found
    assert len(set(found.links)) == len(found.links)
    places = [each[:4] for each in found.passages]
    assert len(set(places)) == len(places)


def test_what_it_depends_on_has_a_digest() -> None:
    same = derived_by(load_mapping("resilience"), Syntax())
    assert derived_by(MAPPING, FRENCH_WIKI) == same
    first = MAPPING.page_types[0]
    field = first.fields[0].model_copy(update={"separator": "/"})
    other = first.model_copy(update={"fields": (field, *first.fields[1:])})
    changed = MAPPING.model_copy(update={"page_types": (other, *MAPPING.page_types[1:])})
    assert derived_by(changed, FRENCH_WIKI) != same
    assert derived_by(MAPPING, Syntax(Namespaces(((0, ""),)))) != same
    assert derived_by(MAPPING, Syntax(extension_tags=frozenset({"poem"}))) != same
