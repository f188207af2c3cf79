"""What has changed between two states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import wikibot
from tests.overviews.support import collection, figures, member, rows, well_made
from wikibot.overviews import Collection, Member, Section
from wikibot.overviews.since import changes, since, taken_of
from wikibot.overviews.taken import FILLED, Kept, KeptAction, Taken, digest, keeps_value

RESILIENCE = wikibot.load_mapping("resilience")
COMMUN = RESILIENCE.page_type("commun")
assert COMMUN is not None


def page(title: str, pageid: int, digests: dict[str, str] | None = None, **values: Any) -> Member:
    made = member(title, also_filled=digests or (), **values)
    return replace(made, pageid=pageid, digests=digests or {})


def wiki(*members: Member) -> Collection:
    return collection(*members, mapping=RESILIENCE)


def between(before: Collection, after: Collection) -> Section:
    found = since(replace(after, before=taken_of(before)))
    assert found is not None
    well_made(found)
    return found


def test_new_pages_gone_ones_and_renamed_ones_are_told_by_their_ids() -> None:
    found = between(wiki(page("A", 1), page("B", 2)), wiki(page("A bis", 1), page("C", 3)))
    assert rows(found.table("pages_new"), "page") == [("C",)]
    assert rows(found.table("pages_gone"), "page") == [("B",)]
    assert rows(found.table("pages_renamed"), "page", "before") == [("A bis", "A")]
    assert figures(found) == {"new": 1, "gone": 1, "renamed": 1, "changed": 0, "changes": 0}


def test_of_a_list_only_what_came_and_went_is_told() -> None:
    found = between(
        wiki(page("A", 1, tags=("eau", "sols"), niveau="Idée")),
        wiki(page("A", 1, tags=("sols", "haies"), niveau="Idée")),
    )
    assert rows(found.table("fields_changed"), "page", "field", "what", "removed", "added") == [
        ("A", "Tags", "valeur modifiée", ("eau",), ("haies",))
    ]


def test_another_order_is_no_change() -> None:
    found = between(wiki(page("A", 1, tags=("b", "a"))), wiki(page("A", 1, tags=("a", "b"))))
    assert figures(found)["changes"] == 0


def test_of_a_long_text_it_is_told_that_it_changed_and_never_what() -> None:
    found = between(
        wiki(page("A", 1, {"description": "aaaa"}, description="Un secret")),
        wiki(page("A", 1, {"description": "bbbb"}, description="Un autre")),
    )
    assert rows(found.table("fields_changed"), "field", "what", "removed", "added") == [
        ("Description", "texte modifié", (), ())
    ]


def test_a_field_that_was_filled_or_emptied_says_so() -> None:
    found = between(wiki(page("A", 1, {"description": "aaaa"})), wiki(page("A", 1, niveau="Idée")))
    assert rows(found.table("fields_changed"), "field", "what") == [
        ("Description", "vidé"),
        ("Niveau de développement", "rempli"),
    ]


def test_a_field_whose_kind_is_another_since_is_not_compared() -> None:
    text = wiki(page("A", 1, {"niveau": "aaaa"}))
    term = wiki(page("A", 1, niveau="Idée"))
    assert figures(between(text, term))["changes"] == 0
    assert figures(between(term, text))["changes"] == 0


def test_numbers_then_and_now() -> None:
    found = between(wiki(page("A", 1)), wiki(page("A", 1, licence="MIT"), page("B", 2)))
    (row,) = rows(found.table("then_and_now"), "pages_then", "pages_now", "more")
    assert row == (1, 2, 1)
    ((then, now),) = rows(found.table("then_and_now"), "complete_then", "complete_now")
    assert then == 0
    assert isinstance(now, float)
    assert 0 < now < 1


def test_actions_opened_done_and_taken_up_again() -> None:
    before = Taken(
        date(2026, 3, 1),
        collection().as_of,
        "resilience",
        (),
        (KeptAction(1, "Action:1", False), KeptAction(2, "Action:2", True)),
    )
    after = replace(
        before,
        day=date(2026, 4, 1),
        actions=(
            KeptAction(1, "Action:1", True),
            KeptAction(2, "Action:2", False),
            KeptAction(3, "Action:10", False),
        ),
    )
    found = changes(before, after, RESILIENCE)
    assert rows(found.table("actions_changed"), "action", "what") == [
        ("Action:1", "faite ou close"),
        ("Action:2", "reprise"),
        ("Action:10", "nouvelle"),
    ]
    gone = changes(after, before, RESILIENCE).table("actions_changed")
    assert ("Action:10", "disparue") in rows(gone, "action", "what")


def test_without_an_earlier_state_there_is_no_section() -> None:
    assert since(wiki(page("A", 1))) is None


def test_a_state_keeps_no_person_no_text_and_no_address() -> None:
    assert COMMUN is not None
    kept = {f.id for f in COMMUN.fields if keeps_value(f, RESILIENCE)}
    assert kept == {
        "defis", "communs_proches", "richesses", "competences", "communaute_interet", "licence",
        "niveau", "tags", "categories", "themes", "candidat", "candidature", "montant",
    }  # fmt: skip
    taken = taken_of(
        wiki(
            page("A", 1, referent="Alix Imaginaire", description="Texte", tags="eau"),
            replace(member("Alix Imaginaire", "personne"), pageid=9),
        )
    )
    assert [(each.title, dict(each.values)) for each in taken.members] == [
        ("A", {"tags": ("eau",)})
    ]


def test_a_digest_tells_texts_apart_and_persons_never() -> None:
    assert COMMUN is not None
    text, person = COMMUN.field("description"), COMMUN.field("referent")
    assert text is not None
    assert person is not None
    assert digest(text, ["un"]) == digest(text, ["un"]) != digest(text, ["deux"])
    assert digest(person, ["Alix"]) == digest(person, ["Noor"]) == FILLED
    for page_type in RESILIENCE.page_types:
        for field in page_type.fields:
            if field.kind in ("user", "email") or field.pages_of in RESILIENCE.people:
                assert not keeps_value(field, RESILIENCE)
                assert digest(field, ["Alix"]) == FILLED


members = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from("ABC"), st.sets(st.sampled_from("xyz"))),
    max_size=5,
    unique_by=lambda each: each[0],
)


@given(members, members)
def test_what_is_new_one_way_is_gone_the_other_way(
    one: list[tuple[int, str, set[str]]], other: list[tuple[int, str, set[str]]]
) -> None:
    def state(pages: list[tuple[int, str, set[str]]]) -> Taken:
        kept = tuple(
            Kept(n, f"{title}{n}", "commun", 0, 1, {"tags": tuple(sorted(tags))} if tags else {})
            for n, title, tags in pages
        )
        return Taken(date(2026, 3, 1), collection().as_of, "resilience", kept)

    there = figures(changes(state(one), state(other), RESILIENCE))
    back = figures(changes(state(other), state(one), RESILIENCE))
    assert there["new"] == back["gone"] == len({n for n, *_ in other} - {n for n, *_ in one})
    assert there["gone"] == back["new"]
    assert (there["renamed"], there["changes"]) == (back["renamed"], back["changes"])
    both = {n: tags for n, _, tags in one}
    changed = sum(n in both and both[n] != tags for n, _, tags in other)
    assert there["changes"] == changed
