"""Whether pages are there and where redirects lead: on a folder, in a dump, on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mediawiki.bench import MediaWikiBench
from tests.wiki.exports import export, page, revision
from wikibot.page import Standing
from wikibot.title import FRENCH
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.protocol import Wiki
from wikibot.wikitext import is_disambiguation, redirect_target

PAGES = {
    "Mare": "{{Ressource}}",
    "Ancienne mare": "#REDIRECTION [[Mare]]",
    "Vieille mare": "#redirect [[ancienne mare#Histoire|la mare]]",
    "Atlas": "* [[Mare]]\n{{Homonymie}}",
}
ASKED = [
    "mare",
    "Ancienne_mare",
    "Vieille mare",
    "Atlas",
    "Talus",
    "Modèle:Mare",
    "a|b",
    "Spécial:X",
]


@pytest.fixture(params=["folder", "dump"])
def copy(request: pytest.FixtureRequest, tmp_path: Path) -> Wiki:
    if request.param == "folder":
        for title, text in PAGES.items():
            (tmp_path / f"{title}.wikitext").write_text(text, encoding="utf-8")
        return FolderWiki(tmp_path)
    file = tmp_path / "export.xml"
    pages = [page(t, revision(n, x), number=n) for n, (t, x) in enumerate(PAGES.items(), 1)]
    file.write_bytes(export(*pages))
    return DumpWiki(file)


def test_a_copy_tells_of_the_namespaces_it_holds_and_of_no_other(copy: Wiki) -> None:
    assert copy.standing(ASKED) == {
        "mare": Standing(FRENCH.parse("Mare"), there=True),
        "Ancienne_mare": Standing(FRENCH.parse("Ancienne mare"), there=True, target="Mare"),
        "Vieille mare": Standing(FRENCH.parse("Vieille mare"), True, "ancienne mare#Histoire"),
        "Atlas": Standing(FRENCH.parse("Atlas"), there=True, disambiguation=True),
        "Talus": Standing(FRENCH.parse("Talus"), there=False),
    }
    assert copy.standing([]) == {}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("#REDIRECTION [[Mare]]", "Mare"),
        ("\n #redirect: [[:Catégorie:Mare|texte]] suite", "Catégorie:Mare"),
        ("#REDIRECT[[Mare#Histoire]]", "Mare#Histoire"),
        ("#REDIRECTION Mare", None),
        ("Texte #REDIRECT [[Mare]]", None),
        ("#REDIRECTIONS [[Mare]]", None),
        ("", None),
    ],
)
def test_a_redirect_is_told_by_its_beginning(text: str, target: str | None) -> None:
    assert redirect_target(text) == target


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Liste.\n{{Homonymie}}", True),
        ("{{ disambig | nom }}", True),
        ("{{Modèle:Homonymie}}", True),
        ("__DISAMBIG__", True),
        ("{{Homonymie évitée}}", False),
        ("Homonymie", False),
    ],
)
def test_a_disambiguation_page_says_so_itself(text: str, said: bool) -> None:
    assert is_disambiguation(text) == said


class TestOnARealWiki:
    @pytest.fixture
    def server(self, fresh_mediawiki: MediaWikiBench) -> Iterator[MediaWiki]:
        for title, text in PAGES.items():
            fresh_mediawiki.edit_as_human(title, text)
        bench = fresh_mediawiki
        with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
            bench.forget_requests()
            yield wiki

    def test_it_tells_of_pages_and_redirects_in_one_request(
        self, server: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        found = server.standing(ASKED)
        said = {t: (str(s.title), s.there, s.target) for t, s in found.items() if t in ASKED}
        assert said == {
            "mare": ("Mare", True, None),
            "Ancienne_mare": ("Ancienne mare", True, "Mare"),
            "Vieille mare": ("Vieille mare", True, "Ancienne mare#Histoire"),
            "Atlas": ("Atlas", True, None),
            "Talus": ("Talus", False, None),
            "Modèle:Mare": ("Modèle:Mare", False, None),
        }
        assert len(fresh_mediawiki.requests_seen()) == 1

    def test_where_a_redirect_leads_is_told_with_it(self, server: MediaWiki) -> None:
        found = server.standing(["Ancienne mare"])
        assert found["Mare"] == Standing(FRENCH.parse("Mare"), there=True)

    def test_an_account_is_there_without_a_page(
        self, server: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        name = fresh_mediawiki.bot_name
        found = server.standing([f"Utilisateur:{name}", "User:Personne de ce nom"])
        assert found[f"Utilisateur:{name}"].there
        assert not found["User:Personne de ce nom"].there
        assert len(fresh_mediawiki.requests_seen()) == 1

    def test_what_the_software_itself_shows_is_there(self, server: MediaWiki) -> None:
        assert server.standing(["MediaWiki:Mainpage"])["MediaWiki:Mainpage"].there

    def test_many_titles_take_a_request_each_five_hundred(
        self, server: MediaWiki, fresh_mediawiki: MediaWikiBench
    ) -> None:
        found = server.standing(f"Page {number}" for number in range(1001))
        assert len(found) == 1001
        assert not any(standing.there for standing in found.values())
        assert len(fresh_mediawiki.requests_seen()) == 3
