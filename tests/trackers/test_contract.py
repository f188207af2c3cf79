"""What every tracker does, whatever it is made of: one suite for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.trackers.benches import Bench, CalendarBench, FakeBench, WorkbookBench
from tests.trackers.fake import FakeTracker
from tests.trackers.forges import ForgeBench, forge
from wikibot.actions.sync import Entry
from wikibot.actions.sync_values import Value, normal
from wikibot.title import FRENCH
from wikibot.trackers import Tracker, Wanted, Written

KINDS = ("memory", "new .xlsx", "new .ods", "new .csv", ".xlsx", ".ods", ".csv")
CALENDARS = ("new .ics", ".ics", "server")
FORGES = ("github", "gitlab")


@pytest.fixture(params=KINDS + CALENDARS + FORGES)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    kind: str = request.param
    if kind == "memory":
        yield FakeBench(FakeTracker())
    elif kind == "server":
        yield request.getfixturevalue("task_list")
    elif kind in FORGES:
        with forge(kind) as found:
            yield found
    elif kind.endswith(".ics"):
        calendar = CalendarBench(tmp_path / "actions.ics")
        yield calendar if kind.startswith("new") else calendar.begin()
    elif kind.startswith("new"):
        yield WorkbookBench(tmp_path / f"actions{kind[4:]}")
    else:
        yield WorkbookBench(tmp_path / f"actions{kind}").begin()


VALUES: dict[str, Value] = {"summary": "Relire la charte", "stage": "En cours", "due": "2026-03-01"}


def new(page: str, **values: Value) -> Wanted:
    return Wanted("", page, "s1", {**VALUES, **values}, {})


def write(tracker: Tracker, *wanted: Wanted) -> list[Written]:
    """Write what the tracker holds of it: nothing else is ever asked of it."""
    fields = tracker.fields
    held = [replace(w, new={k: v for k, v in w.new.items() if k in fields}) for w in wanted]
    return list(tracker.write(held))


def side_field(bench: Bench) -> tuple[str, str]:
    """Return a field that may be emptied, and a value for it: not every tracker has days."""
    return ("due", "2027-12-31") if "due" in bench.open().fields else ("details", "Une note")


def ready(bench: Bench) -> Tracker:
    """Return the tracker once it was read, as it is before anything is written."""
    tracker = bench.open()
    tracker.read()
    return tracker


def read(bench: Bench) -> dict[str, Entry]:
    side = bench.open().read()
    assert side.complete and side.writable
    return {f"{entry.values['summary']}": entry for entry in side.entries}


def again(entry: Entry, **values: Value) -> Wanted:
    """Return what gives an item other values, as it was read."""
    old = {name: entry.values.get(name) for name in values}
    return Wanted(entry.key, entry.page, "s2", values, old, entry.etag)


def test_it_begins_empty(bench: Bench) -> None:
    assert read(bench) == {}


def test_what_is_written_reads_back_with_its_page_its_stamp_and_an_id(bench: Bench) -> None:
    first, second = write(ready(bench), new("7"), new("8", summary="Publier", due=""))
    found = read(bench)
    for written, name, page in ((first, "Relire la charte", "7"), (second, "Publier", "8")):
        assert written.error is None and written.entry is not None
        entry = found[name]
        assert (entry.key, entry.page, entry.stamp) == (written.entry.key, page, "s1")
        assert entry.claimed and entry.trouble is None
        expected = VALUES if name != "Publier" else {**VALUES, "summary": "Publier", "due": ""}
        for role, value in expected.items():
            if role not in bench.open().fields:
                continue
            assert normal(role, entry.values[role], FRENCH) == value
    assert found["Publier"].key != found["Relire la charte"].key
    assert bench.foreign()


def test_one_field_changes_and_nothing_else(bench: Bench) -> None:
    write(ready(bench), new("7"), new("8", summary="Publier"))
    before = read(bench)
    field, text = side_field(bench)
    (written,) = write(ready(bench), again(before["Publier"], **{field: text}))
    after = read(bench)
    assert written.error is None
    assert normal(field, after["Publier"].values[field], FRENCH) == text
    for role, value in before["Publier"].values.items():
        assert role == field or after["Publier"].values[role] == value
    assert after["Relire la charte"] == before["Relire la charte"]
    assert bench.foreign()


def test_what_somebody_changed_since_it_was_read_is_theirs(bench: Bench) -> None:
    write(ready(bench), new("7"), new("8", summary="Publier"))
    before = read(bench)
    tracker = ready(bench)
    bench.edit("Publier", "Publier vite")
    ended = {
        w.wanted.page: w
        for w in write(
            tracker,
            again(before["Publier"], summary="Publier plus tard"),
            again(before["Relire la charte"], **{side_field(bench)[0]: ""}),
        )
    }
    assert ended["8"].error is not None and not ended["8"].unknown
    assert ended["7"].error is None, "the others go on"
    assert "Publier vite" in read(bench)
    assert bench.foreign()


def test_a_field_is_emptied(bench: Bench) -> None:
    field, text = side_field(bench)
    write(ready(bench), new("7", **{field: text}))
    (entry,) = read(bench).values()
    assert normal(field, entry.values[field], FRENCH) == text
    write(ready(bench), again(entry, **{field: ""}))
    (entry,) = read(bench).values()
    assert normal(field, entry.values[field], FRENCH) == ""


def test_what_a_person_makes_gets_an_id_that_lasts(bench: Bench) -> None:
    write(ready(bench), new("7"))
    bench.add("Tapée à la main")
    tracker = bench.open()
    (typed,) = [e for e in tracker.read().entries if e.values["summary"] == "Tapée à la main"]
    given = tracker.claim([typed.key] if not typed.claimed else [])
    key = given.get(typed.key, typed.key)
    for _ in range(2):
        entry = read(bench)["Tapée à la main"]
        assert (entry.key, entry.claimed) == (key, True)
    assert not bench.open().claim([])
    (written,) = write(ready(bench), replace(again(entry, stage="Fait"), page="9"))
    assert written.error is None
    found = read(bench)["Tapée à la main"]
    assert (found.key, found.page, found.stamp, found.values["stage"]) == (key, "9", "s2", "Fait")


def test_reading_again_finds_the_same(bench: Bench) -> None:
    write(ready(bench), new("7"), new("8", summary="Publier"))
    assert read(bench) == read(bench)


HOSTILE = (
    "=1+1",
    "+33 1 23 45 67 89",
    "@ici",
    "-- tiret",
    "#N/A",
    "01/02",
    "1e3",
    "VRAI",
    "a | b {{c}} [[d]]",
    "« guillemets » ; point-virgule, virgule \"droits\" 'apostrophe'",
    "œuf à 3 €, 🌱",
    "_x001B_ n'est pas un caractère",
    "a\\nb\\,c\\;d",
    "BEGIN:VTODO",
    "é" * 900,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_what_it_is(bench: Bench, text: str) -> None:
    (written,) = write(ready(bench), new("7", summary=text))
    if isinstance(bench, ForgeBench) and len(text) > bench.longest:
        assert written.error is not None and not written.unknown, "refused, never cut"
        assert read(bench) == {}
        return
    (entry,) = read(bench).values()
    assert normal("summary", entry.values["summary"], FRENCH) == text


@pytest.mark.parametrize(
    "text", ["une\ndeux\n\nquatre", "* puce\n*  deux blancs\n\tonglet", "fin ;\n=1+1\n- tiret"]
)
def test_long_text_keeps_its_lines(bench: Bench, text: str) -> None:
    (written,) = write(ready(bench), new("7", details=text))
    assert written.error is None
    (entry,) = read(bench).values()
    assert normal("details", entry.values["details"], FRENCH) == text
