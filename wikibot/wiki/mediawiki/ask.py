"""Asking the Semantic MediaWiki of a wiki: whole lists, all facts of a page, counts.

Everything here is read-only, and nothing of it is ever the base of an edit. A page that is
not listed is not thereby gone: see `wikibot.wiki.semantic.Subject`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from wikibot.errors import ConfigError, InputError, QueryRefused, WikibotError
from wikibot.language import Text
from wikibot.visible import visible
from wikibot.wiki.mediawiki.api import Api
from wikibot.wiki.mediawiki.site import Site
from wikibot.wiki.semantic import (
    Entry,
    Facts,
    Info,
    Listed,
    Malformed,
    Printout,
    Subject,
    read_browsed,
    read_facts,
    read_info,
    read_listed,
)
from wikibot.wiki.semantic.questions import LAST_OFFSET, Part, Question
from wikibot.wiki.semantic.unanswered import (
    in_circles,
    no_semantic_mediawiki,
    not_held,
    too_many,
)

log = logging.getLogger(__name__)

_AT_ONCE = 500  # pages an answer: enough for few requests, little enough for 8 MB
_DEEPEST = 40  # divisions of one list
# What MediaWiki answers to an action it does not have, in this and in older versions.
_NO_SUCH_ACTION = frozenset({"badvalue", "unknown_action"})
_COUNTED = (
    "propcount|usedpropcount|declaredpropcount|proppagecount|querycount|querysize|formatcount"
    "|conceptcount|subobjectcount|errorcount"
)


_Mark = tuple[int, str, str]  # a page or subobject, wherever it is listed


class Asker:
    """Asks Semantic MediaWiki."""

    def __init__(self, api: Api, site: Site) -> None:
        """Ask through the session `api`, of the wiki `site`."""
        self._api = api
        self._site = site

    def ask(
        self, conditions: str, printouts: Iterable[str] = (), limit: int | None = None
    ) -> Iterator[Subject]:
        """Yield every page (or subobject) that meets the conditions, each once, to the end.

        What does not come is not thereby gone, nor does it surely fail the conditions: see
        `Subject`. For conditions and printouts see `Question`. Where a wiki lists but certain
        namespaces unless asked (`$smwgQDefaultNamespaces`), a list of more than 5000 may hold
        pages of others too.

        Raises:
            QueryRefused: Semantic MediaWiki does not accept the query; others may go on.
            InputError: no such question can be asked. ConfigError: no Semantic MediaWiki here.
            Unavailable, AccessError: as everywhere; also where the list cannot be had whole.
        """
        return self.answer(Question(conditions, tuple(printouts), limit))

    def answer(self, question: Question) -> Iterator[Subject]:
        """Yield the answer to one question; as `ask`."""
        return islice(self._part(question, Part(), set(), set(), _DEEPEST), question.limit)

    def answers(
        self, questions: Iterable[Question]
    ) -> Iterator[tuple[Question, tuple[Subject, ...] | QueryRefused]]:
        """Yield each question with its whole answer, or with why it was refused.

        One question that is refused stops no other: the caller reports it, and its run ends
        with the error's exit code (3). Raises as `ask`, but for QueryRefused.
        """
        for question in questions:
            try:
                yield question, tuple(self.answer(question))
            except QueryRefused as error:
                log.warning(error.message)
                yield question, error

    def facts_of(self, title: str, datatypes: Mapping[str, str] | None = None) -> Facts:
        """Return all that Semantic MediaWiki knows of a page; of a redirect, of its target.

        Nothing known does not mean no such page. `datatypes` are those of properties, by key.

        Raises:
            InvalidTitle: it is none. Otherwise as `ask`.
        """
        page = self._site.syntax.namespaces.parse(title)
        asked = {"subject": page.name, "ns": str(page.namespace)}
        try:
            answer = self._read({"action": "browsebysubject", **asked})
        except ConfigError:  # gone one day: it is marked as deprecated
            browsed = json.dumps({"subject": page.name, "ns": page.namespace, "iw": ""})
            answer = self._read({"action": "smwbrowse", "browse": "subject", "params": browsed})
        except WikibotError as error:
            if not error.code.startswith("smw-redirect"):
                raise
            raise InputError(
                Text(
                    f"La redirection « {visible(title)} » ne mène à aucune page.",
                    f"The redirect “{visible(title)}” leads to no page.",
                ),
                Text("Corrigez-la sur le wiki.", "Mend it on the wiki."),
                error.code,
            ) from None
        try:
            return read_facts(answer, self._site.syntax.namespaces, datatypes)
        except Malformed as error:
            raise self._api.strange(str(error)) from None

    def info(self) -> Info:
        """Return what Semantic MediaWiki counts of itself. Raises as `ask`."""
        try:
            return read_info(self._read({"action": "smwinfo", "info": _COUNTED}))
        except Malformed as error:
            raise self._api.strange(str(error)) from None

    def browse(self, kind: str, **wanted: object) -> Iterator[Entry]:
        """Yield a list of `smwbrowse` to its end; `kind` is "property", "category" or "pvalue".

        `wanted` are its parameters (`search`, `property`, `usageCount`, …). Raises as `ask`.
        """
        offset = 0
        while True:
            asked = json.dumps({"limit": _AT_ONCE, "offset": offset, "search": "", **wanted})
            answer = self._read({"action": "smwbrowse", "browse": kind, "params": asked})
            try:
                found = read_browsed(answer)
            except Malformed as error:
                raise self._api.strange(str(error)) from None
            yield from found.entries
            if found.following is None:
                return
            if found.following <= offset:
                raise in_circles(self._api.place)
            offset = found.following

    # --- one part of an answer ---

    def _part(
        self, question: Question, part: Part, given: set[_Mark], met: set[_Mark], depth: int
    ) -> Iterator[Subject]:
        """Yield of one part what was not given yet: by offset as far as that goes, then halved.

        `met` takes in all that is listed in this part, given before or not.
        """
        names: list[str] = []
        here: set[_Mark] = set()
        for listed in self._pages(question, part):
            if listed is None:
                break
            for subject in listed.subjects:
                mark = (subject.title.namespace, subject.title.name, subject.fragment)
                names.append(subject.displaytitle or subject.title.name)
                here.add(mark)
                if mark not in given:
                    given.add(mark)
                    yield subject
        else:
            met |= here
            return
        halves = part.divided(names, self._site.syntax.namespaces) if depth else None
        if halves is None:
            raise too_many(str(question), LAST_OFFSET)
        again: set[_Mark] = set()
        for half in halves:
            yield from self._part(question, half, given, again, depth - 1)
        if len(here - again) * 2 > len(here):
            raise not_held(self._api.place, halves[1].start)
        met |= here | again

    def _pages(self, question: Question, part: Part) -> Iterator[Listed | None]:
        """Yield one answer after the other; None at last where offsets lead no further."""
        limit = min(_AT_ONCE, question.limit or _AT_ONCE)
        offset, first = 0, None
        while True:
            listed = self._list(question, part, limit, offset)
            if listed is None and limit > 1:
                limit = max(limit // 4, 1)  # too long for one answer
                continue
            if listed is None:
                raise self._api.strange("truncatedresult")
            begins = listed.subjects[:1]
            # The list started again; or what was promised did not come: a version of Semantic
            # MediaWiki forgets all but one page behind the first answer (its issue 6983).
            away = listed.offset != offset if listed.offset is not None else begins == first
            few = listed.following is None and len(listed.subjects) < min(limit, 2)
            if offset and (away or few):
                yield None
                return
            first = first or begins
            yield listed
            if listed.following is None:
                return
            if listed.following <= offset:
                raise in_circles(self._api.place)
            offset = listed.following
            if offset > LAST_OFFSET:
                yield None
                return

    def _list(self, question: Question, part: Part, limit: int, offset: int) -> Listed | None:
        """Ask for one answer; None where the wiki found it too long to send."""
        query = question.query(part, limit, offset)
        answer = self._read({"action": "ask", "query": query, "api_version": "3"})
        if "query" not in answer and "error" not in answer and "warnings" in answer:
            return None
        try:
            listed = read_listed(answer, self._site.syntax.namespaces, str(question))
        except Malformed as error:
            raise self._api.strange(str(error)) from None
        names = question.labels()
        return replace(
            listed,
            subjects=tuple(
                replace(subject, printouts=tuple(_renamed(p, names) for p in subject.printouts))
                for subject in listed.subjects
            ),
            properties=tuple(_renamed(p, names) for p in listed.properties),
        )

    def _read(self, parameters: Mapping[str, str]) -> dict[str, Any]:
        try:
            return self._api.read(parameters)
        except WikibotError as error:
            if error.code not in _NO_SUCH_ACTION:
                raise
            raise no_semantic_mediawiki(self._api.place, error.code) from None


def _renamed(printout: Printout, names: Mapping[str, str]) -> Printout:
    """Return the printout under the name by which it was asked for."""
    return replace(printout, label=names.get(printout.label, printout.label))
