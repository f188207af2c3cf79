"""The wiki refuses one page: it is left, named with the wiki's own reason, never insisted upon."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from tests.cli.command import environment
from tests.mediawiki.faults import api_error, as_json, page
from tests.reliability.cases import case
from tests.reliability.scene import NEW, OLD, TEXT, Scene, ended

CREATED = "Interdit de créer"


def spared(scene: Scene, code: str, *words: str) -> None:
    """See that the first page was refused, once, for `code`, and the second one saved."""
    first, second = scene.titles
    done = scene.apply()
    ended(done, 3, "skipped", "done")
    item = done.json["items"][0]
    assert item["reason_code"] == code
    for word in words:
        assert word in item["reason"]
    scene.untouched(first)
    assert scene.posts == 2, "one POST a page"
    assert scene.ours(second) == 1
    scene.report_is_true(done)


@case("F55")
def test_a_protected_page(scene: Scene) -> None:
    first, _ = scene.pages(2)
    scene.plan()
    scene.bench.admin.protect(first)
    spared(scene, "protectedpage")


@case("F57")
def test_a_page_that_a_filter_forbids(scene: Scene) -> None:
    scene.pages(2)
    scene.plan()
    scene.bench.admin.filter_edits(
        "Pas de licence par robot", 'page_title == "Commun 1"', ["disallow"]
    )
    spared(scene, "abusefilter-disallowed", "Pas de licence par robot")


@case("F58")
def test_a_page_that_a_filter_warns_of_is_not_insisted_upon(scene: Scene) -> None:
    """The second attempt would pass; nobody has read the warning."""
    scene.pages(2)
    scene.plan()
    scene.bench.admin.filter_edits("Est-ce voulu ?", 'page_title == "Commun 1"', ["warn"])
    spared(scene, "abusefilter-warning", "Est-ce voulu ?")


@case("F60")
def test_a_forbidden_address_is_named(scene: Scene) -> None:
    scene.bench.edit_as_human("Modèle:Ressource", "{{{url|}}}")  # shows the address as a link
    scene.plan("fichiers=https://pilules.example.org/")
    scene.bench.admin.load("SpamBlacklist")
    scene.bench.call("admin", action="edit", title="MediaWiki:Spam-blacklist", text="pilules")
    done = scene.apply()
    ended(done, 3, "skipped")
    assert done.json["items"][0]["reason_code"] == "spamblacklist"
    assert "pilules" in done.json["items"][0]["reason"]
    assert scene.posts == 1
    scene.untouched()


@case("F60")
def test_forbidden_words_are_named(scene: Scene) -> None:
    scene.plan("referent=Robin Maquette des pilules")
    scene.bench.admin.configure(wgSpamRegex=["/pilules/"])
    done = scene.apply()
    ended(done, 3, "skipped")
    assert done.json["items"][0]["reason_code"] == "spamprotectionmatch"
    assert scene.posts == 1
    scene.untouched()


@case("F61")
def test_a_forbidden_title(scene: Scene) -> None:
    scene.plan_creation(CREATED)
    scene.bench.admin.load("TitleBlacklist")
    scene.bench.call("admin", action="edit", title="MediaWiki:Titleblacklist", text="Interdit.*")
    done = scene.apply()
    ended(done, 3, "skipped")
    assert done.json["items"][0]["reason_code"] == "titleblacklist-forbidden"
    assert scene.posts == 1
    assert scene.bench.revisions(CREATED) == []


def ask_for_captchas(scene: Scene) -> None:
    admin = scene.bench.admin
    admin.load("ConfirmEdit")
    for group in ("bot", "autoconfirmed"):
        admin.rights(group, skipcaptcha=False)
    admin.configure(wgCaptchaTriggers={"edit": True, "create": True})


@case("F62")
def test_a_captcha_ends_the_run(scene: Scene) -> None:
    scene.pages(2)
    scene.plan()
    ask_for_captchas(scene)
    done = scene.apply()
    ended(done, 4, "failed", "skipped")
    assert "skipcaptcha" in done.out + done.err
    assert scene.posts == 1
    for title in scene.titles:
        scene.untouched(title)


@case("F62")
def test_a_captcha_is_asked_of_nobody_even_at_a_terminal(scene: Scene) -> None:
    scene.plan()
    ask_for_captchas(scene)
    ours, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "wikibot", "apply", "plan.json"],
        env=environment(),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        close_fds=True,
    )
    os.close(terminal)
    try:
        assert process.wait(30) == 4  # it asked nothing: nobody would have answered
    finally:
        process.kill()
        os.close(ours)
    scene.untouched()


@case("F63")
def test_a_text_over_the_limit_of_the_wiki_is_not_even_sent(scene: Scene) -> None:
    first, second = scene.pages(2)
    long = f"{TEXT}\n{'x' * 900}"
    scene.bench.edit_as_human(first, long)
    scene.plan("referent=Alix Imaginaire et tout le collectif des haies du bocage d'exemple")
    size = len(scene.bench.text(first).encode())
    scene.bench.admin.configure(wgMaxArticleSize=size / 1024)
    done = scene.apply()
    ended(done, 3, "skipped", "done")
    assert done.json["items"][0]["reason_code"] == "contenttoobig"
    assert scene.posts == 1
    scene.untouched(first, long)
    assert scene.ours(second) == 1


@case("F63")
def test_a_limit_that_the_wiki_lowered_meanwhile_spares_the_page(scene: Scene) -> None:
    scene.plan()
    admin = scene.bench.admin
    scene.bench.faults.on("edit").first(lambda: admin.configure(wgMaxArticleSize=0.1))
    done = scene.apply()
    ended(done, 3, "skipped")
    assert done.json["items"][0]["reason_code"] == "contenttoobig"
    assert scene.posts == 1
    scene.untouched()


@case("F64")
def test_a_body_that_the_web_server_does_not_take(scene: Scene) -> None:
    scene.pages(2)
    scene.plan()
    scene.bench.faults.on("edit").unsent(page(413, "<h1>413 Request Entity Too Large</h1>"))
    spared(scene, "http-413")


@case("F65")
def test_a_page_that_an_extension_vetoes(scene: Scene) -> None:
    first, second = scene.pages(2)
    scene.bench.edit_as_human(first, f"{TEXT}\nvéto")
    scene.plan()
    scene.bench.admin.veto("véto")
    done = scene.apply()
    ended(done, 3, "skipped", "done")
    assert done.json["items"][0]["reason_code"] == "hookaborted"
    assert scene.posts == 2
    scene.untouched(first, f"{TEXT}\nvéto")
    scene.once(second)


@case("F57", "F65")
@pytest.mark.parametrize("shape", ["code", "nothing"])
def test_the_refusals_of_older_wikis_that_look_like_answers(scene: Scene, shape: str) -> None:
    """Before MediaWiki 1.34 an extension's refusal was `edit.result=Failure`."""
    scene.pages(2)
    scene.plan()
    told = {"code": "abusefilter-disallowed", "info": "non"} if shape == "code" else {}
    scene.bench.faults.on("edit").unsent(as_json({"edit": {"result": "Failure", **told}}))
    spared(scene, "abusefilter-disallowed" if shape == "code" else "failure")


