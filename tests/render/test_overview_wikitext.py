"""An overview as wikitext: read by MediaWiki itself, tables are tables and values are words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.mediawiki.bench import MediaWikiBench
from tests.render.checks import HOSTILE
from tests.render.overviews import LONG, hostile, large, usual
from wikibot.edits.regions import region_edit
from wikibot.language import same
from wikibot.overviews import Column, Overview, Section, Table
from wikibot.page import Page, Revision
from wikibot.render.overview.cells import exact, rounded, shown
from wikibot.render.overview.wikitext import wikitext
from wikibot.title import FRENCH
from wikibot.wikitext import FRENCH_WIKI, categories_of, transclusions

# What a sanitizer or a parser may take the wrong way round.
MORE = (
    *("|}", "|-", "||", "!!", "|+", "{|", "\n|}\n", "\n== x ==", "\n* x", "----", "</div></td>"),
    *('" onclick="x', "[[Haies]]", "[[Fichier:X.png]]", "[https://x.example x]", "<!-- x", "-->"),
    *("<nowiki>", "</nowiki>[[x]]", "{{PAGENAME}}", "{{subst:x}}", "__TOC__", "__FORCETOC__"),
    *("{{!}}", "#REDIRECTION [[x]]", "~~~~~", "RFC 1", "PMID 1", "&#91;&#91;x]]", "<math>x</math>"),
    *("{{#ask: [[x::y]]}}", "[[x::y]]", "https://x.example/|}", "https://x.example/]x", "'''''"),
    *("https://x.example/''x''", "https://x.example/\n|}", "//x.example", "-{zh:x}-", " x", ":x"),
    *("Catégorie:Piège", ":Catégorie:Piège", "Fichier:Piège.png", "en:Piège", "../x", "/x", "#x"),
    "%5B%5Bx%5D%5D",
    "x" * 40_000,
)


class Tables(HTMLParser):
    """The cells of every table of a page: their text, and what they are sorted by."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.found: list[list[list[tuple[str, str | None]]]] = []
        self._cell: list[str] | None = None
        self._sort: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")
        if tag == "table":
            self.found.append([])
        elif tag == "tr":
            self.found[-1].append([])
        elif tag in ("td", "th"):
            self._cell, self._sort = [], dict(attrs).get("data-sort-value")
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.found[-1][-1].append(("".join(self._cell).strip(), self._sort))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def parsed(bench: MediaWikiBench, text: str) -> dict[str, Any]:
    found: dict[str, Any] = bench.call(
        action="parse",
        text=text,
        title="Aperçu",
        prop="links|templates|categories|externallinks|images|iwlinks|properties|sections|text",
        contentmodel="wikitext",
        pst=1,
        disabletoc=1,
    )["parse"]
    return found


def shown_tables(overview: Overview) -> list[Table]:
    return [table for section in overview.sections for table in section.tables]


def test_mediawiki_reads_back_every_number_of_every_table(mediawiki: MediaWikiBench) -> None:
    overview = usual()
    content, line = wikitext(overview, "fr")
    html = unescape(str(parsed(mediawiki, f"{content}\n\n{line}")["text"]))
    tables = Tables(html).found
    assert len(tables) == len(shown_tables(overview))
    seen = 0
    for table, (headings, *rows) in zip(shown_tables(overview), tables, strict=True):
        columns = [column for column in table.columns if column.id != table.depth]
        assert [words for words, _ in headings] == [column.label.fr for column in columns]
        expected = [*table.rows, *([table.total] if table.total else [])]
        if not table.rows:
            assert rows == [[("Aucune ligne.", None)]]
            continue
        assert len(rows) == len(expected)
        for row, cells in zip(rows, expected, strict=True):
            at = [table.column(column.id) for column in columns]
            for (words, key), place, column in zip(row, at, columns, strict=True):
                if column.kind in ("number", "share", "amount"):
                    number = exact(cells[place])
                    assert words == shown(cells[place], column.kind, "fr")
                    wanted = None if number is None else rounded(number, column.kind)
                    assert (None if key is None else Decimal(key)) == wanted
                    seen += number is not None
                elif column.kind in ("date", "moment", "flag"):
                    assert words == shown(cells[place], column.kind, "fr")
    assert seen > 150
    assert "1\u202f234" in html and "62,5\u00a0%" in html and "31 janvier 2026" in html


