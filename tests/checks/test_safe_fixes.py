"""What is mended without asking: it comes to an end, and makes nothing new to mend."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.support import applied, findings, trial_mapping
from wikibot.mapping import PageType

_TYPES = {page_type.template: page_type for page_type in trial_mapping().page_types}

# Parameter → what people write into it, right and wrong.
_ITEMS = {
    "Tâche": {
        "statut": ["Open", "Ouvert", "open", "Closed", "clos", "En pause", ""],
        "echeance": ["2027-04-03", "3 avril 2027", "avril 2027", "2027-04-00", "03/04/2027", ""],
        "etiquettes": ["Label:A faire", "A faire", "a faire", "En cours", "Label:en cours", "Fait"],
        "responsables": ["Noor Essai", "Essai Noor", "N. Essai", "Utilisateur:LouE", "à préciser"],
        "fiches": ["Atlas de la haie", "Atlas+de+la+haie", "https://w.example/wiki/Atlas", "…"],
        "details": [
            "À compléter",
            "Un **point**.",
            "Mise à jour du 12/03/2024 : x.",
            "~~~~",
            "a..",
        ],
    },
    "Support": {
        "licence": ["CC BY-SA", "GPL", "gpl v3", "CC-BY-NC-4.0", "creative commons by nc 4.0"],
        "autres": ["MIT", "mit", "GPL", "Licence maison 1.0", "CC-BY-SA-4.0", "CC BY-SA"],
    },
}
_LISTS = {"etiquettes", "responsables", "fiches", "autres"}


def _values(template: str) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(st.sampled_from(items), max_size=4).map(", ".join)
            if name in _LISTS
            else st.sampled_from(items)
            for name, items in _ITEMS[template].items()
        },
    )


def _text(template: str, values: dict[str, str]) -> str:
    return "{{" + template + "".join(f"\n|{n}={v}" for n, v in values.items()) + "\n}}"


def _mended(text: str) -> str:
    """Return the text when all that is safe was mended, one at a time."""
    for _ in range(60):
        change = next((f.change for f in findings(text) if f.safe), None)
        if change is None:
            return text
        text = applied(text, change)
    raise AssertionError(f"it never comes to an end: {text}")


def _told(text: str) -> Counter[tuple[str, str]]:
    return Counter((f.rule, f.field) for f in findings(text))


@pytest.mark.parametrize("template", _ITEMS)
@given(data=st.data())
def test_safe_fixes_leave_nothing_safe_to_mend_and_give_birth_to_nothing(
    template: str, data: st.DataObject
) -> None:
    text = _text(template, data.draw(_values(template)))
    new = _mended(text)
    assert [f.rule for f in findings(new) if f.safe] == []
    assert not _told(new).keys() - _told(text).keys(), (text, new)


def test_these_are_fields_of_the_trial_mapping() -> None:
    for template, fields in _ITEMS.items():
        page_type: PageType = _TYPES[template]
        for name in fields:
            field = page_type.field_of(name)
            assert field
            assert field.many == (name in _LISTS)


_ODD = st.sampled_from(
    [
        *" ,;+.-=*\n|~",
        *("}}", "{{!}}", "[[", "]]", "<br>", "<!-- x -->", "~~~~", "**", "](https://a.fr)", "@"),
        *(
            "Label:",
            "A faire",
            "Utilisateur:",
            "CC BY-SA",
            "GPL",
            "4.0",
            "2027",
            "-04",
            "à définir",
        ),
        *(
            "https://w.example/wiki/A_b",
            "%C3%A9",
            "%",
            "noor@exemple.fr",
            "N.",
            "Essai",
            "MAJ mai ",
        ),
    ]
)


@pytest.mark.parametrize("template", _ITEMS)
@given(data=st.data())
def test_no_value_makes_a_rule_raise_and_every_fix_mends_what_it_is_for(
    template: str, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(list(_ITEMS[template])))
    value = data.draw(st.lists(_ODD, max_size=6).map("".join) | st.text(max_size=20))
    text = _text(template, {name: value})
    for found in findings(text):
        if found.change is not None and "}}" not in value and "{{" not in value:
            again = findings(applied(text, found.change), found.rule)
            assert all((f.field, f.value) != (found.field, found.value) for f in again), found
