"""A plan to be reviewed in a browser: nothing of a wiki is more than text, nobody is shut out."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import Scheme, opened
from tests.render.checks import HOSTILE, checked, finding
from tests.render.test_html import seen
from wikibot.edits import Change, PageEdit, Plan
from wikibot.language import Language
from wikibot.mapping import load_mapping
from wikibot.render import html as findings
from wikibot.render.review import html

MAPPING = load_mapping("resilience")
WEB = "https://wiki.example.org"
RULES = ("VOC102", "VOC103", "TXT104+TXT105")
TEXT = "{{Ressource\n|niveau=Idée\n}}\n"
# What would run, ask or leave wherever it is taken for markup, an address or a script.
XSS = (
    "<script>window.pwned=1</script>",
    "</td></tr></table><script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</style><style>@import 'https://evil.example/a.css';</style>",
    "</title><svg/onload=window.pwned=1>",
    "<img src=x onerror=window.pwned=1>",
    '"><img src=x onerror="alert(1)">',
    "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1' x='",
    '" autofocus onfocus=window.pwned=1 x="',
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<iframe src=javascript:parent.pwned=1></iframe>",
    "<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
    "<math><mi//xlink:href='data:x,<script>window.pwned=1</script>'>",
    "<details open ontoggle=window.pwned=1>",
    "<input onfocus=window.pwned=1 autofocus>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<form action=https://evil.example/><button>x</button></form>",
    "<object data=https://evil.example/a></object><embed src=https://evil.example/b>",
    "<video src=https://evil.example/v autoplay onerror=window.pwned=1></video>",
    "<!--><script>window.pwned=1</script>",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=1>'>",
    "<template><script>window.pwned=1</script></template>",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "{{ 7*7 }} {% raw %} {{constructor.constructor('window.pwned=1')()}}",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.pwned=1&#62;",
    "\u202e<script>window.pwned=1</script>\u2028window.pwned=1\x00",
    "<scr\u0000ipt>window.pwned=1</scr\u0000ipt>",
    "＜script＞window.pwned=1＜/script＞",
    "<a href='jav\tascript:window.pwned=1'>x</a>",
    "${window.pwned=1} `+window.pwned=1+` '-(window.pwned=1)-'",
    "]]><script>window.pwned=1</script><![CDATA[",
)


def change(field: str, old: str, new: str, rule: str = "", *, safe: bool = True) -> Change:
    commun = MAPPING.page_type("commun")
    known = commun.field(field) if commun else None
    parameter = known.parameter if known else field
    return Change("Ressource", 0, parameter, old, new, field, rule, safe, "")


def plan(*edits: PageEdit) -> Plan:
    return Plan("plan-k3f9a2", "wiki", "2026-01-31T12:00:00+00:00", edits)


def hostile(corpus: tuple[str, ...] = XSS) -> Plan:
    """Return a plan that has each of the corpus wherever a plan has words of somebody."""
    edits = []
    for number, bad in enumerate(corpus):
        made = replace(
            change(bad, f"avant {bad}", f"après {bad}", f"{bad}+VOC102", safe=False),
            template=bad,
            parameter=bad,
            reason=f"parce que {bad}",
        )
        moved = replace(change("licence", bad, f"{bad}{bad}"), renamed_from=f"old {bad}")
        edits.append(PageEdit(f"{bad} {number}", number + 1, 1, (made, moved), bad))
        edits.append(PageEdit(f"{bad} neuf {number}", 0, 0, (), bad, text=bad))
    return plan(*edits)


def usual() -> Plan:
    words = "Un atlas que tiennent ses habitants, commune par commune. " * 20
    return plan(
        PageEdit(
            "Haies",
            3,
            7,
            (
                change("licence", "MIT", "CC0"),
                change("niveau", "idée", "Idée", "VOC103"),
                change("tags", "haie vive, mare", "haie, mare", "VOC102", safe=False),
                change("description", words, words.replace("atlas", "recueil", 1), "TXT104"),
                replace(change("licence", "MIT", "MIT", "PAR104"), renamed_from="license"),
            ),
        ),
        PageEdit("Mares", 4, 7, (change("niveau", "", "Idée"), change("tags", "eau", ""))),
        PageEdit("Talus", 0, 0, (), text=TEXT),
    )


def page(shown: Plan, language: Language = "fr") -> str:
    return html(shown, MAPPING, language, place=WEB, address=lambda title: f"{WEB}/{title}")


class TestAsText:
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_it_is_made_of_known_elements_without_any_handler(self, language: Language) -> None:
        shown = html(
            hostile((*XSS, *HOSTILE)),
            MAPPING,
            language,
            place=XSS[0],
            address=lambda title: f"javascript:{title}",
        )
        found = seen(shown)
        tags = {tag for tag, _ in found.elements}
        assert not tags & {"img", "svg", "iframe", "object", "embed", "base", "link", "video"}
        for tag, attributes in found.elements:
            assert not {name for name in attributes if name.startswith("on") or name == "style"}
            assert not {"src", "srcset", "action", "data", "ping"} & attributes.keys()
            assert tag != "a" or attributes == {"class": "skip", "href": "#pages"}
        assert [tag for tag, _ in found.elements if tag in ("style", "script")] == [
            "style",
            "script",
        ]

    def test_the_words_that_differ_are_marked_as_gone_and_come(self) -> None:
        shown = page(usual())
        assert "<del>haie vive</del>, mare" in shown
        assert "<ins>haie</ins>, mare" in shown
        assert "Un <del>atlas</del> que tiennent" in shown
        assert shown.count("commune par commune") < 20, "what stays is not shown whole"

    def test_a_new_page_is_shown_with_its_text(self) -> None:
        shown = page(usual())
        assert "Nouvelle page" in shown
        assert f"<ins>{TEXT}</ins>" in shown

    def test_who_asks_and_why_is_told(self) -> None:
        words = " ".join(re.sub(r"<[^>]+>", " ", page(usual())).split())
        assert "Correction sûre" in words
        assert "Proposition, à vérifier" in words
        assert "Demandée" in words
        assert "À modifier : 2 pages, 7 champs, 1 nouvelle page." in words
        assert "paramètre : license devient → licence" in unescape(words)

    def test_a_value_is_shown_as_people_read_it_and_as_it_is_written_where_that_changes(
        self,
    ) -> None:
        shown = page(plan(PageEdit("H", 1, 1, (change("niveau", "a&#124;b", "a{{!}}c"),))))
        assert "a|" in shown and "&amp;#124;" not in shown
        shown = page(plan(PageEdit("H", 1, 1, (change("niveau", "a&#124;b", "a{{!}}b"),))))
        assert "{{!}}" in shown

    def test_an_empty_plan_says_so(self) -> None:
        assert "Rien à changer." in page(plan())
        assert "<form" not in page(plan())

    def test_a_thousand_pages_stay_a_file_that_opens(self) -> None:
        edits = [replace(usual().edits[0], title=f"Page {n}") for n in range(1000)]
        assert len(page(plan(*edits)).encode()) < 15_000_000


class TestInABrowser:
    def test_what_is_hostile_stays_text_and_nothing_is_asked_or_run(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        with opened(chromium, page(hostile()), tmp_path) as browser:
            text = browser.page.inner_text("main")
            for bad in (XSS[0], XSS[5], XSS[25]):
                assert bad in text
            every = browser.page.locator("#shown").inner_text()
            browser.page.fill("#words", XSS[0])
            browser.page.keyboard.press("Enter")
            expect(browser.page.locator("#shown")).not_to_have_text(every)
            for section in browser.page.query_selector_all("section.page")[:3]:
                section.hover()
            browser.harmless()
            browser.page.mouse.click(5, 5)
            assert browser.page.url.startswith("file:")
            assert browser.page.title() == "Modifications à relire"
            browser.harmless()

    def test_it_is_filtered_by_rule_by_words_and_by_what_is_safe(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        with opened(chromium, page(usual()), tmp_path) as browser:
            shown = browser.page.locator("#shown")
            assert shown.inner_text() == "8 sur 8 affichées"
            browser.page.select_option("#rule", "VOC103")
            expect(browser.page.locator("#shown")).to_have_text(re.compile("^1 "))
            assert browser.page.locator("tr[data-rules]:visible").count() == 1
            assert browser.page.locator("section.page:visible").count() == 1
            browser.page.click("button[type=reset]")
            browser.page.check("#safe")
            expect(browser.page.locator("#shown")).to_have_text(re.compile("^3 "))
            browser.page.click("button[type=reset]")
            browser.page.fill("#words", "mares")
            expect(browser.page.locator("#shown")).to_have_text(re.compile("^2 "))
            browser.page.fill("#words", "introuvable")
            browser.page.locator("#no-match").wait_for()
            browser.harmless()

    def test_a_rule_that_stands_with_another_is_found(self, chromium: Path, tmp_path: Path) -> None:
        two = change("niveau", "idée.", "Idée", "TXT104+VOC103")
        shown = page(plan(PageEdit("A", 1, 1, (two, change("licence", "", "CC0")))))
        with opened(chromium, shown, tmp_path) as browser:
            browser.page.select_option("#rule", "VOC103")
            expect(browser.page.locator("#shown")).to_have_text(re.compile("^1 "))
            assert browser.page.locator("tr[data-rules]:visible").inner_text().startswith("Niveau")

    @pytest.mark.parametrize(
        ("language", "scheme", "width"),
        [("fr", "light", 1200), ("en", "dark", 1200), ("fr", "dark", 360), ("en", "light", 360)],
    )
    def test_nobody_is_shut_out(
        self, chromium: Path, tmp_path: Path, scheme: Scheme, width: int, language: Language
    ) -> None:
        with opened(chromium, page(usual(), language), tmp_path, scheme=scheme, width=width) as at:
            assert at.barriers() == []
            too_wide = "document.documentElement.scrollWidth > innerWidth"
            assert not at.page.evaluate(too_wide)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_nobody_is_shut_out_from_the_findings(
        self, chromium: Path, tmp_path: Path, scheme: Scheme
    ) -> None:
        found = [
            finding("Haies", "idée", new="Idée", safe=True),
            finding("Haies", "a", new="b"),
            finding("Mares", "c", severity="error"),
            finding("Mares", "d", severity="info"),
        ]
        shown = findings.html(checked(found, address=lambda t: f"{WEB}/{t}"), "fr")
        with opened(chromium, shown, tmp_path, scheme=scheme) as at:
            assert at.barriers() == []
            at.harmless()

    def test_what_is_hostile_stays_text_among_the_findings(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        found = [finding("Haies", bad, new=f"{bad}!") for bad in XSS]
        shown = findings.html(checked(found, address=lambda t: f"{WEB}/{t}"), "fr")
        with opened(chromium, shown, tmp_path) as at:
            at.harmless()
            assert XSS[0] in at.page.inner_text("main")

    def test_by_keyboard_one_comes_to_everything_and_past_the_filter(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        with opened(chromium, page(usual()), tmp_path) as browser:
            focused = "document.activeElement.id || document.activeElement.tagName"
            browser.page.keyboard.press("Tab")
            assert browser.page.evaluate("document.activeElement.className") == "skip"
            browser.page.keyboard.press("Enter")
            assert browser.page.evaluate(focused) == "pages"
            browser.page.keyboard.press("Tab")
            assert browser.page.evaluate("document.activeElement.textContent") == "Haies"

    def test_a_page_that_would_run_something_is_noticed(
        self, chromium: Path, tmp_path: Path
    ) -> None:
        shown = page(usual()).replace("<h1>", "<img src='https://evil.example/x'><h1>")
        with opened(chromium, shown, tmp_path) as browser, pytest.raises(AssertionError):
            browser.harmless()
        shown = page(usual()).replace("<h1>", "<h1 style='color:#ccc'>").replace("<label", "<b")
        with opened(chromium, shown, tmp_path) as browser:
            assert browser.barriers()
