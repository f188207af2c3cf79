"""Aliases that join a vocabulary file which a person wrote."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.discovery.aliases import with_aliases
from wikibot.mapping import Vocabulary

FILE = """\
#:schema vocabulary.schema.json
# Written by hand.
id = "licences"
label = { fr = "Licences", en = "Licences" }

[[terms]]
label = "A"      # the first
aliases = [
    "one",   # a word
    # another
    "two",
]
code = "a"

# --- the second ---

[[terms]]
label = "B"
aliases = ["un"]   # on one line

[[terms]]
label = "C"
code = "c"

# the end
"""


def vocabulary(text: str) -> Vocabulary:
    return Vocabulary.model_validate(tomllib.loads(text))


def test_new_aliases_stand_after_the_old_ones_and_all_else_stays() -> None:
    new = {"A": ["trois"], "B": ["deux", "trois fois"], "C": ["cé"]}
    text = with_aliases(FILE, vocabulary(FILE), new)
    assert text == FILE.replace('    "two",\n', '    "two",\n    "trois",\n').replace(
        '["un"]   #', '["un", "deux", "trois fois"]   #'
    ).replace('code = "c"\n', 'code = "c"\naliases = ["cé"]\n')


def test_a_file_of_windows_keeps_its_line_ends() -> None:
    there = FILE.replace("\n", "\r\n")
    text = with_aliases(there, vocabulary(there), {"A": ["trois"], "C": ["cé"]})
    assert text is not None
    assert text.replace("\r\n", "").count("\n") == 0
    assert [t.aliases for t in vocabulary(text).terms] == [
        ("one", "two", "trois"),
        ("un",),
        ("cé",),
    ]


def test_a_file_that_needs_none_stays_as_it_is() -> None:
    assert with_aliases(FILE, vocabulary(FILE), {}) == FILE


@pytest.mark.parametrize(
    "odd",
    [
        FILE.replace('    "two",\n', '    "two"\n    # last\n'),
        'id = "x"\nlabel = { fr = "X", en = "X" }\nterms = [{ label = "A" }]\n',
    ],
    ids=["a comment after the last word", "terms on one line"],
)
def test_a_file_that_cannot_be_added_to_gives_none_rather_than_a_broken_one(odd: str) -> None:
    text = with_aliases(odd, vocabulary(odd), {"A": ["trois"]})
    assert text is None or vocabulary(text).terms[0].aliases[-1] == "trois"


@given(st.lists(st.text(min_size=1).filter(lambda s: not {"\n", "\r"} & set(s)), unique=True))
def test_any_word_reads_back_as_it_was_given(words: list[str]) -> None:
    words = [word for word in words if word.isprintable()]
    text = with_aliases(FILE, vocabulary(FILE), {"A": words, "C": words})
    assert text is not None
    terms = vocabulary(text).terms
    assert terms[0].aliases == ("one", "two", *words)
    assert terms[2].aliases == tuple(words)
