"""What a doctor says of the nights to come."""

from __future__ import annotations

from pathlib import Path

import pytest

import wikibot
from tests.jobs.wikis import MAPPING
from wikibot.config import load_config
from wikibot.jobs.doctor import Setup
from wikibot.wiki.folder import FolderWiki

WAYS = """
[nightly]
fix = ["VOC103"]
[nightly.report]
file = "nuit.txt"
metrics = "mesures/wikibot.prom"
[nightly.report.mail]
to = ["a@example.org"]
sender = "b@example.org"
host = "mail.example.org"
account = "robot"
password_file = "courriel"
[nightly.report.webhook]
credential = "salon"
[nightly.report.notify]
url_file = "adresses"
"""
IDS = ["night", "night-file", "night-metrics", "night-mail", "night-notify"]


def found(folder: Path, keys: str, environ: dict[str, str] | None = None) -> wikibot.Diagnosis:
    (folder / "pages").mkdir(exist_ok=True)
    file = folder / "wikibot.toml"
    file.touch(0o600)
    file.write_text(f'[wiki]\nfolder = "pages"\nstate = "state"\n{keys}')
    config = load_config(file)
    wiki = FolderWiki.open(folder / "pages")
    setup = Setup.of(config.place, config, environ or {}, file)
    return wikibot.doctor(wiki, MAPPING, setup=setup, state=config.state)


def outcomes(diagnosis: wikibot.Diagnosis) -> dict[str, str]:
    return {each.id: each.outcome for each in diagnosis.points if each.id.startswith("night")}


def prepare(folder: Path) -> None:
    (folder / "mesures").mkdir()
    for name in ("courriel", "adresses"):
        (folder / name).touch(0o600)
        (folder / name).write_text("jsons://canari4741\n")


def test_without_a_night_nothing_is_said_of_it(tmp_path: Path) -> None:
    assert outcomes(found(tmp_path, "")) == {}


def test_what_is_ready_is_told_and_what_systemd_hands_over_later_is_left(tmp_path: Path) -> None:
    prepare(tmp_path)
    assert outcomes(found(tmp_path, WAYS)) == dict.fromkeys(IDS, "ok")
    inside = found(tmp_path, WAYS, {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert outcomes(inside) == {**dict.fromkeys(IDS, "ok"), "night-webhook": "warning"}


@pytest.mark.parametrize(
    ("change", "id", "told"),
    [
        ("fermé", "night-notify", "lisible par d'autres"),
        ("sans courriel", "night-mail", "Secret illisible"),
        ("sans mesures", "night-metrics", "ce dossier n'existe pas"),
    ],
)
def test_what_would_fail_in_the_night_is_told_by_day(
    tmp_path: Path, change: str, id: str, told: str
) -> None:
    prepare(tmp_path)
    {
        "fermé": lambda: (tmp_path / "adresses").chmod(0o644),
        "sans courriel": (tmp_path / "courriel").unlink,
        "sans mesures": (tmp_path / "mesures").rmdir,
    }[change]()
    diagnosis = found(tmp_path, WAYS)
    (wrong,) = [each for each in diagnosis.points if each.id == id]
    assert (wrong.outcome, diagnosis.exit_code) == ("warning", 3)
    assert told in wrong.found.fr
    assert wrong.remedy is not None
    assert "canari4741" not in f"{diagnosis.points!r}"


def test_a_night_that_would_not_begin_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path)
    odd = found(tmp_path, WAYS.replace("VOC103", "VOC999"))
    assert (outcomes(odd)["night"], odd.exit_code) == ("failed", 2)
    monkeypatch.setattr("wikibot.jobs.nightly.notify.find_spec", lambda _: None)
    without = found(tmp_path, WAYS)
    (night,) = [each for each in without.points if each.id == "night"]
    assert night.outcome == "failed"
    assert night.remedy is not None
    assert "wikibot[notify]" in night.remedy.fr


def test_a_secret_of_the_environment_is_left_there_for_the_night(tmp_path: Path) -> None:
    prepare(tmp_path)
    (tmp_path / "adresses").unlink()
    environ = {"WIKIBOT_NOTIFY_URLS": "jsons://canari4742"}
    assert outcomes(found(tmp_path, WAYS, environ))["night-notify"] == "ok"
    assert environ == {"WIKIBOT_NOTIFY_URLS": "jsons://canari4742"}
