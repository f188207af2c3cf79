"""py-3rdparty-mediawiki: its backup and its edit of pages."""

from __future__ import annotations

import contextlib
import io
import os
from functools import partial
from pathlib import Path

from wikibot3rd.wikiclient import WikiClient
from wikibot3rd.wikipush import WikiPush
from wikibot3rd.wikiuser import WikiUser

from tests.benchmarks.peers.contestant import Order, Work, digest, take_part
from tests.benchmarks.peers.hand import changed


def _push(order: Order) -> WikiPush:
    os.environ["HOME"] = order["folder"]
    url = order["api"].removesuffix("/api.php")
    user = WikiUser(
        wikiId="bench", url=url, user=order["account"], password=order["password"], is_smw=False
    )
    client = WikiClient(user, smw_enabled=False)
    problem = client.try_login()
    if problem:
        raise problem
    push = WikiPush(None, verbose=False)  # it would look for the accounts in files
    push.fromWiki = push.toWiki = client
    push.fromWikiId = push.toWikiId = "bench"
    return push


def read(order: Order) -> Work:
    """Back pages up into files, and read these."""
    push = _push(order)
    folder = Path(order["folder"]) / "backup"
    titles = order["titles"]

    def work() -> object:
        with contextlib.redirect_stdout(io.StringIO()):
            push.backup(titles, backupPath=str(folder))
        return lambda: digest((title, (folder / f"{title}.wiki").read_text()) for title in titles)

    return work


def change(order: Order) -> Work:
    """Edit one parameter of pages."""
    push = _push(order)
    modify = partial(changed, name=order["field"], value=order["value"])

    def work() -> object:
        told = [
            push.edit_page_content(title, summary="un champ", modify=modify, force=True)
            for title in order["titles"]
        ]
        return len(told)

    return work


if __name__ == "__main__":
    take_part({"read": read, "change": change})
