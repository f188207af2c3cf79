"""The report of a night to whatever apprise knows: Matrix, XMPP, ntfy, text messages.

apprise is an extra, and imported here alone. An address of its kind holds secrets: no message
repeats it, and what apprise itself says of it (it logs addresses) goes nowhere.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from wikibot.config import ReportTable
from wikibot.errors import ConfigError, Unavailable
from wikibot.language import Text, same

if TYPE_CHECKING:
    from apprise import Apprise

_LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


def look_at_notify(table: ReportTable) -> None:
    """Complain where apprise is wanted and not installed, before the night.

    Raises:
        ConfigError: it is so.
    """
    if table.notify is not None and find_spec("apprise") is None:
        raise ConfigError(_MISSING, _INSTALL)


def send_notices(urls: Sequence[str], subject: str, text: str) -> None:
    """Send a text once to each address; one that takes nothing keeps it from no other.

    Raises:
        ConfigError: no address is given, or apprise does not know one, or it is not encrypted
            and of another machine; then nothing is sent. Unavailable: some did not take it.
    """
    if not urls:
        raise ConfigError(_NO_ADDRESS)
    with _quiet():
        opened = [_opened(url, number) for number, url in enumerate(urls, 1)]
        lost = [n for n, one in enumerate(opened, 1) if not _sent(one, subject, text)]
    if lost:
        numbers = same(", ".join(map(str, lost)))
        raise Unavailable(_NOT_TAKEN.format(numbers=numbers), code="notify")


def _opened(url: str, number: int) -> Apprise:
    from apprise import Apprise, AppriseAsset

    # Nothing on the disk, no thread, no words of its own beside ours.
    asset = AppriseAsset(
        storage_mode="memory", async_mode=False, app_id="wikibot", app_desc="wikibot", app_url=""
    )
    one = Apprise(asset=asset)
    try:
        known = one.add(url)
    except Exception:  # its words may hold the address
        known = False
    if not known or len(one) != 1:
        raise ConfigError(_UNKNOWN.format(number=same(number)), _SEE)
    service = one[0]
    # Where a service has a scheme with TLS and one without, that one was chosen.
    encrypted = _schemes(service.secure_protocol)
    scheme = url.partition(":")[0].lower()
    plain = encrypted and scheme in _schemes(service.protocol) - encrypted
    host = str(getattr(service, "host", None) or "localhost").lower()
    if (plain and host not in _LOCAL) or not service.verify_certificate:
        raise ConfigError(_IN_CLEAR.format(number=same(number)), _SEE)
    return one


def _schemes(given: str | Sequence[str] | None) -> frozenset[str]:
    return frozenset([given] if isinstance(given, str) else given or ())


def _sent(one: Apprise, subject: str, text: str) -> bool:
    from apprise import NotifyFormat

    try:
        return bool(one.notify(body=text, title=subject, body_format=NotifyFormat.TEXT))
    except Exception:  # each service is a program of its own, and fails in its own way
        return False


@contextmanager
def _quiet() -> Iterator[None]:
    """Let nothing be heard of apprise: what it says of an address is a secret."""
    logger = logging.getLogger("apprise")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


_MISSING = Text(
    "[nightly.report.notify] demande apprise, qui n'est pas installé.",
    "[nightly.report.notify] needs apprise, which is not installed.",
)
_INSTALL = Text(
    "Installez-le : pip install 'wikibot[notify]'", "Install it: pip install 'wikibot[notify]'"
)
_NO_ADDRESS = Text(
    "[nightly.report.notify] : il n'y a aucune adresse.",
    "[nightly.report.notify]: there is no address.",
)
_UNKNOWN = Text(
    "[nightly.report.notify] : apprise ne comprend pas l'adresse n° {number}.",
    "[nightly.report.notify]: apprise does not understand address no. {number}.",
)
_IN_CLEAR = Text(
    "[nightly.report.notify] : l'adresse n° {number} n'est pas chiffrée, ou ne vérifie pas le "
    "certificat.",
    "[nightly.report.notify]: address no. {number} is not encrypted, or does not check the "
    "certificate.",
)
_SEE = Text(
    "Une adresse par ligne, telle que la documentation d'apprise la donne.",
    "One address a line, as the documentation of apprise gives it.",
)
_NOT_TAKEN = Text(
    "Le rapport n'est pas parvenu à toutes les adresses d'apprise (n° {numbers}).",
    "The report has not reached all addresses of apprise (no. {numbers}).",
)
