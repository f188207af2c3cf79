from __future__ import annotations

import json
from pathlib import Path

import pytest

from wikibot.errors import InputError
from wikibot.wiki.folder import FolderWiki


def index(folder: Path, *entries: object) -> None:
    (folder / "index.json").write_text(json.dumps(entries), encoding="utf-8")


def test_the_index_gives_files_their_titles(tmp_path: Path) -> None:
    (tmp_path / "Les-saisons.wikitext").write_text("{{Ressource}}")
    (tmp_path / "Autre-page.wikitext").write_text("{{Ressource}}")
    index(tmp_path, {"title": "Les saisons de l'eau", "file": "Les-saisons.wikitext", "url": ""})
    wiki = FolderWiki(tmp_path)
    found = [str(page.title) for page in wiki.pages_with(["Ressource"])]
    assert found == ["Autre-page", "Les saisons de l'eau"]
    by_name = [wiki.page(n) for n in ("Les-saisons", "Les-saisons.wikitext")]
    assert by_name == [wiki.page("Les saisons de l'eau")] * 2
    assert list(wiki.pages(["Les-saisons", "Les saisons de l'eau"])) == by_name[:1]


def test_a_page_of_the_index_is_saved_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "x.wikitext").write_text("un")
    index(tmp_path, {"title": "Un commun", "file": "x.wikitext"})
    wiki = FolderWiki(tmp_path)
    wiki.save(wiki.page("Un commun"), "deux", "")
    assert (tmp_path / "x.wikitext").read_text() == "deux"
    assert wiki.page("Un commun").text == "deux"


def test_a_name_of_a_file_that_is_no_title_names_its_page(tmp_path: Path) -> None:
    (tmp_path / "a[1].wikitext").write_text("un")
    index(tmp_path, {"title": "Un", "file": "a[1].wikitext"})
    assert str(FolderWiki(tmp_path).page("a[1]").title) == "Un"


def test_a_file_of_the_index_that_was_removed_is_a_page_removed(tmp_path: Path) -> None:
    index(tmp_path, {"title": "Un", "file": "x.wikitext"})
    wiki = FolderWiki(tmp_path)
    assert list(wiki.pages(["Un"])) == list(wiki.pages_with(["Ressource"])) == []
    wiki.create("Un", "de retour", "")
    assert wiki.page("Un").text == "de retour"


def test_an_index_that_changes_counts_at_once(tmp_path: Path) -> None:
    (tmp_path / "x.wikitext").write_text("un")
    wiki = FolderWiki(tmp_path)
    assert str(wiki.page("X").title) == "X"
    index(tmp_path, {"title": "Un commun", "file": "x.wikitext"})
    assert str(wiki.page("x.wikitext").title) == "Un commun"
    (tmp_path / "index.json").unlink()
    assert str(wiki.page("X").title) == "X"


def test_a_page_is_not_created_in_a_file_that_the_index_gives_to_another(tmp_path: Path) -> None:
    index(tmp_path, {"title": "Autre", "file": "Un.wikitext"})
    with pytest.raises(InputError, match=r"index\.json gives the file"):
        FolderWiki(tmp_path).create("Un", "", "")
    assert not (tmp_path / "Un.wikitext").exists()


def test_one_title_for_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Un.wikitext").touch()
    (tmp_path / "x.wikitext").touch()
    index(tmp_path, {"title": "Un", "file": "x.wikitext"})
    with pytest.raises(InputError) as raised:
        FolderWiki(tmp_path).page("Un")
    assert "« Un.wikitext », « x.wikitext »" in raised.value.message.fr


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[\n{,}]", "JSON (ligne 2:2)"),
        ("", "JSON"),
        ('{"title": "Un", "file": "x.wikitext"}', "la forme"),
        ('{"a": 1}', "la forme"),
        ("3", "la forme"),
        ('[{"title": "Un"}]', "la forme"),
        ('[{"title": 1, "file": "x.wikitext"}]', "la forme"),
        ('[{"title": "Un", "file": ["x.wikitext"]}]', "la forme"),
        ('[{"title": "a[b", "file": "x.wikitext"}]', "« a[b » n'est pas un titre"),
        ('[{"title": "Un", "file": "../x.wikitext"}]', "« ../x.wikitext » n'est pas un fichier"),
        ('[{"title": "Un", "file": "/etc/passwd"}]', "n'est pas un fichier"),
        ('[{"title": "Un", "file": "x.txt"}]', "n'est pas un fichier"),
        ('[{"title": "Un", "file": ".x.wikitext"}]', "n'est pas un fichier"),
        (
            '[{"title": "Un", "file": "x.wikitext"}, {"title": "Deux", "file": "x.wikitext"}]',
            "« x.wikitext » y est deux fois",
        ),
        ("[" * 100_000, "JSON"),
    ],
)
def test_a_wrong_index_is_told_by_name(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "index.json").write_text(content)
    with pytest.raises(InputError) as raised:
        FolderWiki.open(tmp_path)
    assert raised.value.message.fr.startswith("Fichier « index.json » : ")
    assert problem in raised.value.message.fr


def test_an_index_in_another_encoding_is_told_and_a_byte_order_mark_is_no_matter(
    tmp_path: Path,
) -> None:
    (tmp_path / "index.json").write_bytes('[{"title": "é", "file": "x.wikitext"}]'.encode("cp1252"))
    with pytest.raises(InputError, match=r"index\.json"):
        FolderWiki.open(tmp_path)
    (tmp_path / "index.json").write_bytes(b"\xef\xbb\xbf[]")
    FolderWiki.open(tmp_path)


def test_an_index_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("[]")
    (tmp_path / "index.json").symlink_to(tmp_path / "real.json")
    with pytest.raises(InputError, match="symbolic link"):
        FolderWiki.open(tmp_path)
