from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import MAPPING, NAMES, write_pages
from wikibot.errors import InputError
from wikibot.page import Page
from wikibot.wiki.folder import FolderWiki


class Counting(FolderWiki):
    """Counts how often pages are asked for."""

    asked = 0

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        self.asked += 1
        return super().pages(titles)

    def page(self, title: str) -> Page:
        self.asked += 1
        return super().page(title)


@pytest.fixture
def wiki(tmp_path: Path) -> Counting:
    write_pages(tmp_path, PAGE)
    (tmp_path / "Accueil.wikitext").write_text("{{Bandeau}} <nowiki>{{Ressource}}</nowiki>")
    return Counting(tmp_path)


def titles(wiki: FolderWiki, *names: str) -> list[str]:
    return [str(page.title) for page in wikibot.pages_to_read(wiki, MAPPING, names)]


def test_without_a_name_every_page_that_calls_a_template_of_the_mapping(wiki: Counting) -> None:
    assert titles(wiki) == list(NAMES)


def test_the_pages_named_in_that_order_each_once_in_any_spelling(wiki: Counting) -> None:
    assert titles(wiki, "Talus", "haies", "Haies", " Talus") == ["Talus", "Haies"]
    assert wiki.asked == 1  # all together


def test_a_name_may_be_that_of_a_file(wiki: Counting) -> None:
    assert titles(wiki, "Haies.wikitext", "Mares") == ["Haies", "Mares"]


@pytest.mark.parametrize("name", ["Accueil", "Nulle part"])
def test_each_page_named_must_be_there_and_of_a_known_type(wiki: Counting, name: str) -> None:
    with pytest.raises(InputError, match=name):
        titles(wiki, "Haies", name)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("licence", "licence"),
        ("Type de licence", "licence"),
        ("TYPE DE LICENCE", "licence"),
        ("Licence", "licence"),
        ("license", "licence"),  # a parameter's other name
        ("Main_Picture", "image"),
        ("main_picture", "image"),
        ("Coordonnées géo", "coordonnees"),
        ("coordonnees geo", "coordonnees"),
        ("Location", "localisation"),
        ("defis", "defis"),
        ("Défi auquel répond la ressource", "defis"),
    ],
)
def test_a_field_goes_by_its_id_its_label_or_its_parameter(
    wiki: Counting, name: str, field: str
) -> None:
    from wikibot.jobs.select import the_field

    record = wikibot.records_on(wiki.page("Haies"), MAPPING, wiki)[0]
    assert the_field(record, name).id == field


def test_every_field_of_the_mapping_goes_by_its_own_id_and_label(wiki: Counting) -> None:
    from wikibot.jobs.select import the_field

    record = wikibot.records_on(wiki.page("Haies"), MAPPING, wiki)[0]
    for field in record.page_type.fields:
        assert the_field(record, field.id) == field
        assert the_field(record, field.label.fr) == field
        assert the_field(record, field.parameter) == field
