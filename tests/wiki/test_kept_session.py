"""A session that is kept for the next run: tried first, ours alone, of one account on one host."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.wiki.stub_api import PASSWORD, Answer, StubApi, error
from tests.wiki.stub_wiki import Time
from wikibot.errors import AccessError, Unavailable
from wikibot.redaction import hide, redacted
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

COOKIE = "canary-0123456789abcdef"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def file(state: Path) -> Path:
    return state / "session.json"


@pytest.fixture
def stub(stub: StubApi) -> StubApi:
    """A wiki that gives a session to who logs in."""
    usual = stub._usual("login")
    stub.always("login", Answer(usual, headers={"Set-Cookie": f"wiki_session={COOKIE}; path=/"}))
    return stub


def connect(stub: StubApi, time: Time, state: Path | None, **options: Any) -> MediaWiki:
    return MediaWiki.connect(
        stub.api,
        options.pop("account", "Robot@nuit"),
        PASSWORD,
        keep_session=True,
        state=state,
        patience=time.patience(),
        environment={},
        **options,
    )


def run(stub: StubApi, time: Time, state: Path | None, **options: Any) -> list[str | None]:
    """Open the wiki and close it; return what was asked: actions, with what of `query`."""
    stub.seen.clear()
    connect(stub, time, state, **options).close()
    return [request.get("type") or request.get("action") for request in stub.seen]


AFRESH = ["login", "login", "query"]  # a token to log in, the login, who we are


class TestARealWiki:
    def connect(self, bench: MediaWikiBench, state: Path) -> MediaWiki:
        bench.forget_requests()
        return MediaWiki.connect(
            bench.api, bench.account, bench.password, keep_session=True, state=state
        )

    def test_is_taken_up_by_one_request_and_saves_pages(
        self, fresh_mediawiki: MediaWikiBench, state: Path
    ) -> None:
        bench = fresh_mediawiki
        self.connect(bench, state).close()
        with self.connect(bench, state) as wiki:
            (asked,) = bench.requests_seen()
            assert asked.action == "query"
            assert asked.parameters["assertuser"] == "Robot des communs"
            wiki.create("Une page", "texte", "essai")
        assert "login" not in [request.action for request in bench.requests_seen()]
        assert len(bench.bot_revisions("Une page")) == 1

    def test_that_has_ended_is_replaced_by_a_login(
        self, fresh_mediawiki: MediaWikiBench, state: Path, file: Path
    ) -> None:
        bench = fresh_mediawiki
        self.connect(bench, state).close()
        before = file.read_text()
        bench.admin.end_sessions()
        with self.connect(bench, state) as wiki:
            assert len(bench.requests_seen()) == 4
            assert wiki.site.account is not None
        assert file.read_text() != before
        self.connect(bench, state).close()
        assert len(bench.requests_seen()) == 1

    def test_is_written_again_when_it_was_lost_on_the_way(
        self, fresh_mediawiki: MediaWikiBench, state: Path
    ) -> None:
        bench = fresh_mediawiki
        bench.edit_as_human("Une page", "texte")
        wiki = self.connect(bench, state)
        bench.admin.end_sessions()
        wiki.page("Une page")  # and then the process dies: nothing is closed
        self.connect(bench, state).close()
        assert len(bench.requests_seen()) == 1


class TestTheFile:
    def test_is_ours_alone_whatever_the_umask(
        self, stub: StubApi, time: Time, state: Path, file: Path
    ) -> None:
        before = os.umask(0)
        try:
            run(stub, time, state)
        finally:
            os.umask(before)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(state.stat().st_mode) == 0o700
        assert [path.name for path in state.iterdir()] == ["session.json"]

    def test_holds_no_password_and_no_token(
        self, stub: StubApi, time: Time, state: Path, file: Path
    ) -> None:
        run(stub, time, state)
        kept = file.read_text()
        assert PASSWORD not in kept
        assert kept.count("canary") == 1  # the cookie
        assert redacted(COOKIE) == "***"

    def test_is_there_only_where_it_was_asked_for(
        self, stub: StubApi, time: Time, state: Path
    ) -> None:
        MediaWiki.connect(
            stub.api, "Robot@nuit", PASSWORD, state=state, patience=time.patience(), environment={}
        ).close()
        assert not state.exists()

    def test_has_its_place_by_host_where_no_folder_is_configured(
        self, stub: StubApi, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
        run(stub, time, None)
        port = stub.server_port
        assert (tmp_path / f"xdg/wikibot/127.0.0.1-{port}/session.json").exists()

    def test_that_cannot_be_written_is_a_note(
        self, stub: StubApi, time: Time, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "state").write_text("ce n'est pas un dossier")
        assert run(stub, time, tmp_path / "state") == AFRESH
        assert "could not be kept" in caplog.text

    def test_is_whole_or_as_before_when_writing_fails(
        self,
        stub: StubApi,
        time: Time,
        state: Path,
        file: Path,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        run(stub, time, state)
        before = file.read_text()

        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        run(stub, time, state)
        assert file.read_text() == before
        assert [path.name for path in state.iterdir()] == ["session.json"]
        assert "No space left on device" in caplog.text

    def test_is_not_written_by_a_login_that_failed(
        self, stub: StubApi, time: Time, state: Path, file: Path
    ) -> None:
        stub.always("login", {"login": {"result": "Failed", "reason": "non"}})
        with pytest.raises(AccessError):
            run(stub, time, state)
        assert not file.exists()


def _link(file: Path) -> None:
    file.rename(file.with_name("ailleurs"))
    file.symlink_to("ailleurs")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _dangling(file: Path) -> None:
    file.unlink()
    file.symlink_to("nulle-part")


class TestAFileThatIsNotTrusted:
    """It is left aside with a note, and the bot logs in afresh."""

    @pytest.mark.parametrize(
        ("spoil", "why"),
        [
            (lambda file: file.chmod(0o644), "it is open to others"),
            (lambda file: file.chmod(0o620), "it is open to others"),
            (_link, "it is a link"),
            (_dangling, "it is a link"),
            (_folder, "it is no file"),
            (lambda file: file.write_text("{"), "it is damaged"),
            (lambda file: file.write_text("[]"), "it is damaged"),
            (lambda file: file.write_text("[" * 100_000), "it is damaged"),
            (lambda file: file.write_bytes(b"\xff\xfe"), "it is damaged"),
        ],
        ids=["read", "written", "link", "dangling", "folder", "cut", "list", "deep", "no text"],
    )
    def test_by_its_kind_or_content(
        self,
        stub: StubApi,
        time: Time,
        state: Path,
        file: Path,
        spoil: Callable[[Path], object],
        why: str,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        run(stub, time, state)
        spoil(file)
        assert run(stub, time, state) == AFRESH
        assert why in caplog.text
        assert COOKIE not in caplog.text

    def test_by_its_owner(
        self,
        stub: StubApi,
        time: Time,
        state: Path,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        run(stub, time, state)
        monkeypatch.setattr(os, "getuid", lambda: 4242)
        assert run(stub, time, state) == AFRESH
        assert "it belongs to someone else" in caplog.text

    def test_nothing_is_written_through_a_link(
        self, stub: StubApi, time: Time, state: Path, file: Path
    ) -> None:
        run(stub, time, state)
        target = state / "cible"
        target.write_text("intact")
        file.unlink()
        file.symlink_to("cible")
        run(stub, time, state)
        assert target.read_text() == "intact"
        assert not file.is_symlink()

    @pytest.mark.parametrize(
        "change",
        [
            {"host": "http://127.0.0.1:1"},
            {"host": "https://wiki.example.org"},
            {"account": "Robot@jour"},
            {"account": "Autre@nuit"},
            {"format": 2},
            {"cookies": []},
        ],
        ids=str,
    )
    def test_by_what_it_says_of_host_and_account(
        self, stub: StubApi, time: Time, state: Path, file: Path, change: dict[str, object]
    ) -> None:
        run(stub, time, state)
        assert run(stub, time, state) == ["query"]  # it is good as it is
        file.write_text(json.dumps(json.loads(file.read_text()) | change))
        assert run(stub, time, state) == AFRESH
        assert COOKIE not in str([request.headers for request in stub.seen[:2]])

    def test_another_account_does_not_get_it(self, stub: StubApi, time: Time, state: Path) -> None:
        run(stub, time, state)
        assert run(stub, time, state, account="Robot@jour") == AFRESH

    def test_another_host_does_not_get_it(self, stub: StubApi, time: Time, state: Path) -> None:
        run(stub, time, state)
        with StubApi() as another:
            assert run(another, time, state) == AFRESH
            assert COOKIE not in str([request.headers for request in another.seen])

    def test_its_cookies_go_to_the_pinned_host_whatever_they_say(
        self, stub: StubApi, time: Time, state: Path, file: Path
    ) -> None:
        run(stub, time, state)
        kept = json.loads(file.read_text())
        kept["cookies"][0]["domain"] = "example.org"
        file.write_text(json.dumps(kept))
        with connect(stub, time, state) as wiki:
            assert wiki._api.transport.session.cookies.list_domains() == ["127.0.0.1"]


class TestASessionThatIsOver:
    @pytest.mark.parametrize(
        "answer",
        [
            error("assertuserfailed"),
            error("assertnameduserfailed"),
            error("readapidenied"),
            error("blocked"),
        ],
        ids=str,
    )
    def test_is_replaced_by_a_login(
        self, stub: StubApi, time: Time, state: Path, answer: dict[str, object]
    ) -> None:
        run(stub, time, state)
        stub.script("meta", answer)
        assert run(stub, time, state) == ["query", *AFRESH]
        assert "Cookie" not in stub.seen[1].headers

    def test_is_not_replaced_while_the_wiki_is_away(
        self, stub: StubApi, time: Time, state: Path
    ) -> None:
        run(stub, time, state)
        stub.always("meta", error("readonly"))
        with pytest.raises(Unavailable):
            run(stub, time, state)
        assert stub.of("login") == []

    def test_that_became_someone_elses_is_not_used(
        self, stub: StubApi, time: Time, state: Path
    ) -> None:
        run(stub, time, state)
        query = stub._site()
        query["userinfo"] = {"id": 9, "name": "Quelqu'un", "rights": ["read"]}
        stub.script("meta", {"batchcomplete": True, "query": query})
        assert run(stub, time, state) == ["query", *AFRESH]


def test_a_session_stays_hidden_however_many_cookies_come_after_it(
    stub: StubApi, time: Time
) -> None:
    cookie = os.urandom(16).hex()
    more = {"Set-Cookie": f"wiki_session={cookie}; path=/"}
    stub.script("login", Answer(stub._usual("login"), headers=more))
    with connect(stub, time, None):
        for _ in range(300):
            hide(os.urandom(16).hex(), lasting=False)
        assert redacted(f"<{cookie}>") == "<***>"


def test_oauth_keeps_no_session(stub: StubApi, time: Time, state: Path) -> None:
    with connect(stub, time, state, login="oauth2", account="Robot"):
        pass
    assert not state.exists()


def test_cookies_of_edits_do_not_pile_up(stub: StubApi, time: Time) -> None:
    with connect(stub, time, None) as wiki:
        page = wiki.page("Page")
        for number in range(5):
            more = {"Set-Cookie": f"wikiPostEditRevision{number}=saved; path=/"}
            stub.script("edit", Answer(stub._usual("edit"), headers=more))
            wiki.save(page, f"texte {number}", "essai")
        wiki.page("Page")
    assert stub.seen[-1].headers["Cookie"] == f"wiki_session={COOKIE}"
