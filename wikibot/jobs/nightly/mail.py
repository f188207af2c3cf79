"""The report of a night by mail: one message, to one server, over TLS, sent once."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from pathlib import Path

from wikibot.config import MailTable
from wikibot.errors import AccessError, ConfigError, Unavailable
from wikibot.language import Text, same

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_PATIENCE = 30.0  # seconds for each answer


def send_mail(
    table: MailTable, password: str | None, subject: str, text: str, bundle: Path | None = None
) -> None:
    """Send a text; `bundle` are certificates to trust instead of the system's.

    A server that does not offer the encryption that is configured gets neither the account nor
    the text. What it says is not repeated: it may hold what it was sent.

    Raises:
        ConfigError: an address that is none, or a secret that is missing.
        AccessError: the server takes neither the account, nor the message, or is not trusted.
        Unavailable: it does not answer.
    """
    if table.account and not password:
        raise ConfigError(_NO_SECRET)
    port = table.port or _PORTS[table.security]
    place = same(f"{table.host}:{port}")
    try:
        message = _message(table, subject, text)
        context = ssl.create_default_context(cafile=str(bundle) if bundle else None)
        with _server(table, port, context) as server:
            if table.security == "starttls":
                server.starttls(context=context)
            if table.account:
                server.login(table.account, password or "")
            server.send_message(message)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
        why = same(type(error).__name__)
        raise AccessError(_NOT_TAKEN.format(place=place, why=why), code="mail-access") from None
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
        why = Text("expéditeur, destinataire ou message refusé", "sender, recipient or message")
        raise AccessError(_NOT_TAKEN.format(place=place, why=why), code="mail-refused") from None
    except (OSError, smtplib.SMTPException) as error:
        why = same(type(error).__name__)
        raise Unavailable(_AWAY.format(place=place, why=why), code="mail-away") from None
    except ValueError:  # an address with signs that no header takes
        raise ConfigError(_ADDRESS) from None


def _server(table: MailTable, port: int, context: ssl.SSLContext) -> smtplib.SMTP:
    if table.security == "tls":
        return smtplib.SMTP_SSL(table.host, port, timeout=_PATIENCE, context=context)
    return smtplib.SMTP(table.host, port, timeout=_PATIENCE)


def _message(table: MailTable, subject: str, text: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = table.sender
    message["To"] = ", ".join(table.to)
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice comes back
    message.set_content(text)
    return message


_NO_SECRET = Text(
    "[nightly.report.mail] : le secret du compte manque.",
    "[nightly.report.mail]: the secret of the account is missing.",
)
_ADDRESS = Text(
    "[nightly.report.mail] : une adresse de courriel ne peut pas s'écrire ainsi.",
    "[nightly.report.mail]: a mail address cannot be written so.",
)
_NOT_TAKEN = Text(
    "Le serveur de courriel {place} n'a pas pris le rapport ({why}).",
    "The mail server {place} has not taken the report ({why}).",
)
_AWAY = Text(
    "Le serveur de courriel {place} ne répond pas ({why}).",
    "The mail server {place} does not answer ({why}).",
)
