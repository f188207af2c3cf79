"""The copy of an export: made by many workers, equal to the file, read in its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings

import wikibot
from tests.checks.clean_pages import wiki_of
from tests.checks.defects import DEFECTS
from tests.checks.planted import MAPPING, planted
from tests.checks.support import trial_mapping
from tests.jobs.spreading.spreads import NOW, copied_by, export_of, far, plain
from tests.jobs.spreading.test_whole_check import exports
from tests.wiki.exports import export, page, revision
from wikibot.edits.contents import contents_of
from wikibot.errors import InputError, SafetyStop
from wikibot.jobs.mirror import CopiedExport, Pulled, copied_export
from wikibot.jobs.spreading import parts, pull_export
from wikibot.jobs.spreading.crew import processes, this_process
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.wiki.dump import DumpWiki

NAMES = ("Mare", "Talus", "Haie", "Verger", "Utilisateur:Mare", "Module:Nombres", "Nulle part")


def copied(file: Path, mapping: Mapping) -> Pulled:
    return pull_export(DumpWiki.open(file), mapping, far, state=file.parent / "state", around=NOW)


@pytest.fixture
def held() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def opened(file: Path, held: ExitStack) -> CopiedExport:
    return copied_export(DumpWiki.open(file), held, state=file.parent / "state")


def by_title(pages: list[Page]) -> list[Page]:
    return sorted(pages, key=lambda each: each.title)


@settings(max_examples=25, deadline=None)
@given(pages=exports())
def test_it_tells_what_the_file_tells(
    tmp_path_factory: pytest.TempPathFactory, pages: list[Page]
) -> None:
    file = tmp_path_factory.mktemp("export") / "export.xml"
    file.write_bytes(export_of(pages))
    pulled = copied(file, trial_mapping())
    assert (pulled.pages, pulled.new) == (len(pages), len(pages))
    itself = DumpWiki.open(file)
    with ExitStack() as held:
        copy = opened(file, held)
        assert copy.standing(NAMES) == itself.standing(NAMES)
        assert by_title([*copy.pages(NAMES)]) == by_title([*itself.pages(NAMES)])
        assert [*copy.pages_in([0])] == by_title([*itself.pages_in([0])])
        with copy.reading() as passages:
            for each in pages:
                said = contents_of(each, trial_mapping(), itself.syntax)
                known = any(map(trial_mapping().type_of, said.calls))
                assert set(passages.links_of(each.id)) == set(said.links if known else ())


def test_a_check_of_it_finds_what_a_check_of_the_file_finds(
    tmp_path: Path, held: ExitStack
) -> None:
    world = wiki_of(5)
    planted(world, DEFECTS, 100)
    file = tmp_path / "export.xml"
    file.write_bytes(export_of(world.pages()[:100]))
    copied(file, MAPPING)
    copy = opened(file, held)
    read = list(wikibot.pages_to_read(copy, MAPPING, ()))
    found = wikibot.check(read, MAPPING, copy, whole=True, around=NOW)
    told = wikibot.sift(found, read, MAPPING, copy, whole=True, around=NOW)
    itself, sifted = plain(file, MAPPING)
    assert read == by_title(itself)
    assert sorted(map(str, told.findings)) == sorted(map(str, sifted.findings)) != []


def test_what_has_no_text_is_there_all_the_same(tmp_path: Path, held: ExitStack) -> None:
    file = tmp_path / "export.xml"
    hidden = revision(2, "", raw_text='<text bytes="30" deleted="deleted" />')
    file.write_bytes(
        export(
            page("Mare", "{{Fiche}}", number=1),
            page("Talus", hidden, number=2),
            page("Module:Nombres", revision(3, "x", model="Scribunto"), number=3, ns=828),
        )
    )
    assert copied(file, trial_mapping()).unreadable == 2
    copy, itself = opened(file, held), DumpWiki.open(file)
    assert copy.standing(NAMES) == itself.standing(NAMES)
    with pytest.raises(InputError, match="is hidden"):
        copy.page("Talus")


def test_processes_make_the_copy_that_one_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_PAGES", 7)
    world = wiki_of(4)
    planted(world, DEFECTS, 60)
    file = tmp_path / "export.xml"
    file.write_bytes(export_of(world.pages()[:60]))
    alone = copied_by(file, MAPPING, this_process, tmp_path / "alone")
    assert len(alone["page"]) == 60
    assert copied_by(file, MAPPING, partial(processes, 2), tmp_path / "two") == alone


def test_only_what_is_other_is_written_again(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    one = page("Mare", "{{Fiche}}", number=1)
    two = page("Talus", revision(2, "{{Fiche}}"), number=2)
    file.write_bytes(export(one, two))
    assert copied(file, trial_mapping()).new == 2
    again = copied(file, trial_mapping())
    assert (again.pages, again.new, again.changed, again.reconciled) == (2, 0, 0, False)
    moved = page("Haie", revision(1, "{{Fiche}}"), number=1)
    three = page("Verger", revision(3, "{{Fiche}}"), number=3)
    file.write_bytes(export(moved, page("Talus", revision(9, "{{Fiche|a=b}}"), number=2), three))
    now = copied(file, trial_mapping())
    assert (now.pages, now.new, now.changed, now.moved, now.gone) == (3, 1, 2, 1, 0)
    file.write_bytes(export(three))
    with ExitStack() as stack, pytest.raises(InputError, match="is no longer the file"):
        opened(file, stack)
    assert copied(file, trial_mapping()).gone == 2
    with ExitStack() as stack:
        assert [str(each.title) for each in opened(file, stack).every_page()] == ["Verger"]


def test_a_part_of_the_wiki_does_not_take_the_place_of_the_whole(
    tmp_path: Path, held: ExitStack
) -> None:
    file = tmp_path / "export.xml"
    file.write_bytes(export(*(page(f"P{n}", "{{Fiche}}", number=n) for n in range(1, 40))))
    copied(file, trial_mapping())
    state = os.stat(file)
    whole = file.read_bytes()
    file.write_bytes(export(page("P1", "{{Fiche}}", number=1)))
    with pytest.raises(SafetyStop):
        copied(file, trial_mapping())
    file.write_bytes(whole[:-30])
    with pytest.raises(InputError, match="cut short"):
        copied(file, trial_mapping())
    file.write_bytes(whole)
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert len(list(opened(file, held).every_page())) == 39  # that of before


def test_without_a_copy_it_is_said_how_to_make_one(tmp_path: Path, held: ExitStack) -> None:
    file = tmp_path / "export.xml"
    file.write_bytes(export(page("Mare", "{{Fiche}}")))
    with pytest.raises(InputError, match="There is no copy"):
        opened(file, held)
