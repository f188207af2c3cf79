"""The fields of a page, as the mapping reads its calls."""

from __future__ import annotations

from datetime import UTC, datetime

from wikibot.edits import records_of
from wikibot.mapping import load_mapping
from wikibot.page import Page, Revision
from wikibot.title import FRENCH
from wikibot.wikitext import FRENCH_WIKI

MAPPING = load_mapping("resilience")


def page(text: str) -> Page:
    return Page(1, FRENCH.parse("Essai"), Revision(7, 0, datetime(2026, 1, 2, tzinfo=UTC)), text)


def records(text: str):  # type: ignore[no-untyped-def]
    return records_of(page(text), MAPPING, FRENCH_WIKI)


def test_a_field_is_read_with_its_items_and_its_wikitext() -> None:
    (record,) = records("{{Ressource\n|Tags=eau, sols <!-- à revoir -->\n|licence=CC&#48;\n}}")
    assert record["tags"].items == ("eau", "sols")
    assert record["tags"].wikitext == "eau, sols"
    assert record["licence"].text == "CC0"
    assert record["licence"].wikitext == "CC&#48;"


def test_absent_and_empty_are_the_same() -> None:
    (record,) = records("{{Ressource\n|Tags=\n}}")
    for name in ("tags", "licence"):
        assert (record[name].text, record[name].items, record[name].is_empty) == ("", (), True)


def test_a_placeholder_is_as_good_as_nothing() -> None:
    (record,) = records("{{Ressource|Main_Picture=No-image-yet.jpg}}")
    assert record["image"].is_empty
    assert record["image"].text


def test_an_old_name_of_a_parameter_is_read_and_written_under_that_name() -> None:
    (record,) = records("{{Ressource\n|license=cc by sa\n}}")
    found = record["licence"]
    assert found.text == "cc by sa"
    assert record.change(found, "CC0").parameter == "license"


def test_where_two_names_stand_the_one_with_a_value_counts() -> None:
    (record,) = records("{{Ressource\n|licence=\n|license=CC0\n}}")
    assert record["licence"].text == "CC0"


def test_every_call_of_a_known_template_is_a_record_counted_by_its_name() -> None:
    found = records("{{Ressource}} {{Autre}} {{Actionable|SUMMARY=x}} {{Modèle:ressource}}")
    assert [(r.page_type.id, r.index) for r in found] == [
        ("commun", 0),
        ("action", 0),
        ("commun", 1),
    ]


def test_a_change_that_adds_a_parameter_knows_the_forms_order() -> None:
    (record,) = records("{{Ressource}}")
    change = record.change(record["licence"], "CC0")
    order = record.page_type.order
    assert change.old == ""
    assert change.after == order[: order.index("licence")]
    assert record.change(record["licence"], "").after == change.after


def test_rich_text_is_left_as_wikitext() -> None:
    (record,) = records("{{Ressource|description=Voir [[Page|ici]] &amp; là}}")
    assert record["description"].text == "Voir [[Page|ici]] &amp; là"


def test_fields_are_given_by_what_they_hold() -> None:
    (record,) = records(
        "{{Ressource\n|Tags=eau, sols\n|competence recherchée=[[X]], Y\n|licence=CC0\n"
        "|description=Voir {{Boîte}}.\n|Main_Picture=No-image-yet.jpg\n|chat=\n}}"
    )
    ids = [found.field.id for found in record.written]
    assert ids == [f.id for f in record.page_type.fields if f.id in ids]
    assert {"tags", "licence", "description", "image"} <= set(ids)
    assert "chat" not in ids
    assert [found.field.id for found in record.filled(frozenset({"file"}))] == []
    assert [found.field.id for found in record.filled(frozenset({"term", "longtext"}))] == [
        found.field.id for found in record.written if found.field.kind in ("term", "longtext")
    ]
    assert record.filled(frozenset({"url"})) == ()
    assert "tags" in [found.field.id for found in record.plain_lists]
    assert all(found.is_plain for found in record.plain_lists)
    assert [
        (f.field.id, v.id, odd) for f, v, odd in record.odd_terms if f.field.id == "licence"
    ] == [("licence", "licences", ("CC0",))]


def test_a_record_of_some_fields_holds_the_same_in_them() -> None:
    here = page("{{Ressource\n|Tags=eau\n|licence=CC0\n|license=MIT\n}}")
    (whole,) = records_of(here, MAPPING, FRENCH_WIKI)
    only = {each.id: each.fields[::3] for each in MAPPING.page_types}
    (part,) = records_of(here, MAPPING, FRENCH_WIKI, only)
    assert part.values == {f.id: whole.values[f.id] for f in whole.page_type.fields[::3]}
