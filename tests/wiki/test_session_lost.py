"""A session that ends in the midst of a run: opened again, as the same account, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.wiki.stub_api import PASSWORD, Seen, StubApi, error
from tests.wiki.stub_wiki import Time, connect, save, secrets_in
from wikibot.errors import AccessError, Unavailable
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench
    from tests.mediawiki.door import SeenRequest

GONE = ["assertuserfailed", "assertbotfailed", "assertnameduserfailed", "notloggedin"]


def asserted(request: Seen | SeenRequest) -> bool:
    """Tell whether a request says whom it must come from."""
    parameters = dict(request.fields) if isinstance(request, Seen) else request.parameters
    return "assertuser" in parameters and parameters.get("assert") in ("user", "bot")


class TestARealWiki:
    @pytest.fixture
    def wiki(self, fresh_mediawiki: MediaWikiBench) -> Iterator[MediaWiki]:
        fresh_mediawiki.edit_as_human("Une page", "avant")
        bench = fresh_mediawiki
        with MediaWiki.connect(bench.api, bench.account, bench.password) as opened:
            bench.forget_requests()
            yield opened
        bench.reset()

    def logins(self, bench: MediaWikiBench) -> int:
        return [request.action for request in bench.requests_seen()].count("login")

    def test_every_request_says_whom_it_must_come_from(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench
    ) -> None:
        page = wiki.page("Une page")
        list(wiki.pages([f"Page {number}" for number in range(400)]))
        list(wiki.pages_with(["Modèle:Ressource"]))
        wiki.revisions(page, 0)
        wiki.save(page, "après", "essai")
        seen = mediawiki.requests_seen()
        assert {request.action for request in seen} == {"query", "paraminfo", "edit"}
        assert all(map(asserted, seen))
        assert {request.parameters["assertuser"] for request in seen} == {"Robot des communs"}

    def test_reading_goes_on_after_one_login(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench
    ) -> None:
        mediawiki.admin.end_sessions()
        assert wiki.page("Une page").text == "avant"
        assert self.logins(mediawiki) == 1

    def test_a_save_happens_once_after_one_login(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench
    ) -> None:
        page = wiki.page("Une page")
        wiki.save(page, "un", "essai")
        page = wiki.page("Une page")
        mediawiki.admin.end_sessions()
        wiki.save(page, "deux", "essai")
        assert self.logins(mediawiki) == 1
        assert mediawiki.text("Une page") == "deux"
        assert len(mediawiki.bot_revisions("Une page")) == 2

    def test_reading_after_the_end_and_saving_then_need_one_login_together(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench
    ) -> None:
        mediawiki.admin.end_sessions()
        save_it = wiki.page("Une page")
        wiki.save(save_it, "deux", "essai")
        assert self.logins(mediawiki) == 1
        assert len(mediawiki.bot_revisions("Une page")) == 1

    def test_a_password_that_no_longer_opens_is_sent_once(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench
    ) -> None:
        mediawiki.admin.end_sessions()
        mediawiki.admin.configure(wgEnableBotPasswords=False)
        with pytest.raises(AccessError) as raised:
            wiki.page("Une page")
        assert raised.value.exit_code == 4
        assert self.logins(mediawiki) == 1
        with pytest.raises(AccessError):
            wiki.page("Une page")
        assert self.logins(mediawiki) == 1
        assert asserted(mediawiki.requests_seen()[-1])

    def test_an_account_that_is_no_bot_any_more_stops(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench
    ) -> None:
        mediawiki.admin.rights("bot", bot=False)
        with pytest.raises(AccessError) as raised:
            wiki.page("Une page")
        assert raised.value.advice is not None
        assert "highvolume" in raised.value.advice.fr
        assert self.logins(mediawiki) == 1

    def test_a_wiki_for_members_only_lets_us_in_and_in_again(
        self, fresh_mediawiki: MediaWikiBench
    ) -> None:
        bench = fresh_mediawiki
        bench.edit_as_human("Une page", "entre nous")
        bench.admin.rights("*", read=False)
        try:
            with pytest.raises(AccessError, match="readapidenied"):
                MediaWiki.connect(bench.api)
            with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
                assert wiki.page("Une page").text == "entre nous"
                bench.admin.end_sessions()
                assert wiki.page("Une page").text == "entre nous"
        finally:
            bench.reset()


class TestAnswersOfAllKinds:
    @pytest.mark.parametrize("code", [*GONE, "mustbeloggedin", "readapidenied"])
    def test_a_question_is_asked_again_after_one_login(
        self, stub_wiki: MediaWiki, stub: StubApi, code: str
    ) -> None:
        stub.script("query", error(code))
        assert stub_wiki.page("Page").text == "texte"
        actions = [request.get("action") for request in stub.seen]
        assert actions == ["query", "query", "login", "query", "query"]
        assert stub.of("login")[0]["lgpassword"] == PASSWORD

    @pytest.mark.parametrize("code", [*GONE, "mustbeloggedin", "readapidenied"])
    def test_a_wiki_that_goes_on_refusing_is_not_asked_for_long(
        self, stub_wiki: MediaWiki, stub: StubApi, code: str
    ) -> None:
        stub.always("query", error(code))
        with pytest.raises(AccessError, match=code) as raised:
            stub_wiki.page("Page")
        assert raised.value.exit_code == 4
        assert len(stub.of("login")) == 1
        assert len(stub.of("query")) == 4  # asked, login token, who we are, asked
        if code == "assertbotfailed":
            assert raised.value.advice is not None
            assert "highvolume" in raised.value.advice.fr

    def test_nothing_is_asked_as_somebody_else_meanwhile(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script("query", error("assertuserfailed"))
        stub_wiki.page("Page")
        first, token, login, who, again = stub.seen
        assert asserted(first)
        assert asserted(again)
        assert token["meta"] == "tokens"
        assert login["action"] == "login"
        assert who["assert"] == "user"

    def test_a_wiki_that_is_away_meanwhile_is_waited_for_as_usual(
        self, stub_wiki: MediaWiki, stub: StubApi, time: Time
    ) -> None:
        stub.script("query", error("assertuserfailed"))
        stub.script("login-token", error("maxlag"))
        assert stub_wiki.page("Page").text == "texte"
        assert time.slept == [5.0]

    def test_a_wiki_that_is_in_maintenance_meanwhile_is_unavailable(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script("query", error("assertuserfailed"))
        stub.script("login", error("readonly"))
        with pytest.raises(Unavailable):
            stub_wiki.page("Page")
        stub.seen.clear()
        stub_wiki.page("Page")
        assert all(map(asserted, stub.seen))


class TestSomeoneElse:
    """The session opened again is not what it was: nothing more is sent."""

    CHANGES: tuple[tuple[str, Callable[[StubApi], object]], ...] = (
        ("account", lambda stub: stub.userinfo.update(name="Quelqu'un")),
        ("letter", lambda stub: stub.userinfo.update(name="robot")),
        ("wiki", lambda stub: stub.script("meta", _of_another_wiki(stub))),
        ("anonymous", lambda stub: stub.userinfo.update(anon=True)),
        ("rights", lambda stub: setattr(stub, "rights", ("read", "edit"))),
    )

    @pytest.mark.parametrize(("what", "change"), CHANGES, ids=[what for what, _ in CHANGES])
    def test_while_reading(
        self,
        stub_wiki: MediaWiki,
        stub: StubApi,
        what: str,
        change: Callable[[StubApi], object],
    ) -> None:
        change(stub)
        stub.script("query", error("assertnameduserfailed"))
        with pytest.raises(AccessError) as raised:
            stub_wiki.page("Page")
        assert raised.value.exit_code == 4
        assert secrets_in(raised.value) == []
        assert [request.get("action") for request in stub.seen][-2:] == ["login", "query"]
        assert stub.seen[-1]["assert"] == "user"  # who are we?

    def test_while_saving(self, stub_wiki: MediaWiki, stub: StubApi) -> None:
        page = stub_wiki.page("Page")
        stub.userinfo["name"] = "Quelqu'un"
        stub.script("edit", error("assertnameduserfailed"))
        with pytest.raises(AccessError, match="Quelqu'un"):
            stub_wiki.save(page, "nouveau", "essai")
        assert len(stub.of("edit")) == 1


def _of_another_wiki(stub: StubApi) -> dict[str, Any]:
    query = stub._site()
    general = query["general"]
    assert isinstance(general, dict)
    return {"batchcomplete": True, "query": {**query, "general": {**general, "wikiid": "autre"}}}


class TestHowOften:
    def lose(self, stub: StubApi) -> None:
        stub.script("query", error("assertuserfailed"))

    def test_not_twice_within_a_minute(
        self, stub_wiki: MediaWiki, stub: StubApi, time: Time
    ) -> None:
        self.lose(stub)
        stub_wiki.page("Page")
        time.now += 59
        self.lose(stub)
        with pytest.raises(AccessError, match="assertuserfailed"):
            stub_wiki.page("Page")
        assert len(stub.of("login")) == 1
        with pytest.raises(AccessError, match="again and again") as raised:
            stub_wiki._api.revive()
        assert raised.value.code == "session-lost"
        assert raised.value.exit_code == 4

    def test_again_after_a_minute_but_not_a_sixth_time(
        self, stub_wiki: MediaWiki, stub: StubApi, time: Time
    ) -> None:
        for number in range(1, 6):
            self.lose(stub)
            assert stub_wiki.page("Page").text == "texte"
            assert len(stub.of("login")) == number
            time.now += 61
        self.lose(stub)
        with pytest.raises(AccessError):
            stub_wiki.page("Page")
        assert len(stub.of("login")) == 5

    def test_a_login_that_fails_is_not_tried_again(
        self, stub_wiki: MediaWiki, stub: StubApi, time: Time
    ) -> None:
        stub.always("login", {"login": {"result": "Failed", "reason": "non"}})
        for _ in range(3):
            self.lose(stub)
            with pytest.raises(AccessError):
                stub_wiki.page("Page")
            time.now += 61
        assert len(stub.of("login")) == 1

    def test_never_without_an_account(self, stub: StubApi, time: Time) -> None:
        with MediaWiki.connect(stub.api, patience=time.patience(), environment={}) as wiki:
            stub.script("query", error("readapidenied"))
            with pytest.raises(AccessError):
                wiki.page("Page")
            with pytest.raises(AccessError):
                wiki._api.revive()
        assert stub.of("login") == []


class TestTheToken:
    def test_revive_returns_that_of_the_new_session(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        query = {**stub._site(), "tokens": {"csrftoken": "canary-neuf+\\"}}
        stub.script("meta", {"batchcomplete": True, "query": query})
        assert stub_wiki._api.revive() == "canary-neuf+\\"

    def test_the_anonymous_one_never_signs_an_edit(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script("edit", error("badtoken"))
        stub.script("tokens", {"query": {"tokens": {"csrftoken": "+\\"}}})
        assert save(stub_wiki).new_revid == 71
        assert len(stub.of("login")) == 1
        assert len(stub.of("edit")) == 2
        assert "+\\" not in [edit["token"] for edit in stub.of("edit")]


def test_no_object_of_the_session_shows_the_password(stub: StubApi, time: Time) -> None:
    with connect(stub, time) as wiki:
        transport = wiki._api.transport
        for thing in (wiki, wiki._api, transport, transport.session, wiki.site):
            inside = repr(vars(thing)) if hasattr(thing, "__dict__") else ""
            assert PASSWORD not in repr(thing) + inside
