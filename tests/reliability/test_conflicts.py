"""Others work on the same page at the same time: nothing of theirs is ever lost."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from tests.mediawiki.faults import ALWAYS, api_error
from tests.reliability.cases import case
from tests.reliability.scene import (
    BESIDE,
    FAR,
    NEW,
    OLD,
    SAME,
    TEXT,
    TITLE,
    Scene,
    ended,
    only,
)

CREATED = "Semences locales"
REDIRECT = "#REDIRECTION [[Semences locales]]"


@case("F43")
def test_an_edit_beside_ours_is_a_conflict_for_the_wiki_and_none_for_us(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit").first(scene.human(BESIDE))
    done = scene.apply()
    ended(done, 0, "done")
    scene.once(text=TEXT.replace(*BESIDE))
    assert scene.posts == 2
    item = only(done)
    assert item["base_rev"] == scene.bench.revisions(TITLE)[1]["revid"]
    assert not item["merged"]


@case("F43")
def test_an_edit_of_the_same_field_is_a_conflict_that_names_its_author(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit").first(scene.human(SAME))
    done = scene.apply()
    ended(done, 3, "conflict")
    scene.untouched(text=TEXT.replace(*SAME))
    assert scene.bench.human_account.partition("@")[0] in only(done)["reason"]


@case("F44")
def test_somebody_who_is_always_faster_is_left_in_peace(scene: Scene) -> None:
    scene.plan()
    values = itertools.count()

    def again() -> None:
        text = scene.bench.text(TITLE)
        line = next(line for line in text.splitlines() if line.startswith("|niveau="))
        scene.bench.edit_as_human(TITLE, text.replace(line, f"|niveau=Essai {next(values)}"))

    scene.bench.faults.on("edit", times=ALWAYS).first(again)
    done = scene.apply()
    ended(done, 3, "conflict")
    assert scene.posts <= 3
    assert scene.ours() == 0
    assert f"|niveau=Essai {next(values) - 1}\n" in scene.bench.text(TITLE)
    assert OLD in scene.bench.text(TITLE)


@case("F45")
def test_what_the_wiki_merges_is_told_and_read_back(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit").first(scene.human(FAR))
    done = scene.apply()
    ended(done, 0, "done")
    scene.once(text=TEXT.replace(*FAR))
    item = only(done)
    assert (item["merged"], item["verified"]) == (True, True)
    assert scene.posts == 1
    scene.report_is_true(done)


@case("F45")
def test_a_merge_that_loses_our_field_is_told(scene: Scene) -> None:
    """As two edits that the wiki merges into a page on which the field is given twice."""
    scene.plan()
    doubled = ("|referent=Alix Imaginaire", f"|referent=Alix Imaginaire\n|licence={OLD}")
    scene.bench.faults.on("edit").first(scene.human(doubled))
    done = scene.apply()
    item = only(done)
    assert (done.code, item["state"], item["merged"]) == (3, "done", True)
    assert not item["verified"]
    assert item["reason_code"]


@case("F47")
def test_a_page_that_already_holds_it_is_no_change(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit").first(scene.human((OLD, NEW)))
    done = scene.apply()
    assert done.code == 0
    assert only(done)["state"] in ("noop", "done")
    assert scene.ours() == 0
    assert scene.posts == 1
    assert scene.bench.text(TITLE) == TEXT.replace(OLD, NEW)


@case("F49")
@pytest.mark.parametrize("change", [FAR, BESIDE], ids=["far", "beside"])
def test_another_run_of_our_own_account_loses_nothing_either(
    scene: Scene, change: tuple[str, str]
) -> None:
    """Where `basetimestamp` is sent, MediaWiki takes our own account's edits for no conflict."""
    scene.plan()
    theirs = TEXT.replace(*change)
    scene.bench.faults.on("edit").first(
        lambda: scene.bench.call(
            "bot", action="edit", title=TITLE, text=theirs, summary="[wb:autre1] Autre champ"
        )
    )
    ended(scene.apply(), 0, "done")
    assert scene.bench.text(TITLE) == theirs.replace(OLD, NEW)
    assert scene.ours() == 2


