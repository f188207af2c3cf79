"""A sync by the configuration, with each kind of tracker, and people on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.command import pages_in, run
from tests.cli.test_sync import ACTION
from tests.trackers.benches import Bench, CalendarBench, ServerBench, WorkbookBench
from tests.trackers.forge_stub import TOKEN
from tests.trackers.forges import ForgeBench, forge

SYNC = ("actions", "sync", "equipe")
KINDS = (".xlsx", ".ods", ".csv", ".ics", "server", "github", "gitlab")
FORGES = {"github": 'repository = "equipe/actions"', "gitlab": 'project = "equipe/actions"'}


@pytest.fixture(params=KINDS)
def bench(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return a tracker that is configured, beside a wiki with two actions."""
    kind: str = request.param
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    with ExitStack() as stack:
        yield configured(kind, request, tmp_path, monkeypatch, stack)


def configured(
    kind: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stack: ExitStack,
) -> Bench:
    (tmp_path / "wiki").mkdir()
    monkeypatch.chdir(tmp_path)
    for number, summary in enumerate(("Relire la charte", "Publier le guide"), 1):
        put(number, summary)
    found: WorkbookBench | CalendarBench | ServerBench | ForgeBench
    if kind in FORGES:
        found = stack.enter_context(forge(kind))
        secret(tmp_path, TOKEN)
        lines = f'kind = "{kind}"\nurl = "{found.stub.url}"\n{FORGES[kind]}\n'
        lines += 'password_file = "secret"\n'
    elif kind == "server":
        found = request.getfixturevalue("task_list")
        assert isinstance(found, ServerBench)
        secret(tmp_path, found.auth[1])
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


def secret(place: Path, words: str) -> None:
    (place / "secret").write_text(words)
    (place / "secret").chmod(0o600)


def put(number: int, summary: str, due: str = "2026-03-01", column: str = "Label:A faire") -> None:
    page = ACTION.format(summary=summary, due=due).replace("Label:A faire", column)
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
    put(2, "Publier le guide", "2027-05-05", "Label:En cours")
    applied()
    assert "|SUMMARY=Relire toute la charte\n" in Path("wiki/Action%3A1.wikitext").read_text()
    (entry,) = [e for e in bench.open().read().entries if e.values["summary"] == "Publier le guide"]
    assert entry.values["stage"] == "En cours"
    assert entry.values.get("due", "2027-05-05") == "2027-05-05"
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


@pytest.mark.parametrize("bench", ["server", "github", "gitlab"], indirect=True)
def test_a_secret_is_nowhere(bench: Bench) -> None:
    words = Path("secret").read_text()
    for options in ((), ("--apply",), ("--format", "json")):
        done = run("--debug", *SYNC, *options)
        assert words not in done.out + done.err
    kept = b"".join(f.read_bytes() for f in Path("wiki", ".wikibot").rglob("*") if f.is_file())
    assert kept and words.encode() not in kept
