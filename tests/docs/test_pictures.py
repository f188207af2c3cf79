"""The pictures of the guides are all there, in both languages, and light."""

from __future__ import annotations

from tests.docs.pictures import FOLDER, MOST, PICTURES


def test_every_picture_is_there_in_both_languages_and_light() -> None:
    files = {file.name: file.stat().st_size for file in FOLDER.iterdir()}
    names = (draw.__name__ for draw in PICTURES)
    wanted = {f"{name}.{language}.png" for name in names for language in ("fr", "en")}
    assert set(files) == wanted, "run `make pictures`"
    assert max(files.values()) <= MOST
