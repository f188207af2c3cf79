from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.errors import InputError
from wikibot.sheets.keys import (
    FORMAT,
    Heading,
    Key,
    Mark,
    mark,
    parse_heading,
    parse_key,
    title_mark,
    unique_headings,
)

MARK = st.builds(mark, st.text(), st.text(), frozen=st.booleans(), right=st.booleans())
KEY = st.builds(
    Key,
    pageid=st.integers(0, 2**63 - 1),
    revid=st.integers(0, 2**63 - 1),
    page_type=st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True),
    index=st.integers(0, 99),
    count=st.integers(0, 99),
    title=st.text().map(lambda title: title_mark("wiki", title)),
    layout=st.text().map(lambda title: title_mark("fields", title)),
    marks=st.lists(MARK, max_size=40).map(tuple),
)
HEADING = Heading(
    "wiki:1", "commun", "fr", "2026-01-31T12:00:00+00:00", "Page", "", (("tags", 'Tags "1"'),)
)


@given(KEY)
def test_a_key_is_read_as_it_was_written(key: Key) -> None:
    assert parse_key(str(key)) == key
    assert parse_key(f" {key}\n") == key


@given(KEY)
def test_no_spreadsheet_takes_a_key_for_a_number_or_a_date(key: Key) -> None:
    written = str(key)
    assert written.startswith("wb.")
    assert set(written) <= set("abcdefghijklmnopqrstuvwxyz0123456789_.!=")


@given(KEY, st.data())
def test_a_key_with_a_letter_more_or_less_is_no_key_or_another(
    key: Key, data: st.DataObject
) -> None:
    written = str(key)
    place = data.draw(st.integers(0, len(written) - 1))
    assert parse_key(written[:place] + written[place + 1 :]) != key
    assert parse_key(f"{written[:place]}é{written[place:]}") is None


@pytest.mark.parametrize("cell", ["", "wb.", "12", "Haies", "wb.1.2.commun.0.1", "1E+15"])
def test_other_words_are_no_key(cell: str) -> None:
    assert parse_key(cell) is None


def test_a_frozen_mark_is_never_right() -> None:
    assert mark("a", "a", frozen=True, right=True) == Mark(*_hashes("a"), frozen=True)


def _hashes(text: str) -> tuple[str, str]:
    found = mark(text, text)
    return found.exact, found.loose


def test_a_heading_is_read_as_it_was_written() -> None:
    assert parse_heading(str(HEADING)) == HEADING
    assert parse_heading("Type de licence") is None
    assert parse_heading("wikibot") is None


@pytest.mark.parametrize(
    "body",
    ["{", "{}", '{"format":1}', '{"format":"x"}', "[1]", '{"format":1,"fields":3}', "{" * 5_000],
)
def test_a_damaged_heading_is_refused(body: str) -> None:
    words = body if body.startswith("{") else f"{{{body}"
    with pytest.raises(InputError, match="damaged"):
        parse_heading(f"wikibot {words}")


def test_a_heading_of_a_later_wikibot_is_refused_by_name() -> None:
    body = json.loads(str(HEADING).removeprefix("wikibot "))
    body["format"] = FORMAT + 1
    body["more"] = True
    with pytest.raises(InputError, match="later wikibot"):
        parse_heading(f"wikibot {json.dumps(body)}")


def test_a_title_has_one_mark_on_one_wiki() -> None:
    assert title_mark("w", "Été_ici ") == title_mark("w", "E\u0301te\u0301 ici")
    assert title_mark("w", "Haies") != title_mark("w", "haies")
    assert title_mark("w", "Haies") != title_mark("autre", "Haies")


def test_equal_labels_are_told_apart_by_the_id() -> None:
    labels = [("a", "Nom"), ("b", "nom"), ("c", "Lieu"), ("d", "Page")]
    assert unique_headings(labels, ["Page"]) == ("Nom [a]", "nom [b]", "Lieu", "Page [d]")
