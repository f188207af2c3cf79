"""Tasks of iCalendar: what they say, and that nothing else of them changes."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.actions.sync_values import Value
from wikibot.errors import SaveError
from wikibot.trackers.vtodo import (
    Line,
    NoCalendar,
    Stages,
    entry_of,
    lines_of,
    text_of,
    todos,
)
from wikibot.trackers.vtodo_changes import changed

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
DONE = frozenset(("Fait", "Close"))
STAGES = Stages(("A faire", "En cours", "Fait"), {}, DONE)
FIVE = Stages(("A faire", "En cours", "En revue", "Fait", "Close"), {}, DONE)


def todo(*lines: str) -> list[Line]:
    text = "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VTODO", "UID:u1", *lines, "END:VTODO"))
    found = lines_of(f"{text}\r\nEND:VCALENDAR\r\n")
    ((start, end),) = todos(found)
    return found[start:end]


def put(before: list[Line], stages: Stages = STAGES, **new: Value) -> list[Line]:
    return changed(before, new, "7", "s1", stages, NOW)


@pytest.mark.parametrize(
    ("lines", "stage"),
    [
        ((), "A faire"),
        (("STATUS:NEEDS-ACTION",), "A faire"),
        (("STATUS:IN-PROCESS", "PERCENT-COMPLETE:30"), "En cours"),
        (("STATUS:COMPLETED",), "Fait"),
        (("PERCENT-COMPLETE:100",), "Fait"),
        (("COMPLETED:20260101T000000Z",), "Fait"),
        (("STATUS:CANCELLED",), None),
    ],
)
def test_a_status_is_a_stage(lines: tuple[str, ...], stage: str | None) -> None:
    assert entry_of(todo(*lines), STAGES).values["stage"] == stage


def test_a_status_means_what_is_configured() -> None:
    own = Stages(STAGES.names, {"CANCELLED": "Fait"}, DONE)
    assert entry_of(todo("STATUS:CANCELLED"), own).values["stage"] == "Fait"


@pytest.mark.parametrize("stage", FIVE.names)
def test_stages_of_one_status_are_told_apart_by_a_category(stage: str) -> None:
    after = put(todo("CATEGORIES:eau"), FIVE, stage=stage)
    found = entry_of(after, FIVE)
    assert (found.values["stage"], found.values["labels"]) == (stage, ("eau",))
    back = entry_of(put(after, FIVE, stage="A faire"), FIVE)
    assert (back.values["stage"], back.values["labels"]) == ("A faire", ("eau",))


def test_who_ticks_a_task_off_means_the_column_and_not_that_it_is_closed() -> None:
    assert entry_of(todo("STATUS:COMPLETED"), FIVE).values["stage"] == "Fait"


def test_who_ticks_a_task_off_and_on_again_as_nextcloud_does() -> None:
    done = put(todo("STATUS:IN-PROCESS", "PERCENT-COMPLETE:30"), stage="Fait")
    text = text_of(done)
    assert "PERCENT-COMPLETE:100" in text and "COMPLETED:20260131T120000Z" in text
    back = text_of(put(done, stage="En cours"))
    assert "PERCENT-COMPLETE:50" in back and "\r\nCOMPLETED:" not in back
    assert "PERCENT-COMPLETE:30" in text_of(
        put(todo("STATUS:NEEDS-ACTION", "PERCENT-COMPLETE:30"), stage="En cours")
    )


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("DUE;VALUE=DATE:20260301", "2026-03-01"),
        ("DUE:20260301T235900Z", "2026-03-01"),
        ("DUE;TZID=Europe/Paris:20260301T100000", "2026-03-01"),
        ("DUE:20261301", None),
        ("DUE:demain", None),
    ],
)
def test_a_due_date_is_a_day(line: str, due: str | None) -> None:
    assert entry_of(todo(line), STAGES).values["due"] == due


def test_the_hour_of_a_due_date_stays() -> None:
    after = text_of(put(todo("DUE;TZID=Europe/Paris:20260301T100000"), due="2027-02-03"))
    assert "DUE;TZID=Europe/Paris:20270203T100000\r\n" in after
    assert "DUE;VALUE=DATE:20270203\r\n" in text_of(put(todo(), due="2027-02-03"))
    assert "DUE" not in text_of(put(todo("DUE;VALUE=DATE:20260301"), due=""))
    with pytest.raises(SaveError):
        put(todo("DTSTART:20260101", "DURATION:P1D"), due="2027-02-03")


def test_a_task_that_repeats_is_left_alone() -> None:
    assert entry_of(todo("RRULE:FREQ=DAILY"), STAGES).trouble is not None


@pytest.mark.parametrize(
    "text",
    ["", "bonjour", "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\n", "BEGIN:VTODO\nEND:VCALENDAR\n", "a:b"],
)
def test_what_is_cut_off_is_no_calendar(text: str) -> None:
    with pytest.raises(NoCalendar):
        lines_of(text)


FOREIGN = st.lists(
    st.sampled_from(
        (
            "X-A:1",
            'X-B;P="a:b;c":d\\,e',
            "ATTENDEE;CN=Alix:mailto:alix@example.org",
            "X-LONG:une ligne\r\n  pliée\r\n\tdeux fois",
            "BEGIN:VALARM\r\nSUMMARY:alarme\r\nDUE:20260101\r\nEND:VALARM",
            "DTSTART;VALUE=DATE:20260101",
        )
    ),
    max_size=4,
)
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n;,\\:é🌱"), max_size=200
)


@given(foreign=FOREIGN, summary=TEXTS, details=TEXTS, labels=st.sets(TEXTS, max_size=3))
def test_every_other_line_stays_as_it_is_and_each_value_reads_back(
    foreign: list[str], summary: str, details: str, labels: set[str]
) -> None:
    before = todo(*foreign)
    kept = tuple(sorted({label.strip() for label in labels} - {"", *STAGES.names}))
    after = put(before, summary=summary, details=details, labels=kept)
    found = entry_of(after, STAGES)
    assert found.values["summary"] == summary
    assert found.values["details"] == details
    assert found.values["labels"] == kept
    assert (found.page, found.stamp) == ("7", "s1")
    raw = {line.raw for line in after}
    assert all(line.raw in raw for line in before)
    assert all(
        len(piece.encode()) <= 75 for piece in text_of(put(todo(), summary=summary)).split("\r\n")
    )
    whole = f"BEGIN:VCALENDAR\r\n{text_of(after)}END:VCALENDAR\r\n"
    (other,) = icalendar.Calendar.from_ical(whole).walk("VTODO")
    assert f"{other.get('SUMMARY', '')}" == summary, "another program reads the same"
