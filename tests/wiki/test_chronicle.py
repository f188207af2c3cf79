"""When pages were saved, and since when a wiki tells of every save: folder, dump and server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wiki.exports import export, page, revision
from tests.wiki.stub_api import StubApi
from wikibot.errors import Unavailable
from wikibot.page import Revision
from wikibot.title import Title
from wikibot.wiki import Wiki
from wikibot.wiki.chronicle import edits_told
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.protocol import Chronicle

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def told(wiki: Wiki, *namespaces: int, since: datetime = LONG_AGO) -> list[tuple[str, int, bool]]:
    """Return the edits: title, minute, created."""
    assert isinstance(wiki, Chronicle)
    found = wiki.edits(namespaces or (0,), since)
    assert list(found.edits) == sorted(found.edits, key=lambda edit: (edit.at, edit.title))
    return [(str(edit.title), edit.at.minute, edit.created) for edit in found.edits]


class TestOfAFolder:
    def wiki(self, folder: Path) -> FolderWiki:
        ticks = count()
        return FolderWiki(folder, now=lambda: NEW_YEAR + timedelta(minutes=next(ticks)))

    def test_what_was_created_and_saved_here_is_told(self, tmp_path: Path) -> None:
        wiki = self.wiki(tmp_path)
        wiki.create("Haies", "un", "création")
        wiki.save(wiki.page("Haies"), "deux", "suite")
        wiki.create("Modèle:Haies", "x", "création")
        assert told(wiki) == [("Haies", 0, True), ("Haies", 1, False)]
        assert told(wiki, 0, 10)[-1] == ("Modèle:Haies", 2, True)
        assert wiki.edits([0], LONG_AGO).since == LONG_AGO

    def test_a_file_that_was_there_before_tells_from_its_own_time_on(self, tmp_path: Path) -> None:
        (tmp_path / "Mares.wikitext").write_text("un")
        wiki = FolderWiki(tmp_path)
        written = wiki.page("Mares").revision.timestamp
        wiki.save(wiki.page("Mares"), "deux", "suite")
        found = wiki.edits([0], LONG_AGO)
        assert found.since == written
        assert [(edit.created, edit.at >= written) for edit in found.edits] == [(False, True)] * 2

    def test_what_a_person_changed_since_is_told_too(self, tmp_path: Path) -> None:
        wiki = self.wiki(tmp_path)
        wiki.create("Haies", "un", "création")
        (tmp_path / "Haies.wikitext").write_text("deux")
        assert len(told(wiki)) == 2

    def test_a_page_that_is_gone_is_not(self, tmp_path: Path) -> None:
        wiki = self.wiki(tmp_path)
        wiki.create("Haies", "un", "création")
        (tmp_path / "Haies.wikitext").unlink()
        assert told(wiki) == []


class TestOfADump:
    def wiki(self, tmp_path: Path, *exported: str) -> DumpWiki:
        (tmp_path / "export.xml").write_bytes(export(*exported))
        return DumpWiki.open(tmp_path / "export.xml")

    def test_whole_histories_are_told_whole(self, tmp_path: Path) -> None:
        wiki = self.wiki(
            tmp_path,
            page("Haies", revision(6, "deux", minute=2, parent=5), revision(5, "un", minute=1)),
            page("Utilisateur:Anne", revision(7, "x", minute=3), ns=2, number=2),
        )
        assert told(wiki) == [("Haies", 1, True), ("Haies", 2, False)]
        assert wiki.edits([0], LONG_AGO).since == LONG_AGO

    def test_last_revisions_alone_tell_nothing_before_the_last_of_all(self, tmp_path: Path) -> None:
        wiki = self.wiki(
            tmp_path,
            page("Haies", revision(6, "deux", minute=2, parent=5)),
            page("Mares", revision(9, "trois", minute=7, parent=8), number=2),
        )
        assert told(wiki) == [("Mares", 7, False)]
        assert wiki.edits([0], LONG_AGO).since.minute == 7

    def test_a_missing_revision_makes_the_telling_begin_after_it(self, tmp_path: Path) -> None:
        wiki = self.wiki(
            tmp_path,
            page(
                "Haies",
                revision(5, "un", minute=1),
                revision(7, "trois", minute=3, parent=6),
                revision(8, "quatre", minute=4, parent=7),
            ),
        )
        assert told(wiki) == [("Haies", 3, False), ("Haies", 4, False)]

    def test_an_export_without_parents_does_not_take_the_last_for_the_first(
        self, tmp_path: Path
    ) -> None:
        wiki = self.wiki(
            tmp_path,
            page("Haies", revision(6, "deux", minute=2)),
            page("Mares", revision(9, "trois", minute=7), number=2),
        )
        assert told(wiki) == [("Mares", 7, False)]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8, unique=True), st.integers(0, 60))
def test_of_an_unbroken_history_every_save_since_a_moment_is_told(
    minutes: list[int], since: int
) -> None:
    moments = [NEW_YEAR + timedelta(minutes=minute) for minute in sorted(minutes)]
    history = [Revision(n + 1, n, moment) for n, moment in enumerate(moments)]
    begun = NEW_YEAR + timedelta(minutes=since)
    found = edits_told([(Title(0, "Haies"), history)], begun, lambda r: not r.parent_id)
    assert [edit.at for edit in found.edits] == [moment for moment in moments if moment >= begun]
    assert found.since == begun


def test_a_later_revision_without_a_parent_is_no_gap() -> None:
    history = [
        Revision(1, 0, NEW_YEAR),
        Revision(2, 0, NEW_YEAR + timedelta(minutes=1)),
        Revision(3, 2, NEW_YEAR + timedelta(minutes=2)),
    ]
    found = edits_told([(Title(0, "Haies"), history)], NEW_YEAR, lambda r: not r.parent_id)
    assert [edit.created for edit in found.edits] == [True, False, False]


def row(number: int) -> dict[str, object]:
    return {"revid": number, "parentid": number - 1, "timestamp": f"2026-01-01T00:{number:02}:00Z"}


def answer(title: str, *numbers: int, **more: object) -> dict[str, object]:
    of_page = {"pageid": 7, "ns": 0, "title": title, "revisions": [row(n) for n in numbers]}
    return {"query": {"allrevisions": [of_page]}, "batchcomplete": True, **more}


class TestOfAServer:
    def test_a_list_in_parts_is_read_to_its_end(self, stub_wiki: MediaWiki, stub: StubApi) -> None:
        following = {"continue": {"arvcontinue": "20260101000300|3", "continue": "-||"}}
        stub.script("query", answer("Haies", 1, 2, **following), answer("Mares", 3))
        assert told(stub_wiki, 0, 999, since=NEW_YEAR) == [
            ("Haies", 1, True),
            ("Haies", 2, False),
            ("Mares", 3, False),
        ]
        first, second = stub.of("query")
        assert (first["arvnamespace"], first["arvstart"]) == ("0", "2026-01-01T00:00:00Z")
        assert (first["arvprop"], second["arvcontinue"]) == ("ids|timestamp", "20260101000300|3")

    def test_a_namespace_that_the_wiki_lacks_costs_no_request(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        before = len(stub.seen)
        assert told(stub_wiki, 690) == []
        assert len(stub.seen) == before

    @pytest.mark.parametrize(
        "strange",
        [
            {"query": {"pages": []}, "batchcomplete": True},
            answer("Haies", 1, **{"continue": {"arvcontinue": "x", "continue": "-||"}}),
        ],
    )
    def test_a_strange_answer_and_a_circle_end(
        self, stub_wiki: MediaWiki, stub: StubApi, strange: dict[str, object]
    ) -> None:
        stub.always("query", strange)
        with pytest.raises(Unavailable):
            told(stub_wiki)
        assert len(stub.of("query")) <= 2


class TestOfARealMediaWiki:
    @pytest.fixture
    def wiki(self, fresh_mediawiki: MediaWikiBench) -> Iterator[MediaWiki]:
        bench = fresh_mediawiki
        with MediaWiki.connect(bench.api, bench.account, bench.password) as opened:
            yield opened

    def test_each_save_once_by_the_title_of_today_in_one_request(
        self, wiki: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        bench = fresh_mediawiki
        for text in ("un", "deux", "trois"):
            bench.edit_as_human("Chronique des haies", text)
        bench.edit_as_human("Modèle:Chronique", "x")
        bench.edit_as_human("Chronique perdue", "x")
        bench.call("admin", action="delete", title="Chronique perdue")
        bench.forget_requests()
        found = wiki.edits([0], LONG_AGO)
        assert len(bench.requests_seen()) == 1
        ours = [edit for edit in found.edits if edit.title.name.startswith("Chronique")]
        assert [(str(edit.title), edit.created) for edit in ours] == [
            ("Chronique des haies", True),
            ("Chronique des haies", False),
            ("Chronique des haies", False),
        ]
        last = found.edits[-1].at
        assert [edit for edit in wiki.edits([0], last + timedelta(seconds=1)).edits] == []
