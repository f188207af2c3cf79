"""What the people of a wiki tell the bot, and what our account did there of late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wikibot.errors import AccessError, InvalidTitle
from wikibot.language import Text
from wikibot.visible import visible
from wikibot.wiki.local import stop_page_says
from wikibot.wiki.mediawiki.api import Api, Record
from wikibot.wiki.mediawiki.site import Site

_LOOK = {"action": "query", "meta": "userinfo", "uiprop": "hasmsg|blockinfo", "curtimestamp": "1"}
_TAGS = {"tgprop": "active|source", "tglimit": "max"}
_EDITS = {"ucprop": "comment|timestamp", "uclimit": "50"}


class Orders:
    """Asks a wiki whether the bot shall stop.

    The first question also asks what only the start of a run needs, the change tags and our
    latest edits: one request instead of three.
    """

    def __init__(self, api: Api, site: Site) -> None:
        self._api = api
        self._site = site
        self._tags: frozenset[str] | None = None
        self._edits: list[tuple[datetime, str]] = []
        self._asked: datetime | None = None  # by the wiki's clock

    def stop(self, page: str | None, *, talk: bool) -> Text | None:
        """Return why the bot shall stop, or None; it changes nothing on the wiki.

        Source: MediaWiki, API:Userinfo (hasmsg, blockinfo), API:Revisions.

        Raises:
            AccessError: our account is blocked. Unavailable: the wiki does not tell.
        """
        question = dict(_LOOK)
        if page is not None:
            try:
                title = str(self._site.syntax.namespaces.parse(page))
            except InvalidTitle:
                return stop_page_says(page, None)
            question |= {"titles": title, "prop": "revisions", "rvprop": "content"}
            question["rvslots"] = "main"
        query = self._ask(question)
        try:
            user: Record = query["userinfo"]
            records: list[Record] = query.get("pages", [])
        except (KeyError, TypeError):
            raise self._api.strange("userinfo") from None
        if "blockid" in user and not user.get("blockpartial"):
            raise blocked(visible(user.get("blockreason", ""), 200))
        if page is not None:
            order = stop_page_says(page, _text(records[0]) if len(records) == 1 else None)
            if order is not None:
                return order
        if talk and user.get("messages"):
            return Text(
                "Un message attend le robot sur sa page de discussion.",
                "A message waits for the bot on its talk page.",
            )
        return None

    def tags(self) -> frozenset[str]:
        """Return the change tags that people have defined and that are in use."""
        if self._tags is None:
            self._ask(dict(_LOOK))
        assert self._tags is not None
        return self._tags

    def saved_lately(self, seconds: float) -> tuple[str, ...]:
        """Return the comments of our edits in the `seconds` before the first question."""
        if self._asked is None:
            self._ask(dict(_LOOK))
        assert self._asked is not None
        since = self._asked - timedelta(seconds=seconds)
        return tuple(comment for at, comment in self._edits if at > since)

    def _ask(self, question: dict[str, str]) -> Record:
        """Ask; the first time for tags and edits too. Source: API:Tags, API:Usercontribs."""
        first = self._tags is None
        if first:
            question |= {"list": "tags", **_TAGS}
            if self._site.account is not None:
                question |= {"list": "tags|usercontribs", **_EDITS}
                question["ucuser"] = self._site.account.name
        answer = self._api.read(question)
        query = answer.get("query")
        if not isinstance(query, dict):
            raise self._api.strange("query")
        if first:
            try:
                self._asked = datetime.fromisoformat(answer["curtimestamp"])
                self._edits = [
                    (datetime.fromisoformat(row["timestamp"]), str(row.get("comment", "")))
                    for row in query.get("usercontribs", ())
                ]
                self._tags = self._all_tags(answer)
            except (AttributeError, KeyError, TypeError, ValueError):
                raise self._api.strange("tags, usercontribs") from None
        return query

    def _all_tags(self, answer: dict[str, Any]) -> frozenset[str]:
        known: set[str] = set()
        while True:
            known |= {
                str(tag["name"])
                for tag in answer["query"].get("tags", ())
                if tag.get("active") and "manual" in tag.get("source", ())
            }
            following = answer.get("continue", {}).get("tgcontinue")
            if following is None:
                return frozenset(known)
            question = {"action": "query", "list": "tags", "tgcontinue": str(following)}
            answer = self._api.read({**question, **_TAGS})


def blocked(reason: str) -> AccessError:
    """Return the error of an account that people have blocked."""
    return AccessError(
        Text(
            f"Le compte du robot est bloqué : {reason}", f"The bot's account is blocked: {reason}"
        ),
        Text(
            "Quelqu'un a voulu arrêter le robot : voyez avec un administrateur du wiki.",
            "Someone wanted the bot to stop: ask an administrator of the wiki.",
        ),
        "blocked",
    )


def _text(record: Record) -> str | None:
    try:
        text = record["revisions"][0]["slots"]["main"]["content"]
    except (KeyError, IndexError, TypeError):
        return None
    return text if isinstance(text, str) else None
