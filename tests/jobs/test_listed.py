"""What the wiki itself lists that concerns the rules: pages without a sheet, improper values.

There is no Semantic MediaWiki to run here: its answers are scripted in the shapes that were
recorded from one (version 4.2), of `browsebysubject` with the errors of a page, and of `ask` with
printouts of a property. That `ask` lists the subobjects in which it keeps its notes is known from
its documentation alone; both ways are tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wikibot
from tests.checks.collection import page_of
from tests.wiki import stub_api
from tests.wiki.stub_api import StubApi, error, pages
from tests.wiki.stub_wiki import Time, connect
from wikibot.checks.cards import Improper
from wikibot.errors import Unavailable
from wikibot.jobs.listed import improper_values, without_call
from wikibot.mapping import load_mapping
from wikibot.page import Page
from wikibot.wiki import open_wiki
from wikibot.wiki.mediawiki import MediaWiki

MAPPING = load_mapping("resilience")
NOTE = '[8,"smw-constraint-error-allows-value-list","Ouvert","Open, Closed","Action status"]'
BAD = Improper("Action status", "Ouvert")


@pytest.fixture
def smw(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubApi]:
    """A scripted wiki that has the namespace of properties."""
    spaces = {14: ("Catégorie", "Category"), 102: ("Attribut", "Property"), 690: ("Action", "")}
    monkeypatch.setattr(stub_api, "NAMESPACES", stub_api.NAMESPACES | spaces)
    with StubApi() as server:
        yield server


@pytest.fixture
def wiki(smw: StubApi) -> Iterator[MediaWiki]:
    with connect(smw, Time()) as opened:
        smw.seen.clear()
        yield opened


def sheets(number: int) -> list[Page]:
    return [page_of("{{Actionable}}", f"Action:{n}", number=n) for n in range(1, number + 1)]


def listing(*subjects: dict[str, Any], following: int | None = None) -> dict[str, Any]:
    """An answer of `ask`, version 3, to the two printouts."""
    asked = [("", "", "_wpg", 2), ("p1", "_ERRP", "_wpp", 1), ("p2", "_ERRT", "__errt", 1)]
    requests = [
        {"label": label, "key": key, "redi": "", "typeid": typeid, "mode": mode, "format": ""}
        for label, key, typeid, mode in asked
    ]
    results = [{subject["fulltext"]: subject} for subject in subjects]
    meta = {"count": len(results), "offset": 0, "source": ""}
    query = {"printrequests": requests, "results": results, "version": 3, "meta": meta}
    return {"query": query} | ({"query-continue-offset": following} if following else {})


def subject(full: str, properties: list[Any], notes: list[str], ns: int = 690) -> dict[str, Any]:
    return {
        "printouts": {"p1": properties, "p2": notes},
        "fulltext": full,
        "fullurl": "https://wiki.example.org/wiki/x",
        "namespace": ns,
        "exists": "1",
        "displaytitle": "",
    }


def property_page(name: str) -> dict[str, Any]:
    return {"fulltext": f"Attribut:{name}", "fullurl": "x", "namespace": 102, "exists": "1"}


def facts(*errors: tuple[str, str]) -> dict[str, Any]:
    """An answer of `browsebysubject` about Action:16 with the notes of its errors."""
    parts = [
        {
            "subject": f"16#690##_ERR{number}",
            "data": [
                {"property": "_ERRP", "dataitem": [{"type": 9, "item": f"{name}#102##"}]},
                {"property": "_ERRT", "dataitem": [{"type": 2, "item": note}]},
            ],
        }
        for number, (name, note) in enumerate(errors)
    ]
    own = {"property": "Action_ID", "dataitem": [{"type": 1, "item": "16"}]}
    return {"query": {"subject": "16#690##", "data": [own], "sobj": parts, "version": 2}}


class TestImproperValues:
    def test_one_list_tells_of_all_pages(self, wiki: MediaWiki, smw: StubApi) -> None:
        smw.script(
            "ask",
            listing(
                subject("Action:2# ERRa", [property_page("Action status")], [NOTE]),
                subject("Action:3", ["Montant de l'aide"], []),
                subject("Action:2# ERRb", [property_page("Échéance")], ["« x » n'est pas…"]),
            ),
        )
        assert improper_values(sheets(20), MAPPING, wiki) == {
            "Action:2": (BAD, Improper("Échéance", "« x » n'est pas…")),
            "Action:3": (Improper("Montant de l'aide"),),
        }
        (asked,) = smw.of("ask")
        assert asked["query"].startswith("[[Has improper value for::+]]|?Has improper value for=p1")

    def test_a_long_list_is_followed_to_its_end(self, wiki: MediaWiki, smw: StubApi) -> None:
        first = [subject(f"Action:{n}", [property_page("Échéance")], []) for n in range(1, 5)]
        last = subject("Action:9", [property_page("Échéance")], [])
        second = listing(last, subject("Action:8", [property_page("Échéance")], []))
        second["query"]["meta"]["offset"] = 4
        smw.script("ask", listing(*first, following=4), second)
        found = improper_values(sheets(20), MAPPING, wiki)
        assert sorted(found) == [f"Action:{n}" for n in (1, 2, 3, 4, 8, 9)]

    def test_of_a_few_pages_the_facts_of_each_are_asked(
        self, wiki: MediaWiki, smw: StubApi
    ) -> None:
        smw.script("browsebysubject", facts(("Action_status", NOTE)))
        here = [page_of("{{Actionable}}", "Action:16")]
        assert improper_values(here, MAPPING, wiki) == {"Action:16": (BAD,)}
        assert not smw.of("ask")

    def test_what_is_known_of_the_target_of_a_redirect_is_not_told_of_the_redirect(
        self, wiki: MediaWiki, smw: StubApi
    ) -> None:
        smw.script("browsebysubject", facts(("Action_status", NOTE)))
        here = [page_of("{{Actionable}}", "Action:15")]
        assert improper_values(here, MAPPING, wiki) == {}

    @pytest.mark.parametrize(
        "answer",
        [error("badvalue", "Unrecognized value"), {"error": {"query": ["Une condition de trop"]}}],
    )
    def test_a_wiki_that_cannot_be_asked_so_tells_nothing(
        self, wiki: MediaWiki, smw: StubApi, answer: dict[str, Any]
    ) -> None:
        smw.script("ask", answer)
        assert improper_values(sheets(20), MAPPING, wiki) == {}

    def test_a_server_in_trouble_is_not_taken_for_one_without_errors(
        self, wiki: MediaWiki, smw: StubApi
    ) -> None:
        smw.always("ask", error("internal_api_error_DBQueryError", "no"))
        with pytest.raises(Unavailable):
            improper_values(sheets(20), MAPPING, wiki)

    def test_where_there_are_no_properties_nothing_is_asked(self) -> None:
        with StubApi() as server, connect(server, Time()) as plain:
            server.seen.clear()
            assert improper_values(sheets(20), MAPPING, plain) == {}
            assert improper_values(sheets(1), MAPPING, plain) == {}
            assert server.seen == []

    def test_a_check_says_which_field_holds_it(self, wiki: MediaWiki, smw: StubApi) -> None:
        smw.script("browsebysubject", facts(("Action_status", NOTE)))
        sheet = "{{Actionable|ACTION_STATUS=Ouvert|SUMMARY=Un|RELATED_ARTICLE=X}}"
        smw.always("query", pages())
        found = wikibot.check([page_of(sheet, "Action:16")], MAPPING, wiki)
        (told,) = [finding for finding in found if finding.rule == "SMW101"]
        assert (told.field, told.value) == ("statut", "Ouvert")


class TestPagesWithoutASheet:
    def test_a_folder_is_gone_through(self, tmp_path: Path) -> None:
        texts = {
            "Un commun": "{{Ressource|licence=CC0 1.0}}",
            "Un texte": "Un texte.\n[[Catégorie:Commun]]",
            "Ancien": "#REDIRECTION [[Un texte]]\n[[Catégorie:Commun]]",
            "Portail": "Tout.\n[[Catégorie:Commun| ]]",
            "Action%3A3": "Rien qu'un texte.",
            "Catégorie%3AAutre": "[[Catégorie:Commun]]",
        }
        for name, text in texts.items():
            (tmp_path / f"{name}.wikitext").write_text(text, "utf-8")
        found = without_call(MAPPING, open_wiki(tmp_path), {"Un commun"}, set())
        assert {kind: [str(title) for title in titles] for kind, titles in found.items()} == {
            "commun": ["Un texte"],
            "action": ["Action:3"],
        }
        assert without_call(MAPPING, open_wiki(tmp_path), {"Un commun"}, {"Un texte"}) == {
            "action": found["action"]
        }

    def test_a_server_is_asked_for_the_categories_that_have_pages(
        self, wiki: MediaWiki, smw: StubApi
    ) -> None:
        filled = {"ns": 14, "title": "Catégorie:Commun", "categoryinfo": {"pages": 4}}
        empty = {"ns": 14, "title": "Catégorie:Expérience", "categoryinfo": {"pages": 0}}
        listed = [
            {"pageid": 1, "ns": 0, "title": "Un commun"},
            {"pageid": 2, "ns": 0, "title": "Un texte"},
            {"pageid": 3, "ns": 0, "title": "Ancien", "redirect": True},
            {"pageid": 4, "ns": 0, "title": "Portail", "categories": [{"sortkeyprefix": " "}]},
            {"pageid": 5, "ns": 0, "title": "Par un autre modèle"},
            {"pageid": 6, "ns": 10, "title": "Modèle:Boîte"},
        ]
        calls = {"ns": 10, "title": "Modèle:Ressource"}
        calls |= {"transcludedin": [{"ns": 0, "title": "Par un autre modèle"}]}
        actions = [{"pageid": 7, "ns": 690, "title": "Action:1"}]
        answers = (pages(filled, empty), pages(*listed), pages(*actions), pages(calls))
        smw.script("query", *answers)
        found = without_call(MAPPING, wiki, {"Un commun", "Action:1"}, set())
        assert {kind: [str(title) for title in titles] for kind, titles in found.items()} == {
            "commun": ["Un texte"]
        }
        assert len(smw.of("query")) == len(answers)
        assert json.dumps([r.get("gcmtitle") for r in smw.of("query")]).count("Commun") == 1

    def test_where_every_page_has_its_sheet_nobody_else_is_asked(
        self, wiki: MediaWiki, smw: StubApi
    ) -> None:
        smw.script("query", pages(), pages())
        assert without_call(MAPPING, wiki, set(), set()) == {}
        assert len(smw.of("query")) == 2

    def test_a_whole_check_of_a_folder_tells_them_last_and_that_of_one_page_does_not(
        self, tmp_path: Path
    ) -> None:
        sheet = "{{Ressource|licence=CC0 1.0}}"
        (tmp_path / "Un commun.wikitext").write_text(sheet, "utf-8")
        (tmp_path / "Un texte.wikitext").write_text("Un texte.\n[[Catégorie:Commun]]", "utf-8")
        folder = open_wiki(tmp_path)
        pages = [page for page in folder.pages_with(MAPPING.templates) if "{{" in page.text]
        found = wikibot.check(pages, MAPPING, folder, whole=True)
        assert (found[-1].rule, str(found[-1].title)) == ("PAG103", "Un texte")
        alone = wikibot.check(pages, MAPPING, folder)
        assert {finding.rule for finding in found} - {finding.rule for finding in alone} == {
            "PAG103"
        }
