from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot import load_mapping, value
from wikibot.edits import records_of
from wikibot.edits.creation import page_text
from wikibot.errors import UnsafeValue
from wikibot.page import Page, Revision
from wikibot.title import FRENCH
from wikibot.wikitext import FRENCH_WIKI, transclusions

MAPPING = load_mapping("resilience")
COMMUN, DIAGNOSTIC, QUESTION = (
    next(t for t in MAPPING.page_types if t.id == type_id)
    for type_id in ("commun", "diagnostic", "question")
)
WRITTEN = [field.id for field in COMMUN.fields if not field.computed]


def page(text: str) -> Page:
    return Page(1, FRENCH.parse("Essai"), Revision(1, 0, datetime(2026, 1, 1, tzinfo=UTC)), text)


def test_the_layout_is_that_of_page_forms_in_the_order_of_the_form_without_empty_ones() -> None:
    values = {"licence": "Creative Commons BY SA 4.0", "titre": "Haies", "tags": "", "chat": " "}
    assert page_text(COMMUN, values) == (
        "{{Ressource\n|Titre=Haies\n|licence=Creative Commons BY SA 4.0\n}}\n"
    )


def test_a_page_without_any_value_is_an_empty_call() -> None:
    assert page_text(COMMUN, {}) == "{{Ressource\n}}\n"


def test_what_repeats_on_a_page_stands_below_it_as_calls_of_its_own() -> None:
    text = page_text(
        DIAGNOSTIC,
        {"territoire": "Haute-Fable"},
        parts=[(QUESTION, {"reponse": "Oui."}), (QUESTION, {"reponse": "Non."})],
    )
    assert text == (
        "{{Diagnostic\n|territoire=Haute-Fable\n}}\n"
        "{{Réponse au diagnostic\n|reponse=Oui.\n}}\n"
        "{{Réponse au diagnostic\n|reponse=Non.\n}}\n"
    )
    kinds = [record.page_type.id for record in records_of(page(text), MAPPING, FRENCH_WIKI)]
    assert kinds == ["diagnostic", "question", "question"]


@pytest.mark.parametrize(
    "unsafe",
    ["une | barre", "{{ouvert", "[[ouvert", "}}", "<!-- ouvert", "a\x07b", "a\r\nb"],
)
def test_a_value_that_would_not_read_back_is_refused(unsafe: str) -> None:
    with pytest.raises(UnsafeValue):
        page_text(COMMUN, {"description": unsafe, "licence": "CC0"})


def test_the_refusal_names_the_field() -> None:
    with pytest.raises(UnsafeValue) as refusal:
        page_text(COMMUN, {"titre": "Haies", "description": "{{ouvert"})
    assert refusal.value.message.fr.startswith("Description : « {{ouvert »")


def test_two_halves_that_only_together_are_closed_are_refused() -> None:
    with pytest.raises(UnsafeValue):
        page_text(COMMUN, {"description_courte": "<nowiki>", "description": "</nowiki>"})
    with pytest.raises(UnsafeValue):
        page_text(
            *(DIAGNOSTIC, {"synthese": "<nowiki>"}), parts=[(QUESTION, {"reponse": "</nowiki>"})]
        )


@pytest.mark.parametrize("field", ["nulle_part", "Titre"])
def test_only_fields_of_the_type_are_written(field: str) -> None:
    with pytest.raises(KeyError, match=field):
        page_text(COMMUN, {field: "x"})


PLAIN = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40
)


@given(st.dictionaries(st.sampled_from(WRITTEN), PLAIN, max_size=6))
def test_every_text_of_a_person_reads_back_as_it_was_typed(typed: dict[str, str]) -> None:
    text = page_text(COMMUN, {name: value.encode(said) for name, said in typed.items()})
    (record,) = records_of(page(text), MAPPING, FRENCH_WIKI)
    for field_id, found in record.values.items():
        said = typed.get(field_id, "")
        if found.field.wikitext:
            assert found.wikitext == value.encode(said)
        else:
            assert found.text == said


PIECES = st.sampled_from(
    [
        *("{{", "}}", "{{{", "[[", "]]", "|", "=", "-{", "}-", "''", "#", "a", "Haies", "{{!}}"),
        *("<nowiki>", "</nowiki>", "<!--", "-->", "<ref>", "</ref>", "<pre>", "{{Ressource"),
        *("\n", " "),
    ]
)
HOSTILE = st.lists(PIECES, max_size=7).map("".join)


@given(st.dictionaries(st.sampled_from(WRITTEN[:4]), HOSTILE, max_size=4))
def test_any_wikitext_reads_back_exactly_or_is_refused(values: dict[str, str]) -> None:
    try:
        text = page_text(COMMUN, values)
    except UnsafeValue:
        return
    call = transclusions(text)[0]
    assert call.span == (0, len(text) - 1)
    expected = {
        field.parameter: values[field.id].strip(value.BLANKS)
        for field in COMMUN.fields
        if values.get(field.id, "").strip(value.BLANKS)
    }
    assert {name: found.value for name, found in call.parameters.items()} == expected
