"""What every test shares: a clean environment, and a real MediaWiki for those who ask for it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

REQUIRE_ALL = "WIKIBOT_REQUIRE_ALL"  # no program that the tests drive may be missing
PROGRAMS = {"chromium": "chromium", "office": "soffice"}


def _isolate() -> None:
    """Take the developer's settings and folders out of sight, before wikibot is imported."""
    for name in list(os.environ):
        if name.startswith("WIKIBOT_") and name != REQUIRE_ALL:
            del os.environ[name]
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ.pop("LANGUAGE", None)
    home = tempfile.mkdtemp(prefix="wikibot-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["HOME"] = home
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(Path(home, kind.lower()))


_isolate()

# A machine is slow when it likes; in CI the same examples come at every run.
hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--soak`: what chance is to find gets more of it (`make soak`)."""
    parser.addoption("--soak", action="store_true", help="try what is random many more times")


@pytest.fixture(scope="session")
def soak(pytestconfig: pytest.Config) -> bool:
    """Whether time does not matter."""
    return bool(pytestconfig.getoption("--soak"))


@pytest.hookimpl(tryfirst=True)  # before `-m` selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a real program by its name."""
    for item in items:
        for name in ("mediawiki", *PROGRAMS):
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(getattr(pytest.mark, name))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report the tests skipped for want of a program as one line, not one each."""
    report = yield
    real = any(item.get_closest_marker(name) for name in ("mediawiki", *PROGRAMS))
    if isinstance(report.longrepr, tuple) and real:
        report.longrepr = (__file__, 1, report.longrepr[2])
    return report


@pytest.fixture(scope="session")
def mediawiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWikiBench]:
    """A real MediaWiki, one a test process; its pages are whatever earlier tests left."""
    from tests.mediawiki.bench import BenchUnavailable, MediaWikiBench

    try:
        bench = MediaWikiBench(tmp_path_factory.mktemp("mediawiki"))
    except BenchUnavailable as error:
        if os.environ.get(REQUIRE_ALL):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
    with bench:
        yield bench


@pytest.fixture
def fresh_mediawiki(mediawiki: MediaWikiBench) -> MediaWikiBench:
    """The same MediaWiki, as it was on its first day, with no request seen yet."""
    mediawiki.reset()
    return mediawiki


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program."""
    return _program("chromium")


@pytest.fixture(scope="session")
def office() -> Path:
    """LibreOffice's program."""
    return _program("office")


def _program(name: str) -> Path:
    found = shutil.which(PROGRAMS[name])
    if found is None:
        told = f"there is no {PROGRAMS[name]} here: make programs"
        if os.environ.get(REQUIRE_ALL):
            pytest.fail(told, pytrace=False)
        pytest.skip(told)
    return Path(found)
