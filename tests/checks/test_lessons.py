"""What people teach by correcting pages; the cases are in `lessons.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.support import HERE, trial_mapping
from wikibot.checks.lessons import Learned, Lesson, learned, lessons_of
from wikibot.mapping import Mapping, Term, Vocabulary, fold
from wikibot.page import Page, Revision
from wikibot.title import FRENCH
from wikibot.wikitext import FRENCH_WIKI

LICENCE = "Creative Commons BY SA 4.0"
CASES = tomllib.loads((HERE / "lessons.toml").read_text("utf-8"))["cases"]
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def version(number: int, written: str) -> Page:
    *before, text = written.split(" | ")
    comment, user = (*before, "", "")[0], (*before, "", "Anne")[1] if before[1:] else "Anne"
    revision = Revision(number, number - 1, NOON + HOUR * number, user, comment)
    text = text.replace("=L}", f"={LICENCE}}}").replace("=L|", f"={LICENCE}|")
    return Page(7, FRENCH.parse("Une fiche"), revision, text)


def lessons(written: Sequence[str], since: datetime = NOON + HOUR * 2) -> list[tuple[str, str]]:
    versions = [version(number, text) for number, text in enumerate(written, 1)]
    found = lessons_of(versions, trial_mapping(), FRENCH_WIKI, since=since, account="Robot")
    return [(lesson.spelling, lesson.term) for lesson in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_a_page_s_versions_teach(case: dict[str, Any]) -> None:
    wanted = [(spelling, LICENCE if term == "L" else term) for spelling, term in case["lessons"]]
    assert lessons(case["versions"]) == wanted


def test_a_correction_before_the_time_looked_at_teaches_nothing() -> None:
    written = ["{{Fiche|licence=by sa quatre}}", "{{Fiche|licence=L}}"]
    assert lessons(written, NOON + HOUR * 2)
    assert not lessons(written, NOON + HOUR * 3)


def test_a_version_whose_predecessor_is_hidden_teaches_nothing() -> None:
    first = version(1, "{{Fiche|licence=by sa quatre}}")
    third = version(3, "{{Fiche|licence=L}}")
    found = lessons_of([first, third], trial_mapping(), FRENCH_WIKI, since=NOON, account=None)
    assert not list(found)


# --- what lessons come to ---

FIELD = next(f for t in trial_mapping().page_types for f in t.fields if f.id == "licence")


def lesson(spelling: str, term: str = LICENCE, page: str = "A", hour: int = 0) -> Lesson:
    return Lesson("licences", FIELD, spelling, term, page, NOON + HOUR * hour)


def learn(*found: Lesson, least: int = 2, mapping: Mapping | None = None) -> Learned:
    return learned(found, mapping or trial_mapping(), least)


def test_lessons_of_several_pages_are_one_proposal_however_the_spelling_is_cased() -> None:
    (proposal,) = learn(
        lesson("by sa quatre", page="A", hour=1),
        lesson("By-SA Quatre", page="B", hour=3),
        lesson("by sa quatre", page="B", hour=2),
    ).proposals
    assert (proposal.spelling, proposal.term) == ("by sa quatre", LICENCE)
    assert (proposal.times, proposal.pages) == (3, 2)
    assert (proposal.page, proposal.last) == ("B", NOON + HOUR * 3)


def test_what_one_page_alone_teaches_is_counted_and_not_proposed() -> None:
    one = [lesson("by sa quatre"), lesson("by sa quatre", hour=1)]
    assert learn(*one) == Learned((), (), 1)
    assert len(learn(*one, least=1).proposals) == 1


def test_a_spelling_that_became_two_terms_is_told_and_not_proposed() -> None:
    found = learn(
        lesson("la même", page="A"), lesson("la même", page="B"), lesson("la même", "GPL v3", "C")
    )
    (disputed,) = found.disputed
    assert not found.proposals
    assert disputed.terms == (LICENCE, "GPL v3")
    assert "« la même » a été remplacé par « Creative Commons BY SA 4.0 » et « GPL v3 »" in (
        disputed.why.fr
    )


def with_terms(*terms: Term) -> Mapping:
    """Return the trial mapping with these licences."""
    mapping = trial_mapping()
    vocabularies = tuple(
        Vocabulary(id=v.id, label=v.label, terms=terms) if v.id == "licences" else v
        for v in mapping.vocabularies
    )
    return Mapping(wiki=mapping.wiki, page_types=mapping.page_types, vocabularies=vocabularies)


@pytest.mark.parametrize(
    "other",
    [
        Term(label="B", hints=("Libre, quoi",)),
        Term(label="B", aliases=("LIBRE QUOI",)),
        Term(label="Libre-quoi"),
        Term(label="B", code="libre.quoi"),
    ],
    ids=["hint", "alias", "label", "code"],
)
def test_a_spelling_that_another_term_has_is_told_and_not_proposed(other: Term) -> None:
    mapping = with_terms(Term(label="A"), other)
    found = learn(lesson("libre quoi", "A", "P"), lesson("libre quoi", "A", "Q"), mapping=mapping)
    assert not found.proposals
    assert other.label in found.disputed[0].why.fr


def test_a_hint_of_the_very_term_becomes_its_alias() -> None:
    mapping = with_terms(Term(label="A", hints=("CC",)), Term(label="B"))
    found = learn(lesson("cc", "A", "P"), lesson("cc", "A", "Q"), mapping=mapping)
    assert [p.term for p in found.proposals] == ["A"]


@pytest.mark.parametrize("spelling", ["cc by-sa", "CC BY SA 4.0", "creative commons by-sa 4.0"])
def test_what_means_the_very_term_already_is_no_proposal(spelling: str) -> None:
    found = learn(lesson(spelling, page="P"), lesson(spelling, page="Q"))
    assert found == Learned((), (), 0)


def test_what_was_corrected_on_most_pages_comes_first() -> None:
    found = learn(*(lesson("rare", page=p) for p in "AB"), *(lesson("fort", page=p) for p in "ABC"))
    assert [p.spelling for p in found.proposals] == ["fort", "rare"]


WORDS = st.text("aAbBéÉ -.+", min_size=1, max_size=4).map(str.strip).filter(bool)


@st.composite
def vocabularies(draw: st.DrawFn) -> tuple[Term, ...]:
    words = draw(st.lists(WORDS, min_size=2, max_size=9, unique=True))
    number = draw(st.integers(1, len(words)))
    lists: list[list[str]] = [[] for _ in range(number)]
    hints: list[list[str]] = [[] for _ in range(number)]
    for word in words[number:]:
        where = draw(st.sampled_from((lists, hints)))
        draw(st.sampled_from(where)).append(word)
    return tuple(
        Term(label=label, aliases=tuple(aliases), hints=tuple(hinted))
        for label, aliases, hinted in zip(words, lists, hints, strict=False)
    )


@given(vocabularies(), st.data())
def test_no_proposal_changes_what_any_other_spelling_means(
    terms: tuple[Term, ...], data: st.DataObject
) -> None:
    mapping = with_terms(*terms)
    before = next(v for v in mapping.vocabularies if v.id == "licences")
    labels = st.sampled_from([term.label for term in terms])
    taught = data.draw(st.lists(st.builds(lesson, WORDS, labels), max_size=8))
    proposals = learn(*taught, least=1, mapping=mapping).proposals
    after = extended(before, [(p.term, p.spelling) for p in proposals])
    added = {fold(proposal.spelling) for proposal in proposals}
    spelled = [w for t in terms for w in (t.label, *t.aliases, *t.hints)]
    for text in {*spelled, *(one.spelling for one in taught), *data.draw(st.lists(WORDS))}:
        old, new = before.meant_by(text), after.meant_by(text)
        if old or fold(text) not in added:
            assert (new and new.label) == (old and old.label)
    for proposal in proposals:
        meant = after.meant_by(proposal.spelling)
        assert meant is not None
        assert meant.label == proposal.term


def extended(vocabulary: Vocabulary, new: list[tuple[str, str]]) -> Vocabulary:
    terms = [
        Term(label=t.label, aliases=(*t.aliases, *(s for label, s in new if label == t.label)))
        for t in vocabulary.terms
    ]
    return Vocabulary(id=vocabulary.id, label=vocabulary.label, terms=tuple(terms))
