"""GitHub and GitLab read and asked: long lists, refusals, limits, hostile answers."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from tests.trackers.benches import now
from tests.trackers.forge_stub import TOKEN, Answer, Request
from tests.trackers.forges import ADDRESS, ForgeBench, forge
from tests.trackers.github_stub import GitHubStub
from tests.trackers.test_contract import again, new, ready, write
from tests.trackers.test_forge_writes import UPDATE, one, sent
from tests.wiki.certificates import self_signed
from wikibot.errors import AccessError, ConfigError, InputError, Unavailable, WikibotError
from wikibot.trackers.forge_api import limited
from wikibot.trackers.http import Server


@pytest.fixture(params=("github", "gitlab"))
def bench(request: pytest.FixtureRequest) -> Iterator[ForgeBench]:
    with forge(request.param) as found:
        yield found


# --- reading all, or saying that it is not all ---


def many(bench: ForgeBench, number: int = 7) -> None:
    bench.stub.pages = 2
    for n in range(1, number + 1):
        bench.stub.add(f"Action {n}")


def test_a_long_list_is_read_whole(bench: ForgeBench) -> None:
    many(bench)
    side = bench.open().read()
    assert [entry.key for entry in side.entries] == [f"{n}" for n in range(1, 8)]
    assert side.complete


@pytest.mark.parametrize("totals", [True, False])
def test_an_issue_that_vanishes_while_the_list_is_read_does_not_hide_another(
    bench: ForgeBench, totals: bool
) -> None:
    many(bench)
    bench.stub.totals = totals

    def vanish(request: Request) -> None:
        if request.query.get("page") == "3" and 1 in bench.stub.issues:
            bench.stub.issues.pop(1)

    bench.stub.before = vanish
    side = bench.open().read()
    assert side.complete
    assert [entry.key for entry in side.entries] == [f"{n}" for n in range(2, 8)]


def test_a_list_that_never_stands_still_is_not_taken_for_whole(bench: ForgeBench) -> None:
    many(bench, 12)

    def vanish(request: Request) -> None:
        if request.query.get("page") == "2":
            bench.stub.issues.pop(min(bench.stub.issues))

    bench.stub.before = vanish
    assert not bench.open().read().complete


def test_a_next_page_that_comes_round_again_ends(bench: ForgeBench) -> None:
    bench.stub.add("Une")
    bench.stub.page_headers = lambda request, page, last, total: {  # type: ignore[method-assign]
        "Link": f'<{bench.stub.root}{request.raw}?scope=all&page=2>; rel="next"'
    }
    assert not bench.open().read().complete
    assert len(bench.stub.log) < 10


def test_a_next_page_on_another_server_is_not_asked_for(bench: ForgeBench) -> None:
    bench.stub.add("Une")
    bench.stub.page_headers = lambda request, page, last, total: {  # type: ignore[method-assign]
        "Link": '<http://127.0.0.1:9/ailleurs>; rel="next"'
    }
    with pytest.raises(Unavailable, match="another server"):
        bench.open().read()


@pytest.mark.parametrize(
    "body", [b"", b"[", b"{}", b"null", b'["x"]', b'[{"id": 1}]', b"[{}]", b'[{"id": 1}, 2]']
)
def test_an_answer_that_is_no_list_of_issues_is_never_an_empty_one(
    bench: ForgeBench, body: bytes
) -> None:
    tracker = bench.open()
    do = bench.stub.route
    bench.stub.faults = [("GET", lambda request, _: do(request)), ("GET", lambda *_: body)]
    with pytest.raises((Unavailable, InputError)):
        tracker.read()


# --- refusals and limits ---

REFUSALS: list[tuple[str, Answer, type[WikibotError], str]] = [
    ("wrong token", Answer(401, {"message": "Bad credentials"}), AccessError, "jeton"),
    ("no right", Answer(403, {"message": "Resource not accessible"}), AccessError, "accessible"),
    ("no project", Answer(404, {"message": "Not Found"}), InputError, "Vérifiez son nom"),
    ("no issues", Answer(410, {"message": "Issues are disabled"}), InputError, "disabled"),
    ("renamed", Answer(301, None, {"Location": "/autre"}), InputError, "changé de nom"),
    ("away", Answer(503, None), Unavailable, "503"),
    ("hostile", Answer(403, {"message": f"{TOKEN}\x1b[31m\n"}), AccessError, "\\u001b"),
]


@pytest.mark.parametrize(
    ("answer", "error", "words"), [r[1:] for r in REFUSALS], ids=[r[0] for r in REFUSALS]
)
def test_a_refusal_is_said_in_one_line(
    bench: ForgeBench, answer: Answer, error: type[WikibotError], words: str
) -> None:
    bench.stub.fail("GET", answer)
    with pytest.raises(error) as caught:
        bench.open().read()
    message = caught.value.message.fr
    assert words in message and "\n" not in message
    assert len(bench.stub.log) == 1
    assert TOKEN not in f"{bench.open()!r}"


LIMITS: list[tuple[Answer, float]] = [
    (Answer(429, {"message": "slow down"}, {"Retry-After": "20"}), 20),
    (Answer(403, {"message": "secondary rate limit"}, {"Retry-After": "20"}), 20),
    (Answer(403, {"message": "You have exceeded a secondary rate limit."}), 60),
    (Answer(429, {"message": "Retry later"}), 60),
    (Answer(429, None, {"Retry-After": "demain"}), 60),
]


@pytest.mark.parametrize(("answer", "seconds"), LIMITS)
def test_a_limit_is_waited_out_and_what_it_refused_sent_again(
    bench: ForgeBench, answer: Answer, seconds: float
) -> None:
    entry = one(bench)
    tracker = ready(bench)
    bench.slept.clear()
    bench.stub.fail(UPDATE[bench.kind], answer)
    (written,) = write(tracker, again(entry, summary="Autre"))
    assert written.error is None and written.proven
    waited = [each for each in bench.slept if each not in (0.0, 1.0)]
    assert waited == [seconds]
    assert bench.stub.issues[1].title == "Autre"


@pytest.mark.parametrize("prefix", ["X-RateLimit", "RateLimit"])
def test_a_limit_ends_when_it_says_by_the_clock_of_the_server(prefix: str) -> None:
    answer = requests.Response()
    answer.status_code = 403
    answer.headers.update({"Date": "Fri, 06 Mar 2026 10:00:00 GMT", f"{prefix}-Remaining": "0"})
    answer.headers[f"{prefix}-Reset"] = "1772791245"  # 10:00:45
    assert limited(answer, now()) == 45
    answer.headers["Date"] = "no date"
    assert limited(answer, datetime(2026, 3, 6, 10, 0, 40, tzinfo=UTC)) == 5


@pytest.mark.parametrize("wait", ["3600", "1e9"])
def test_a_limit_that_does_not_pass_soon_ends_the_sync(bench: ForgeBench, wait: str) -> None:
    bench.stub.fail("GET", Answer(429, None, {"Retry-After": wait}))
    with pytest.raises(Unavailable) as caught:
        bench.open().read()
    assert "recommencez dans" in caught.value.message.fr
    assert bench.slept == []


def test_limits_again_and_again_end_the_sync(bench: ForgeBench) -> None:
    bench.stub.fail("GET", *[Answer(429, None, {"Retry-After": "50"})] * 9)
    with pytest.raises(Unavailable):
        bench.open().read()
    assert bench.slept == [50, 50]


def test_an_account_that_may_not_write_any_more_ends_the_sync(bench: ForgeBench) -> None:
    tracker = ready(bench)
    bench.stub.archived = True
    with pytest.raises(AccessError):
        write(tracker, new("7"), new("8"))
    assert sent(bench, "POST") == 1


def test_without_a_token_a_public_project_is_read_and_not_written(bench: ForgeBench) -> None:
    bench.stub.add("Une")
    bench.token = None
    side = bench.open().read()
    assert (len(side.entries), side.complete, side.writable) == (1, True, False)


def test_who_may_not_set_labels_only_reads(bench: ForgeBench) -> None:
    bench.stub.may_write = False
    assert not bench.open().read().writable


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.org",
        "ftp://api.example.org",
        "https://jeton@api.example.org",
        "https://api.example.org:port",
        "api.example.org",
        "",
    ],
)
def test_a_token_is_sent_to_no_such_address(url: str) -> None:
    with pytest.raises(ConfigError):
        Server(url, ADDRESS, {"Authorization": f"Bearer {TOKEN}"})


def test_nobody_is_there(bench: ForgeBench) -> None:
    bench.stub.url = "http://127.0.0.1:9"
    with pytest.raises(Unavailable, match="does not answer"):
        bench.open().read()


def test_a_whole_list_is_two_requests_and_a_change_two(bench: ForgeBench) -> None:
    for n in range(1, 41):
        bench.stub.add(f"Tâche {n}")
    tracker = bench.open()
    entries = tracker.read().entries
    assert (len(entries), tracker.requests.get, tracker.requests.post) == (40, 2, 0)
    ended = write(tracker, *(again(entry, stage="En cours") for entry in entries[:20]))
    assert all(w.proven for w in ended)
    assert (tracker.requests.get, tracker.requests.post) == (22, 20)


def test_a_certificate_is_trusted_where_its_own_is_given_and_nowhere_else(tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.pem"
    self_signed(certificate, 2)
    stub = GitHubStub()
    stub.add("Une")
    server = stub.serve()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    stub.url = stub.url.replace("http:", "https:")
    with server:
        bench = ForgeBench("github", stub, 256)
        with pytest.raises(AccessError, match="certificate"):
            bench.open().read()
        assert stub.log == []
        bench.ca_bundle = f"{tmp_path / 'cert.pem'}"
        assert len(bench.open().read().entries) == 1


def test_no_proxy_and_no_secret_of_the_environment_is_used(
    bench: ForgeBench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login autre password autre-secret\n")
    monkeypatch.setenv("NETRC", f"{tmp_path / 'netrc'}")
    bench.token = None
    assert bench.open().read().complete
    assert all("Authorization" not in each.request.headers for each in bench.stub.log)