def test_mediawiki_finds_headings_captions_links_and_bars(mediawiki: MediaWikiBench) -> None:
    overview = usual()
    found = parsed(mediawiki, wikitext(overview, "fr", level=3)[0])
    html = str(found["text"])
    assert [(each["level"], each["line"]) for each in found["sections"]] == [
        ("3", section.heading.fr) for section in overview.sections
    ]
    assert len(re.findall(r"<caption>", html)) == len(shown_tables(overview))
    titles = {link["title"] for link in found["links"]}
    assert {"Haies", "Atlas des mares", LONG, "=1+1", "Catégorie:Commun"} <= titles
    assert not found["categories"] and not found["images"]
    assert re.findall(r"width:(\d+)%;height:0.4em", html)[:3] == ["100", "100", "100"]
    assert "width:73%" in html and "background:rgba(31,111,181,0.50)" in html
    assert found["externallinks"] == ["https://haies.example.org/?a=1&b=2"]
    assert html.count('class="sortbottom"') == 2
    assert html.count("wikitable sortable") == len(shown_tables(overview))


@pytest.mark.parametrize("corpus", [HOSTILE, MORE])
def test_nothing_in_a_value_acts_on_a_wiki(
    mediawiki: MediaWikiBench, corpus: tuple[str, ...]
) -> None:
    overview = hostile(value for value in corpus)
    content, _ = wikitext(overview, "fr")
    assert transclusions(content) == () and not list(categories_of(content, FRENCH_WIKI))
    sent = "".join(sign for sign in content if sign >= " " or sign in "\n\t")
    assert sent == content  # no control character is left
    found = parsed(mediawiki, content)
    for kind in ("templates", "categories", "images", "iwlinks", "properties"):
        assert not found[kind], (kind, found[kind])
    assert len(found["sections"]) == len(corpus)
    assert all("example" in link for link in found["externallinks"])
    html = str(found["text"])
    tables = Tables(html).found
    assert [len(table) for table in tables] == [3] * len(corpus)
    assert all(len(row) == 7 for table in tables for row in table)
    read = Tables(html)
    assert read.tags <= {
        *("div", "table", "caption", "tbody", "tr", "th", "td", "a", "p", "br", "small", "b"),
        *("ul", "li", "h2", "span"),
    }
    assert set(read.attributes) <= {
        *("class", "id", "title", "href", "rel", "style", "scope", "data-sort-value"),
    }
    for address in read.attributes["href"]:
        assert address.startswith(("/index.php", "#", "https://")), address
    users = [link for link in found["links"] if link["ns"] in (2, 3)]
    assert not users  # of a signature


def test_a_value_reads_as_it_is(mediawiki: MediaWikiBench) -> None:
    values = [*HOSTILE, *MORE[:-1]]
    table = Table(
        "t", same("T"), (Column("c", same("C"), "text"),), tuple((each,) for each in values)
    )
    overview = Overview(
        same("x"), same("x"), "x", usual().as_of, (Section("s", same("S"), (table,)),)
    )
    (rows,) = Tables(str(parsed(mediawiki, wikitext(overview, "fr", most=500)[0])["text"])).found
    read = [words for ((words, _),) in rows[1:]]
    for value, words in zip(values, read, strict=True):
        if value.isprintable():
            # MediaWiki itself keeps a sign from leaving its line: a space before % or « »
            assert words.replace("\u00a0", " ") == " ".join(value.split()), value


def test_the_content_does_not_depend_on_the_moment() -> None:
    overview = large(20)
    later = replace(overview, as_of=overview.as_of + timedelta(days=1))
    (first, on), (second, after) = wikitext(overview, "fr"), wikitext(later, "fr")
    assert first == second and on != after
    assert "\n" not in on and unescape(on).count("31 janvier 2026") == 1


@pytest.mark.parametrize("overview", [usual(), hostile((*HOSTILE, *MORE))])
def test_the_bot_can_keep_it_as_its_part_of_a_page(overview: Overview) -> None:
    content, line = wikitext(overview, "fr")
    edit = region_edit(None, "Aperçu", "apercu", content, line)
    assert edit is not None and edit.text is not None
    revision = Revision(1, 0, overview.as_of)
    page = Page(1, FRENCH.parse("Aperçu"), revision, edit.text.rstrip())
    later = wikitext(replace(overview, as_of=overview.as_of + timedelta(days=1)), "fr")
    assert region_edit(page, "Aperçu", "apercu", *later) is None


def test_a_long_table_ends_and_says_how_many_rows_are_left() -> None:
    content, _ = wikitext(large(1002), "fr", most=100)
    assert "<small>… et 902 autres lignes.</small>" in content
    assert content.count("[[:") == 100
    assert "one more row" in wikitext(large(101), "en", most=100)[0]
    assert "autre" not in wikitext(large(100), "fr", most=100)[0]
    assert len(wikitext(large(10_000), "fr")[0]) < 100_000


def test_a_tree_is_indented() -> None:
    content, _ = wikitext(usual(), "fr")
    assert '| style="padding-left:2em" | Sols\n' in content
    assert '| style="padding-left:3.5em" | Sols : haies\n' in content.replace("&#58;", ":")
    assert "Profondeur" not in content