@case("F50")
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_page_that_was_deleted_is_not_created_again(scene: Scene, when: str) -> None:
    scene.plan()
    if when == "before":
        scene.bench.admin.delete(TITLE)
    else:
        scene.bench.faults.on("edit").first(lambda: scene.bench.admin.delete(TITLE))
    done = scene.apply()
    assert done.code == 3
    assert only(done)["state"] in ("skipped", "failed")
    assert scene.bench.revisions(TITLE) == []
    assert scene.posts == (when == "meanwhile")


@case("F51")
@pytest.mark.parametrize("code", ["pagedeleted", "unknownerror-editpage"])
def test_the_codes_of_older_wikis_for_a_deleted_page_spare_it(scene: Scene, code: str) -> None:
    titles = scene.pages(2)
    scene.plan()
    scene.bench.faults.on("edit").unsent(api_error(code))
    done = scene.apply()
    ended(done, 3, "skipped", "done")
    assert done.json["items"][0]["reason_code"] == code
    assert scene.posts == 2
    scene.untouched(titles[0])
    scene.once(titles[1])


@case("F53")
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_page_that_became_a_redirect_is_left_alone(scene: Scene, when: str) -> None:
    scene.plan()

    def redirect() -> None:
        scene.bench.edit_as_human(TITLE, REDIRECT)

    if when == "before":
        redirect()
    else:
        scene.bench.faults.on("edit").first(redirect)
    done = scene.apply()
    assert done.code == 3
    assert only(done)["state"] in ("skipped", "conflict")
    assert scene.bench.text(TITLE) == REDIRECT
    assert scene.ours() == 0


@case("F53")
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_page_that_was_moved_is_edited_where_it_is_now_or_not_at_all(
    scene: Scene, when: str
) -> None:
    scene.plan()
    to = "Atlas des talus"

    def move() -> None:
        scene.bench.admin.move(TITLE, to)

    if when == "before":
        move()
    else:
        scene.bench.faults.on("edit").first(move)
    done = scene.apply()
    assert done.code in (0, 3)
    assert scene.bench.text(TITLE) == f"#REDIRECTION [[{to}]]"
    saved = only(done)["state"] == "done"
    assert scene.bench.text(to) == (TEXT.replace(OLD, NEW) if saved else TEXT)
    assert scene.ours(to) == saved
    scene.again()


@case("F54")
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_page_that_somebody_else_created_stays_theirs(scene: Scene, when: str) -> None:
    scene.plan_creation(CREATED)

    def create() -> None:
        scene.bench.edit_as_human(CREATED, "Ma page.")

    if when == "before":
        create()
    else:
        scene.bench.faults.on("edit").first(create)
    done = scene.apply()
    ended(done, 3, "skipped")
    assert only(done)["reason_code"] == "articleexists"
    assert scene.bench.text(CREATED) == "Ma page."
    assert scene.ours(CREATED) == 0
    assert scene.posts == (when == "meanwhile")


@case("F54")
def test_a_page_that_was_created_just_as_we_would_have_is_no_change(scene: Scene) -> None:
    scene.plan_creation(CREATED)
    scene.bench.edit_as_human(CREATED, TEXT)
    ended(scene.apply(), 0, "noop")
    assert scene.posts == 0


def edits_of_people(scene: Scene) -> list[Callable[[], None]]:
    """Return what three people do to three places of the page, one after the other."""
    return [scene.human(FAR), scene.human(("à la main", "au crayon")), scene.human(BESIDE)]


@case("F43", "F45")
def test_people_who_edit_at_every_instant_of_a_run_lose_nothing(scene: Scene) -> None:
    scene.plan()
    acts = edits_of_people(scene)
    scene.bench.faults.on("query", pageids=pageid(scene)).first(acts[0])
    scene.bench.faults.on("edit").first(acts[1])
    scene.bench.faults.on("edit").then(acts[2])
    ended(scene.apply(), 0, "done")
    for new in (FAR[1], "au crayon", BESIDE[1], NEW):
        assert new in scene.bench.text(TITLE)
    assert scene.ours() == 1


def pageid(scene: Scene) -> int:
    """Return the id of the page."""
    answer = scene.bench.call("human", action="query", titles=TITLE)
    return int(answer["query"]["pages"][0]["pageid"])
