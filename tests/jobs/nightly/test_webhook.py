"""The report to a chat room, a small server of this machine."""

from __future__ import annotations

import pytest

from tests.servers import Webhook, webhook_server
from wikibot.errors import AccessError, ConfigError, Unavailable, WikibotError
from wikibot.jobs.nightly.webhook import send_webhook

CANARY = "canari-du-salon-4712"


def test_one_text_is_sent() -> None:
    with webhook_server(Webhook()) as hook:
        send_webhook(hook.url, "La nuit :\n- « tout est fait »")
    assert hook.heard == [{"text": "La nuit :\n- « tout est fait »"}]


@pytest.mark.parametrize(
    ("status", "error"), [(404, AccessError), (403, AccessError), (500, Unavailable)]
)
def test_a_room_that_takes_nothing_is_told_without_its_address(
    status: int, error: type[WikibotError]
) -> None:
    with (
        webhook_server(Webhook(status=status), f"/{CANARY}") as hook,
        pytest.raises(error) as told,
    ):
        send_webhook(hook.url, "essai")
    assert str(status) in told.value.message.fr
    assert CANARY not in f"{told.value.message.fr} {told.value.message.en} {told.value!r}"


def test_a_redirect_is_not_followed() -> None:
    with webhook_server(Webhook()) as other:
        with (
            webhook_server(Webhook(status=307, location=other.url)) as hook,
            pytest.raises(AccessError),
        ):
            send_webhook(hook.url, "essai")
        assert not other.heard


@pytest.mark.parametrize(
    "url", [None, "", f"http://chat.example.org/{CANARY}", f"ftp://x/{CANARY}", CANARY]
)
def test_only_an_encrypted_address_will_do(url: str | None) -> None:
    with pytest.raises(ConfigError) as told:
        send_webhook(url, "essai")
    assert CANARY not in f"{told.value.message.fr} {told.value.message.en}"


def test_a_room_that_is_gone_is_a_matter_of_waiting() -> None:
    with webhook_server(Webhook(), f"/{CANARY}") as hook:
        url = hook.url
    with pytest.raises(Unavailable) as told:
        send_webhook(url, "essai")
    assert CANARY not in told.value.message.fr
