"""What is late on a board: after its day, never before, and nothing that is done."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.support import page, trial_mapping
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.overdue import RULE, is_overdue
from wikibot.edits import Record, records_of
from wikibot.wikitext import FRENCH_WIKI

TODAY = date(2026, 11, 22)


def task(due: str, **others: str) -> Record:
    lines = {"echeance": due, **others}
    text = "{{Tâche\n" + "".join(f"|{name}={value}\n" for name, value in lines.items()) + "}}"
    (record,) = records_of(page(text), trial_mapping(), FRENCH_WIKI)
    return record


@pytest.mark.parametrize(
    "due", ["2026-11-21", "2025-12-31", "31/12/2025", "1er mai 2026", "2026-10", "2025", "mai 2026"]
)
def test_a_date_before_today_is_over(due: str) -> None:
    assert is_overdue(task(due), trial_mapping(), TODAY)


@pytest.mark.parametrize("due", ["2026-11-22", "2026-11-22T08:00:00", "2026-11", "2026", "2027-01"])
def test_a_day_a_month_or_a_year_is_over_after_its_last_day(due: str) -> None:
    assert not is_overdue(task(due), trial_mapping(), TODAY)


@pytest.mark.parametrize("due", ["", "03/04/2026", "01/05/26", "2026-02-31", "bientôt", "{{x}}"])
def test_a_date_that_nobody_can_read_for_certain_makes_nothing_late(due: str) -> None:
    assert not is_overdue(task(due), trial_mapping(), TODAY)


@pytest.mark.parametrize(
    ("others", "late"),
    [
        ({"statut": "Closed"}, False),
        ({"statut": "clos"}, False),
        ({"etiquettes": "Label:Fait"}, False),
        ({"etiquettes": "Fait"}, False),
        ({"statut": "Open", "etiquettes": "Label:En cours"}, True),
        ({"statut": "En pause"}, True),
        ({"etiquettes": "Label:A faire, Label:Fait"}, True),
    ],
)
def test_what_is_done_or_closed_is_never_late(others: dict[str, str], late: bool) -> None:
    assert is_overdue(task("2026-03-01", **others), trial_mapping(), TODAY) == late


def test_the_rule_names_the_date_that_is_over() -> None:
    record = task("2026-03-01", etiquettes="Label:A faire")
    assert RULE.find_among
    (found,) = RULE.find_among(record, trial_mapping(), Neighbours(today=TODAY))
    assert (found.field, found.value, found.severity) == ("echeance", "2026-03-01", "info")
    assert "La date du champ « Échéance », « 2026-03-01 », est passée" in found.message.fr


def test_without_a_clock_the_rule_says_nothing() -> None:
    assert RULE.find_among
    assert list(RULE.find_among(task("2026-03-01"), trial_mapping(), Neighbours())) == []


def test_other_pages_have_no_board_to_be_late_on() -> None:
    (record,) = records_of(page("{{Fiche|debut=2020-01-01}}"), trial_mapping(), FRENCH_WIKI)
    assert not is_overdue(record, trial_mapping(), TODAY)
