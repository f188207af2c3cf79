"""Undo takes back what a run wrote, never what a person had written already."""

from __future__ import annotations

from pathlib import Path

import wikibot
from tests.jobs.wikis import MAPPING, write_pages
from wikibot.wiki.folder import FolderWiki

LICENCE = "Creative Commons BY SA 4.0"


def by_hand(folder: Path, old: str, new: str) -> None:
    file = folder / "Haies.wikitext"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_field_that_a_person_had_set_already_stays_when_the_run_is_taken_back(
    tmp_path: Path,
) -> None:
    write_pages(tmp_path, "{{Ressource\n|licence=CC0\n|niveau=idée\n|Tags=haies\n}}\n", ["Haies"])
    wiki = FolderWiki.open(tmp_path)
    wanted = [f"licence={LICENCE}", "niveau=Idée"]
    plan = wikibot.set_fields([wiki.page("Haies")], wanted, MAPPING, wiki)
    by_hand(tmp_path, "|licence=CC0", f"|licence={LICENCE}")
    run = wikibot.apply(plan, wiki)
    assert [change.field for change in run.items[0].changes] == ["niveau"]
    by_hand(tmp_path, "|Tags=haies", "|Tags=haies, eau")
    assert wikibot.undo(run.id, wiki).exit_code == 0
    assert wiki.page("Haies").text == (
        f"{{{{Ressource\n|licence={LICENCE}\n|niveau=idée\n|Tags=haies, eau\n}}}}\n"
    )
