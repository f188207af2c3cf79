"""A scripted MediaWiki API on loopback, for answers that a real wiki cannot be made to give.

It behaves by default as a French wiki with one page (id 7, revision 70) and a bot account;
`StubApi.script` puts other answers in front, one a request, by action.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.wiki.loopback import LoopbackServer, SilentHandler

PASSWORD = "canary-password-1234567890"
TOKEN = "canary-token+\\"
RIGHTS = ("read", "edit", "createpage", "bot", "apihighlimits")
PARAMETERS = ("text", "md5", "summary", "baserevid", "nocreate", "createonly", "bot", "token")

NAMESPACES = {
    -1: ("Spécial", "Special"),
    0: ("", ""),
    1: ("Discussion", "Talk"),
    2: ("Utilisateur", "User"),
    10: ("Modèle", "Template"),
}


@dataclass(frozen=True)
class Answer:
    """One HTTP answer. `ending`: how the connection ends: in order, after half, or abruptly."""

    body: object = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    ending: str = "whole"  # whole · half · reset · silent

    def data(self) -> bytes:
        """Return the bytes; anything but bytes is sent as JSON."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Seen:
    """A request: its fields in the order they came; `target` and `body` as they were sent."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    target: str = ""
    body: bytes = b""

    def __getitem__(self, name: str) -> str:
        return dict(self.fields)[name]

    def get(self, name: str) -> str | None:
        """Return a field, or None."""
        return dict(self.fields).get(name)


def error(code: str, info: str = "no", **more: object) -> dict[str, object]:
    """An error of the API in the shape of errorformat=bc."""
    return {"error": {"code": code, "info": info, **more}}


def page(pageid: int = 7, title: str = "Page", text: str | None = "texte") -> dict[str, Any]:
    """A page of an answer; without its revision when `text` is None."""
    record: dict[str, Any] = {"pageid": pageid, "ns": 0, "title": title, "length": 5}
    if text is not None:
        slot = {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": text}
        record["revisions"] = [
            {
                "revid": pageid * 10,
                "parentid": 0,
                "user": "Camille",
                "timestamp": "2026-01-31T12:00:00Z",
                "comment": "",
                "slots": {"main": slot},
            }
        ]
    return record


def pages(*records: dict[str, Any], **more: object) -> dict[str, Any]:
    """A whole answer to a query."""
    return {"batchcomplete": True, "query": {"pages": list(records)}, **more}


class StubApi(LoopbackServer):
    """The server; a context manager that listens on a free port until it ends."""

    def __init__(self, certificate: str | None = None) -> None:
        super().__init__(_Handler)
        self.seen: list[Seen] = []
        self.rights: tuple[str, ...] = RIGHTS
        self.userinfo: dict[str, object] = {}
        self.scheme = "http"
        self._scripts: dict[str, deque[Answer]] = defaultdict(deque)
        self._always: dict[str, Answer] = {}
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"

    @property
    def api(self) -> str:
        """The address of api.php."""
        return f"{self.scheme}://127.0.0.1:{self.server_port}/wiki/api.php"

    def script(self, action: str, *answers: Answer | dict[str, Any] | bytes) -> None:
        """Answer the next requests of an action so; afterwards as usual."""
        self._scripts[action].extend(_answer(answer) for answer in answers)

    def always(self, action: str, answer: Answer | dict[str, Any] | bytes) -> None:
        """Answer every request of an action so."""
        self._always[action] = _answer(answer)

    def of(self, action: str) -> list[Seen]:
        """Return the requests of an action."""
        return [request for request in self.seen if request.get("action") == action]

    def reply(self, request: Seen) -> Answer:
        """Return what to answer."""
        action = request.get("action") or ""
        name = "login-token" if request.get("type") == "login" else action
        if request.get("meta") and action == "query" and name == action:
            name = "tokens" if request["meta"] == "tokens" else "meta"
        if self._scripts[name]:
            return self._scripts[name].popleft()
        return self._always.get(name) or Answer(self._usual(name))

    def _usual(self, name: str) -> object:
        if name == "login-token":
            return {"query": {"tokens": {"logintoken": "canary-login-token+\\"}}}
        if name == "login":
            return {"login": {"result": "Success", "lguserid": 3, "lgusername": "Robot"}}
        if name == "tokens":
            return {"batchcomplete": True, "query": {"tokens": {"csrftoken": TOKEN}}}
        if name == "meta":
            return {"batchcomplete": True, "query": self._site()}
        if name == "paraminfo":
            parameters = [{"name": parameter} for parameter in PARAMETERS]
            return {"paraminfo": {"modules": [{"name": "edit", "parameters": parameters}]}}
        if name == "edit":
            return saved()
        return pages(page())

    def _site(self) -> dict[str, object]:
        return {
            "general": {
                "wikiid": "stub",
                "sitename": "Essai",
                "generator": "MediaWiki 1.39.17",
                "server": "https://wiki.example.org",
                "articlepath": "/wiki/$1",
                "maxarticlesize": 2000,
            },
            "namespaces": {
                str(number): {"id": number, "name": name, "canonical": canonical}
                for number, (name, canonical) in NAMESPACES.items()
            },
            "namespacealiases": [{"id": 2, "alias": "Utilisatrice"}],
            "extensiontags": ["<pre>", "<nowiki>", "<ref>"],
            "userinfo": {"id": 3, "name": "Robot", "rights": list(self.rights), **self.userinfo},
            "tokens": {"csrftoken": TOKEN},
        }


def saved(**changes: object) -> dict[str, object]:
    """The answer to an edit of page 7 at revision 70 that was saved."""
    edit = {"result": "Success", "pageid": 7, "title": "Page", "oldrevid": 70, "newrevid": 71}
    return {"edit": edit | changes}


def _answer(answer: Answer | dict[str, Any] | bytes) -> Answer:
    return answer if isinstance(answer, Answer) else Answer(answer)


class _Handler(SilentHandler):
    server: StubApi
    wbufsize = 1 << 16

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        given = parts.query if self.command == "GET" else body.decode()
        fields = tuple(parse_qsl(given, keep_blank_values=True))
        headers = dict(self.headers.items())
        request = Seen(self.command, parts.path, fields, headers, self.path, body)
        self.server.seen.append(request)
        answer = self.server.reply(request)
        if answer.ending == "reset":
            self._reset()
            return
        if answer.ending == "silent":
            self.close_connection = True
            threading.Event().wait(1.0)
            return
        data = answer.data()
        self.send_response_only(answer.status)
        usual = {"Date": self.date_time_string(), "Content-Type": "application/json"}
        headers = usual | dict(answer.headers)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if answer.ending == "half":
            data = data[: len(data) // 2]
            self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    do_GET = do_POST = answer

    def _reset(self) -> None:
        """Break the connection off, as a crashed proxy does."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()
