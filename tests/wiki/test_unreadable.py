from __future__ import annotations

import errno
import os

import pytest

from wikibot.wiki.unreadable import why


@pytest.mark.parametrize(
    ("code", "fr"),
    [
        (errno.ENOENT, "il n'existe pas"),
        (errno.ELOOP, "c'est un lien symbolique, qui n'est pas suivi"),
        (errno.EISDIR, "ce n'est pas un fichier ordinaire"),
        (errno.EPERM, "vous n'avez pas le droit de le lire"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_the_reason_is_told_in_words(code: int, fr: str) -> None:
    assert why(OSError(code, os.strerror(code))).fr == fr


def test_a_reason_without_a_code_is_told_as_it_is() -> None:
    assert why(OSError("rien ne va")).fr == "rien ne va"
