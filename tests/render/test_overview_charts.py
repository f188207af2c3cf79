"""Charts: what a table says, in one look, the same bytes each time, and nothing fetched."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import escape, unescape
from itertools import combinations
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from tests.render.checks import HOSTILE
from tests.render.overviews import column, hostile, usual
from tests.render.test_review import XSS
from wikibot.language import Language, Text, same
from wikibot.overviews import Chart, Table
from wikibot.render.overview import blanks, charts, dots, graphs, maps, style
from wikibot.render.overview.cells import shown
from wikibot.render.overview.grids import SHADES
from wikibot.render.overview.inline import inline
from wikibot.resources import data_folder

ALL = {
    chart.id: (chart, section.table(chart.table))
    for section in usual().sections
    for chart in section.charts
    if charts.drawable(chart, section.table(chart.table))
}


def drawn(chart_id: str, language: Language = "fr") -> str:
    return charts.svg(*ALL[chart_id], language)


def words(svg: str) -> list[str]:
    """Return the texts of a drawing; the lines of one are one."""
    found = re.findall(r"<text.*?</text>", svg, re.DOTALL)
    return [unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split(" ")).strip()) for text in found]


def parts(spec: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(spec, dict):
        for name, value in spec.items():
            yield name, value
            yield from parts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from parts(value)


class TestEveryChart:
    @pytest.mark.parametrize("chart_id", ALL)
    def test_is_drawn_twice_with_the_same_bytes(self, chart_id: str) -> None:
        assert drawn(chart_id) == drawn(chart_id)

    @pytest.mark.parametrize("chart_id", ALL)
    def test_is_titled_in_its_language(self, chart_id: str) -> None:
        chart = ALL[chart_id][0]
        languages: tuple[Language, ...] = ("fr", "en")
        for language in languages:
            assert chart.title.into(language) in words(drawn(chart_id, language))

    @pytest.mark.parametrize("chart_id", ALL)
    def test_names_no_address_and_no_picture(self, chart_id: str) -> None:
        for width in (style.WIDE, style.NARROW):
            for name, value in parts(charts.spec(*ALL[chart_id], "fr", width)):
                assert name not in ("url", "href", "src", "image", "sphere")
                assert value != "image"

    def test_is_a_picture_of_pixels_too(self) -> None:
        picture = charts.png(*ALL["challenges_bars"], "fr")
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert int.from_bytes(picture[16:20]) == 2 * style.WIDE

    def test_of_nothing_is_not_to_be_drawn(self) -> None:
        counts = usual().sections[2]
        (chart,) = (chart for chart in counts.charts if chart.id == "nothing_bars")
        assert not charts.drawable(chart, counts.table(chart.table))

    def test_may_not_fetch_anything(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asks = {
            "data": {"url": "https://data.example.org/x.json"},
            "mark": "bar",
            "encoding": {"x": {"field": "a"}},
        }
        monkeypatch.setattr(charts, "spec", lambda *_: asks)
        with pytest.raises(ValueError, match="data url not allowed"):
            drawn("challenges_bars")

    def test_is_drawn_without_a_network(self) -> None:
        alone = [shutil.which("unshare") or "unshare", "--user", "--net"]
        if not shutil.which("unshare") or subprocess.run([*alone, "true"], check=False).returncode:
            pytest.skip("this machine does not take a network away")
        code = (
            "from tests.render.test_overview_charts import ALL, charts\n"
            "print(sum(len(charts.svg(*each, 'fr')) > 1000 for each in ALL.values()))"
        )
        command = [*alone, sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        assert done.stdout.split() == [str(len(ALL))]

    @pytest.mark.parametrize("chart_id", ALL)
    def test_has_the_same_places_and_words_as_if_its_words_were_measured(
        self, chart_id: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        left_blank = drawn(chart_id)
        monkeypatch.setattr(charts, "blanked", lambda spec: (spec, []))
        measured = drawn(chart_id)
        assert words(left_blank) == words(measured)
        assert re.findall('viewBox="[^"]*"', left_blank) == re.findall('viewBox="[^"]*"', measured)

    @given(st.lists(st.text(), min_size=1, max_size=90))
    def test_blanks_stand_for_any_words(self, said: list[str]) -> None:
        spec, kept = blanks.blanked({"data": {"values": [{"t": word} for word in said]}})
        texts = [row["t"] for row in spec["data"]["values"]]
        assert all(text.isspace() or not text for text in texts), "or they were measured"
        wanted = [escape(word, quote=False) if word.strip() else word for word in said]
        assert [blanks.filled(text, kept) for text in texts] == wanted


class TestWhatIsDrawn:
    @pytest.mark.parametrize("chart_id", ["challenges_bars", "shares_bars", "amounts_bars"])
    def test_bars_bear_the_numbers_of_the_table(self, chart_id: str) -> None:
        chart, table = ALL[chart_id]
        languages: tuple[Language, ...] = ("fr", "en")
        for language in languages:
            at = table.column(chart.values[0])
            wanted = [shown(row[at], table.columns[at].kind, language) for row in table.rows]
            found = words(drawn(chart_id, language))
            assert [word for word in found if word in wanted] == [w for w in wanted if w]
        assert "618\u202f000\u00a0€" in words(drawn("amounts_bars"))
        assert "54,4\u00a0%" in words(drawn("shares_bars"))

    def test_bars_are_as_long_as_their_numbers(self) -> None:
        paths = re.findall(r'd="([^"]*)" fill="#1f6fb5"', bars_of((3, 9)))
        short, long = (max(map(float, re.findall(r"[ML]([\d.]+),", path))) for path in paths)
        assert long / short == pytest.approx(3, rel=0.05)

    def test_scales_and_months_are_in_the_language(self) -> None:
        french, english = (words(drawn("edits_lines", language)) for language in ("fr", "en"))
        assert "1\u202f000" in french and "avril" in french
        assert "1,000" in english and "April" in english

    def test_no_more_rows_than_wanted_are_drawn_and_that_is_said(self) -> None:
        chart, table = ALL["tags_bars"]
        found = words(drawn("tags_bars"))
        assert "Les 30 premières lignes sur 100 ; toutes sont dans le tableau." in found
        assert sum(word.isdigit() for word in found) == 30
        assert charts.said(replace(chart, most=100), table, "fr") == ""

    def test_no_more_colours_than_can_be_told_apart_are_drawn_and_that_is_said(self) -> None:
        columns = [column(f"c{n}", f"C{n}", f"C{n}", "number") for n in range(12)]
        table = Table("t", same("T"), (column("k", "K", "K"), *columns), (("a", *range(12)),))
        chart = Chart("c", same("C"), "stacked", "t", "k", tuple(c.id for c in columns))
        assert charts.said(chart, table, "fr").startswith("8 colonnes sur 12")
        assert {"C7"} <= set(words(charts.svg(chart, table, "fr")))
        assert "C8" not in words(charts.svg(chart, table, "fr"))

    def test_rows_of_the_same_name_stay_apart(self) -> None:
        assert bars_of((3, 9), names=("a", "a")).count('fill="#1f6fb5"') == 2

    def test_a_grid_has_every_number(self) -> None:
        chart, table = ALL["levels_grid"]
        numbers = [row[table.column(name)] for row in table.rows for name in chart.values]
        found = words(drawn("levels_grid"))
        for number in set(numbers) - {0}:
            assert found.count(str(number)) == numbers.count(number)

    def test_an_unknown_number_is_a_gap_not_a_nought(self) -> None:
        svg = drawn("calls_lines")
        assert svg.count('aria-roledescription="point"') in (0, 2)
        spec = charts.spec(*ALL["calls_lines"], "fr", style.WIDE)
        assert [row["v"] for row in spec["data"]["values"]] == [12, None, 31]

    def test_a_graph_has_a_dot_a_page_and_a_line_a_link(self) -> None:
        chart, table = ALL["near_graph"]
        graph = graphs.graph_of(chart, table, "fr")
        spec = charts.spec(chart, table, "fr", style.WIDE)
        data = {each["name"]: each["values"] for each in spec["data"]}
        assert len(data["dots"]) == len(graph.names) == 8
        assert len(data["links"]) == len(table.rows) == 19
        for dot in data["dots"]:
            assert 0 < dot["x"] < spec["width"] and 0 < dot["y"] < spec["height"]

    def test_a_map_shows_where_places_are(self) -> None:
        spec = charts.spec(*ALL["places_map"], "fr", style.WIDE)
        (names,) = (each["values"] for each in spec["data"] if each["name"] == "names")
        assert {" ".join(each["text"]) for each in names} == {"Haies", "=1+1"}
        (points,) = (each["values"] for each in spec["data"] if each["name"] == "dots")
        west, south = points
        assert west["x"] < south["x"] and west["y"] < south["y"]
        assert "Hors de la carte : 1 lieu, au tableau." in charts.said(*ALL["places_map"], "fr")

    @given(st.lists(st.tuples(st.floats(-95, 95), st.floats(-190, 190)), max_size=8))
    def test_whatever_the_places_a_map_has_those_that_exist(
        self, places: list[tuple[float, float]]
    ) -> None:
        rows = tuple((f"p{n}", place) for n, place in enumerate(places))
        columns = (column("p", "P", "P", "page"), column("at", "A", "A", "place"))
        chart = Chart("m", same("M"), "map", "t", "p", ("at",))
        table = Table("t", same("T"), columns, rows)
        exist = [(y, x) for y, x in places if abs(y) <= 90 and abs(x) <= 180]
        assert charts.drawable(chart, table) == bool(exist)
        spec = maps.map_of(chart, table, "fr", style.WIDE)
        (points,) = (each["values"] for each in spec["data"] if each["name"] == "dots")
        assert len(points) == sum(maps.nearby(exist))
        for point in points:
            assert 0 <= point["x"] <= spec["width"] and 0 <= point["y"] <= spec["height"]


class TestNames:
    @given(
        st.lists(
            st.tuples(st.integers(0, 300), st.integers(0, 200), st.integers(1, 12)), max_size=12
        )
    )
    def test_none_hides_another_or_a_dot_and_none_is_cut(
        self, given_dots: list[tuple[int, int, int]]
    ) -> None:
        made = [dots.Dot(x, y, 4, ("x" * long,) * (1 + long % 2)) for x, y, long in given_dots]
        boxes = [box(name) for name in dots.placed(made, 300, 200)]
        for left, top, right, bottom in boxes:
            assert left >= -0.2 and top >= -0.2 and right <= 300.2 and bottom <= 200.2
        taken = [(d.x - 4, d.y - 4, d.x + 4, d.y + 4) for d in made]
        for one, other in combinations(boxes, 2):
            assert not meet(one, other)
        for one in boxes:
            assert not any(meet(one, dot) for dot in taken)

    def test_a_long_one_takes_two_lines_and_ends_in_an_ellipsis(self) -> None:
        found = style.lines("un nom " * 30, 100)
        assert len(found) == 2
        assert found[-1].endswith("…")
        assert max(map(len, found)) <= 100 / 6


class TestTheLook:
    def test_every_colour_stands_out_from_the_paper_of_both_schemes(self) -> None:
        for colour in (style.ACCENT, style.LINE, *style.SERIES):
            for paper in papers():
                assert contrast(rgb(colour), rgb(paper)) >= 3, (colour, paper)

    def test_the_numbers_of_a_grid_can_be_read_on_every_shade(self) -> None:
        css = (data_folder("templates") / "report" / "base.css").read_text("utf-8")
        inks = re.findall(r"--ink: (#\w{6})", css)
        for ink, paper in zip(inks, papers(), strict=False):
            for shade in SHADES:
                below = blended(rgb(style.ACCENT), rgb(paper), shade)
                words_on_it = style.ON_ACCENT if shade > SHADES[-2] else ink
                assert contrast(rgb(words_on_it), below) >= 4.5, (shade, paper)

    def test_the_ink_of_a_picture_is_that_of_the_page(self) -> None:
        css = (data_folder("templates") / "report" / "base.css").read_text("utf-8")
        assert f"--ink: {style.INK}; --paper: {style.PAPER}" in css


class TestHostileWords:
    @pytest.mark.parametrize("form", range(6))
    def test_stay_words(self, form: int) -> None:
        for number, section in enumerate(hostile((*XSS, *HOSTILE)).sections):
            for chart in section.charts:
                if number % 6 == form:
                    svg = charts.svg(chart, section.tables[0], "fr")
                    tags = {each.tag.rpartition("}")[2] for each in fromstring(svg).iter()}
                    assert tags <= {"svg", "g", "path", "line", "rect", "text", "tspan", "defs",
                                    "clipPath", "circle"}  # fmt: skip

    def test_nothing_but_shapes_and_words_gets_into_a_page(self) -> None:
        evil = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            'viewBox="0 0 1 1" onload="x()"><script>x()</script><style>*{}</style>'
            '<foreignObject><p>x</p></foreignObject><image href="https://evil.example/a"/>'
            '<a xlink:href="javascript:x()"><text>in a link</text></a>'
            '<g onclick="x()" style="x:y"><path d="M0,0h1" fill="url(https://evil.example/a)"/>'
            '<text fill="#1b1b1f" class="x">a &lt;b&gt; c</text></g></svg>'
        )
        found = inline(evil, "c", '"><b>', "wide")
        for bad in ("script", "style", "foreign", "image", "href", "evil", "on", "in a link"):
            assert bad not in found.replace("&lt;b&gt;", ""), bad
        assert '<text class="fill-ink">a &lt;b&gt; c</text>' in found
        assert 'aria-label="&quot;&gt;&lt;b&gt;"' in found

    def test_what_cuts_off_is_named_once_in_a_page(self) -> None:
        bare = charts.bare(*ALL["places_map"], "fr")
        one, other = (inline(bare, name, "x", "wide") for name in ("a", "b"))
        assert re.findall(r' id="(\w+)', one) == ["a"]
        assert 'id="a-clip0"' in one and "url(#a-clip0)" in one
        assert 'id="b-clip0"' in other


def bars_of(numbers: tuple[int, ...], names: tuple[str, ...] = ("a", "b")) -> str:
    columns = (column("k", "K", "K"), column("n", "N", "N", "number"))
    rows = tuple(zip(names, numbers, strict=True))
    chart = Chart("c", Text("Titre", "Title"), "bars", "t", "k", ("n",))
    return charts.bare(chart, Table("t", same("T"), columns, rows), "fr")


def test_lines_of_dates_are_at_their_days() -> None:
    columns = (column("day", "J", "D", "date"), column("n", "N", "N", "number"))
    days = (date(2025, 1, 1), date(2025, 1, 2), date(2025, 12, 31))
    table = Table("t", same("T"), columns, tuple((day, 1) for day in days))
    chart = Chart("c", same("C"), "lines", "t", "day", ("n",))
    spec = charts.spec(chart, table, "fr", style.WIDE)
    assert [row["k"] for row in spec["data"]["values"]] == [day.isoformat() for day in days]
    assert spec["encoding"]["x"]["scale"] == {"type": "utc"}


Colour = tuple[float, float, float]


def papers() -> list[str]:
    css = (data_folder("templates") / "report" / "base.css").read_text("utf-8")
    found = re.findall(r"--paper: (#\w{6})", css)
    assert len(found) == 2, "light and dark"
    return found


def rgb(colour: str) -> Colour:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return red, green, blue


def blended(over: Colour, below: Colour, part: float) -> Colour:
    red, green, blue = (part * a + (1 - part) * b for a, b in zip(over, below, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Source: WCAG 2.2, contrast ratio and relative luminance."""

    def luminance(colour: Colour) -> float:
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def box(name: dots.Placed) -> tuple[float, float, float, float]:
    wide = style.taken([name.lines])
    left = {"left": name.x, "right": name.x - wide, "center": name.x - wide / 2}[name.align]
    return left, name.y - 6.5, left + wide, name.y - 6.5 + 13 * len(name.lines)


def meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    apart = 0.2  # places are rounded
    return (
        one[0] + apart < other[2]
        and other[0] + apart < one[2]
        and one[1] + apart < other[3]
        and other[1] + apart < one[3]
    )


@pytest.mark.parametrize(("number", "apart"), [(500, True), (4000, False)])
def test_of_very_many_places_those_that_touch_are_one_dot(number: int, apart: bool) -> None:
    places = [(43 + n % 71 / 10, -1 + n % 67 / 10) for n in range(number)]
    columns = (column("page", "Page", "Page", "page"), column("at", "Lieu", "Place", "place"))
    table = Table("t", same("Lieux"), columns, tuple((f"P{n}", at) for n, at in enumerate(places)))
    chart = Chart("m", same("Carte"), "map", "t", "page", ("at",), most=number)
    drawn = next(d for d in charts.spec(chart, table, "fr", 600)["data"] if d["name"] == "dots")
    assert (len(drawn["values"]) == number) == apart
    assert len(drawn["values"]) > 300
    assert ("se touchent" in charts.said(chart, table, "fr")) != apart
