"""What a reply of the server says: an answer of the API, or a problem with a code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from wikibot.redaction import redacted
from wikibot.visible import visible
from wikibot.wiki.mediawiki.transport import Reply
from wikibot.wiki.patience import retry_after

NOT_SENT = "not-sent"
NO_ANSWER = "no-answer"
NOT_JSON = "not-json"
STRANGE = "strange-answer"


@dataclass(frozen=True)
class Problem:
    """Why a reply is not the answer that was asked for.

    `code` is the API's own, `http-503` for a bare HTTP status, or one of the names above.
    `words` are the server's, made visible; they are shown, never compared: wikis translate
    them. `retry_after` is in seconds.
    """

    code: str
    words: str = ""
    retry_after: float | None = None


class Malformed(Exception):
    """An answer without what it must have."""


def read_reply(reply: Reply) -> dict[str, Any] | Problem:
    """Return the answer of the API, or the problem.

    An error of the API counts as such whatever the HTTP status: MediaWiki sends most of them
    with status 200. Source: MediaWiki, API:Errors and warnings.
    """
    answer = _json(reply.body)
    wait = retry_after(reply.headers)
    if isinstance(answer, dict):
        problem = _error_of(answer, reply.status, wait)
        if problem is not None:
            return problem
    if reply.status != 200:
        return Problem(f"http-{reply.status}", _first_words(reply), wait)
    if answer is None:
        return Problem(NOT_JSON, _first_words(reply), wait)
    if not isinstance(answer, dict):
        return Problem(STRANGE, _first_words(reply), wait)
    return answer


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _error_of(answer: dict[str, Any], status: int, wait: float | None) -> Problem | None:
    """Read both shapes: `error` (errorformat=bc) and `errors` (all other formats)."""
    error = answer.get("error")
    if error is None and isinstance(answer.get("errors"), list):
        error = next(iter(answer["errors"]), None)
    if error is None:
        return None
    if isinstance(error, dict) and "query" in error and "code" not in error:
        return None  # Semantic MediaWiki's own refusal of a query: read where it was asked
    if not isinstance(error, dict) or not isinstance(error.get("code"), str):
        return None if status != 200 else Problem(STRANGE, visible(redacted(f"{error}"), 200), wait)
    return Problem(visible(redacted(error["code"]), 80), _words_of(error), wait)


def _words_of(error: dict[str, Any]) -> str:
    words: list[Any] = []  # which filter, which address: before the words that may be cut
    filtered, spam = error.get("abusefilter"), error.get("spamblacklist")
    if isinstance(filtered, dict):
        words.append(f"{filtered.get('id')}: {filtered.get('description')}")
    if isinstance(spam, dict) and isinstance(spam.get("matches"), list):
        words.append(", ".join(map(str, spam["matches"])))
    words.append(error.get("readonlyreason"))
    words.append(error.get("info") or error.get("text") or error.get("html") or "")
    # A server may repeat what it was sent. Redacted before it is cut: half a secret is one too.
    return visible(redacted(" · ".join(str(word) for word in words if word)), 200)


def _first_words(reply: Reply) -> str:
    start = redacted(reply.body[:4000].decode("utf-8", "replace"))
    return visible(" ".join(start.split()), 200)
