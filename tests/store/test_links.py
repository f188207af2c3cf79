"""The links of a sync: of one wiki, each tracker its own, in a file of their owner's."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from wikibot.actions.sync import Link
from wikibot.errors import ConfigError, Unavailable
from wikibot.store.links import Intent, Links

LINK = Link(
    "7",
    "w1",
    "Relire « la charte »",
    {
        "summary": ("Relire", "relire"),
        "assigned": (("Alix", "Noor"), ()),
        "due": ("", "2026-03-01"),
    },
)
INTENT = Intent("wiki", "7", "w1", "Relire", "Action:7", "plan-1", {"due": ("", "2026-03-01")})


def all_of(folder: Path, tracker: str = "equipe") -> tuple[Link, ...]:
    with Links.open(folder, "communs", tracker) as links:
        return links.all()


def test_a_link_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    with Links.open(tmp_path, "communs", "equipe") as links:
        links.keep(LINK)
        links.keep(replace(LINK, page="8", key="w2", left=True))
        links.keep(replace(LINK, page="9", key="w3", gone=True))
    assert all_of(tmp_path) == (
        LINK,
        replace(LINK, page="8", key="w2", left=True),
        replace(LINK, page="9", key="w3", gone=True),
    )
    assert all_of(tmp_path, "autre") == ()


def test_what_is_kept_anew_takes_the_place_of_what_was(tmp_path: Path) -> None:
    changed = replace(LINK, base={"due": ("2027-01-01", "2027-01-01")})
    with Links.open(tmp_path, "communs", "equipe") as links:
        links.keep(LINK)
        links.keep(changed)
    assert all_of(tmp_path) == (changed,)


def test_a_link_and_the_end_of_its_write_are_kept_together(tmp_path: Path) -> None:
    with Links.open(tmp_path, "communs", "equipe") as links:
        first, second = links.intend([INTENT, replace(INTENT, page="8")])
        links.keep(LINK, (first,))
        assert [intent.id for intent in links.intents()] == [second]
        assert links.intents()[0] == replace(INTENT, page="8", id=second)
        links.settle((second,))
        assert links.intents() == ()


def test_two_pages_never_have_one_item_and_nothing_is_half_kept(tmp_path: Path) -> None:
    with Links.open(tmp_path, "communs", "equipe") as links:
        (id_,) = links.intend([INTENT])
        links.keep(LINK)
        with pytest.raises(Unavailable):
            links.keep(replace(LINK, page="8"), (id_,))
        assert links.all() == (LINK,)
        assert len(links.intents()) == 1
        links.forget(LINK)
        assert links.all() == ()


def test_nobody_else_reads_them(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with Links.open(folder, "communs", "equipe") as links:
        links.keep(LINK)
        modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_they_serve_one_wiki(tmp_path: Path) -> None:
    all_of(tmp_path)
    with pytest.raises(ConfigError, match="another wiki"), Links.open(tmp_path, "autre", "equipe"):
        pass


def test_those_of_a_newer_wikibot_are_not_touched(tmp_path: Path) -> None:
    all_of(tmp_path)
    with sqlite3.connect(tmp_path / "links.sqlite") as db:
        db.execute("PRAGMA user_version=99")
    with pytest.raises(ConfigError, match="99"), Links.open(tmp_path, "communs", "equipe"):
        pass


def test_a_file_of_something_else_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "links.sqlite").write_bytes(b"bonjour" * 400)
    with pytest.raises(ConfigError, match="unusable"), Links.open(tmp_path, "communs", "equipe"):
        pass


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable), Links.open(tmp_path / "file" / "x", "communs", "equipe"):
        pass
