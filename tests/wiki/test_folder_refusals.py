from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.wiki.folders import everything, wiki_of
from wikibot.errors import (
    AccessError,
    InputError,
    OutcomeUnknown,
    SaveRefused,
    Unavailable,
)
from wikibot.wiki.folder import FolderWiki


@pytest.fixture
def wiki(tmp_path: Path) -> FolderWiki:
    return wiki_of(tmp_path)


def refused_to_us(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """Make the system say that we may not write there: to root it never says so by itself."""
    access = os.access

    def answer(path: str | os.PathLike[str], mode: int) -> bool:
        return not (mode == os.W_OK and Path(path) in paths) and access(path, mode)

    monkeypatch.setattr(os, "access", answer)


def test_a_page_whose_file_is_not_ours_to_write_is_protected(
    tmp_path: Path, wiki: FolderWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "Un.wikitext"
    file.write_text("un")
    refused_to_us(monkeypatch, file)
    with pytest.raises(SaveRefused, match="protected"):
        wiki.save(wiki.page("Un"), "deux", "")
    assert file.read_text() == "un"


def test_a_file_marked_read_only_keeps_its_mark_where_the_system_lets_us_write(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    file = tmp_path / "Un.wikitext"
    file.write_text("un")
    file.chmod(0o444)
    if os.access(file, os.W_OK):  # root
        wiki.save(wiki.page("Un"), "deux", "")
        assert file.read_text() == "deux"
    assert file.stat().st_mode & 0o777 == 0o444


def test_a_read_only_folder_is_read_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "Un.wikitext").write_text("{{Ressource}}")
    refused_to_us(monkeypatch, folder)
    before = everything(folder)
    wiki = FolderWiki.open(folder)
    page = wiki.page("Un")
    with pytest.raises(AccessError) as raised:
        wiki.save(page, "deux", "")
    assert raised.value.exit_code == 4
    assert "est en lecture seule" in raised.value.message.fr
    with pytest.raises(AccessError):
        wiki.create("Deux", "deux", "")
    assert wiki.writable
    assert everything(folder) == before


def test_a_page_replaced_by_a_link_is_not_written_through(tmp_path: Path, wiki: FolderWiki) -> None:
    target = tmp_path / "elsewhere"
    target.write_text("un")
    (tmp_path / "Un.wikitext").write_text("un")
    page = wiki.page("Un")
    (tmp_path / "Un.wikitext").unlink()
    (tmp_path / "Un.wikitext").symlink_to(target)
    with pytest.raises(SaveRefused, match="symbolic link"):
        wiki.save(page, "deux", "")
    assert target.read_text() == "un"


def test_a_state_folder_that_is_a_link_is_not_written_through(
    tmp_path: Path, wiki: FolderWiki, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (tmp_path / ".wikibot").symlink_to(elsewhere)
    with pytest.raises(InputError):
        wiki.create("Un", "un", "")
    assert list(elsewhere.iterdir()) == []
    assert not (tmp_path / "Un.wikitext").exists()


def test_a_full_disk_leaves_the_page_as_it_was(
    tmp_path: Path, wiki: FolderWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Un.wikitext").write_text("un")
    page = wiki.page("Un")
    with monkeypatch.context() as patch:

        def fsync(_: int) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(os, "fsync", fsync)
        with pytest.raises(Unavailable, match="No space left"):
            wiki.save(page, "deux", "")
    assert FolderWiki(tmp_path).page("Un") == page
    assert not list(tmp_path.rglob(".wikibot-*"))
    wiki.save(page, "deux", "")
    assert wiki.revisions(wiki.page("Un"), 0)[0].id == page.revision.id


def test_a_page_written_whose_history_is_not_is_told_and_has_the_id_it_would_have_had(
    tmp_path: Path, wiki: FolderWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiki.create("Un", "un", "")
    page = wiki.page("Un")
    replace = os.replace
    with monkeypatch.context() as patch:

        def replace_and_fill_the_disk(source: Path, target: Path) -> None:
            replace(source, target)
            if target == tmp_path / "Un.wikitext":
                patch.setattr(os, "write", no_space)

        def no_space(*_: object) -> int:
            raise OSError(28, "No space left on device")

        patch.setattr(os, "replace", replace_and_fill_the_disk)
        with pytest.raises(OutcomeUnknown, match="is written"):
            wiki.save(page, "deux", "")
    after = wiki.page("Un")
    assert (after.text, after.revision.parent_id) == ("deux", page.revision.id)
    assert wiki.save(after, "trois", "").old_revid == after.revision.id
