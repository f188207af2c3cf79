"""The door to a forge's REST API: JSON, pages of a list, limits of requests.

A refusal for too many requests is waited out, within bounds, and sent again: it was not done.
Nothing else is ever sent twice. Sources: docs.github.com, «Rate limits for the REST API» (403 or
429; Retry-After, else X-RateLimit-Reset, else a minute) and «Using pagination» (Link);
docs.gitlab.com, «Rate limits» (429; Retry-After, RateLimit-Reset) and «REST API, Pagination»
(Link, X-Total where there are at most 10,000).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from wikibot.errors import AccessError, InputError, Unavailable, WikibotError
from wikibot.language import Text, counted, same
from wikibot.trackers.http import Server
from wikibot.visible import visible

if TYPE_CHECKING:
    from requests import Response

_PATIENCE = 120.0  # seconds that limits may cost in all
_A_MINUTE = 60.0  # seconds to wait where a limit does not say how long
_PAGES = 1000  # of one list
_UNSURE = frozenset((408, 425, 499))  # and 5xx: a server may have done it all the same


@dataclass(frozen=True)
class Words:
    """How a forge is called, and what its refusals mean to a person."""

    forge: str
    token: Text  # what the token has to allow


@dataclass
class Api:
    """The API at `server.url`; `sleep` takes seconds, `now` gives the time, aware."""

    server: Server
    words: Words
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    _waited: float = 0.0

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send a request; one that a limit refused again, as soon as it may be.

        Raises:
            Unavailable: no answer, or a limit that does not pass soon. AccessError: as `Server`.
        """
        url = path if "://" in path else f"{self.server.url}{path}"
        if query:
            url = f"{url}?{urlencode(query)}"
        data = None if body is None else json.dumps(body).encode("utf-8")
        sent = {"Content-Type": "application/json"} if data is not None else {}
        while True:
            answer = self.server.send(method, url, data, {**sent, **(headers or {})})
            seconds = limited(answer, self.now())
            if seconds is None:
                return answer
            if self._waited + seconds > _PATIENCE:
                told = _LIMIT.format(forge=same(self.words.forge), wait=_wait(seconds))
                raise Unavailable(told, code="limit")
            self._waited += seconds
            self.sleep(seconds)

    def get(self, path: str) -> dict[str, Any]:
        """Return the object at a path.

        Raises:
            Unavailable, AccessError, InputError: it cannot be had, or is none.
        """
        answer = self.ask("GET", path)
        if answer.status_code != 200:
            raise self.refusal(answer)
        found = parsed(answer)
        if not isinstance(found, dict):
            raise Unavailable(_NONSENSE.format(url=same(self.server.url)))
        return found

    def pages(self, path: str, query: Mapping[str, str | int]) -> tuple[list[dict[str, Any]], bool]:
        """Return all items of a list, and whether it stood still while its pages were read.

        A list that loses an item meanwhile moves up by one, and a page misses one: so all pages
        but the last are asked for once more, where no total tells.

        Raises:
            Unavailable, AccessError, InputError: it cannot be had, or is none.
        """
        pages: list[tuple[str, str, list[dict[str, Any]]]] = []
        totals: set[str | None] = set()
        url = f"{self.server.url}{path}?{urlencode(query)}"
        while url:
            if len(pages) == _PAGES or any(url == seen for seen, _, _ in pages):
                return _items(pages), False
            answer = self.ask("GET", url)
            pages.append((url, answer.headers.get("ETag", ""), self.items(answer)))
            totals.add(answer.headers.get("X-Total"))
            url = answer.links.get("next", {}).get("url", "")
        items = _items(pages)
        if len(pages) == 1 or totals == {f"{len(items)}"}:
            return items, True
        return items, all(self._same(*page) for page in pages[:-1])

    def _same(self, url: str, etag: str, before: list[dict[str, Any]]) -> bool:
        answer = self.ask("GET", url, headers={"If-None-Match": etag} if etag else {})
        if answer.status_code == 304:
            return True
        return [item.get("id") for item in self.items(answer)] == [i.get("id") for i in before]

    def items(self, answer: Response) -> list[dict[str, Any]]:
        """Return the items of one page of a list.

        Raises:
            Unavailable, AccessError, InputError: there are none.
        """
        if answer.status_code != 200:
            raise self.refusal(answer)
        found = parsed(answer)
        items = (
            [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
        )
        if found != items or not all(each.get("id") for each in items):
            raise Unavailable(_NONSENSE.format(url=same(self.server.url)))
        return items

    def refusal(self, answer: Response) -> WikibotError:
        """Return the error of an answer that is not the one expected."""
        status, url = answer.status_code, same(self.server.url)
        if status == 401:
            return AccessError(_TOKEN.format(url=url), self.words.token)
        if status == 403:
            return AccessError(_ACCESS.format(url=url, why=why(answer)), self.words.token)
        if 300 <= status < 400:
            return InputError(_MOVED.format(url=url))
        if status in (404, 410):
            return InputError(_NOWHERE.format(url=url, why=why(answer)), self.words.token)
        return Unavailable(_ANSWERS.format(url=url, status=status))


def limited(answer: Response, now: datetime) -> float | None:
    """Return the seconds to wait where a limit refused a request, None where none did.

    The moment when a limit ends is taken against the server's own clock, where it tells it.
    """
    if answer.status_code not in (403, 429):
        return None
    headers = answer.headers
    after = _number(headers.get("Retry-After"))
    if after is not None:
        return after
    spent = "0" in (headers.get("X-RateLimit-Remaining"), headers.get("RateLimit-Remaining"))
    if answer.status_code == 403 and not spent and "rate limit" not in answer.text.casefold():
        return None
    until = _number(headers.get("X-RateLimit-Reset") or headers.get("RateLimit-Reset"))
    if spent and until is not None:
        return max(until - _clock(answer, now), 1.0)
    return _A_MINUTE


def is_unsure(answer: Response) -> bool:
    """Return whether a write may have come about though it was not answered as one."""
    status = answer.status_code
    return status >= 500 or status in _UNSURE or (200 <= status < 300 and parsed(answer) is None)


def parsed(answer: Response) -> Any:
    """Return the data of an answer, None where it is not JSON."""
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        return None


def why(answer: Response) -> Text:
    """Return what a server says of its refusal, with its status, harmless to show."""
    found = parsed(answer)
    told: list[str] = []
    if isinstance(found, dict):
        errors = found.get("errors")
        details = errors if isinstance(errors, list) else []
        for each in (*details, found.get("message"), found.get("error")):
            told += _said(each)
    words = visible(" · ".join(dict.fromkeys(told)), 160)
    return Text(
        f"code {answer.status_code}{f' : {words}' if words else ''}",
        f"status {answer.status_code}{f': {words}' if words else ''}",
    )


def _said(told: object, depth: int = 3) -> list[str]:
    """Return what one part of a refusal says: words, or those of each field."""
    if not depth:
        return []
    if isinstance(told, dict):
        words = told.get("message") or told.get("field")
        if words:
            return [f"{words}"]
        return [f"{name} {' '.join(_said(each, depth - 1))}".strip() for name, each in told.items()]
    if isinstance(told, list):
        return [words for each in told for words in _said(each, depth - 1)]
    return [f"{told}"] if told else []


def _items(pages: list[tuple[str, str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """Return the items of all pages, each once: what comes in meanwhile moves others down."""
    found = {f"{item.get('id')}": item for _, _, items in pages for item in items}
    return list(found.values())


def _number(written: str | None) -> float | None:
    try:
        found = float(written or "")
    except ValueError:
        return None
    return found if 0 <= found < 1e12 else None


def _clock(answer: Response, now: datetime) -> float:
    """Return the time as the server has it, in seconds since 1970."""
    try:
        return parsedate_to_datetime(answer.headers.get("Date", "")).timestamp()
    except ValueError:
        return now.timestamp()


def _wait(seconds: float) -> Text:
    minutes = max(1, round(seconds / 60))
    return counted(minutes, same("minute"), Text("minutes", "minutes"))


_LIMIT = Text(
    "{forge} n'accepte plus de demandes pour le moment : recommencez dans {wait}.",
    "{forge} takes no more requests for now: retry in {wait}.",
)
_NONSENSE = Text("{url} répond autre chose que des issues.", "{url} answers no issues.")
_TOKEN = Text("{url} ne reconnaît pas le jeton.", "{url} does not know the token.")
_ACCESS = Text("{url} refuse l'accès ({why}).", "{url} refuses access ({why}).")
_MOVED = Text(
    "{url} : le projet a changé de nom ou d'adresse. Donnez ceux d'aujourd'hui.",
    "{url}: the project has another name or address now. Give those of today.",
)
_NOWHERE = Text(
    "{url} n'a pas ce projet, ou pas d'issues ({why}). Vérifiez son nom et le jeton.",
    "{url} has no such project, or no issues ({why}). Check its name and the token.",
)
_ANSWERS = Text(
    "{url} ne peut pas répondre maintenant (code {status}).",
    "{url} cannot answer now (status {status}).",
)
