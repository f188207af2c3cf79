"""Pages near each other: by what few pages share, the same from either side, and told why."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot
from tests.overviews.support import collection, member, rows, well_made
from wikibot.overviews import Member, Section
from wikibot.overviews.near import near
from wikibot.overviews.nearness import Vectors, nearest, vectors_of
from wikibot.overviews.words import Words

RESILIENCE = wikibot.load_mapping("resilience")
COMMUN = RESILIENCE.page_type("commun")
assert COMMUN is not None
BY = ("tags", "defis", "description")
WORDS = ("haie", "sol", "crue", "cantine", "navette", "semence", "chaleur", "bocage")


def vectors(members: list[Member]) -> Vectors:
    assert COMMUN is not None
    return vectors_of(members, COMMUN, BY)


def members_of(lists: list[tuple[list[str], list[str]]]) -> list[Member]:
    return [
        member(f"P{n:02}", tags=tuple(tags), description=" ".join(words))
        for n, (tags, words) in enumerate(lists)
    ]


some = st.lists(
    st.tuples(
        st.lists(st.sampled_from("abcde"), max_size=4), st.lists(st.sampled_from(WORDS), max_size=8)
    ),
    min_size=2,
    max_size=14,
).map(members_of)


class TestNearest:
    @given(some, st.integers(1, 4))
    def test_the_nearest_are_those_of_comparing_all_with_all(
        self, members: list[Member], most: int
    ) -> None:
        found = vectors(members)
        for one, near_ones in enumerate(nearest(found, most)):
            scores = sorted(
                (-found.score(one, other), other)
                for other in range(len(members))
                if other != one and found.score(one, other) > 0
            )
            assert [(-n.score, n.place) for n in near_ones] == scores[:most]

    @given(some)
    def test_it_is_the_same_from_either_side_and_never_more_than_one(
        self, members: list[Member]
    ) -> None:
        found = vectors(members)
        for one in range(len(members)):
            for other in range(len(members)):
                assert found.score(one, other) == found.score(other, one)
                assert 0 <= found.score(one, other) <= 1

    @given(some, st.randoms(use_true_random=False))
    def test_the_order_of_the_members_changes_nothing(
        self, members: list[Member], chance: random.Random
    ) -> None:
        mixed = list(members)
        chance.shuffle(mixed)
        assert nearest(vectors(mixed), 3) == nearest(vectors(members), 3)

    @given(some)
    def test_a_pair_shares_what_both_pages_have(self, members: list[Member]) -> None:
        found = vectors(members)
        for one, near_ones in enumerate(nearest(found, 3)):
            for other, _ in near_ones:
                pair = found.pair(one, other)
                for value in pair.values().get("tags", ()):
                    assert value in pair.one.values["tags"]
                    assert value in pair.other.values["tags"]
                assert pair.shared

    def test_a_search_cut_short_finds_the_nearest_by_what_is_rare(self) -> None:
        chance = random.Random(7)
        members = [
            member(f"P{n:03}", tags=("partout", f"duo {n // 2}", chance.choice("abc")))
            for n in range(200)
        ]
        found = vectors(members)
        for one, near_ones in enumerate(nearest(found, 1, budget=1000)):
            assert near_ones[0].place == one ^ 1
            assert near_ones[0].score == found.score(one, one ^ 1)

    def test_what_few_pages_share_counts_more_than_what_many_do(self) -> None:
        members = [
            member("A", tags=("rare", "commun")),
            member("B", tags=("rare", "b")),
            *(member(f"C{n}", tags=("commun", f"c{n}")) for n in range(6)),
        ]
        found = vectors(members)
        assert found.members[nearest(found, 1)[0][0].place].title == "B"

    def test_a_word_of_more_than_half_of_the_pages_tells_nothing(self) -> None:
        members = [member(f"P{n}", description="partout " + "mare " * (n < 3)) for n in range(6)]
        found = vectors(members)
        assert found.pair(0, 1).words() == ("mare",)
        assert found.score(4, 5) == 0

    def test_values_weigh_twice_as_much_as_words(self) -> None:
        members = [
            member("A", tags="eau", description="lavoir"),
            member("B", tags="eau", description="moulin"),
            member("C", tags="jeu", description="lavoir"),
            member("D", tags="jeu", description="moulin"),
        ]
        found = vectors(members)
        assert found.score(0, 1) == pytest.approx(2 / 3)
        assert found.score(0, 2) == pytest.approx(1 / 3)

    def test_the_entries_of_one_page_are_not_near_each_other(self) -> None:
        twice = [member("A", tags=("eau", "sols")), member("A", index=1, tags=("eau", "sols"))]
        assert nearest(vectors([*twice, member("Z", tags="autre")]), 3)[0] == ()


class TestWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Les haies d'Épinay", ["epinay", "haie"]),
            ("l’œuvre et le cœur", ["coeur", "oeuvre"]),
            ("Réseaux, RÉSEAU !", ["reseau"]),
            ("https://exemple.org/mares 2023 12 m2", []),
            ('<span style="color:red">rouge</span> class="wikitable"', ["rouge"]),
            ("dans une des leurs avec nous", []),
            ("une classe", ["classe"]),
            ("verglas process", ["process", "vergla"]),
        ],
    )
    def test_words_are_folded_and_small_ones_left_out(self, text: str, words: list[str]) -> None:
        counter = Words()
        assert counter.counted([text]).keys() == set(range(len(words)))
        assert sorted(counter.known) == words

    def test_a_word_is_shown_as_people_write_it(self) -> None:
        words = Words()
        words.counted(["Les règles et la regle, une règle"])
        assert words.spelling[words.known["regle"]] == "règle"


class TestSection:
    def section(self, *members: Member) -> Section:
        found = near(collection(*members, mapping=RESILIENCE))
        assert found is not None
        well_made(found)
        return found

    def test_each_pair_says_what_it_shares_and_stands_once(self) -> None:
        found = self.section(
            member("A", tags=("eau", "crue"), description="La règle du lavoir"),
            member("B", tags=("eau", "crue"), description="Une règle, un lavoir"),
            member("C", tags=("jeu",), description="Des cartes"),
            member("D", tags=("sols",), description="Un marché"),
            member("E", tags=("haies",), description="Un bocage"),
        ).table("near_commun")
        assert rows(found, "page", "near", "why", "named") == [
            ("A", "B", "Tags : crue, eau ; mots rares : lavoir, règle", False)
        ]

    def test_a_page_that_is_named_already_is_told(self) -> None:
        found = self.section(
            member("A", tags=("eau", "crue"), communs_proches="B"),
            member("B", tags=("eau", "crue")),
            member("C", tags=("jeu",)),
        ).table("near_commun")
        assert rows(found, "named") == [(True,)]

    def test_pages_that_share_nothing_make_no_section(self) -> None:
        assert near(collection(member("A", tags="eau"), member("B", tags="jeu"))) is None
