from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.wiki.contract import WikiContract, WikiUnderTest
from tests.wiki.folders import NOON, everything, wiki_of
from wikibot.errors import (
    InputError,
    InvalidTitle,
)
from wikibot.title import FRENCH
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.folder.names import file_name
from wikibot.wiki.protocol import Wiki

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@dataclass
class FolderUnderTest:
    wiki: Wiki
    folder: Path

    def edit_as_person(self, title: str, text: str) -> None:
        (self.folder / file_name(FRENCH.parse(title))).write_bytes(text.encode())

    def delete_as_person(self, title: str) -> None:
        (self.folder / file_name(FRENCH.parse(title))).unlink()


class TestFolderContract(WikiContract):
    @pytest.fixture
    def wiki(self, tmp_path: Path) -> WikiUnderTest:
        return FolderUnderTest(FolderWiki.open(tmp_path), tmp_path)


@pytest.fixture
def wiki(tmp_path: Path) -> FolderWiki:
    return wiki_of(tmp_path)


# --- what a folder is ---


@pytest.mark.parametrize(
    ("name", "fr", "en"),
    [
        ("absent", "n'existe pas", "does not exist"),
        ("page.txt", "n'est pas un dossier", "is not a folder"),
    ],
)
def test_a_path_that_is_no_folder_is_refused_in_one_line(
    tmp_path: Path, name: str, fr: str, en: str
) -> None:
    (tmp_path / "page.txt").touch()
    with pytest.raises(InputError) as raised:
        FolderWiki.open(tmp_path / name)
    assert raised.value.message.fr == f"« {tmp_path / name} » {fr}."
    assert raised.value.message.en == f"“{tmp_path / name}” {en}."


def test_an_empty_folder_is_a_wiki_without_pages(wiki: FolderWiki) -> None:
    assert list(wiki.pages_with(["Ressource"])) == []


def test_the_place_is_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    wiki = FolderWiki.open("pages")
    assert wiki.place == "pages"
    assert wiki.home == Path("pages/.wikibot")


def test_reading_writes_nothing(tmp_path: Path, wiki: FolderWiki) -> None:
    (tmp_path / "Un.wikitext").write_text("{{Ressource}}")
    before = everything(tmp_path)
    page = wiki.page("Un")
    assert list(wiki.pages(["Un"])) == list(wiki.pages_with(["Ressource"])) == [page]
    assert wiki.revisions(page, 0) == (page.revision,)
    assert wiki.wikiid
    assert everything(tmp_path) == before


# --- pages and their revisions ---


