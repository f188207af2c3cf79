from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from wikibot.errors import InputError, InvalidTitle
from wikibot.title import FRENCH, Title
from wikibot.wiki.folder.names import file_name, page_title, shown

RESERVED = ["CON", "PRN", "AUX", "NUL", "COM0", "COM9", "LPT1", "COM¹", "LPT³", "CONIN$", "CONOUT$"]

ALPHABET = st.sampled_from('aZé%:/\\."*?<>|. ~-_COMNUL19$(){}\u0085\u009b\u00a0\u202e日🌍\u0301')
PREFIXES = st.sampled_from(["", "", "Modèle:", "template:", "Discussion utilisateur:", "Action:"])


@st.composite
def titles(draw: st.DrawFn) -> Title:
    text = draw(PREFIXES) + draw(st.text(ALPHABET | st.characters(codec="utf-8"), max_size=60))
    try:
        title = FRENCH.parse(text)
        assume(FRENCH.parse(str(title)) == title)
    except InvalidTitle:
        assume(False)
    return title


@given(title=titles())
@example(title=Title(0, ".."))
@example(title=Title(0, "."))
@example(title=Title(0, 'A: b/c\\d?*"%'))
@example(title=Title(0, "100%"))
@example(title=Title(0, "Nul.wikitext"))
@example(title=Title(0, "CON .x"))
@example(title=Title(0, "Fin."))
def test_a_title_gives_a_safe_file_name_that_gives_the_title_back(title: Title) -> None:
    try:
        name = file_name(title)
    except InputError:  # over 255 bytes once encoded
        assume(False)
    assert page_title(name, FRENCH) == title
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]', name)
    assert not name.startswith((".", " "))
    stem = name.removesuffix(".wikitext")
    assert not stem.endswith((".", " "))
    assert stem.partition(".")[0].rstrip(" ").upper() not in RESERVED
    assert len(name.encode()) <= 255


@pytest.mark.parametrize("name", [*RESERVED, "con", "Nul"])
def test_names_that_windows_keeps_for_itself_are_encoded(name: str) -> None:
    encoded = file_name(Title(0, name))
    assert encoded == f"%{ord(name[0]):02X}{name[1:]}.wikitext"
    assert page_title(encoded, FRENCH) == FRENCH.parse(name)


@pytest.mark.parametrize("name", ["Console", "COM10", "Nulle part", "CONcert.x", "Le CON"])
def test_names_that_only_look_like_them_stay(name: str) -> None:
    assert file_name(Title(0, name)) == f"{name}.wikitext"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Modèle:Ressource", "Modèle%3ARessource.wikitext"),
        ("A/b", "A%2Fb.wikitext"),
        ("..", "%2E%2E.wikitext"),
        (".htaccess", "%2Ehtaccess.wikitext"),
        ("L'eau, « l'air » & le feu", "L'eau, « l'air » & le feu.wikitext"),
        ("Bilan 360°", "Bilan 360°.wikitext"),
    ],
)
def test_ordinary_titles_stay_readable(title: str, name: str) -> None:
    assert file_name(FRENCH.parse(title)) == name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("accueil", "Accueil"),
        ("Un_commun", "Un commun"),
        ("template%3Aressource", "Modèle:Ressource"),
        ("Taux 100% local", "Taux 100% local"),
        ("Ame\u0301nagement", "Aménagement"),
    ],
)
def test_names_that_people_gave_are_titles_too(name: str, title: str) -> None:
    assert str(page_title(f"{name}.wikitext", FRENCH)) == title


@pytest.mark.parametrize("name", ["%FF", "a[b", "%5B", "%00", "caf\udce9", " ", ""])
def test_names_that_are_no_title_are_told(name: str) -> None:
    with pytest.raises(InputError) as raised:
        page_title(f"{name}.wikitext", FRENCH)
    assert f"« {shown(name)}.wikitext »" in raised.value.message.fr


def test_a_title_that_no_utf_8_can_write_has_no_file() -> None:
    with pytest.raises(InputError, match="UTF-8 cannot write"):
        file_name(Title(0, "\ud800"))
