"""The tracker on a real MediaWiki: boards by few requests, numbers that two people want."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wikibot
from tests.actions.support import ATLAS, COMMONS, MAPPING, MOVED, action, columns
from tests.mediawiki.faults import RESET
from wikibot.jobs.surroundings import Surroundings
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

QUICK = Surroundings(sleep=lambda seconds: None)
HURRIED = wikibot.Manners(edits_per_minute=0)


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench, monkeypatch: pytest.MonkeyPatch) -> MediaWikiBench:
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    for title, text in {
        ATLAS: COMMONS,
        MOVED: COMMONS,
        "Label:A faire": "{{Label\n|ALIAS=A faire\n}}",
        "Action:1": action(SUMMARY="La première"),
        "Action:2": action(SUMMARY="Ailleurs", RELATED_ARTICLE=MOVED),
        "Action:4": action(SUMMARY="Orpheline", RELATED_ARTICLE="Fablab : itinérant"),
    }.items():
        fresh_mediawiki.edit_as_human(title, text)
    fresh_mediawiki.run_jobs()
    fresh_mediawiki.forget_requests()
    return fresh_mediawiki


@pytest.fixture
def wiki(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with connect(bench) as opened:
        yield opened


def connect(bench: MediaWikiBench) -> MediaWiki:
    return MediaWiki.connect(bench.api, bench.account, bench.password)


def plan(wiki: MediaWiki, summary: str) -> wikibot.Plan:
    return wikibot.add_action(wikibot.NewAction(ATLAS, summary), MAPPING, wiki)


def summaries(bench: MediaWikiBench) -> list[str]:
    with connect(bench) as wiki:
        titles = [f"Action:{number}" for number in range(1, 20)]
        return sorted(page.text.split("|SUMMARY=")[1].split("\n")[0] for page in wiki.pages(titles))


def test_boards_cost_four_requests_and_find_the_orphan(
    bench: MediaWikiBench, wiki: MediaWiki
) -> None:
    before = len(bench.requests_seen())
    tracker = wikibot.read_actions(wiki, MAPPING)
    found = {each.page: each for each in wikibot.action_boards(tracker, wiki)}
    assert len(bench.requests_seen()) - before <= 4
    assert columns(found[ATLAS]) == [["1"], [], []]
    assert [h.reason for h in found[MOVED].hidden] == ["page-gone"]


def test_two_who_add_at_once_get_two_numbers(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    other = connect(bench)
    with closing(other):
        plans = {"Semer": plan(wiki, "Semer"), "Planter": plan(other, "Planter")}
        assert {p.edits[0].title for p in plans.values()} == {"Action:5"}
        runs: dict[str, wikibot.Run] = {}

        def add(summary: str, through: MediaWiki) -> None:
            # each has an account's journal of its own, as on two machines
            manners = wikibot.Manners(edits_per_minute=0, allow=frozenset({"other-run"}))
            runs[summary] = wikibot.apply(
                plans[summary], through, state=tmp_path / summary, manners=manners, around=QUICK
            )

        at_once = [
            threading.Thread(target=add, args=pair)
            for pair in (("Semer", wiki), ("Planter", other))
        ]
        for thread in at_once:
            thread.start()
        for thread in at_once:
            thread.join(120)
    assert {run.items[0].title for run in runs.values()} == {"Action:5", "Action:6"}
    assert all(run.exit_code == 0 and run.items[0].verified for run in runs.values())
    assert summaries(bench) == ["Ailleurs", "La première", "Orpheline", "Planter", "Semer"]


def test_a_person_who_is_faster_keeps_the_number(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    planned = plan(wiki, "Semer")
    theirs = action(SUMMARY="D'une personne")
    bench.faults.on("edit").first(lambda: bench.edit_as_human("Action:5", theirs))
    run = wikibot.apply(planned, wiki, state=tmp_path, manners=HURRIED, around=QUICK)
    assert [(i.state, i.title, i.verified) for i in run.items] == [("done", "Action:6", True)]
    assert bench.text("Action:5") == theirs
    assert len(bench.history("Action:5")) == 1


def test_an_answer_that_gets_lost_makes_no_second_action(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    planned = plan(wiki, "Semer")
    bench.faults.on("edit").after_commit(RESET)
    run = wikibot.apply(planned, wiki, state=tmp_path, manners=HURRIED, around=QUICK)
    assert [(i.state, i.title) for i in run.items] == [("done", "Action:5")]
    assert summaries(bench).count("Semer") == 1


def test_nor_does_one_that_gets_lost_while_a_person_takes_the_number(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    planned = plan(wiki, "Semer")
    theirs = action(SUMMARY="D'une personne")
    bench.faults.on("edit").unsent(RESET).first(lambda: bench.edit_as_human("Action:5", theirs))
    run = wikibot.apply(planned, wiki, state=tmp_path, manners=HURRIED, around=QUICK)
    assert [(i.state, i.title) for i in run.items] == [("done", "Action:6")]
    assert summaries(bench).count("Semer") == 1
    assert bench.text("Action:5") == theirs
