"""A wiki opened on the scripted server, with a clock that only sleeping moves."""

from __future__ import annotations

import traceback
from typing import Any

from tests.wiki.stub_api import PASSWORD, Answer, StubApi
from wikibot.page import Saved
from wikibot.wiki.mediawiki import MediaWiki, Patience

HTML = Answer(b"<!DOCTYPE html><h1>Maintenance</h1>", headers={"Content-Type": "text/html"})


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def patience(self, budget: float = 300.0) -> Patience:
        return Patience(budget, lambda: self.now, self.sleep, lambda: 0.0)


def connect(stub: StubApi, time: Time, **options: Any) -> MediaWiki:
    return MediaWiki.connect(
        stub.api, "Robot@nuit", PASSWORD, patience=time.patience(), environment={}, **options
    )


def save(wiki: MediaWiki) -> Saved:
    return wiki.save(wiki.page("Page"), "nouveau", "essai")


def secrets_in(failure: BaseException) -> list[str]:
    shown = "".join(traceback.format_exception(failure)) + repr(failure)
    for part in (failure, failure.__cause__, failure.__context__):
        shown += repr(getattr(part, "__dict__", "")) + repr(getattr(part, "args", ""))
    return [secret for secret in (PASSWORD, "canary") if secret in shown]
