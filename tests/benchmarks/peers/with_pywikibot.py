"""pywikibot as its own scripts work: a generator that preloads, and `save` without a throttle."""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

os.environ["PYWIKIBOT_NO_USER_CONFIG"] = "2"

import pywikibot
from pywikibot import config, pagegenerators, textlib
from pywikibot.family import SingleSiteFamily
from pywikibot.login import ClientLoginManager

from tests.benchmarks.peers.contestant import (
    Order,
    Work,
    digest,
    in_memory,
    take_part,
)
from tests.benchmarks.peers.hand import changed


def _site(order: Order) -> Any:
    address = urlsplit(order["api"])

    class Family(SingleSiteFamily):  # type: ignore[misc, unused-ignore]
        name = "bench"
        domain = address.netloc

        def protocol(self, code: str) -> str:
            return "http"

        def scriptpath(self, code: str) -> str:
            return ""

        def path(self, code: str) -> str:
            return "/index.php"

    config.put_throttle = config.minthrottle = 0
    config.noisysleep = 1e9
    config.base_dir = order["folder"]
    config.cache_expiry = 0
    user = order["account"].partition("@")[0]
    site = pywikibot.Site("bench", Family(), user=user)
    manager = ClientLoginManager(order["password"], site, user)
    manager.login_name = order["account"]
    assert manager.login()
    site._loginstatus = pywikibot.login.LoginStatus.AS_USER
    _ = site.userinfo, site.siteinfo, site.namespaces
    return site


def _preloaded(site: Any, order: Order) -> Iterator[Any]:
    category = pywikibot.Category(site, f"Category:{order['category']}")
    yield from pagegenerators.PreloadingGenerator(category.articles(), quiet=True)


def read(order: Order) -> Work:
    """Read the pages of a category."""
    site = _site(order)

    def work() -> Work:
        found = [(page.title(), page.text) for page in _preloaded(site, order)]
        return lambda: digest(found)

    return work


def recent(order: Order) -> Work:
    """Read the pages that recent changes name, as a night could that keeps a copy."""
    site = _site(order)

    def work() -> Work:
        rows = site.recentchanges(end=order["since"], total=500)
        pages = {row["title"]: pywikibot.Page(site, row["title"]) for row in rows}
        preloaded = pagegenerators.PreloadingGenerator(pages.values(), quiet=True)
        found = [(page.title(), page.text) for page in preloaded]
        return lambda: digest(found)

    return work


def change(order: Order) -> Work:
    """Give one parameter of pages another value."""
    site = _site(order)

    def work() -> object:
        pages = [pywikibot.Page(site, title) for title in order["titles"]]
        done = 0
        with contextlib.redirect_stderr(io.StringIO()):
            for page in pagegenerators.PreloadingGenerator(pages, groupsize=500, quiet=True):
                page.text = changed(page.text, order["field"], order["value"])
                page.save("un champ", minor=False, quiet=True)
                done += 1
        return done

    return work


def parameters(order: Order) -> Work:
    """Read the parameters of texts in memory."""
    texts: dict[str, str] = json.loads(Path(order["file"]).read_text())

    def of(text: str) -> dict[str, str]:
        for name, known in textlib.extract_templates_and_params(text, strip=True):
            if name == order["template"]:
                return dict(known)
        raise KeyError(order["template"])

    return in_memory(texts, of)


if __name__ == "__main__":
    take_part({"read": read, "recent": recent, "change": change, "parameters": parameters})
