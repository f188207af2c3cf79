from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.overviews.support import collection, kept, member, numbers, rows, well_made
from wikibot.overviews import Member, Section, Table
from wikibot.overviews.counts import counts


def table(field: str, *members: Member) -> Table:
    section = counts(collection(*members))
    assert section is not None
    well_made(section)
    return section.table(f"counts_commun_{field}")


def test_a_value_is_counted_once_for_each_page_that_holds_it() -> None:
    found = table(
        "niveau",
        member("Haies", niveau="Idée"),
        member("Mares", niveau="Essai"),
        member("Talus", niveau="Essai"),
        member("Bocage"),
    )
    assert rows(found, "value", "pages", "share", "named") == [
        ("Essai", 2, 0.5, ("Mares", "Talus")),
        ("Idée", 1, 0.25, ("Haies",)),
        ("(sans valeur)", 1, 0.25, ("Bocage",)),
    ]
    assert found.total is not None
    assert found.total[1:3] == (4, 1.0)


def test_where_pages_hold_several_values_no_total_is_told_and_the_note_says_why() -> None:
    found = table("defis", member("Haies", defis=["Eau", "Air"]), member("Mares", defis="Eau"))
    assert numbers(found) == {"Eau": 2, "Air": 1, "Terre": 0}
    assert found.total is None
    assert found.note is not None
    assert "ne s'additionnent pas" in found.note.fr
    assert "2 pages" in found.note.fr


def test_terms_without_a_page_are_shown_but_not_those_out_of_use() -> None:
    found = numbers(table("defis", member("Haies", defis="Eau")))
    assert found["Terre"] == 0
    assert "Feu (ancien)" not in found
    assert numbers(table("defis", member("Haies", defis="Feu (ancien)")))["Feu (ancien)"] == 1


def test_of_an_open_vocabulary_only_what_pages_hold_is_shown() -> None:
    assert numbers(table("niveau", member("Haies", niveau="Idée"))) == {"Idée": 1}


def test_what_the_vocabulary_does_not_know_is_told_apart_and_comes_last() -> None:
    found = table(
        "niveau",
        member("Haies", niveau="Rêve"),
        member("Mares", niveau="Rêve"),
        member("Talus", niveau="Essai"),
    )
    assert rows(found, "value", "in_vocabulary") == [("Essai", True), ("Rêve", False)]
    assert found.note is not None
    assert "ne prévoit pas" in found.note.fr


def test_a_broad_term_counts_the_pages_of_all_below_it_once() -> None:
    found = table(
        "themes",
        member("Haies", themes=["Vivant/Arbres/Haies", "Vivant/Arbres", "Ville"]),
        member("Mares", themes=["Vivant"]),
        member("Talus", themes=["Vivant/Arbres/Haies", "Vivant/Mousses"]),
    )
    assert rows(found, "value", "pages", "own", "depth") == [
        ("Vivant", 3, 1, 0),
        ("Vivant/Arbres", 2, 1, 1),
        ("Vivant/Arbres/Haies", 2, 2, 2),
        ("Vivant/Mousses", 1, 1, 1),
        ("Ville", 1, 1, 0),
        ("Ville/Rues", 0, 0, 1),
    ]
    assert found.depth == "depth"
    assert found.total is None


def test_free_words_that_differ_in_case_and_accents_count_together_as_most_spell_them() -> None:
    found = table(
        "tags",
        member("Haies", tags=["Eau de pluie", "eau de pluie"]),
        member("Mares", tags=["eau de pluie"]),
        member("Talus", tags=["Eau-de-pluie", "C++", "C"]),
    )
    assert numbers(found) == {"eau de pluie": 3, "C": 1, "C++": 1}


def test_answers_are_counted_as_yes_and_no_however_they_are_written() -> None:
    found = table(
        "ouvert",
        member("Haies", ouvert="oui"),
        member("Mares", ouvert="Vrai"),
        member("Talus", ouvert="non"),
        member("Bocage", ouvert="peut-être"),
    )
    assert numbers(found) == {"Oui": 2, "Non": 1, "peut-être": 1}


def test_numbers_come_in_their_own_order() -> None:
    years = ["2024", "2023", "2024", "bientôt"]
    found = table("annee", *(member(f"P{i}", annee=year) for i, year in enumerate(years)))
    assert rows(found, "value", "pages") == [("2023", 1), ("2024", 2), ("bientôt", 1)]


