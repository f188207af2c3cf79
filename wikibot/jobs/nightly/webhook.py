"""The report of a night to a chat room, by an incoming webhook.

The shape is the one that Mattermost, Slack and the webhooks of Matrix bridges share: one JSON
object with a `text`. The address is the secret: no message repeats it.
"""

from __future__ import annotations

import json
from pathlib import Path

from wikibot.errors import AccessError, ConfigError, Unavailable
from wikibot.language import Text, same
from wikibot.trackers.http import Server


def send_webhook(url: str | None, text: str, bundle: Path | None = None) -> None:
    """Send a text, once; no redirect is followed.

    Raises:
        ConfigError: the address is missing, or is neither https nor of this machine.
        AccessError: the server does not take it, or is not trusted. Unavailable: no answer.
    """
    if not url:
        raise ConfigError(_NO_ADDRESS)
    server = Server(url, _ADDRESS, ca_bundle=str(bundle) if bundle else None)
    body = json.dumps({"text": text}, ensure_ascii=False).encode()
    try:
        answer = server.send("POST", url, body, {"Content-Type": "application/json"})
    except AccessError:
        raise AccessError(_UNTRUSTED, code="webhook-tls") from None
    except Unavailable:
        raise Unavailable(_AWAY, code="webhook-away") from None
    status = int(answer.status_code)
    if not 200 <= status < 300:
        kind = Unavailable if status >= 500 or status == 429 else AccessError
        raise kind(_REFUSED.format(status=same(status)), code=f"webhook-{status}")


_NO_ADDRESS = Text(
    "[nightly.report.webhook] : l'adresse du salon manque.",
    "[nightly.report.webhook]: the address of the chat room is missing.",
)
_ADDRESS = Text(
    "[nightly.report.webhook] : l'adresse commence par https://.",
    "[nightly.report.webhook]: the address begins with https://.",
)
_UNTRUSTED = Text(
    "Le certificat du salon (webhook) n'est pas reconnu.",
    "The certificate of the chat room (webhook) is not trusted.",
)
_AWAY = Text(
    "Le salon (webhook) ne répond pas.", "The chat room (webhook) does not answer."
)  # fmt: skip
_REFUSED = Text(
    "Le salon (webhook) n'a pas pris le rapport (code {status}).",
    "The chat room (webhook) has not taken the report (status {status}).",
)
