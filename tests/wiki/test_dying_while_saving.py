"""The points at which a test may have wikibot die while it sends an edit really are there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wiki.stub_api import PASSWORD, Answer, StubApi
from wikibot.wiki import fault

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from wikibot.wiki.mediawiki import MediaWiki
with MediaWiki.connect(sys.argv[1], "Robot@nuit", sys.argv[2]) as wiki:
    page = wiki.page("Page")
    for number in range(3):
        print(wiki.save(page, f"texte {number} " + "é" * 200, "essai").new_revid, flush=True)
"""


@pytest.fixture
def stub() -> Iterator[StubApi]:
    with StubApi() as server:
        yield server


def save_three_times(stub: StubApi, order: str) -> tuple[int, int]:
    """Let a process of its own save three edits; return its end and how many it knows of."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, stub.api, PASSWORD],
        env={**os.environ, "PYTHONPATH": str(ROOT), "WIKIBOT_FAULT": order},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, len(done.stdout.split())


def test_nobody_dies_unless_it_is_ordered(stub: StubApi) -> None:
    assert save_three_times(stub, "") == (0, 3)
    assert len(stub.of("edit")) == 3


@pytest.mark.parametrize(("order", "known"), [("K02", 0), ("K02@2", 1), ("K02@3", 2)])
def test_before_anything_is_sent(stub: StubApi, order: str, known: int) -> None:
    assert save_three_times(stub, order) == (-signal.SIGKILL, known)
    assert len(stub.of("edit")) == known


@pytest.mark.parametrize(("order", "known"), [("K03", 0), ("K03@2", 1)])
def test_when_half_of_the_body_is_sent(stub: StubApi, order: str, known: int) -> None:
    assert save_three_times(stub, order) == (-signal.SIGKILL, known)
    for _ in range(100):  # the server hears of the end a little later than we do
        sent = [seen for seen in stub.seen if seen.method == "POST" and b"edit" in seen.body]
        if len(sent) > known:
            break
        time.sleep(0.05)
    *whole, half = sent
    assert len(whole) == known
    promised = int(half.headers["Content-Length"])
    assert len(half.body) == promised // 2
    assert "Transfer-Encoding" not in half.headers
    assert b"token=" not in half.body  # it stands last: a wiki refuses what is cut


@pytest.mark.parametrize(("order", "known"), [("K04", 0), ("K04@3", 2)])
def test_when_the_answer_begins(stub: StubApi, order: str, known: int) -> None:
    assert save_three_times(stub, order) == (-signal.SIGKILL, known)
    assert len(stub.of("edit")) == known + 1


def test_the_answer_is_not_read_yet_when_it_begins(stub: StubApi) -> None:
    stub.script("edit", Answer(b"x" * 10, ending="half"))  # reading it to its end would fail
    assert save_three_times(stub, "K04")[0] == -signal.SIGKILL


@pytest.mark.parametrize("order", ["K04", "K02@2"])
def test_only_where_the_wiki_is_on_this_machine(order: str) -> None:
    try:
        fault.arm({"WIKIBOT_FAULT": order}, loopback=False)
        for _ in range(3):
            fault.reach(order[:3])
        assert not fault.armed(order[:3])
    finally:
        fault.arm({}, loopback=False)