@case("F51")
def test_a_code_that_nobody_has_told_us_of_is_looked_into_and_the_rest_goes_on(
    scene: Scene,
) -> None:
    first, second = scene.pages(2)
    scene.plan()
    scene.bench.faults.on("edit").unsent(api_error("encore-jamais-vu"))
    done = scene.apply()
    assert done.code == 3
    assert [item["state"] for item in done.json["items"]] == ["failed", "done"]
    assert scene.posts == 2
    scene.untouched(first)
    scene.once(second)


@case("F103")
def test_a_tag_that_the_wiki_does_not_know_stops_before_anything_is_written(scene: Scene) -> None:
    scene.plan()
    scene.configure(wiki='tag = "robot-des-communs"')
    done = scene.apply()
    assert done.code in (2, 4)
    assert "robot-des-communs" in done.err
    assert scene.posts == 0
    scene.untouched()


@case("F103")
def test_a_tag_that_it_knows_is_on_every_edit(scene: Scene) -> None:
    scene.plan()
    scene.bench.admin.define_tag("robot-des-communs")
    scene.configure(wiki='tag = "robot-des-communs"')
    ended(scene.apply(), 0, "done")
    assert "robot-des-communs" in scene.bench.revisions(scene.titles[0])[-1]["tags"]


@case("F103")
def test_without_a_configured_tag_edits_go_untagged(scene: Scene) -> None:
    scene.plan()
    ended(scene.apply(), 0, "done")
    assert "robot-des-communs" not in scene.bench.revisions(scene.titles[0])[-1]["tags"]
    assert scene.bench.text(scene.titles[0]) == TEXT.replace(OLD, NEW)
