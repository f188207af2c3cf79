"""Parameters, checks, exports and starting: what needs no wiki."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.peers.corpus import TEMPLATE, commons, write_export
from tests.benchmarks.peers.race import PEERS, Cost, command, in_turns, median, run
from tests.benchmarks.peers.table import Line, ratio
from tests.benchmarks.whole import ordinary
from tests.wiki.exports import export, page, revision

Print = Callable[[str], object]
_READERS = (
    ("wikibot", "with_wikibot", "parameters"),
    ("wikitextparser", "with_parsers", "wikitextparser"),
    ("mwparserfromhell", "with_parsers", "mwparserfromhell"),
    ("pywikibot textlib", "with_pywikibot", "parameters"),
)


def parameters(size: int, rounds: int, folder: Path, say: Print) -> list[Line]:
    """Read the 25 parameters of pages in memory."""
    file = folder / "texts.json"
    file.write_text(json.dumps(commons(size)))

    def runner(module: str, task: str) -> Callable[[], Cost]:
        return lambda: run(module, task, file=str(file), template=TEMPLATE)

    all_costs = in_turns(rounds, *(runner(module, task) for _, module, task in _READERS))
    say(f"read the parameters of {size} pages, medians of {rounds} rounds")
    each = {}
    for (name, _, _), costs in zip(_READERS, all_costs, strict=True):
        assert all(cost.result == all_costs[0][0].result for cost in costs), name
        each[name] = median(costs, "cpu") / size * 1000
        say(f"  {name:32} {each[name]:7.3f} ms a page")
    ours = each["wikibot"]
    return [
        ratio("read the parameters of a page", ours, "ms", limit, name, each[name])
        for name, limit in (("mwparserfromhell", 1 / 20), ("wikitextparser", 1 / 6))
    ]


def dumps(size: int, part: int, rounds: int, folder: Path, say: Print) -> list[Line]:
    """Read the parameters of every page of an export; the peers a part of it."""
    texts = commons(min(size, 2000))
    whole, some = folder / "whole.xml", folder / "part.xml"
    write_export(whole, texts, size)
    write_export(some, texts, part)

    def runner(module: str, file: Path) -> Callable[[], Cost]:
        return lambda: run(module, "dump", file=str(file), template=TEMPLATE)

    ours, short, theirs = in_turns(
        rounds,
        runner("with_wikibot", whole),
        runner("with_wikibot", some),
        runner("with_parsers", some),
    )
    assert all(cost.result == theirs[0].result for cost in (*short, *theirs))
    assert ours[0].result[0] == size
    fast, slow = size / median(ours, "cpu"), part / median(theirs, "cpu")
    peak, before = median(ours, "peak"), median(short, "peak")
    say(f"an export of {size} pages, {whole.stat().st_size / 1e6:.0f} MB, one process")
    say(f"  {'wikibot':32} {fast:7.0f} pages a second, {peak:.0f} MB; of {part}: {before:.0f} MB")
    say(
        f"  {'mwxml + mwparserfromhell':32} {slow:7.0f} pages a second, "
        f"{median(theirs, 'peak'):.0f} MB, of {part} pages"
    )
    return [
        ratio(
            f"parameters of an export, {size} pages: pages a second",
            fast, "", 12, "mwxml + mwparserfromhell", slow, least=True,
        ),
        Line(f"the same: memory, {size} pages", peak, "MB", peak, 60),
        Line(f"the same: memory that {size - part} pages more take", peak - before, "MB",
             peak - before, 5),
    ]  # fmt: skip


def check(size: int, folder: Path, say: Print) -> list[Line]:
    """Check pages by all rules."""
    file = folder / "export.xml"
    texts, _ = ordinary(size)
    pages = (page(t, revision(n, text), number=n) for n, (t, text) in enumerate(texts, 1))
    file.write_bytes(export(*pages))
    kilobytes = file.stat().st_size / len(texts) / 1000
    cost = run("with_wikibot", "check", file=str(file))
    read, found = cost.result
    each = cost.cpu / read * 1000
    say(f"check {read} pages of {kilobytes:.1f} kB, all rules: {found} findings")
    say(f"  {'wikibot':32} {each:7.2f} ms a page, {cost.peak:.0f} MB")
    return [
        Line("check a page, all rules", each, "ms", each, 1),
        Line(f"memory of {read} pages checked", cost.peak, "MB", cost.peak, 300),
    ]


def starting(rounds: int, wikibot: Sequence[str], folder: Path, say: Print) -> list[Line]:
    """Ask for the help of the command line."""
    contestants = [
        ("wikibot --help", (*wikibot, "--help")),
        ("importing click", (sys.executable, "-c", "import click")),
        ("python", (sys.executable, "-c", "")),
        ("wikipush --help", (str(PEERS.with_name("wikipush")), "--help")),
        ("importing pywikibot", (str(PEERS), "-c", "import pywikibot")),
    ]

    def runner(words: Sequence[str]) -> Callable[[], Cost]:
        return lambda: command(words, folder)

    all_costs = in_turns(rounds, *(runner(words) for _, words in contestants))
    say(f"starting, medians of {rounds} rounds")
    each = {}
    for (name, _), costs in zip(contestants, all_costs, strict=True):
        each[name] = median(costs, "cpu") * 1000
        say(f"  {name:32} {each[name]:7.0f} ms of processor")
    ours = each["wikibot --help"]
    return [
        ratio("wikibot --help", ours, "ms", 1.5, "importing click", each["importing click"]),
        ratio("wikibot --help", ours, "ms", 0.25, "wikipush --help", each["wikipush --help"]),
    ]
