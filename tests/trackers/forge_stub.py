"""A forge on loopback, as far as its documentation says what it does; our own writing.

What passes its door is kept as exchanges, in the shape of the files in `contract/`.
"""

from __future__ import annotations

import hashlib
import json
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.wiki.loopback import LoopbackServer, SilentHandler

TOKEN = "jeton-canari-0123456789abcdef"
PEOPLE = {"alix": 31, "bo": 32}  # accounts that may be assigned


@dataclass
class Record:
    """One issue as the stub keeps it; `created` and `updated` are seconds from the beginning."""

    number: int
    title: str
    body: str | None = None
    closed: bool = False
    labels: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    due: str | None = None
    created: int = 0
    updated: int = 0
    pull: bool = False
    confidential: bool = False
    kind: str = "issue"
    moved: int | None = None


@dataclass(frozen=True)
class Answer:
    """One answer; a body of None is none at all."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    method: str
    path: str  # decoded
    raw: str
    query: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Exchange:
    request: Request
    answer: Answer


Fault = Callable[[Request, Callable[[], Answer]], Answer | str | bytes]


class ForgeStub:
    """`faults` are in front of the answers, one a request; a text says how the line ends.

    «lost»: nothing is done, no answer; «late»: it is done, no answer; bytes: a raw body with 200.
    `labels` are those of the project; `rights` those of the account; `pages` is the most that one
    page of a list holds.
    """

    def __init__(self) -> None:
        self.issues: dict[int, Record] = {}
        self.labels: list[str] = []
        self.log: list[Exchange] = []
        self.faults: list[tuple[str, Fault]] = []
        self.before: Callable[[Request], None] = lambda request: None
        self.gone: dict[int, Answer] = {}
        self.pages = 100
        self.may_write = True
        self.archived = False
        self.totals = True
        self.second = 0
        self.url = ""
        self.root = ""

    # --- what each forge does its own way ---

    def route(self, request: Request) -> Answer:
        raise NotImplementedError

    # --- people ---

    def add(self, title: str, **more: Any) -> Record:
        number = max([0, *self.issues, *self.gone]) + 1  # never that of a deleted one
        self.second += 1
        record = Record(number, title, created=self.second, updated=self.second, **more)
        self.issues[number] = record
        for label in record.labels:
            self.label(label)
        return record

    def touch(self, record: Record) -> None:
        self.second += 1
        record.updated = self.second

    def label(self, name: str) -> str:
        """Return a label as the project calls it; one that is not there yet is made."""
        found = [each for each in self.labels if self.same_label(each, name)]
        if not found:
            self.labels.append(name)
        return found[0] if found else name

    def same_label(self, one: str, two: str) -> bool:
        return one == two

    def fail(self, method: str, *faults: Answer | str | bytes) -> None:
        """Have the next requests of a method end like this."""

        def made(told: Answer | str | bytes) -> Fault:
            def fault(request: Request, do: Callable[[], Answer]) -> Answer | str | bytes:
                if told == "late":
                    do()
                return told

            return fault

        self.faults += [(method, made(told)) for told in faults]

    # --- the door ---

    def handle(self, request: Request) -> Answer | str | bytes:
        self.before(request)
        for place, (method, fault) in enumerate(self.faults):
            if method == request.method:
                del self.faults[place]
                told = fault(request, lambda: self.route(request))
                self.log.append(Exchange(request, told if isinstance(told, Answer) else Answer(0)))
                return told
        answer = self.route(request)
        self.log.append(Exchange(request, answer))
        return answer

    def paged(self, found: list[Any], request: Request, told: Callable[[Any], Any]) -> Answer:
        """Answer with one page of a list, with its ETag and where the others are."""
        size = min(int(request.query.get("per_page", "20")), 100, self.pages)
        page, last = int(request.query.get("page", "1")), max(1, -(-len(found) // size))
        body = [told(each) for each in found[(page - 1) * size : page * size]]
        headers = self.page_headers(request, page, last, len(found))
        etag = f'W/"{hashlib.sha256(json.dumps(body).encode()).hexdigest()}"'
        if request.headers.get("If-None-Match") == etag:
            return Answer(304, None, {"ETag": etag, **headers})
        return Answer(200, body, {"ETag": etag, **headers})

    def page_headers(self, request: Request, page: int, last: int, total: int) -> dict[str, str]:
        def link(number: int, relation: str) -> str:
            query = "&".join(f"{k}={v}" for k, v in {**request.query, "page": str(number)}.items())
            path = self.raw_path(request.path)
            return f'<{self.root}{path}?{query}>; rel="{relation}"'

        links = []
        if page > 1:
            links += [link(page - 1, "prev")]
        if page < last:
            links += [link(page + 1, "next"), link(last, "last")]
        if page > 1:
            links += [link(1, "first")]
        return {"Link": ", ".join(links)} if links else {}

    def raw_path(self, path: str) -> str:
        return path

    def serve(self) -> LoopbackServer:
        stub = self

        class Handler(SilentHandler):
            def answer(self) -> None:
                size = int(self.headers.get("Content-Length", "0"))
                raw = self.rfile.read(size)
                parts = urlsplit(self.path)
                request = Request(
                    self.command,
                    unquote(parts.path),
                    parts.path,
                    dict(parse_qsl(parts.query, keep_blank_values=True)),
                    json.loads(raw) if raw else None,
                    {name: value for name, value in self.headers.items()},
                )
                told = stub.handle(request)
                if isinstance(told, str):
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.close_connection = True
                    self.connection.close()
                    return
                if isinstance(told, bytes):
                    found, data = Answer(200), told
                else:
                    found = told
                    data = b"" if found.body is None else json.dumps(found.body).encode()
                self.send_response(found.status)
                for name, value in found.headers.items():
                    self.send_header(name, value)
                if found.status != 304:
                    self.send_header("Content-Type", "application/json; charset=utf-8")
                    self.send_header("Content-Length", f"{len(data)}")
                self.end_headers()
                if found.status != 304:
                    self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer

        server = LoopbackServer(Handler)
        self.root = f"http://127.0.0.1:{server.server_port}"
        self.url = f"{self.root}{self.base}"
        return server

    base = ""


def moment(second: int, sign: str = "Z") -> str:
    """Return a moment of the stub's year as the API writes it."""
    return f"2026-03-01T{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}{sign}"
