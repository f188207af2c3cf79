"""A proxy that the configuration names; its password is shown nowhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from wikibot.errors import ConfigError
from wikibot.language import Text
from wikibot.redaction import hide

Proxies = Callable[[], dict[str, str]]
_CONNECTING = re.compile(r"Tunnel connection failed: (\d{3})")


def no_proxy() -> dict[str, str]:
    """Go straight to the wiki."""
    return {}


def proxies(given: str | None) -> Proxies:
    """Return what tells requests to go through a proxy, `http://[user:password@]host:port`.

    It is a function, for what is kept in it appears in no representation of an object.

    Raises:
        ConfigError: it is no such address; the address itself is not repeated.
    """
    if not given:
        return no_proxy
    _hide_password(given)
    try:
        parts = urlsplit(given.strip())
        usable = parts.scheme == "http" and bool(parts.hostname) and parts.port is not None
        usable = usable and parts.path in ("", "/") and not parts.query and not parts.fragment
        unquote(parts.netloc).encode("latin-1")  # as requests sends it (RFC 7617 leaves it open)
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError(
            Text(
                "La clé « proxy » n'est pas l'adresse d'un serveur mandataire.",
                "The key “proxy” is not the address of a proxy.",
            ),
            Text(
                "Écrivez http://machine:port, ou http://compte:mot-de-passe@machine:port.",
                "Write http://host:port, or http://user:password@host:port.",
            ),
        )
    address = given.strip()

    def through() -> dict[str, str]:
        return {"http": address, "https": address}

    return through


def _hide_password(given: str) -> None:
    """Hide what is secret in a proxy's address, however badly that is made.

    All between the first colon after the scheme and the last @ counts.
    """
    before, at, _ = given.split("://", 1)[-1].rpartition("@")
    user, colon, password = before.partition(":")
    if at and colon and password:
        hide(password)
        plain = hide(unquote(password), user=unquote(user))
        sent = f"{unquote(user)}:{plain}".encode("latin-1", "replace")
        hide(b64encode(sent).decode())


def refusal(words: str) -> int | None:
    """Return the status with which a proxy refused to connect, from the words of an error."""
    told = _CONNECTING.search(words)
    return int(told[1]) if told else None
