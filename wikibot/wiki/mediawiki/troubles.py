"""What can go wrong with an HTTP request, told without anything that was sent."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
import urllib3.exceptions

from wikibot.errors import AccessError, ConfigError, WikibotError
from wikibot.language import Text
from wikibot.redaction import redacted
from wikibot.visible import visible
from wikibot.wiki.mediawiki.address import Address
from wikibot.wiki.mediawiki.proxy import refusal

# Below these the connection was never made: the request cannot have reached the wiki.
_NEVER_CONNECTED = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.NameResolutionError,
    urllib3.exceptions.ProxyError,  # raised only while no way through the proxy is open yet
)


class NotSent(Exception):
    """The request surely did not reach the wiki.

    `status` is the HTTP status with which something on the way refused it, if it said one.
    """

    def __init__(self, words: str, status: int | None = None) -> None:
        super().__init__(words)
        self.status = status


class NoAnswer(Exception):
    """The request may have reached the wiki; what it did with it is not known."""


def transport_trouble(error: Exception, address: Address) -> NotSent | NoAnswer | WikibotError:
    """Return what an error of requests or urllib3 means, without anything that was sent."""
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        reason = next(c for c in causes if isinstance(c, ssl.SSLCertVerificationError))
        words = visible(reason.verify_message or reason, 200)
        return AccessError(
            Text(
                f"Le certificat de {address.host} n'est pas valable : {words}",
                f"The certificate of {address.host} is not valid: {words}",
            ),
            Text(
                "Si votre réseau inspecte les connexions, indiquez le fichier de ses "
                "certificats (clé ca_bundle). La vérification ne se désactive pas.",
                "If your network inspects connections, name the file of its certificates (key "
                "ca_bundle). The verification cannot be switched off.",
            ),
            "certificate",
        )
    name = type(error).__name__
    if isinstance(error, requests.ConnectTimeout) or any(
        isinstance(cause, _NEVER_CONNECTED) for cause in causes
    ):
        status = next(filter(None, (refusal(str(c)) for c in causes if type(c) is OSError)), None)
        return NotSent(name, status)
    return NoAnswer(name)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and all that led to it, however the libraries have wrapped it."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        # Not `__context__`: it may be an older error, which the caller is just handling.
        waiting += [*cause.args, cause.__cause__, getattr(cause, "reason", None)]


def redirected(address: Address, location: str) -> WikibotError:
    """Return the error of a server that sends us elsewhere; nobody goes there."""
    target = visible(redacted(location), 200)
    message = Text(
        f"L'adresse {address.url} redirige vers « {target} » ; rien n'y a été envoyé.",
        f"The address {address.url} redirects to “{target}”; nothing was sent there.",
    )
    if urlsplit(location).path.endswith(f"/api{address.extension}"):
        return ConfigError(
            message,
            Text(
                "Si cette adresse est bien celle du wiki, mettez-la dans la configuration.",
                "If that address is the wiki's, put it into the configuration.",
            ),
        )
    return AccessError(
        message,
        Text(
            "Le serveur demande sans doute de passer par une autre page, celle de connexion "
            "par exemple : demandez à l'administrateur un accès direct à api.php.",
            "The server probably wants another page first, one to log in for instance: ask "
            "the administrator for direct access to api.php.",
        ),
    )
