"""OAuth with an owner-only consumer: each request proves who sends it, to the wiki alone."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any, Literal

import pytest
from oauthlib.common import Request
from oauthlib.oauth1.rfc5849 import signature

from tests.wiki.stub_api import TOKEN, Answer, Seen, StubApi, error, page, pages
from tests.wiki.stub_wiki import HTML, Time, save
from wikibot.errors import AccessError, ConfigError, OutcomeUnknown, WikibotError
from wikibot.redaction import redacted
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

KEYS = ("canary-consumer-1f", "canary-secret-2f", "canary-access-3f", "canary-secret-4f")
ONE = " ".join(KEYS)
TWO = "canary-eyJhbGciOi.eyJpc3M.c2lnbg"
NONCE = error(
    "mwoauth-invalid-authorization",
    "The authorization headers in your request are not valid: Nonce already used: abc",
)
REVOKED = error(
    "mwoauth-invalid-authorization",
    "The authorization headers in your request are not valid: No approved grant was found",
)


def connect(
    stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"], **options: Any
) -> MediaWiki:
    secret = ONE if login == "oauth1" else TWO
    return MediaWiki.connect(
        stub.api,
        options.pop("account", "Robot"),
        options.pop("secret", secret),
        login=login,
        patience=time.patience(),
        environment={},
        **options,
    )


def shown(failure: WikibotError) -> str:
    """Return what of an error and its causes a log or a traceback could show."""
    parts = [failure, failure.__cause__, failure.__context__]
    inside = "".join(repr(getattr(part, "__dict__", "")) for part in parts)
    return "".join(traceback.format_exception(failure)) + inside


def well_signed(stub: StubApi, seen: Seen, secrets: tuple[str, str] = (KEYS[1], KEYS[3])) -> bool:
    """Check the signature of a request as a server does (RFC 5849, 3.2)."""
    origin = stub.api.removesuffix("/wiki/api.php")
    headers = {name: value for name, value in seen.headers.items() if name != "Cookie"}
    parameters = signature.collect_parameters(
        uri_query=seen.target.partition("?")[2],
        body=seen.body.decode(),
        headers=headers,
        exclude_oauth_signature=False,
    )
    request = Request(origin + seen.target, seen.method, seen.body.decode(), headers)
    request.params = [pair for pair in parameters if pair[0] != "oauth_signature"]
    request.signature = dict(parameters)["oauth_signature"]
    sent = dict(parameters)
    assert (sent["oauth_consumer_key"], sent["oauth_token"]) == (KEYS[0], KEYS[2])
    assert sent["oauth_signature_method"] == "HMAC-SHA1"
    return bool(signature.verify_hmac_sha1(request, *secrets))


class TestOAuth1:
    def test_signs_every_request_and_never_logs_in(self, stub: StubApi, time: Time) -> None:
        with connect(stub, time, "oauth1") as wiki:
            assert [request.get("action") for request in stub.seen] == ["query"]
            save(wiki)
            titles = [f"Une très longue page, numéro {n} & suite" for n in range(60)]
            stub.script("query", pages(*(page(n + 8, title) for n, title in enumerate(titles))))
            assert len(list(wiki.pages(titles))) == 60
        assert stub.of("login") == []
        assert {request.method for request in stub.seen} == {"GET", "POST"}
        for request in stub.seen:
            assert well_signed(stub, request)
            assert not well_signed(stub, request, (KEYS[1], KEYS[2]))

    def test_no_two_signatures_are_alike(self, stub: StubApi, time: Time) -> None:
        with connect(stub, time, "oauth1") as wiki:
            for _ in range(5):
                wiki.page("Page")
        headers = [request.headers["Authorization"] for request in stub.seen]
        assert len(set(headers)) == len(headers) == 6

    def test_a_signature_covers_the_body(self, stub: StubApi, time: Time) -> None:
        with connect(stub, time, "oauth1") as wiki:
            save(wiki)
        (edit,) = stub.of("edit")
        forged = Seen(
            edit.method,
            edit.path,
            edit.fields,
            edit.headers,
            edit.target,
            edit.body.replace(b"text=nouveau", b"text=autre"),
        )
        assert forged.body != edit.body
        assert not well_signed(stub, forged)

    @pytest.mark.parametrize("words", [(), KEYS[:1], KEYS[:3], (*KEYS, "canary-five-5f")])
    def test_any_other_number_of_words_is_explained(
        self, stub: StubApi, time: Time, words: tuple[str, ...]
    ) -> None:
        with pytest.raises(ConfigError) as raised:
            connect(stub, time, "oauth1", secret=" ".join(words))
        assert stub.seen == []
        assert raised.value.advice is not None
        if words:
            assert f"il y en a {len(words)}." in raised.value.message.fr
            told = raised.value.advice.fr
            order = [
                "jeton du consommateur",
                "secret du consommateur",
                "jeton d'accès",
                "secret d'accès",
            ]
            assert sorted(order, key=told.index) == order
        assert "canary" not in shown(raised.value)

    def test_four_lines_are_as_good_as_one(self, stub: StubApi, time: Time) -> None:
        connect(stub, time, "oauth1", secret="\n".join(KEYS)).close()
        assert well_signed(stub, stub.seen[0])


class TestOAuth2:
    def test_sends_its_token_with_every_request_and_never_logs_in(
        self, stub: StubApi, time: Time
    ) -> None:
        with connect(stub, time, "oauth2") as wiki:
            save(wiki)
        assert stub.of("login") == []
        assert [request.get("action") for request in stub.seen[:1]] == ["query"]
        for request in stub.seen:
            assert request.headers["Authorization"] == f"Bearer {TWO}"
            assert TWO not in request.target
            assert TWO.encode() not in request.body

    @pytest.mark.parametrize("secret", [f"{TWO} deux", "canary-é", "canary-\x1b[2J"])
    def test_a_token_that_is_no_word_is_explained(
        self, stub: StubApi, time: Time, secret: str
    ) -> None:
        with pytest.raises(ConfigError) as raised:
            connect(stub, time, "oauth2", secret=secret)
        assert stub.seen == []
        assert "canary" not in shown(raised.value)


both = pytest.mark.parametrize("login", ["oauth1", "oauth2"])


class TestBoth:
    @both
    def test_cookies_go_back_to_the_wiki(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"]
    ) -> None:
        meta = stub._usual("meta")
        stub.script("meta", Answer(meta, headers={"Set-Cookie": "wiki_session=abcdef; path=/"}))
        with connect(stub, time, login) as wiki:
            wiki.page("Page")
        assert stub.seen[-1].headers["Cookie"] == "wiki_session=abcdef"

    @both
    @pytest.mark.parametrize("name", ["robot", "Robot ", "Robot"])
    def test_the_account_is_known_by_its_name(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"], name: str
    ) -> None:
        with connect(stub, time, login, account=name) as wiki:
            wiki.page("Page")
        assert stub.seen[-1]["assertuser"] == "Robot"
        assert stub.seen[-1]["assert"] == "bot"

    @both
    def test_someone_elses_key_is_refused_before_anything_is_written(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"]
    ) -> None:
        stub.userinfo = {"name": "Quelqu'un"}
        with pytest.raises(AccessError) as raised:
            connect(stub, time, login)
        assert raised.value.exit_code == 4
        assert "« Quelqu'un »" in raised.value.message.fr
        assert "« Robot »" in raised.value.message.fr
        assert len(stub.seen) == 1
        assert "canary" not in shown(raised.value)

    @both
    @pytest.mark.parametrize("account", [None, ""])
    def test_without_an_account_nothing_is_sent(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"], account: str | None
    ) -> None:
        with pytest.raises(ConfigError, match="account is not named"):
            connect(stub, time, login, account=account)
        assert stub.seen == []

    @both
    @pytest.mark.parametrize("secret", [None, ""])
    def test_without_a_secret_nothing_is_sent(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"], secret: str | None
    ) -> None:
        with pytest.raises(ConfigError, match="no OAuth secret"):
            connect(stub, time, login, secret=secret)
        assert stub.seen == []

    @both
    @pytest.mark.parametrize(
        "answer",
        [
            REVOKED,
            NONCE,
            error("mwoauth-invalid-authorization-not-approved"),
            error("mwoauth-invalid-authorization-invalid-user"),
            error("assertuserfailed"),
        ],
        ids=["revoked", "nonce", "not approved", "invalid user", "no such extension"],
    )
    def test_a_wiki_that_refuses_is_asked_no_third_time(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"], answer: dict[str, Any]
    ) -> None:
        stub.always("meta", answer)
        with pytest.raises(AccessError) as raised:
            connect(stub, time, login)
        assert raised.value.exit_code == 4
        assert raised.value.advice is not None
        assert "OAuth" in f"{raised.value.message.fr} {raised.value.advice.fr}"
        assert len(stub.seen) <= 2
        assert time.slept == []
        assert "canary" not in shown(raised.value)

    @both
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    @pytest.mark.parametrize("action", ["meta", "edit"])
    def test_another_host_gets_nothing(
        self,
        stub: StubApi,
        other: StubApi,
        time: Time,
        login: Literal["oauth1", "oauth2"],
        status: int,
        action: str,
    ) -> None:
        stub.always(action, Answer(b"", status, {"Location": other.api}))
        with pytest.raises(ConfigError) as raised:
            save(connect(stub, time, login))
        assert "canary" not in shown(raised.value)

    @both
    def test_what_a_server_repeats_of_the_key_is_not_shown(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"]
    ) -> None:
        long = "x" * 150  # so that the words are cut within the secret
        body = f"<html>{long} Authorization: Bearer {TWO} {ONE} {TOKEN}".encode()
        with connect(stub, time, login) as wiki:
            before = wiki.page("Page")
            stub.always("edit", Answer(body, 500))
            with pytest.raises(OutcomeUnknown) as raised:
                wiki.save(before, "nouveau", "essai")
        assert "canary" not in shown(raised.value)

    @both
    def test_no_object_shows_the_key(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"]
    ) -> None:
        with connect(stub, time, login) as wiki:
            transport = wiki._api.transport
            for thing in (wiki, wiki._api, transport, transport.session):
                assert "canary" not in repr(thing) + repr(vars(thing))

    @both
    def test_the_debug_log_of_libraries_does_not_show_it(
        self,
        stub: StubApi,
        time: Time,
        login: Literal["oauth1", "oauth2"],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level("DEBUG")
        stub.script("edit", HTML)
        with connect(stub, time, login) as wiki:
            before = wiki.page("Page")
            with pytest.raises(OutcomeUnknown):
                wiki.save(before, "nouveau", "essai")
        assert caplog.records
        assert "canary" not in caplog.text

    @both
    def test_it_is_hidden_from_now_on(
        self, stub: StubApi, time: Time, login: Literal["oauth1", "oauth2"]
    ) -> None:
        connect(stub, time, login).close()
        for secret in (KEYS[1], KEYS[3]) if login == "oauth1" else (TWO,):
            assert redacted(f"<{secret}>") == "<***>"


class TestANonceThatWasUsed:
    """A cache of the wiki that fails: "Nonce already used" comes once, then all is well."""

    def test_at_first_contact(self, stub: StubApi, time: Time) -> None:
        stub.script("meta", NONCE)
        with connect(stub, time, "oauth1") as wiki:
            assert wiki.wikiid == "stub"
        assert len(stub.seen) == 2
        assert len({request.headers["Authorization"] for request in stub.seen}) == 2

    def test_while_reading(self, stub: StubApi, time: Time) -> None:
        with connect(stub, time, "oauth1") as wiki:
            stub.script("query", NONCE)
            assert wiki.page("Page").text == "texte"

    def test_while_saving(self, stub: StubApi, time: Time) -> None:
        with connect(stub, time, "oauth1") as wiki:
            stub.script("edit", NONCE)
            assert save(wiki).new_revid == 71
        assert len(stub.of("edit")) == 2

    def test_again_and_again_is_an_end(self, stub: StubApi, time: Time) -> None:
        with connect(stub, time, "oauth1") as wiki:
            before = wiki.page("Page")
            stub.always("edit", NONCE)
            with pytest.raises(AccessError) as raised:
                wiki.save(before, "nouveau", "essai")
        assert raised.value.exit_code == 4
        assert len(stub.of("edit")) == 2


class TestARealWiki:
    """Debian packages no Extension:OAuth: the real wiki takes no notice of the key."""

    @both
    def test_without_the_extension_says_so(
        self, mediawiki: MediaWikiBench, login: Literal["oauth1", "oauth2"]
    ) -> None:
        mediawiki.forget_requests()
        name = mediawiki.account.partition("@")[0]
        secret = ONE if login == "oauth1" else TWO
        with pytest.raises(AccessError) as raised:
            MediaWiki.connect(mediawiki.api, name, secret, login=login)
        assert "ne tient pas compte de l'autorisation OAuth" in raised.value.message.fr
        assert len(mediawiki.requests_seen()) == 1
