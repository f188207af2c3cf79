"""Saving: what a wiki, or whatever stands before it, may answer to an edit."""

from __future__ import annotations

import hashlib

import pytest
import urllib3.exceptions

from tests.wiki.stub_api import TOKEN, Answer, StubApi, error, pages, saved
from tests.wiki.stub_wiki import HTML, Time, connect, save, secrets_in
from wikibot.errors import (
    AccessError,
    EditConflict,
    NotNow,
    OutcomeUnknown,
    PageExists,
    PageMissing,
    SafetyStop,
    SaveRefused,
    WikibotError,
)
from wikibot.page import Saved
from wikibot.title import Title
from wikibot.wiki.mediawiki import MediaWiki

AMBIGUOUS = {
    "reset after the body": Answer(ending="reset"),
    "silence": Answer(ending="silent"),
    "half an answer": Answer(saved(), ending="half"),
    "502": Answer(b"<html>Bad gateway", 502),
    "503": Answer(b"<html>Try later", 503, {"Retry-After": "1"}),
    "504": Answer(b"", 504),
    "500": Answer(b"<br />\n<b>Fatal error</b>", 500),
    "408": Answer(b"", 408),
    "425": Answer(b"", 425),
    "520": Answer(b"", 520),
    "204": Answer(b"", 204),
    "206": Answer(saved(), 206),
    "404": Answer(b"not here", 404),
    "a web page": HTML,
    "nothing": Answer(b""),
    "truncated JSON": Answer(b'{"edit":{"result":"Succ'),
    "a PHP warning first": Answer(b"<b>Warning</b>: x in y\n" + Answer(saved()).data()),
    "null": Answer(b"null"),
    "a list": Answer(b"[]"),
    "an empty object": Answer({}),
    "no result": Answer({"edit": {}}),
    "an unknown result": Answer({"edit": {"result": "Perhaps"}}),
    "no revision": Answer({"edit": {"result": "Success", "pageid": 7}}),
    "no old revision": Answer(saved(oldrevid=0)),
    "another page": Answer(saved(pageid=8)),
    "no page": Answer({"edit": {"result": "Success", "oldrevid": 70, "newrevid": 71}}),
    "true for a number": Answer(saved(newrevid=True)),
    "nested without end": Answer(b"[" * 100_000),
    "an error without a code": Answer({"error": "boom"}),
    "an unknown code": Answer(error("never-heard-of-it")),
    "a database error": Answer(error("internal_api_error_DBQueryError")),
    "bad gzip": Answer(b"not gzip", headers={"Content-Encoding": "gzip"}),
}


