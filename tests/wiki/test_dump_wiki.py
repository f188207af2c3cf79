from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.wiki.exports import SITE, export, page, revision
from wikibot.errors import InputError, InvalidTitle
from wikibot.title import Title
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.protocol import Wiki

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

Opener = Callable[..., DumpWiki]


@pytest.fixture
def dump(tmp_path: Path) -> Opener:
    def make(*pages: str, site: str = SITE, version: str = "0.11") -> DumpWiki:
        path = tmp_path / "export.xml"
        path.write_bytes(export(*pages, site=site, version=version))
        return DumpWiki.open(path)

    return make


def test_a_page_has_the_title_the_ids_and_the_text_of_the_export(dump: Opener) -> None:
    text = "{{Ressource\n|titre=L’eau & l'air <br>\n}} é 日 🌍\n"
    wiki: Wiki = dump(page("Un commun", revision(7, text, parent=5, comment="un mot"), number=3))
    found = wiki.page("un commun")
    assert (found.id, found.title, found.text) == (3, Title(0, "Un commun"), text)
    assert (found.revision.id, found.revision.parent_id) == (7, 5)
    assert found.revision.timestamp == datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
    assert (found.revision.user, found.revision.comment) == ("Anne", "un mot")


def test_of_its_revisions_an_export_gives_the_text_of_the_latest(dump: Opener) -> None:
    wiki: Wiki = dump(page("Haies", revision(6, "avant"), revision(7, "après")))
    assert wiki.text_of(7) == "après"
    with pytest.raises(InputError, match="revision 6 "):
        wiki.text_of(6)


def test_an_export_says_who_and_where_it_is(dump: Opener, tmp_path: Path) -> None:
    wiki = dump()
    assert wiki.wikiid == "dump:communs"
    assert wiki.place == str(tmp_path / "export.xml")
    assert wiki.home is None
    assert not wiki.writable


def test_without_a_database_name_its_name_and_address_identify_it(dump: Opener) -> None:
    old = SITE.replace("    <dbname>communs</dbname>\n", "")
    first, same = dump(site=old).wikiid, dump(page("Un", "x"), site=old).wikiid
    assert first == same != dump(site=old.replace("example", "autre")).wikiid
    assert first.startswith("dump:")


def test_the_namespaces_are_those_of_the_export_and_english_names_serve_too(dump: Opener) -> None:
    wiki = dump(page("Modèle:Ressource", "x", ns=10), page("Attribut:Licence", "y", ns=102))
    for title in ("Modèle:Ressource", "template:ressource"):
        assert wiki.page(title).title == Title(10, "Ressource")
    assert str(wiki.page("Property:Licence").title) == "Attribut:Licence"
    parse = wiki.syntax.namespaces.parse
    assert parse("Atelier:X").namespace == 106
    assert parse("Form:X").namespace == 0  # 106 is another matter on this wiki
    assert parse("Label:X").namespace == 0


def test_a_title_of_no_known_namespace_is_read_as_it_stands(dump: Opener) -> None:
    wiki = dump(page("Ancien", "x", ns=None), page("Foo:Bar", "y", ns=3000))
    assert wiki.page("Ancien").title == Title(0, "Ancien")
    assert wiki.page("Foo:Bar").title.name == "Foo:Bar"


def test_where_case_counts_two_titles_are_two_pages(dump: Opener) -> None:
    site = SITE.replace('key="0" case="first-letter"', 'key="0" case="case-sensitive"')
    wiki = dump(page("IPhone", "grand"), page("iPhone", "petit"), site=site)
    assert wiki.page("iPhone").text == "petit"
    assert wiki.page("IPhone").text == "grand"
    assert [found.text for found in wiki.pages(["iPhone"])] == ["petit"]
    with pytest.raises(InputError):
        wiki.page("accueil")
    assert dump(page("IPhone", "x")).page("iPhone").text == "x"


def test_pages_are_given_once_in_the_order_of_the_file(dump: Opener) -> None:
    wiki = dump(*[page(t, t[0].lower()) for t in ("Zoé", "Zoé", "Abricot", "Autre")])
    found = wiki.pages(["abricot", "Zoé", "Absente", "Abricot"])
    assert [p.text for p in found] == ["z", "a"]
    assert list(wiki.pages([])) == []


def test_pages_with_gives_every_page_that_calls_a_template(dump: Opener) -> None:
    wiki = dump(
        page("Un", "{{Ressource}}"),
        page("Deux", "rien"),
        page("Redirection", "#REDIRECT [[Un]] {{x}}", more='<redirect title="Un" />'),
        page("Modèle:Ressource", "{{{1}}}", ns=10),
        page("Module:x", revision(1, "{{ }}", model="Scribunto"), ns=828),
    )
    found = [str(p.title) for p in wiki.pages_with(["Ressource"])]
    assert found == ["Un", "Redirection", "Modèle:Ressource"]
    assert list(wiki.pages_with([])) == []


def test_a_page_that_is_no_wikitext_is_told_as_such(dump: Opener) -> None:
    wiki = dump(page("Module:x", revision(1, "return 1", model="Scribunto"), ns=828))
    with pytest.raises(InputError, match=r"no wikitext \(Scribunto\)"):
        wiki.page("Module:x")
    assert list(wiki.pages(["Module:x"])) == []


def test_an_unknown_page_is_told_with_the_nearest_titles(dump: Opener, tmp_path: Path) -> None:
    wiki = dump(page("Bilan mobilité", "x"), page("ABCtool", "y"))
    with pytest.raises(InputError) as raised:
        wiki.page("diagnostique mobilite")
    assert raised.value.message.fr == (
        f"Aucune page « diagnostique mobilite » dans {tmp_path / 'export.xml'}."
    )
    assert raised.value.advice
    assert raised.value.advice.fr == "Vouliez-vous dire « Bilan mobilité » ?"
    with pytest.raises(InvalidTitle):
        wiki.page("[[x]]")


def test_an_export_is_not_written_and_what_else_to_do_is_told(dump: Opener) -> None:
    wiki = dump(page("Un", "x"))
    before = Path(wiki.place).read_bytes()
    found = wiki.page("Un")
    writes: list[Callable[[], object]] = [
        lambda: wiki.save(found, "y", ""),
        lambda: wiki.create("Deux", "y", ""),
    ]
    for write in writes:
        with pytest.raises(InputError) as raised:
            write()
        assert raised.value.exit_code == 2
        assert "se lit mais ne s'écrit pas" in raised.value.message.fr
        assert raised.value.advice
        assert "--wiki" in raised.value.advice.fr
    assert Path(wiki.place).read_bytes() == before


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample exports are not here")
@pytest.mark.parametrize(
    ("name", "title", "least"), [("smw-wiki.xml", "Accueil", 90), ("actions-wiki.xml", "", 50)]
)
def test_real_exports_are_read(name: str, title: str, least: int) -> None:
    wiki = DumpWiki.open(SHARED / name)
    pages = list(wiki.pages_with(["Ressource"]))
    assert len(pages) >= least
    assert all(page.id and page.revision.id for page in pages)
    assert list(wiki.pages([str(page.title) for page in pages])) == pages
    assert wiki.withheld == ()
    assert not title or wiki.page(title).revision.user == "MediaWiki default"
