from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.reliability.scene import Scene

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

SCALE = "0.001"


@pytest.fixture(autouse=True)
def case(request: pytest.FixtureRequest) -> str:
    """The acceptance case that a test holds; see `tests.reliability.cases.case`."""
    return str(getattr(request, "param", ""))


@pytest.fixture
def scene(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scene]:
    """A wiki and a configuration; faults that never happened are a defect of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", SCALE)
    monkeypatch.setattr("wikibot.wiki.mediawiki.transport.TIMEOUTS", (2.0, 1.0))
    scene = Scene(fresh_mediawiki, tmp_path)
    yield scene
    faults = fresh_mediawiki.faults
    waiting, troubles = faults.waiting, list(faults.troubles)
    fresh_mediawiki.reset()
    assert not troubles, troubles
    assert not waiting, f"{len(waiting)} faults never happened"
