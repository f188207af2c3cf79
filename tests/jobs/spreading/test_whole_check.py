"""A check that is spread finds what a check of any wiki finds: the same, in the same order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.clean_pages import wiki_of
from tests.checks.collection import Collection
from tests.checks.defects import DEFECTS
from tests.checks.planted import MAPPING, planted
from tests.checks.support import trial_mapping
from tests.checks.test_cases import CASES
from tests.jobs.spreading.spreads import FULL, export_of, plain, spread_out
from tests.wiki.exports import export, page, revision
from wikibot.checks import AMBIGUOUS, RULES
from wikibot.errors import InputError
from wikibot.jobs.spreading import parts
from wikibot.page import Page, Revision
from wikibot.title import FRENCH

_WORDS = ("Mare", "Mares", "Talus", "Une haie", "Haie", "Verger")
_TEXTS = st.sampled_from(
    (
        *("{{{{Fiche|court=Un texte|proches={0}, {1}}}}}", "#REDIRECTION [[{0}]]\n{{{{Fiche}}}}"),
        *("#REDIRECTION [[{0}]]", "{{{{Homonymie}}}} [[{0}]]", "[[Catégorie:Fiche]] {0}"),
        *("{{{{Fiche|proches={0}|cousins={1}}}}}", "Rien d'autre.", ""),
        "<!-- wikibot: ignorer LNK : voulu -->{{{{Fiche|proches={0}}}}}",
        "{{{{Fiche|court={0}|court={1}}}}}{{{{Fiche|proches={1}, {0}, {1}}}}}",
    )
)


@st.composite
def exports(draw: st.DrawFn) -> list[Page]:
    pages = []
    for number in range(1, draw(st.integers(1, 7))):
        names = draw(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_WORDS)))
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=draw(st.integers(-900, 90)))
        title = FRENCH.parse(_WORDS[number - 1])
        text = draw(_TEXTS).format(*names)
        pages.append(Page(number, title, Revision(number, 0, moment), text))
    last = Page(9, FRENCH.parse("Fin"), Revision(9, 0, moment_of(0)), "{{Fiche|proches=Mare}}")
    return [*pages, last]


def test_a_page_that_nobody_can_read_with_certainty_lacks_no_sheet(tmp_path: Path) -> None:
    unreadable = "{{Fiche}} [[Catégorie:Fiche]] " + "{{a|" * 20_001
    file = tmp_path / "export.xml"
    pages = [page(f"Mare {n}", "{{Fiche}}", number=n) for n in (1, 2)]
    file.write_bytes(export(*pages, page("Talus", unreadable, number=3), site=FULL))
    alone = plain(file, trial_mapping())
    assert [each.rule for each in alone[1].findings if str(each.title) == "Talus"] == [AMBIGUOUS]
    assert spread_out(file, trial_mapping()) == alone


def test_a_page_without_a_sheet_is_told_once_all_others_are_known(tmp_path: Path) -> None:
    filed = "[[Catégorie:Fiche]]"
    file = tmp_path / "export.xml"
    pages = [page(f"Mare {n}", f"{{{{Fiche}}}} {filed}", number=n) for n in (1, 2)]
    file.write_bytes(export(page("Talus", filed, number=3), *pages, site=FULL))
    alone = plain(file, trial_mapping())
    assert [str(each.title) for each in alone[1].findings if each.rule == "PAG103"] == ["Talus"]
    assert spread_out(file, trial_mapping()) == alone


def moment_of(days: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)


@settings(max_examples=40, deadline=None)
@given(pages=exports(), size=st.integers(1, 4))
def test_whatever_the_pages_and_the_parts(
    tmp_path_factory: pytest.TempPathFactory, pages: list[Page], size: int
) -> None:
    file = tmp_path_factory.mktemp("export") / "export.xml"
    file.write_bytes(export_of(pages))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "_PAGES", size)
        assert spread_out(file, trial_mapping()) == plain(file, trial_mapping())


def test_for_the_cases_of_every_rule_that_looks_at_other_pages(tmp_path: Path) -> None:
    among = {code for code, rule in RULES.items() if rule.find_among or rule.needs != "record"}
    found = set()
    for number, (code, case) in enumerate(CASES):
        if code not in among or not case.get("finding"):
            continue
        file = tmp_path / f"{number}.xml"
        file.write_bytes(export_of(Collection.of_case(case, case["page"]).pages))
        try:
            alone = plain(file, trial_mapping())
        except InputError:  # no page of the mapping
            continue
        assert spread_out(file, trial_mapping()) == alone, (code, case["name"])
        found |= {each.rule for each in alone[1].findings}
    assert among - found <= {"SMW101", "COL102"}  # a server alone; that of a later page, below


def test_for_a_collection_with_many_defects(tmp_path: Path) -> None:
    world = wiki_of(3)
    planted(world, DEFECTS, 700)
    file = tmp_path / "export.xml"
    file.write_bytes(export_of(world.pages()))
    alone = plain(file, MAPPING)
    found = {each.rule for each in alone[1].findings}
    assert len(alone[1].findings) > 500
    assert RULES.keys() - found <= {"SMW101", "PAG103"}  # a server alone; by other tests
    assert spread_out(file, MAPPING) == alone
    pages, sifted = spread_out(file, MAPPING, texts=False)
    assert sifted == alone[1]
    assert not any(each.text for each in pages)


def test_what_is_no_wikitext_or_hidden_is_left_out_by_both(tmp_path: Path) -> None:
    hidden = revision(2, "", raw_text='<text bytes="30" deleted="deleted" />')
    file = tmp_path / "export.xml"
    file.write_bytes(
        export(
            page("Mare", "{{Fiche|proches=Talus, Cachée, Module:Nombres}}", number=1),
            page("Cachée", hidden, number=2),
            page("Module:Nombres", revision(3, "{{Fiche}}", model="Scribunto"), number=3, ns=828),
            page("Modèle:Fiche", "{{{court}}} [[Catégorie:Fiche]]", number=4, ns=10),
        )
    )
    assert spread_out(file, trial_mapping()) == plain(file, trial_mapping())


@pytest.mark.parametrize("cut", [200, -40])
def test_an_export_that_is_cut_short_is_told_as_by_any_command(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "export.xml"
    whole = export(*(page(f"Mare {n}", "{{Fiche}}", number=n) for n in range(1, 9)))
    file.write_bytes(whole[:cut])
    told = []
    for check in (plain, spread_out):
        with pytest.raises(InputError) as error:
            check(file, trial_mapping())
        told.append(error.value.message)
    assert told[0] == told[1]


def test_parts_are_small_and_leave_no_page_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.jobs.spreading.test_spread import TOOLS
    from wikibot.wiki.dump.handler import ExportedPage

    monkeypatch.setattr(parts, "_SIGNS", 10)
    monkeypatch.setattr(parts, "_PAGES", 3)
    seen = Revision(1, 0, moment_of(0))
    pages = [ExportedPage(f"P{n}", 0, n, seen, "wikitext", "x" * (n % 5)) for n in range(1, 20)]
    found = list(parts.parts_of(pages, TOOLS))
    assert list(chain.from_iterable(part.pages for part in found)) == pages
    assert all(len(part.pages) <= 3 for part in found)
    assert all(sum(len(p.text or "") for p in part.pages[:-1]) < 10 for part in found)
