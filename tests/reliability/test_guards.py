"""What stops a run, or spares a page, though the wiki would let us."""

from __future__ import annotations

import unicodedata

import pytest

from tests.cli.command import run
from tests.mediawiki.faults import ALWAYS, page
from tests.reliability.cases import case
from tests.reliability.scene import NEW, OLD, TEXT, TITLE, Scene, ended, only

STOP = "Utilisateur:Robot des communs/stop"
LONG = TEXT.replace(
    "|description=Un atlas que tiennent ses habitants, commune par commune.",
    "|description=" + "Un atlas que tiennent ses habitants, commune par commune. " * 40,
)


@case("F105")
def test_a_page_that_would_lose_most_of_its_text_is_left_alone(scene: Scene) -> None:
    scene.plan("description=", text=LONG)
    done = scene.apply()
    assert done.code in (3, 6)
    assert only(done)["state"] == "skipped"
    assert only(done)["reason_code"] == "shrink"
    assert "shrink" in done.json["guards"]
    assert scene.posts == 0
    scene.untouched(text=LONG)
    ended(scene.apply("--allow", "shrink"), 0, "done")
    assert len(scene.bench.text(TITLE)) < len(LONG) / 2


@case("F105")
def test_a_page_is_never_made_blank(scene: Scene) -> None:
    scene.plan_creation(TITLE, "  \n ")
    done = scene.apply("--allow", "shrink")
    assert done.code == 3
    assert only(done)["state"] == "skipped"
    assert scene.posts == 0
    assert scene.bench.revisions(TITLE) == []


def with_stop_page(scene: Scene, pages: int = 8) -> tuple[str, ...]:
    scene.bench.edit_as_human(STOP, "go")
    titles = scene.pages(pages)
    scene.plan()
    scene.configure(f'[stop]\npage = "{STOP}"')
    return titles


def stopped(scene: Scene, saved: range, *, code: int = 6) -> None:
    """See that a run stops, with that many pages saved and no request to save behind them."""
    done = scene.apply()
    assert done.code == code, done.out + done.err
    assert done.json["stopped"]
    made = [scene.ours(title) for title in scene.titles]
    assert sum(made) in saved
    assert made == sorted(made, reverse=True), "nothing is left out, nothing made twice"
    assert scene.posts == sum(made)
    states = [item["state"] for item in done.json["items"]]
    assert states.count("done") == sum(made)
    assert bool(done.json["guards"]) is (code == 6)


@case("F106")
def test_the_stop_page_is_heeded_within_one_edit(scene: Scene) -> None:
    with_stop_page(scene)
    scene.bench.faults.on("edit", nth=3).then(
        lambda: scene.bench.edit_as_human(STOP, "arrêtez, s'il vous plaît")
    )
    stopped(scene, range(3, 5))
    scene.bench.edit_as_human(STOP, "go")
    scene.bench.forget_requests()
    assert scene.apply().code == 0
    for title in scene.titles:
        scene.once(title)


@case("F106")
def test_a_stop_page_that_disappears_stops_too(scene: Scene) -> None:
    with_stop_page(scene)
    scene.bench.faults.on("edit", nth=3).then(lambda: scene.bench.admin.delete(STOP))
    stopped(scene, range(3, 5))


@case("F106")
def test_a_stop_page_that_cannot_be_read_stops_too(scene: Scene) -> None:
    with_stop_page(scene)
    scene.bench.faults.on(
        "query",
        times=ALWAYS,
        when=lambda r: STOP in r.parameters.get("titles", "") and scene.posts >= 3,
    ).unsent(page(503))
    stopped(scene, range(3, 5), code=5)


@case("F108")
def test_a_message_on_its_talk_page_stops_the_bot(scene: Scene) -> None:
    scene.pages(8)
    scene.plan()
    scene.bench.faults.on("edit", nth=2).then(scene.bench.admin.write_to_the_bot)
    stopped(scene, range(2, 4))


@case("F108")
def test_a_message_that_is_not_to_stop_it_does_not(scene: Scene) -> None:
    scene.plan()
    scene.configure("[stop]\ntalk = false")
    scene.bench.admin.write_to_the_bot()
    ended(scene.apply(), 0, "done")


STAY_AWAY = {
    "F110-deny-us": "{{bots|deny=Robot des communs}}",
    "F110-deny-us-among-others": "{{Bots|deny=Autre robot, robot_des communs}}",
    "F110-deny-all": "{{bots|deny=all}}",
    "F110-allow-others": "{{bots|allow=Autre robot}}",
    "F110-allow-none": "{{bots|allow=none}}",
    "F110-nobots": "{{nobots}}",
    "F110-lowercase-template": "{{modèle:nobots}}",
    "F110-several": "{{bots|deny=Autre robot}}\n{{bots|deny=Robot des communs}}",
    "F110-malformed": "{{nobots|quoi=que ce soit}}",
    "F110-in-use": "{{En travaux}}",
}
COME_IN = {
    "F110-deny-others": "{{bots|deny=Autre robot}}",
    "F110-allow-us": "{{bots|allow=Robot des communs}}",
    "F110-allow-all": "{{bots|allow=all}}",
    "F110-deny-none": "{{bots|deny=none}}",
    "F110-plain": "{{bots}}",
    "F110-in-a-comment": "<!-- {{nobots}} {{bots|deny=all}} -->",
    "F110-in-nowiki": "<nowiki>{{nobots}} {{bots|deny=all}}</nowiki>",
    "F110-in-pre": "<pre>{{bots|deny=all}}</pre>",
}


