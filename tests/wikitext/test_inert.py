"""Values that act as nothing: what a reader sees is the value, and MediaWiki does nothing else."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.errors import UnsafeValue
from wikibot.language import NO_BREAK
from wikibot.wikitext import transclusions
from wikibot.wikitext.contained import self_contained
from wikibot.wikitext.inert import inert, page_link

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

HOSTILE = (
    *("{{Modèle}}", "{{{param|x}}}", "[[Lien]]", "[[Catégorie:Piège]]", "[[Fichier:A.png|thumb]]"),
    *("[https://example.org ici]", "https://example.org/a", "mailto:alix@example.org", "//a.b/c"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>gras</b>", "</td></table>"),
    *("<nowiki>", "</nowiki>", "<!--", "-->", "<ref>a</ref>", "<pre>x", "<section begin=a />"),
    *("~~~~", "__TOC__", "__NOINDEX__", "__ TOC __", "'''gras'''", "''", "'", "l'été d'Alix"),
    *("a || b", "|-", "|}", "{|", "! a !! b", "|+ x", "| a", "{{!}}", "-{fr:a;en:b}-", "}}", "]]"),
    *("== T ==", "= T =", "* a", "# a", ": a", "; a : b", "----", " a", "#REDIRECT [[A]]"),
    *("RFC 2324", "ISBN 978-2-07-036822-8", "PMID 1", "ISBN\u00a0978-2-07-036822-8"),
    *("&lt;b&gt;", "&#91;[A]]", "&amp;lt;", "&nbsp;", "[[A&#93;]", "{{#ask: [[A::+]] }}", "\\"),
    *("{{subst:A}}", "[[A|]]", "javascript:alert(1)", "tel:+33123456789", "urn:isbn:1", "[[A::b]]"),
    *("A\nB", "A\n\n* B", "a\tb", "Attention : oui ; non !", "À 14:30", "1/2", "3 < 4 & 5 > 4"),
    *("\u202eabc", "\u200f", "𝒜 é e\u0301", "{{{{{{", "[[[[[[", "<<<", "<a href='x'>", 'a="b"'),
)


def seen(text: str) -> str:
    """Return what a reader should see of a value."""
    return " ".join(re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text).split(" ")).strip()


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_reads_back_and_reaches_nothing_beside_it(value: str) -> None:
    written = inert(value)
    assert html.unescape(written) == re.sub(r"[\n\t ]+", " ", seen(value)).strip()
    assert not transclusions(f"x {written} y")
    assert not re.search(r"[\[\]{}<>|~]", written)
    self_contained(f"{{|\n| {written} || {written}\n|}}\n== {written} ==\n{written}")


@given(st.text())
def test_whatever_the_value_it_stays_in_its_cell(value: str) -> None:
    written = inert(value)
    assert "\n" not in written and not re.search(r"[\[\]{}<>|~=]", written)
    assert inert(html.unescape(written)) == written
    try:
        self_contained(f"{{|\n| {written}\n|}}")
    except UnsafeValue as error:
        raise AssertionError(written) from error


def test_ordinary_french_stays_as_people_type_it() -> None:
    words = "L'atelier d'été : relire, semer (2e tour) ; à 18 h, chez « Alix » !"
    assert inert(words) == words


def test_a_link_leads_to_the_page_and_puts_it_nowhere() -> None:
    assert page_link("Action:1", "1") == "[[:Action:1|1]]"
    assert page_link("Catégorie:Piège") == "[[:Catégorie:Piège|Catégorie&#58;Piège]]"
    assert page_link("Haies", "a]] {{b") == "[[:Haies|a&#93;&#93; &#123;&#123;b]]"
    for wrong in ("", "a|b", "a]]b", "{{a}}", "a<b", "a\nb", "a#b", "~~~"):
        assert "[[" not in page_link(wrong)


def parsed(bench: MediaWikiBench, text: str) -> dict[str, Any]:
    found: dict[str, Any] = bench.call(
        "human",
        action="parse",
        text=text,
        title="Essai",
        contentmodel="wikitext",
        prop="text|links|templates|categories|externallinks|images|properties|sections|iwlinks",
        disablelimitreport=1,
        disableeditsection=1,
        formatversion=2,
    )["parse"]
    return found


NOTHING = ("links", "templates", "categories", "externallinks", "images", "iwlinks", "properties")


def test_mediawiki_reads_every_value_as_text_in_a_cell_a_line_a_heading_and_a_label(
    mediawiki: MediaWikiBench,
) -> None:
    all_values = [unicodedata.normalize("NFC", value) for value in HOSTILE if inert(value)]
    for start in range(0, len(all_values), 12):
        values = all_values[start : start + 12]
        rows = "".join(f"\n|-\n| {inert(v)} || {inert(v)}x" for v in values)
        items = "".join(f"\n* {inert(v)}" for v in values)
        lines = "".join(f"\n\n{inert(v)}" for v in values)
        found = parsed(mediawiki, f"{{|\n! A !! B{rows}\n|}}\n{items}{lines}")
        assert not any(found[name] for name in NOTHING), {name: found[name] for name in NOTHING}
        cells = re.findall(r"<td>(.*?)\n?</td>", found["text"], re.S)
        assert len(cells) == 2 * len(values)
        bullets = re.findall(r"<li>(.*?)</li>", found["text"], re.S)
        for value, cell, bullet in zip(values, cells[::2], bullets, strict=True):
            wanted = re.sub(r"[\n\t ]+", " ", seen(value)).strip()
            for shown in (cell, bullet):
                assert "<" not in shown.strip(), (value, shown)
                read = html.unescape(shown).replace(NO_BREAK, " ")  # MediaWiki puts some itself
                assert read.strip() == wanted.replace(NO_BREAK, " "), (value, shown)
        assert not found["sections"]


def test_mediawiki_follows_links_to_categories_files_and_odd_titles_without_acting(
    mediawiki: MediaWikiBench,
) -> None:
    titles = ["Catégorie:Piège", "Fichier:A.png", "L'été d''Alix''", "A & B", "Fr:Chose", "/a"]
    labels = [value for value in HOSTILE if value.strip()]
    text = "\n\n".join(
        [*map(page_link, titles), *(page_link("Accueil des essais", label) for label in labels)]
    )
    found = parsed(mediawiki, text)
    assert not any(found[name] for name in ("templates", "categories", "externallinks", "images"))
    linked = {link["title"] for link in found["links"]}
    assert {"A & B", "Accueil des essais"} <= linked and len(linked) == len(titles) + 1
    assert not re.search(r"<(?!/?(?:p|a|div)\b)", found["text"])
