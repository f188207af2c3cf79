"""The metrics that nights leave, and the notices by apprise, from whole nights."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.jobs.nightly.test_nights import KEYS, Nights, nights, outcome
from tests.render.test_metrics import of, parsed
from tests.servers import Webhook, webhook_server
from wikibot.errors import ConfigError, Unavailable
from wikibot.language import same
from wikibot.wiki import Wiki

__all__ = ["nights"]
METRICS = KEYS.replace('page = "Nuit"', 'metrics = "wikibot.prom"')
NOTIFY = "\n[nightly.report.notify]\n"


def test_every_night_replaces_the_metrics_with_its_own_numbers(nights: Nights) -> None:
    nights.keys = METRICS
    first = nights.spend()
    told = (nights.folder / "wikibot.prom").read_text()
    assert of(told, "night_edits", state="done") == first.edits == 4
    assert of(told, "night_pages") == 3
    assert of(told, "night_job_completed", job="report") == 1, "the report is told of too"
    rules = parsed(told)["wikibot_night_rule_findings"]
    assert sum(rules.values()) == sum(parsed(told)["wikibot_night_findings"].values())
    nights.spend()
    again = (nights.folder / "wikibot.prom").read_text()
    assert of(again, "night_edits", state="done") < 4
    name = "night_last_success_timestamp_seconds"
    assert of(again, name) - of(told, name) == pytest.approx(24 * 3600, abs=60)
    assert not list(nights.folder.glob(".*")), "nothing half-written stays"


def test_a_night_that_fails_leaves_its_metrics_too(nights: Nights) -> None:
    nights.keys = METRICS

    def away() -> Wiki:
        raise Unavailable(same("loin"))

    nights.spend()
    before = (nights.folder / "wikibot.prom").read_text()
    for night in (nights.spend(wiki=away), nights.spend("check", wiki=away)):
        told = (nights.folder / "wikibot.prom").read_text()
        assert of(told, "night_exit_code") == night.exit_code == 5
        assert of(told, "night_job_completed", job="check") == 0
        name = "night_last_success_timestamp_seconds"
        assert of(told, name) == of(before, name)


def test_a_node_exporter_may_read_them_whatever_the_mask(nights: Nights) -> None:
    nights.keys = METRICS
    before = os.umask(0o077)
    try:
        nights.spend("check")
    finally:
        os.umask(before)
    assert stat.S_IMODE((nights.folder / "wikibot.prom").stat().st_mode) == 0o644


def test_a_trial_leaves_no_metrics(nights: Nights) -> None:
    nights.keys = METRICS
    assert "metrics=preview" in outcome(nights.spend(dry=True), "report").code
    assert not (nights.folder / "wikibot.prom").exists()


@pytest.mark.parametrize("place", ["nulle-part/wikibot.prom", "dossier.prom", "lien.prom"])
def test_a_place_that_takes_no_metrics_is_told_and_the_rest_goes_on(
    nights: Nights, place: str
) -> None:
    nights.keys = METRICS.replace("wikibot.prom", place)
    (nights.folder / "dossier.prom").mkdir()
    (nights.folder / "elsewhere").write_text("hors d'atteinte")
    (nights.folder / "lien.prom").symlink_to(nights.folder / "elsewhere")
    night = nights.spend()
    assert (night.exit_code, outcome(night, "report").code) == (2, "metrics=failed,file=told")
    assert night.edits == 4
    assert (nights.folder / "elsewhere").read_text() == "hors d'atteinte"
    assert place in nights.reports[0]["needs"][-1]


def test_apprise_gets_the_report_and_its_addresses_stay_with_it(nights: Nights) -> None:
    nights.keys = KEYS + NOTIFY
    with webhook_server(Webhook(), "/canari4731") as one, webhook_server(Webhook()) as other:
        urls = "\n".join(hook.url.replace("http", "json", 1) for hook in (one, other))
        nights.environ["WIKIBOT_NOTIFY_URLS"] = urls
        night = nights.spend()
    assert outcome(night, "report").code == "page=told,file=told,notify=told"
    for hook in (one, other):
        (heard,) = hook.heard
        assert "quelqu'un doit regarder" in heard["title"]
        assert "VOC103 × 3" in heard["message"]
    assert nights.environ == {}
    for place, data in nights.everything().items():
        assert b"canari4731" not in data, place


def test_without_apprise_the_night_does_not_begin(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nights.keys = KEYS + NOTIFY
    before = nights.everything()
    monkeypatch.setattr("wikibot.jobs.nightly.notify.find_spec", lambda _: None)
    for dry in (False, True):
        with pytest.raises(ConfigError):
            nights.spend(dry=dry, wiki=lambda: pytest.fail("the wiki was opened"))
    assert nights.everything() == before
