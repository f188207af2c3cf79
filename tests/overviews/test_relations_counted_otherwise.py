"""Values that occur together, and pages that name each other, against another parser's count."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

import wikibot
from tests.overviews.support import rows
from tests.overviews.test_counted_otherwise import CASES, Call, Case, Meanings, calls, items
from wikibot.jobs.overview.collecting import collect
from wikibot.overviews import Section
from wikibot.overviews.relations import relations
from wikibot.overviews.together import LEAST

FIELDS = {"defis": "challenge", "themes": "Theme", "tags": "Tags"}


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    found = CASES[request.param]
    if not found.place.exists():
        pytest.skip(f"not beside this checkout: {found.place}")
    return found


@pytest.fixture(scope="module")
def communs(case: Case) -> list[tuple[str, Call]]:
    return calls(case, case.templates)


@pytest.fixture(scope="module")
def section(case: Case) -> Section:
    mapping = wikibot.load_mapping(case.mapping)
    found = relations(collect(wikibot.open_wiki(case.place), mapping))
    assert found is not None
    return found


@pytest.mark.parametrize("field", FIELDS)
def test_pairs_are_counted_right(
    case: Case, section: Section, communs: list[tuple[str, Call]], field: str
) -> None:
    of_type = wikibot.load_mapping(case.mapping).page_type("commun")
    assert of_type is not None
    if of_type.overview is None or field not in of_type.overview.together:
        pytest.skip("this mapping does not ask for it")
    meant = Meanings(case, field)
    expected: Counter[tuple[str, str]] = Counter()
    for _, call in communs:
        held = sorted(meant.held(call.get(FIELDS[field], "")))
        expected.update(
            (one, other) for one, other in combinations(held, 2) if not other.startswith(f"{one}/")
        )
    often = {pair: both for pair, both in expected.items() if both >= LEAST}
    tables = [table for table in section.tables if table.id == f"together_commun_{field}"]
    found = [row for table in tables for row in rows(table, "one", "other", "both")]
    assert {(one, other): both for one, other, both in found} == often


def test_the_pages_that_commons_name_are_counted_right(
    section: Section, communs: list[tuple[str, Call]]
) -> None:
    expected = {
        (title, named)
        for title, call in communs
        for named in items(call.get("communs_proches", ""))
    }
    if "links" not in {table.id for table in section.tables}:
        assert not expected
        return
    label = "Autre commun proche"
    found = {
        (page, names)
        for page, names, fields in rows(section.table("links"), "page", "names", "fields")
        if label in str(fields)
    }
    assert found == expected
