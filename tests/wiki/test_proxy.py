"""A proxy: only the configured one, and its password is for it alone."""

from __future__ import annotations

import socket
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.wiki.proxies import StubProxy
from tests.wiki.stub_api import PASSWORD, StubApi
from tests.wiki.stub_wiki import Time, save, secrets_in
from tests.wiki.test_mediawiki_session import _self_signed
from wikibot.errors import ConfigError, Unavailable
from wikibot.redaction import redacted
from wikibot.wiki.mediawiki import MediaWiki

SECRET = "canary-p%40ss%C3%A9"
PLAIN = "canary-p@ssé"
BASIC = b64encode(f"user:{PLAIN}".encode("latin-1")).decode()


def connect(stub: StubApi, time: Time, proxy: str, **options: Any) -> MediaWiki:
    return MediaWiki.connect(
        stub.api,
        "Robot@nuit",
        PASSWORD,
        proxy=proxy,
        patience=time.patience(),
        environment={},
        **options,
    )


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "certificate.pem"
    _self_signed(path)
    return path


class TestGoingThrough:
    def test_every_request_does(self, stub: StubApi, time: Time) -> None:
        with StubProxy() as proxy:
            with connect(stub, time, proxy.address(f"user:{SECRET}")) as wiki:
                save(wiki)
            assert len(proxy.seen) == len(stub.seen) >= 5
            assert {who for _, _, who in proxy.seen} == {f"Basic {BASIC}"}
        assert not any("Proxy-Authorization" in request.headers for request in stub.seen)

    def test_an_encrypted_wiki_is_reached_by_a_tunnel_that_sees_nothing(
        self, time: Time, certificate: Path
    ) -> None:
        with StubApi(str(certificate)) as stub, StubProxy() as proxy:
            address = proxy.address(f"user:{SECRET}")
            with connect(stub, time, address, ca_bundle=certificate) as wiki:
                save(wiki)
            host = f"127.0.0.1:{stub.server_port}"
            assert proxy.seen == [("CONNECT", host, f"Basic {BASIC}")]
            assert len(stub.seen) >= 5

    def test_none_is_used_that_only_the_environment_names(
        self, stub: StubApi, time: Time, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with StubProxy() as named, StubProxy() as other:
            for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, other.address())
            connect(stub, time, named.address()).close()
            assert other.seen == []
            assert len(named.seen) == 3

    def test_none_is_left_out_because_the_environment_says_so(
        self, stub: StubApi, time: Time, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("no_proxy", "*")
        with StubProxy() as proxy:
            connect(stub, time, proxy.address()).close()
            assert len(proxy.seen) == 3


class TestRefused:
    def test_by_407_is_unavailable_and_shows_no_password(
        self, stub: StubApi, time: Time, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        with StubProxy(407) as proxy, pytest.raises(Unavailable, match="http-407") as raised:
            connect(stub, time, proxy.address(f"user:{SECRET}"))
        self.check(raised.value, caplog)
        assert (stub.seen, len(proxy.seen), time.slept) == ([], 1, [])

    def test_by_407_to_a_tunnel_likewise(
        self, time: Time, certificate: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        with StubApi(str(certificate)) as stub, StubProxy(407) as proxy:
            with pytest.raises(Unavailable, match="http-407") as raised:
                connect(stub, time, proxy.address(f"user:{SECRET}"), ca_bundle=certificate)
            assert (stub.seen, len(proxy.seen), time.slept) == ([], 1, [])
        self.check(raised.value, caplog)

    def test_in_the_midst_of_a_run_nothing_was_saved(
        self, stub: StubApi, time: Time, caplog: pytest.LogCaptureFixture
    ) -> None:
        with StubProxy() as proxy, connect(stub, time, proxy.address(f"user:{SECRET}")) as wiki:
            page = wiki.page("Page")
            wiki.save(page, "un", "essai")
            proxy.status = 407
            with pytest.raises(Unavailable) as raised:
                wiki.save(page, "deux", "essai")
        assert len(stub.of("edit")) == 1
        self.check(raised.value, caplog)

    def test_while_logging_in_the_password_is_nowhere(
        self, stub: StubApi, time: Time, caplog: pytest.LogCaptureFixture
    ) -> None:
        class Turning(StubProxy):
            """Refuses from the second request on."""

            @property
            def status(self) -> int:
                return 407 if len(self.seen) > 1 else 200

            @status.setter
            def status(self, value: int) -> None:
                pass

        with Turning() as proxy, pytest.raises(Unavailable, match="http-407") as raised:
            connect(stub, time, proxy.address(f"user:{SECRET}"))
        assert stub.of("login") == []
        self.check(raised.value, caplog)

    def check(self, failure: Unavailable, caplog: pytest.LogCaptureFixture) -> None:
        assert failure.exit_code == 5
        assert failure.advice is not None
        assert "proxy" in failure.advice.fr
        assert secrets_in(failure) == []
        shown = caplog.text + str(failure) + str(failure.advice)
        assert not any(secret in shown for secret in (PLAIN, SECRET, BASIC, PASSWORD))


class TestAway:
    @pytest.mark.parametrize("encrypted", [False, True])
    def test_a_proxy_that_is_not_there_is_waited_for_then_unavailable(
        self, stub: StubApi, time: Time, encrypted: bool, caplog: pytest.LogCaptureFixture
    ) -> None:
        with socket.socket() as nobody:  # bound, and deaf
            nobody.bind(("127.0.0.1", 0))
            proxy = f"http://user:{SECRET}@127.0.0.1:{nobody.getsockname()[1]}"
            url = "https://127.0.0.1:1/api.php" if encrypted else stub.api
            with pytest.raises(Unavailable) as raised:
                MediaWiki.connect(url, proxy=proxy, patience=time.patience(), environment={})
        assert raised.value.exit_code == 5
        assert time.slept == [2.0, 4.0, 8.0, 16.0, 32.0]
        assert stub.seen == []
        shown = caplog.text + str(raised.value) + str(raised.value.advice)
        assert not any(secret in shown for secret in (PLAIN, SECRET, BASIC))

    def test_a_tunnel_that_cannot_be_dug_was_surely_not_used(
        self, time: Time, certificate: Path
    ) -> None:
        with (
            StubApi(str(certificate)) as stub,
            StubProxy() as proxy,
            connect(stub, time, proxy.address(), ca_bundle=certificate) as wiki,
        ):
            page = wiki.page("Page")
            wiki.save(page, "un", "essai")
            wiki._api.transport.session.adapters["https://"].close()
            proxy.status = 503
            with pytest.raises(Unavailable) as raised:
                wiki.save(page, "deux", "essai")
        assert raised.value.code == "not-sent"


class TestTheKey:
    @pytest.mark.parametrize(
        "proxy",
        [
            "https://user:canary-p@127.0.0.1:3128",
            "socks5://user:canary-p@127.0.0.1:3128",
            "user:canary-p@127.0.0.1:3128",
            "http://user:canary-p@127.0.0.1",
            "http://user:canary-p@:3128",
            "http://user:canary-p@127.0.0.1:port",
            "http://user:canary-p@127.0.0.1:3128/chemin",
            "http://user:canary-p@127.0.0.1:3128?x=1",
            "http://user:canary-p%F0%9F%98%80@127.0.0.1:3128",
            "http://user:canary-p",
            "n'importe quoi",
        ],
    )
    def test_that_is_no_proxy_is_refused_without_repeating_it(
        self, stub: StubApi, time: Time, proxy: str
    ) -> None:
        with pytest.raises(ConfigError) as raised:
            connect(stub, time, proxy)
        assert stub.seen == []
        assert "canary" not in f"{raised.value.message}{raised.value.advice}"

    @pytest.mark.parametrize("form", [PLAIN, SECRET, BASIC], ids=["plain", "encoded", "basic"])
    def test_its_password_is_hidden_in_every_form(
        self, stub: StubApi, time: Time, form: str
    ) -> None:
        with StubProxy() as proxy:
            connect(stub, time, proxy.address(f"user:{SECRET}")).close()
        assert redacted(f"<{form}>") == "<***>"

    def test_no_object_shows_it(self, stub: StubApi, time: Time) -> None:
        with StubProxy() as proxy, connect(stub, time, proxy.address(f"user:{SECRET}")) as wiki:
            transport = wiki._api.transport
            for thing in (wiki, wiki._api, transport, transport.session):
                assert "canary" not in repr(thing) + repr(vars(thing))
            assert transport.proxied
