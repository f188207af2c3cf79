"""edit and new on a real MediaWiki: what people do there meanwhile is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import MAPPING
from tests.mediawiki.bench import MediaWikiBench
from wikibot.errors import EditConflict, InputError, PageExists
from wikibot.jobs.form.draft import find_draft, text_of
from wikibot.jobs.naming import type_named
from wikibot.wiki.mediawiki import MediaWiki

TITLE, TEXT = "Atlas des haies", PAGE.strip()
LICENCE, CC0 = "Licence Ouverte 2.0 (Etalab)", "Creative Commons Zero 1.0"
COMMUN = type_named(MAPPING, "commun")


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench, monkeypatch: pytest.MonkeyPatch) -> MediaWikiBench:
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    fresh_mediawiki.edit_as_human(TITLE, TEXT)
    return fresh_mediawiki


@pytest.fixture
def wiki(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with MediaWiki.connect(bench.api, bench.account, bench.password) as opened:
        yield opened


def take(wiki: MediaWiki, draft: wikibot.Draft, old: str, new: str) -> wikibot.Plan:
    text = text_of(draft)
    assert old in text
    taken = wikibot.take_form(draft, text.replace(old, new), MAPPING, wiki, "fr")
    assert taken.plan is not None, taken.problems
    return taken.plan


def test_what_a_person_writes_elsewhere_on_the_page_meanwhile_stays(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    draft = wikibot.begin_form(wiki.page(TITLE), MAPPING, wiki, "fr", state=tmp_path)
    bench.edit_as_human(TITLE, TEXT.replace("haie, bocage", "mare") + "\n\nUn mot de plus.")
    plan = take(wiki, draft, LICENCE, "CC0")
    assert wikibot.apply(plan, wiki, state=tmp_path).exit_code == 0
    assert wiki.page(TITLE).text == (
        TEXT.replace("haie, bocage", "mare").replace(LICENCE, CC0) + "\n\nUn mot de plus."
    )


def test_a_page_that_was_moved_meanwhile_is_found(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    page = wiki.page(TITLE)
    draft = wikibot.begin_form(page, MAPPING, wiki, "fr", state=tmp_path)
    bench.admin.move(TITLE, "Atlas du bocage")
    plan = take(wiki, draft, LICENCE, "CC0")
    assert (plan.edits[0].title, plan.edits[0].pageid) == ("Atlas du bocage", page.id)


def test_the_same_field_on_both_sides_is_a_conflict_that_both_can_be_read_of(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    draft = wikibot.begin_form(wiki.page(TITLE), MAPPING, wiki, "fr", state=tmp_path)
    bench.edit_as_human(TITLE, TEXT.replace(LICENCE, "MIT"))
    with pytest.raises(EditConflict):
        take(wiki, draft, f'"{LICENCE}"', '"CC0"')
    fresh = find_draft(draft.path, wiki.syntax.namespaces)
    assert fresh is not None
    assert "« MIT »" in text_of(fresh)
    assert 'licence = "CC0"' in text_of(fresh)


def test_a_page_is_created_and_never_twice(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    made = wikibot.blank_page(wiki, MAPPING, COMMUN, "atlas des mares")
    plan = wikibot.new_page(made, [wikibot.parse_assignment("licence=CC0")], MAPPING, wiki)
    bench.edit_as_human("Atlas des mares", "Une page d'une personne.")
    assert wikibot.apply(plan, wiki, state=tmp_path).exit_code == 3
    assert wiki.page("Atlas des mares").text == "Une page d'une personne."
    with pytest.raises(PageExists):
        wikibot.blank_page(wiki, MAPPING, COMMUN, "atlas des mares")
    with pytest.raises(PageExists):
        wikibot.blank_page(wiki, MAPPING, COMMUN, "ATLAS DES HAIES")
    plan = wikibot.new_page(
        wikibot.blank_page(wiki, MAPPING, COMMUN, "Étangs"),
        [wikibot.parse_assignment("licence=CC0")],
        MAPPING,
        wiki,
    )
    assert wikibot.apply(plan, wiki, state=tmp_path).exit_code == 0
    assert wiki.page("Étangs").text == f"{{{{Ressource\n|licence={CC0}\n}}}}"


def test_a_page_goes_by_its_name_in_another_spelling(
    bench: MediaWikiBench, wiki: MediaWiki
) -> None:
    before = wiki.requests.get
    (found,) = wikibot.pages_to_read(wiki, MAPPING, ["ATLAS dés haies"])
    assert str(found.title) == TITLE
    assert wiki.requests.get - before <= 5  # whatever the number of pages
    with pytest.raises(InputError) as refusal:
        list(wikibot.pages_to_read(wiki, MAPPING, ["Atlas des hais"]))
    assert refusal.value.advice is not None
    assert TITLE in refusal.value.advice.fr
