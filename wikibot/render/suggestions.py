"""What people's corrections teach: for a person, and as data. Nobody's name is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wikibot.checks.lessons import Disputed, Proposal
from wikibot.language import Language, Text, counted, day
from wikibot.visible import visible

_TIMES = (Text("fois", "time"), Text("fois", "times"))
_PAGES = (Text("page", "page"), Text("pages", "pages"))


def proposal(found: Proposal, language: Language) -> str:
    """Return the line of one alias to approve."""
    times, pages = counted(found.times, *_TIMES), counted(found.pages, *_PAGES)
    field, last = found.field.label, day(found.last)
    words = Text(
        f"{field.fr} : « {found.spelling} » → « {found.term} » — {times.fr}, sur {pages.fr} "
        f"(dernière : {found.page}, {last.fr})",
        f"{field.en}: “{found.spelling}” → “{found.term}” — {times.en}, on {pages.en} "
        f"(latest: {found.page}, {last.en})",
    )
    return visible(words.into(language), 600)


def disputes(found: tuple[Disputed, ...], language: Language) -> Iterator[str]:
    """Yield the lines of what is told and not proposed."""
    if found:
        yield Text("Non proposé :", "Not proposed:").into(language)
    for one in found:
        yield f"  {visible(one.why.into(language), 600)}"


def proposal_data(found: Proposal) -> dict[str, Any]:
    """Return one alias to approve as data."""
    return {
        "vocabulary": found.vocabulary,
        "field": found.field.id,
        "spelling": found.spelling,
        "term": found.term,
        "times": found.times,
        "pages": found.pages,
        "last_page": found.page,
        "last": found.last.isoformat(),
    }


def disputed_data(found: Disputed, language: Language) -> dict[str, Any]:
    """Return what is not proposed as data, with the reason."""
    return {
        "vocabulary": found.vocabulary,
        "spelling": found.spelling,
        "terms": list(found.terms),
        "message": found.why.into(language),
    }
