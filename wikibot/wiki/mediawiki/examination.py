"""What a doctor asks of a MediaWiki: many facts in three requests, none of which writes.

Sources: MediaWiki, API:Siteinfo, API:Userinfo, API:Tags, API:Parameter information, API:Info,
API:Transcludedin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wikibot.errors import InvalidTitle
from wikibot.title import TEMPLATE
from wikibot.visible import visible
from wikibot.wiki.mediawiki.api import Api, Record
from wikibot.wiki.mediawiki.certificate import certificate_end
from wikibot.wiki.mediawiki.site import Site

_MOST_ANSWERS = 10  # to one question: 5,000 callers for anyone, 50,000 for a bot
_MOST_TITLES = 50
_CALLERS_A_TIME = "max"


@dataclass(frozen=True)
class Tag:
    """A change tag; `manual`: users may apply it, if they have the right."""

    active: bool
    manual: bool


@dataclass(frozen=True)
class PageFacts:
    """A page that matters to the bot.

    `text` is None where there is no wikitext to read, `edit_level` what one has to be to edit
    the page ("" for whoever may edit at all). `callers` counts the pages that call it as a
    template; `more`: there are others yet.
    """

    title: str
    exists: bool = False
    text: str | None = None
    edit_level: str = ""
    callers: int = 0
    more: bool = False


@dataclass(frozen=True)
class Examination:
    """A wiki and our account there, at one moment.

    `certificate_ends` is None without encryption, and where the certificate cannot be looked at.
    `read_only` is the reason, None when the wiki can be written. That its databases lag need not
    be asked: every question is refused then (maxlag).
    `extensions` maps a folded name ("abusefilter") to the number of its release, "" where none.
    `parameters` are those that `action=edit` knows. `clock_ahead` is by how many seconds this
    machine's clock is before the wiki's, negative where it is behind.
    """

    site: Site
    server: str
    encrypted: bool
    certificate_ends: datetime | None
    read_only: str | None
    pages: int
    extensions: Mapping[str, str]
    groups: tuple[str, ...]
    partly_blocked: bool
    messages: bool
    parameters: frozenset[str]
    tags: Mapping[str, Tag]
    stop_page: PageFacts | None
    templates: Mapping[str, PageFacts]
    clock_ahead: float

    def url(self, title: str) -> str:
        """Return the address of a page of the wiki, to be opened in a browser."""
        return self.site.url(title, encrypted=self.encrypted)


def examine(
    api: Api,
    site: Site,
    stop_page: str | None,
    templates: Iterable[str],
    now: Callable[[], datetime],
) -> Examination:
    """Ask a wiki for everything a doctor looks at.

    `templates` are names as a mapping gives them, with no namespace. `now` is this machine's
    clock, aware.

    Raises:
        Unavailable, AccessError: the wiki does not tell.
    """
    asked = dict(_QUESTION)
    stop = None if stop_page is None else _title(site, stop_page)
    if stop:
        asked |= {"titles": stop, **_PAGE}
    before = now()
    answers = list(_answers(api, asked))
    after = now()
    try:
        first: Record = answers[0]["query"]
        general, user = first["general"], first["userinfo"]
        return Examination(
            site=site,
            server=visible(general.get("server", ""), 200),
            encrypted=api.transport.address.scheme == "https",
            certificate_ends=certificate_end(api.transport),
            read_only=_read_only(general),
            pages=int(first.get("statistics", {}).get("pages", 0)),
            extensions=dict(_extensions(first)),
            groups=tuple(visible(group, 80) for group in user.get("groups", ())),
            partly_blocked=bool(user.get("blockpartial")),
            messages=bool(user.get("messages")),
            parameters=_edit_parameters(api),
            tags={
                str(tag["name"]): Tag(bool(tag.get("active")), "manual" in tag.get("source", ()))
                for answer in answers
                for tag in answer["query"].get("tags", ())
            },
            stop_page=_stop_page(stop_page, first),
            templates=_templates(api, site, list(templates)),
            clock_ahead=_ahead(answers[0].get("curtimestamp"), before, after),
        )
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        raise api.strange("siteinfo") from None


_QUESTION = {
    "action": "query",
    "meta": "siteinfo|userinfo",
    "siprop": "general|extensions|statistics",
    "uiprop": "groups|hasmsg|blockinfo",
    "list": "tags",
    "tgprop": "active|source",
    "tglimit": "max",
    "curtimestamp": "1",
}
_PAGE = {
    "prop": "info|revisions",
    "inprop": "protection",
    "rvprop": "content",
    "rvslots": "main",
}


def _folded(name: str) -> str:
    """Return the name of an extension without case, blanks and hyphens: «Abuse Filter»."""
    return "".join(filter(str.isalnum, name)).lower()


def _answers(api: Api, question: Mapping[str, str]) -> Iterator[Record]:
    """Yield the answers to a question that may come in parts; not endlessly many."""
    following: dict[str, str] = {}
    for _ in range(_MOST_ANSWERS):
        answer = api.read({**question, **following})
        yield answer
        following = {str(k): str(v) for k, v in answer.get("continue", {}).items()}
        if not following:
            return


def _title(site: Site, name: str, namespace: int = 0) -> str | None:
    try:
        return str(site.syntax.namespaces.parse(name, namespace))
    except InvalidTitle:
        return None


def _read_only(general: Record) -> str | None:
    return visible(general.get("readonlyreason", ""), 200) if general.get("readonly") else None


def _extensions(query: Record) -> Iterator[tuple[str, str]]:
    for extension in query.get("extensions", ()):
        name = extension.get("name")
        if isinstance(name, str):
            yield _folded(name), visible(extension.get("version") or "", 40)


def _edit_parameters(api: Api) -> frozenset[str]:
    answer = api.read({"action": "paraminfo", "modules": "edit"})
    return frozenset(p["name"] for p in answer["paraminfo"]["modules"][0]["parameters"])


def _stop_page(asked: str | None, query: Record) -> PageFacts | None:
    if asked is None:
        return None
    records = query.get("pages", ())
    return _page(records[0]) if len(records) == 1 else PageFacts(asked)


def _page(record: Record) -> PageFacts:
    exists = "pageid" in record and not record.get("missing")
    return PageFacts(
        title=str(record.get("title", "")),
        exists=exists,
        text=_text(record) if exists else None,
        edit_level=next(
            (
                visible(entry.get("level", ""), 80)
                for entry in record.get("protection", ())
                if entry.get("type") == "edit"
            ),
            "",
        ),
    )


def _text(record: Record) -> str | None:
    """Return the text as the stop page is read: whatever cannot be read says nothing."""
    try:
        text: Any = record["revisions"][0]["slots"]["main"]["content"]
    except (KeyError, IndexError, TypeError):
        return None
    return text if isinstance(text, str) else None


def _templates(api: Api, site: Site, names: list[str]) -> dict[str, PageFacts]:
    """Return what is known of each template, by the name it was asked for."""
    titles = {name: _title(site, name, TEMPLATE) for name in names}
    wanted = [title for title in dict.fromkeys(titles.values()) if title]
    found: dict[str, PageFacts] = {}
    for start in range(0, len(wanted), _MOST_TITLES):
        found |= _callers(api, wanted[start : start + _MOST_TITLES])
    return {
        name: found.get(title or "", PageFacts(title or name)) for name, title in titles.items()
    }


def _callers(api: Api, titles: list[str]) -> dict[str, PageFacts]:
    question = {
        "action": "query",
        "titles": "|".join(titles),
        "prop": "info|transcludedin",
        "inprop": "protection",
        "tiprop": "pageid",
        "tilimit": _CALLERS_A_TIME,
    }
    pages: dict[str, PageFacts] = {}
    counts: dict[str, int] = {}
    asked_as: dict[str, str] = {}
    cut = False
    for answer in _answers(api, question):
        query = answer.get("query", {})
        asked_as |= {step["to"]: step["from"] for step in query.get("normalized", ())}
        for record in query.get("pages", ()):
            title = str(record["title"])
            name = asked_as.get(title, title)
            pages.setdefault(name, _page(record))
            counts[name] = counts.get(name, 0) + len(record.get("transcludedin", ()))
        cut = "continue" in answer
    return {
        name: PageFacts(
            page.title, page.exists, None, page.edit_level, counts[name], more=cut and page.exists
        )
        for name, page in pages.items()
    }


def _ahead(told: object, before: datetime, after: datetime) -> float:
    """Return by how much our clock is ahead at least: the answer fell between two looks at it.

    The wiki tells whole seconds, cut off.
    """
    if not isinstance(told, str):
        raise ValueError("curtimestamp")
    server = datetime.fromisoformat(told)
    early, late = (before - server).total_seconds() - 1, (after - server).total_seconds()
    return early if early > 0 else min(late, 0.0)