class TestSaving:
    @pytest.mark.parametrize("answer", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
    def test_an_ambiguous_answer_is_an_unknown_outcome_after_one_post(
        self, stub_wiki: MediaWiki, stub: StubApi, answer: Answer
    ) -> None:
        stub.script("edit", answer)
        with pytest.raises(OutcomeUnknown) as raised:
            save(stub_wiki)
        assert len(stub.of("edit")) == 1
        assert raised.value.exit_code == 8
        assert "Page" in raised.value.message.fr
        assert raised.value.advice is not None
        assert secrets_in(raised.value) == []

    def test_an_older_error_at_hand_does_not_make_it_certain(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        # Python chains the error that the caller is just handling to the new one.
        stub.script("edit", Answer(ending="reset"))
        try:
            raise urllib3.exceptions.ConnectTimeoutError("another server, long ago")
        except urllib3.exceptions.ConnectTimeoutError:
            with pytest.raises(OutcomeUnknown):
                save(stub_wiki)
        assert len(stub.of("edit")) == 1

    @pytest.mark.parametrize(
        ("code", "family"),
        [
            ("editconflict", EditConflict),
            ("nosuchpageid", PageMissing),
            ("missingtitle", PageMissing),
            ("pagedeleted", PageMissing),
            ("articleexists", PageExists),
            ("protectedpage", SaveRefused),
            ("abusefilter-disallowed", SaveRefused),
            ("abusefilter-warning", SaveRefused),
            ("spamblacklist", SaveRefused),
            ("titleblacklist-forbidden", SaveRefused),
            ("contenttoobig", SaveRefused),
            ("hookaborted", SaveRefused),
            ("unknownerror-editpage", SaveRefused),
            ("badmd5", OutcomeUnknown),
            ("tags-apply-not-allowed-one", SaveRefused),
            ("blocked", AccessError),
            ("globalblocking-ipblocked", AccessError),
            ("permissiondenied", AccessError),
        ],
    )
    def test_a_code_has_its_family_after_one_post(
        self, stub_wiki: MediaWiki, stub: StubApi, code: str, family: type[WikibotError]
    ) -> None:
        stub.script("edit", error(code, "Les mots\x1b[31m du wiki\u202e"))
        with pytest.raises(WikibotError) as raised:
            save(stub_wiki)
        assert type(raised.value) is family
        assert len(stub.of("edit")) == 1
        assert code in raised.value.message.fr
        assert r"Les mots\u001b[31m du wiki\u202e" in raised.value.message.fr
        assert raised.value.advice is not None

    def test_the_same_error_in_the_newer_shape(self, stub_wiki: MediaWiki, stub: StubApi) -> None:
        stub.script("edit", {"errors": [{"code": "editconflict", "text": "Conflit"}]})
        with pytest.raises(EditConflict):
            save(stub_wiki)

    @pytest.mark.parametrize(("status", "family"), [(413, SaveRefused), (403, AccessError)])
    def test_a_refusal_of_the_web_server(
        self, stub_wiki: MediaWiki, stub: StubApi, status: int, family: type[WikibotError]
    ) -> None:
        stub.script("edit", Answer(b"<html>No", status))
        with pytest.raises(family):
            save(stub_wiki)
        assert len(stub.of("edit")) == 1

    def test_a_failure_in_the_shape_of_an_answer(self, stub_wiki: MediaWiki, stub: StubApi) -> None:
        stub.script(
            "edit",
            {"edit": {"result": "Failure", "captcha": {"type": "simple", "question": "1+1"}}},
            {"edit": {"result": "Failure", "code": "abusefilter-disallowed", "info": "non"}},
            {"edit": {"result": "Failure", "spam": "x"}},
        )
        for family in (AccessError, SaveRefused, SaveRefused):
            with pytest.raises(family):
                save(stub_wiki)

    def test_the_filter_and_the_address_are_named(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script(
            "edit",
            error("abusefilter-disallowed", abusefilter={"id": 12, "description": "Liens"}),
            error("spamblacklist", spamblacklist={"matches": ["spam.example"]}),
        )
        with pytest.raises(SaveRefused, match="12: Liens"):
            save(stub_wiki)
        with pytest.raises(SaveRefused, match=r"spam\.example"):
            save(stub_wiki)

    @pytest.mark.parametrize(
        ("answer", "code", "asked", "first"),
        [
            (Answer(error("maxlag"), headers={"Retry-After": "5"}), "maxlag", 5.0, 5.0),
            (Answer(error("maxlag")), "maxlag", None, 5.0),
            (Answer(error("readonly")), "readonly", None, 30.0),
            (Answer(error("ratelimited")), "ratelimited", None, 10.0),
            (Answer(b"<html>Slow", 429, {"Retry-After": "17.5"}), "http-429", 17.5, 5.0),
        ],
    )
    def test_an_answer_that_proves_no_save_says_how_long_to_wait_and_nothing_is_sent_again(
        self,
        stub_wiki: MediaWiki,
        stub: StubApi,
        time: Time,
        answer: Answer,
        code: str,
        asked: float | None,
        first: float,
    ) -> None:
        stub.script("edit", answer)
        with pytest.raises(NotNow) as raised:
            save(stub_wiki)
        error_ = raised.value
        assert (error_.code, error_.retry_after, error_.first_wait) == (code, asked, first)
        assert (error_.exit_code, len(stub.of("edit")), time.slept) == (5, 1, [])

    def test_a_connection_refused_is_surely_not_saved(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        base = stub_wiki.page("Page")
        stub_wiki.save(base, "un", "")
        stub.seen.clear()
        stub.shutdown()
        stub.server_close()  # the port is free: nothing listens
        stub_wiki._api.transport.session.close()
        with pytest.raises(NotNow):
            stub_wiki.save(base, "deux", "")
        assert stub.seen == []

    @pytest.mark.parametrize(
        "code", ["assertuserfailed", "assertbotfailed", "assertnameduserfailed"]
    )
    def test_a_session_that_died_is_opened_again_and_the_edit_sent_again_once(
        self, stub_wiki: MediaWiki, stub: StubApi, code: str
    ) -> None:
        base = stub_wiki.page("Page")
        stub.seen.clear()
        stub.script("edit", error(code))
        assert stub_wiki.save(base, "nouveau", "").new_revid == 71
        assert (len(stub.of("edit")), len(stub.of("login"))) == (2, 1)
        stub.always("edit", error(code))
        with pytest.raises(AccessError):
            stub_wiki.save(base, "nouveau", "")

    def test_a_stale_token_is_asked_again_once(self, stub_wiki: MediaWiki, stub: StubApi) -> None:
        stub.script("edit", error("badtoken"))
        assert save(stub_wiki).new_revid == 71
        stub.always("edit", error("badtoken"))
        stub.seen.clear()
        with pytest.raises(AccessError):
            save(stub_wiki)
        assert len(stub.of("edit")) == 2

    def test_nothing_is_sent_with_the_token_of_anonymous_people(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script("edit", error("badtoken"))
        stub.script("tokens", pages() | {"query": {"tokens": {"csrftoken": "+\\"}}})
        assert save(stub_wiki).new_revid == 71
        first, second = stub.of("edit")
        assert (first["token"], second["token"]) == (TOKEN, TOKEN)
        assert len(stub.of("login")) == 1  # beside the first, which is not counted here

    def test_the_token_is_last_and_the_text_is_hashed(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        save(stub_wiki)
        (sent,) = stub.of("edit")
        assert sent.fields[-1] == ("token", TOKEN)
        names = [name for name, _ in sent.fields]
        assert "basetimestamp" not in names
        assert "starttimestamp" not in names
        assert sent["md5"] == hashlib.md5(b"nouveau").hexdigest()

    def test_a_null_edit_answers_without_revisions(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script("edit", {"edit": {"result": "Success", "pageid": 7, "nochange": True}})
        assert save(stub_wiki) == Saved(Title(0, "Page"), 7, 70, 70, unchanged=True)

    def test_a_creation_that_landed_elsewhere_is_an_unknown_outcome(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.script("edit", saved(title="Autre", oldrevid=0))
        with pytest.raises(OutcomeUnknown):
            stub_wiki.create("Page", "x", "")

    def test_a_wiki_without_base_revisions_is_not_written_to(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        known = [{"name": name} for name in ("title", "text", "token", "md5", "bot")]
        stub.always("paraminfo", {"paraminfo": {"modules": [{"parameters": known}]}})
        with pytest.raises(SafetyStop, match="baserevid"):
            save(stub_wiki)
        assert stub.of("edit") == []

    @pytest.mark.parametrize(
        ("rights", "userinfo"),
        [(("read",), {}), (("read", "edit"), {"blockid": 3, "blockreason": "stop"})],
    )
    def test_an_account_that_may_not_write_sends_no_edit(
        self, stub: StubApi, time: Time, rights: tuple[str, ...], userinfo: dict[str, object]
    ) -> None:
        stub.rights, stub.userinfo = rights, userinfo
        with connect(stub, time) as wiki, pytest.raises(AccessError) as raised:
            save(wiki)
        assert stub.of("edit") == []
        assert "stop" in raised.value.message.fr or "edit" in raised.value.message.fr

    def test_a_text_over_the_limit_of_the_wiki_is_not_sent(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        with pytest.raises(SaveRefused, match="2000"):
            stub_wiki.save(stub_wiki.page("Page"), "é" * 1001, "")
        assert stub.of("edit") == []
