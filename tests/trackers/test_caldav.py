"""CalDAV where it is not as usual: Nextcloud's ways, refusals, odd and hostile answers."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.trackers.benches import FRESH, STAGES, ServerBench, now
from tests.trackers.test_contract import again, new, write
from wikibot.errors import AccessError, ConfigError, InputError, Unavailable, WikibotError
from wikibot.trackers.caldav import CalDav
from wikibot.trackers.vtodo import Stages

SECRET = "secret-du-serveur"
LIST = (
    '<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response>'
    "<d:href>/liste/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/><c:calendar/>"
    "</d:resourcetype>{privileges}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    "</d:response></d:multistatus>"
)
TASK = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTODO\nUID:{uid}\nSUMMARY:{summary}\n"
    "END:VTODO\nEND:VCALENDAR\n"
)


@dataclass
class Stub:
    """A server that answers as told: method → (status, headers, body), or a function of path."""

    answers: dict[str, Callable[[str, str], tuple[int, dict[str, str], str]]]
    seen: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)
    url: str = ""

    def tracker(self) -> CalDav:
        return CalDav(
            self.url, Stages(STAGES, {}, frozenset(("Fait",))), FRESH, now, "alix", SECRET
        )


@pytest.fixture
def stub() -> Iterator[Stub]:
    found = Stub({})

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(size).decode()
            found.seen.append((self.command, self.path, dict(self.headers), body))
            status, headers, text = found.answers[self.command](self.path, body)
            if status == 0:
                self.connection.close()
                return
            self.send_response(status)
            for name, value in {"Content-Length": f"{len(text.encode())}", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        do_PROPFIND = do_REPORT = do_PUT = do_GET = answer

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/liste/"
    found.answers = {"PROPFIND": propfind(), "REPORT": report([])}
    yield found
    server.shutdown()
    server.server_close()
    thread.join(10)


def propfind(*privileges: str) -> Callable[[str, str], tuple[int, dict[str, str], str]]:
    told = "".join(f"<d:privilege><d:{name}/></d:privilege>" for name in privileges)
    whole = f"<d:current-user-privilege-set>{told}</d:current-user-privilege-set>"
    text = LIST.format(privileges=whole if privileges else "")
    return lambda path, body: (207, {}, text)


def report(
    tasks: list[tuple[str, str, str]],
) -> Callable[[str, str], tuple[int, dict[str, str], str]]:
    """Answer with these: path, ETag, calendar ("" for one that is not told)."""
    parts = []
    for path, etag, text in tasks:
        told = f"<c:calendar-data>{text}</c:calendar-data>" if text else ""
        status = "200 OK" if text else "404 Not Found"
        parts.append(
            f"<d:response><d:href>{path}</d:href><d:propstat><d:prop><d:getetag>{etag}</d:getetag>"
            f"{told}</d:prop><d:status>HTTP/1.1 {status}</d:status></d:propstat></d:response>"
        )
    ns = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
    return lambda path, body: (207, {}, f"<d:multistatus {ns}>{''.join(parts)}</d:multistatus>")


def one(uid: str = "u1", summary: str = "Relire", etag: str = '"1"') -> tuple[str, str, str]:
    return f"/liste/{uid}.ics", etag, TASK.format(uid=uid, summary=summary)


def test_a_server_that_changes_what_it_is_sent_is_read_back_at_once(stub: Stub) -> None:
    """Nextcloud answers a PUT without an ETag where it has altered the task."""
    kept: list[tuple[str, str, str]] = []

    def put(path: str, body: str) -> tuple[int, dict[str, str], str]:
        kept.append((path, '"9"', body.replace("SUMMARY:relire", "SUMMARY:Relire")))
        stub.answers["REPORT"] = report(kept)
        return 201, {}, ""

    stub.answers["PUT"] = put
    tracker = stub.tracker()
    tracker.read()
    asked = len(stub.seen)
    ended = write(tracker, *(new(f"{n}", summary=f"relire {n}") for n in range(1, 6)))
    assert [w.entry.values["summary"] for w in ended if w.entry] == [
        f"Relire {n}" for n in range(1, 6)
    ]
    assert not any(w.proven for w in ended)
    assert [method for method, *_ in stub.seen[asked:]] == ["PUT"] * 5 + ["REPORT"]


def test_a_task_is_written_on_condition_that_it_is_as_it_was_read(stub: Stub) -> None:
    stub.answers["REPORT"] = report([one()])
    stub.answers["PUT"] = lambda path, body: (412, {}, "")
    tracker = stub.tracker()
    (entry,) = tracker.read().entries
    (written,) = write(tracker, again(entry, summary="Autre"))
    assert written.error is not None and not written.unknown
    method, path, headers, _ = stub.seen[-1]
    assert (method, path, headers["If-Match"]) == ("PUT", "/liste/u1.ics", '"1"')
    write(tracker, new("7"))
    assert stub.seen[-1][2]["If-None-Match"] == "*"


def test_a_task_without_a_strong_etag_is_never_written(stub: Stub) -> None:
    stub.answers["REPORT"] = report([one(etag='W/"1"')])
    tracker = stub.tracker()
    (entry,) = tracker.read().entries
    (written,) = write(tracker, again(entry, summary="Autre"))
    assert written.error is not None
    assert all(method != "PUT" for method, *_ in stub.seen)


def test_a_task_that_is_not_told_makes_the_listing_a_partial_one(stub: Stub) -> None:
    stub.answers["REPORT"] = report([one(), ("/liste/u2.ics", "", "")])
    side = stub.tracker().read()
    assert (len(side.entries), side.complete) == (1, False)


def test_a_list_that_may_only_be_read_is_read_only(stub: Stub) -> None:
    for privileges, writable in ((("read",), False), (("read", "write"), True), ((), True)):
        stub.answers["PROPFIND"] = propfind(*privileges)
        assert stub.tracker().read().writable is writable


def test_a_lost_answer_is_not_taken_for_a_refusal(stub: Stub) -> None:
    stub.answers["PUT"] = lambda path, body: (0, {}, "")
    tracker = stub.tracker()
    tracker.read()
    (written,) = write(tracker, new("7"))
    assert written.unknown


def test_a_server_that_answers_no_more_is_left_alone(stub: Stub) -> None:
    stub.answers["PUT"] = lambda path, body: (502, {}, "")
    tracker = stub.tracker()
    tracker.read()
    with pytest.raises(Unavailable):
        write(tracker, *(new(f"{n}") for n in range(1, 9)))
    assert sum(method == "PUT" for method, *_ in stub.seen) == 3


REFUSALS = {
    "wrong secret": (401, {}, AccessError),
    "forbidden": (403, {}, AccessError),
    "no such list": (404, {}, InputError),
    "elsewhere": (301, {"Location": "http://127.0.0.1:1/x/"}, InputError),
    "too busy": (503, {"Retry-After": "9"}, Unavailable),
    "a page for people": (207, {}, Unavailable),
    "a bomb": (207, {}, Unavailable),
    "not a list": (207, {}, InputError),
}
BODIES = {
    "a page for people": "<html><p>Bienvenue",
    "a bomb": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
    "not a list": '<d:multistatus xmlns:d="DAV:"/>',
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_is_said_in_one_line_without_the_secret(stub: Stub, case: str) -> None:
    status, headers, expected = REFUSALS[case]
    stub.answers["PROPFIND"] = lambda path, body: (status, headers, BODIES.get(case, ""))
    with pytest.raises(expected) as caught:
        stub.tracker().read()
    assert isinstance(caught.value, WikibotError)
    assert SECRET not in f"{caught.value}{caught.value.message}{stub.tracker()!r}"
    assert "\n" not in caught.value.message.fr
    assert len(stub.seen) == 1, "nothing is asked elsewhere, and nothing twice"


def test_tasks_of_another_server_are_none_of_this_list(stub: Stub) -> None:
    stub.answers["REPORT"] = report([one(), ("http://169.254.169.254/x.ics", '"1"', "X")])
    side = stub.tracker().read()
    assert (len(side.entries), side.complete) == (1, False)


@pytest.mark.parametrize(
    "url",
    [
        "http://cloud.example.org/liste/",
        "ftp://cloud.example.org/liste/",
        "https://alix:secret@cloud.example.org/liste/",
        "liste",
    ],
)
def test_a_secret_is_sent_to_no_such_address(url: str) -> None:
    with pytest.raises(ConfigError):
        CalDav(url, Stages(STAGES, {}, frozenset(("Fait",))), FRESH, now, "alix", SECRET)


def test_nobody_is_there(stub: Stub) -> None:
    tracker = CalDav(
        "http://127.0.0.1:9/liste/",
        Stages(STAGES, {}, frozenset(("Fait",))),
        FRESH,
        now,
        "alix",
        SECRET,
    )
    with pytest.raises(Unavailable, match="does not answer"):
        tracker.read()


def test_a_whole_list_is_two_requests_and_a_change_one(task_list: ServerBench) -> None:
    """Radicale answers with an ETag: what was sent is what is there, and is not read back."""
    tracker = task_list.open()
    tracker.read()
    write(tracker, *(new(f"{n}", summary=f"Tâche {n}") for n in range(1, 41)))
    tracker = task_list.open()
    entries = tracker.read().entries
    assert (len(entries), tracker.requests.get, tracker.requests.post) == (40, 2, 0)
    ended = write(tracker, *(again(entry, due="2027-01-01") for entry in entries[:20]))
    assert all(w.proven for w in ended)
    assert (tracker.requests.get, tracker.requests.post) == (2, 20)


def test_a_wrong_secret_is_refused_by_a_real_server(task_list: ServerBench) -> None:
    wrong = ServerBench(task_list.url, ("alix", "autre-secret")).open()
    with pytest.raises(AccessError):
        wrong.read()


def test_what_another_client_wrote_stays_line_by_line(task_list: ServerBench) -> None:
    task_list.add("Tapée ailleurs")
    tracker = task_list.open()
    (entry,) = tracker.read().entries
    write(tracker, again(entry, stage="Fait"))
    tracker.read()
    (task,) = tracker._tasks.values()
    text = "".join(line.raw for line in task.lines)
    assert "SUMMARY;LANGUAGE=fr:Tapée ailleurs\r\n" in text
    assert "X-APPLE-SORT-ORDER:42\r\n" in text
    assert re.search(r"BEGIN:VALARM\r\n(?:.*\r\n)*TRIGGER:-PT5M\r\n(?:.*\r\n)*END:VALARM", text)
    assert "STATUS:COMPLETED\r\n" in text and "PERCENT-COMPLETE:100\r\n" in text
