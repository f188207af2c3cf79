"""The titles of the pages that call templates, without the pages."""

from __future__ import annotations

from pathlib import Path

from tests.mediawiki.bench import MediaWikiBench
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.protocol import Titled


def test_a_folder_names_every_page_since_nobody_tells_which_calls_what(tmp_path: Path) -> None:
    for name in ("Haies", "Action%3A1", "Accueil"):
        (tmp_path / f"{name}.wikitext").write_text("")
    wiki = FolderWiki(tmp_path)
    assert isinstance(wiki, Titled)
    assert [str(title) for title in wiki.titles_with(["Ressource"])] == [
        "Accueil",
        "Haies",
        "Action:1",
    ]
    (tmp_path / "Haies.wikitext").unlink()
    assert len(list(wiki.titles_with(["Ressource"]))) == 2


def test_a_dump_has_no_list_of_titles() -> None:
    assert not hasattr(DumpWiki, "titles_with")


def test_a_server_lists_each_title_once_in_one_request(fresh_mediawiki: MediaWikiBench) -> None:
    for number in range(3):
        fresh_mediawiki.edit_as_human(f"Commun {number}", "{{Ressource}}{{Commun}}")
    fresh_mediawiki.edit_as_human("Utilisateur:Camille", "{{Commun}}")
    fresh_mediawiki.edit_as_human("Accueil du bocage", "rien")
    with MediaWiki.connect(fresh_mediawiki.api) as wiki:
        assert isinstance(wiki, Titled)
        before = wiki.requests.get
        found = sorted(str(title) for title in wiki.titles_with(["Ressource", "Commun", "Zzz"]))
        assert wiki.requests.get - before == 1
    assert [title for title in found if title.startswith("Commun")] == [
        "Commun 0",
        "Commun 1",
        "Commun 2",
    ]
    assert len(found) == 4
    assert any(title.endswith(":Camille") for title in found)