def test_a_page_edited_by_hand_has_an_id_that_stays_and_the_time_of_its_file(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    file = tmp_path / "Un.wikitext"
    file.write_text("un")
    os.utime(file, (NOON.timestamp() + 0.75, NOON.timestamp() + 0.75))
    page = wiki.page("Un")
    assert page == FolderWiki(tmp_path).page("Un")
    assert page.revision.timestamp == NOON
    assert (page.revision.parent_id, page.revision.user, page.revision.comment) == (0, None, None)
    file.write_text("deux")
    assert wiki.page("Un").revision.id != page.revision.id
    file.write_text("un")
    assert wiki.page("Un").revision.id == page.revision.id


def test_ids_can_be_kept_as_floating_point_numbers(tmp_path: Path, wiki: FolderWiki) -> None:
    for number in range(50):
        page = wiki.page(str(wiki.create(f"Page {number}", "x", "").title))
        assert 0 < page.id < 2**53
        assert 0 < page.revision.id < 2**53


def test_an_edit_by_hand_after_a_save_has_the_save_as_its_parent(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    saved = wiki.create("Un", "du robot", "création")
    (tmp_path / "Un.wikitext").write_text("d'une personne")
    page = wiki.page("Un")
    assert page.revision.parent_id == saved.new_revid
    assert wiki.revisions(page, saved.new_revid) == (page.revision,)


def test_a_save_is_signed_dated_and_commented(tmp_path: Path) -> None:
    wiki = FolderWiki(tmp_path, user="Robot des communs", now=lambda: NOON + timedelta(days=1))
    wiki.create("Un", "un", "[bot] création «été»")
    revision = FolderWiki(tmp_path).page("Un").revision
    assert revision.user == "Robot des communs"
    assert revision.comment == "[bot] création «été»"
    assert revision.timestamp == NOON + timedelta(days=1)


def test_the_revisions_of_an_unknown_id_are_all_of_them(tmp_path: Path, wiki: FolderWiki) -> None:
    wiki.create("Un", "un", "")
    page = wiki.page("Un")
    assert wiki.revisions(page, 12345) == (page.revision,)


def test_the_revisions_of_a_vanished_page_are_those_recorded(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    wiki.create("Un", "un", "")
    page = wiki.page("Un")
    (tmp_path / "Un.wikitext").unlink()
    assert wiki.revisions(page, 0) == (page.revision,)


def test_a_page_that_came_back_as_it_was_is_at_its_last_revision(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    first = wiki.create("Un", "un", "")
    (tmp_path / "Un.wikitext").unlink()
    assert wiki.create("Un", "un", "").new_revid == first.new_revid
    (tmp_path / "Un.wikitext").unlink()
    other = wiki.create("Un", "deux", "")
    assert wiki.page("Un").revision.id == other.new_revid
    assert wiki.page("Un").revision.parent_id == first.new_revid


def test_the_texts_of_the_base_and_of_the_save_can_be_had_again(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    (tmp_path / "Un.wikitext").write_bytes(b"avant\r\n")
    page = wiki.page("Un")
    saved = wiki.save(page, "apr\u00e8s", "")
    (tmp_path / "Un.wikitext").write_text("encore autre chose")
    assert wiki.text_of(saved.old_revid) == "avant\r\n"
    assert FolderWiki(tmp_path).text_of(saved.new_revid) == "après"
    with pytest.raises(InputError, match="12345"):
        wiki.text_of(12345)


def test_pages_with_are_in_the_order_of_titles_and_leave_out_plain_text(
    tmp_path: Path, wiki: FolderWiki
) -> None:
    for name in ("Zoé", "Modèle%3AÉté", "Abricot", "Utilisateur%3AAnne"):
        (tmp_path / f"{name}.wikitext").write_text("{{Ressource}}")
    (tmp_path / "Note.wikitext").write_text("sans modèle")
    found = [str(page.title) for page in wiki.pages_with(["Ressource"])]
    assert found == ["Abricot", "Zoé", "Utilisateur:Anne", "Modèle:Été"]
    assert list(wiki.pages_with([])) == []


def test_an_unknown_page_is_told_with_the_nearest_titles(tmp_path: Path, wiki: FolderWiki) -> None:
    for name in ("Bilan mobilité", "Bilan 360°", "ABCtool"):
        (tmp_path / f"{name}.wikitext").touch()
    with pytest.raises(InputError) as raised:
        wiki.page("diagnostique mobilite")
    assert raised.value.exit_code == 2
    assert raised.value.message.fr == f"Aucune page « diagnostique mobilite » dans {tmp_path}."
    assert raised.value.advice
    assert raised.value.advice.fr.startswith("Vouliez-vous dire « Bilan mobilité »")
    with pytest.raises(InputError) as raised:
        wiki.page("Xylophone")
    assert raised.value.advice is None


def test_a_text_that_is_no_title_is_told_as_such(wiki: FolderWiki) -> None:
    with pytest.raises(InvalidTitle):
        wiki.page("[[Un]]")


# --- identity ---


def test_the_identity_is_the_same_before_and_after_it_is_recorded(tmp_path: Path) -> None:
    before = FolderWiki(tmp_path).wikiid
    wiki = FolderWiki(tmp_path)
    wiki.create("Un", "un", "")
    assert before == wiki.wikiid == FolderWiki(tmp_path).wikiid
    assert json.loads((tmp_path / ".wikibot/wiki.json").read_text()) == {"wikiid": before}
    assert before.startswith("folder:")


def test_a_folder_that_moved_keeps_the_identity_that_was_recorded(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    FolderWiki(tmp_path / "pages").create("Un", "un", "")
    wikiid = FolderWiki(tmp_path / "pages").wikiid
    (tmp_path / "pages").rename(tmp_path / "moved")
    assert FolderWiki(tmp_path / "moved").wikiid == wikiid
    (tmp_path / "pages").mkdir()
    (tmp_path / "other").mkdir()
    assert FolderWiki(tmp_path / "other").wikiid != FolderWiki(tmp_path / "pages").wikiid


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"wikiid": "folder:../.."}', '{"wikiid": 1}'])
def test_a_damaged_identity_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / ".wikibot").mkdir()
    (tmp_path / ".wikibot/wiki.json").write_text(content)
    with pytest.raises(InputError, match=r"wiki\.json"):
        _ = FolderWiki(tmp_path).wikiid


# --- the real sample ---


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample pages are not here")
def test_the_real_pages_are_read_under_their_real_titles() -> None:
    wiki = FolderWiki.open(SHARED / "commons")
    page = wiki.page("Diagnostic 360° de résilience territoriale")
    assert wiki.page("Diagnostic-360-de-resilience-territoriale") == page
    pages = list(wiki.pages_with(["Ressource"]))
    assert page in pages
    assert len(pages) == 14
    assert all(page.text.encode() for page in pages)
