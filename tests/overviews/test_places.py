from __future__ import annotations

import pytest

from tests.overviews.support import collection, figures, member, rows, well_made
from wikibot.checks.coordinates_format import position
from wikibot.overviews.places import places

POSITIONS = [
    ("43.61, 3.88", (43.61, 3.88)),
    ("-21.1, 55.5", (-21.1, 55.5)),
    ("43,61; 3,88", (43.61, 3.88)),
    ("43.61 3.88", (43.61, 3.88)),
    ("43,61 / 3,88", (43.61, 3.88)),
    ("48°51'36\" N, 2°21' E", (48.86, 2.35)),
    ("48.5° N 2.5° O", None),  # the wiki knows the letters of the English compass alone
    ("21°06′S, 55°30′E", (-21.1, 55.5)),
    ("48°75' N 2° E", None),
    ("100, 3", None),
    ("3, 200", None),
    ("Montfictif", None),
    ("43.61", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), POSITIONS)
def test_a_position_is_read_only_where_it_is_one(
    text: str, expected: tuple[float, float] | None
) -> None:
    assert position(text) == (pytest.approx(expected) if expected else None)


def test_pages_with_coordinates_are_on_the_map_and_the_others_are_told() -> None:
    section = places(
        collection(
            member("Haies", lieu="43.61, 3.88"),
            member("Mares", lieu="ici"),
            member("Talus"),
            member("Bocage", lieu="43,5; 4,5"),
        )
    )
    assert section is not None
    well_made(section)
    assert rows(section.table("places_commun"), "page", "place") == [
        ("Haies", (43.61, 3.88)),
        ("Bocage", (43.5, 4.5)),
    ]
    assert rows(section.table("places_commun_unread"), "page", "written") == [("Mares", "ici")]
    assert figures(section) == {
        "places_commun_placed": 2,
        "places_commun_wrong": 1,
        "places_commun_without": 1,
    }
    (chart,) = section.charts
    assert (chart.form, chart.of, chart.values) == ("map", "page", ("place",))


def test_a_wiki_without_coordinates_has_no_map() -> None:
    assert places(collection(member("Haies", niveau="Idée"))) is None
