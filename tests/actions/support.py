"""Small wikis of actions, and what their boards come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import wikibot
from wikibot.actions.board import PageBoard
from wikibot.jobs.surroundings import Surroundings
from wikibot.wiki.folder import FolderWiki

MAPPING = wikibot.load_mapping("resilience")
PLAIN = wikibot.load_mapping(str(Path(__file__).parent / "mapping"))
TODAY = Surroundings(now=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
COMMONS = "{{Ressource\n|shortDescription=Un commun.\n}}"
ATLAS, GAME = "Atlas des haies", "Jeu de rôle « Crue & Cité »"
COMMA, MOVED, OLD = "Eau, sols et forêts", "Fablab itinérant", "Fablab mobile"


def action(**fields: str) -> str:
    """Return the text of an action as the form writes it, open and to be done on the atlas."""
    usual = {"SUMMARY": "Relire", "ACTION_STATUS": "Open", "LABEL": "Label:A faire"}
    given = {**usual, "RELATED_ARTICLE": ATLAS, **fields}
    lines = "".join(f"|{name}={value}\n" for name, value in given.items() if value != "-")
    return f"{{{{Actionable\n{lines}}}}}"


def write(folder: Path, pages: Mapping[str, str]) -> None:
    for title, text in pages.items():
        name = title if title.isascii() and ":" not in title else title.replace(":", "%3A")
        (folder / f"{name.replace('?', quote('?'))}.wikitext").write_bytes(text.encode())


def write_wiki(folder: Path, actions: Mapping[int, str]) -> FolderWiki:
    """Write commons, a redirect, the labels and these actions; return the wiki."""
    commons = dict.fromkeys((ATLAS, GAME, COMMA, MOVED), COMMONS)
    labels = {f"Label:{name}": f"{{{{Label\n|ALIAS={name}\n}}}}" for name in ("A faire", "Fait")}
    pages = {f"Action:{number}": text for number, text in actions.items()}
    write(folder, {**commons, **labels, **pages, OLD: f"#REDIRECTION [[{MOVED}]]"})
    return FolderWiki.open(folder)


def read(wiki: wikibot.Wiki, mapping: wikibot.Mapping = MAPPING) -> wikibot.Tracker:
    return wikibot.read_actions(wiki, mapping, around=TODAY)


def boards(wiki: wikibot.Wiki, mapping: wikibot.Mapping = MAPPING) -> dict[str, PageBoard]:
    """Return every board by its page; "" is that of no page."""
    return {each.page or "": each for each in wikibot.action_boards(read(wiki, mapping), wiki)}


def columns(board: PageBoard) -> list[list[str]]:
    return [[action.name for action in column.actions] for column in board.columns]


def hidden(board: PageBoard) -> dict[str, str]:
    return {each.action.name: each.reason for each in board.hidden}
