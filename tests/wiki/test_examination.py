"""What a doctor asks of a server: in few requests, and none of them writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.mediawiki.bench import MediaWikiBench
from tests.wiki.certificates import self_signed
from tests.wiki.examined import told
from tests.wiki.stub_api import StubApi, pages
from tests.wiki.stub_wiki import Time, connect
from wikibot.errors import AccessError, Unavailable
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.mediawiki.examination import Examination

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
STOP = "Utilisateur:Robot des communs/stop"


@pytest.fixture
def wiki(fresh_mediawiki: MediaWikiBench) -> Iterator[MediaWiki]:
    bench = fresh_mediawiki
    with MediaWiki.connect(bench.api, bench.account, bench.password) as opened:
        bench.forget_requests()
        yield opened


def now() -> datetime:
    return datetime.now(UTC)


def examined(stub: StubApi, time: Time, answer: dict[str, Any], **options: Any) -> Examination:
    stub.always("meta", answer)
    with connect(stub, time, **options) as opened:
        return opened.examine(None, (), lambda: NOON)


class TestOnARealWiki:
    def test_everything_takes_three_requests_that_read(
        self, wiki: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        bench = fresh_mediawiki
        wiki.examine(STOP, ("Ressource", "Actionable"), now)
        assert [request.action for request in bench.requests_seen()] == [
            "query",
            "paraminfo",
            "query",
        ]
        assert {request.method for request in bench.requests_seen()} == {"GET"}

    def test_it_tells_what_the_wiki_is(
        self, wiki: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        seen = wiki.examine(None, (), now)
        assert seen.server == fresh_mediawiki.api.removesuffix("/api.php")
        assert seen.pages >= 1
        assert seen.read_only is None
        assert "bot" in seen.groups
        assert {"baserevid", "nocreate", "createonly", "md5", "tags"} <= seen.parameters
        assert seen.extensions.keys() >= {"parserfunctions", "cite"}
        assert not seen.encrypted
        assert seen.certificate_ends is None
        assert seen.stop_page is None
        assert not seen.messages
        assert abs(seen.clock_ahead) < 5
        assert seen.url("Spécial:Version").startswith(seen.server)
        assert seen.url("Spécial:Version").endswith("Sp%C3%A9cial:Version")

    def test_a_stop_page_is_found_by_any_spelling_of_its_title(
        self, wiki: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        fresh_mediawiki.edit_as_human(STOP, "go")
        fresh_mediawiki.admin.protect(STOP)
        page = wiki.examine("user:robot_des communs/stop", (), now).stop_page
        assert page is not None
        assert (page.title, page.exists, page.text) == (STOP, True, "go")
        assert page.edit_level == "sysop"

    @pytest.mark.parametrize("title", ["Utilisateur:Personne/stop", "pas [un] titre", "#", ""])
    def test_a_stop_page_that_is_not_there_does_not_exist(
        self, wiki: MediaWiki, title: str
    ) -> None:
        page = wiki.examine(title, (), now).stop_page
        assert page is not None
        assert not page.exists

    def test_the_callers_of_templates_are_counted(
        self, wiki: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        bench = fresh_mediawiki
        bench.edit_as_human("Modèle:Ressource", "x")
        for number in range(3):
            bench.edit_as_human(f"Fiche {number}", "{{ressource|a=b}}{{Ressource}}{{Absent}}")
        templates = wiki.examine(None, ("Ressource", "Absent", "Autre"), now).templates
        found = {name: (page.exists, page.callers, page.more) for name, page in templates.items()}
        assert found["Ressource"] == (True, 3, False)
        assert found["Autre"] == (False, 0, False)
        assert not found["Absent"][0]

    def test_more_callers_than_one_answer_holds_are_counted_on(
        self, fresh_mediawiki: MediaWikiBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bench = fresh_mediawiki
        bench.edit_as_human("Modèle:Ressource", "x")
        for number in range(4):
            bench.edit_as_human(f"Fiche {number}", "{{Ressource}}")
        from wikibot.wiki.mediawiki import examination

        monkeypatch.setattr(examination, "_CALLERS_A_TIME", "1")
        with MediaWiki.connect(bench.api) as anonymous:
            page = anonymous.examine(None, ("Ressource",), now).templates["Ressource"]
            assert (page.callers, page.more) == (4, False)
            monkeypatch.setattr(examination, "_MOST_ANSWERS", 2)
            page = anonymous.examine(None, ("Ressource",), now).templates["Ressource"]
            assert (page.callers, page.more) == (2, True)

    def test_tags_and_messages_and_read_only_are_told(
        self, wiki: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        bench = fresh_mediawiki
        bench.admin.define_tag("wikibot")
        bench.admin.write_to_the_bot()
        bench.set_read_only("sauvegarde")
        seen = wiki.examine(None, (), now)
        assert (seen.tags["wikibot"].active, seen.tags["wikibot"].manual) == (True, True)
        assert not seen.tags["mw-replace"].manual
        assert seen.messages
        assert seen.read_only == "sauvegarde"


class TestTheClock:
    @pytest.mark.parametrize(
        ("ours", "ahead"),
        [
            (NOON, 0),
            (NOON + timedelta(seconds=1), 0),  # the wiki cuts off what is not a whole second
            (NOON + timedelta(seconds=301), 300),
            (NOON - timedelta(hours=2), -7200),
        ],
    )
    def test_the_least_difference_counts(
        self, stub: StubApi, time: Time, ours: datetime, ahead: float
    ) -> None:
        stub.always("meta", told(stub))
        with connect(stub, time) as wiki:
            assert wiki.examine(None, (), lambda: ours).clock_ahead == ahead


class TestStrangeAnswers:
    @pytest.mark.parametrize(
        "answer",
        [
            {"query": {}},
            {"query": {"general": {}, "userinfo": []}},
            {"query": {"general": [], "userinfo": {}}},
            {"batchcomplete": True},
            {},
        ],
        ids=str,
    )
    def test_an_answer_without_what_was_asked_is_an_error_and_no_crash(
        self, stub: StubApi, time: Time, answer: dict[str, Any]
    ) -> None:
        with connect(stub, time) as wiki:
            stub.always("meta", answer)
            with pytest.raises((Unavailable, AccessError)):
                wiki.examine(None, (), lambda: NOON)

    def test_an_endless_list_is_given_up(self, stub: StubApi, time: Time) -> None:
        stub.always("meta", {**told(stub), "continue": {"tgcontinue": "x", "continue": "-||"}})
        with connect(stub, time) as wiki:
            wiki.examine(None, (), lambda: NOON)
        assert len(stub.of("query")) < 20

    def test_an_old_wiki_says_less_and_is_examined_all_the_same(
        self, stub: StubApi, time: Time
    ) -> None:
        stub.always("paraminfo", {"paraminfo": {"modules": [{"parameters": [{"name": "text"}]}]}})
        seen = examined(stub, time, told(stub))
        assert seen.parameters == {"text"}
        assert (seen.tags, seen.extensions, seen.groups) == ({}, {}, ())

    def test_names_of_extensions_are_folded_and_shown_harmless(
        self, stub: StubApi, time: Time
    ) -> None:
        installed = [
            {"name": "Abuse Filter", "version": "1.0\x1b[2J"},
            {"name": "SemanticMediaWiki", "version": "4.1.3"},
            {"namemsg": "nothing"},
        ]
        seen = examined(stub, time, told(stub, extensions=installed))
        assert seen.extensions["semanticmediawiki"] == "4.1.3"
        assert "\x1b" not in seen.extensions["abusefilter"]

    def test_an_address_without_its_scheme_gets_one(self, stub: StubApi, time: Time) -> None:
        answer = told(stub)
        answer["query"]["general"] |= {"server": "//wiki.example.org"}
        assert examined(stub, time, answer).url("A b") == "http://wiki.example.org/wiki/A_b"

    def test_a_template_that_is_no_title_is_not_asked_for(self, stub: StubApi, time: Time) -> None:
        stub.always("query", pages())
        stub.always("meta", told(stub))
        with connect(stub, time) as wiki:
            found = wiki.examine(None, ("a[b", "Fiche"), lambda: NOON).templates
        assert not found["a[b"].exists
        assert [r["titles"] for r in stub.of("query") if r.get("titles")] == ["Modèle:Fiche"]


class TestTheCertificate:
    def test_its_end_is_told(self, time: Time, tmp_path: Path) -> None:
        certificate = tmp_path / "certificate.pem"
        self_signed(certificate, days=30)
        with StubApi(str(certificate)) as stub:
            seen = examined(stub, time, told(stub), ca_bundle=certificate)
        assert seen.encrypted
        assert seen.certificate_ends is not None
        assert timedelta(days=29) < seen.certificate_ends - now() <= timedelta(days=30)

    def test_it_is_not_looked_at_without_a_server(self, time: Time, tmp_path: Path) -> None:
        from wikibot.wiki.mediawiki.certificate import certificate_end

        certificate = tmp_path / "certificate.pem"
        self_signed(certificate, days=30)
        with StubApi(str(certificate)) as stub:
            stub.always("meta", told(stub))
            wiki = connect(stub, time, ca_bundle=certificate)
            transport = wiki._api.transport
        assert certificate_end(transport) is None
        wiki.close()
