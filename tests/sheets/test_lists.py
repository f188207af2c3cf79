from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.sheets.lists import join, split

ITEM = st.text(st.sampled_from("ab é;,\"'."), min_size=1).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("", ()),
        (" ; ;\n;", ()),
        ("arbre", ("arbre",)),
        ("arbre; bocage", ("arbre", "bocage")),
        ("arbre ;bocage ;", ("arbre", "bocage")),
        ("arbre\nbocage\n\nmare", ("arbre", "bocage", "mare")),
        ('"sols; eaux"; mare', ("sols; eaux", "mare")),
        ('"sols; eaux"', ("sols; eaux",)),
        ('le "bon" sol; mare', ('le "bon" sol', "mare")),
        ('"""bon"" sol"; mare', ('"bon" sol', "mare")),
        ('"mal fermé; mare', ('"mal fermé', "mare")),
        ("sols, eaux", ("sols, eaux",)),  # the separator of the wiki is none of a cell
    ],
)
def test_a_semicolon_or_a_line_divides_and_quotes_keep_together(
    cell: str, items: tuple[str, ...]
) -> None:
    assert split(cell, ",") == items


@given(st.lists(ITEM))
def test_what_is_joined_is_split_again(items: list[str]) -> None:
    assert split(join(items, ","), ",") == tuple(items)


@given(st.lists(ITEM))
def test_a_list_of_lines_has_a_value_on_each_line(items: list[str]) -> None:
    assert join(items, "\n") == "\n".join(items)
    assert split(join(items, "\n"), "\n") == tuple(items)


def test_an_endless_quotation_is_read_in_no_time() -> None:
    assert len(split('"' * 100_001 + ";a" * 1_000, ",")) >= 1
