"""What differs between two values is told word by word, and nothing of either is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.render.differences import CUT, Pieces, differences, shortened


def marked(pieces: Pieces) -> str:
    return "".join(f"[{p.text}]" if p.changed else p.text for p in pieces)


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("un atelier sur les haies", "un atelier sur les mares", "les [haies]", "les [mares]"),
        ("un deux trois quatre", "un deux quatre", "deux [trois ]quatre", "deux []quatre"),
        ("MIT", "CC0", "[MIT]", "[CC0]"),
        ("", "CC0", "", "[CC0]"),
        # the blank that stays between two words that go is no island
        ("a b c dd ee f g h", "a b c xx yy f g h", "c [dd ee] f", "c [xx yy] f"),
        # where hardly anything stays it is another value
        ("le lac de la forêt", "une rue à la mer", "[le lac de la forêt]", "[une rue à la mer]"),
    ],
)
def test_words_are_marked(old: str, new: str, gone: str, come: str) -> None:
    before, after = differences(old, new)
    assert gone in marked(before)
    assert come in marked(after)


def test_of_a_list_whole_items_are_marked() -> None:
    before, after = differences("haie vive, mare", "haie, mare", ",")
    assert (marked(before), marked(after)) == ("[haie vive], mare", "[haie], mare")


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(("", ",", "\n")))
def test_nothing_is_lost_and_what_stays_is_in_both(old: str, new: str, separator: str) -> None:
    before, after = differences(old, new, separator)
    assert "".join(p.text for p in before) == old
    assert "".join(p.text for p in after) == new
    stays = ["".join(p.text for p in side if not p.changed) for side in (before, after)]
    assert stays[0] == stays[1]
    assert all(p.text or p.changed for p in (*before, *after))
    assert not before or old
    assert not after or new


@given(st.text("ab \n", max_size=400), st.text("ab \n", max_size=400), st.integers(4, 60))
def test_what_is_cut_is_what_stays(old: str, new: str, longest: int) -> None:
    for pieces in differences(old, new):
        short = shortened(pieces, longest)
        assert [p.text for p in short if p.changed] == [p.text for p in pieces if p.changed]
        for piece in short:
            assert piece.changed or len(piece.text) <= longest + 3


def test_a_long_text_is_shown_around_what_changes() -> None:
    words = " ".join(f"mot{n}" for n in range(200))
    _, after = differences(words, words.replace("mot100 ", "mot100 neuf "))
    short = "".join(p.text for p in shortened(after, 60))
    assert "mot100 neuf mot101" in short
    assert short.startswith(CUT) and short.endswith(CUT)
    assert len(short) < 80


def test_where_a_word_goes_both_sides_show_what_was_around_it() -> None:
    words = " ".join(f"mot{n}" for n in range(200))
    for pieces in differences(words, words.replace("mot100 ", "")):
        short = "".join(p.text for p in shortened(pieces, 60))
        assert "mot99 " in short and " mot101" in short
        assert len(short) < 90


def test_two_long_texts_with_nothing_in_common_take_no_long_time() -> None:
    old, new = (" ".join(f"{sign}{n}" for n in range(60_000)) for sign in "ab")
    begun = time.monotonic()
    assert all(piece.changed for pieces in differences(old, new) for piece in pieces)
    assert time.monotonic() - begun < 5
