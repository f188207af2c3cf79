"""A doctor for the tests: what it finds on the scripted server, whose answers are healthy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

import wikibot
from tests.wiki.conftest import stub, time
from tests.wiki.examined import told
from tests.wiki.stub_api import StubApi
from tests.wiki.stub_wiki import Time, connect
from wikibot import Diagnosis, Point
from wikibot.errors import WikibotError
from wikibot.jobs.manners import Manners
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import same
from wikibot.wiki.mediawiki import MediaWiki

__all__ = ["stub", "time"]  # fixtures, for those who import from here

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
ACCOUNT = "Robot@nuit"
TRIAL = Path(__file__).parents[1] / "checks" / "mapping"
Look = Callable[..., Diagnosis]


@pytest.fixture
def look(stub: StubApi, time: Time, tmp_path: Path) -> Look:
    """Return what the doctor finds on the scripted server, at noon of its day."""

    def now_look(
        *,
        mapping: wikibot.Mapping | WikibotError | None = None,
        manners: Manners = Manners(stop_page="Utilisateur:Robot/stop"),  # noqa: B008
        clock: datetime = NOON,
        account: str | None = ACCOUNT,
        state: Path = tmp_path / "state",
        creating: tuple[str, ...] = (),
        site: Mapping[str, object] | None = None,
        **more: object,
    ) -> Diagnosis:
        answer = told(stub, **{**HEALTHY, **more})
        answer["query"]["general"] |= site or {}
        stub.always("meta", answer)
        setup = wikibot.Setup(stub.api, account=account, secret=same("ici"), creating=creating)
        with connect(stub, time) if account else anonymous(stub, time) as wiki:
            return wikibot.doctor(
                wiki,
                mapping or wikibot.load_mapping(TRIAL),
                setup=setup,
                manners=manners,
                state=state,
                surroundings=Surroundings(now=lambda: clock),
            )

    return now_look


STOP_PAGE: Mapping[str, object] = {
    "pageid": 9,
    "ns": 2,
    "title": "Utilisateur:Robot/stop",
    "protection": [],
    "revisions": [{"slots": {"main": {"content": "go"}}}],
}
HEALTHY: Mapping[str, object] = {
    "pages": [STOP_PAGE],
    "tags": [{"name": "wikibot", "active": True, "source": ["manual"]}],
}


def anonymous(stub: StubApi, time: Time) -> MediaWiki:
    return MediaWiki.connect(stub.api, patience=time.patience(), environment={})


def point(found: Diagnosis, id: str) -> Point:
    (one,) = [point for point in found.points if point.id == id]
    return one


def outcome(found: Diagnosis, id: str) -> str:
    return point(found, id).outcome


def folder_with(tmp_path: Path, text: str = "{{Fiche|nom=A}}") -> Path:
    folder = tmp_path / "pages"
    folder.mkdir(exist_ok=True)
    (folder / "Une fiche.wikitext").write_text(text)
    return folder
