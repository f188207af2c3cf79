from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wiki.folders import everything, wiki_of
from wikibot.errors import (
    EditConflict,
    InputError,
    PageExists,
    SaveRefused,
)
from wikibot.wiki.folder import FolderWiki, disk


@pytest.fixture
def wiki(tmp_path: Path) -> FolderWiki:
    return wiki_of(tmp_path)


# --- bytes ---


@given(
    text=st.text(st.characters(codec="utf-8"), max_size=200)
    | st.text(alphabet="\r\n\ufeff a\x00\u2028", max_size=20)
)
def test_any_text_comes_back_as_it_was_given(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("wiki")
    wiki = FolderWiki(folder)
    wiki.create("Un", text, "")
    assert (folder / "Un.wikitext").read_bytes() == text.encode()
    assert wiki.page("Un").text == text
    wiki.save(wiki.page("Un"), f"x{text}", "")
    assert wiki.page("Un").text == f"x{text}"


@pytest.mark.parametrize(
    "data",
    [b"a\r\nb\r\n", b"a\nb", b"a\rb", b"\xef\xbb\xbfa\n", b"", b"\n", "e\u0301\u00e9".encode()],
    ids=["crlf", "no final newline", "cr", "byte order mark", "empty", "newline", "nfc and nfd"],
)
def test_what_a_person_wrote_is_read_byte_for_byte(
    tmp_path: Path, wiki: FolderWiki, data: bytes
) -> None:
    (tmp_path / "Un.wikitext").write_bytes(data)
    page = wiki.page("Un")
    assert page.text.encode() == data
    assert wiki.save(page, page.text, "").unchanged
    wiki.save(page, page.text + "z", "")
    assert (tmp_path / "Un.wikitext").read_bytes() == data + b"z"


@pytest.mark.parametrize("where", ["text", "summary"])
def test_half_a_character_is_refused_and_nothing_written(
    tmp_path: Path, wiki: FolderWiki, where: str
) -> None:
    wiki.create("Un", "un", "")
    before = everything(tmp_path)
    text, summary = ("a\ud800", "") if where == "text" else ("a", "\udc80")
    with pytest.raises(SaveRefused):
        wiki.save(wiki.page("Un"), text, summary)
    with pytest.raises(SaveRefused):
        wiki.create("Deux", text, summary)
    assert everything(tmp_path) == before


# --- writing ---


def test_a_page_keeps_the_mode_and_the_name_of_its_file(tmp_path: Path, wiki: FolderWiki) -> None:
    file = tmp_path / "un_commun.wikitext"  # as a person named it
    file.write_text("avant")
    file.chmod(0o664)
    wiki.save(wiki.page("Un commun"), "après", "")
    assert file.read_text() == "après"
    assert stat.S_IMODE(file.stat().st_mode) == 0o664
    assert sorted(path.name for path in tmp_path.iterdir()) == [".wikibot", "un_commun.wikitext"]


def test_what_wikibot_keeps_is_for_its_account_alone(tmp_path: Path, wiki: FolderWiki) -> None:
    wiki.create("Un", "un", "")
    wiki.save(wiki.page("Un"), "deux", "")
    kept = [tmp_path / ".wikibot", *(tmp_path / ".wikibot").rglob("*")]
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in kept}
    assert modes == {True: 0o700, False: 0o600}
    assert {stat.S_IMODE(p.stat().st_mode) for p in kept if p.is_file()} == {0o600}


def test_a_new_page_has_the_mode_that_new_files_have(tmp_path: Path, wiki: FolderWiki) -> None:
    (tmp_path / "other").touch()
    wiki.create("Un", "un", "")
    assert (tmp_path / "Un.wikitext").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_null_edit_writes_no_file(tmp_path: Path, wiki: FolderWiki) -> None:
    (tmp_path / "Un.wikitext").write_text("un")
    wiki.save(wiki.page("Un"), "un", "")
    assert [path.name for path in (tmp_path / ".wikibot").rglob("*") if path.is_file()] == ["lock"]


