"""The benchmarks beside peers, at a tiny size and without the peers: they still measure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.peers import on_wiki
from tests.benchmarks.peers.corpus import FIELD, commons, write_export
from tests.benchmarks.peers.hand import changed
from tests.benchmarks.peers.race import run
from tests.benchmarks.peers.table import Line, ratio, shown
from tests.benchmarks.peers.wiki import Stock

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench


@pytest.fixture
def stock(fresh_mediawiki: MediaWikiBench) -> Stock:
    filled = Stock(fresh_mediawiki)
    filled.add(commons(12))
    return filled


def test_reading_and_changing_are_measured_and_what_was_done_is_looked_at(
    stock: Stock, tmp_path: Path
) -> None:
    told: list[str] = []
    lines = on_wiki.read(stock, 1, told.append, peers=False)
    lines += on_wiki.change(stock, 5, 1, tmp_path, told.append, peers=False)
    assert all(line.reached for line in lines), shown(lines)
    asked = [line.ours for line in lines]
    assert asked[0] == 2  # the list, the texts
    assert 7 <= asked[1] <= 10  # read, five edits, read back; may it go on, and may it begin
    assert all(costs.split()[-3] != "0.00" for costs in told if costs.startswith("  wikibot"))

    # Somebody has edited a page: it is not what it should be.
    title = "Commun 00003"
    stock.bench.edit_as_human(title, changed(stock.texts[title], FIELD, "Autre"))
    with pytest.raises(AssertionError, match="with_wikibot read"):
        on_wiki.read(stock, 1, told.append, peers=False)


def test_an_edit_that_is_not_there_is_noticed(stock: Stock) -> None:
    titles = list(stock.texts)[:2]
    before = stock.revids(titles)
    with pytest.raises(AssertionError, match="Commun 00000"):
        stock.insist(before, "MIT")
    known = dict.fromkeys(titles, 0)
    with pytest.raises(AssertionError, match="Commun 00000"):
        stock.insist(known, "MIT", edited=0)
    stock.insist(before, "MIT", edited=0)


def test_an_export_is_read_with_all_its_parameters(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    write_export(file, commons(3), 7)
    cost = run("with_wikibot", "dump", file=str(file), template="Ressource")
    assert cost.result[:2] == [7, 7 * 25]
    assert cost.cpu > 0 and 10 < cost.peak < 200


def test_a_table_tells_what_is_not_reached() -> None:
    table = shown(
        [
            Line("requests", 6, "", 6, 6),
            ratio("time", 3, "s", 0.7, "peer", 4),
            ratio("speed", 30, "", 12, "peer", 2, least=True),
        ]
    )
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    assert rows[2:] == [
        ["requests", "6", "", "", "≤ 6", "reached"],
        ["time", "3 s", "4 s, peer", "0.750", "≤ 0.700", "NOT reached"],
        ["speed", "30", "2, peer", "15", "≥ 12", "reached"],
    ]
