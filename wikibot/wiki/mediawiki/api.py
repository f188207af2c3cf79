"""Asking the API of a wiki: with patience, and until the answer is whole."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from wikibot.edits import Requests
from wikibot.errors import AccessError, Unavailable, WikibotError
from wikibot.language import Text
from wikibot.redaction import hide
from wikibot.wiki.mediawiki.answers import (
    NO_ANSWER,
    NOT_JSON,
    NOT_SENT,
    STRANGE,
    Malformed,
    Problem,
    read_reply,
)
from wikibot.wiki.mediawiki.codes import Kind, Reaction, reaction_to
from wikibot.wiki.mediawiki.failures import not_read
from wikibot.wiki.mediawiki.transport import Transport
from wikibot.wiki.mediawiki.troubles import NoAnswer, NotSent
from wikibot.wiki.patience import Patience, Waiting

log = logging.getLogger(__name__)

MAXLAG = "5"  # seconds; Manual:Maxlag parameter recommends it for all that is not urgent
_LONGEST_URL = 1500  # characters of parameters; longer questions go by POST
MOST_TRIES = 6  # of a question that gets broken answers, or none at first contact
_MOST_REVIVALS = 5  # of a session in one run
_REVIVED_LATELY = 60.0  # seconds
# A wiki that only members read answers so to one whose session is gone, too.
_MEMBERS_ONLY = "readapidenied"

_LISTS = ("revisions", "transcludedin")  # of a page, which may come in parts

Record = dict[str, Any]


@dataclass
class Batch:
    """Pages of which the wiki has said all that was asked, and how it read the titles."""

    records: list[Record] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)  # titles on another wiki
    redirects: dict[str, str] = field(default_factory=dict)  # → where they lead, `Title#section`
    users: dict[str, bool] = field(default_factory=dict)  # asked about → whether there is one


class Api:
    """The API of one wiki, in one session."""

    def __init__(self, transport: Transport, patience: Patience) -> None:
        self.transport = transport
        self.patience = patience
        self.assertion: dict[str, str] = {}  # who every request must come from
        self.server_time: str | None = None  # of the last answer that told it, ISO 8601
        self._met = False
        self._enter_again: Callable[[], str] | None = None
        self._entering = False
        self._revivals = 0
        self._revived_at = 0.0
        self._at_close: Callable[[], None] | None = None

    @property
    def place(self) -> str:
        """The address, for people."""
        return self.transport.address.url

    @property
    def requests(self) -> Requests:
        """How many requests went out until now."""
        return self.transport.counted

    def try_once(
        self, parameters: Mapping[str, str], *, post: bool, reads: bool
    ) -> dict[str, Any] | Problem:
        """Send one request; return the answer or the problem.

        Raises:
            AccessError, ConfigError: the certificate is not trusted; the server redirects.
        """
        try:
            reply = self.transport.send(parameters, post=post, reads=reads)
        except NotSent as error:
            return Problem("http-407" if error.status == 407 else NOT_SENT, str(error))
        except NoAnswer as error:
            return Problem(NO_ANSWER, str(error))
        answer = read_reply(reply)
        if isinstance(answer, dict):
            self._met = True
            self.transport.settle()
            _hide_tokens(answer)
            if isinstance(answer.get("curtimestamp"), str):
                self.server_time = answer["curtimestamp"]
            if "warnings" in answer:
                log.debug("the wiki warns about: %s", ", ".join(answer["warnings"]))
        return answer

    def wait(self, waiting: Waiting, problem: Problem, reaction: Reaction) -> bool:
        """Wait before the same request is sent again; False when there is no time left."""
        seconds = waiting.next_pause(problem.retry_after, reaction.first_wait)
        if seconds is None:
            return False
        words, about = reaction.words, math.ceil(seconds)
        log.warning(
            Text(
                f"Attente de {about} s : {words.fr} ({problem.code})",
                f"Waiting {about} s: {words.en} ({problem.code})",
            )
        )
        waiting.pause(seconds)
        return True

    def read(self, parameters: Mapping[str, str]) -> dict[str, Any]:
        """Ask a question that changes nothing, again and again within the patience.

        A session that the wiki has ended is opened again, once.

        Raises:
            Unavailable: no answer in time. AccessError, InputError: the wiki refuses.
        """
        waiting = self.patience.begin()
        revived = False
        while True:
            question = {"maxlag": MAXLAG, **self.assertion, **parameters}
            post = len(urlencode(question)) > _LONGEST_URL
            answer = self.try_once(question, post=post, reads=True)
            if not isinstance(answer, Problem):
                return answer
            if not revived and self._may_revive() and _session_is_gone(answer):
                revived = True
                self.revive()
            elif not self._worth_waiting(answer, waiting):
                raise not_read(self.place, answer, met=self._met)

    # --- the session ---

    def keep_alive(self, enter_again: Callable[[], str], at_close: Callable[[], None]) -> None:
        """Learn how to open the session again (it returns a token) and what to do at the end.

        The secret is inside of these functions, and nowhere else.
        """
        self._enter_again, self._at_close = enter_again, at_close

    def revive(self) -> str:
        """Open the session again after the wiki has ended it; return the new token to edit.

        Raises:
            AccessError: it was opened again a moment ago or too often; it is another account's
                or another wiki's now; the wiki refuses.
            Unavailable: no answer.
        """
        if self._enter_again is None or not self._may_revive():
            raise AccessError(
                Text(
                    f"Le wiki {self.place} met fin sans cesse à la session du compte.",
                    f"The wiki {self.place} ends the session of the account again and again.",
                ),
                Text(
                    "Un autre programme se sert peut-être du même compte, ou le serveur perd ses "
                    "sessions : voyez avec son administrateur, puis relancez.",
                    "Another program may use the same account, or the server loses its sessions: "
                    "ask its administrator, then run again.",
                ),
                "session-lost",
            )
        log.warning(
            Text(
                f"Le wiki {self.place} a mis fin à la session : nouvelle connexion.",
                f"The wiki {self.place} has ended the session: logging in again.",
            )
        )
        self._entering = True
        try:
            return self._enter_again()
        except AccessError:
            self._enter_again = None  # each refused attempt brings the account nearer to a lock
            raise
        finally:
            self._entering = False
            self._revivals += 1
            self._revived_at = self.patience.clock()

    def _may_revive(self) -> bool:
        if self._enter_again is None or self._entering or self._revivals >= _MOST_REVIVALS:
            return False
        since = self.patience.clock() - self._revived_at
        return not self._revivals or since >= _REVIVED_LATELY

    def close(self) -> None:
        """Keep the session if that was asked for, and close the connections."""
        try:
            if self._at_close is not None:
                self._at_close()
        finally:
            self.transport.close()

    # --- questions of many answers ---

    def _worth_waiting(self, problem: Problem, waiting: Waiting) -> bool:
        reaction = reaction_to(problem.code)
        if reaction is None or reaction.kind not in (Kind.WAIT, Kind.SLOW, Kind.UNKNOWN):
            return False
        # Broken answers do not mend themselves for long; a name never heard of may be mistyped.
        hopeless = reaction.kind is Kind.UNKNOWN or (problem.code == NOT_SENT and not self._met)
        if hopeless and waiting.pauses + 1 >= MOST_TRIES:
            return False
        if problem.code == NOT_JSON and not self._met:
            return False  # a web page from the first: a wrong address rather than a fault
        return self.wait(waiting, problem, reaction)

    def batches(self, parameters: Mapping[str, str]) -> Iterator[Batch]:
        """Follow a query to its end; yield its pages when they are whole, batch by batch.

        A batch may come in several answers, each with a part of what was asked of a page.
        Source: MediaWiki, API:Continue.

        Raises:
            Unavailable: the wiki stops half-way or goes round in circles; else as `read`.
        """
        following: dict[str, str] = {}
        seen: set[tuple[tuple[str, str], ...]] = set()
        merged: dict[object, Record] = {}
        batch = Batch()
        while True:
            answer = self.read({"action": "query", **parameters, **following})
            try:
                _merge(answer.get("query", {}), merged, batch)
                following = {str(k): str(v) for k, v in answer.get("continue", {}).items()}
            except (Malformed, AttributeError, KeyError, TypeError, ValueError):
                raise self.strange() from None
            if answer.get("batchcomplete"):
                batch.records = list(merged.values())
                yield batch
                merged, batch = {}, Batch()
            elif not following:
                raise self.strange()
            if not following:
                return
            mark = tuple(sorted(following.items()))
            if mark in seen:
                raise Unavailable(
                    Text(
                        f"Le wiki {self.place} renvoie toujours à la même suite d'une liste : "
                        "la lecture s'arrête là.",
                        f"The wiki {self.place} leads back to the same part of a list again and "
                        "again: reading stops here.",
                    )
                )
            seen.add(mark)

    def strange(self, words: str = "") -> WikibotError:
        """Return the error of an answer that lacks what it must have."""
        return not_read(self.place, Problem(STRANGE, words), met=self._met)


def _hide_tokens(answer: Record) -> None:
    query = answer.get("query")
    tokens = query.get("tokens") if isinstance(query, dict) else None
    for token in tokens.values() if isinstance(tokens, dict) else ():
        hide(str(token))


def _session_is_gone(problem: Problem) -> bool:
    reaction = reaction_to(problem.code)
    return problem.code == _MEMBERS_ONLY or (reaction is not None and reaction.kind is Kind.SESSION)


def _merge(query: Record, merged: dict[object, Record], batch: Batch) -> None:
    for way in ("normalized", "converted", "redirects"):
        batch.renamed.update({step["from"]: step["to"] for step in query.get(way, ())})
    for step in query.get("redirects", ()):
        section = step.get("tofragment")
        batch.redirects[step["from"]] = step["to"] + (f"#{section}" if section else "")
    for user in query.get("users", ()):
        batch.users[user["name"]] = "userid" in user
    batch.elsewhere.update(link["title"] for link in query.get("interwiki", ()))
    for record in query.get("pages", ()):
        key = record.get("pageid") or record["title"]
        known = merged.setdefault(key, {})
        lists = {key: known.get(key, []) + record.get(key, []) for key in _LISTS}
        known.update(record)
        known.update({key: rows for key, rows in lists.items() if rows})
