"""Requests to one WebDAV collection: nothing redirected, nothing repeated, nothing unbounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from wikibot.edits import Requests
from wikibot.errors import AccessError, ConfigError, InputError, Unavailable
from wikibot.language import Text, same

if TYPE_CHECKING:
    from requests import Response, Session

_PATIENCE = (10, 120)  # seconds: to connect, to be answered
_LARGEST = 64 * 1024 * 1024  # bytes of an answer
_LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass
class Dav:
    """The collection at `url`; `requests` are those that went out until now."""

    url: str
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
        parts = urlsplit(self.url)
        plain = parts.scheme == "http" and parts.hostname in _LOCAL
        if not parts.hostname or parts.username or not (parts.scheme == "https" or plain):
            raise ConfigError(_ADDRESS)
        self.url = f"{self.url.rstrip('/')}/"

    def parsed(self, answer: Response) -> Any:
        """Return the root element of an answer.

        Raises:
            Unavailable: it is no XML, or declares entities.
        """
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring

        try:
            return fromstring(answer.content, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            raise Unavailable(_NONSENSE.format(url=same(self.url))) from None

    def ask(
        self,
        method: str,
        url: str,
        body: str,
        *,
        depth: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send one request, once.

        Raises:
            Unavailable: no answer, or one without an end. AccessError: TLS that is not trusted.
        """
        import requests

        kind = "text/calendar" if method == "PUT" else "application/xml"
        sent = {"Content-Type": f"{kind}; charset=utf-8", **(headers or {})}
        if depth is not None:
            sent["Depth"] = depth
        post = method == "PUT"
        self.requests = Requests(self.requests.get + (not post), self.requests.post + post)
        try:
            with self._open().request(
                method,
                url,
                data=body.encode("utf-8"),
                headers=sent,
                timeout=_PATIENCE,
                allow_redirects=False,
                stream=True,
            ) as answer:
                content = bytearray()
                for piece in answer.iter_content(65_536):
                    content += piece
                    if len(content) > _LARGEST:
                        raise Unavailable(_TOO_MUCH.format(url=same(self.url)))
                answer._content = bytes(content)
        except requests.exceptions.SSLError:
            raise AccessError(_TLS.format(url=same(self.url))) from None
        except requests.RequestException as error:
            why = same(type(error).__name__)
            raise Unavailable(_AWAY.format(url=same(self.url), why=why)) from None
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
            if self.account is not None:
                secret = (self.password or "").encode("utf-8")
                self._session.auth = HTTPBasicAuth(self.account.encode("utf-8"), secret)
        return self._session

    def refusal(self, status: int) -> AccessError | InputError | Unavailable:
        """Return the error of an answer that is not the one expected."""
        url = same(self.url)
        if status in (401, 403):
            return AccessError(_ACCESS.format(url=url, status=status), _ACCESS_ADVICE)
        if 300 <= status < 400:
            return InputError(_MOVED.format(url=url))
        if status in (404, 405, 410):
            return InputError(_NO_LIST.format(url=url))
        return Unavailable(_ANSWERS.format(url=url, status=status))


def origin(url: str) -> tuple[str, str]:
    """Return what tells one server from another."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


_ADDRESS = Text(
    "L'adresse d'une liste de tâches commence par https:// et ne contient ni compte ni secret.",
    "The address of a list of tasks begins with https:// and holds neither account nor secret.",
)
_NO_LIST = Text(
    "{url} n'est pas une liste de tâches (CalDAV). Copiez l'adresse que donne le serveur pour "
    "cette liste.",
    "{url} is no list of tasks (CalDAV). Copy the address that the server gives for that list.",
)
_ACCESS = Text("{url} refuse l'accès (code {status}).", "{url} refuses access (status {status}).")
_ACCESS_ADVICE = Text(
    "Vérifiez le compte et le secret ; sur Nextcloud, créez un mot de passe d'application.",
    "Check account and secret; on Nextcloud, make an app password.",
)
_MOVED = Text(
    "{url} renvoie à une autre adresse, qui n'est pas suivie. Donnez l'adresse définitive.",
    "{url} redirects, which is not followed. Give the final address.",
)
_ANSWERS = Text(
    "{url} ne peut pas répondre maintenant (code {status}).",
    "{url} cannot answer now (status {status}).",
)
_AWAY = Text("{url} ne répond pas ({why}).", "{url} does not answer ({why}).")
_TLS = Text("Le certificat de {url} n'est pas reconnu.", "The certificate of {url} is not trusted.")
_NONSENSE = Text("{url} répond autre chose que du CalDAV.", "{url} answers no CalDAV.")
_TOO_MUCH = Text("{url} répond sans fin.", "{url} answers without end.")
