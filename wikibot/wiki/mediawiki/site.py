"""First contact: what a wiki is called, how it reads wikitext, what our account may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from wikibot.errors import AccessError, ConfigError
from wikibot.language import Text
from wikibot.title import MAIN, Namespaces, Title
from wikibot.visible import visible
from wikibot.wiki.mediawiki.api import Api
from wikibot.wikitext.syntax import DEFAULT_TAGS, Syntax

_QUESTION = {
    "action": "query",
    "meta": "siteinfo|userinfo",
    "siprop": "general|namespaces|namespacealiases|extensiontags|dbrepllag",
    "uiprop": "rights|ratelimits|blockinfo",
    "curtimestamp": "1",
}


ANONYMOUS_TOKEN = "+\\"  # what everyone gets who is not logged in


@dataclass(frozen=True)
class Account:
    """Who we are on the wiki.

    `blocked` holds the reason of a block of the whole wiki. `edit_limit` is the number of
    edits that the wiki allows in that many seconds, None where it sets no limit.
    """

    name: str
    rights: frozenset[str]
    blocked: str | None = None
    edit_limit: tuple[int, int] | None = None


@dataclass(frozen=True)
class Site:
    """A wiki as it presents itself.

    `server` is its own address without a path, as it spells it. `max_bytes` is the longest text
    of a page in UTF-8. `replicas` tells whether a read may not see yet what was just saved.
    """

    wikiid: str
    name: str
    generator: str
    syntax: Syntax
    server: str
    page_url: str  # with $1 for the title
    max_bytes: int
    rights: frozenset[str]
    account: Account | None
    replicas: bool = False

    @property
    def batch(self) -> int:
        """How many pages one request may ask for. Source: MediaWiki, API:Etiquette, API:Query."""
        return 500 if "apihighlimits" in self.rights else 50

    def url(self, title: str, *, encrypted: bool) -> str:
        """Return the address of a page, to be opened in a browser."""
        scheme = "https:" if encrypted else "http:"
        lead = scheme if self.page_url.startswith("//") else ""
        return lead + self.page_url.replace("$1", quote(title.replace(" ", "_"), safe="/:"))

    def title(self, namespace: int, full: str) -> Title:
        """Return the title that the wiki itself spelt `full`."""
        name = full.partition(":")[2] if namespace else full
        return self.syntax.namespaces.title(namespace, name)

    def title_named(self, full: str) -> Title:
        """Return the same where the wiki did not tell the namespace."""
        return self.title(self.syntax.namespaces.split(full)[0] or MAIN, full)


def meet(api: Api, *, logged_in: bool) -> tuple[Site, str]:
    """Ask a wiki who it is and who we are, in one request; return it and a token to edit.

    Source: MediaWiki, API:Siteinfo, API:Userinfo, API:Tokens.

    Raises:
        ConfigError: what answers is no MediaWiki. AccessError: the session does not hold.
    """
    question = dict(_QUESTION)
    if logged_in:
        question["meta"] += "|tokens"
    answer = api.read(question)
    try:
        query = answer["query"]
        site = _site(query, logged_in=logged_in)
        token = str(query["tokens"]["csrftoken"]) if logged_in else ""
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ConfigError(
            Text(
                f"Ce qui répond à {api.place} n'est pas l'API d'un MediaWiki.",
                f"What answers at {api.place} is not the API of a MediaWiki.",
            ),
            Text(
                "Vérifiez l'adresse : la page Spécial:Version du wiki la donne.",
                "Check the address: the page Special:Version of the wiki tells it.",
            ),
        ) from None
    if logged_in and (site.account is None or token == ANONYMOUS_TOKEN):
        raise AccessError(
            Text(
                f"Le wiki {api.place} a accepté le compte, puis l'a oublié.",
                f"The wiki {api.place} accepted the account, then forgot it.",
            ),
            Text(
                "Le serveur ne tient pas la session (cookies) : voyez avec son administrateur.",
                "The server does not keep the session (cookies): ask its administrator.",
            ),
            "anonymous",
        )
    return site, token


def _site(query: dict[str, Any], *, logged_in: bool) -> Site:
    general, user = query["general"], query["userinfo"]
    if not isinstance(general["wikiid"], str) or not general["wikiid"]:
        raise ValueError("wikiid")
    tags = query.get("extensiontags")
    rights = frozenset(map(str, user.get("rights", ())))
    return Site(
        wikiid=general["wikiid"],
        name=visible(general.get("sitename", ""), 200),
        generator=visible(general["generator"], 200),
        syntax=Syntax(
            _namespaces(query["namespaces"], query.get("namespacealiases", ())),
            DEFAULT_TAGS if tags is None else frozenset(tag.strip("<>").lower() for tag in tags),
        ),
        server=str(general.get("server", "")),
        page_url=str(general.get("server", "")) + str(general.get("articlepath", "")),
        max_bytes=int(general.get("maxarticlesize", 2**21)),
        rights=rights,
        account=_account(user, rights) if logged_in and not user.get("anon") else None,
        replicas=_has_replicas(query.get("dbrepllag", ())),
    )


def _has_replicas(lags: list[dict[str, Any]]) -> bool:
    """Tell whether the wiki has more than one database.

    A single one has a lag of -1. Source: MediaWiki, ApiQuerySiteinfo (dbrepllag),
    LoadBalancer::getMaxLag.
    """
    return any(row.get("lag") != -1 for row in lags)


def _account(user: dict[str, Any], rights: frozenset[str]) -> Account:
    blocked = None
    if "blockid" in user and not user.get("blockpartial"):
        blocked = visible(user.get("blockreason", ""), 200)
    limits = [
        (int(limit["hits"]), int(limit["seconds"]))
        for limit in (user.get("ratelimits") or {}).get("edit", {}).values()
    ]
    slowest = min(limits, key=lambda limit: limit[0] / limit[1], default=None)
    return Account(
        name=str(user["name"]),
        rights=rights,
        blocked=blocked,
        edit_limit=None if "noratelimit" in rights else slowest,
    )


def _namespaces(known: dict[str, dict[str, Any]], other: list[dict[str, Any]]) -> Namespaces:
    names = [(int(space["id"]), str(space["name"])) for space in known.values()]
    aliases = [
        (str(space["canonical"]), int(space["id"]))
        for space in known.values()
        if space.get("canonical") and space["canonical"] != space["name"]
    ]
    aliases += [(str(space["alias"]), int(space["id"])) for space in other]
    return Namespaces(tuple(sorted(names)), tuple(aliases))
