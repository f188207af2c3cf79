from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.edits import Change
from wikibot.edits.summary import LONGEST, marked, marker, summary
from wikibot.mapping import Field, load_mapping

COMMUN = load_mapping("resilience").page_type("commun")
assert COMMUN is not None


def change(field_id: str, old: str, new: str) -> tuple[Change, Field | None]:
    assert COMMUN is not None
    field = COMMUN.field(field_id)
    parameter = field.parameter if field else field_id
    return Change("Ressource", 0, parameter, old, new, field=field_id), field


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([("licence", "", "CC0")], "Type de licence : « CC0 »"),
        ([("licence", "CC0", "")], "Type de licence (vidé)"),
        ([("tags", "a", "a, b")], "Tags"),
        ([("defis", "", "4- Modèle économique")], "Défi auquel répond la ressource"),
        ([("referent", "", "Alix Imaginaire")], "Référent du commun"),  # names stay out of it
        ([("inconnu", "a", "b")], "inconnu"),
        ([("tags", "a", "b"), ("licence", "", "CC0")], "Tags ; Type de licence : « CC0 »"),
        ([("tags", "a", "b"), ("tags", "c", "d")], "Tags"),
    ],
)
def test_says_what_changes_in_french_without_names(
    changes: list[tuple[str, str, str]], words: str
) -> None:
    assert summary([change(*one) for one in changes]) == words


@pytest.mark.parametrize(
    ("field", "old", "new", "words"),
    [
        ("licence", "CC0", "CC0", "Type de licence (paramètre renommé)"),
        ("licence", "CC-0", "CC0", "Type de licence : « CC0 » (paramètre renommé)"),
        ("tags", "a", "a", "Tags (paramètre renommé)"),
        ("inconnu", "a", "a", "inconnu (paramètre renommé)"),
    ],
)
def test_says_that_a_parameter_got_another_name(field: str, old: str, new: str, words: str) -> None:
    made, known = change(field, old, new)
    assert summary([(replace(made, renamed_from="autre"), known)]) == words


def test_a_field_that_stands_under_another_name_is_not_called_empty() -> None:
    kept, field = change("licence", "CC-0", "CC0")
    gone = replace(kept, parameter="license", old="CC0", new="")
    for both in ([kept, gone], [gone, kept]):
        assert summary([(one, field) for one in both]) == "Type de licence : « CC0 »"
    assert summary([(gone, field)]) == "Type de licence (vidé)"


@pytest.mark.parametrize("value", ["[[Catégorie:X]]", "{{subst:X}}", "a\nb\r\x00c", "a]]b}}"])
def test_a_value_makes_no_link_no_template_and_no_line_in_it(value: str) -> None:
    made = summary([change("licence", "", value)])
    assert not any(mark in made for mark in ("[[", "]]", "{{", "}}", "\n", "\r", "\x00"))


def test_the_words_of_the_wiki_end_it_and_may_be_a_link() -> None:
    tail = "[[Utilisateur:Commons bot|commons bot]]"
    made = summary([change("tags", "a", "b")], tail)
    assert made == f"Tags ({tail})"
    assert marked("abc123", made) == f"[wb:abc123] Tags ({tail})"


def test_where_there_is_little_room_the_fields_are_cut_and_the_link_is_whole() -> None:
    tail = "[[Utilisateur:Commons bot|commons bot]]"
    made = marked("abc123", summary([change("x" * 400, "a", "b")], tail))
    assert made.startswith("[wb:abc123] xxx")
    assert made.endswith(f"x… ({tail})")
    assert len(made) == LONGEST


@given(st.text(max_size=400))
def test_the_marker_leads_and_all_of_it_is_one_short_line(text: str) -> None:
    made = marked("abc123", text)
    assert made.startswith(marker("abc123"))
    assert len(made) <= LONGEST
    assert not set(made) & set("\n\r\x00\x1b")
