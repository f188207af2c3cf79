"""Whatever stands on the pages: discovery ends, what it writes loads, and it is done once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discovery.support import write_wiki
from wikibot import discover, load_mapping, open_wiki
from wikibot.errors import InputError

TOKENS = [
    "{{{", "}}}", "{{", "}}", "[[", "]]", "|", "=", "::", ":=", "\n", ";", ",", " ", "a", "B",
    "é", '"', "\\", "'''", "#if:", "#set:", "#arraymap:", "#switch:", "+sep", "field|", "@@@",
    "for template|", "end template", "section|", "multiple", "mandatory", "list", "delimiter=",
    "values=", "values from property=", "input type=", "dropdown", "show on select=", "label=",
    "A le type::", "Valeur possible::", "Texte", "Date", "Nombre", "Catégorie:", "Fichier:", "X",
    "<noinclude>", "</noinclude>", "<includeonly>", "<onlyinclude>", "<!--", "-->", "<nowiki>",
    "<div id=a>", "</div>", "<templatedata>", "</templatedata>", '{"params":{"a":{}}}', "#REDIRECT",
    "{{X|a=1}}", "{{{a|}}}", "{{{b|{{{a}}}}}}", "\r", "\x00", "\u2028", "0", "!", "*", "! c\n| ",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(TOKENS), max_size=30).map("".join)
FORM = st.lists(st.sampled_from(TOKENS), max_size=20).map(
    lambda words: "{{{for template|X}}}{{{field|a|" + "".join(words) + "}}}{{{field|b}}}"
)


@given(TEXT, TEXT, FORM, TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_there_it_ends_loads_and_is_done_once(
    tmp_path_factory: pytest.TempPathFactory,
    template: str,
    other: str,
    form: str,
    property_: str,
    page: str,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    wiki = open_wiki(
        write_wiki(
            folder / "wiki",
            {
                "Modèle:X": "{{#set:A={{{a|}}}}}" + template,
                "Modèle:A": other,
                "Formulaire:X": form,
                "Attribut:A": property_,
                "Page": page,
                "Une": "{{X|a=1|b=" + page + "}}",
            },
        )
    )
    try:
        discover(wiki, folder / "mapping")
    except InputError:
        return  # nothing there holds fields
    load_mapping(folder / "mapping")
    assert discover(wiki, folder / "mapping").written.files == {}
