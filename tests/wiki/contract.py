"""What every writable wiki promises: the tests that each kind of wiki passes.

A test module takes them by a class of its own, which gives the fixture `wiki`:

    class TestFolderContract(WikiContract):
        @pytest.fixture
        def wiki(self, tmp_path: Path) -> WikiUnderTest: ...

The tests use titles of their own, so that one wiki may serve all of them.
"""

from __future__ import annotations

from typing import Protocol
from uuid import uuid4

import pytest

from wikibot.errors import EditConflict, InputError, PageExists, PageMissing
from wikibot.wiki.protocol import Wiki


class WikiUnderTest(Protocol):
    """A wiki, and a person who works on it without the bot."""

    @property
    def wiki(self) -> Wiki:
        """The wiki as the bot sees it."""

    def edit_as_person(self, title: str, text: str) -> None:
        """Give the page this text, creating it if need be."""

    def delete_as_person(self, title: str) -> None:
        """Make the page vanish."""


class WikiContract:
    """Reading, compare-and-swap, history: the same on a folder and on a server."""

    @pytest.fixture
    def title(self) -> str:
        return f"Contrat {uuid4().hex[:8]} à l’essai"

    def test_a_created_page_reads_back_as_it_was_written(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        text = "{{Ressource\n|titre=L’eau & l'air\n}}\nDu texte : « été », 日本, 🌍."
        saved = wiki.wiki.create(title, text, "création")
        page = wiki.wiki.page(title)
        assert page.text == text
        assert str(page.title) == title
        assert (saved.title, saved.pageid) == (page.title, page.id)
        assert saved.new_revid == page.revision.id
        assert page.revision.parent_id == 0
        assert page.revision.comment == "création"
        assert page.revision.user

    def test_a_page_that_exists_is_not_created_again(self, wiki: WikiUnderTest, title: str) -> None:
        wiki.edit_as_person(title, "d'une personne")
        with pytest.raises(PageExists):
            wiki.wiki.create(title, "du robot", "")
        assert wiki.wiki.page(title).text == "d'une personne"

    def test_a_page_created_twice_by_the_bot_stays_the_first(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.wiki.create(title, "un", "")
        with pytest.raises(PageExists):
            wiki.wiki.create(title, "deux", "")
        assert wiki.wiki.page(title).text == "un"

    def test_a_save_on_the_current_revision_replaces_it(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.edit_as_person(title, "avant")
        before = wiki.wiki.page(title)
        saved = wiki.wiki.save(before, "après", "un mot")
        after = wiki.wiki.page(title)
        assert after.text == "après"
        assert not saved.unchanged
        assert (saved.pageid, saved.title) == (before.id, before.title) == (after.id, after.title)
        assert saved.old_revid == before.revision.id == after.revision.parent_id
        assert saved.new_revid == after.revision.id != before.revision.id
        assert after.revision.comment == "un mot"
        assert after.revision.timestamp.utcoffset() is not None

    def test_saves_follow_one_another_when_each_is_read_back(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.wiki.create(title, "0", "")
        for number in ("1", "2", "1"):  # back to an earlier text is a revision of its own
            page = wiki.wiki.page(title)
            assert wiki.wiki.save(page, number, "").old_revid == page.revision.id
        assert wiki.wiki.page(title).text == "1"
        ids = [revision.id for revision in wiki.wiki.revisions(wiki.wiki.page(title), 0)]
        assert len(set(ids)) == 4

    def test_an_edit_made_meanwhile_is_a_conflict_and_is_kept(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.edit_as_person(title, "la ligne d'origine")
        page = wiki.wiki.page(title)
        wiki.edit_as_person(title, "la ligne d'une personne")
        with pytest.raises(EditConflict):
            wiki.wiki.save(page, "la ligne du robot", "")
        assert wiki.wiki.page(title).text == "la ligne d'une personne"

    def test_a_page_saved_once_cannot_be_saved_on_its_old_revision(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.edit_as_person(title, "zéro")
        page = wiki.wiki.page(title)
        wiki.wiki.save(page, "un", "")
        wiki.edit_as_person(title, "d'une personne")
        with pytest.raises(EditConflict):
            wiki.wiki.save(page, "deux", "")
        assert wiki.wiki.page(title).text == "d'une personne"

    def test_a_deleted_page_is_not_created_again_by_a_save(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.edit_as_person(title, "bientôt supprimée")
        page = wiki.wiki.page(title)
        wiki.delete_as_person(title)
        with pytest.raises(PageMissing):
            wiki.wiki.save(page, "revenue", "")
        assert list(wiki.wiki.pages([title])) == []

    def test_the_same_text_is_no_new_revision(self, wiki: WikiUnderTest, title: str) -> None:
        wiki.edit_as_person(title, "pareil")
        page = wiki.wiki.page(title)
        saved = wiki.wiki.save(page, "pareil", "rien")
        assert saved.unchanged
        assert saved.old_revid == saved.new_revid == page.revision.id
        assert wiki.wiki.page(title) == page

    def test_revisions_tell_what_came_after_a_revision_oldest_first(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.edit_as_person(title, "un")
        first = wiki.wiki.page(title)
        saved = wiki.wiki.save(first, "deux", "du robot")
        wiki.edit_as_person(title, "trois")
        last = wiki.wiki.page(title)
        assert wiki.wiki.revisions(last, last.revision.id) == ()
        since = wiki.wiki.revisions(last, first.revision.id)
        assert [revision.id for revision in since] == [saved.new_revid, last.revision.id]
        assert since[0].comment == "du robot"
        assert since[-1] == last.revision
        assert [r.id for r in wiki.wiki.revisions(last, 0)][-3:] == [
            first.revision.id,
            saved.new_revid,
            last.revision.id,
        ]

    def test_the_text_that_a_save_has_replaced_can_still_be_read(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.edit_as_person(title, "avant, à l’essai")
        saved = wiki.wiki.save(wiki.wiki.page(title), "après", "")
        wiki.edit_as_person(title, "encore après")
        assert wiki.wiki.text_of(saved.old_revid) == "avant, à l’essai"
        assert wiki.wiki.text_of(saved.new_revid) == "après"

    def test_a_revision_that_is_not_there_has_no_text(self, wiki: WikiUnderTest) -> None:
        with pytest.raises(InputError):
            wiki.wiki.text_of(2**31 - 5)

    def test_reading_twice_gives_the_same_page(self, wiki: WikiUnderTest, title: str) -> None:
        wiki.edit_as_person(title, "stable")
        assert wiki.wiki.page(title) == wiki.wiki.page(title)

    def test_a_title_is_normalised_before_it_is_looked_up(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.edit_as_person(title, "trouvée")
        typed = f"  {title[0].lower()}{title[1:].replace(' ', '_')} "
        assert wiki.wiki.page(typed).title == wiki.wiki.page(title).title

    def test_pages_gives_each_page_that_exists_once(self, wiki: WikiUnderTest, title: str) -> None:
        wiki.edit_as_person(f"{title} 1", "un")
        wiki.edit_as_person(f"{title} 2", "deux")
        asked = [f"{title} 1", f"{title} absente", f"{title} 2", f"{title}_1"]
        found = {str(page.title): page.text for page in wiki.wiki.pages(asked)}
        assert found == {f"{title} 1": "un", f"{title} 2": "deux"}
        assert len(list(wiki.wiki.pages(asked))) == 2

    def test_a_page_that_does_not_exist_is_told_by_name(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        with pytest.raises((InputError, PageMissing)) as raised:
            wiki.wiki.page(title)
        assert title in raised.value.message.fr
        assert title in raised.value.message.en

    def test_pages_with_finds_the_pages_that_call_a_template(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        wiki.edit_as_person(f"{title} avec", "{{Ressource|licence=MIT}}")
        found = {str(page.title): page.text for page in wiki.wiki.pages_with(["Ressource"])}
        assert found[f"{title} avec"] == "{{Ressource|licence=MIT}}"

    def test_pages_are_found_by_their_ids_too(self, wiki: WikiUnderTest, title: str) -> None:
        wiki.edit_as_person(title, "un")
        page = wiki.wiki.page(title)
        assert list(wiki.wiki.pages_by_id([page.id, page.id, 2**40])) == [page]
        wiki.delete_as_person(title)
        assert list(wiki.wiki.pages_by_id([page.id])) == []

    def test_the_stop_page_lets_the_bot_work_by_one_word_alone(
        self, wiki: WikiUnderTest, title: str
    ) -> None:
        def order() -> str:
            told = wiki.wiki.stop_order(title, talk=False)
            return told.fr if told else ""

        assert wiki.wiki.stop_order(None, talk=True) is None
        assert title in order()  # it does not exist
        wiki.edit_as_person(title, "go\n")
        assert order() == ""
        wiki.edit_as_person(title, "Stop, merci.")
        assert title in order()

    def test_a_run_may_begin(self, wiki: WikiUnderTest) -> None:
        wiki.wiki.prepare(creates=True, tag=None, allow=frozenset())

    def test_the_wiki_says_who_it_is_and_that_it_can_be_written(self, wiki: WikiUnderTest) -> None:
        assert wiki.wiki.writable
        assert wiki.wiki.wikiid == wiki.wiki.wikiid != ""
        assert wiki.wiki.place
        assert wiki.wiki.syntax.namespaces.parse("Modèle:Ressource").namespace == 10
