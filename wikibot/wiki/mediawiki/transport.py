"""One HTTP request to one host: nothing redirected, nothing repeated, nothing unbounded.

Callers use `Transport.send`. What a reply means is decided elsewhere (`answers`); here it is
only told apart what surely never left, what got an answer, and what nobody knows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import Cookie, DefaultCookiePolicy
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter

from wikibot.edits import Requests
from wikibot.errors import AccessError, ConfigError
from wikibot.language import Text
from wikibot.redaction import hide
from wikibot.wiki import fault
from wikibot.wiki.mediawiki.address import Address
from wikibot.wiki.mediawiki.counting import Counter
from wikibot.wiki.mediawiki.proxy import Proxies, no_proxy
from wikibot.wiki.mediawiki.troubles import redirected, transport_trouble

TIMEOUTS = (5.0, 60.0)  # seconds to connect, seconds of silence while an answer is awaited
_MOST_SECONDS = 300.0  # for a whole answer, however slowly it drips
_MOST_BYTES = 64 * 2**20  # MediaWiki cuts its own answers at 8 MiB ($wgAPIMaxResultSize)
_CHUNK = 2**16

_LONG = 16  # characters; a cookie as long as that may be a session


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

    def __init__(
        self,
        address: Address,
        contact: str,
        ca_bundle: Path | None,
        proxies: Proxies = no_proxy,
    ) -> None:
        super().__init__()
        self.trust_env = False  # no .netrc, no proxy and no other certificates by environment
        self.cookies.set_policy(_NoCookiesOfEdits())
        self.counter = Counter()
        self.proxied = bool(proxies())
        self._through = proxies
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
        options["proxies"] = self._through()
        self.counter.count(request)
        response = super().send(request, **options)
        for cookie in response.cookies:
            if cookie.value and len(cookie.value) >= _LONG:
                hide(cookie.value, lasting=False)
        if response.status_code in (301, 302, 303, 307, 308):
            response.close()
            raise redirected(self._address, response.headers.get("Location", ""))
        return response


class _NoCookiesOfEdits(DefaultCookiePolicy):
    """Refuses the cookies that MediaWiki sets for each edit: a browser shows a note by them."""

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        return "PostEditRevision" not in cookie.name and super().set_ok(cookie, request)


def check_certificates(ca_bundle: Path | None) -> None:
    """Check that the file of certificates to trust, if one is named, is there.

    Raises:
        ConfigError: it is not.
    """
    if ca_bundle is not None and not ca_bundle.exists():
        raise ConfigError(
            Text(
                f"Le fichier de certificats {ca_bundle} n'existe pas.",
                f"The file of certificates {ca_bundle} does not exist.",
            )
        )


class Transport:
    """Sends requests to the API of one wiki."""

    def __init__(
        self,
        address: Address,
        contact: str = "",
        ca_bundle: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        proxies: Proxies = no_proxy,
    ) -> None:
        """Prepare a session; nothing is sent.

        Raises:
            ConfigError: there is no such file of certificates.
        """
        check_certificates(ca_bundle)
        self.address = address
        self.session = PinnedSession(address, contact, ca_bundle, proxies)
        self._clock = clock

    @property
    def proxied(self) -> bool:
        """Whether the way to the wiki leads through a proxy."""
        return self.session.proxied

    @property
    def counted(self) -> Requests:
        """How many requests went out, and how many of them were repetitions."""
        return self.session.counter.requests

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
            request = self.session.prepare_request(
                requests.Request(
                    "POST" if post else "GET",
                    self.address.url,
                    params=None if post else fields,
                    data=fields if post else None,
                    headers=headers,
                )
            )
            writes = post and not reads
            if writes:
                fault.reach("K02")
                _may_die_halfway(request)
            with self.session.send(request, stream=True) as response:
                if writes:
                    fault.reach("K04")
                return Reply(response.status_code, response.headers, self._whole_body(response))
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            trouble = transport_trouble(error, self.address)
        # Outside of the block above: the error of requests holds the body that was sent, with
        # its token or password, and must not travel along as the context of ours.
        raise trouble

    def settle(self) -> None:
        """Note that the last request got an answer that serves."""
        self.session.counter.settle()

    def _whole_body(self, response: requests.Response) -> bytes:
        body = bytearray()
        deadline = self._clock() + _MOST_SECONDS
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > _MOST_BYTES or self._clock() > deadline:
                raise requests.exceptions.ContentDecodingError("an answer without end")
        return bytes(body)

    def hide_cookies(self) -> None:
        """Let no session that the wiki gave us be shown."""
        for cookie in self.session.cookies:
            if cookie.value and len(cookie.value) >= _LONG:
                hide(cookie.value)

    def forget(self) -> None:
        """Drop the cookies, hence the session."""
        self.session.cookies.clear()

    def close(self) -> None:
        """Close the connections and forget the cookies."""
        self.forget()
        self.session.close()


def _may_die_halfway(request: requests.PreparedRequest) -> None:
    """Let half of a body go out before the process dies, where a test has ordered that."""
    if not fault.armed("K03"):
        fault.reach("K03")
        return
    body = request.body or b""
    whole = body.encode() if isinstance(body, str) else body

    def halves() -> Iterator[bytes]:
        yield whole[: len(whole) // 2]
        fault.reach("K03")
        yield whole[len(whole) // 2 :]

    # Content-Length stays as it was: the server waits for the rest.
    request.body = halves()  # type: ignore[assignment]


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
