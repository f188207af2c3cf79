"""The report by mail, to a small server of this machine."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest

from tests.servers import MailServer, mail_server
from tests.wiki.certificates import self_signed
from wikibot.config import MailTable
from wikibot.errors import AccessError, ConfigError, Unavailable, WikibotError
from wikibot.jobs.nightly.mail import send_mail

SECRET = "canari-du-courriel-4711"
TEXT = "Nuit du 31 janvier : « tout est fait ».\n"


def table(server: MailServer, **keys: object) -> MailTable:
    usual = {"host": "127.0.0.1", "port": server.port, "security": "none"}
    people = {"to": ["equipe@example.org", "nuit@example.org"], "sender": "robot@example.org"}
    return MailTable.model_validate({**usual, **people, **keys})


def test_a_message_is_sent_once_to_everybody() -> None:
    with mail_server(MailServer()) as server:
        send_mail(table(server), None, "wikibot : tout est fait", TEXT)
    (message,) = server.messages
    assert message["To"] == "equipe@example.org, nuit@example.org"
    assert message["From"] == "robot@example.org"
    assert message["Subject"] == "wikibot : tout est fait"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == TEXT
    assert not server.logins


def test_the_account_logs_in_over_starttls_that_is_trusted(tmp_path: Path) -> None:
    file = tmp_path / "server.pem"
    self_signed(file, 2)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    offered = MailServer(
        offers=("STARTTLS", "AUTH PLAIN"), accounts=(("robot", SECRET),), context=context
    )
    with mail_server(offered) as server:
        wanted = table(server, security="starttls", account="robot")
        send_mail(wanted, SECRET, "essai", TEXT, tmp_path / "cert.pem")
        assert server.logins == [("robot", SECRET)]
        assert server.encrypted == [True]
        with pytest.raises(AccessError):
            send_mail(wanted, SECRET, "essai", TEXT)  # nobody vouches for it
        assert len(server.logins) == len(server.messages) == 1


def test_without_the_encryption_that_is_wanted_nothing_is_told() -> None:
    with (
        mail_server(MailServer(accounts=(("robot", SECRET),))) as server,
        pytest.raises(AccessError, match="NotSupported"),
    ):
        send_mail(table(server, security="starttls", account="robot"), SECRET, "essai", TEXT)
    assert not server.logins
    assert not server.messages
    assert not any(line.startswith(("AUTH", "MAIL")) for line in server.said)


def test_a_refused_login_does_not_repeat_what_the_server_says() -> None:
    with mail_server(MailServer()) as server, pytest.raises(AccessError) as told:
        send_mail(table(server, account="robot"), SECRET, "essai", TEXT)
    assert SECRET not in f"{told.value.message} {told.value.message.fr} {told.value!r}"
    assert not server.messages


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA"])
def test_a_refused_message_is_told(word: str) -> None:
    with mail_server(MailServer(refuse=word)) as server, pytest.raises(AccessError) as told:
        send_mail(table(server), None, "essai", TEXT)
    assert told.value.code == "mail-refused"


def test_a_server_that_is_not_there_is_a_matter_of_waiting() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = MailServer(port=free.getsockname()[1])
    with pytest.raises(Unavailable):
        send_mail(table(gone), None, "essai", TEXT)


@pytest.mark.parametrize(
    ("keys", "error"),
    [({"account": "robot"}, ConfigError), ({"to": ["@@@ <>,"]}, WikibotError)],
)
def test_what_is_configured_wrongly_sends_nothing(
    keys: dict[str, object], error: type[Exception]
) -> None:
    with mail_server(MailServer(refuse="RCPT")) as server, pytest.raises(error):
        send_mail(table(server, **keys), None, "essai", TEXT)
    assert not server.messages