def test_pages_are_named_only_where_they_are_few() -> None:
    few = [member(f"A{i:02}", niveau="Idée") for i in range(10)]
    many = [member(f"B{i:02}", niveau="Essai") for i in range(11)]
    found = dict(rows(table("niveau", *few, *many), "value", "named"))
    assert found == {"Essai": None, "Idée": tuple(each.title for each in few)}


def test_of_a_page_with_several_entries_each_entry_counts() -> None:
    section = counts(
        collection(
            member("Haies", "ligne", 0, poste="Plants"),
            member("Haies", "ligne", 1, poste="Plants"),
            member("Mares", "ligne", 0, poste="Pelle"),
        )
    )
    assert section is not None
    found = section.table("counts_ligne_poste")
    assert rows(found, "value", "pages", "named") == [
        ("Plants", 2, ("Haies",)),
        ("Pelle", 1, ("Mares",)),
    ]
    assert found.columns[1].label.fr == "Entrées"
    assert found.note is not None
    assert "3 entrées" in found.note.fr


def test_persons_are_not_counted_even_where_they_are_told() -> None:
    section = counts(collection(member("Haies", referent="Zoé Exemple", niveau="Idée")))
    assert section is not None
    assert "Zoé" not in repr(section)


def test_a_field_that_nobody_fills_has_no_table() -> None:
    assert counts(collection(member("Haies", resume="Des haies."))) is None
    assert counts(collection()) is None


LEVELS = st.sampled_from(["Idée", "Essai", "Usage", "Rêve", "Autre chose"])
THEMES = st.sampled_from(
    ["Vivant", "Vivant/Arbres", "Vivant/Arbres/Haies", "Ville", "Ville/Rues", "Ville/Parcs", "Mer"]
)
PAGES = st.lists(
    st.tuples(st.none() | LEVELS, st.lists(THEMES, max_size=4, unique=True)),
    min_size=1,
    max_size=30,
)


def made(pages: list[tuple[str | None, list[str]]]) -> list[Member]:
    return [
        member(f"P{i:03}", **kept(niveau=level, themes=themes))
        for i, (level, themes) in enumerate(pages)
    ]


def tables(members: list[Member]) -> dict[str, Table]:
    section = counts(collection(*members))
    if section is None:
        return {}
    well_made(section)
    return {each.id: each for each in section.tables}


@given(PAGES)
def test_of_single_values_nothing_is_lost_and_nothing_counted_twice(
    pages: list[tuple[str | None, list[str]]],
) -> None:
    found = tables(made(pages)).get("counts_commun_niveau")
    expected = Counter(level or "(sans valeur)" for level, _ in pages)
    assert (numbers(found) if found else {"(sans valeur)": len(pages)}) == expected
    if found:
        assert found.total is not None
        assert sum(numbers(found).values()) == found.total[1] == len(pages)


@given(PAGES)
def test_a_branch_counts_the_union_of_the_pages_below_it(
    pages: list[tuple[str | None, list[str]]],
) -> None:
    found = tables(made(pages)).get("counts_commun_themes")
    if found is None:
        assert not any(themes for _, themes in pages)
        return
    for value, number in numbers(found).items():
        if value != "(sans valeur)":
            below = [p for _, p in pages if any(t == value or t.startswith(f"{value}/") for t in p)]
            assert number == len(below), value
    held = sum(bool(themes) for _, themes in pages)
    assert held + numbers(found).get("(sans valeur)", 0) == len(pages)


@given(PAGES, st.randoms(use_true_random=False))
def test_numbers_do_not_depend_on_the_order_in_which_pages_are_read(
    pages: list[tuple[str | None, list[str]]], chance: random.Random
) -> None:
    members = made(pages)
    mixed = members.copy()
    chance.shuffle(mixed)
    before, after = tables(members), tables(mixed)
    assert before.keys() == after.keys()
    for table_id in before:
        assert rows(before[table_id], "value", "pages", "share") == rows(
            after[table_id], "value", "pages", "share"
        )


def test_a_section_says_what_it_is_about() -> None:
    section = counts(collection(member("Haies", niveau="Idée")))
    assert isinstance(section, Section)
    assert (section.id, section.heading.fr) == ("counts", "Décomptes")
    assert section.tables[0].label.fr == "Commun : Niveau"
