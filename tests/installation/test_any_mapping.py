"""Whatever a mapping says, its pages say it too: no label, term or separator gets in the way."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.installation.support import differences, write_pages
from wikibot import discover, install, load_mapping, open_wiki
from wikibot.mapping import (
    Field,
    Kind,
    Label,
    Mapping,
    PageType,
    Term,
    Vocabulary,
    WikiSettings,
    fold,
)

SIGNS = st.sampled_from(
    [*"abcéÉœ'’ -–.:/()&", "''", "«", "|", "{{", "}}", "[[", "]]", "<", "=", "~"]
)
NAMES = st.text("abcdefgéèà' -_", min_size=1, max_size=12).map(str.strip).filter(bool)


KINDS: tuple[Kind, ...] = get_args(Kind)
assert KINDS[0] == "term"


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of words with signs that wikitext takes for its own."""
    words = " ".join("".join(draw(st.lists(SIGNS, min_size=1, max_size=12))).split())
    return f"A{words}z"  # a label is more than signs


LABELS = st.builds(Label, fr=lines(), en=lines())
TERMS = st.text("abcdeéÉ'-/. ()", min_size=2, max_size=12).map(lambda t: "T" + " ".join(t.split()))


@st.composite
def vocabularies(draw: st.DrawFn, number: int) -> Vocabulary:
    terms = draw(st.lists(TERMS, min_size=1, max_size=9, unique_by=fold))
    return Vocabulary(
        id=f"v{number}",
        label=draw(LABELS),
        open=draw(st.booleans()),
        terms=tuple(Term(label=term) for term in terms),
    )


@st.composite
def fields(draw: st.DrawFn, number: int, parameter: str, terms: list[Vocabulary]) -> Field:
    kind = draw(st.sampled_from(KINDS if terms else KINDS[1:]))
    many = kind not in ("longtext", "boolean", "coordinates") and draw(st.booleans())
    return Field(
        id=f"f{number}",
        label=draw(LABELS),
        parameter=parameter,
        kind=kind,
        many=many,
        separator=draw(st.sampled_from([",", ";", "§"])) if many else ",",
        vocabulary=draw(st.sampled_from(terms)).id if kind == "term" else None,
        required=draw(st.sampled_from(["error", "warning", False])),
        max_length=draw(st.none() | st.integers(1, 300)) if kind == "text" else None,
        wikitext=kind == "longtext",
        help=draw(st.none() | LABELS),
    )


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    terms = [draw(vocabularies(n)) for n in range(draw(st.integers(0, 3)))]
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique_by=fold).filter(_plain))
    page_type = PageType(
        id="fiche",
        label=draw(LABELS),
        about=draw(st.none() | LABELS),
        template="Fiche d'essai",
        category="Fiche",
        form="Fiche",
        fields=tuple(draw(fields(n, name, terms)) for n, name in enumerate(names)),
    )
    return Mapping(
        wiki=WikiSettings(id="essai", label=Label(fr="Essai", en="Trial")),
        page_types=(page_type,),
        vocabularies=tuple(terms),
    )


def _plain(names: list[str]) -> bool:
    return all(fold(name) for name in names)


@settings(max_examples=60)
@given(mapping=mappings(), semantic=st.booleans(), forms=st.booleans())
def test_any_mapping_comes_back_whole(mapping: Mapping, *, semantic: bool, forms: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        empty = Path(place, "empty")
        empty.mkdir()
        plan = install(open_wiki(empty), mapping, semantic=semantic, forms=forms).plan
        pages = write_pages(plan, Path(place, "wiki"))
        discover(open_wiki(pages), Path(place, "mapping"))
        found = load_mapping(Path(place, "mapping"))
    told = [d for d in differences(mapping, found) if forms or ": form '" not in d]
    assert told == []
