from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.overviews.support import MAPPING, MORNING, collection, member, numbers, rows, well_made
from wikibot.overviews import Member, Section
from wikibot.overviews.completeness import completeness, expected, missing
from wikibot.overviews.glance import glance
from wikibot.overviews.settings import settings_of, shown_types

_COMMUN = MAPPING.page_type("commun")
assert _COMMUN is not None
COMMUN = _COMMUN
WANTED = ("resume", "defis", "niveau", "montant", "debut", "annee", "ouvert", "referent", "equipe")


def section(*members: Member) -> Section:
    found = glance(collection(*members))
    assert found is not None
    well_made(found)
    return found


def test_what_counts_are_required_fields_and_those_at_a_glance() -> None:
    assert expected(COMMUN) == WANTED
    assert completeness(COMMUN, {"resume", "defis", "niveau"}) == 3 / 9
    assert completeness(COMMUN, set(WANTED)) == 1
    assert completeness(COMMUN, {"texte"}) == 0


def test_where_the_mapping_asks_for_nothing_all_fields_count() -> None:
    line = MAPPING.page_type("ligne")
    assert line is not None
    assert expected(line) == ("poste",)
    assert expected(line.model_copy(update={"overview": None})) == ("poste", "somme")


def test_required_fields_that_are_missing_lead() -> None:
    found = missing(COMMUN, {"niveau", "montant", "debut", "annee", "ouvert"})
    assert [field.id for field in found] == ["defis", "resume", "equipe", "referent"]


def test_a_page_is_shown_with_its_fields_and_what_it_lacks() -> None:
    page = member(
        "Haies",
        resume="Des haies.",
        defis=["Eau", "Air"],
        niveau="Idée",
        montant="12 000 €",
        debut="1er mars 2026",
        annee="2024",
        ouvert="oui",
        also_filled=["equipe"],
        edited=datetime(2026, 2, 1, 23, 30, tzinfo=UTC),
    )
    table = section(page).table("glance_commun")
    assert [column.kind for column in table.columns] == [
        *("page", "text", "words", "text", "amount", "date", "text", "flag", "text"),
        *("share", "text", "date"),
    ]
    (row,) = rows(table, *(column.id for column in table.columns))
    assert row == (
        *("Haies", "Des haies.", ("Eau", "Air"), "Idée", 12000, None, "2024", True, None),
        *(8 / 9, "Référente, Début (à corriger)", date(2026, 2, 1)),
    )
    assert table.note is not None
    assert "Résumé, Défis, Niveau" in table.note.fr
    assert "« Début (à corriger) »" in table.note.fr


def test_a_table_without_slips_does_not_speak_of_them() -> None:
    table = section(member("Haies", debut="2026-03-01", annee="12")).table("glance_commun")
    assert rows(table, "debut", "annee") == [(date(2026, 3, 1), 12)]
    assert table.note is not None
    assert "à corriger" not in table.note.fr


def test_a_month_or_a_year_alone_is_no_slip() -> None:
    pages = (member("Haies", debut="2026-03"), member("Mares", debut="2026-03-02"))
    table = section(*pages).table("glance_commun")
    assert table.columns[table.column("debut")].kind == "text"
    assert rows(table, "debut") == [("2026-03",), ("2026-03-02",)]
    assert "corriger" not in repr(table)


def test_fields_that_are_held_back_count_as_filled() -> None:
    table = section(member("Haies", also_filled=WANTED)).table("glance_commun")
    assert rows(table, "complete", "missing") == [(1.0, "")]


def test_the_types_are_told_with_their_pages_entries_and_mean_completeness() -> None:
    found = section(
        member("Haies", also_filled=WANTED),
        member("Mares", niveau="Idée", edited=MORNING.replace(day=9)),
        member("Haies", "ligne", 0, poste="Plants"),
        member("Haies", "ligne", 1),
        member("Tour", "visite", objet="Voir", also_filled=["etat"]),
        member("Zoé Exemple", "personne", role="Essai"),
    )
    table = found.table("types")
    assert rows(table, "type", "pages", "entries", "complete", "complete_pages", "edited") == [
        ("Commun", 2, None, (1 + 1 / 9) / 2, 1, date(2026, 3, 9)),
        ("Ligne de budget", 1, 2, 0.5, 1, date(2026, 3, 2)),
        ("Visite", 1, None, 1.0, 1, date(2026, 3, 2)),
    ]
    assert "Zoé" not in repr(found)


def test_entries_of_a_page_have_a_row_each() -> None:
    table = section(
        member("Haies", "ligne", 0, poste="Plants"), member("Haies", "ligne", 1, poste="Pelle")
    ).table("glance_ligne")
    assert rows(table, "page", "entry", "poste") == [("Haies", 1, "Plants"), ("Haies", 2, "Pelle")]


def test_each_field_that_not_all_pages_fill_is_told_with_how_many_do_the_emptiest_first() -> None:
    table = section(
        member("Haies", niveau="Idée", also_filled=["courriel", "equipe"]), member("Mares")
    ).table("filled_commun")
    labels = [f.label.fr for f in COMMUN.fields]
    filled = numbers(table, "field", "filled")
    assert [*filled] == sorted(labels, key=lambda label: (filled[label], labels.index(label)))
    assert {name for name, number in filled.items() if number} == {"Niveau", "Courriel", "Équipe"}
    assert dict(rows(table, "field", "needed"))["Défis"] == "obligatoire"


def test_a_page_type_that_says_nothing_is_shown_by_its_kinds_but_not_its_persons() -> None:
    visit = MAPPING.page_type("visite")
    person = MAPPING.page_type("personne")
    assert visit is not None
    assert person is not None
    settings = settings_of(visit, MAPPING)
    assert (settings.glance, settings.counts) == (("objet", "etat", "cout"), ("etat",))
    assert (settings.amount, settings.amount_by, settings.place) == ("cout", "etat", "ou")
    nothing = settings_of(person, MAPPING)
    assert not (nothing.glance or nothing.counts or nothing.near_by)


def test_what_a_mapping_says_is_not_added_to() -> None:
    assert settings_of(COMMUN, MAPPING) is COMMUN.overview


def test_parts_of_a_page_follow_it_whatever_their_number() -> None:
    lines = [member("Haies", "ligne", i, poste="Plants") for i in range(3)]
    found = shown_types(collection(member("Tour", "visite", objet="Voir"), *lines, member("Haies")))
    assert [each.page_type.id for each in found] == ["commun", "ligne", "visite"]
    alone = shown_types(collection(member("Tour", "visite", objet="Voir"), *lines))
    assert [each.page_type.id for each in alone] == ["visite", "ligne"]


def test_members_are_not_changed_by_being_shown() -> None:
    page = member("Haies", niveau="Idée")
    before = replace(page)
    section(page)
    assert page == before


def test_a_wiki_of_persons_alone_has_nothing_to_show() -> None:
    assert glance(collection(member("Zoé Exemple", "personne", role="Essai"))) is None
