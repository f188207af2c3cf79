"""One HTTP request to one host: nothing redirected, nothing repeated, nothing unbounded.

Callers use `Transport.send`. What a reply means is decided elsewhere (`answers`); here it is
only told apart what surely never left, what got an answer, and what nobody knows.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter

from wikibot.errors import AccessError, ConfigError, WikibotError
from wikibot.language import Text
from wikibot.visible import visible
from wikibot.wiki.mediawiki.address import Address

TIMEOUTS = (5.0, 60.0)  # seconds to connect, seconds of silence while an answer is awaited
_MOST_SECONDS = 300.0  # for a whole answer, however slowly it drips
_MOST_BYTES = 64 * 2**20  # MediaWiki cuts its own answers at 8 MiB ($wgAPIMaxResultSize)
_CHUNK = 2**16

# Below these the connection was never made: the request cannot have reached the wiki.
_NEVER_CONNECTED = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.NameResolutionError,
)


class NotSent(Exception):
    """The request surely did not reach the wiki."""


class NoAnswer(Exception):
    """The request may have reached the wiki; what it did with it is not known."""


@dataclass(frozen=True)
class Reply:
    """An HTTP answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class PinnedSession(requests.Session):
    """A session that speaks to one host, follows no redirect and repeats nothing.

    It holds for whoever uses it, mwclient included: a redirect would carry the password and
    the token of a POST to another place (307, 308) or turn it into a GET (301, 302).
    """

    def __init__(self, address: Address, contact: str, ca_bundle: Path | None) -> None:
        super().__init__()
        self.trust_env = False  # no .netrc, no proxy and no other certificates by environment
        self.headers["User-Agent"] = user_agent(contact)
        if ca_bundle is not None:
            self.verify = str(ca_bundle)
        for prefix in ("https://", "http://"):
            self.mount(prefix, HTTPAdapter(max_retries=0))
        self._address = address
        self._origin = _origin(requests.Request("GET", address.url).prepare().url)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Send to the pinned host alone.

        Raises:
            ConfigError, AccessError: the server redirects, or another host was to be asked.
        """
        if _origin(request.url) != self._origin:
            raise AccessError(
                Text(
                    "Une requête vers un autre serveur que le wiki a été refusée.",
                    "A request to another server than the wiki was refused.",
                )
            )
        options["allow_redirects"] = False
        options["timeout"] = options.get("timeout") or TIMEOUTS
        response = super().send(request, **options)
        if response.status_code in (301, 302, 303, 307, 308):
            response.close()
            raise _redirected(self._address, response.headers.get("Location", ""))
        return response


class Transport:
    """Sends requests to the API of one wiki."""

    def __init__(
        self,
        address: Address,
        contact: str = "",
        ca_bundle: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare a session; nothing is sent.

        Raises:
            ConfigError: there is no such file of certificates.
        """
        if ca_bundle is not None and not ca_bundle.exists():
            raise ConfigError(
                Text(
                    f"Le fichier de certificats {ca_bundle} n'existe pas.",
                    f"The file of certificates {ca_bundle} does not exist.",
                )
            )
        self.address = address
        self.session = PinnedSession(address, contact, ca_bundle)
        self._clock = clock

    def send(self, parameters: Mapping[str, str], *, post: bool, reads: bool) -> Reply:
        """Send one request of the API, once, and read the whole answer.

        The token goes last, so that a body cut on its way is refused by the wiki.

        Raises:
            NotSent, NoAnswer: as they say.
            ConfigError, AccessError: redirected; the certificate is not trusted.
        """
        fields = {**parameters, "format": "json", "formatversion": "2"}
        if "token" in fields:
            fields["token"] = fields.pop("token")
        headers = {"Promise-Non-Write-API-Action": "true"} if post and reads else {}
        try:
            with self.session.request(
                "POST" if post else "GET",
                self.address.url,
                params=None if post else fields,
                data=fields if post else None,
                headers=headers,
                stream=True,
            ) as response:
                return Reply(response.status_code, response.headers, self._whole_body(response))
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            trouble = transport_trouble(error, self.address)
        # Outside of the block above: the error of requests holds the body that was sent, with
        # its token or password, and must not travel along as the context of ours.
        raise trouble

    def _whole_body(self, response: requests.Response) -> bytes:
        body = bytearray()
        deadline = self._clock() + _MOST_SECONDS
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > _MOST_BYTES or self._clock() > deadline:
                raise requests.exceptions.ContentDecodingError("an answer without end")
        return bytes(body)

    def close(self) -> None:
        """Close the connections and forget the cookies."""
        self.session.cookies.clear()
        self.session.close()


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
                "certificats. La vérification ne se désactive pas.",
                "If your network inspects connections, name the file of its certificates. "
                "The verification cannot be switched off.",
            ),
        )
    name = type(error).__name__
    if isinstance(error, requests.ConnectTimeout) or any(
        isinstance(cause, _NEVER_CONNECTED) for cause in causes
    ):
        return NotSent(name)
    return NoAnswer(name)


def user_agent(contact: str) -> str:
    """Return how wikibot presents itself: name, version, whom to write to, libraries.

    Source: Wikimedia Foundation User-Agent Policy.
    """
    known = " ".join(contact.encode("ascii", "ignore").decode().split()).strip("()")
    return (
        f"wikibot/{_version('wikibot')} ({known or 'contact not configured'}) "
        f"mwclient/{_version('mwclient')} requests/{requests.__version__}"
    )


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _origin(url: str | bytes | None) -> tuple[str, str]:
    parts = urlsplit(url.decode() if isinstance(url, bytes) else url or "")
    return parts.scheme, parts.netloc.lower()


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


def _redirected(address: Address, location: str) -> WikibotError:
    target = visible(location, 200)
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
