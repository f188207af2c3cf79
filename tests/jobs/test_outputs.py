"""Where the pages are that a report speaks of."""

from __future__ import annotations

from pathlib import Path

import requests

from tests.mediawiki.bench import MediaWikiBench
from wikibot.jobs.outputs import address_in
from wikibot.title import FRENCH
from wikibot.wiki import open_wiki


def test_in_a_folder_it_is_the_file_under_the_name_it_really_has(tmp_path: Path) -> None:
    for name in ("Action%3A1.wikitext", "Mares_du_plateau.wikitext"):
        (tmp_path / name).write_text("x")
    address = address_in(open_wiki(tmp_path))
    assert address(FRENCH.parse("Action:1")) == "Action%3A1.wikitext"
    assert address(FRENCH.parse("Mares du plateau")) == "Mares_du_plateau.wikitext"
    assert address(FRENCH.parse("Nulle part")) is None


def test_on_a_server_it_opens_the_page_in_a_browser(mediawiki: MediaWikiBench) -> None:
    title = "Haies & mares : 100 % d'eau, où ?"
    mediawiki.edit_as_human(title, "Une page d'essai.")
    wiki = open_wiki(mediawiki.api)
    address = address_in(wiki)(wiki.page(title).title)
    assert address is not None
    page = requests.get(address, timeout=30)
    assert page.status_code == 200
    assert "Une page d'essai." in page.text
