"""Relations: which values occur together, and which pages name which."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot
from tests.overviews.support import collection, figures, member, rows, well_made
from wikibot.mapping import Mapping
from wikibot.overviews import Member, Section
from wikibot.overviews.relations import relations
from wikibot.overviews.together import MOST_PAIRS, pairs_within

RESILIENCE = wikibot.load_mapping("resilience")
COMMUN = RESILIENCE.page_type("commun")
assert COMMUN is not None
TAGS, THEMES = COMMUN.field("tags"), COMMUN.field("themes")
assert TAGS is not None
assert THEMES is not None


def section(*members: Member, mapping: Mapping = RESILIENCE, **more: object) -> Section:
    found = relations(collection(*members, mapping=mapping, **more))
    assert found is not None
    well_made(found)
    return found


class TestValues:
    def test_a_pair_counts_the_pages_that_have_both_values(self) -> None:
        found = section(
            member("A", tags=("eau", "sols")),
            member("B", tags=("sols", "eau", "haies")),
            member("C", tags=("eau",)),
        ).table("together_commun_tags")
        assert rows(found, "one", "other", "both", "with_one", "with_other") == [
            ("eau", "sols", 2, 3, 2),
        ]
        assert found.note is not None
        assert "2 paires" in found.note.fr, "of a single page each"

    def test_the_share_is_that_of_the_pages_with_one_or_the_other(self) -> None:
        found = section(
            *(member(name, tags=("eau", "sols")) for name in "AB"),
            member("C", tags="sols"),
            member("D", tags="eau"),
        ).table("together_commun_tags")
        assert rows(found, "share") == [(2 / 4,)]

    def test_values_that_never_part_have_a_share_of_one(self) -> None:
        found = section(member("A", tags=("eau", "sols")), member("B", tags=("eau", "sols")))
        assert rows(found.table("together_commun_tags"), "share") == [(1.0,)]

    def test_a_theme_and_one_that_it_is_a_part_of_are_no_pair(self) -> None:
        assert THEMES is not None
        themes = ("Général", "Général/Enjeux", "Général/Approches", "Vulnérabilités")
        found = pairs_within([member("A", themes=themes)], "themes", RESILIENCE.vocabulary(THEMES))
        assert ("Général", "Général/Enjeux") not in found
        assert ("Général/Approches", "Général/Enjeux") in found
        assert ("Général/Enjeux", "Vulnérabilités") in found
        assert len(found) == 4

    def test_two_lists_are_held_against_each_other(self) -> None:
        found = section(
            member("A", defis=("Gouvernance",), themes=("Vulnérabilités", "Général")),
            member("B", defis=("Gouvernance",), themes=("Général",)),
        ).table("together_commun_defis_themes")
        assert rows(found, "one", "other", "both") == [
            ("Gouvernance", "Général", 2),
        ]

    def test_the_grid_shows_the_same_numbers_as_the_list(self) -> None:
        found = section(
            member("A", tags=("eau", "sols", "haies")), member("B", tags=("eau", "sols"))
        )
        grid, listed = found.table("together_commun_tags_grid"), found.table("together_commun_tags")
        labels = {column.label.fr: place for place, column in enumerate(grid.columns)}
        by_name = {row[0]: row for row in grid.rows}
        for one, other, both in rows(listed, "one", "other", "both"):
            assert by_name[one][labels[str(other)]] == both
            assert by_name[other][labels[str(one)]] == both
        assert by_name["eau"][labels["eau"]] is None

    def test_what_single_pages_bring_together_is_nothing_to_tell(self) -> None:
        found = section(member("A", tags=("eau", "sols", "haies"), communs_proches="B"))
        assert [table.id for table in found.tables if table.id.startswith("together")] == []

    def test_a_long_list_is_cut_and_says_so(self) -> None:
        many = tuple(f"mot {n}" for n in range(30))
        found = section(member("A", tags=many), member("B", tags=many)).table(
            "together_commun_tags"
        )
        assert len(found.rows) == MOST_PAIRS
        assert found.note is not None
        assert "300 paires sur 435" in found.note.fr.replace("\u00a0", " ")

    @given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), max_size=12))
    def test_pairs_are_those_of_a_plain_count(self, lists: list[list[str]]) -> None:
        members = [member(f"P{n}", tags=tuple(tags)) for n, tags in enumerate(lists)]
        plain = Counter(pair for tags in lists for pair in combinations(sorted(set(tags)), 2))
        assert pairs_within(members, "tags", None) == plain
        assert pairs_within(reversed(members), "tags", None) == plain


class TestLinks:
    def test_who_names_whom_and_whether_it_is_mutual(self) -> None:
        found = section(
            member("A", communs_proches=("B", "C")),
            member("B", communs_proches="A"),
            member("C"),
        )
        assert rows(found.table("links"), "page", "names", "mutual", "strength") == [
            ("A", "B", True, 2),
            ("B", "A", True, 2),
            ("A", "C", False, 1),
        ]
        assert figures(found) == {"links": 3, "mutual": 1, "linked": 3}

    def test_a_field_that_asks_for_nothing_back_is_not_called_one_sided(self) -> None:
        found = section(member("A", communaute_interet="Les riverains")).table("links")
        assert rows(found, "mutual") == [(None,)]

    def test_redirects_are_followed_and_no_page_names_itself(self) -> None:
        found = section(
            member("A", communs_proches=("Ancien B", "A", "Ancien A")),
            member("B"),
            redirects={"Ancien B": "B", "Ancien A": "A"},
        )
        assert rows(found.table("links"), "page", "names") == [("A", "B")]

    def test_pages_that_nobody_names_are_told(self) -> None:
        found = section(member("A", communs_proches="B"), member("B"), member("C"))
        assert rows(found.table("unnamed_commun"), "page", "names") == [("A", 1), ("C", 0)]

    def test_actions_are_no_pages_of_the_graph(self) -> None:
        report = member("CR du 3 mars", "compte_rendu", communs="A", actions="Action:1")
        assert rows(section(member("A"), report).table("links"), "names") == [("A",)]

    def test_the_most_named_lead(self) -> None:
        found = section(
            member("A", communs_proches="C"), member("B", communs_proches="C"), member("C")
        )
        assert rows(found.table("connected"), "page", "named_by", "names") == [
            ("C", 2, 0),
            ("A", 0, 1),
            ("B", 0, 1),
        ]

    def test_persons_are_never_among_the_links(self) -> None:
        found = section(
            member("A", referent="Alix Imaginaire", contributeurs=("Noor Essai",), tags=("x", "y"))
        )
        cells = [cell for table in found.tables for row in table.rows for cell in row]
        assert "Alix Imaginaire" not in cells
        assert "Noor Essai" not in cells


def test_a_wiki_without_lists_and_links_has_no_such_section() -> None:
    assert relations(collection(mapping=RESILIENCE)) is None


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_members_changes_nothing(order: int) -> None:
    members = [
        member("A", tags=("eau", "sols"), communs_proches="B"),
        member("B", tags=("sols", "eau", "haies"), communs_proches="C"),
        member("C", tags=("haies",)),
    ]
    assert section(*members[::order]).tables == section(*members).tables
