"""Measure wikibot beside its peers: `python -m tests.benchmarks.peers [--size N] [WORK…]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.peers import in_memory, on_wiki
from tests.benchmarks.peers.corpus import commons
from tests.benchmarks.peers.race import PEERS
from tests.benchmarks.peers.table import Line, shown
from tests.benchmarks.peers.wiki import Stock
from tests.mediawiki.bench import MediaWikiBench, why_unavailable

WORKS = ("starting", "parameters", "check", "dump", "read", "change", "limit", "night")
WIKIBOT = (str(Path(sys.executable).with_name("wikibot")),)


def main() -> None:
    """Print what each piece of work cost, and the table."""
    options = _options()
    works, size, rounds = options.works or WORKS, options.size, options.rounds
    say = partial(print, flush=True)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if "starting" in works:
            lines += in_memory.starting(3 * rounds, WIKIBOT, folder, say)
        if "parameters" in works:
            lines += in_memory.parameters(max(size // 10, 20), rounds, folder, say)
        if "check" in works:
            lines += in_memory.check(size * 5 // 2, folder, say)
        if "dump" in works:
            lines += in_memory.dumps(size * 10, max(size // 4, 50), rounds, folder, say)
        if set(works) & {"read", "change", "limit", "night"}:
            lines += _on_wiki(works, size, rounds, folder, say)
    print(f"\n{shown(lines)}")


def _on_wiki(
    works: Sequence[str], size: int, rounds: int, folder: Path, say: on_wiki.Print
) -> list[Line]:
    lines: list[Line] = []
    for name in ("wiki", "journal", "night"):
        (folder / name).mkdir()
    with MediaWikiBench(folder / "wiki") as bench:
        stock = Stock(bench)
        stock.add(commons(size))
        if "read" in works:
            lines += on_wiki.read(stock, rounds, say)
        if "change" in works:
            number = max(size * 3 // 20, 10)
            journal = folder / "journal"
            lines += on_wiki.change(stock, number, rounds, journal, say)
            lines += on_wiki.change(stock, max(number // 5, 10), rounds, journal, say, away=0.04)
        if "limit" in works:
            lines += on_wiki.change_slowly(stock, 45, 30, 2, folder / "journal", say)
        if "night" in works:
            lines += on_wiki.night(stock, size * 5 // 2, WIKIBOT, folder / "night", say)
    return lines


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers", description=__doc__)
    parser.add_argument("works", metavar="WORK", nargs="*", choices=[[], *WORKS], default=[])
    parser.add_argument("--size", type=int, default=2000, help="pages on the wiki (2000)")
    parser.add_argument("--rounds", type=int, default=3, help="of what is run in turns (3)")
    options = parser.parse_args()
    if not PEERS.exists():
        parser.error("the peers are not installed: make bench")
    if set(options.works or WORKS) & {"read", "change", "limit", "night"} and why_unavailable():
        parser.error(why_unavailable() or "")
    return options


if __name__ == "__main__":
    main()
