"""How many requests a wiki was asked, and how many of them were repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wiki.stub_api import Answer, StubApi, error
from tests.wiki.stub_wiki import HTML, Time, connect
from wikibot.edits import Requests
from wikibot.errors import Unavailable, WikibotError
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench


def test_every_request_is_counted_the_login_too(fresh_mediawiki: MediaWikiBench) -> None:
    bench = fresh_mediawiki
    bench.edit_as_human("Une page", "avant")
    bench.forget_requests()
    with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
        assert wiki.requests == Requests(get=2, post=1)
        wiki.save(wiki.page("Une page"), "après", "essai")
        list(wiki.pages([f"Page au titre bien long numéro {n}" for n in range(60)]))
        bench.admin.end_sessions()
        wiki.page("Une page")
        seen = [request.method for request in bench.requests_seen()]
        counted = wiki.requests
    assert (counted.get, counted.post) == (seen.count("GET"), seen.count("POST"))
    assert counted.retries == 1  # the question after which the session was opened again


class TestRepetitions:
    @pytest.mark.parametrize(
        "answer",
        [error("maxlag"), error("readonly"), HTML, Answer(b"", 503), Answer(ending="reset")],
        ids=["maxlag", "readonly", "a web page", "503", "reset"],
    )
    def test_what_is_sent_again_after_a_failure_is_one(
        self, stub_wiki: MediaWiki, stub: StubApi, answer: Answer
    ) -> None:
        before = stub_wiki.requests
        stub.script("query", answer, answer)
        stub_wiki.page("Page")
        assert stub_wiki.requests - before == Requests(get=3, retries=2)

    def test_the_same_question_after_an_answer_is_none(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        before = stub_wiki.requests
        for _ in range(3):
            stub_wiki.page("Page")
        assert stub_wiki.requests - before == Requests(get=3)

    def test_an_edit_that_waits_while_others_are_asked_is_still_one(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        page = stub_wiki.page("Page")
        stub_wiki.save(page, "un", "essai")
        before = stub_wiki.requests
        stub.script("edit", error("ratelimited"))
        with pytest.raises(Unavailable):
            stub_wiki.save(page, "deux", "essai")
        stub_wiki.page("Page")  # the stop page, say
        stub_wiki.save(page, "deux", "essai")
        assert stub_wiki.requests - before == Requests(get=1, post=2, retries=1)

    def test_another_text_after_a_failure_is_none(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        page = stub_wiki.page("Page")
        stub_wiki.save(page, "un", "essai")
        before = stub_wiki.requests
        stub.script("edit", error("protectedpage"))
        with pytest.raises(WikibotError):
            stub_wiki.save(page, "deux", "essai")
        stub_wiki.save(page, "trois", "essai")
        assert stub_wiki.requests - before == Requests(post=2)

    def test_one_signed_anew_is_one(self, stub: StubApi, time: Time) -> None:
        with connect(stub, time) as wiki:
            stub.script("query", error("assertuserfailed"))
            before = wiki.requests
            wiki.page("Page")
            assert wiki.requests - before == Requests(get=4, post=1, retries=1)

    def test_the_counter_keeps_no_text_and_no_password(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script("edit", error("ratelimited"))
        page = stub_wiki.page("Page")
        with pytest.raises(Unavailable):
            stub_wiki.save(page, "un texte secret", "essai")
        kept = repr(vars(stub_wiki._api.transport.session.counter))
        assert "secret" not in kept
        assert "canary" not in kept
