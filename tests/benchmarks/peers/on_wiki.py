"""Reading, changing and nights, on the wiki of the tests: requests, time, processors of both."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.contestant import digest
from tests.benchmarks.peers.corpus import CATEGORY, FIELD, TEMPLATE, commons
from tests.benchmarks.peers.hand import changed
from tests.benchmarks.peers.race import Cost, command, in_turns, median, run
from tests.benchmarks.peers.table import Line, ratio
from tests.benchmarks.peers.wiki import Stock
from tests.mediawiki.bench import MediaWikiBench
from tests.mediawiki.faults import ALWAYS

Print = Callable[[str], object]
_ORDER = {"category": CATEGORY, "template": TEMPLATE, "field": FIELD}


def told(name: str, pages: int, costs: Sequence[Cost]) -> str:
    """Return the costs of one contestant in a line."""
    seconds, cpu, server = (median(costs, what) for what in ("seconds", "cpu", "server"))
    asked = "/".join(str(n) for n in sorted({cost.requests for cost in costs}))
    return (
        f"  {name:32} {pages:5} pages {asked:>5} requests {seconds:7.2f} s "
        f"{cpu:6.2f} s here {server:6.2f} s there"
    )


def work_of(cost: Cost) -> float:
    """Return the processor seconds of both sides: what a busy machine does not stretch."""
    return cost.cpu + cost.server


def both(costs: Sequence[Cost]) -> float:
    """Return the median of these."""
    return sorted(map(work_of, costs))[len(costs) // 2]


def read(stock: Stock, rounds: int, say: Print, *, peers: bool = True) -> list[Line]:
    """Read every page, all at once; and some, one by one."""
    size = len(stock.texts)
    some = max(size // 10, 1)
    everything = digest(stock.texts.items())
    titles = list(stock.texts)[:some]

    def runner(module: str, task: str, expected: object, **order: object) -> Callable[[], Cost]:
        def once() -> Cost:
            cost = run(module, task, stock.bench, **_ORDER, **order)
            assert cost.result == expected, f"{module} {task}: {cost.result}"
            return cost

        return once

    contestants = [("wikibot", runner("with_wikibot", "read", everything))]
    if peers:
        contestants += [
            ("pywikibot, preloading", runner("with_pywikibot", "read", everything)),
            ("mwclient, a query by hand", runner("with_mwclient", "generator", everything)),
        ]
    ours, *others = in_turns(rounds, *(runner for _, runner in contestants))
    say(f"read {size} pages, medians of {rounds} rounds")
    for (name, _), costs in zip(contestants, (ours, *others), strict=True):
        say(told(name, size, costs))
    batch = 500
    lines = [
        Line(
            f"read {size} pages: requests beside the login",
            max(cost.requests for cost in ours),
            "",
            max(cost.requests for cost in ours),
            math.ceil(size / batch) + 1,
        )
    ]
    if not peers:
        return lines
    bot = others[0]
    few = digest((title, stock.texts[title]) for title in titles)
    for name, module in (
        ("mwclient, page by page", "with_mwclient"),
        ("wikipush", "with_wikipush"),
    ):
        cost = runner(module, "read", few, most=some, titles=titles)()
        say(told(name, some, [cost]))
    return [
        *lines,
        ratio(
            f"read {size} pages: time",
            median(ours, "seconds"), "s", 0.7, "pywikibot", median(bot, "seconds"),
        ),
        ratio(
            f"read {size} pages: processor here",
            median(ours, "cpu"), "s", 0.4, "pywikibot", median(bot, "cpu"),
        ),
        ratio(f"read {size} pages: processors, both", both(ours), "s", 0.7, "pywikibot", both(bot)),
    ]  # fmt: skip


def change(
    stock: Stock,
    number: int,
    rounds: int,
    folder: Path,
    say: Print,
    *,
    peers: bool = True,
    away: float = 0.0,
) -> list[Line]:
    """Give one field of pages another value, as fast as the wiki takes it.

    `away`: so many seconds more are between a request and its answer, as over a network.
    """
    faults = stock.bench.faults
    if away:
        faults.on(times=ALWAYS).first(lambda: time.sleep(away))
    try:
        return _change(stock, number, rounds, folder, say, peers=peers, away=away)
    finally:
        faults.clear()


def _change(
    stock: Stock, number: int, rounds: int, folder: Path, say: Print, *, peers: bool, away: float
) -> list[Line]:
    where = f", {away * 1000:.0f} ms away" if away else ""
    titles = list(stock.texts)[:number]

    def runner(module: str, titles: Sequence[str], **more: object) -> Callable[[], Cost]:
        def once() -> Cost:
            before, value = stock.revids(titles), stock.next_value()
            order = {**_ORDER, **more, "titles": titles, "value": value}
            cost = run(module, "change", stock.bench, **order)
            assert cost.result == len(titles), f"{module}: {cost.result}"
            stock.insist(before, value)
            return cost

        return once

    contestants = [("wikibot", runner("with_wikibot", titles, folder=str(folder)))]
    if peers:
        contestants.append(("pywikibot, preloading", runner("with_pywikibot", titles)))
    ours, *others = in_turns(rounds, *(runner for _, runner in contestants))
    say(f"change one field on {number} pages{where}, medians of {rounds} rounds")
    for (name, _), costs in zip(contestants, (ours, *others), strict=True):
        say(told(name, number, costs))
    asked = max(cost.requests for cost in ours)
    lines = [
        Line(
            f"change {number} pages{where}: requests beside the login",
            asked, "", asked, number + number // 25 + 5,
        )
    ]  # fmt: skip
    if not peers:
        return lines
    (bot,) = others
    lines.append(
        ratio(
            f"change {number} pages{where}: time",
            median(ours, "seconds"), "s", 0.85, "pywikibot", median(bot, "seconds"),
        )
    )  # fmt: skip
    if away:
        return lines
    some = titles[: max(number // 6, 1)]
    for name, module in (
        ("mwclient, page by page", "with_mwclient"),
        ("wikipush", "with_wikipush"),
    ):
        say(told(name, len(some), [runner(module, some)()]))
    what = f"change {number} pages: processors, both"
    return [*lines, ratio(what, both(ours), "s", 0.85, "pywikibot", both(bot))]


def change_slowly(
    stock: Stock, edits: int, seconds: int, times: int, folder: Path, say: Print
) -> list[Line]:
    """Change pages where the wiki takes so many edits in so many seconds: `times` as many.

    The limit is the time that so many edits take at the rate it allows. Of few windows the first
    edits may come in a burst, as pywikibot's do, and all be done sooner. `folder` is that of
    `change`: wikibot does not write where a run unknown to its journal did.
    """
    titles = list(stock.texts)[: edits * times]
    stock.bench.admin.limit_edits(edits, seconds)
    limit = len(titles) * seconds / edits
    say(f"change {len(titles)} pages where the wiki takes {edits} in {seconds} s: {limit:.0f} s")
    costs = {}
    for name, module in (
        ("wikibot", "with_wikibot"),
        ("pywikibot", "with_pywikibot"),
        ("mwclient, page by page", "with_mwclient"),
    ):
        stock.bench.admin._forget("%limiter%")  # each begins with all that is allowed
        before, value = stock.revids(titles), stock.next_value()
        order = {**_ORDER, "titles": titles, "value": value}
        if module == "with_wikibot":
            order["folder"] = str(folder)
        cost = run(module, "change", stock.bench, **order)
        stock.insist(before, value, edited=cost.result)
        costs[name] = cost
        say(f"{told(name, cost.result, [cost])}; {cost.result} of {len(titles)} saved")
    stock.bench.admin.rights("bot", noratelimit=True)
    ours = costs["wikibot"]
    missing = len(titles) - ours.result
    return [
        Line("under the edit limit: edits lost", missing, "", missing, 0),
        Line(
            f"under the edit limit: time of {len(titles)} edits, as a part of the limit",
            ours.seconds / limit, "", ours.seconds / limit, 1.15,
        ),
    ]  # fmt: skip


def night(
    stock: Stock, size: int, wikibot: Sequence[str], folder: Path, say: Print, *, peers: bool = True
) -> list[Line]:
    """Spend a first night on `size` pages, one without news, and one with ten pages changed."""
    bench = stock.bench
    there = len(stock.texts)
    if size > there:
        texts = {title.replace("Commun", "Petit"): text for title, text in commons(size).items()}
        small = {title: _short(text) for title, text in list(texts.items())[there:]}
        stock.add(small)
    _configure(bench, folder)
    words = (*wikibot, "nightly")
    first = command(words, folder, bench)
    say(f"nights on {len(stock.texts)} pages; the first one: {_nightly(first)}")
    quiet = command(words, folder, bench)
    say(f"  nothing changed: {_nightly(quiet)}; {_asked(bench)}")
    writes = sum(request.writes for request in bench.requests_seen())
    since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for title in list(stock.texts)[:10]:
        stock.texts[title] = changed(stock.texts[title], "montant", "12345")
        bench.edit_as_human(title, stock.texts[title])
    bench.run_jobs()
    ten = command(words, folder, bench)
    say(f"  ten pages changed: {_nightly(ten)}; {_asked(bench)}")
    _insist_on_copy(stock, folder)
    lines = [
        Line(f"a quiet night, {size} pages: requests", quiet.requests, "", quiet.requests, 6),
        Line(f"a quiet night, {size} pages: writes", writes, "", writes, 0),
        Line(
            "ten pages changed: requests more",
            ten.requests - quiet.requests, "", ten.requests - quiet.requests, 2,
        ),
    ]  # fmt: skip
    if not peers:
        return lines
    everything = run("with_pywikibot", "read", bench, **_ORDER)
    assert everything.result == digest(stock.texts.items())
    say(told("pywikibot, all of them again", len(stock.texts), [everything]))
    recent = run("with_pywikibot", "recent", bench, **_ORDER, since=since)
    say(told("pywikibot, recent changes", recent.result[0], [recent]))
    pulled = command((*wikibot, "pull"), folder, bench)
    say(f"  wikibot pull, nothing changed: {_nightly(pulled)}")
    return [
        *lines,
        ratio(
            "a copy brought up to date: processors there",
            pulled.server, "s", 0.1, "pywikibot reading all", everything.server,
        ),
    ]  # fmt: skip


def _short(text: str) -> str:
    """Return a common without its long lines: no link and no bold word goes over a line."""
    return "\n".join(line for line in text.splitlines() if len(line) < 150)


def _configure(bench: MediaWikiBench, folder: Path) -> None:
    secret = folder / "secret.txt"
    secret.write_text(bench.password)
    secret.chmod(0o600)
    (folder / "wikibot.toml").write_text(
        f'[wiki]\napi = "{bench.api}"\naccount = "{bench.account}"\n'
        'password_file = "secret.txt"\nstate = "state"\n\n'
        '[nightly]\nfix = ["VOC103"]\noverview = ["overview.html"]\n'
    )


def _nightly(cost: Cost) -> str:
    return f"{cost.requests} requests, {cost.seconds:.1f} s, {cost.cpu:.1f} s here"


def _asked(bench: MediaWikiBench) -> str:
    return ", ".join(_kind(request.parameters) for request in bench.requests_seen())


def _kind(parameters: dict[str, Any]) -> str:
    names = ("action", "meta", "list", "generator", "prop", "type")
    return "/".join(parameters[name] for name in names if parameters.get(name, "query") != "query")


def _insist_on_copy(stock: Stock, folder: Path) -> None:
    """Make sure that the copy which the night left holds the texts of the wiki."""
    from wikibot.store.mirror import Mirror

    (file,) = folder.rglob("mirror.sqlite")
    from wikibot.wiki.mediawiki import MediaWiki

    bench = stock.bench
    with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
        wikiid = wiki.wikiid
    with Mirror.open(file.parent, wikiid) as mirror:
        kept = {str(page.title): page.text for page in mirror.pages()}
    wrong = [title for title in kept | stock.texts if kept.get(title) != stock.texts.get(title)]
    assert not wrong, f"the copy is not as the wiki: {len(wrong)} pages, {wrong[:3]}"
