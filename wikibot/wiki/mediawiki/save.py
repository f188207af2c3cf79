"""Saving pages: one POST each, which nothing below this module repeats.

Every update names its base revision by `baserevid` alone: with `basetimestamp`, MediaWiki
would take an edit that its own account made meanwhile for no conflict, and lose it.
Source: MediaWiki, API:Edit; EditPage (self-conflict suppression).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

from wikibot.errors import AccessError, SafetyStop, SaveRefused, WikibotError
from wikibot.language import Text
from wikibot.page import Page, Saved
from wikibot.title import Title
from wikibot.visible import visible
from wikibot.wiki.mediawiki.answers import STRANGE, Problem
from wikibot.wiki.mediawiki.api import MAXLAG, Api
from wikibot.wiki.mediawiki.codes import Kind, reaction_to
from wikibot.wiki.mediawiki.failures import not_saved
from wikibot.wiki.mediawiki.site import ANONYMOUS_TOKEN, Account, Site

# A wiki that does not know one of these ignores it with a mere warning.
_PROTECTIONS = frozenset({"baserevid", "nocreate", "createonly", "md5", "token", "bot"})
# What MediaWiki would replace by U+FFFD on arrival.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Saver:
    """Saves pages of one wiki under one account."""

    def __init__(self, api: Api, site: Site, token: str) -> None:
        self._api = api
        self._site = site
        self._token = token
        self._protected = False

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Replace the text of a page whose revision is the base. Raises as `Wiki.save`."""
        title = str(page.title)
        edit = self._post(
            self._account("edit"),
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
        account = self._account("edit", "createtalk" if target.namespace % 2 else "createpage")
        edit = self._post(
            account, {"title": str(target), "createonly": "1"}, str(target), text, summary
        )
        pageid = edit.get("pageid")
        if self._title(edit, target) != target or type(pageid) is not int or pageid <= 0:
            raise _senseless(str(target), "title, pageid")
        old, new = _revids(edit, str(target))
        return Saved(target, pageid, old, new)

    def _post(
        self, account: Account, target: dict[str, str], title: str, text: str, summary: str
    ) -> dict[str, Any]:
        text = self._storable(title, text)
        self._insist_on_protections()
        parameters = {
            "action": "edit",
            **target,
            "text": text,
            "md5": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
            "summary": _one_line(summary),
            "notminor": "1",
            "watchlist": "nochange",
            "maxlag": MAXLAG,
            **self._api.assertion,
            "assertuser": account.name,
        }
        if "bot" in account.rights:
            parameters["bot"] = "1"
        edit = self._until_decided(parameters, title).get("edit")
        if not isinstance(edit, dict):
            raise _senseless(title, "edit")
        if edit.get("result") == "Success":
            return edit
        if edit.get("result") != "Failure":
            raise _senseless(title, "result")
        code = "captcha" if "captcha" in edit else edit.get("code", "failure")
        raise not_saved(title, Problem(visible(code, 80), visible(edit.get("info", ""), 200)))

    def _until_decided(self, parameters: dict[str, str], title: str) -> dict[str, Any]:
        """Send the edit; send it again only where the wiki has surely not saved it."""
        waiting = self._api.patience.begin()
        renewed = False
        while True:
            signed = {**parameters, "token": self._token}
            answer = self._api.try_once(signed, post=True, reads=False)
            if not isinstance(answer, Problem):
                return answer
            reaction = reaction_to(answer.code)
            if reaction is None:
                raise not_saved(title, answer)
            if reaction.kind is Kind.TOKEN and not renewed:
                renewed = True
                self._token = self._new_token()
                continue
            again = reaction.kind is Kind.WAIT and self._api.wait(waiting, answer, reaction)
            if not again:
                raise not_saved(title, answer)

    # --- before anything is sent ---

    def _account(self, *needed: str) -> Account:
        """Return our account if it may write: no POST goes out only to be refused."""
        account = self._site.account
        if account is None:
            raise AccessError(
                Text(
                    f"Rien ne s'écrit sur {self._api.place} sans compte.",
                    f"Nothing is written to {self._api.place} without an account.",
                ),
                Text(
                    "Donnez un compte et son mot de passe de robot (page Spécial:BotPasswords).",
                    "Give an account and its bot password (page Special:BotPasswords).",
                ),
            )
        name = visible(account.name)
        if account.blocked is not None:
            raise AccessError(
                Text(
                    f"Le compte « {name} » est bloqué sur {self._api.place} : {account.blocked}",
                    f"The account “{name}” is blocked on {self._api.place}: {account.blocked}",
                ),
                Text(
                    "Quelqu'un a voulu arrêter le robot : voyez avec un administrateur du wiki.",
                    "Someone wanted the bot to stop: ask an administrator of the wiki.",
                ),
            )
        lacking = [right for right in needed if right not in account.rights]
        if lacking:
            rights = ", ".join(lacking)
            raise AccessError(
                Text(
                    f"Le compte « {name} » n'a pas le droit d'écrire sur {self._api.place} : "
                    f"il lui manque {rights}.",
                    f"The account “{name}” may not write to {self._api.place}: it lacks {rights}.",
                ),
                Text(
                    "Sur la page Spécial:BotPasswords, cochez pour ce mot de passe « modifier "
                    "des pages existantes » et, pour en créer, « créer, modifier et déplacer ».",
                    "On the page Special:BotPasswords, tick for this password “edit existing "
                    "pages” and, to create some, “create, edit, and move pages”.",
                ),
            )
        return account

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
            )
        return text

    def _insist_on_protections(self) -> None:
        """Ask the wiki, once, whether it knows what keeps the edits of others safe."""
        if self._protected:
            return
        answer = self._api.read({"action": "paraminfo", "modules": "edit"})
        try:
            known = {p["name"] for p in answer["paraminfo"]["modules"][0]["parameters"]}
        except (KeyError, IndexError, TypeError):
            raise self._api.strange("paraminfo") from None
        if not known >= _PROTECTIONS:
            lacking = ", ".join(sorted(_PROTECTIONS - known))
            raise SafetyStop(
                Text(
                    f"Le wiki {self._api.place} ne connaît pas {lacking} : une modification "
                    "d'une personne pourrait être perdue, rien n'a été écrit.",
                    f"The wiki {self._api.place} does not know {lacking}: an edit of a person "
                    "could be lost, nothing was written.",
                ),
                Text("Mettez MediaWiki à jour.", "Update MediaWiki."),
            )
        self._protected = True

    def _new_token(self) -> str:
        answer = self._api.read({"action": "query", "meta": "tokens", "type": "csrf"})
        try:
            token = str(answer["query"]["tokens"]["csrftoken"])
        except (KeyError, TypeError):
            raise self._api.strange("tokens") from None
        if token == ANONYMOUS_TOKEN:
            raise AccessError(
                Text(
                    f"Le wiki {self._api.place} a mis fin à la session du compte.",
                    f"The wiki {self._api.place} has ended the session of the account.",
                ),
                Text("Relancez : le robot se reconnectera.", "Run again: the bot will log in."),
            )
        return token

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