@pytest.mark.parametrize("call", STAY_AWAY.values(), ids=STAY_AWAY)
def test_a_page_that_keeps_bots_away_is_left_alone(scene: Scene, call: str) -> None:
    text = f"{TEXT}\n{call}"
    scene.plan(text=text)
    done = scene.apply()
    ended(done, 3, "skipped")
    assert only(done)["reason_code"] in ("nobots", "in-use")
    assert scene.posts == 0
    scene.untouched(text=text)


@pytest.mark.parametrize("call", COME_IN.values(), ids=COME_IN)
def test_a_page_that_does_not_is_edited(scene: Scene, call: str) -> None:
    text = f"{TEXT}\n{call}"
    scene.plan(text=text)
    ended(scene.apply(), 0, "done")
    scene.once(text=text)


@case("F110")
def test_a_person_who_asks_bots_to_leave_is_heard_until_the_last_moment(scene: Scene) -> None:
    scene.plan()
    asked = ("Les cartes se", "{{nobots}}\nLes cartes se")
    scene.bench.faults.on("edit").first(scene.human(("niveau=Idée", "niveau=Prototype"))).first(
        scene.human(asked)
    )
    ended(scene.apply(), 3, "skipped")
    assert scene.ours() == 0


FIELD = "description"
WAYS = {
    "F100-nfd": unicodedata.normalize("NFD", "Un café près de l'école, été comme hiver."),
    "F100-blanks": "  Des haies.  ",
    "F100-lines": "Un paragraphe.\n\nUn autre.\n",
}


@pytest.mark.parametrize("value", WAYS.values(), ids=WAYS)
def test_what_the_wiki_keeps_otherwise_than_it_was_sent_is_not_sent_again(
    scene: Scene, value: str
) -> None:
    scene.plan(f"{FIELD}={value}")
    done = scene.apply()
    ended(done, 0, "done")
    assert only(done)["verified"]
    ended(scene.again(), 0, "noop")
    second = scene.plan(f"{FIELD}={value}")  # made anew of what the wiki has kept
    assert second.edits == ()
    assert scene.apply().code == 0
    assert scene.posts == 0
    assert scene.ours() == 1


@case("F100")
def test_a_new_page_that_the_wiki_trims_is_not_sent_again(scene: Scene) -> None:
    text = unicodedata.normalize("NFD", TEXT.replace("\n", "\r\n")) + " \r\n\r\n"
    scene.plan_creation(TITLE, text)
    done = scene.apply()
    ended(done, 0, "done")
    assert only(done)["verified"]
    assert scene.bench.text(TITLE) == TEXT
    scene.plan_creation(TITLE, text)
    (scene.folder / "state" / "journal.sqlite").unlink()  # as on another machine
    ended(scene.apply("--allow", "other-run"), 0, "noop")
    assert scene.posts == 0
    assert OLD in TEXT
    assert NEW not in scene.bench.text(TITLE)


def test_every_edit_bears_what_keeps_others_safe_and_says_who_sends_it(scene: Scene) -> None:
    """Of what the API offers: the base revision alone, no creation by the way, our name."""
    scene.plan()
    scene.apply()
    (update,) = (request.parameters for request in scene.bench.edits_seen())
    scene.plan_creation("Semences locales")
    scene.apply()
    (creation,) = (request.parameters for request in scene.bench.edits_seen())
    assert {"pageid", "baserevid", "nocreate"} <= update.keys()
    assert {"title", "createonly"} <= creation.keys()
    for sent in (update, creation):
        assert not {"basetimestamp", "appendtext", "prependtext", "section", "undo"} & sent.keys()
        assert {"text", "md5", "summary", "bot", "maxlag"} <= sent.keys()
        assert (sent.get("assert"), sent.get("assertuser")) == ("bot", scene.bench.bot_name)
        assert list(sent)[-1] == "token"


def test_a_plan_that_a_person_took_back_is_not_applied_again(scene: Scene) -> None:
    scene.plan()
    ended(scene.apply(), 0, "done")
    scene.human((NEW, OLD))()
    ended(scene.again(), 0, "noop")
    assert scene.bench.text(TITLE) == TEXT


def test_a_fix_that_a_person_took_back_is_not_made_again_by_another_plan(scene: Scene) -> None:
    wrong = TEXT.replace("niveau=Idée", "niveau=idée")
    scene.bench.edit_as_human(TITLE, wrong)
    assert run("fix", TITLE, "--apply", "--format", "json").code == 0
    scene.bench.edit_as_human(TITLE, wrong)
    scene.bench.forget_requests()
    done = run("fix", TITLE, "--apply", "--format", "json")
    assert done.code == 3
    assert only(done)["state"] == "skipped"
    assert scene.posts == 0
    assert scene.bench.text(TITLE) == wrong
