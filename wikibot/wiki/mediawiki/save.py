"""Saving pages: one POST each, which nothing below this module repeats.

Every update names its base revision by `baserevid` alone: with `basetimestamp`, MediaWiki
would take an edit that its own account made meanwhile for no conflict, and lose it.
Source: MediaWiki, API:Edit; EditPage (self-conflict suppression).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta
from typing import Any

from wikibot.errors import SaveRefused, WikibotError
from wikibot.language import Text
from wikibot.page import Page, Saved
from wikibot.title import Title
from wikibot.visible import visible
from wikibot.wiki.mediawiki.answers import STRANGE, Problem
from wikibot.wiki.mediawiki.api import MAXLAG, Api
from wikibot.wiki.mediawiki.codes import Kind, reaction_to
from wikibot.wiki.mediawiki.failures import not_saved
from wikibot.wiki.mediawiki.orders import Orders
from wikibot.wiki.mediawiki.permission import (
    insist_on_protections,
    refuse_excess,
    usable_tag,
    writing_account,
)
from wikibot.wiki.mediawiki.site import ANONYMOUS_TOKEN, Account, Site

_CREATE = ("createpage",)
# What MediaWiki would replace by U+FFFD on arrival.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Saver:
    """Saves pages of one wiki under one account."""

    def __init__(self, api: Api, site: Site, token: str, orders: Orders) -> None:
        self._orders = orders
        self._api = api
        self._site = site
        self._token = token
        self._protected = False
        self._tag: str | None = None
        self._began: dict[str, str] = {}  # when a page to be created was seen not to exist

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Replace the text of a page whose revision is the base. Raises as `Wiki.save`."""
        title = str(page.title)
        edit = self._post(
            writing_account(self._site, self._api.place, "edit"),
            {"pageid": str(page.id), "baserevid": str(page.revision.id), "nocreate": "1"},
            title,
            text,
            summary,
        )
        if edit.get("pageid") != page.id:
            raise _senseless(title, "pageid")
        if edit.get("nochange"):
            base = page.revision.id
            return Saved(page.title, page.id, base, base, unchanged=True)
        old, new = _revids(edit, title)
        if not old:
            raise _senseless(title, "oldrevid")
        return Saved(self._title(edit, page.title), page.id, old, new)

    def create(self, title: str, text: str, summary: str) -> Saved:
        """Create a page that does not exist. Raises as `Wiki.create`, and InvalidTitle."""
        target = self._site.syntax.namespaces.parse(title.strip().removeprefix(":"))
        account = writing_account(
            self._site,
            self._api.place,
            "edit",
            "createtalk" if target.namespace % 2 else "createpage",
        )
        # Of the first attempt, and kept: if the page is deleted after a lost answer, sending the
        # edit again must not bring it back.
        began = self._began.setdefault(str(target), self._a_second_ago())
        new = {"title": str(target), "createonly": "1", "starttimestamp": began}
        edit = self._post(account, new, str(target), text, summary)
        pageid = edit.get("pageid")
        if self._title(edit, target) != target or type(pageid) is not int or pageid <= 0:
            raise _senseless(str(target), "title, pageid")
        old, saved = _revids(edit, str(target))
        return Saved(target, pageid, old, saved)

    def _a_second_ago(self) -> str:
        """Return the wiki's time of its last answer less a second: it counts whole ones only."""
        try:
            told = datetime.fromisoformat(self._api.server_time or "") - timedelta(seconds=1)
        except ValueError:
            return "now"
        return told.strftime("%Y-%m-%dT%H:%M:%SZ")

    def _post(
        self, account: Account, target: dict[str, str], title: str, text: str, summary: str
    ) -> dict[str, Any]:
        text = self._storable(title, text)
        self._protect()
        parameters = {
            "action": "edit",
            **target,
            "text": text,
            "md5": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
            "summary": _one_line(summary),
            "notminor": "1",
            "watchlist": "nochange",
            "maxlag": MAXLAG,
            "assertuser": account.name,
        }
        if "bot" in account.rights:
            parameters["bot"] = "1"
        if self._tag is not None:
            parameters["tags"] = self._tag
        edit = self._sent(parameters, title).get("edit")
        if not isinstance(edit, dict):
            raise _senseless(title, "edit")
        if edit.get("result") == "Success":
            return edit
        if edit.get("result") != "Failure":
            raise _senseless(title, "result")
        code = "captcha" if "captcha" in edit else edit.get("code", "failure")
        raise not_saved(title, Problem(visible(code, 80), visible(edit.get("info", ""), 200)))

    def _sent(self, parameters: dict[str, str], title: str) -> dict[str, Any]:
        """Send the edit once; again only where the wiki did not accept who sends it."""
        renewed = False
        while True:
            signed = {**parameters, **self._api.assertion, "token": self._token}
            answer = self._api.try_once(signed, post=True, reads=False)
            if not isinstance(answer, Problem):
                return answer
            reaction = reaction_to(answer.code)
            stale = reaction is not None and reaction.kind in (Kind.TOKEN, Kind.SESSION)
            if renewed or not stale:
                raise not_saved(title, answer)
            renewed = True
            self._token = self._new_token(answer.code)

    # --- before anything is sent ---

    def prepare(self, *, creates: bool, tag: str | None, allow: frozenset[str]) -> None:
        """Check that a run may write here. Raises as `Wiki.prepare`."""
        account = writing_account(self._site, self._api.place, "edit", *_CREATE[:creates])
        if "privileged" not in allow:
            refuse_excess(account, self._api.place)
        self._protect()
        self._tag = usable_tag(self._orders.tags(), account, tag, self._api.place)

    def _protect(self) -> None:
        if not self._protected:
            insist_on_protections(self._api)
            self._protected = True

    def _storable(self, title: str, text: str) -> str:
        """Return the text as the wiki will hash it: NFC; refuse what it would alter or reject."""
        odd = _UNSTORABLE.search(text)
        if odd:
            raise SaveRefused(
                Text(
                    f"Le nouveau texte de « {title} » contient un caractère qu'un wiki ne garde "
                    f"pas ({visible(odd[0])}).",
                    f"The new text of “{title}” holds a character that no wiki keeps "
                    f"({visible(odd[0])}).",
                ),
                Text("Retirez ce caractère.", "Remove that character."),
                "unstorable",
            )
        text = unicodedata.normalize("NFC", text)
        size = len(text.encode())
        if size > self._site.max_bytes:
            raise SaveRefused(
                Text(
                    f"Le nouveau texte de « {title} » fait {size} octets ; le wiki en accepte "
                    f"{self._site.max_bytes}.",
                    f"The new text of “{title}” has {size} bytes; the wiki takes "
                    f"{self._site.max_bytes}.",
                ),
                Text("Partagez la page en plusieurs.", "Split the page into several."),
                "contenttoobig",
            )
        return text

    def _new_token(self, code: str) -> str:
        """Return a fresh token: of the same session if it lives, else of a new one."""
        reaction = reaction_to(code)
        if reaction is None or reaction.kind is Kind.SESSION:
            return self._api.revive()
        answer = self._api.read({"action": "query", "meta": "tokens", "type": "csrf"})
        try:
            token = str(answer["query"]["tokens"]["csrftoken"])
        except (KeyError, TypeError):
            raise self._api.strange("tokens") from None
        return self._api.revive() if token == ANONYMOUS_TOKEN else token

    def _title(self, edit: dict[str, Any], expected: Title) -> Title:
        full = edit.get("title")
        if full == str(expected) or not isinstance(full, str):
            return expected
        return self._site.title_named(full)


def _one_line(summary: str) -> str:
    # MediaWiki cuts after 500 characters by itself.
    return visible(" ".join(unicodedata.normalize("NFC", summary).split()), 500)


def _revids(edit: dict[str, Any], title: str) -> tuple[int, int]:
    old, new = edit.get("oldrevid"), edit.get("newrevid")
    if type(old) is not int or type(new) is not int or old < 0 or new <= 0:
        raise _senseless(title, "oldrevid, newrevid")
    return old, new


def _senseless(title: str, lacking: str) -> WikibotError:
    return not_saved(title, Problem(STRANGE, lacking))
