"""Looks at web addresses of one host: few, small, slowly, and never elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter

from wikibot.errors import Unavailable
from wikibot.language import Text
from wikibot.wiki.mediawiki.address import Address
from wikibot.wiki.mediawiki.proxy import Proxies
from wikibot.wiki.mediawiki.transport import check_certificates, user_agent
from wikibot.wiki.mediawiki.troubles import NoAnswer, NotSent, transport_trouble

_TIMEOUTS = (5.0, 20.0)  # seconds to connect, seconds of silence
_MOST_SECONDS = 90.0  # for all there is to look at
_MOST_REQUESTS = 30
_MOST_REDIRECTS = 5
_MOST_BYTES = 2**18  # of one page: what is looked for stands in its head
_CHUNK = 2**12
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Seen:
    """What stands at an address, after its redirects; `by_mediawiki`: an error of its API."""

    url: str
    status: int
    text: str
    by_mediawiki: bool


def _origin_of(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port; the usual port counts as none given."""
    parts = urlsplit(url)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), None if parts.port == usual else parts.port


class Looker:
    """Gets pages of the host of one address; a context manager.

    `elsewhere` are the addresses of other hosts that it was sent to, `statuses` what it got
    that was no page. Cookies, credentials and the environment's proxies play no part.
    """

    def __init__(
        self,
        start: str,
        contact: str,
        ca_bundle: Path | None,
        proxies: Proxies,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare a session; nothing is sent.

        Raises:
            ConfigError: there is no such file of certificates.
        """
        check_certificates(ca_bundle)
        self.elsewhere: list[str] = []
        self.statuses: list[int] = []
        self._origin = _origin_of(start)
        scheme, host, _ = self._origin
        self._address = Address(scheme, urlsplit(start).netloc, "/", ".php", scheme == "http")
        self._host = host
        self._left = _MOST_REQUESTS
        self._clock = clock
        self._ends = clock() + _MOST_SECONDS
        self._proxies = proxies
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers["User-Agent"] = user_agent(contact)
        self._session.headers["Accept-Encoding"] = "identity"
        if ca_bundle is not None:
            self._session.verify = str(ca_bundle)
        for prefix in ("https://", "http://"):
            self._session.mount(prefix, HTTPAdapter(max_retries=0))

    def within(self, url: str) -> str:
        """Return an address as it may be asked here, "" where it is another host's.

        What an encrypted page names without encryption is asked with it.

        Raises:
            ValueError: it is no address.
        """
        url = urlunsplit(urlsplit(url)._replace(fragment=""))
        scheme, host, port = _origin_of(url)
        if scheme not in ("http", "https") or host != self._host or "@" in urlsplit(url).netloc:
            self.elsewhere.append(url)
            return ""
        if scheme == "http" and not self._address.loopback:
            return self.within(urlunsplit(urlsplit(url)._replace(scheme="https")))
        if (scheme, host, port) == self._origin or (self._origin[0], scheme) == ("http", "https"):
            return url
        self.elsewhere.append(url)
        return ""

    def get(self, url: str) -> Seen | None:
        """Return what stands at an address of the host; None where it leads away from it.

        Raises:
            AccessError: the certificate is not trusted. Unavailable: no answer.
        """
        for _ in range(_MOST_REDIRECTS + 1):
            if not self._left or self._clock() > self._ends:
                return None
            self._left -= 1
            seen, location = self._once(url)
            if not location:
                if seen.status >= 400:
                    self.statuses.append(seen.status)
                return seen
            try:
                url = self.within(urljoin(url, location))
            except ValueError:
                return None
            if not url:
                return None
        return None

    def _once(self, url: str) -> tuple[Seen, str]:
        try:
            with self._session.get(
                url,
                stream=True,
                allow_redirects=False,
                timeout=_TIMEOUTS,
                proxies=self._proxies(),
            ) as response:
                if response.status_code in _REDIRECTS and response.headers.get("Location"):
                    return Seen(url, response.status_code, "", False), response.headers["Location"]
                by_mediawiki = "MediaWiki-API-Error" in response.headers
                text = self._start_of(response).decode("utf-8", "replace")
                return Seen(url, response.status_code, text, by_mediawiki), ""
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            trouble = transport_trouble(error, self._address)
        if isinstance(trouble, NotSent | NoAnswer):
            raise _silent(self._address.host, trouble)
        raise trouble

    def _start_of(self, response: requests.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) >= _MOST_BYTES or self._clock() > self._ends:
                break
        return bytes(body[:_MOST_BYTES])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._session.close()


def _silent(host: str, trouble: NotSent | NoAnswer) -> Unavailable:
    if isinstance(trouble, NotSent) and trouble.status is not None:
        return Unavailable(
            Text(
                f"Le serveur mandataire refuse d'aller à {host} (HTTP {trouble.status}).",
                f"The proxy refuses to go to {host} (HTTP {trouble.status}).",
            ),
            Text("Vérifiez l'option --proxy.", "Check the option --proxy."),
        )
    return Unavailable(
        Text(f"{host} ne répond pas.", f"{host} does not answer."),
        Text(
            "Vérifiez l'adresse en l'ouvrant dans un navigateur. Si votre réseau passe par un "
            "serveur mandataire, nommez-le : --proxy http://machine:port.",
            "Check the address by opening it in a browser. If your network goes through a proxy, "
            "name it: --proxy http://host:port.",
        ),
    )
