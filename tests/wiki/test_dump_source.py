from __future__ import annotations

import bz2
import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wiki.exports import SITE, export, page, refusal, texts
from wikibot.errors import InputError
from wikibot.wiki.dump import DumpWiki

SMALL = export(
    page("Un", "{{Ressource}}", number=1), page("Deux", "{{Ressource|é}}", number=2), site=SITE
)
Pack = Callable[[bytes], bytes]
PACKS: list[Pack] = [bytes, gzip.compress, bz2.compress]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("name", ["export.xml", "export", "export.xml.bz2"])
def test_an_export_is_read_plain_or_compressed_whatever_its_name(
    tmp_path: Path, pack: Pack, name: str
) -> None:
    (tmp_path / name).write_bytes(pack(SMALL))
    assert texts(tmp_path / name) == ["{{Ressource}}", "{{Ressource|é}}"]


def test_parts_compressed_one_after_the_other_are_one_export(tmp_path: Path) -> None:
    for pack in (gzip.compress, bz2.compress):
        (tmp_path / "x").write_bytes(pack(SMALL[:500]) + pack(SMALL[500:]))
        assert len(texts(tmp_path / "x")) == 2


@pytest.mark.parametrize("pack", PACKS)
def test_an_export_cut_short_anywhere_is_never_taken_as_complete(
    tmp_path: Path, pack: Pack
) -> None:
    whole = pack(SMALL)
    end = len(SMALL.rstrip()) if pack is bytes else len(whole)
    for size in range(0, end, 1 if pack is bytes else 3):
        refusal(tmp_path / "x", whole[:size])


def test_where_it_is_cut_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x"
    lines = SMALL.split(b"\n")
    cut = b"\n".join(lines[:20])
    assert refusal(path, cut) == "il est coupé à la ligne 20."
    assert refusal(path, gzip.compress(SMALL)[:100]).startswith(
        "il est coupé ou abîmé vers l'octet 100 "
    )
    damaged = bytearray(bz2.compress(SMALL))
    damaged[60:80] = b"\x00" * 20
    assert refusal(path, bytes(damaged)).startswith("il est coupé ou abîmé vers l'octet ")


@given(data=st.data())
def test_a_page_found_in_an_export_that_is_cut_short_is_whole(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("dump") / "x"
    path.write_bytes(SMALL[: data.draw(st.integers(0, len(SMALL)))])
    for title, text in (("Un", "{{Ressource}}"), ("Deux", "{{Ressource|é}}")):
        try:
            assert DumpWiki(path).page(title).text == text
        except InputError as error:
            assert "Aucune page" not in error.message.fr  # it may be in what is missing


def test_what_is_no_export_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "x"
    assert refusal(path, b"") == "le fichier est vide."
    assert refusal(path, gzip.compress(b"")) == "il n'a pas de <siteinfo>."
    assert refusal(path, b"Bonjour").startswith("ce n'est pas du XML bien formé (ligne 1")
    assert refusal(path, b"<html><body/></html>") == "sa racine est <html>."
    assert refusal(path, export(site="")) == "il n'a pas de <siteinfo>."
    assert refusal(path, SMALL + SMALL).startswith("ce n'est pas du XML bien formé")
    assert refusal(path, b"7z\xbc\xaf\x27\x1c\x00\x04") == "la compression 7z n'est pas lue."
    assert refusal(path, SMALL.replace("é".encode(), b"\xe9")).startswith("ce n'est pas du XML")


@pytest.mark.parametrize("kind", ["absent", "folder", "pipe"])
def test_what_is_no_file_is_told_in_one_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(InputError) as raised:
        DumpWiki.open(path)
    expected = "il n'existe pas" if kind == "absent" else "ce n'est pas un fichier ordinaire"
    assert raised.value.message.fr == f"Export « {path} » : {expected}."
