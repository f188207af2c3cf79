from __future__ import annotations

from pathlib import Path

import pytest

from wikibot.config import Config, NightlyTable, ReportTable, load_config
from wikibot.config.nightly import EVERY, MailTable, NotifyTable, WebhookTable
from wikibot.errors import ConfigError
from wikibot.redaction import redacted

HEAD = '[wiki]\nfolder = "pages"\n[trackers.equipe]\nkind = "workbook"\npath = "a.xlsx"\n'
WHOLE = """
[nightly]
jobs = ["pull", "fix", "check", "sync", "overview", "report"]
fix = ["VOC103"]
pages_per_fix = 20
trackers = ["equipe"]
overview = ["apercu.html", "apercu.xlsx"]
overview_history = true
publish = "Projet:Aperçu"
publish_actions = ["Haies"]
edits_per_night = 40
deadline_minutes = 90

[nightly.report]
file = "nuit.txt"
metrics = "metrics/wikibot.prom"
page = "Projet:Nuit"
only_when = "trouble"

[nightly.report.mail]
to = ["equipe@example.org"]
sender = "robot@example.org"
host = "mail.example.org"
port = 2525
security = "tls"
account = "robot"
password_file = "courriel.txt"
ca_bundle = "ca.pem"

[nightly.report.webhook]
url_file = "salon.txt"
ca_bundle = "ca.pem"

[nightly.report.notify]
url_file = "adresses.txt"
"""


def load(folder: Path, text: str) -> Config:
    file = folder / "wikibot.toml"
    file.write_text(HEAD + text)
    return load_config(file)


def test_every_key_is_read(tmp_path: Path) -> None:
    night = load(tmp_path, WHOLE).nightly
    assert night.jobs[1:3] == ("fix", "check")
    assert (night.fix, night.trackers, night.publish_actions) == (
        ("VOC103",), ("equipe",), ("Haies",),
    )  # fmt: skip
    assert (night.edits_per_night, night.deadline_minutes, night.pages_per_fix) == (40, 90, 20)
    assert (night.report.page, night.report.only_when) == ("Projet:Nuit", "trouble")
    assert night.report.mail is not None
    assert night.report.mail.security == "tls"


def test_all_keys_but_the_other_sources_of_secrets_are_covered_by_these_tests() -> None:
    left = {
        key
        for table in (NightlyTable, ReportTable, MailTable, WebhookTable, NotifyTable)
        for key in table.model_fields
        if f"{key} =" not in WHOLE
    }
    assert left == {
        "report", "mail", "webhook", "notify", "password_command", "credential", "url_command",
    }  # fmt: skip


def test_without_a_table_a_night_changes_nothing_on_the_wiki(tmp_path: Path) -> None:
    night = load(tmp_path, "").nightly
    assert night.jobs == ("pull", "check", "fix", "sync", "overview", "report")
    assert (night.fix, night.publish, night.publish_actions, night.report) == (
        (), None, (), ReportTable(),
    )  # fmt: skip


def test_all_pages_are_one_word(tmp_path: Path) -> None:
    assert load(tmp_path, '[nightly]\npublish_actions = "all"\n').nightly.publish_actions == EVERY


MAIL = '[nightly.report.mail]\nto = ["a@example.org"]\nsender = "b@example.org"\nhost = "{}"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[nightly]\njob = []\n", "nightly.job: clé inconnue ; vouliez-vous dire « jobs » ?"),
        ('[nightly]\njobs = ["chek"]\n', "vouliez-vous dire « check »"),
        ('[nightly]\njobs = ["pull", "pull"]\n', "un travail y est deux fois"),
        ('[nightly]\njobs = ["report", "pull"]\n', "« report » vient en dernier"),
        ("[nightly]\njobs = []\n", "une liste qui n'est pas vide"),
        ('[nightly]\ntrackers = ["equip"]\n', "vouliez-vous dire « equipe »"),
        ("[nightly]\nedits_per_night = 0\n", "un nombre plus grand que zéro"),
        ("[nightly]\npublish_actions = 3\n", "une liste entre crochets"),
        (MAIL.format("mail.example.org") + 'security = "none"\n', "est cette machine"),
        (MAIL.format("localhost") + 'password_file = "x"\n', "demande un compte"),
        (
            MAIL.format("h") + 'account = "a"\npassword_file = "x"\ncredential = "y"\n',
            "d'un seul endroit",
        ),
        (MAIL.format("h").replace("b@example.org", "robot"), "contient un @"),
        ('[nightly.report.webhook]\nurl_file = "a"\ncredential = "b"\n', "d'un seul endroit"),
        ('[nightly.report.notify]\nurl_file = "a"\nurl_command = ["b"]\n', "d'un seul endroit"),
        ('[nightly.report]\nmetrics = "mesures.txt"\n', "finit par .prom"),
    ],
)
def test_what_is_wrong_is_told_by_where_it_stands(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, text)
    assert told in error.value.message.fr
    assert "nightly" in error.value.message.fr


def test_the_address_of_a_room_written_into_the_file_is_refused_and_not_repeated(
    tmp_path: Path,
) -> None:
    secret = "https://chat.example.org/hooks/canari4714"
    with pytest.raises(ConfigError) as error:
        load(tmp_path, f'[nightly.report.webhook]\nurl = "{secret}"\n')
    assert "canari4714" not in error.value.message.fr


def test_secrets_come_from_a_file_or_the_environment_and_are_hidden(tmp_path: Path) -> None:
    for name, secret in (("courriel.txt", "canari-a-4715"), ("salon.txt", "https://x/canari4716")):
        (tmp_path / name).touch(0o600)
        (tmp_path / name).write_text(f"{secret}\n")
    config = load(tmp_path, WHOLE)
    assert config.mail_password({}) == "canari-a-4715"
    assert config.webhook_url({}) == "https://x/canari4716"
    environ = {"WIKIBOT_MAIL_PASSWORD": "canari-b-4717", "WIKIBOT_WEBHOOK_URL": "https://y/4718"}
    assert config.mail_password(environ) == "canari-b-4717"
    assert config.webhook_url(environ) == "https://y/4718"
    assert environ == {}
    assert redacted("canari-a-4715 https://x/canari4716 canari-b-4717") == "*** *** ***"
    (tmp_path / "salon.txt").chmod(0o644)
    with pytest.raises(ConfigError, match="open to others"):
        config.webhook_url({})


def test_the_addresses_of_apprise_stand_one_a_line_and_are_hidden_each(tmp_path: Path) -> None:
    (tmp_path / "adresses.txt").touch(0o600)
    (tmp_path / "adresses.txt").write_text("ntfys://canari4719\n\n  mmosts://x/canari4720\r\n")
    config = load(tmp_path, WHOLE)
    assert config.notify_urls({}) == ("ntfys://canari4719", "mmosts://x/canari4720")
    environ = {"WIKIBOT_NOTIFY_URLS": "jsons://canari4721"}
    assert config.notify_urls(environ) == ("jsons://canari4721",)
    assert environ == {}
    told = redacted("jsons://canari4721 mmosts://x/canari4720 ntfys://canari4719")
    assert told == "*** *** ***"
    assert load(tmp_path, "").notify_urls({"WIKIBOT_NOTIFY_URLS": "x"}) == ()


def test_without_mail_or_room_there_is_no_secret(tmp_path: Path) -> None:
    config = load(tmp_path, "")
    assert config.mail_password({"WIKIBOT_MAIL_PASSWORD": "x"}) is None
    assert config.webhook_url({"WIKIBOT_WEBHOOK_URL": "x"}) is None
