from __future__ import annotations

import os
from pathlib import Path

import pytest

from wikibot.errors import InputError
from wikibot.title import FRENCH
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.folder.files import PageFiles


@pytest.fixture
def files(tmp_path: Path) -> PageFiles:
    return PageFiles(tmp_path, FRENCH)


def read_all(folder: Path) -> list[str]:
    return [page.text for page in FolderWiki(folder).pages_with(["Ressource"])]


def test_only_wikitext_files_of_the_top_level_are_pages(tmp_path: Path, files: PageFiles) -> None:
    for name in ("Un.wikitext", "notes.txt", "Deux.wiki", ".Trois.wikitext", ".wikitext"):
        (tmp_path / name).touch()
    (tmp_path / "below").mkdir()
    (tmp_path / "below/Quatre.wikitext").touch()
    (tmp_path / ".wikibot").mkdir()
    (tmp_path / ".wikibot/Cinq.wikitext").touch()
    assert [name for _, name in files.every()] == ["Un.wikitext"]


def test_two_files_for_one_title_are_both_named(tmp_path: Path) -> None:
    (tmp_path / "accueil.wikitext").write_text("{{a}}")
    (tmp_path / "%41ccueil.wikitext").write_text("{{b}}")
    (tmp_path / "Autre.wikitext").write_text("{{c}}")
    wiki = FolderWiki(tmp_path)
    for read in (lambda: wiki.page("Accueil"), lambda: list(wiki.pages_with(["a"]))):
        with pytest.raises(InputError) as raised:
            read()
        assert raised.value.message.fr == (
            "Plusieurs fichiers portent le titre « Accueil » : "
            "« %41ccueil.wikitext », « accueil.wikitext »."
        )
    assert wiki.page("Autre").text == "{{c}}"


def test_one_of_two_files_taken_away_leaves_a_page(tmp_path: Path) -> None:
    (tmp_path / "accueil.wikitext").write_text("a")
    (tmp_path / "Accueil_.wikitext").write_text("b")
    wiki = FolderWiki(tmp_path)
    with pytest.raises(InputError):
        wiki.page("Accueil")
    (tmp_path / "accueil.wikitext").unlink()
    assert wiki.page("Accueil").text == "b"


def test_a_file_renamed_or_added_while_we_look_is_found(tmp_path: Path) -> None:
    (tmp_path / "un.wikitext").write_text("un")
    wiki = FolderWiki(tmp_path)
    assert wiki.page("Un").text == "un"
    (tmp_path / "un.wikitext").rename(tmp_path / "Un.wikitext")
    (tmp_path / "Deux.wikitext").write_text("deux")
    assert [wiki.page("Un").text, wiki.page("Deux").text] == ["un", "deux"]


def test_a_page_that_is_no_utf_8_is_told_with_the_byte(tmp_path: Path) -> None:
    (tmp_path / "Un.wikitext").write_bytes(b"{{Ressource\n|titre=caf\xe9}}")
    with pytest.raises(InputError) as raised:
        read_all(tmp_path)
    assert raised.value.message.fr == (
        "Fichier « Un.wikitext » : il n'est pas en UTF-8 (octet 22, ligne 2)."
    )


def test_a_page_that_is_a_link_is_refused_and_never_passed_over(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("{{Ressource}}")
    (tmp_path / "Un.wikitext").symlink_to(tmp_path / "secret")
    with pytest.raises(InputError) as raised:
        FolderWiki(tmp_path).page("Un")
    assert "« Un.wikitext » : c'est un lien symbolique" in raised.value.message.fr
    with pytest.raises(InputError, match="symbolic link"):
        read_all(tmp_path)


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_a_page_that_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "Un.wikitext"
    path.mkdir() if kind == "folder" else os.mkfifo(path)
    with pytest.raises(InputError, match="no ordinary file"):
        read_all(tmp_path)


def test_a_page_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Un.wikitext").write_text("{{Ressource}}")
    real = os.open

    def refuse(path: os.PathLike[str] | str, flags: int, mode: int = 0o777) -> int:
        if os.fspath(path).endswith("Un.wikitext"):  # root may read anything
            raise PermissionError(13, "Permission denied")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(InputError) as raised:
        read_all(tmp_path)
    assert raised.value.message.fr == (
        "Fichier « Un.wikitext » : vous n'avez pas le droit de le lire."
    )


def test_every_name_that_is_no_title_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "Un.wikitext").write_text("{{Ressource}}")
    (tmp_path / "a[b].wikitext").touch()
    (tmp_path / "%FF.wikitext").touch()
    with pytest.raises(InputError) as raised:
        read_all(tmp_path)
    assert raised.value.message.fr.splitlines() == [
        "Fichier « %FF.wikitext » : ce nom n'est pas en UTF-8.",
        "Fichier « a[b].wikitext » : ce nom n'est pas un titre de page.",
    ]
    assert FolderWiki(tmp_path).page("Un").text == "{{Ressource}}"


def test_a_name_that_is_no_utf_8_can_be_printed(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.wikitext")).touch()
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    with pytest.raises(InputError) as raised:
        read_all(tmp_path)
    assert raised.value.message.fr.encode()


def test_a_page_that_vanishes_while_all_are_read_is_no_error(tmp_path: Path) -> None:
    for name in ("Un", "Deux"):
        (tmp_path / f"{name}.wikitext").write_text("{{Ressource}}")
    pages = FolderWiki(tmp_path).pages_with(["Ressource"])
    assert str(next(pages).title) == "Deux"
    (tmp_path / "Un.wikitext").unlink()
    assert list(pages) == []
