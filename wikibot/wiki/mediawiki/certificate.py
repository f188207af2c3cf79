"""When the certificate of a wiki ends: it is better to know before the night it does."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from urllib.parse import urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from wikibot.wiki.mediawiki.transport import TIMEOUTS, Transport


def certificate_end(transport: Transport) -> datetime | None:
    """Return when the certificate of the wiki's server ends, by one handshake of its own.

    It is checked against the same authorities as every request. None: the connection is not
    encrypted or goes through a proxy, or the server does not answer this once.
    """
    address, session = transport.address, transport.session
    if address.scheme != "https" or transport.proxied:
        return None
    trusted = session.verify if isinstance(session.verify, str) else DEFAULT_CA_BUNDLE_PATH
    parts = urlsplit(address.url)
    host = parts.hostname or ""
    try:
        context = ssl.create_default_context(cafile=trusted)
        with (
            socket.create_connection((host, parts.port or 443), TIMEOUTS[0]) as plain,
            context.wrap_socket(plain, server_hostname=host) as secured,
        ):
            ends = (secured.getpeercert() or {}).get("notAfter")
    except (OSError, ValueError):
        return None
    if not isinstance(ends, str):
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
