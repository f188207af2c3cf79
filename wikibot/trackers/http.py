"""Requests to one server: nothing redirected, nothing repeated, nothing unbounded.

The session takes no proxy and no secret from the environment, and follows no redirect: what it
sends, secret and all, goes to the host of `url` over trusted TLS and nowhere else. Without TLS
it speaks to this machine alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wikibot.edits import Requests
from wikibot.errors import AccessError, ConfigError, Unavailable
from wikibot.language import Text, same

if TYPE_CHECKING:
    from requests import Response, Session

PATIENCE = (10, 120)  # seconds: to connect, to be answered
_LARGEST = 64 * 1024 * 1024  # bytes of an answer
_LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
_READS = frozenset(("GET", "PROPFIND", "REPORT"))


@dataclass
class Server:
    """The server of `url`; `headers` go with every request, a secret among them.

    With an `account`, it and `password` go as basic authentication. `requests` are those that went
    out until now.
    """

    url: str
    address: Text  # what an address has to be, told where it is not
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    account: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_bundle: str | None = None
    requests: Requests = field(default_factory=Requests)
    _session: Session | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Check the address: a secret is sent to it.

        Raises:
            ConfigError: it is no address, or not encrypted.
        """
        try:
            parts = urlsplit(self.url)
            parts.port  # noqa: B018 - a port that is none raises
        except ValueError:
            raise ConfigError(self.address) from None
        plain = parts.scheme == "http" and is_local(self.url)
        if not parts.hostname or parts.username or not (parts.scheme == "https" or plain):
            raise ConfigError(self.address)

    def send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Response:
        """Send one request, once, and read its whole answer.

        Raises:
            Unavailable: no answer, or one without an end; nothing is sent to another server.
            AccessError: TLS that is not trusted.
        """
        import requests

        here = same(self.url)
        if origin(url) != origin(self.url):
            raise Unavailable(_ELSEWHERE.format(url=here))
        post = method not in _READS
        self.requests = Requests(self.requests.get + (not post), self.requests.post + post)
        try:
            with self._open().request(
                method,
                url,
                data=body,
                headers=dict(headers),
                timeout=PATIENCE,
                allow_redirects=False,
                stream=True,
            ) as answer:
                content = bytearray()
                for piece in answer.iter_content(65_536):
                    content += piece
                    if len(content) > _LARGEST:
                        raise Unavailable(_TOO_MUCH.format(url=here))
                answer._content = bytes(content)
        except requests.exceptions.SSLError:
            raise AccessError(_TLS.format(url=here)) from None
        except requests.RequestException as error:
            why = same(type(error).__name__)
            raise Unavailable(_AWAY.format(url=here, why=why)) from None
        return answer

    def _open(self) -> Session:
        if self._session is None:
            from importlib.metadata import version

            import requests
            from requests.auth import HTTPBasicAuth

            self._session = requests.Session()
            self._session.trust_env = False
            self._session.verify = self.ca_bundle or True
            self._session.headers["User-Agent"] = f"wikibot/{version('wikibot')}"
            for name, value in self.headers.items():
                self._session.headers[name] = value.encode("utf-8")
            if self.account is not None:
                secret = (self.password or "").encode("utf-8")
                self._session.auth = HTTPBasicAuth(self.account.encode("utf-8"), secret)
        return self._session


def origin(url: str) -> tuple[str, str]:
    """Return what tells one server from another."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def is_local(url: str) -> bool:
    """Return whether an address is of this machine."""
    return urlsplit(url).hostname in _LOCAL


_AWAY = Text("{url} ne répond pas ({why}).", "{url} does not answer ({why}).")
_TLS = Text("Le certificat de {url} n'est pas reconnu.", "The certificate of {url} is not trusted.")
_TOO_MUCH = Text("{url} répond sans fin.", "{url} answers without end.")
_ELSEWHERE = Text(
    "{url} renvoie à un autre serveur, à qui rien n'est demandé.",
    "{url} points to another server, which is not asked anything.",
)
