from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from wikibot.errors import InputError, MappingError
from wikibot.mapping import load_mapping, packaged_mappings

BROKEN = sorted(Path(__file__).with_name("broken").glob("*.toml"))

SMALL = {
    "wiki.toml": """
id = "small"
label = { fr = "Petit", en = "Small" }
""",
    "page_types/page.toml": """
id = "page"
label = { fr = "Page", en = "Page" }
template = "Page"
[[fields]]
id = "colour"
label = { fr = "Couleur", en = "Colour" }
parameter = "couleur"
kind = "term"
vocabulary = "colours"
""",
    "vocabularies/colours.toml": """
id = "colours"
label = { fr = "Couleurs", en = "Colours" }
[[terms]]
label = "crème brûlée"
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(MappingError) as caught:
        load_mapping(folder)
    return [problem.en for problem in caught.value.problems]


def test_a_small_mapping_loads_from_its_folder(tmp_path: Path) -> None:
    mapping = load_mapping(write(tmp_path, SMALL))
    assert mapping.id == "small"
    assert [page_type.id for page_type in mapping.page_types] == ["page"]
    assert load_mapping(str(tmp_path)) == mapping


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.stem)
def test_every_problem_of_every_file_is_told_at_once(case: Path, tmp_path: Path) -> None:
    data = tomllib.loads(case.read_text(encoding="utf-8"))
    assert problems_of(write(tmp_path, SMALL | data["files"])) == data["problems"]


def test_a_file_that_is_no_toml_tells_its_line_and_is_not_missed_elsewhere(tmp_path: Path) -> None:
    wrong = {"wiki.toml": 'id = "small"\nlabel fr = "x"', "vocabularies/colours.toml": "\nid = 1 2"}
    wiki, colours = problems_of(write(tmp_path, SMALL | wrong))
    assert wiki.startswith("wiki.toml: is no valid TOML: ")
    assert "line 2" in wiki
    assert colours.startswith("vocabularies/colours.toml: is no valid TOML: ")


def test_a_problem_is_told_in_french_too(tmp_path: Path) -> None:
    files = SMALL | {"wiki.toml": SMALL["wiki.toml"] + 'langage = "fr"\n'}
    with pytest.raises(MappingError) as caught:
        load_mapping(write(tmp_path, files))
    (problem,) = caught.value.problems
    assert problem.fr == "wiki.toml: langage: clé inconnue ; vouliez-vous dire « language » ?"
    assert caught.value.exit_code == 2


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    for file in write(tmp_path, SMALL).rglob("*.toml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_mapping(tmp_path).vocabularies[0].term("crème brûlée")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_than_utf8_is_refused(encoding: str, tmp_path: Path) -> None:
    colours = write(tmp_path, SMALL) / "vocabularies/colours.toml"
    colours.write_text(SMALL["vocabularies/colours.toml"], encoding=encoding)
    (problem,) = problems_of(tmp_path)
    assert problem.startswith("vocabularies/colours.toml: is not UTF-8 (byte ")


def test_a_folder_in_place_of_a_file_cannot_be_read(tmp_path: Path) -> None:
    (write(tmp_path, SMALL) / "page_types/odd.toml").mkdir()
    (problem,) = problems_of(tmp_path)
    assert problem.startswith("page_types/odd.toml: cannot be read: ")


def test_a_mapping_needs_a_page_type_but_no_vocabulary(tmp_path: Path) -> None:
    write(tmp_path, {"wiki.toml": SMALL["wiki.toml"]})
    assert problems_of(tmp_path) == ["page_types: no .toml file in this folder."]
    plain = SMALL["page_types/page.toml"].replace('"term"', '"text"').replace("vocabulary", "#")
    write(tmp_path, {"page_types/page.toml": plain})
    assert load_mapping(tmp_path).vocabularies == ()


def test_a_name_without_a_mapping_is_told_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_mapping(tmp_path)
    assert caught.value.advice is not None
    assert "resilience" in caught.value.advice.en


def test_the_mappings_that_ship_are_known_by_name() -> None:
    assert packaged_mappings() == ("resilience",)
