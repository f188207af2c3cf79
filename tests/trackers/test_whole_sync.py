"""A sync by the configuration, with each kind of tracker, and people on both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import pages_in, run
from tests.cli.test_sync import ACTION
from tests.trackers.benches import Bench, CalendarBench, ServerBench, WorkbookBench

SYNC = ("actions", "sync", "equipe")
KINDS = (".xlsx", ".ods", ".csv", ".ics", "server")


@pytest.fixture(params=KINDS)
def bench(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return a tracker that is configured, beside a wiki with two actions."""
    kind: str = request.param
    (tmp_path / "wiki").mkdir()
    monkeypatch.chdir(tmp_path)
    for number, summary in enumerate(("Relire la charte", "Publier le guide"), 1):
        put(number, summary)
    found: WorkbookBench | CalendarBench | ServerBench
    if kind == "server":
        found = request.getfixturevalue("task_list")
        assert isinstance(found, ServerBench)
        (tmp_path / "secret").write_text(found.auth[1])
        (tmp_path / "secret").chmod(0o600)
        lines = f'kind = "caldav"\nurl = "{found.url}"\naccount = "{found.auth[0]}"\n'
        lines += 'password_file = "secret"\n'
    elif kind == ".ics":
        found = CalendarBench(tmp_path / "actions.ics").begin()
        lines = 'kind = "icalendar"\npath = "actions.ics"\n'
    else:
        found = WorkbookBench(tmp_path / f"actions{kind}").begin()
        lines = f'kind = "workbook"\npath = "actions{kind}"\n'
    text = f'[wiki]\nfolder = "wiki"\n\n[trackers.equipe]\n{lines}'
    (tmp_path / "wikibot.toml").write_text(text, "utf-8")
    return found


def put(number: int, summary: str, due: str = "2026-03-01") -> None:
    page = ACTION.format(summary=summary, due=due)
    Path("wiki", f"Action%3A{number}.wikitext").write_text(page, "utf-8")


def summaries(bench: Bench) -> set[str]:
    return {f"{entry.values['summary']}" for entry in bench.open().read().entries}


def applied() -> None:
    done = run(*SYNC, "--apply")
    assert done.code == 0, done.out + done.err


def test_people_on_both_sides_come_to_agree_and_then_nothing_is_written(bench: Bench) -> None:
    bench.add("Tapée dans le suivi")
    applied()
    assert summaries(bench) == {"Relire la charte", "Publier le guide", "Tapée dans le suivi"}
    new = Path("wiki", "Action%3A3.wikitext")
    assert "|SUMMARY=Tapée dans le suivi\n" in new.read_text("utf-8")
    bench.edit("Relire la charte", "Relire toute la charte")
    put(2, "Publier le guide", "2027-05-05")
    applied()
    assert "|SUMMARY=Relire toute la charte\n" in Path("wiki/Action%3A1.wikitext").read_text()
    (entry,) = [e for e in bench.open().read().entries if e.values["summary"] == "Publier le guide"]
    assert entry.values["due"] == "2027-05-05"
    before = state(bench)
    again = run(*SYNC, "--apply")
    assert (again.code, again.out) == (0, "Rien à écrire.\n")
    assert state(bench) == before
    assert bench.foreign()


def state(bench: Bench) -> object:
    entries = sorted(bench.open().read().entries, key=lambda entry: entry.key)
    return pages_in(Path("wiki")), [(entry.key, entry.etag) for entry in entries]


def test_a_state_that_is_lost_overwrites_nothing_and_doubles_nothing(bench: Bench) -> None:
    bench.add("Tapée dans le suivi")
    applied()
    for file in Path("wiki", ".wikibot").glob("links.sqlite*"):
        file.unlink()
    before = state(bench)
    done = run(*SYNC, "--apply")
    assert (done.code, done.out) == (0, "Rien à écrire.\n"), done.out
    assert state(bench) == before


@pytest.mark.parametrize("bench", ["server"], indirect=True)
def test_a_secret_is_nowhere(bench: Bench) -> None:
    assert isinstance(bench, ServerBench)
    for options in ((), ("--apply",), ("--format", "json")):
        done = run("--debug", *SYNC, *options)
        assert bench.auth[1] not in done.out + done.err
    kept = b"".join(f.read_bytes() for f in Path("wiki", ".wikibot").rglob("*") if f.is_file())
    assert kept and bench.auth[1].encode() not in kept
