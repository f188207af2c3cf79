from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tests.overviews.support import collection, kept, member, rows, well_made
from wikibot.overviews import Member, Table
from wikibot.overviews.crossed import MOST_COLUMNS, crossed


def table(*members: Member, name: str = "crossed_commun_defis_niveau") -> Table:
    section = crossed(collection(*members))
    assert section is not None
    well_made(section)
    return section.table(name)


def test_a_cell_counts_the_pages_that_have_both_values() -> None:
    found = table(
        member("Haies", defis=["Eau", "Air"], niveau="Idée"),
        member("Mares", defis=["Eau"], niveau="Essai"),
        member("Talus", defis=["Eau"]),
        member("Bocage", niveau="Idée"),
    )
    assert [column.id for column in found.columns] == ["value", "idee", "essai", "no_value", "all"]
    assert rows(found, "value", "idee", "essai", "no_value", "all") == [
        ("Eau", 1, 1, 1, 3),
        ("Air", 1, 0, 0, 1),
        ("(sans valeur)", 1, 0, 0, 1),
    ]
    assert found.note is not None
    assert "plusieurs cases" in found.note.fr


def test_the_last_column_counts_each_page_once_however_many_cells_it_is_in() -> None:
    found = table(
        member("Haies", defis=["Eau", "Air"], niveau="Idée"),
        member("Mares", niveau="Idée"),
        name="crossed_commun_niveau_defis",
    )
    assert rows(found, "value", "eau", "air", "no_value", "all") == [("Idée", 1, 1, 1, 2)]


def test_the_note_does_not_speak_of_several_values_where_no_page_has_them() -> None:
    found = table(member("Haies", defis="Eau", niveau="Idée"))
    assert found.note is not None
    assert "plusieurs cases" not in found.note.fr


def test_columns_beyond_the_most_are_counted_together() -> None:
    many = [member(f"P{i:02}", defis="Eau", niveau=f"N{i:02}") for i in range(MOST_COLUMNS + 3)]
    found = table(*many, member("Mares", defis="Eau", niveau="N00"))
    assert len(found.columns) == 1 + MOST_COLUMNS + 1 + 1
    (row,) = rows(found, "n00", "other_values", "all")
    assert row == (2, 3, MOST_COLUMNS + 4)


def test_a_value_that_is_called_like_a_column_of_ours_gets_another_id() -> None:
    found = table(
        member("Haies", defis="Eau", niveau="All"), member("Mares", defis="Eau", niveau="Value")
    )
    assert [column.id for column in found.columns] == ["value", "all_2", "value_2", "all"]


def test_pairs_that_never_meet_have_no_table() -> None:
    assert crossed(collection(member("Haies", defis="Eau"), member("Mares", niveau="Idée"))) is None
    assert crossed(collection()) is None


def test_fields_of_one_vocabulary_stand_side_by_side() -> None:
    found = table(
        member("Haies", phase_un="Terminé", phase_deux="En cours"),
        member("Mares", phase_un="En cours"),
        member("Talus", phase_un="Perdu"),
        name="side_by_side_commun",
    )
    assert rows(found, "field", "a_venir", "en_cours", "termine", "perdu", "no_value") == [
        ("Phase 1", 0, 1, 1, 1, 0),
        ("Phase 2", 0, 1, 0, 0, 2),
    ]


PAGES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["Eau", "Air", "Terre", "Lune"]), unique=True, max_size=3),
        st.none() | st.sampled_from(["Idée", "Essai", "Rêve"]),
    ),
    max_size=25,
)


@given(PAGES)
def test_every_page_is_in_the_cells_of_its_values_and_in_no_other(
    pages: list[tuple[list[str], str | None]],
) -> None:
    members = [member(f"P{i:02}", **kept(defis=d, niveau=n)) for i, (d, n) in enumerate(pages)]
    section = crossed(collection(*members))
    met: Counter[tuple[str | None, str | None]] = Counter()
    for challenges, level in pages:
        met.update(product(challenges or (None,), (level,)))
    if section is None:
        assert not any(d and n for d, n in pages)
        return
    well_made(section)
    found = section.table("crossed_commun_defis_niveau")
    heads = {"Idée": "idee", "Essai": "essai", "Rêve": "reve", None: "no_value"}
    for row in found.rows:
        name = str(row[0]) if isinstance(row[0], str) else None
        cells = dict(zip((column.id for column in found.columns), row, strict=True))
        for level, head in heads.items():
            assert cells.get(head, 0) == met[name, level]
        held = [p for p in pages if (name in p[0] if name else not p[0])]
        inside = sum(int(str(cell)) for key, cell in cells.items() if key not in ("value", "all"))
        assert cells["all"] == len(held) == inside
