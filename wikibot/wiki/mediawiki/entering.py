"""Becoming known to a wiki, staying so, and becoming known again, always as the same account."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

from wikibot.errors import AccessError, ConfigError, WikibotError
from wikibot.language import Text
from wikibot.redaction import hide
from wikibot.visible import visible
from wikibot.wiki.mediawiki.api import Api
from wikibot.wiki.mediawiki.cookies import Keeper
from wikibot.wiki.mediawiki.login import log_in
from wikibot.wiki.mediawiki.oauth import bearer, signature
from wikibot.wiki.mediawiki.site import Account, Site, meet

Login = Literal["bot-password", "oauth1", "oauth2"]
_REFUSED_ONCE = "mwoauth-invalid-authorization"  # "Nonce already used": a cache that fails


def enter(
    api: Api, account: str, secret: str, login: Login, keeper: Keeper | None
) -> tuple[Site, str]:
    """Make every request of `api` come from `account`; return the wiki and a token to edit.

    A session that `keeper` has kept is tried first. From here on every request says whom it
    must come from, and a session that the wiki ends is opened again (`Api.revive`).

    Raises:
        ConfigError: there is no account or no usable secret.
        AccessError: the wiki refuses, or knows us under another name.
        Unavailable: no answer.
    """
    if not account:
        raise ConfigError(
            Text("Le compte n'est pas nommé.", "The account is not named."),
            Text(
                "Donnez la clé « account » de wikibot.toml : avec OAuth, le nom d'utilisateur.",
                "Give the key “account” of wikibot.toml: with OAuth, the name of the user.",
            ),
        )
    begin = _way_in(api, account, secret, login)
    keeper = keeper if login == "bot-password" else None
    taken_up = None if keeper is None else _taken_up(api, account, keeper)
    site, token = taken_up or _entered(api, account, login, begin)
    us = _account(site)
    assertion = {"assert": "bot" if "bot" in us.rights else "user", "assertuser": us.name}
    api.assertion = assertion

    def keep() -> None:
        if keeper is not None:
            keeper.save(api.transport, us.name)

    def enter_again() -> str:
        api.assertion = {}
        if login == "bot-password":
            api.transport.forget()  # with a living session MediaWiki lets nobody log in
        try:
            again, token = _entered(api, account, login, begin)
        finally:
            api.assertion = assertion  # nothing is ever asked as somebody else
        _insist_on_the_same(api.place, site, again)
        keep()
        return token

    api.keep_alive(enter_again, keep)
    keep()
    return site, token


def _way_in(api: Api, account: str, secret: str, login: Login) -> Callable[[], None]:
    """Return what makes us known; the secret is inside of it."""
    if login == "bot-password":
        if secret:
            hide(secret)
        return lambda: log_in(api, account, secret)
    if not secret:
        raise ConfigError(
            Text(
                f"Il n'y a pas de secret OAuth pour le compte « {account} ».",
                f"There is no OAuth secret for the account “{account}”.",
            ),
            Text(
                "Donnez-le par WIKIBOT_PASSWORD, ou nommez dans wikibot.toml un fichier qui le "
                "contient (password_file).",
                "Give it by WIKIBOT_PASSWORD, or name in wikibot.toml a file that holds it "
                "(password_file).",
            ),
        )
    sign = signature(secret) if login == "oauth1" else bearer(secret)

    def sign_everything() -> None:
        api.transport.session.auth = sign

    return sign_everything


def _entered(api: Api, account: str, login: Login, begin: Callable[[], None]) -> tuple[Site, str]:
    begin()
    api.assertion = {"assert": "user"}
    try:
        met = meet(api, logged_in=True)
    except AccessError as error:
        if login == "bot-password":
            raise
        if login == "oauth2" or error.code != _REFUSED_ONCE:
            raise _explained(error, api.place) from None
        met = meet(api, logged_in=True)
    api.transport.hide_cookies()
    _insist_on_name(api.place, account, met[0])
    return met


def _taken_up(api: Api, account: str, keeper: Keeper) -> tuple[Site, str] | None:
    """Return what the wiki says to the session that was kept, or None if that is over."""
    user = keeper.load(api.transport)
    if user is None:
        return None
    api.assertion = {"assert": "user", "assertuser": user}
    try:
        met = meet(api, logged_in=True)
        _insist_on_name(api.place, account, met[0])
    except AccessError:  # what else is wrong shows again when logging in
        api.transport.forget()
        api.assertion = {}
        return None
    return met


def _account(site: Site) -> Account:
    assert site.account is not None  # or `meet` would not have returned
    return site.account


def _insist_on_name(place: str, given: str, site: Site) -> None:
    """Make sure that the wiki knows us by the name given (before the @ of a bot password)."""
    name = _account(site).name
    if _folded(given.partition("@")[0]) != _folded(name):
        raise AccessError(
            Text(
                f"Le wiki {place} nous connaît comme « {visible(name)} », et non comme "
                f"« {visible(given)} ».",
                f"The wiki {place} knows us as “{visible(name)}”, not as “{visible(given)}”.",
            ),
            Text(
                "Le secret est celui d'un autre compte : corrigez le compte ou le secret.",
                "The secret is another account's: mend the account or the secret.",
            ),
            "other-account",
        )


def _insist_on_the_same(place: str, before: Site, now: Site) -> None:
    """Make sure that a session opened again is what it was."""
    us = _account(before)
    if (now.wikiid, _account(now).name) != (before.wikiid, us.name):
        raise AccessError(
            Text(
                f"Après la reconnexion, le wiki {place} n'est plus le même ou nous connaît sous "
                f"un autre nom ({visible(now.wikiid, 80)}, « {visible(_account(now).name)} »).",
                f"After logging in again, the wiki {place} is another one or knows us by another "
                f"name ({visible(now.wikiid, 80)}, “{visible(_account(now).name)}”).",
            ),
            Text(
                "Rien d'autre n'a été envoyé : voyez avec l'administrateur du wiki.",
                "Nothing else was sent: ask the administrator of the wiki.",
            ),
            "other-account",
        )
    if "bot" in us.rights and "bot" not in _account(now).rights:
        raise AccessError(
            Text(
                f"Le compte « {visible(us.name)} » n'est plus un robot sur {place}.",
                f"The account “{visible(us.name)}” is no bot any more on {place}.",
            ),
            Text(
                "Demandez à un administrateur le statut de robot ; dans Spécial:BotPasswords, le "
                "droit highvolume doit être coché.",
                "Ask an administrator for the bot flag; in Special:BotPasswords the grant "
                "highvolume must be ticked.",
            ),
            "assertbotfailed",
        )


def _explained(error: WikibotError, place: str) -> WikibotError:
    """Return the error of an OAuth key that the wiki did not even look at, with the likely cause.

    Without Extension:OAuth a wiki takes no notice of the header.
    """
    if error.code not in ("assertuserfailed", "anonymous"):
        return error
    return AccessError(
        Text(
            f"Le wiki {place} ne tient pas compte de l'autorisation OAuth.",
            f"The wiki {place} takes no notice of the OAuth authorisation.",
        ),
        Text(
            "L'extension OAuth y manque peut-être, ou un serveur intermédiaire retire l'en-tête "
            "« Authorization » : demandez à l'administrateur, ou servez-vous d'un mot de passe "
            'de robot (login = "bot-password").',
            "Extension:OAuth may be missing there, or a server on the way may remove the header "
            "“Authorization”: ask the administrator, or use a bot password "
            '(login = "bot-password").',
        ),
        error.code,
    )


def _folded(name: str) -> str:
    """Return a name as MediaWiki compares it: _ is a space, the case of the first letter is not."""
    name = " ".join(unicodedata.normalize("NFC", name).replace("_", " ").split())
    return name[:1].upper() + name[1:]
