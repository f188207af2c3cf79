"""Actions on the pages of a real MediaWiki: people write around, the bot between its markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wikibot
from tests.actions.support import ATLAS, COMMONS, GAME, MAPPING, action
from tests.edits.test_regions import KEEPING
from tests.jobs.test_actions_on_mediawiki import HURRIED, QUICK, connect
from tests.mediawiki.faults import RESET
from tests.wikitext.test_inert import HOSTILE, parsed
from wikibot.jobs.actions.publishing import Published
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wikitext.regions import find_region, put_region

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

STATUS = "Utilisateur:Robot essai/Actions"
# What would end the value in the call of the action itself, or be another one once saved.
_CUTS_THE_CALL = re.compile(r"[{}|\n\t]|~~~|<!--|<nowiki|<pre|<ref|\[\[")


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench, monkeypatch: pytest.MonkeyPatch) -> MediaWikiBench:
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    for title, text in {
        ATLAS: COMMONS,
        GAME: COMMONS,
        "Label:A faire": "{{Label\n|ALIAS=A faire\n}}",
        "Action:1": action(SUMMARY="Relire la charte", ASSIGNED_TO="Alix Imaginaire"),
        "Action:2": action(SUMMARY="Semer", RELATED_ARTICLE=GAME),
    }.items():
        fresh_mediawiki.edit_as_human(title, text)
    fresh_mediawiki.run_jobs()
    return fresh_mediawiki


@pytest.fixture
def wiki(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with closing(connect(bench)) as opened:
        yield opened


def published(wiki: MediaWiki, *names: str, **more: object) -> Published:
    tracker = wikibot.read_actions(wiki, MAPPING)
    return wikibot.publish_actions(tracker, wiki, names, **more)  # type: ignore[arg-type]


def apply(wiki: MediaWiki, plan: wikibot.Plan, state: Path) -> wikibot.Run:
    return wikibot.apply(plan, wiki, state=state, manners=HURRIED, around=QUICK)


def test_published_edited_around_updated_refused_and_taken_back(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    before = bench.text(ATLAS)
    first = apply(wiki, published(wiki, ATLAS).plan, tmp_path)
    assert (first.exit_code, first.items[0].verified) == (0, True)
    assert bench.text(ATLAS).startswith(f"{before}\n\n<!-- wikibot:actions ")
    assert "partie « actions » ajoutée" in bench.history(ATLAS)[-1][1]
    assert not published(wiki, ATLAS).plan.edits

    bench.edit_as_human(ATLAS, f"Avant tout.\n\n{bench.text(ATLAS)}\n\nAprès tout. ~~~~")
    around = bench.text(ATLAS)
    assert not published(wiki, ATLAS).plan.edits
    bench.edit_as_human("Action:1", action(SUMMARY="Relire la charte deux fois"))
    second = apply(wiki, published(wiki, ATLAS).plan, tmp_path)
    assert (second.exit_code, second.items[0].verified) == (0, True)
    shown = bench.text(ATLAS)
    assert "Relire la charte deux fois" in shown
    region = re.compile(r"<!-- wikibot:actions .*<!-- /wikibot:actions -->", re.S)
    assert region.sub("", shown) == region.sub("", around)

    plan = published(wiki, ATLAS, GAME).plan
    assert [edit.title for edit in plan.edits] == [GAME]
    bench.edit_as_human("Action:1", action(SUMMARY="Relire encore"))
    plan = published(wiki, ATLAS).plan
    meddled = shown.replace("|| Relire la charte deux fois", "|| Relire, dit Alix")
    bench.edit_as_human(ATLAS, meddled)
    refused = apply(wiki, plan, tmp_path)
    assert (refused.exit_code, refused.items[0].state) == (3, "conflict")
    assert refused.items[0].reason is not None
    assert bench.human_account.partition("@")[0] in refused.items[0].reason.fr  # who it was is said
    assert [left.title for left in published(wiki, ATLAS).untouched] == [ATLAS]
    assert bench.text(ATLAS) == meddled

    bench.edit_as_human(ATLAS, shown)
    assert (
        wikibot.undo(second.id, wiki, state=tmp_path, manners=HURRIED, around=QUICK).exit_code == 0
    )
    assert bench.text(ATLAS) == around
    assert (
        wikibot.undo(first.id, wiki, state=tmp_path, manners=HURRIED, around=QUICK).exit_code == 0
    )
    assert bench.text(ATLAS) == region.sub("", around).replace("\n\n\n\n", "\n\n")


def test_an_answer_that_gets_lost_publishes_once(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    plan = published(wiki, to=STATUS, create=True).plan
    bench.faults.on("edit").after_commit(RESET)
    run = apply(wiki, plan, tmp_path)
    assert [(i.state, i.verified) for i in run.items] == [("done", True)]
    assert len(bench.history(STATUS)) == 1
    assert not published(wiki, to=STATUS).plan.edits


@pytest.mark.parametrize(
    ("line", "state"), [("'''Suivi des actions'''", "conflict"), ("Sans action :", "done")]
)
def test_a_person_who_is_faster_inside_the_region_keeps_every_word(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path, line: str, state: str
) -> None:
    apply(wiki, published(wiki, ATLAS).plan, tmp_path)
    bench.edit_as_human("Action:1", action(SUMMARY="Relire encore"))
    plan = published(wiki, ATLAS).plan
    theirs = bench.text(ATLAS).replace(line, f"{line} (merci !)")
    bench.faults.on("edit").first(lambda: bench.edit_as_human(ATLAS, theirs))
    run = apply(wiki, plan, tmp_path)
    assert (run.exit_code, run.items[0].state) == (3, state)
    assert "(merci !)" in bench.text(ATLAS)
    assert run.items[0].merged == (state == "done")  # MediaWiki merges lines that are far apart
    assert [left.title for left in published(wiki, ATLAS).untouched] == [ATLAS]
    meddled = bench.text(ATLAS)
    undone = wikibot.undo(run.id, wiki, state=tmp_path, manners=HURRIED, around=QUICK)
    assert undone.counts["done"] == 0 and bench.text(ATLAS) == meddled


def test_no_value_acts_on_the_page(bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path) -> None:
    hostile = [value for value in HOSTILE if value.strip() and not _CUTS_THE_CALL.search(value)]
    for number, value in enumerate(hostile, 100):
        written = action(SUMMARY=value, ASSIGNED_TO=value.replace(",", ""))
        bench.edit_as_human(f"Action:{number}", written)
    bench.run_jobs()
    apply(wiki, published(wiki, to=STATUS, create=True).plan, tmp_path)
    found = parsed(bench, bench.text(STATUS))
    for name in ("templates", "categories", "externallinks", "images", "properties"):
        assert not found[name], name
    assert all(
        re.fullmatch(r"Action:\d+|" + re.escape(ATLAS) + "|" + re.escape(GAME), link["title"])
        for link in found["links"]
    )
    assert not re.search(r"<(?:script|img|b>|iframe|pre|s>)", found["text"])
    assert found["text"].count("<tr>") == len(hostile) + 2 + 2  # two heads, two that were there


def test_what_keeps_to_itself_is_saved_as_it_is_and_reaches_no_neighbour(
    bench: MediaWikiBench,
) -> None:
    text = "Premier paragraphe."
    for number, content in enumerate(KEEPING):
        text = put_region(text, f"r{number}", content) + f"\n\nVoisin {number}."
    bench.edit_as_human("Voisins", text)
    assert bench.text("Voisins") == text  # nothing is replaced when it is saved
    for number, content in enumerate(KEEPING):
        found = find_region(bench.text("Voisins"), f"r{number}")
        assert found is not None and (found.content, found.trouble) == (content, "")
    html = parsed(bench, text)["text"]
    for number in range(len(KEEPING)):
        assert f"<p>Voisin {number}.\n</p>" in html, (number, html)
