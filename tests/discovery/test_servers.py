"""On a server: which pages are looked at, what that costs, and what Explore adds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.discovery.served import ServedWiki
from tests.wiki.stub_api import Answer, error
from tests.wiki.stub_wiki import HTML
from wikibot import discover, drift, load_mapping, open_wiki
from wikibot.jobs.discover import Discovered

TEMPLATE = "{{#set:Genre={{{genre|}}}}}{{{nom|}}}[[Catégorie:Lieu]]"
CHOSEN = (
    "{{{for template|Lieu}}}{{{field|nom}}}"
    "{{{field|genre|input type=dropdown|values from property=Genre}}}{{{end template}}}"
)


def pages(number: int, **others: str) -> dict[str, str]:
    """Return a wiki with that many pages of a template, the newer ones with a new parameter."""
    found = {"Modèle:Lieu": TEMPLATE}
    for n in range(number):
        new = "|site=https://lieu.example.org/" if n >= number // 2 else ""
        found[f"Lieu {n}"] = f"{{{{Lieu|nom=Lieu {n}|genre=Genre {n % 3}{new}}}}}"
    return found | others


@contextmanager
def served(wiki: dict[str, str]) -> Iterator[ServedWiki]:
    with ServedWiki(wiki) as server:
        yield server


def found_on(server: ServedWiki, folder: Path) -> Discovered:
    return discover(open_wiki(server.api), folder)


# --- the sample ---


def test_the_pages_looked_at_are_spread_from_the_oldest_to_the_newest(tmp_path: Path) -> None:
    with served(pages(1200)) as server:
        done = found_on(server, tmp_path)
    seen = done.sample.template("Lieu")
    assert seen is not None and seen.pages == 500
    numbers = sorted(int(title.removeprefix("Lieu ")) for title in done.sample.titles)
    assert numbers[0] < 5 and numbers[-1] > 1195
    assert max(b - a for a, b in pairwise(numbers)) <= 3
    newer = seen.parameter("site")
    assert newer is not None and newer.uses == 250
    assert any("site" in note.fr for note in done.found.notes)


def test_that_not_all_pages_were_looked_at_is_said(tmp_path: Path) -> None:
    with served(pages(1200)) as server:
        notes = [note.fr for note in found_on(server, tmp_path).found.notes]
    assert (
        "« Lieu » : 500 fiches lues sur 1200, réparties des plus anciennes aux plus récentes."
        in notes
    )


def test_where_all_were_looked_at_nothing_is_said(tmp_path: Path) -> None:
    with served(pages(40)) as server:
        notes = [note.fr for note in found_on(server, tmp_path).found.notes]
    assert not any("lues sur" in note for note in notes)


def test_looking_costs_a_request_for_each_batch_and_no_page_is_read_twice(tmp_path: Path) -> None:
    """Without a bot's limits, 50 pages a request."""
    second = {f"Modèle:Autre {n}": "{{#set:A={{{a|}}}}}" for n in range(30)}
    calls = "".join(f"{{{{Autre {n}|a=1}}}}" for n in range(30))
    wiki = pages(200)
    wiki = {title: text + calls * (":" not in title) for title, text in wiki.items()}
    with served(wiki | second) as server:
        found_on(server, tmp_path)
        asked = [request.get("pageids") or "" for request in server.of("query")]
        read = [number for ids in asked if ids for number in ids.split("|")]
        assert len(read) == len(set(read))
        assert len(set(read)) == 200
        # who and what the wiki is, its three namespaces, who calls the templates, the pages
        assert len(server.seen) <= 1 + 3 + 1 + 200 // 50 + 1


def test_the_same_pages_are_looked_at_each_time(tmp_path: Path) -> None:
    with served(pages(700)) as server:
        first = found_on(server, tmp_path).sample
        again = found_on(server, tmp_path)
    assert again.sample == first and again.written.files == {}


def test_a_server_of_which_no_template_is_known_is_looked_at_by_its_pages(tmp_path: Path) -> None:
    wiki = {title: text for title, text in pages(600).items() if title != "Modèle:Lieu"}
    with served(wiki) as server:
        done = found_on(server, tmp_path)
    assert [t.page_type.template for t in done.found.types] == ["Lieu"]
    assert "500 premières pages" in " ".join(note.fr for note in done.found.notes)


# --- gone from a server ---


def test_a_template_that_a_server_no_longer_has_is_gone_though_pages_call_it(
    tmp_path: Path,
) -> None:
    with served(pages(5)) as server:
        found_on(server, tmp_path)
    with served({title: text for title, text in pages(5).items() if ":" not in title}) as server:
        found = drift(open_wiki(server.api), load_mapping(tmp_path))
    assert [(one.what, one.before) for one in found] == [("missing", "Lieu")]


# --- values in use, as Explore tells them ---


def chosen(tmp_path: Path, explored: dict[str, object] | None, **answers: object) -> list[str]:
    with served(pages(9, **{"Formulaire:Lieu": CHOSEN})) as server:
        server.explored = explored
        for action, answer in answers.items():
            assert isinstance(answer, Answer | dict)
            server.always(action, answer)
        found_on(server, tmp_path)
    mapping = load_mapping(tmp_path)
    field = mapping.page_types[0].field("genre")
    vocabulary = mapping.vocabulary(field) if field else None
    assert vocabulary is not None and vocabulary.open
    return [term.label for term in vocabulary.terms]


SEEN = ["Genre 0", "Genre 1", "Genre 2"]


def test_the_values_that_explore_tells_are_a_vocabulary(tmp_path: Path) -> None:
    told = ["Ferme", "Bois &amp; forge", "Ferme", " Rucher  école ", ""]
    assert chosen(tmp_path, {"Genre": told}) == ["Ferme", "Bois & forge", "Rucher école"]


@pytest.mark.parametrize(
    "told", [[], {}, "Ferme", None, [None, 3, ["x"], {"a": "b"}], [f"n° {n}" for n in range(2000)]]
)
def test_where_explore_tells_nothing_of_use_the_pages_do(tmp_path: Path, told: object) -> None:
    assert chosen(tmp_path, {"Genre": told}) == SEEN


@pytest.mark.parametrize("action", ["paraminfo", "exploregetpropertyvalues"])
@pytest.mark.parametrize(
    "answer",
    [error("badtoken"), error("internal_api_error_X"), HTML, Answer(status=500), {}, {"a": []}],
)
def test_any_trouble_with_explore_leaves_it_to_the_pages(
    tmp_path: Path, action: str, answer: object
) -> None:
    assert chosen(tmp_path, {"Genre": ["Ferme"]}, **{action: answer}) == SEEN


def test_a_wiki_without_explore_is_asked_once_whether_it_has_it(tmp_path: Path) -> None:
    two = CHOSEN.replace("{{{field|nom}}}", "{{{field|nom|input type=dropdown|values from"
                         " property=Nom}}}")  # fmt: skip
    with served(pages(9, **{"Formulaire:Lieu": two})) as server:
        found_on(server, tmp_path)
        assert len(server.of("paraminfo")) == 1
        assert server.of("exploregetpropertyvalues") == []


def test_what_semantic_mediawiki_tells_comes_first(tmp_path: Path) -> None:
    browsed = {"query": {"Ferme": {"label": "Ferme"}}, "meta": {}}
    with served(pages(9, **{"Formulaire:Lieu": CHOSEN})) as server:
        server.explored = {"Genre": ["Jamais"]}
        server.always("smwbrowse", browsed)
        found_on(server, tmp_path)
        assert server.of("exploregetpropertyvalues") == []
