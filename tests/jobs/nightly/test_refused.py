"""A fix that a page has refused: told every night, tried again when the page is another."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import wikibot
from tests.jobs.nightly.test_nights import Nights, outcome
from tests.jobs.wikis import WRONG, comments, write_pages
from wikibot.wiki.folder import FolderWiki


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    (tmp_path / "pages").mkdir()
    write_pages(tmp_path / "pages")
    return Nights(tmp_path, '[nightly]\njobs = ["check", "fix"]\nfix = ["VOC103"]\n')


def skipped(nights: Nights) -> int:
    with sqlite3.connect(nights.pages / ".wikibot/journal.sqlite") as db:
        found: int = db.execute("SELECT count(*) FROM op WHERE state='skipped'").fetchone()[0]
    return found


def test_a_page_that_keeps_bots_out_is_tried_once_and_told_every_night(nights: Nights) -> None:
    write_pages(nights.pages, "{{nobots}}\n" + WRONG, ["Haies"])
    nights.spend()
    for _ in range(3):
        fixed = outcome(nights.spend(), "fix")
        assert fixed.needs[0].fr == (
            "Corrections : 1 page laissée, elle a déjà refusé cette correction : wikibot fix"
        )
        assert (fixed.exit_code, fixed.state, fixed.runs) == (3, "done", ())
    assert skipped(nights) == 1
    nights.day += 7  # who may edit is not only said on the page itself
    assert not outcome(nights.spend(), "fix").edits
    assert skipped(nights) == 2
    write_pages(nights.pages, WRONG, ["Haies"])
    assert outcome(nights.spend(), "fix").edits == 1


def test_what_was_taken_back_is_left_in_peace_and_told(nights: Nights) -> None:
    (run,) = outcome(nights.spend(), "fix").runs
    wikibot.undo(run, FolderWiki.open(nights.pages))
    for _ in range(3):
        fixed = outcome(nights.spend(), "fix")
        assert (fixed.edits, fixed.exit_code, fixed.runs) == (0, 3, ())
        assert fixed.needs[0].fr == (
            "Corrections : 3 champs laissés, quelqu'un est revenu sur leur correction"
        )
    assert skipped(nights) == 0
    write_pages(nights.pages, WRONG.replace("niveau=idée", "niveau=IDÉE"), ["Haies"])
    assert outcome(nights.spend(), "fix").edits == 1


def test_beside_what_was_taken_back_the_rest_of_a_page_is_mended(nights: Nights) -> None:
    (run,) = outcome(nights.spend(), "fix").runs
    wikibot.undo(run, FolderWiki.open(nights.pages))
    more = WRONG.replace("Licence Ouverte 2.0 (Etalab)", "licence ouverte 2.0 (etalab)")
    write_pages(nights.pages, more, ["Haies"])
    assert outcome(nights.spend(), "fix").edits == 1
    text = (nights.pages / "Haies.wikitext").read_text()
    assert "|niveau=idée" in text
    assert "|licence=Licence Ouverte 2.0 (Etalab)" in text
    assert "Niveau" not in (comments(nights.pages, "Haies")[-1] or "")
    assert outcome(nights.spend(), "fix").runs == ()
    assert skipped(nights) == 0


def test_what_is_left_in_peace_does_not_count_as_a_fix_of_most_pages(nights: Nights) -> None:
    many = [f"Commun {number:02}" for number in range(12)]
    right = WRONG.replace("niveau=idée", "niveau=Idée")
    for some in (many[:6], many[6:]):  # each night few enough
        write_pages(nights.pages, right, many)
        write_pages(nights.pages, WRONG, some)
        assert outcome(nights.spend(), "fix").edits
    write_pages(nights.pages, WRONG, many)
    write_pages(nights.pages, WRONG.replace("niveau=idée", "niveau=IDÉE"), ["Haies"])
    fixed = outcome(nights.spend(), "fix")
    assert (fixed.edits, fixed.code) == (1, "")
    assert outcome(nights.spend(dry=True), "fix").counts == {"planned": 0}
