"""Every form of an overview shows the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import wikibot
from tests.render import reading
from tests.render.overviews import large, usual
from wikibot.jobs.overview.making import make_overview
from wikibot.overviews import Overview
from wikibot.render.overview import charts
from wikibot.render.overview import csv as as_csv
from wikibot.render.overview import json as as_json
from wikibot.render.overview.book import book
from wikibot.render.overview.html import html
from wikibot.render.overview.wikitext import wikitext
from wikibot.resources import data_folder

NO_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1"/>'
SHARED = Path(__file__).parents[3] / "shared"


def of_wiki(place: Path, state: Path) -> Overview:
    if not place.exists():
        pytest.skip(f"{place.name} is not here")
    mapping = wikibot.load_mapping("resilience")
    wiki = wikibot.open_wiki(str(place))
    return make_overview(wiki, mapping, history=False, check=False, state=state)


OVERVIEWS: dict[str, Callable[[Path], Overview]] = {
    "sample": lambda _: usual(),
    "large": lambda _: large(300),
    "demo": lambda state: of_wiki(data_folder("templates") / "demo", state),
    "dump": lambda state: of_wiki(SHARED / "smw-wiki.xml", state),
}


@pytest.mark.parametrize("name", OVERVIEWS)
def test_the_numbers_of_every_form_are_those_of_the_overview(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        charts, "bare", lambda *_: NO_DRAWING
    )  # drawings take long, and hold no numbers
    overview = OVERVIEWS[name](tmp_path)
    numbers = reading.of_overview(overview)
    known = [n for table in numbers for row in table for n in row if n is not None]
    assert len(known) > 20
    assert reading.of_json(overview, as_json.text(overview, "fr")) == numbers
    assert reading.of_csv(overview, as_csv.files(overview, "fr")) == numbers
    xlsx = reading.sheets_of_xlsx(book(overview, "fr", "xlsx"))
    assert reading.of_sheets(overview, xlsx) == numbers
    path = tmp_path / "a.ods"
    path.write_bytes(book(overview, "fr", "ods"))
    assert reading.of_sheets(overview, reading.sheets_of_ods(path)) == numbers
    assert reading.of_wikitext(overview, wikitext(overview, "fr", most=10_000)[0]) == numbers
    assert reading.of_html(overview, html(overview, "fr")) == numbers
