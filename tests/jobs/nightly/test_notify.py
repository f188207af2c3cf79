"""The report by apprise, for real, to a small server of this machine."""

from __future__ import annotations

import importlib.util
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.servers import Webhook, webhook_server
from wikibot.config import NotifyTable, ReportTable
from wikibot.errors import ConfigError, Unavailable
from wikibot.jobs.nightly.notify import look_at_notify, send_notices

CANARY = "canari-d-apprise-4720"
TEXT = "Nuit du 3 mars :\n- « tout est fait » :smile: \\n <b>\n"


def as_apprise(hook: Webhook, more: str = "") -> str:
    return f"{hook.url.replace('http', 'json', 1)}{more}"


def test_each_address_gets_the_text_as_it_is_and_nothing_is_heard_of_it(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.NOTSET)
    with webhook_server(Webhook()) as one, webhook_server(Webhook(), f"/{CANARY}") as other:
        send_notices([as_apprise(one), as_apprise(other)], "wikibot : tout est fait", TEXT)
    (heard,) = one.heard
    assert heard["title"] == "wikibot : tout est fait"
    assert heard["message"].rstrip() == TEXT.rstrip()
    assert len(other.heard) == 1
    assert other.paths[0].startswith(f"/{CANARY}")
    assert not [record for record in caplog.records if record.name.startswith("apprise")]
    assert capfd.readouterr() == ("", "")


def test_an_address_that_takes_nothing_is_told_by_its_number_and_the_others_get_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.NOTSET)
    with (
        webhook_server(Webhook(status=404), f"/{CANARY}") as bad,
        webhook_server(Webhook()) as good,
        pytest.raises(Unavailable) as told,
    ):
        send_notices([as_apprise(bad), as_apprise(good)], "essai", TEXT)
    assert len(good.heard) == 1
    assert "(n° 1)" in told.value.message.fr
    assert CANARY not in f"{told.value.message.fr} {told.value.message.en} {told.value!r}"
    ours = [record for record in caplog.records if record.name.startswith("apprise")]
    assert not ours


@pytest.mark.parametrize(
    "url",
    [
        f"nulle-part://{CANARY}",
        CANARY,
        f"json://chat.example.org/{CANARY}",
        f"JSON://chat.example.org/{CANARY}",
        f"jsons://chat.example.org/{CANARY}?verify=no",
        f"ntfy://notices.example.org/{CANARY}",
        f"json://127.0.0.1:9/a, json://chat.example.org/{CANARY}",
    ],
)
def test_what_is_not_understood_or_not_encrypted_sends_nothing_at_all(url: str) -> None:
    with webhook_server(Webhook()) as hook, pytest.raises(ConfigError) as told:
        send_notices([as_apprise(hook), url], "essai", TEXT)
    assert not hook.heard
    assert "n° 2" in told.value.message.fr
    assert CANARY not in f"{told.value.message.fr} {told.value.message.en} {told.value!r}"


def test_without_an_address_there_is_nobody_to_tell() -> None:
    with pytest.raises(ConfigError, match="no address"):
        send_notices([], "essai", TEXT)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ReportTable(notify=NotifyTable(url_file="adresses"))
    look_at_notify(wanted)
    usual = importlib.util.find_spec

    def without(name: str, *more: Any) -> Any:
        return None if name == "apprise" else usual(name, *more)

    monkeypatch.setattr("wikibot.jobs.nightly.notify.find_spec", without)
    look_at_notify(ReportTable())
    with pytest.raises(ConfigError) as told:
        look_at_notify(wanted)
    assert told.value.exit_code == 2
    assert told.value.advice is not None
    assert "pip install 'wikibot[notify]'" in told.value.advice.fr


def test_an_apprise_that_breaks_is_a_matter_of_waiting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from apprise import Apprise

    def breaks(*_: object, **__: object) -> bool:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(Apprise, "notify", breaks)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unavailable) as told:
        send_notices(["jsons://chat.example.org/"], "essai", TEXT)
    assert CANARY not in repr(told.value)
    assert not list(tmp_path.iterdir())
