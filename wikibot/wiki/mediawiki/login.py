"""Logging in with a bot password, through mwclient, once."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import requests

from wikibot.errors import AccessError, ConfigError, InputError, Unavailable, WikibotError
from wikibot.language import Text
from wikibot.redaction import redacted
from wikibot.visible import visible
from wikibot.wiki.mediawiki.answers import NO_ANSWER, NOT_JSON, NOT_SENT, Problem
from wikibot.wiki.mediawiki.api import MOST_TRIES, Api
from wikibot.wiki.mediawiki.codes import reaction_to
from wikibot.wiki.mediawiki.failures import not_read
from wikibot.wiki.mediawiki.transport import Transport
from wikibot.wiki.mediawiki.troubles import NoAnswer, NotSent, transport_trouble

log = logging.getLogger(__name__)


def log_in(api: Api, account: str, password: str) -> None:
    """Log the session in; the password is sent in one request, and never again.

    Repeated attempts would lock the account ($wgPasswordAttemptThrottle). Source: MediaWiki,
    API:Login, Manual:Bot passwords.

    Raises:
        ConfigError: there is no password.
        AccessError: the wiki refuses; the password is in no part of the error.
        Unavailable: no answer, or the wiki wants fewer attempts.
    """
    if not password:
        raise ConfigError(
            Text(
                f"Il n'y a pas de mot de passe pour le compte « {account} ».",
                f"There is no password for the account “{account}”.",
            ),
            Text(
                "Donnez le mot de passe de robot par WIKIBOT_PASSWORD, ou nommez dans wikibot.toml "
                "un fichier qui le contient (password_file).",
                "Give the bot password by WIKIBOT_PASSWORD, or name in wikibot.toml a file that "
                "holds it (password_file).",
            ),
        )
    if "@" not in account:
        name = visible(account)
        log.warning(
            Text(
                f"« {name} » est un compte principal, pas un mot de passe de robot "
                "(Utilisateur@robot).",
                f"“{name}” is a main account, not a bot password (User@name).",
            )
        )
    answer = api.read({"action": "query", "meta": "tokens", "type": "login"})
    try:
        token = str(answer["query"]["tokens"]["logintoken"])
    except (KeyError, TypeError):
        raise api.strange() from None
    waiting = api.patience.begin()
    while True:
        outcome = _post_once(api.transport, account, password, token)
        if isinstance(outcome, WikibotError):
            raise outcome
        # what never left may be sent again: no attempt was counted
        if not isinstance(outcome, Problem) or outcome.code != NOT_SENT:
            break
        reaction = reaction_to(NOT_SENT)
        if reaction is None or waiting.pauses + 1 >= MOST_TRIES:
            break
        if not api.wait(waiting, outcome, reaction):
            break
    if isinstance(outcome, Problem):
        failure = not_read(api.place, outcome, met=True)
        if isinstance(failure, InputError):  # an extension that vetoes logins
            failure = AccessError(failure.message, failure.advice, failure.code)
        raise failure
    login = outcome.get("login")
    result = login.get("result") if isinstance(login, dict) else None
    if result == "Success":
        api.transport.settle()
        return
    if not isinstance(login, dict) or not isinstance(result, str):
        raise api.strange()
    reason = redacted(str(login.get("reason", "")))
    raise _refused(api.place, account, visible(result, 80), visible(reason, 200))


def _post_once(
    transport: Transport, account: str, password: str, token: str
) -> dict[str, Any] | Problem | WikibotError:
    """Return what came back; no error of mwclient or requests leaves here.

    Such errors hold the request, hence the password. `raw_api` without retries is the one
    call of mwclient that sends once: `Site.login` repeats as long as the wiki says NeedToken.
    """
    with warnings.catch_warnings():  # mwclient sets filters of its own when it is imported
        import mwclient

    address = transport.address
    site = mwclient.Site(
        address.host,
        path=address.path,
        ext=address.extension,
        scheme=address.scheme,
        pool=transport.session,
        max_retries=0,
        retry_timeout=0,
        force_login=False,
        do_init=False,
        connection_options={"timeout": None},  # our session knows better than mwclient
    )
    try:
        answer = site.raw_api(
            "login",
            "POST",
            retry_on_error=False,
            lgname=account,
            lgpassword=password,
            lgtoken=token,
            formatversion="2",
        )
    except WikibotError as error:  # by our own session: a redirect
        return error.with_traceback(None)  # its frames hold the request
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        return Problem(f"http-{status}")
    except (requests.RequestException, OSError) as error:
        trouble = transport_trouble(error, address)
        if isinstance(trouble, NotSent):
            return Problem(f"http-{trouble.status}" if trouble.status == 407 else NOT_SENT)
        return Problem(NO_ANSWER) if isinstance(trouble, NoAnswer) else trouble
    except mwclient.errors.MwClientError as error:
        broken = isinstance(error, mwclient.errors.InvalidResponse)
        return Problem(NOT_JSON if broken else NO_ANSWER)
    except (TypeError, ValueError, KeyError, RecursionError):  # mwclient misread the answer
        return Problem(NO_ANSWER)
    if not isinstance(answer, dict):
        return Problem(NOT_JSON)
    told = answer.get("error")
    if isinstance(told, dict):
        info = redacted(str(told.get("info", "")))
        return Problem(visible(told.get("code"), 80), visible(info, 200))
    return answer


def _refused(place: str, account: str, result: str, reason: str) -> WikibotError:
    told = f"{result} – {reason}" if reason else result
    if result == "Throttled":
        return Unavailable(
            Text(
                f"Le wiki {place} refuse pour l'instant toute connexion de « {account} » ({told}).",
                f"The wiki {place} refuses any login of “{account}” for now ({told}).",
            ),
            Text(
                "Il y a eu trop d'essais : attendez quelques minutes.",
                "There were too many attempts: wait some minutes.",
            ),
            "throttled",
        )
    return AccessError(
        Text(
            f"Le wiki {place} refuse la connexion du compte « {account} » ({told}).",
            f"The wiki {place} refuses the login of the account “{account}” ({told}).",
        ),
        Text(
            "Vérifiez le nom (Utilisateur@robot) et le mot de passe de robot ; il s'en crée un "
            "nouveau sur la page Spécial:BotPasswords. Un seul essai a été fait.",
            "Check the name (User@bot) and the bot password; the page Special:BotPasswords makes "
            "a new one. One attempt was made, no more.",
        ),
    )
