"""Requests to one WebDAV collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wikibot.edits import Requests
from wikibot.errors import AccessError, InputError, Unavailable
from wikibot.language import Text, same
from wikibot.trackers.http import Server

if TYPE_CHECKING:
    from requests import Response


@dataclass
class Dav:
    """The collection at `url`."""

    url: str
    account: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_bundle: str | None = None
    _server: Server = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the address: a secret is sent to it.

        Raises:
            ConfigError: it is no address, or not encrypted.
        """
        self._server = Server(
            f"{self.url.rstrip('/')}/",
            _ADDRESS,
            account=self.account,
            password=self.password,
            ca_bundle=self.ca_bundle,
        )
        self.url = self._server.url

    @property
    def requests(self) -> Requests:
        """Return how many requests went out until now."""
        return self._server.requests

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
        kind = "text/calendar" if method == "PUT" else "application/xml"
        sent = {"Content-Type": f"{kind}; charset=utf-8", **(headers or {})}
        if depth is not None:
            sent["Depth"] = depth
        return self._server.send(method, url, body.encode("utf-8"), sent)

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
_NONSENSE = Text("{url} répond autre chose que du CalDAV.", "{url} answers no CalDAV.")
