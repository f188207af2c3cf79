"""How answers say that a question was not answered.

Semantic MediaWiki refuses a query with `{"error": {"query": ["…"]}}`, HTTP 200 and no code, in
the words and the language of the wiki; all else that goes wrong comes as MediaWiki's own
`error` or `errors`. Warnings come beside an answer.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wikibot.errors import QueryRefused
from wikibot.language import Text
from wikibot.visible import visible

QUERY_REFUSED = "smw-query"  # no code of the wiki: it sends none

_BLANKS = re.compile(r"[ \t\r\n]+")  # a no-break space stays
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LONGEST = 300  # characters of the wiki's words that are shown


class Malformed(ValueError):
    """An answer without what it must have, or another kind of answer altogether."""


@dataclass(frozen=True)
class Refusal:
    """What an answer says went wrong; `words` are the wiki's, made harmless to show."""

    code: str
    words: tuple[str, ...]


def refusal(answer: Mapping[str, Any]) -> Refusal | None:
    """Return what went wrong, or None where the answer says nothing of the kind."""
    error = answer.get("error")
    if isinstance(error, dict) and "query" in error and "code" not in error:
        return Refusal(QUERY_REFUSED, tuple(_plain_words(error["query"])))
    if isinstance(error, dict):
        return Refusal(visible(error.get("code", ""), 80), tuple(_plain_words(error.get("info"))))
    errors = answer.get("errors")
    if isinstance(errors, list) and errors:
        first = errors[0] if isinstance(errors[0], dict) else {}
        code = visible(first["code"], 80) if first.get("code") else QUERY_REFUSED
        return Refusal(code, tuple(_plain_words(errors)))
    return None


def warnings(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the warnings of an answer, in either format version of the API."""
    return tuple(_plain_words(answer.get("warnings")))


def check(answer: object, question: str = "") -> Mapping[str, Any]:
    """Return the answer once it is certain that it is one.

    Raises:
        QueryRefused: Semantic MediaWiki does not accept the query.
        Malformed: an error of MediaWiki, or no answer of its API at all.
    """
    if not isinstance(answer, dict):
        raise Malformed("the answer is no object")
    found = refusal(answer)
    if found is None:
        return answer
    if found.code != QUERY_REFUSED:
        raise Malformed(f"{found.code}: {' '.join(found.words)}")
    raise refused(question, found)


def refused(question: str, found: Refusal) -> QueryRefused:
    """Return the error of a query that Semantic MediaWiki does not accept."""
    told = " ".join(found.words) or "?"
    shown = f" {visible(question, 120)}" if question else ""
    return QueryRefused(
        Text(
            f"Semantic MediaWiki refuse la question{shown} : {told}",
            f"Semantic MediaWiki refuses the question{shown}: {told}",
        ),
        Text(
            "Corrigez cette question (noms des propriétés, forme des valeurs) ; les autres n'en "
            "souffrent pas.",
            "Mend this question (names of properties, form of values); the others do not suffer "
            "from it.",
        ),
        found.code,
    )


def _plain_words(told: object) -> Iterator[str]:
    """Yield every sentence in whatever the wiki wraps its messages in."""
    if isinstance(told, str):
        # entities first: what they hide is text, and a tag among it is one too
        text = _BLANKS.sub(" ", _TAG.sub("", html.unescape(_TAG.sub("", told)))).strip()
        if text:
            yield visible(text, _LONGEST)
    elif isinstance(told, dict):
        chosen = [told[k] for k in ("text", "html", "*", "info", "warnings") if told.get(k)]
        for part in chosen[:1] or told.values():
            yield from _plain_words(part)
    elif isinstance(told, list):
        for part in told:
            yield from _plain_words(part)
