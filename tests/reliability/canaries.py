"""Secrets as they really pass between wikibot and a wiki, and whether anything shows them."""

from __future__ import annotations

import base64
import html
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest

from tests.mediawiki import door
from tests.mediawiki.faults import ALWAYS, HTML, Answer, Fault
from tests.reliability.scene import Scene

_SHOWN = 10  # characters in a row of a secret that may not be seen anywhere
_TOKEN = re.compile(rb'"(\w+token)":"((?:[^"\\]|\\.)+)"')


class Tap:
    """What passes the door of the wiki: the secrets, and the request that is under way."""

    def __init__(self, password: str) -> None:
        self.secrets: dict[str, set[str]] = {
            "password": {password},
            "token": set(),
            "cookie": set(),
        }
        self.sent = 0  # requests that carried the password
        self._last = threading.local()

    @property
    def now(self) -> Mapping[str, str]:
        """The secrets of the request that this thread is answering, by their fields."""
        found: dict[str, str] = getattr(self._last, "fields", {})
        return found

    def request(self, headers: Mapping[str, str], fields: Mapping[str, str]) -> None:
        """Take note of a request."""
        self.sent += "lgpassword" in fields
        names = ("lgpassword", "lgtoken", "token")
        self._last.fields = {name: fields[name] for name in names if name in fields}
        for name in ("Cookie", "Authorization"):
            if headers.get(name):
                self._last.fields[name] = headers[name]

    def answer(self, headers: list[tuple[str, str]], body: bytes) -> None:
        """Take note of an answer."""
        for _, token in _TOKEN.findall(body):
            self.secrets["token"].add(json.loads(b'"%s"' % token))
        for name, value in headers:
            if name.lower() == "set-cookie":
                for cookie in SimpleCookie(value).values():
                    if re.search("session|token", cookie.key, re.I) and len(cookie.value) > _SHOWN:
                        self.secrets["cookie"].add(cookie.value)

    @property
    def all(self) -> set[str]:
        """Every secret that passed."""
        return set().union(*self.secrets.values())


@contextmanager
def tapped(password: str) -> Iterator[Tap]:
    """Listen at every door."""
    tap = Tap(password)
    asked, remembered = door._Handler._ask, door.RecordingDoor.remember
    handed_on = door._Handler._hand_on
    headers = threading.local()

    def ask(self: Any, body: bytes) -> Any:
        status, told, content = asked(self, body)
        tap.answer(told, content)
        return status, told, content

    def hand_on(self: Any) -> None:
        headers.now = dict(self.headers.items())
        handed_on(self)

    def remember(self: Any, request: door.SeenRequest) -> None:
        tap.request(headers.now, request.parameters)
        remembered(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(door._Handler, "_ask", ask)
        patch.setattr(door._Handler, "_hand_on", hand_on)
        patch.setattr(door.RecordingDoor, "remember", remember)
        yield tap


def _forms(secret: str) -> set[bytes]:
    """Return pieces by which a secret gives itself away, in any of its encodings."""
    shapes = {
        *(secret, quote(secret, safe=""), quote_plus(secret)),
        *(json.dumps(secret)[1:-1], html.escape(secret), repr(secret)[1:-1]),
    }
    # Inside base64 what is around shifts the letters: three ways, and the ends belong to both.
    for before in ("", "x", "xx"):
        shapes.add(base64.b64encode(f"{before}{secret}".encode()).decode()[4:-4])
    return {
        shape[start : start + _SHOWN].encode()
        for shape in shapes
        for start in range(max(1, len(shape) - _SHOWN + 1))
        if len(shape) >= min(_SHOWN, len(secret))
    }


def leaks(secrets: set[str], places: Mapping[str, bytes]) -> list[str]:
    """Return where a piece of a secret is to be seen, and which."""
    found = []
    for secret in sorted(secrets):
        pieces = _forms(secret)
        for name, content in places.items():
            found += [f"{name}: {p!r} of {secret!r}" for p in pieces if p in content][:1]
    return found


def left_behind(folder: Path, *known: str) -> dict[str, bytes]:
    """Return every file below a folder, but those that are `known` to hold a secret."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in known
    }


# --- a server that repeats what it was sent ---

Shape = Callable[[Mapping[str, str]], bytes]

SHAPES: dict[str, Shape] = {
    "a page": lambda f: f"<h1>{' '.join(f.values())}</h1>".encode(),
    "a page with a form": lambda f: "".join(
        f'<input name={name} value="{html.escape(value)}">' for name, value in f.items()
    ).encode(),
    "the form as it came": lambda f: urlencode(f).encode(),
    "an address": lambda f: quote("&".join(f.values()), safe="").encode(),
    "a dump of PHP": lambda f: (
        "Array\n" + "\n".join(f"{k} => {v}" for k, v in f.items())
    ).encode(),
    "JSON cut off": lambda f: json.dumps(dict(f))[:-1].encode(),
    "a list": lambda f: json.dumps(list(f.values())).encode(),
    "basic authentication": lambda f: base64.b64encode(":".join(f.values()).encode()),
    "far down the page": lambda f: (" x" * 93 + " ".join(f.values())).encode(),
    "an error": lambda f: _error("never-heard-of", " ".join(f.values())),
    "an error with HTML": lambda f: _error("hookaborted", html.escape(" ".join(f.values()))),
    "an error whose code it is": lambda f: _error(" ".join(f.values()), "non"),
    "errors of another format": lambda f: json.dumps(
        {"errors": [{"code": "never-heard-of", "html": html.escape(" ".join(f.values()))}]}
    ).encode(),
    "an error without a code": lambda f: json.dumps({"error": dict(f)}).encode(),
    "a crash of PHP": lambda f: _error("internal_api_error_Exception", repr(dict(f))),
}


def _error(code: str, info: str) -> bytes:
    return json.dumps({"error": {"code": code, "info": info}}).encode()


def repeat(
    scene: Scene, tap: Tap, action: str, shape: str, *, status: int = 200, **more: object
) -> Fault:
    """Let the server answer with the secrets of the request itself, every time."""
    json_ = shape.startswith(("an error", "errors", "a list", "JSON", "a crash"))
    headers = {"Content-Type": "application/json" if json_ else HTML}
    answer = Answer(status, b"", headers)
    fault = scene.bench.faults.on(action, times=ALWAYS, **more)  # type: ignore[arg-type]

    def fill() -> None:
        assert tap.now, "the request has no secret in it"
        object.__setattr__(answer, "body", SHAPES[shape](tap.now))

    return fault.unsent(answer).first(fill)
