"""What a sync of many actions costs on a real MediaWiki: `python -m tests.benchmarks.sync [SIZE]`.

So many actions on a wiki of the tests (`make mediawiki`) and in a workbook; then a sync when
nothing changed, and one when a hundred rows of the workbook have changed. Requests are counted
at the wiki's door; seconds are the wall clock of a process of its own, in which the server's are.
`tests.jobs.test_sync_on_mediawiki` holds the counts, on fewer actions.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import openpyxl

from tests.cli.command import spawn
from tests.mediawiki.bench import HOME, MediaWikiBench

CHANGED = 100
SYNC = ("actions", "sync", "equipe", "--apply", "--allow", "mass")
TEXT = """{{{{Actionable
|SUMMARY=Action numéro {number}
|ACTION_STATUS=Open
|DUE_DATE=2027-01-{day:02}
|ASSIGNED_TO=Personne {person}
|LABEL=Label:A faire
|RELATED_ARTICLE=Commun {person}
}}}}"""


def fill(bench: MediaWikiBench, size: int) -> None:
    """Create the actions, and let the wiki record what they call."""
    bench.import_pages(
        {
            f"Action:{n}": [TEXT.format(number=n, day=n % 28 + 1, person=n % 50)]
            for n in range(1, size + 1)
        }
    )
    bench._server.run(HOME / "mw/maintenance/refreshLinks.php")


def configure(bench: MediaWikiBench) -> None:
    """Write a wikibot.toml that leads to the bench and to a workbook."""
    Path("secret.txt").write_text(bench.password)
    Path("secret.txt").chmod(0o600)
    Path("wikibot.toml").write_text(
        f'[wiki]\napi = "{bench.api}"\naccount = "{bench.account}"\n'
        'password_file = "secret.txt"\nstate = "state"\n\n'
        "[limits]\nedits_per_minute = 0\n\n"
        '[trackers.equipe]\nkind = "workbook"\npath = "actions.xlsx"\n'
    )


def change(number: int) -> None:
    """Have a person write another due date into so many rows."""
    book = openpyxl.load_workbook("actions.xlsx")
    sheet: Any = book.worksheets[0]
    place = [cell.value for cell in sheet[1]].index("Échéance") + 1
    for row in range(2, number + 2):
        sheet.cell(row, place, "2028-02-02")
    book.save("actions.xlsx")


def measure(bench: MediaWikiBench, what: str) -> None:
    """Sync, and print what it cost."""
    bench.forget_requests()
    start = time.perf_counter()
    done = spawn(*SYNC, env={"WIKIBOT_SLEEP_SCALE": "0"})
    wall = time.perf_counter() - start
    seen = bench.requests_seen()
    writes = sum(request.writes for request in seen)
    print(
        f"{what}: exit {done.code}, {len(seen)} requests, {writes} of them writes, {wall:.1f} s",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    size = int(sys.argv[1]) if sys.argv[1:] else 5000
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "wiki").mkdir()
        with MediaWikiBench(Path(place) / "wiki") as bench:
            os.chdir(place)
            fill(bench, size)
            configure(bench)
            measure(bench, f"{size} actions into a new workbook")
            measure(bench, "nothing changed")
            change(CHANGED)
            measure(bench, f"{CHANGED} rows changed")
            measure(bench, "nothing changed")
            os.chdir("/")


if __name__ == "__main__":
    main()
