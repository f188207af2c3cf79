from __future__ import annotations

import pytest

from wikibot.config import NightlyTable
from wikibot.errors import ConfigError
from wikibot.jobs.nightly.planning import codes_to_fix, form_of, parts_of


def parts(only: tuple[str, ...] = (), /, **keys: object) -> list[tuple[str, str]]:
    table = NightlyTable.model_validate(keys)
    return [(part.job, part.what) for part in parts_of(table, ("equipe", "autre"), only)]


def test_the_parts_are_in_the_order_of_the_configuration() -> None:
    assert parts(jobs=["fix", "check", "report"]) == [("fix", ""), ("check", ""), ("report", "")]


def test_each_tracker_is_a_part_and_so_is_each_thing_that_is_shown() -> None:
    assert parts(jobs=["sync"]) == [("sync", "equipe"), ("sync", "autre")]
    assert parts(jobs=["sync"], trackers=["autre"]) == [("sync", "autre")]
    assert parts(jobs=["sync"], trackers=[]) == []
    shown = parts(jobs=["overview"], overview=["a.html"], publish="P", publish_actions="all")
    assert shown == [("overview", "files"), ("overview", "page"), ("overview", "actions")]
    assert parts(jobs=["overview"]) == []


def test_jobs_that_are_asked_for_are_the_only_ones() -> None:
    assert parts(("check", "pull")) == [("pull", ""), ("check", "")]
    assert parts(("fix",), jobs=["check"]) == [("fix", "")]
    assert parts(("fix", "report"), jobs=["report"]) == [("fix", ""), ("report", "")]


@pytest.mark.parametrize(
    ("file", "form"), [("a.html", "html"), ("b.XLSX", "xlsx"), ("c.zip", "csv"), ("d.ods", "ods")]
)
def test_the_name_of_a_file_tells_its_form(file: str, form: str) -> None:
    assert form_of(file) == form


def test_a_file_of_no_form_is_told_before_anything_is_done() -> None:
    with pytest.raises(ConfigError, match=r"apercu\.pdf"):
        parts(jobs=["overview"], overview=["apercu.pdf"])


def test_rules_are_known_by_code_and_by_name() -> None:
    table = NightlyTable(fix=("voc103", "term-spelling", "VAL102"))
    assert codes_to_fix(table) == {"VOC103", "VAL102"}


@pytest.mark.parametrize(
    ("rule", "why"), [("VOC999", "Aucune règle"), ("ACT101", "n'a pas de correction sûre")]
)
def test_a_rule_that_cannot_be_left_to_the_night_is_told(rule: str, why: str) -> None:
    with pytest.raises(ConfigError) as told:
        codes_to_fix(NightlyTable(fix=(rule,)))
    assert why in told.value.message.fr
