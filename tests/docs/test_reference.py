"""The reference says what the program says today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.generate import FOLDER, reference
from tests.docs.tables import code, text


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    return reference()


def test_the_reference_is_what_make_docs_would_write(pages: dict[Path, str]) -> None:
    written = {path: path.read_text("utf-8") for path in FOLDER.rglob("*.md")}
    stale = [p.relative_to(FOLDER).as_posix() for p in pages if written.get(p) != pages[p]]
    assert not stale, "run `make docs`"
    assert set(written) == set(pages)


def test_text_and_code_survive_a_table() -> None:
    assert text("a|b *c* [d]") == r"a\|b \*c\* \[d\]"
    assert code("|licence=") == r"`\|licence=`"
