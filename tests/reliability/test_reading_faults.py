"""What is read half, not at all or wrongly is never taken for a page, nor for its absence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cli.command import run
from tests.mediawiki.bench import MediaWikiBench
from tests.mediawiki.door import SeenRequest
from tests.mediawiki.faults import ALWAYS, as_json
from tests.reliability.cases import case
from tests.reliability.scene import TEXT, TITLE, Scene, ended, only
from wikibot.errors import InputError, Unavailable
from wikibot.wiki.mediawiki import MediaWiki


@pytest.fixture
def wiki(scene: Scene) -> Iterator[MediaWiki]:
    bench = scene.bench
    with MediaWiki.connect(bench.api, bench.account, bench.password) as opened:
        bench.forget_requests()
        yield opened


@case("F88")
def test_1200_titles_are_read_each_exactly_once(scene: Scene, wiki: MediaWiki) -> None:
    titles = [f"Commun {number:04}" for number in range(1200)]
    scene.bench.import_pages({title: [f"texte de {title}"] for title in titles})
    found = list(wiki.pages(titles))
    assert [str(page.title) for page in found] == titles
    assert all(page.text == f"texte de {page.title}" for page in found)
    assert len(scene.bench.requests_seen()) == 3


@case("F88", "F90")
def test_a_list_that_the_wiki_gives_in_many_parts_is_read_whole(
    scene: Scene, wiki: MediaWiki
) -> None:
    titles = [f"Commun {number:03}" for number in range(60)]
    text = "{{Ressource}}" + "Un long texte. " * 100
    for title in titles:
        scene.bench.edit_as_human(title, f"{text}{title}")
    scene.bench.admin.configure(wgAPIMaxResultSize=20_000)
    for found in (list(wiki.pages(titles)), list(wiki.pages_with(["Modèle:Ressource"]))):
        assert sorted(str(page.title) for page in found) == titles
        assert all(page.text.endswith(str(page.title)) for page in found)
    assert len(scene.bench.requests_seen()) > 10


@case("F88")
def test_600_revisions_are_read_each_exactly_once(scene: Scene, wiki: MediaWiki) -> None:
    scene.bench.import_pages({TITLE: [f"texte {number}" for number in range(601)]})
    scene.bench.admin.configure(wgAPIMaxResultSize=20_000)
    page = wiki.page(TITLE)
    scene.bench.forget_requests()
    found = wiki.revisions(page, scene.bench.revisions(TITLE)[0]["revid"])
    assert len(found) == 600
    assert [r.parent_id for r in found[1:]] == [r.id for r in found[:-1]]
    assert len(scene.bench.requests_seen()) > 1


@case("F95")
def test_odd_titles_of_one_batch_are_not_mixed_up(scene: Scene, wiki: MediaWiki) -> None:
    bench = scene.bench
    bench.edit_as_human("Été à la mare", "un")
    bench.edit_as_human("Modèle:Essai", "deux")
    bench.edit_as_human("Utilisateur:Camille Martin", "trois")
    asked = [
        "Nulle part",
        "e\u0301te\u0301_à la  mare",  # NFD, underscores, doubled blanks, small letter
        "Template:essai",
        "mediawikiwiki:Help:Contents",
        "Spécial:Version",
        "<non>",
        "a|b",
        "Été à la mare",
        "Utilisatrice:camille Martin",
    ]
    found = {str(page.title): page.text for page in wiki.pages(asked)}
    assert found == {
        "Été à la mare": "un",
        "Modèle:Essai": "deux",
        "Utilisateur:Camille Martin": "trois",
    }
    for title in ("Nulle part", "Spécial:Version", "<non>", "a|b", "mediawikiwiki:Help:Contents"):
        with pytest.raises(InputError):
            wiki.page(title)


def lists_callers(request: SeenRequest) -> bool:
    """Tell whether a request asks which pages call a template."""
    return bool({"embeddedin", "transcludedin"} & set(request.parameters.values()))


# --- while a plan is applied ---


def spoilt(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    """Return what makes of a true answer one whose pages are changed."""

    def spoil(answer: bytes) -> bytes:
        told = json.loads(answer)
        for page in told.get("query", {}).get("pages", []):
            if page.get("revisions"):
                change(page)
        return json.dumps(told).encode()

    return spoil


def empty(page: dict[str, Any]) -> None:
    page["revisions"][0].get("slots", {}).get("main", {})["content"] = ""


def without_text(page: dict[str, Any]) -> None:
    del page["revisions"]


def hidden(page: dict[str, Any]) -> None:
    page["revisions"][0]["slots"] = {"main": {"texthidden": True}}


def damaged(page: dict[str, Any]) -> None:
    page["revisions"][0]["slots"] = {"main": {"contentmodel": "wikitext", "textmissing": True}}


def other_model(page: dict[str, Any]) -> None:
    page["revisions"][0]["slots"]["main"]["contentmodel"] = "json"


SPOILT = {
    "F104-empty": empty,
    "F104-without-text": without_text,
    "F96-hidden": hidden,
    "F96-damaged": damaged,
    "F96-other-model": other_model,
}


@pytest.mark.parametrize("how", SPOILT.values(), ids=SPOILT)
def test_a_page_whose_text_is_not_to_be_had_is_never_saved(
    scene: Scene, how: Callable[[dict[str, Any]], None]
) -> None:
    scene.plan()
    scene.bench.faults.on(
        "query",
        times=ALWAYS,
        when=lambda request: "content" in request.parameters.get("rvprop", ""),
    ).after_commit(spoilt(how))
    done = scene.apply()
    assert done.code in (3, 5)
    if done.out:
        assert only(done)["state"] in ("skipped", "failed")
    assert scene.posts == 0
    scene.untouched()


@case("F104", "F90")
@pytest.mark.parametrize("how", [empty, without_text])
def test_a_text_that_was_left_out_once_is_asked_for_again(
    scene: Scene, how: Callable[[dict[str, Any]], None]
) -> None:
    titles = scene.pages(2)
    scene.plan()
    scene.bench.faults.on(
        "query", when=lambda request: "content" in request.parameters.get("rvprop", "")
    ).after_commit(spoilt(how))
    ended(scene.apply(), 0, "done", "done")
    for title in titles:
        scene.once(title)


@case("F89", "F91")
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"query": {"pages": []}}, id="without-batchcomplete"),
        pytest.param({"continue": {"ticontinue": "10|1", "continue": "-||"}}, id="for-ever"),
    ],
)
def test_a_list_that_never_ends_well_gives_no_page_at_all(
    scene: Scene, wiki: MediaWiki, answer: dict[str, Any]
) -> None:
    scene.pages(1)
    scene.bench.faults.on("query", times=ALWAYS, when=lists_callers).unsent(as_json(answer))
    given = []
    with pytest.raises(Unavailable) as raised:
        for page in wiki.pages_with(["Modèle:Ressource"]):
            given.append(page)
    assert given == []
    assert raised.value.exit_code == 5
    assert len(scene.bench.requests_seen()) <= 10


@case("F94")
def test_an_empty_list_of_a_wiki_that_had_pages_stops_the_run(scene: Scene) -> None:
    scene.bench.edit_as_human(TITLE, TEXT.replace("niveau=Idée", "niveau=idée"))
    assert run("fix", "--apply", "--format", "json").code == 0
    scene.bench.edit_as_human(TITLE, TEXT.replace("niveau=Idée", "niveau=idée"))
    scene.bench.forget_requests()
    scene.bench.faults.on("query", times=ALWAYS, when=lists_callers).unsent(
        as_json({"batchcomplete": True})
    )
    done = run("fix", "--apply", "--format", "json")
    assert scene.posts == 0
    assert done.code == 6


def test_the_bench_imports_what_it_is_given(fresh_mediawiki: MediaWikiBench) -> None:
    bench = fresh_mediawiki
    bench.import_pages({"A & B": ["un", "deux <b>"], "C": ["trois"]})
    assert (bench.text("A & B"), bench.text("C")) == ("deux <b>", "trois")
    human = bench.human_account.partition("@")[0]
    assert [row["user"] for row in bench.revisions("A & B")] == [human, human]


@case("F97")
def test_what_ask_still_says_after_a_save_makes_nothing_go_back(scene: Scene) -> None:
    """The semantic store lags behind the page: no plan and no save is made from it."""
    scene.plan("niveau=Prototype")
    stale = {"query": {"results": {TITLE: {"printouts": {"Niveau": ["Idée"]}}}}}
    scene.bench.faults.on("ask", times=ALWAYS).unsent(as_json(stale))
    ended(scene.apply(), 0, "done")
    after = scene.bench.text(scene.titles[0])
    for command in (("fix", "--apply"), ("set", scene.titles[0], "niveau=Prototype", "--apply")):
        assert run(*command).code == 0
    assert scene.bench.text(scene.titles[0]) == after
    assert "ask" not in {request.action for request in scene.bench.requests_seen()}
