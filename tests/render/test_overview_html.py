"""The overview as a page: whole in itself, right in its numbers, open to everybody."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml.html import document_fromstring  # type: ignore[import-untyped]
from playwright.sync_api import expect

import wikibot
from tests.browser import Opened, Scheme, opened
from tests.render.overviews import LONG, column, hostile, large, usual
from tests.render.test_html import seen
from tests.render.test_review import XSS
from wikibot.language import Language, Text
from wikibot.overviews import Overview, Section, Table
from wikibot.redaction import hide
from wikibot.render.overview.cells import known, listed, shown
from wikibot.render.overview.html import html
from wikibot.render.overview.view import FIRST
from wikibot.resources import data_folder
from wikibot.visible import visible

WEB = "https://wiki.example.org"
_ELEMENTS = (
    "html head meta title style body a header h1 h2 h3 h4 p span time nav ol li div main section "
    "dl dt dd figure figcaption svg g path line rect text tspan defs clippath label input table "
    "caption thead tbody tfoot tr th td i button details summary ul script"
)


def web(title: str) -> str:
    return f"{WEB}/{title.replace(' ', '_')}"


@cache
def page(language: Language = "fr") -> str:
    return html(usual(), language, address=web)


@cache
def harmful() -> str:
    return html(hostile(XSS), "fr", address=lambda title: f"javascript:{title}")


@cache
def heavy() -> str:
    return html(large(10_000), "fr", address=web)


def table_of(shown_page: str, table_id: str) -> Any:
    (found,) = document_fromstring(shown_page).xpath(f"//*[@id='table-{table_id}']//table")
    return found


def tables(overview: Overview) -> Iterator[Table]:
    for section in overview.sections:
        yield from section.tables


class TestThePage:
    @pytest.mark.parametrize("made", [page, harmful], ids=["usual", "hostile"])
    def test_is_one_of_known_elements_without_any_handler_style_or_address(self, made: Any) -> None:
        found = seen(made())
        assert {tag for tag, _ in found.elements} <= set(_ELEMENTS.split())
        for tag, attributes in found.elements:
            assert not {name for name in attributes if name.startswith("on") or name == "style"}
            assert not {"src", "srcset", "action", "formaction", "data", "ping"} & attributes.keys()
            href = attributes.get("href") or ""
            assert tag == "a" or not href
            assert href.startswith(("#", f"{WEB}/", "https://", "mailto:")) or tag != "a"

    def test_may_have_any_one_section_folded_or_not(self) -> None:
        whole = usual()
        for section in whole.sections:
            for folded in (False, True):
                alone = replace(whole, sections=(replace(section, folded=folded),))
                assert f'id="section-{section.id}"' in html(alone, "fr")

    @pytest.mark.parametrize("made", [page, harmful], ids=["usual", "hostile"])
    def test_names_each_thing_once_and_points_at_what_is_there(self, made: Any) -> None:
        found = seen(made())
        ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
        assert len(set(ids)) == len(ids)
        for tag, attributes in found.elements:
            for name in ("for", "aria-labelledby", "aria-controls"):
                assert name not in attributes or attributes[name] in ids
            href = attributes.get("href") or ""
            assert tag != "a" or not href.startswith("#") or href[1:] in ids
            clip = re.search(r"url\(#(.*)\)", attributes.get("clip-path") or "")
            assert clip is None or clip[1] in ids

    def test_its_policy_allows_its_own_style_and_script_and_nothing_else(self) -> None:
        found = seen(harmful())
        (policy,) = (
            attributes["content"] or ""
            for _, attributes in found.elements
            if attributes.get("http-equiv") == "Content-Security-Policy"
        )
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules.pop("default-src") == "'none'"
        for name, tag in (("style-src", "style"), ("script-src", "script")):
            digest = base64.b64encode(hashlib.sha256(found.texts[tag].encode()).digest()).decode()
            assert rules.pop(name) == f"'sha256-{digest}'"
        assert set(rules.values()) == {"'none'"}
        tags = [tag for tag, _ in found.elements if tag in ("style", "script")]
        assert tags == ["style", "script"]

    def test_is_made_twice_with_the_same_bytes(self) -> None:
        assert html(usual(), "fr", address=web) == page()

    def test_shows_what_is_hostile_as_words(self) -> None:
        text = seen(harmful()).texts["td"]
        for bad in XSS:
            assert "\n".join(map(visible, bad.splitlines())) in text

    def test_links_to_the_web_and_to_mail_alone(self) -> None:
        links = document_fromstring(page()).xpath("//main//a")
        addresses = [(link.text, link.get("href")) for link in links]
        assert ("Haies", f"{WEB}/Haies") in addresses
        assert ("mailto:contact@example.org", "mailto:contact@example.org") in addresses
        assert not [a for _, a in addresses if a.startswith("javascript:")]
        assert all(link.get("rel") == "noopener noreferrer" for link in links)
        assert not document_fromstring(page()).xpath("//tfoot//a"), "a total is no page"

    def test_of_a_folder_links_to_no_page(self) -> None:
        hrefs = document_fromstring(html(usual(), "fr")).xpath("//th//a/@href")
        assert hrefs == []

    def test_keeps_secrets_to_itself(self) -> None:
        hide("tr0ub4dor-and-3", lasting=False)
        overview = hostile(["tr0ub4dor-and-3"])
        assert "tr0ub4dor" not in html(overview, "fr")

    def test_of_an_overview_without_sections_says_so(self) -> None:
        nothing = Overview(Text("Rien", "None"), Text("W", "W"), "w", usual().as_of, ())
        assert "Rien à montrer ici." in html(nothing, "fr")


class TestNumbers:
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_in_every_table_are_those_of_the_overview(self, language: Language) -> None:
        for table in tables(usual()):
            if not table.rows:
                continue
            kept = [n for n, each in enumerate(table.columns) if each.id != table.depth]
            shown_rows = table_of(page(language), table.id).xpath(".//tbody/tr | .//tfoot/tr")
            rows = [*table.rows, *([table.total] if table.total else [])]
            assert len(shown_rows) == len(rows)
            for row, shown_row in zip(rows, shown_rows, strict=True):
                for at, cell in zip(kept, shown_row, strict=True):
                    kind, value = table.columns[at].kind, row[at]
                    wanted = shown(value, kind, language)
                    if kind in ("words", "pages"):
                        wanted = " · ".join(listed(value, language))
                    if not known(value):
                        wanted = {"fr": "non renseigné", "en": "not known"}[language]
                    assert cell.text_content() == wanted

    def test_of_the_figures_are_there(self) -> None:
        values = document_fromstring(page()).xpath("//dl//dd[starts-with(@class, 'value')]")
        text = [value.text_content() for value in values]
        assert text[:3] == ["1\u202f234", "62,5\u00a0%", "1\u202f250\u202f000,50\u00a0€"]
        assert text[5:] == ["oui", "non renseigné"]

    def test_of_a_board_are_those_of_its_table(self) -> None:
        (board,) = document_fromstring(page()).xpath("//div[@class='board']")
        lanes = {
            lane.xpath("string(h4)"): [
                " ".join(t.split()) for t in lane.xpath(".//li/p[1]//text()")
            ]
            for lane in board.xpath("section")
        }
        assert list(lanes) == ["À faire (3)", "En cours (3)", "Fait (1)", "Sans colonne (1)"]
        assert "Action 5" in lanes["Sans colonne (1)"]
        assert LONG in lanes["En cours (3)"]
        assert board.text_content().count("En retard") == 2

    def test_a_board_of_many_cards_says_how_many_more_there_are(self) -> None:
        table = next(each for each in tables(usual()) if each.cards)
        many = Table(table.id, table.label, table.columns, table.rows[:1] * 40, cards=table.cards)
        section = Section("s", table.label, (many,))
        overview = Overview(Text("H", "H"), Text("W", "W"), "w", usual().as_of, (section,))
        shown_page = html(overview, "fr")
        assert "et 15 de plus, au tableau" in shown_page
        assert len(table_of(shown_page, table.id).xpath(".//tbody/tr")) == 40

    def test_of_ten_thousand_communs_are_all_there_in_a_file_that_opens(self) -> None:
        assert len(heavy().encode()) < 15_000_000
        found = table_of(heavy(), "glance")
        assert len(found.xpath(".//tbody/tr")) == 10_000
        assert len(found.xpath(".//tbody[not(@hidden)]/tr")) == FIRST

    def test_of_a_chart_stand_beside_it(self) -> None:
        root = document_fromstring(page())
        for section in usual().sections:
            for chart in section.charts:
                figures = root.xpath(f"//figure[@id='chart-{chart.id}']")
                assert len(figures) == bool(section.table(chart.table).rows)
                assert root.xpath(f"//*[@id='table-{chart.table}']")
                for figure in figures:
                    assert len(figure.xpath(".//svg[@role='img' and @aria-label]")) == 2


class TestWhatIsFolded:
    def test_a_section_that_few_read_is_opened_when_it_is_asked_for(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        overview = usual()
        sections = (*overview.sections[:-1], replace(overview.sections[-1], folded=True))
        folded = html(replace(overview, sections=sections), "fr")
        with opened(chromium, folded, tmp_path) as at:
            figure = at.page.locator("#chart-near_graph")
            expect(figure).to_be_hidden()
            assert at.barriers() == []
            at.page.get_by_role("link", name="Relations").click()
            expect(figure).to_be_visible()
            at.harmless()

    def test_a_long_text_is_cut_between_words_and_whole_when_it_is_asked_for(self) -> None:
        words = "Un atlas que tiennent ses habitants. " * 12
        columns = (column("p", "P", "P", "page"), column("t", "T", "T"))
        table = Table("long", Text("L", "L"), columns, (("A", words), ("B", words[:130])))
        section = Section("s", table.label, (table,))
        shown_page = html(replace(usual(), sections=(section,)), "fr")
        long, short = table_of(shown_page, "long").xpath(".//td")
        assert long.text_content() == words
        assert len(long.xpath("string(.//summary)")) <= 110
        assert long.xpath("string(.//summary)").endswith(" ")
        assert not short.xpath(".//summary")


def order(at: Opened, table: str, column: int) -> list[str]:
    cells = at.page.locator(f"#table-{table} tbody tr > :nth-child({column + 1})")
    return cells.all_inner_texts()


class TestInABrowser:
    def test_what_is_hostile_stays_text_and_nothing_is_asked_or_run(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        with opened(chromium, harmful(), tmp_path) as at:
            for summary in at.page.query_selector_all("summary"):
                summary.evaluate("each => each.parentElement.open = true")
            text = at.page.inner_text("main")
            for bad in (XSS[0], XSS[5], XSS[25]):
                assert bad in text
            for button in at.page.query_selector_all("thead button")[:3]:
                button.click()
            assert at.page.title() == "<b>Titre</b>"
            at.harmless()

    @pytest.mark.parametrize(
        ("language", "scheme", "width"),
        [("fr", "light", 1280), ("en", "dark", 1280), ("fr", "dark", 360), ("en", "light", 360)],
    )
    def test_nobody_is_shut_out_and_nothing_is_wider_than_the_window(
        self, chromium: Path, tmp_path: Path, scheme: Scheme, width: int, language: Language
    ) -> None:
        with opened(chromium, page(language), tmp_path, scheme=scheme, width=width) as at:
            wide = "document.documentElement.scrollWidth > innerWidth"
            assert not at.page.evaluate(wide)
            at.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert not at.page.evaluate(wide)
            assert at.barriers() == []
            at.harmless()

    def test_a_table_is_sorted_by_keyboard(self, chromium: Path, tmp_path: Path) -> None:
        with opened(chromium, page(), tmp_path) as at:
            head = at.page.locator("#table-glance thead th")

            def press(column: int) -> str | None:
                head.nth(column).locator("button").focus()
                at.page.keyboard.press("Enter")
                return head.nth(column).get_attribute("aria-sort")

            assert press(5) == "descending", "the most comes first of numbers"
            assert order(at, "glance", 5)[:3] == ["1\u202f000\u202f000", "21", "0"]
            assert press(5) == "ascending"
            assert order(at, "glance", 5)[:3] == ["0", "21", "1\u202f000\u202f000"]
            assert order(at, "glance", 0)[3] == "Page vide", "what is unknown comes last"
            assert press(0) == "ascending"
            assert head.nth(5).get_attribute("aria-sort") is None
            assert order(at, "glance", 0) == ["=1+1", "Haies", "Page vide", LONG]
            press(8)
            assert order(at, "glance", 8)[:3] == [
                "31 décembre 1999", "29 février 2024", "1er mars 2026"
            ]  # fmt: skip
            press(8)
            assert order(at, "glance", 0)[3] == "Page vide", "unknown comes last both ways"
            assert at.page.locator("#table-glance tfoot tr").count() == 1
            at.harmless()

    def test_a_table_is_searched_whatever_the_accents(self, chromium: Path, tmp_path: Path) -> None:
        with opened(chromium, heavy(), tmp_path) as at:
            rows = at.page.locator("#table-glance tbody tr")
            count = at.page.locator("#table-glance [role=status]")
            expect(count).to_have_text("30 sur 10\u202f000")
            at.page.fill("#table-glance input", "EMBRUN  ombré")
            expect(at.page.locator("#table-glance .no-match")).to_be_visible()
            assert rows.count() == 0
            at.page.fill("#table-glance input", "OMBRE numero 4243")
            expect(count).to_have_text("1 sur 10\u202f000")
            assert rows.locator("th").inner_text() == "L'été à l'ombre numéro 4243"
            at.page.fill("#table-glance input", "mares")
            expect(count).to_have_text("2\u202f500 sur 10\u202f000")
            assert rows.count() == FIRST, "no more is drawn than is looked at"
            at.page.click("#table-glance [data-step='200']")
            assert rows.count() == FIRST + 200
            at.page.fill("#table-glance input", "")
            expect(count).to_have_text("30 sur 10\u202f000")
            at.page.locator("#table-glance thead button").first.click()
            assert rows.first.locator("th").inner_text() == "Atlas des mares numéro 1"
            at.harmless()

    def test_all_the_rows_of_a_table_can_be_seen(self, chromium: Path, tmp_path: Path) -> None:
        with opened(chromium, html(large(1_500), "fr"), tmp_path) as at:
            rows = at.page.locator("#table-glance tbody tr")
            at.page.locator("#table-glance [data-step=all]").focus()
            at.page.keyboard.press("Enter")
            expect(rows).to_have_count(1_500)
            assert order(at, "glance", 0)[-1].endswith(" 1499")
            expect(at.page.locator("#table-glance .more")).to_be_hidden()
            assert at.page.evaluate("document.activeElement.closest('tr')?.rowIndex") == FIRST + 1
            at.page.fill("#table-glance input", "Haies")
            expect(rows).to_have_count(FIRST)
            at.harmless()

    def test_on_paper_nothing_is_a_control_and_long_tables_are_short(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        with opened(chromium, page(), tmp_path) as at:
            at.page.emulate_media(media="print")
            for control in ("nav", ".more", ".skip", "input"):
                assert at.page.locator(f"{control}:visible").count() == 0
            assert at.page.locator(".numbers:visible").count() == 0
            at.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            rows = at.page.locator("#table-challenges tbody tr")
            assert rows.locator("visible=true").count() == rows.count() > 0
            assert at.page.locator("#table-tags tbody tr:visible").count() == 12
            told = at.page.locator("#table-tags .on-paper:visible").text_content()
            assert told == "Sur papier, les 12 premières lignes sur 100 ; toutes sont à l'écran."
            at.harmless()

    def test_the_demo_wiki_takes_few_sheets(self, chromium: Path, tmp_path: Path) -> None:
        demo = wikibot.open_wiki(data_folder("templates") / "demo")
        made = wikibot.make_overview(demo, wikibot.load_mapping("resilience"), keep=False)
        with opened(chromium, html(made, "fr"), tmp_path) as at:
            paper = at.page.pdf(prefer_css_page_size=True)
        assert 5 < len(re.findall(rb"/Type\s*/Page\b", paper)) < 20

    def test_what_is_folded_is_named_on_paper_and_left_out(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        *others, last = usual().sections
        sections = (*others, replace(last, folded=True))
        folded = html(replace(usual(), sections=sections), "fr", address=web)
        with opened(chromium, folded, tmp_path) as at:
            at.page.emulate_media(media="print")
            fold = at.page.locator(".section-fold").first
            assert fold.locator("h2").is_visible()
            assert fold.locator("table").first.is_hidden()
            assert at.page.get_by_text("Ces parties sont repliées").is_visible()

    def test_without_its_script_every_row_is_there(self, chromium: Path, tmp_path: Path) -> None:
        with opened(chromium, page(), tmp_path) as at:
            browser = at.page.context.browser
            assert browser is not None
            plain = browser.new_context(java_script_enabled=False).new_page()
            plain.goto((tmp_path / "page.html").as_uri())
            plain.locator("summary", has_text="Mots-clés").click()
            assert plain.locator("#table-tags tbody tr:visible").count() == 100
            assert plain.locator(".tools:visible, .more:visible").count() == 0

    def test_by_keyboard_one_comes_to_the_content_and_to_what_is_wider(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        with opened(chromium, page(), tmp_path, width=360) as at:
            at.page.keyboard.press("Tab")
            assert at.page.evaluate("document.activeElement.className") == "skip"
            at.page.keyboard.press("Enter")
            assert at.page.evaluate("document.activeElement.id") == "content"
            wide = at.page.locator("#table-glance .scroll")
            assert wide.get_attribute("tabindex") == "0"
            before = wide.evaluate("each => each.scrollLeft")
            wide.focus()
            at.page.keyboard.press("ArrowRight")
            at.page.wait_for_function(
                "was => document.querySelector('#table-glance .scroll').scrollLeft > was",
                arg=before,
            )

    def test_words_of_a_chart_are_read_in_both_schemes(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        colours = {}
        schemes: tuple[Scheme, ...] = ("light", "dark")
        for scheme in schemes:
            with opened(chromium, page(), tmp_path, scheme=scheme) as at:
                of = "each => getComputedStyle(each).fill"
                colours[scheme] = at.page.locator("svg.wide text").first.evaluate(of)
        assert colours == {"light": "rgb(27, 27, 31)", "dark": "rgb(232, 232, 238)"}


@pytest.mark.parametrize(("section", "rows"), [("funding", 1000), ("glance", 1500)])
def test_a_very_long_table_shows_its_first_rows_and_says_so(section: str, rows: int) -> None:
    columns = (column("name", "Nom", "Name"),)
    long = Table("long", Text("Long", "Long"), columns, tuple((f"n{n}",) for n in range(1500)))
    made = replace(usual(), sections=(Section(section, Text("Partie", "Part"), (long,)),))
    page = html(made, "fr")
    assert len(re.findall(r">n\d+<", page)) == rows
    assert ("premières lignes sur 1" in page) == (rows < 1500)
