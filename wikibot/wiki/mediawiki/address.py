"""The address of a MediaWiki API: checked before anything is sent to it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from wikibot.errors import ConfigError
from wikibot.language import Text

_SCRIPT = re.compile(r"(?P<path>/(?:[^/?#]+/)*)api(?P<extension>\.\w+)")

_ADVICE = Text(
    "L'adresse de l'API commence par https:// et finit d'ordinaire par api.php ; "
    "la page Spécial:Version du wiki l'indique.",
    "The address of the API starts with https:// and usually ends with api.php; "
    "the page Special:Version of the wiki tells it.",
)


@dataclass(frozen=True)
class Address:
    """Where the API of a wiki is, in the parts that mwclient wants apart."""

    scheme: str
    host: str  # with the port, if one was given
    path: str  # from slash to slash
    extension: str  # ".php"
    loopback: bool

    @property
    def url(self) -> str:
        """Return the whole address."""
        return f"{self.scheme}://{self.host}{self.path}api{self.extension}"

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read an address such as `https://wiki.example.org/w/api.php`.

        Raises:
            ConfigError: no such address, a password in it, or `http:` to another machine,
                where anyone on the way could read the password and change the answers.
        """
        try:
            parts = urlsplit(url.strip())
            name, port = parts.hostname or "", parts.port
        except ValueError:
            raise _refused(
                "« {url} » n'est pas une adresse.", "“{url}” is no address.", url
            ) from None
        if "@" in parts.netloc:
            raise ConfigError(
                Text(
                    "L'adresse du wiki contient un nom ou un mot de passe.",
                    "The address of the wiki holds a name or a password.",
                ),
                Text(
                    "Donnez le compte et son secret à part, jamais dans l'adresse.",
                    "Give the account and its secret apart, never within the address.",
                ),
            )
        script = _SCRIPT.fullmatch(parts.path)
        if parts.scheme not in ("http", "https") or not name or not script:
            raise _refused(
                "« {url} » n'est pas l'adresse de l'API d'un wiki.",
                "“{url}” is not the address of a wiki's API.",
                url,
            )
        if parts.query or parts.fragment:
            raise _refused(
                "L'adresse « {url} » continue après api.php.",
                "The address “{url}” goes on after api.php.",
                url,
            )
        loopback = _is_loopback(name)
        if parts.scheme == "http" and not loopback:
            raise ConfigError(
                Text(
                    f"L'adresse « {url} » n'est pas chiffrée (http) : rien ne lui a été envoyé.",
                    f"The address “{url}” is not encrypted (http): nothing was sent to it.",
                ),
                Text("Écrivez https:// au lieu de http://.", "Write https:// instead of http://."),
            )
        host = f"[{name}]" if ":" in name else name
        return cls(
            parts.scheme,
            host if port is None else f"{host}:{port}",
            script["path"],
            script["extension"],
            loopback,
        )


def _refused(fr: str, en: str, url: str) -> ConfigError:
    return ConfigError(Text(fr, en).format(url=url), _ADVICE)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
