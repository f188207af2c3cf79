from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from tests.wiki.exports import export, page, refusal, revision

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is measured where there is /proc"
)


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE mediawiki [<!ENTITY a "b">]>',
        '<!DOCTYPE mediawiki SYSTEM "http://localhost:9/x.dtd">',
        '<!DOCTYPE mediawiki [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE mediawiki [<!ENTITY % a SYSTEM "http://localhost:9/x">%a;]>',
        "<!DOCTYPE mediawiki>",
    ],
)
def test_a_document_type_or_an_entity_is_refused(tmp_path: Path, prolog: str) -> None:
    message = refusal(tmp_path / "x", export(page("Un", "x"), prolog=prolog))
    assert message == "il a une déclaration de type (DTD) ou d'entité, ligne 1."


def test_an_undeclared_entity_is_no_well_formed_xml(tmp_path: Path) -> None:
    data = export(page("Un", revision(1, "", raw_text="<text>&bombe;</text>")))
    assert "undefined entity" in refusal(tmp_path / "x", data)


def peak_memory(path: Path) -> tuple[int, str]:
    """Read an export in a process of its own; return its peak in MB, and what it printed."""
    script = r"""
import pathlib, re, sys
from wikibot.errors import InputError
from wikibot.wiki.dump import DumpWiki
try:
    print(sum(1 for _ in DumpWiki(sys.argv[1]).pages_with(["Ressource"])))
except InputError as error:
    print(error)
# not ru_maxrss, which counts the parent's memory before exec
print(int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    said, megabytes = done.stdout.splitlines()
    return int(megabytes), said


def write_bomb(path: Path, before: str, filling: bytes, megabytes: int, after: str) -> None:
    """Write, compressed, an export whose middle is `filling` for so many megabytes."""
    head, tail = export(page("Un", revision(1, "", raw_text="<text>@</text>"))).split(b"@")
    block = filling * (2**20 // len(filling))
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(head + before.encode())
        for _ in range(megabytes):
            file.write(block)
        file.write(after.encode() + tail)


@pytest.mark.parametrize(
    ("before", "filling", "after"),
    [
        ("", b"0123456789abcde\n", ""),
        ("</text><x a='", b" ", "'/><text>"),
        ("</text><!--", b"x", "--><text>"),
        ("</text>", b"<a>", "<text>"),
    ],
    ids=["text", "attribute", "comment", "nesting"],
)
@needs_proc
def test_a_compressed_bomb_is_refused_before_it_fills_the_memory(
    tmp_path: Path, before: str, filling: bytes, after: str
) -> None:
    write_bomb(tmp_path / "x", before, filling, 150, after)
    megabytes, said = peak_memory(tmp_path / "x")
    assert said.startswith("Export “")
    assert megabytes < 250


@needs_proc
def test_memory_stays_flat_whatever_the_number_of_pages_and_revisions(tmp_path: Path) -> None:
    text = "{{Ressource|" + "x" * 10_000 + "}}"
    history = page("Historique", *[revision(n, text, minute=n % 60) for n in range(1, 2000)])
    with (tmp_path / "x").open("wb") as file:
        head, tail = export(history + "@").split(b"@")
        file.write(head)
        for number in range(4000):
            file.write(page(f"Page {number}", text).encode())
        file.write(tail)
    assert (tmp_path / "x").stat().st_size > 60e6
    megabytes, said = peak_memory(tmp_path / "x")
    assert said == "4001"
    assert megabytes < 60