def test_a_conflict_says_so_in_words_and_what_to_do(tmp_path: Path, wiki: FolderWiki) -> None:
    (tmp_path / "Un.wikitext").write_text("un")
    page = wiki.page("Un")
    (tmp_path / "Un.wikitext").write_bytes(b"pas de l'UTF-8 \xff")
    with pytest.raises(EditConflict) as raised:
        wiki.save(page, "deux", "")
    assert "« Un » a été modifiée entre-temps" in raised.value.message.fr
    assert raised.value.advice
    assert raised.value.advice.fr.startswith("Recommencez")


def test_an_edit_by_hand_while_the_bot_prepares_its_file_is_kept(
    tmp_path: Path, wiki: FolderWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "Un.wikitext"
    file.write_text("un")
    page = wiki.page("Un")
    temporary = disk.temporary

    @contextmanager
    def interrupted(folder: Path, data: bytes, mode: int | None) -> Iterator[Path]:
        with temporary(folder, data, mode) as path:
            if folder == tmp_path:
                file.write_text("d'une personne")
            yield path

    monkeypatch.setattr(disk, "temporary", interrupted)
    with pytest.raises(EditConflict):
        wiki.save(page, "du robot", "")
    assert file.read_text() == "d'une personne"
    assert not list(tmp_path.glob(".wikibot-*"))


def test_a_page_saved_by_another_while_it_is_read_is_at_the_revision_of_its_text(
    tmp_path: Path, wiki: FolderWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Un.wikitext").write_text("0")
    other, read, to_come = FolderWiki(tmp_path), disk.read, ["1", "2"]

    def interrupted(path: Path, start: int = 0) -> tuple[bytes, os.stat_result]:
        found = read(path, start)
        if path.suffix == ".wikitext" and to_come:
            text = to_come.pop(0)
            with monkeypatch.context() as quiet:
                quiet.setattr(disk, "read", read)
                other.save(other.page("Un"), text, "")
        return found

    monkeypatch.setattr(disk, "read", interrupted)
    page = wiki.page("Un")
    assert page.text == "2"
    assert page == other.page("Un")


def test_a_title_too_long_for_a_file_is_refused(tmp_path: Path, wiki: FolderWiki) -> None:
    with pytest.raises(InputError) as raised:
        wiki.create("é" * 127, "", "")
    assert "263 octets, 255 au plus" in raised.value.message.fr
    assert everything(tmp_path).keys() == {"."}
    wiki.create("é" * 123, "tient", "")
    assert wiki.page("é" * 123).text == "tient"


def test_leftovers_of_a_killed_run_are_no_pages_and_are_swept(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    (tmp_path / ".wikibot-0123456789abcdef.tmp").write_text("{{Ressource}}")
    (tmp_path / ".a person's own.tmp").touch()
    assert list(wiki.pages_with(["Ressource"])) == []
    wiki.create("Un", "un", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".a person's own.tmp",
        ".wikibot",
        "Un.wikitext",
    ]


def test_two_titles_that_differ_by_case_only_are_two_pages_or_an_error_never_one(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    wiki.create("ABCtool", "un", "")
    try:
        wiki.create("ABCTOOL", "deux", "")
    except PageExists:  # a file system that takes both names for one
        assert wiki.page("ABCtool").text == "un"
    else:
        assert [wiki.page("ABCtool").text, wiki.page("ABCTOOL").text] == ["un", "deux"]


def test_where_there_are_no_hard_links_a_page_is_created_all_the_same(
    tmp_path: Path, wiki: FolderWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    wiki.create("Un", "un", "")
    with pytest.raises(PageExists):
        wiki.create("Un", "deux", "")
    (tmp_path / "Deux.wikitext").symlink_to(tmp_path / "nowhere")
    with pytest.raises(PageExists):
        wiki.create("Deux", "deux", "")
    assert wiki.page("Un").text == "un"
