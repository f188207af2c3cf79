"""The session: the address, the login, and nobody else who would get its secrets."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.wiki.stub_api import PASSWORD, Answer, StubApi, error
from tests.wiki.stub_wiki import HTML, Time, connect, save, secrets_in
from wikibot.errors import AccessError, ConfigError, Unavailable
from wikibot.redaction import redacted
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench


class TestLoggingIn:
    @pytest.mark.parametrize(
        "answer",
        [
            {"login": {"result": "Failed", "reason": f"bad {PASSWORD}"}},
            {"login": {"result": "NeedToken", "token": "x"}},
            {"login": {"result": "Aborted", "reason": "no"}},
            {"login": {"result": "Throttled", "wait": 300}},
            {"login": {}},
            {},
            error("readonly"),
            error("never-heard-of-it"),
            HTML,
            Answer(ending="reset"),
            Answer(ending="silent"),
            Answer(f"<html>You sent {PASSWORD}".encode(), 500),
            Answer(b"<html>", 429),
            Answer(b"<html>", 403),
            Answer(b"null"),
            Answer(b"x", 204),
            Answer({}, headers={"X-Database-Lag": "9"}),
            Answer({}, headers={"X-Database-Lag": "9", "Retry-After": "soon"}),
        ],
        ids=str,
    )
    def test_the_password_is_sent_once_and_shown_nowhere(
        self, stub: StubApi, time: Time, answer: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        stub.always("login", answer)
        with pytest.raises((AccessError, Unavailable)) as raised:
            connect(stub, time)
        assert len(stub.of("login")) == 1
        assert stub.of("login")[0]["lgpassword"] == PASSWORD
        assert secrets_in(raised.value) == []
        assert PASSWORD not in caplog.text
        assert time.slept == []

    def test_a_session_that_the_wiki_forgets_is_no_session(self, stub: StubApi, time: Time) -> None:
        stub.userinfo = {"anon": True}
        with pytest.raises(AccessError):
            connect(stub, time)

    def test_an_account_needs_a_password(self, stub: StubApi) -> None:
        with pytest.raises(ConfigError):
            MediaWiki.connect(stub.api, "Robot@nuit")
        assert stub.seen == []

    def test_the_bot_says_who_it_is(self, stub: StubApi, time: Time) -> None:
        connect(stub, time, contact="bot@example.org\r\nX-Evil: 1").close()
        for request in stub.seen:
            agent = request.headers["User-Agent"]
            assert agent.startswith("wikibot/")
            assert "(bot@example.org X-Evil: 1)" in agent
            assert "mwclient/" in agent
            assert "requests/" in agent
        assert [request.get("action") for request in stub.seen] == ["query", "login", "query"]

    def test_the_limit_of_edits_is_read(self, stub: StubApi, time: Time) -> None:
        limits = {"edit": {"user": {"hits": 90, "seconds": 60}, "ip": {"hits": 8, "seconds": 60}}}
        stub.userinfo = {"ratelimits": limits}
        with connect(stub, time) as wiki:
            assert wiki.site.account is not None
            assert wiki.site.account.edit_limit == (8, 60)
        stub.rights = (*stub.rights, "noratelimit")
        with connect(stub, time) as wiki:
            assert wiki.site.account is not None
            assert wiki.site.account.edit_limit is None

    @pytest.mark.parametrize(
        ("lags", "replicas"),
        [
            (None, False),
            ([], False),
            ([{"host": "", "lag": -1}], False),  # of a single database
            ([{"host": "", "lag": 0}], True),
            ([{"host": "", "lag": 3.5}], True),
            ([{"host": "", "lag": False}], True),  # a replica that is out of order
        ],
    )
    def test_a_wiki_of_one_database_is_known(
        self, stub: StubApi, time: Time, lags: object, replicas: bool
    ) -> None:
        query = stub._site()
        if lags is not None:
            query["dbrepllag"] = lags
        stub.script("meta", {"batchcomplete": True, "query": query})
        with connect(stub, time) as wiki:
            assert wiki.site.replicas is replicas
        assert "dbrepllag" in stub.seen[-1]["siprop"].split("|")

    def test_the_real_wiki_of_the_tests_has_one(self, mediawiki: MediaWikiBench) -> None:
        with MediaWiki.connect(mediawiki.api) as wiki:
            assert not wiki.site.replicas
            assert wiki.site.server == mediawiki.api.removesuffix("/api.php")

    def test_a_wiki_says_where_it_is(self, stub: StubApi, time: Time) -> None:
        with connect(stub, time) as wiki:
            assert wiki.site.server == "https://wiki.example.org"

    def test_a_password_of_another_account_is_no_use(self, stub: StubApi, time: Time) -> None:
        stub.userinfo = {"name": "Quelqu'un"}
        with pytest.raises(AccessError) as raised:
            connect(stub, time)
        assert raised.value.exit_code == 4
        assert "« Quelqu'un »" in raised.value.message.fr
        assert secrets_in(raised.value) == []

    @pytest.mark.parametrize("account", ["robot@nuit", "Robot@nuit", "Robot", "_Robot_@nuit"])
    def test_the_case_of_the_first_letter_does_not_matter(
        self, stub: StubApi, time: Time, account: str
    ) -> None:
        MediaWiki.connect(
            stub.api, account, PASSWORD, patience=time.patience(), environment={}
        ).close()

    def test_the_password_is_hidden_from_now_on(self, stub: StubApi, time: Time) -> None:
        secret = "canary-" + "".join(map(str, range(20)))
        assert redacted(secret) == secret
        MediaWiki.connect(
            stub.api, "Robot@nuit", secret, patience=time.patience(), environment={}
        ).close()
        assert redacted(f"<{secret}>") == "<***>"


class TestTheAddress:
    @pytest.mark.parametrize(
        "url",
        [
            "http://wiki.example.org/api.php",
            "http://127.0.0.1.example.org/api.php",
            "http://127.0.0.1@example.org/api.php",
            "https://robot:secret@wiki.example.org/api.php",
            "https://wiki.example.org/",
            "https://wiki.example.org/index.php",
            "https://wiki.example.org/api.php?action=query",
            "https:///api.php",
            "https://wiki.example.org:x/api.php",
            "ftp://wiki.example.org/api.php",
            "wiki.example.org/api.php",
            "",
        ],
    )
    def test_a_bad_address_is_refused_before_anything_is_sent(
        self, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("something was sent")

        monkeypatch.setattr(socket, "create_connection", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        with pytest.raises(ConfigError) as raised:
            MediaWiki.connect(url, "Robot@nuit", PASSWORD)
        assert raised.value.exit_code == 2
        assert raised.value.advice is not None
        assert "secret" not in raised.value.message.fr

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    @pytest.mark.parametrize("action", ["login-token", "login", "meta", "edit"])
    def test_nothing_follows_a_redirect(
        self, stub: StubApi, other: StubApi, time: Time, status: int, action: str
    ) -> None:
        stub.always(action, Answer(b"", status, {"Location": other.api}))
        with pytest.raises(ConfigError) as raised:
            save(connect(stub, time))
        assert other.api in raised.value.message.fr
        assert len(stub.of("edit")) <= 1
        assert secrets_in(raised.value) == []

    def test_a_redirect_to_a_login_page_is_a_matter_of_access(
        self, stub: StubApi, time: Time
    ) -> None:
        stub.always("meta", Answer(b"", 302, {"Location": "https://sso.example.org/login\x1b"}))
        with pytest.raises(AccessError, match=r"sso\.example\.org"):
            connect(stub, time)

    def test_the_developers_environment_is_not_used(
        self, stub: StubApi, other: StubApi, time: Time, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        netrc = Path.home() / ".netrc"
        netrc.write_text("machine 127.0.0.1\nlogin someone\npassword theirs\n")
        netrc.chmod(0o600)
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{other.server_port}")
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{other.server_port}")
        try:
            with connect(stub, time) as wiki:
                save(wiki)
        finally:
            netrc.unlink()
        assert stub.seen
        assert not any("Authorization" in request.headers for request in stub.seen)

    def test_a_web_page_in_place_of_the_api_is_told_at_once(
        self, stub: StubApi, time: Time
    ) -> None:
        stub.always("meta", HTML)
        with pytest.raises(Unavailable, match="Maintenance") as raised:
            MediaWiki.connect(stub.api, patience=time.patience())
        assert raised.value.advice is not None
        assert "api.php" in raised.value.advice.fr
        stub.always("meta", Answer(b"<html>Not found", 404))
        with pytest.raises(ConfigError):
            MediaWiki.connect(stub.api, patience=time.patience())
        stub.always("meta", {"hello": "world"})
        with pytest.raises(ConfigError):
            MediaWiki.connect(stub.api, patience=time.patience())
        assert len(stub.seen) == 3

    def test_a_server_that_is_not_there_is_given_up_within_two_minutes(
        self, stub: StubApi, time: Time
    ) -> None:
        with socket.socket() as nobody:  # bound, and deaf
            nobody.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{nobody.getsockname()[1]}/api.php"
            with pytest.raises(Unavailable) as raised:
                MediaWiki.connect(url, patience=time.patience())
        assert time.slept == [2.0, 4.0, 8.0, 16.0, 32.0]
        assert raised.value.advice is not None
        assert "api.php" in raised.value.advice.fr
        assert stub.seen == []

    def test_waits_are_shortened_on_loopback_alone(self, stub: StubApi, time: Time) -> None:
        stub.script("meta", error("maxlag"))
        scaled = {"WIKIBOT_SLEEP_SCALE": "0.01"}
        MediaWiki.connect(stub.api, patience=time.patience(), environment=scaled).close()
        assert time.slept == [0.05]

    def test_a_certificate_that_nobody_vouches_for_is_refused(
        self, time: Time, tmp_path: Path
    ) -> None:
        certificate = tmp_path / "certificate.pem"
        _self_signed(certificate)
        with StubApi(str(certificate)) as stub:
            with pytest.raises(AccessError, match="certificate") as raised:
                MediaWiki.connect(stub.api, patience=time.patience())
            assert raised.value.exit_code == 4
            assert raised.value.__context__ is None
            assert stub.seen == []
            bundled = MediaWiki.connect(stub.api, patience=time.patience(), ca_bundle=certificate)
            with bundled:
                assert bundled.wikiid == "stub"
        with pytest.raises(ConfigError):
            MediaWiki.connect("https://example.org/api.php", ca_bundle=tmp_path / "absent")


def _self_signed(path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not on this machine: no certificate can be made")
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*command.split(), *names], cwd=path.parent, check=True, capture_output=True)
    path.write_text((path.parent / "cert.pem").read_text() + (path.parent / "key.pem").read_text())
