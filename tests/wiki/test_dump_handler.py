from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wiki.exports import SITE, export, page, refusal, revision
from wikibot.errors import InputError
from wikibot.title import Title
from wikibot.wiki.dump import DumpWiki

Opener = Callable[..., DumpWiki]


@pytest.fixture
def dump(tmp_path: Path) -> Opener:
    def make(*pages: str, site: str = SITE, version: str = "0.11") -> DumpWiki:
        path = tmp_path / "export.xml"
        path.write_bytes(export(*pages, site=site, version=version))
        return DumpWiki.open(path)

    return make


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ("<id>1</id>\n", "<id>un</id>\n", "<page><id>"),
        ("<ns>0</ns>", "<ns>zéro</ns>", "<ns>"),
        ("<timestamp>2026-01-31T12:00:00Z</timestamp>", "", "<timestamp>"),
        ("2026-01-31T12:00:00Z", "hier", "<timestamp>"),
        ("<title>Un</title>", "", "<page>"),
        ('key="10"', 'key="dix"', "<namespace key>"),
    ],
)
def test_a_page_of_no_use_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, element: str
) -> None:
    data = export(page("Un", "x")).decode()
    assert old in data
    message = refusal(tmp_path / "x", data.replace(old, new, 1).encode())
    assert message.startswith(f"{element} manque ou est faux, ligne ")


def test_a_page_without_a_revision_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "x", export(page("Un"))).startswith("<page> manque ou est faux")


@pytest.mark.parametrize("version", ["0.3", "0.10", "0.11", "0.12"])
def test_the_version_of_the_format_does_not_matter(dump: Opener, version: str) -> None:
    assert dump(page("Un", "x"), version=version).page("Un").text == "x"


def test_of_many_revisions_the_latest_counts_whatever_their_order(dump: Opener) -> None:
    revisions = [revision(n, f"texte {n}", minute=m) for n, m in [(5, 9), (2, 1), (9, 5), (4, 9)]]
    wiki = dump(page("Un", *revisions))
    found = wiki.page("Un")
    assert (found.revision.id, found.text) == (5, "texte 5")
    assert [r.id for r in wiki.revisions(found, 0)] == [2, 9, 4, 5]
    assert [r.id for r in wiki.revisions(found, 9)] == [4, 5]
    assert [r.id for r in wiki.revisions(found, 12345)] == [2, 9, 4, 5]
    assert wiki.revisions(found, 5) == ()


@pytest.mark.parametrize(
    "raw",
    [
        '<text bytes="12" deleted="deleted" xml:space="preserve" />',
        '<text deleted="deleted">reste</text>',
        '<text bytes="12" sha1="abc" location="tt:5" xml:space="preserve" />',
        '<text id="5" bytes="12" />',
        "<!-- none -->",
    ],
    ids=["hidden", "hidden with rest", "stub", "old stub", "no element"],
)
def test_a_text_that_the_export_withholds_is_never_an_empty_one(
    dump: Opener, caplog: pytest.LogCaptureFixture, raw: str
) -> None:
    wiki = dump(page("Un", "{{x}}"), page("Caché", revision(1, None, raw_text=raw)))
    with caplog.at_level(logging.WARNING):
        assert [p.text for p in wiki.pages_with(["x"])] == ["{{x}}"]
        assert list(wiki.pages(["Caché"])) == []
    assert wiki.withheld == (Title(0, "Caché"),)
    assert caplog.text.count("Caché") == 1
    with pytest.raises(InputError) as raised:
        wiki.page("Caché")
    assert "« Caché » est masqué ou absent" in raised.value.message.fr


@pytest.mark.parametrize("raw", ['<text bytes="0" xml:space="preserve" />', "<text></text>"])
def test_a_page_that_is_really_empty_is_empty(dump: Opener, raw: str) -> None:
    assert dump(page("Un", revision(1, None, raw_text=raw))).page("Un").text == ""


def test_an_older_text_does_not_stand_in_for_a_hidden_one(dump: Opener) -> None:
    hidden = revision(2, None, minute=1, raw_text='<text deleted="deleted" />')
    wiki = dump(page("Un", revision(1, "ancien"), hidden))
    with pytest.raises(InputError):
        wiki.page("Un")


@pytest.mark.parametrize(
    ("contributor", "user"),
    [
        ('<contributor deleted="deleted" />', None),
        ("<contributor><ip>192.0.2.1</ip></contributor>", "192.0.2.1"),
        ("<contributor><username>Élodie</username><id>3</id></contributor>", "Élodie"),
        ("", None),
    ],
)
def test_the_contributor_is_a_name_an_address_or_hidden(
    dump: Opener, contributor: str, user: str | None
) -> None:
    found = dump(page("Un", revision(1, "x", contributor=contributor))).page("Un")
    assert found.revision.user == user


def test_a_hidden_comment_is_none_and_an_absent_one_empty(dump: Opener) -> None:
    hidden = revision(1, "x", more='<comment deleted="deleted" />')
    assert dump(page("Un", hidden)).page("Un").revision.comment is None
    assert dump(page("Un", "x")).page("Un").revision.comment == ""


def test_other_slots_and_uploads_are_not_taken_for_the_page(dump: Opener) -> None:
    slot = "<content><role>meta</role><model>json</model><text>{}</text></content>"
    upload = """<upload><timestamp>2020-01-01T00:00:00Z</timestamp>
        <contributor><username>Autre</username></contributor><comment>téléversé</comment>
        <filename>x.png</filename></upload>"""
    wiki = dump(page("Un", revision(1, "x", more=slot)).replace("  </page>", f"{upload}</page>"))
    found = wiki.page("Un")
    assert (found.text, found.revision.user, found.revision.comment) == ("x", "Anne", "")
