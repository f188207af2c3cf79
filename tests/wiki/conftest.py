"""What the tests of wikis share: the scripted server, and a wiki opened on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wiki.stub_api import StubApi
from tests.wiki.stub_wiki import Time, connect
from wikibot.wiki.mediawiki import MediaWiki


@pytest.fixture
def time() -> Time:
    """A clock that only sleeping moves."""
    return Time()


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubApi]:
    """The scripted server; who speaks to it does not wait long for an answer."""
    monkeypatch.setattr("wikibot.wiki.mediawiki.transport.TIMEOUTS", (2.0, 0.3))
    with StubApi() as server:
        yield server


@pytest.fixture
def other() -> Iterator[StubApi]:
    """Another server, which nobody should speak to."""
    with StubApi() as server:
        yield server
        assert server.seen == []


@pytest.fixture
def stub_wiki(stub: StubApi, time: Time) -> Iterator[MediaWiki]:
    """A wiki logged in on the scripted server, no request seen yet."""
    with connect(stub, time) as opened:
        stub.seen.clear()
        yield opened
