"""The versions that a page had, text and all: of a folder, a dump and a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.wiki.exports import export, page, revision
from tests.wiki.stub_api import StubApi, pages
from wikibot.errors import Unavailable
from wikibot.page import Page, Revision
from wikibot.wiki import Wiki, open_wiki
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.protocol import Archive

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def versions(wiki: Wiki, *titles: str, most: int = 50) -> list[list[str]]:
    assert isinstance(wiki, Archive)
    read = list(wiki.pages(titles))
    return [[one.text for one in found] for found in wiki.histories(read, LONG_AGO, most)]


class TestOfAFolder:
    def test_what_was_saved_and_what_a_person_made_of_it(self, tmp_path: Path) -> None:
        wiki = FolderWiki.open(tmp_path)
        wiki.create("Haies", "un", "[wb:000001] création")
        (tmp_path / "Haies.wikitext").write_text("deux")
        wiki.save(wiki.page("Haies"), "trois", "[wb:000002] suite")
        (tmp_path / "Haies.wikitext").write_text("quatre")
        assert versions(wiki, "Haies") == [["un", "deux", "trois", "quatre"]]
        assert versions(wiki, "Haies", most=2) == [["deux", "trois", "quatre"]]
        (found,) = wiki.histories([wiki.page("Haies")], LONG_AGO, 50)
        ids = [one.revision.id for one in found]
        assert [one.revision.parent_id for one in found] == [0, *ids[:-1]]

    def test_a_page_that_was_never_saved_has_but_one(self, tmp_path: Path) -> None:
        (tmp_path / "Haies.wikitext").write_text("un")
        assert versions(open_wiki(tmp_path), "Haies") == [["un"]]


class TestOfADump:
    def wiki(self, tmp_path: Path, *exported: str) -> DumpWiki:
        (tmp_path / "export.xml").write_bytes(export(*exported))
        return DumpWiki.open(tmp_path / "export.xml")

    def test_all_that_the_export_has_oldest_first(self, tmp_path: Path) -> None:
        wiki = self.wiki(
            tmp_path,
            page(
                "Haies",
                revision(7, "trois", minute=3, parent=6),
                revision(5, "un", minute=1),
                revision(6, "deux", minute=2, parent=5),
                number=1,
            ),
            page("Mares", revision(8, "autre"), number=2),
            page("Zones", revision(9, "encore"), number=3),
        )
        assert versions(wiki, "Haies", "Zones") == [["un", "deux", "trois"], ["encore"]]
        assert versions(wiki, "Haies", most=1) == [["deux", "trois"]]

    def test_hidden_texts_and_those_that_are_no_wikitext_are_left_out(self, tmp_path: Path) -> None:
        wiki = self.wiki(
            tmp_path,
            page(
                "Haies",
                revision(5, "un"),
                revision(6, "", raw_text='<text deleted="deleted" />', minute=1),
                revision(7, "{}", model="json", minute=2),
                revision(8, "quatre", minute=3),
            ),
        )
        assert versions(wiki, "Haies") == [["un", "quatre"]]


def row(number: int, **more: object) -> dict[str, object]:
    slot = {"contentmodel": "wikitext", "content": f"texte {number}"}
    when = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)).isoformat()
    told = {"revid": number, "parentid": number - 1, "timestamp": when, "user": "Anne"}
    return {**told, "comment": "", "slots": {"main": slot}, **more}


def answer(*rows: dict[str, object], **more: object) -> dict[str, object]:
    return pages({"pageid": 7, "ns": 0, "title": "Page", "revisions": list(rows)}, **more)


def following(number: int) -> dict[str, str]:
    return {"rvcontinue": f"20260101|{number}", "continue": "||"}


class TestOfAServer:
    def texts(self, wiki: MediaWiki, since: datetime = LONG_AGO, most: int = 50) -> list[list[str]]:
        moment = Revision(9, 8, datetime(2026, 1, 1, 9, tzinfo=UTC))
        now = Page(7, wiki.syntax.namespaces.parse("Page"), moment, "texte 9")
        return [[one.text for one in found] for found in wiki.histories([now], since, most)]

    def test_what_is_hidden_is_left_out_and_so_is_what_nobody_signs(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        rows = [
            row(9),
            row(8, slots={"main": {"texthidden": True, "contentmodel": "wikitext"}}),
            row(7, userhidden=True, user=""),
            row(6, slots={"main": {"contentmodel": "json", "content": "{}"}}),
            row(5, commenthidden=True),
        ]
        stub.script("query", answer(*rows))
        assert self.texts(stub_wiki) == [["texte 5", "texte 9"]]
        (asked,) = stub.of("query")
        assert (asked["pageids"], asked["rvlimit"]) == ("7", "20")

    def test_it_is_read_on_until_one_is_older_than_the_moment(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script(
            "query",
            answer(row(9), row(8), **{"continue": following(7)}),
            answer(row(7), row(6), **{"continue": following(5)}),
        )
        since = datetime(2026, 1, 1, 7, tzinfo=UTC)
        assert self.texts(stub_wiki, since) == [[f"texte {n}" for n in (6, 7, 8, 9)]]
        assert [asked.get("rvcontinue") for asked in stub.of("query")] == [None, "20260101|7"]

    def test_no_more_are_read_than_wanted(self, stub_wiki: MediaWiki, stub: StubApi) -> None:
        stub.always("query", answer(row(9), row(8), row(7), **{"continue": following(6)}))
        assert self.texts(stub_wiki, most=2) == [["texte 7", "texte 8", "texte 9"]]
        (asked,) = stub.of("query")
        assert asked["rvlimit"] == "3"

    def test_a_page_that_was_deleted_meanwhile_is_left_out(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script("query", pages({"pageid": 7, "missing": True}))
        assert self.texts(stub_wiki) == []

    def test_a_list_that_goes_round_in_circles_ends(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.always("query", answer(**{"continue": following(6)}))
        with pytest.raises(Unavailable):
            self.texts(stub_wiki)
        assert len(stub.of("query")) == 1
        stub.always("query", {"query": {"pages": []}})
        with pytest.raises(Unavailable):
            self.texts(stub_wiki)
