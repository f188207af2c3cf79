"""mwclient, as its own documentation loops over pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import mwclient

from tests.benchmarks.peers.contestant import Order, Work, digest, take_part
from tests.benchmarks.peers.hand import changed


def _site(order: Order) -> mwclient.Site:
    site = mwclient.Site(urlsplit(order["api"]).netloc, path="/", scheme="http")
    site.login(order["account"], order["password"])
    return site


def read(order: Order) -> Work:
    """Read the pages of a category, one by one; the first `most` of them."""
    site = _site(order)

    def work() -> object:
        found = []
        for page in site.categories[order["category"]]:
            found.append((page.name, page.text()))
            if len(found) == order["most"]:
                break
        return lambda: digest(found)

    return work


def generator(order: Order) -> Work:
    """Read all of them with a query written by hand, as many a request as the wiki gives."""
    site = _site(order)

    def work() -> object:
        question = {
            "generator": "categorymembers",
            "gcmtitle": f"Category:{order['category']}",
            "gcmlimit": "max",
            "prop": "revisions",
            "rvprop": "content",
            "rvslots": "main",
            "formatversion": "2",
        }
        found: dict[str, str] = {}
        following: dict[str, str] = {}
        while True:
            answer = site.post("query", **question, **following)
            for page in answer["query"]["pages"]:
                for row in page.get("revisions", ()):
                    found[page["title"]] = row["slots"]["main"]["content"]
            if "continue" not in answer:
                return lambda: digest(found.items())
            following = answer["continue"]

    return work


def change(order: Order) -> Work:
    """Give one parameter of pages another value; end where the wiki refuses for haste."""
    site = _site(order)

    def work() -> object:
        done = 0
        for title in order["titles"]:
            page = site.pages[title]
            try:
                page.edit(changed(page.text(), order["field"], order["value"]), "un champ")
            except mwclient.errors.APIError as error:
                if error.code != "ratelimited":
                    raise
                break
            done += 1
        return done

    return work


if __name__ == "__main__":
    take_part({"read": read, "generator": generator, "change": change})
