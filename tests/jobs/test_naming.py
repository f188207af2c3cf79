from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import MAPPING, write_pages
from wikibot.errors import InputError
from wikibot.jobs.naming import field_named, titles_of, type_named
from wikibot.page import Page
from wikibot.title import Title
from wikibot.wiki.folder import FolderWiki

TITLES = ("Atlas des haies", "Économie circulaire", "Mares", "Mârès", "L'eau partagée", "C++")


class Counting(FolderWiki):
    """Counts how often a page is asked for, and the titles."""

    pages_asked = titles_asked = 0

    def page(self, title: str) -> Page:
        self.pages_asked += 1
        return super().page(title)

    def titles_with(self, templates: Iterable[str]) -> Iterator[Title]:
        self.titles_asked += 1
        return super().titles_with(templates)


@pytest.fixture
def wiki(tmp_path: Path) -> Counting:
    write_pages(tmp_path, PAGE, TITLES)
    (tmp_path / "Vieil atlas.wikitext").write_text("#REDIRECTION [[Atlas des haies]]")
    return Counting(tmp_path)


def named(wiki: FolderWiki, *names: str) -> list[str]:
    return [str(page.title) for page in wikibot.pages_to_read(wiki, MAPPING, names)]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("atlas DES haies", "Atlas des haies"),
        ("Atlas  des  Haies", "Atlas des haies"),
        ("economie-circulaire", "Économie circulaire"),
        ("l’eau partagee", "L'eau partagée"),
        ("mares", "Mares"),  # exact, but for the first letter: no other is looked for
    ],
)
def test_a_page_goes_by_its_title_without_accents_case_and_punctuation(
    wiki: Counting, name: str, title: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "wikibot"):
        assert named(wiki, name) == [title]
    told = [record.getMessage() for record in caplog.records]
    assert told == ([] if name == "mares" else [f"“{name}”: page “{title}”."])


def test_titles_are_listed_once_for_all_names_and_no_page_is_asked_twice(wiki: Counting) -> None:
    found = named(wiki, "ATLAS des haies", "economie circulaire", "Mares")
    assert found == ["Atlas des haies", "Économie circulaire", "Mares"]
    assert wiki.titles_asked == 1
    assert wiki.pages_asked <= 5


def test_a_name_that_means_several_pages_is_refused_with_all_of_them(wiki: Counting) -> None:
    with pytest.raises(InputError) as refusal:
        named(wiki, "MARES")
    assert refusal.value.message.fr == (
        "« MARES » peut désigner plusieurs pages : « Mares », « Mârès »."
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Atlas des hais", "Atlas des haies"), ("atlas", "Atlas des haies"), ("Mare", "Mares")],
)
def test_a_title_that_is_only_similar_is_suggested_and_never_taken(
    wiki: Counting, name: str, hint: str
) -> None:
    with pytest.raises(InputError) as refusal:
        named(wiki, name)
    assert refusal.value.code == "missingtitle"
    assert refusal.value.advice is not None
    assert hint in refusal.value.advice.fr


@pytest.mark.parametrize("name", ["C", "+", "c", "C--"])
def test_signs_that_make_another_word_are_not_passed_over(wiki: Counting, name: str) -> None:
    with pytest.raises(InputError):
        named(wiki, name)


def test_a_redirect_says_where_it_leads(wiki: Counting) -> None:
    with pytest.raises(InputError) as refusal:
        named(wiki, "vieil ATLAS")
    assert refusal.value.advice is not None
    assert "« Atlas des haies »" in refusal.value.advice.fr


def test_a_wiki_that_cannot_list_titles_gives_its_pages(tmp_path: Path) -> None:
    from tests.wiki.exports import export, page, revision
    from wikibot.wiki.dump import DumpWiki

    file = tmp_path / "export.xml"
    file.write_bytes(export(page("Atlas des haies", revision(1, PAGE), number=1)))
    wiki = DumpWiki(file)
    assert [str(title) for title in titles_of(wiki, MAPPING.templates)] == ["Atlas des haies"]
    (found,) = wikibot.pages_to_read(wiki, MAPPING, ["ATLAS des haies"])
    assert str(found.title) == "Atlas des haies"


COMMUN = type_named(MAPPING, "commun")


@pytest.mark.parametrize(
    ("name", "field"),
    [("défi", "defis"), ("Défis", "defis"), ("TAG", "tags"), ("catégorie", "categories")],
)
def test_a_field_goes_by_its_name_in_the_singular_where_nothing_else_is_meant(
    name: str, field: str
) -> None:
    assert field_named(COMMUN, name).id == field


@pytest.mark.parametrize(
    ("name", "hint"), [("lisence", "licence"), ("contributeurz", "contributeurs"), ("zzz", "show")]
)
def test_an_unknown_field_is_refused_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(InputError) as refusal:
        field_named(COMMUN, name)
    assert refusal.value.advice is not None
    assert hint in refusal.value.advice.fr


@pytest.mark.parametrize(
    ("name", "type_id"),
    [
        ("commun", "commun"),
        ("COMMUN", "commun"),
        ("Ressource", "commun"),
        ("Compte rendu d'atelier", "compte_rendu"),
        ("étiquette", "etiquette"),
    ],
)
def test_a_page_type_goes_by_its_id_its_label_or_its_template(name: str, type_id: str) -> None:
    assert type_named(MAPPING, name).id == type_id


@pytest.mark.parametrize(("name", "hint"), [("personn", "personne"), ("zzz", "commun")])
def test_an_unknown_page_type_is_refused_with_the_nearest_or_all(name: str, hint: str) -> None:
    with pytest.raises(InputError) as refusal:
        type_named(MAPPING, name)
    assert refusal.value.advice is not None
    assert hint in refusal.value.advice.fr
