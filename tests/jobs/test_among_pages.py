"""Rules that look at other pages, on a real wiki: what they cost, find and mend."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import wikibot
from tests.mediawiki.bench import MediaWikiBench
from wikibot.wiki.mediawiki import MediaWiki

MAPPING = wikibot.load_mapping("resilience")
SHEET = "{{Ressource\n|communs_proches=%s\n|licence=CC0 1.0\n|referent=%s\n}}"
N = 40


@pytest.fixture
def server(fresh_mediawiki: MediaWikiBench) -> Iterator[MediaWiki]:
    bench = fresh_mediawiki
    for number in range(N):
        near = "Ancienne mare" if number % 2 else f"Rien de tel {number:02}"
        bench.edit_as_human(f"Fiche {number:02}", SHEET % (near, bench.bot_name))
    bench.edit_as_human("Mare", SHEET % ("", "Personne de ce nom"))
    bench.edit_as_human("Ancienne mare", "#REDIRECTION [[Mare]]")
    with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
        bench.forget_requests()
        yield wiki


def test_a_whole_check_asks_once_for_all_that_the_pages_name(
    server: MediaWiki, fresh_mediawiki: MediaWikiBench
) -> None:
    pages = list(server.pages_with(MAPPING.templates))
    read = len(fresh_mediawiki.requests_seen())
    found = wikibot.check(pages, MAPPING, server, whole=True)
    # One for all that is named; one for the categories, of which none has a page; one for each of
    # the namespaces of actions and labels; and, as this wiki has the namespace of properties, one
    # that tells that it has no Semantic MediaWiki.
    assert len(fresh_mediawiki.requests_seen()) - read == 5
    counts = {
        rule: sum(f.rule == rule for f in found)
        for rule in ("LNK101", "LNK102", "COL103", "PAI102")
    }
    assert counts == {"LNK101": N // 2, "LNK102": N // 2, "COL103": 1, "PAI102": N // 2}


def test_pages_of_a_category_without_a_sheet_are_told(
    server: MediaWiki, fresh_mediawiki: MediaWikiBench
) -> None:
    bench = fresh_mediawiki
    bench.edit_as_human("Sans fiche", "Un texte.\n[[Catégorie:Commun]]")
    bench.edit_as_human("Fiche avec catégorie", f"{SHEET % ('', '')}\n[[Category:commun]]")
    bench.edit_as_human("Portail", "Un texte.\n[[Catégorie:Commun| ]]")
    bench.edit_as_human("Détour", "#REDIRECTION [[Sans fiche]]\n[[Catégorie:Commun]]")
    bench.edit_as_human("Reprise", "{{:Fiche avec catégorie}}")
    bench.edit_as_human("Modèle:Boîte", "Un texte.\n[[Catégorie:Commun]]")
    pages = list(server.pages_with(MAPPING.templates))
    bench.forget_requests()
    found = wikibot.check(pages, MAPPING, server, whole=True)
    assert [str(f.title) for f in found if f.rule == "PAG103"] == ["Sans fiche"]
    # The same five, and two more: the pages of the one category, and who calls a template.
    assert len(bench.requests_seen()) == 7


def test_one_page_costs_a_listing_of_the_others_and_one_question(
    server: MediaWiki, fresh_mediawiki: MediaWikiBench
) -> None:
    page = server.page("Fiche 01")
    read = len(fresh_mediawiki.requests_seen())
    found = wikibot.check([page], MAPPING, server)
    assert [f.rule for f in found if f.rule.startswith(("LNK", "COL"))] == ["LNK102"]
    # With two for Semantic MediaWiki, which is not there, by the names of its module now and then.
    assert len(fresh_mediawiki.requests_seen()) - read == 5


def test_redirects_are_mended_and_one_question_is_all_it_takes(
    server: MediaWiki, fresh_mediawiki: MediaWikiBench
) -> None:
    pages = list(server.pages_with(MAPPING.templates))
    read = len(fresh_mediawiki.requests_seen())
    plan = wikibot.fix(pages, MAPPING, server, rules={"LNK102"})
    assert len(fresh_mediawiki.requests_seen()) - read == 1
    assert len(plan.edits) == N // 2
    assert {change.new for edit in plan.edits for change in edit.changes} == {"Mare"}
