from __future__ import annotations

from pathlib import Path

import pytest

import wikibot
from tests.jobs.wikis import MAPPING, NAMES, WRONG, bytes_of, fix_plan, write_pages
from wikibot.jobs.fix import fix_page
from wikibot.resources import data_folder
from wikibot.wiki.folder import FolderWiki

DEMO = sorted((data_folder("templates") / "demo").glob("*.wikitext"))


def page_of(folder: Path, *lines: str) -> tuple[FolderWiki, wikibot.Page]:
    text = "\n".join(["{{Ressource", *lines, "}}"])
    (folder / "Haies.wikitext").write_text(text)
    wiki = FolderWiki.open(folder)
    return wiki, wiki.page("Haies")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    wikibot.write_demo(tmp_path / "demo")
    return tmp_path / "demo"


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_what_was_fixed_needs_no_fix(demo: Path, unsafe: bool) -> None:
    wiki = FolderWiki.open(demo)

    def plan() -> wikibot.Plan:
        pages = wikibot.pages_to_read(wiki, MAPPING, ())
        return wikibot.fix(pages, MAPPING, wiki, unsafe=unsafe)

    first = plan()
    assert first.edits
    run = wikibot.apply(first, wiki)
    assert run.counts["done"] == run.counts["planned"]
    assert plan().edits == ()


def test_only_safe_fixes_are_made_unless_others_are_wanted(demo: Path) -> None:
    wiki = FolderWiki.open(demo)
    pages = list(wikibot.pages_to_read(wiki, MAPPING, ()))
    safe = wikibot.fix(pages, MAPPING, wiki)
    both = wikibot.fix(pages, MAPPING, wiki, unsafe=True)
    assert all(change.safe for edit in safe.edits for change in edit.changes)
    assert any(not change.safe for edit in both.edits for change in edit.changes)
    assert both.changes > safe.changes


def test_a_fix_uncovers_the_next_one_and_both_are_one_change(tmp_path: Path) -> None:
    # without its empty items the list is read, and its terms are spelt right
    wiki, page = page_of(tmp_path, "|challenge=4- modèles économiques, 4- Modele économique,,")
    (edit,) = wikibot.fix([page], MAPPING, wiki).edits
    (change,) = [change for change in edit.changes if change.field == "defis"]
    assert change.old == "4- modèles économiques, 4- Modele économique,,"
    assert change.new == "4- Modèle économique"
    assert change.rule == "LST104+VOC102+VOC103"


def test_it_can_be_limited_to_some_rules(demo: Path) -> None:
    wiki = FolderWiki.open(demo)
    pages = list(wikibot.pages_to_read(wiki, MAPPING, ()))
    plan = wikibot.fix(pages, MAPPING, wiki, rules={"VOC103"})
    assert {change.rule for edit in plan.edits for change in edit.changes} == {"VOC103"}


def test_one_change_a_field_from_what_stands_on_the_page(demo: Path) -> None:
    wiki = FolderWiki.open(demo)
    for page in wikibot.pages_to_read(wiki, MAPPING, ()):
        edit = fix_page(page, MAPPING, wiki, unsafe=True).edit
        places = [change.place for change in edit.changes]
        assert len(places) == len(set(places))
        for change in edit.changes:
            assert change.old != change.new
            record = wikibot.records_on(page, MAPPING, wiki)[change.index]
            assert record[change.field].wikitext == change.old


def test_a_page_that_cannot_be_read_with_certainty_is_passed_over(tmp_path: Path) -> None:
    write_pages(tmp_path)
    (tmp_path / "Mares.wikitext").write_text("{{Ressource|niveau=idée" * 4000)
    assert [edit.title for edit in fix_plan(tmp_path).edits] == ["Haies", "Talus"]


def test_a_value_that_may_not_be_written_stops_no_other_fix(tmp_path: Path) -> None:
    wiki, page = page_of(
        tmp_path, "|niveau=idée", "|licence=<!-- à revoir -->", "|Tags={{#if:1|haie,,mare}}"
    )
    (edit,) = wikibot.fix([page], MAPPING, wiki, unsafe=True).edits
    assert [change.field for change in edit.changes] == ["niveau"]


def test_the_demo_pages_come_back_byte_for_byte(demo: Path) -> None:
    wiki = FolderWiki.open(demo)
    before = bytes_of(demo)
    run = wikibot.apply(fix_plan(demo), wiki)
    assert bytes_of(demo) != before
    wikibot.undo(run.id, wiki)
    assert bytes_of(demo) == before


def test_a_page_named_twice_is_one_edit(tmp_path: Path) -> None:
    write_pages(tmp_path)
    wiki = FolderWiki.open(tmp_path)
    names = ["Haies", "haies", "Haies.wikitext", "Mares"]
    plan = wikibot.fix(wikibot.pages_to_read(wiki, MAPPING, names), MAPPING, wiki)
    assert [edit.title for edit in plan.edits] == ["Haies", "Mares"]
    assert set(NAMES) - {"Talus"} == {edit.title for edit in plan.edits}


def test_a_plan_survives_its_file(tmp_path: Path) -> None:
    write_pages(tmp_path, WRONG)
    plan = fix_plan(tmp_path)
    wikibot.save_plan(plan, tmp_path / "plan.json")
    assert wikibot.load_plan(tmp_path / "plan.json") == plan
    assert [path.name for path in tmp_path.glob("*plan*")] == ["plan.json"]


def test_a_page_that_reads_in_two_ways_is_left_and_named(tmp_path: Path) -> None:
    text = "{{Ressource\n|niveau=idée\n|description=<b title='x|y'>z</b>\n}}\n"
    (tmp_path / "Flou.wikitext").write_text(text, encoding="utf-8")
    wiki = FolderWiki.open(tmp_path)
    left: list[wikibot.Finding] = []
    plan = wikibot.fix([wiki.page("Flou")], MAPPING, wiki, untouched=left.append)
    assert plan.edits == ()
    assert [(f.rule, f.severity, f.field) for f in left] == [("PAG101", "error", "")]
    assert "not touched" in left[0].message.en
