"""A doctor says what each fact of a server means, and what to do; nothing stops it half-way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import wikibot
from tests.jobs.doctoring import (
    ACCOUNT,
    HEALTHY,
    NOON,
    STOP_PAGE,
    TRIAL,
    Look,
    anonymous,
    look,
    outcome,
    point,
    stub,
    time,
)
from tests.wiki.certificates import self_signed
from tests.wiki.examined import told
from tests.wiki.stub_api import PARAMETERS, StubApi
from tests.wiki.stub_wiki import Time, connect
from wikibot import Diagnosis, Point
from wikibot.errors import AccessError, ConfigError, Unavailable
from wikibot.jobs.manners import Manners
from wikibot.language import same

__all__ = ["look", "stub", "time"]  # fixtures


class TestTheWholeOfIt:
    def test_what_is_not_well_has_a_remedy_in_both_languages(
        self, look: Look, stub: StubApi
    ) -> None:
        stub.userinfo = {"blockid": 1, "blockreason": "non", "messages": True}
        stub.rights = ("read", "delete")
        found = look(
            manners=Manners(tag="lot", edits_per_minute=0),
            clock=NOON + timedelta(days=3),
            site={"readonly": True, "readonlyreason": "x", "generator": "MediaWiki 1.31.1"},
            extensions=[{"name": "ConfirmEdit"}, {"name": "FlaggedRevs"}, {"name": "OAuth"}],
        )
        for one in found.points:
            assert one.found.fr
            assert one.found.en
            assert (one.remedy is None) == (one.outcome == "ok"), one.id
            assert one.remedy is None or (one.remedy.fr and one.remedy.en)
            assert one.name.fr and one.name.en
            assert "{}" not in one.name.fr
        bad = {one.id for one in found.points if one.outcome != "ok"}
        assert bad >= {
            *("software", "writable", "tag", "block", "bot", "rights", "excess", "captcha"),
            *("pace", "stop-page", "talk", "clock", "extension.FlaggedRevs"),
        }

    def test_every_point_stands_once_and_groups_stand_together(self, look: Look) -> None:
        found = look()
        ids = [one.id for one in found.points]
        assert len(ids) == len(set(ids))
        groups = [one.group for one in found.points]
        assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)

    def test_what_it_finds_depends_on_no_language_of_the_wiki(self, look: Look) -> None:
        assert outcome(look(), "stop-page") == "ok"
        assert outcome(look(), "tag") == "ok"

    def test_it_asks_and_writes_nothing(self, look: Look, stub: StubApi) -> None:
        look()
        assert {request.get("action") for request in stub.seen} == {"query", "login", "paraminfo"}

    def test_a_server_that_falls_silent_leaves_its_points_unknown(
        self, stub: StubApi, time: Time, tmp_path: Path
    ) -> None:
        with connect(stub, time) as wiki:
            stub.always("meta", {"error": {"code": "never-heard-of-it", "info": "x"}})
            found = wikibot.doctor(
                wiki,
                wikibot.load_mapping(TRIAL),
                setup=wikibot.Setup(stub.api, account=ACCOUNT, secret=same("ici")),
                state=tmp_path / "state",
            )
        assert outcome(found, "reach") == "failed"
        assert outcome(found, "identity") == "ok"  # that was told before
        assert outcome(found, "state") == "ok"
        unknown = {one.id for one in found.points if one.outcome == "unknown"}
        assert unknown >= {"software", "safety", "rights", "excess", "talk", "templates", "clock"}
        assert found.exit_code == 5


class TestTheExitCode:
    @pytest.mark.parametrize(
        ("points", "code"),
        [
            ([("ok", 3)], 0),
            ([], 0),
            ([("ok", 3), ("warning", 3)], 3),
            ([("ok", 3), ("unknown", 3)], 3),
            ([("failed", 3), ("failed", 5)], 5),
            ([("failed", 5), ("failed", 2)], 2),
            ([("failed", 2), ("failed", 4), ("failed", 5)], 4),
            ([("warning", 4)], 3),  # only what failed counts as more
        ],
    )
    def test_the_gravest_failure_wins(self, points: list[tuple[Any, int]], code: int) -> None:
        found = [Point("clock", each, same("x"), None, number) for each, number in points]
        assert Diagnosis(None, tuple(found)).exit_code == code


class TestWhatKeepsOthersEditsSafe:
    @pytest.mark.parametrize("lacking", ["baserevid", "nocreate", "createonly", "md5"])
    def test_a_wiki_that_does_not_know_a_protection_fails(
        self, look: Look, stub: StubApi, lacking: str
    ) -> None:
        known = [{"name": name} for name in (*PARAMETERS, "tags") if name != lacking]
        stub.always("paraminfo", {"paraminfo": {"modules": [{"parameters": known}]}})
        safety = point(look(), "safety")
        assert (safety.outcome, safety.exit_code) == ("failed", 3)
        assert lacking in safety.found.fr

    def test_the_number_of_the_software_does_not_decide_that(self, look: Look) -> None:
        found = look(site={"generator": "MediaWiki 1.31.1"})
        assert (outcome(found, "software"), outcome(found, "safety")) == ("warning", "ok")
        assert outcome(look(site={"generator": "MediaWiki 1.39.17"}), "software") == "ok"
        assert outcome(look(site={"generator": "MediaWiki 1.100.0-wmf.2"}), "software") == "ok"
        assert outcome(look(site={"generator": "MediaWiki"}), "software") == "ok"


class TestTheTag:
    WITH_TAGS = (*PARAMETERS, "tags")

    @pytest.fixture(autouse=True)
    def known(self, stub: StubApi) -> None:
        stub.rights = (*stub.rights, "applychangetags")
        names = [{"name": name} for name in self.WITH_TAGS]
        stub.always("paraminfo", {"paraminfo": {"modules": [{"parameters": names}]}})

    def test_the_usual_one_is_used_where_it_is_and_not_missed_where_not(self, look: Look) -> None:
        assert "portera" in point(look(), "tag").found.fr
        without = point(look(tags=[]), "tag")
        assert (without.outcome, "portera" in without.found.fr) == ("ok", False)

    @pytest.mark.parametrize(
        ("tag", "why"),
        [
            ({"name": "autre", "active": True, "source": ["manual"]}, "n'a pas de balise"),
            ({"name": "lot", "active": False, "source": ["manual"]}, "en service"),
            ({"name": "lot", "active": True, "source": ["extension"]}, "en service"),
        ],
    )
    def test_a_configured_one_that_cannot_be_applied_fails(
        self, look: Look, tag: dict[str, object], why: str
    ) -> None:
        found = point(look(manners=Manners(tag="lot"), tags=[tag]), "tag")
        assert (found.outcome, found.exit_code) == ("failed", 2)
        assert why in found.found.fr

    def test_a_right_is_needed_to_apply_it(self, look: Look, stub: StubApi) -> None:
        tags = [{"name": "lot", "active": True, "source": ["manual"]}]
        assert outcome(look(manners=Manners(tag="lot"), tags=tags), "tag") == "ok"
        stub.rights = ("read", "edit")
        found = point(look(manners=Manners(tag="lot"), tags=tags), "tag")
        assert found.outcome == "failed"
        assert found.remedy is not None
        assert "applychangetags" in found.remedy.fr


class TestTheAccount:
    def test_without_one_reading_is_all_there_is(self, look: Look, stub: StubApi) -> None:
        found = look(account=None)
        account = point(found, "account")
        assert account.outcome == "warning"
        assert account.remedy is not None
        assert "Special:BotPasswords" in account.remedy.fr
        assert [one.id for one in found.points if one.group == "account"] == ["account"]
        assert not stub.of("login")

    def test_one_that_is_refused_leaves_the_rest_to_be_looked_at(
        self, stub: StubApi, time: Time, tmp_path: Path
    ) -> None:
        stub.always("meta", told(stub, **HEALTHY))
        refused = AccessError(same("non"), same("faites"))
        with anonymous(stub, time) as wiki:
            found = wikibot.doctor(
                wiki,
                wikibot.load_mapping(TRIAL),
                setup=wikibot.Setup(stub.api, account=ACCOUNT, secret=same("s"), refused=refused),
                state=tmp_path / "state",
            )
        assert (point(found, "account").found, outcome(found, "rights")) == (same("non"), "unknown")
        assert (outcome(found, "safety"), outcome(found, "secret")) == ("ok", "ok")
        assert found.exit_code == 4

    def test_an_open_wiki_is_enough(self, stub: StubApi, time: Time) -> None:
        stub.always("meta", told(stub, **HEALTHY))
        with connect(stub, time) as wiki:
            found = wikibot.doctor(wiki, wikibot.load_mapping(TRIAL))
        assert (outcome(found, "account"), outcome(found, "rights")) == ("ok", "ok")
        assert not [one for one in found.points if one.id in ("secret", "password")]

    def test_a_secret_that_is_not_given_is_told(self, stub: StubApi) -> None:
        setup = wikibot.Setup(stub.api, account=ACCOUNT)
        found = wikibot.doctor(Unavailable(same("x")), wikibot.load_mapping(TRIAL), setup=setup)
        assert outcome(found, "secret") == "failed"

    def test_a_main_password_is_worth_a_warning(self, look: Look, stub: StubApi) -> None:
        assert outcome(look(), "password") == "ok"
        main = wikibot.Setup(stub.api, account="Robot", secret=same("s"))
        oauth = wikibot.Setup(stub.api, account="Robot", login="oauth2", secret=same("s"))
        with connect(stub, Time()) as wiki:
            for setup, told_so in ((main, "warning"), (oauth, "ok")):
                found = wikibot.doctor(wiki, wikibot.load_mapping(TRIAL), setup=setup)
                assert outcome(found, "password") == told_so

    @pytest.mark.parametrize(
        ("info", "how"),
        [
            ({}, "ok"),
            ({"blockid": 4, "blockreason": "trop vite"}, "failed"),
            ({"blockid": 4, "blockpartial": True, "blockreason": "là"}, "warning"),
        ],
    )
    def test_a_block_is_told(
        self, look: Look, stub: StubApi, info: dict[str, object], how: str
    ) -> None:
        stub.userinfo = info
        assert outcome(look(), "block") == how

    def test_the_bot_flag_is_lost_by_the_group_or_by_the_grant(
        self, look: Look, stub: StubApi
    ) -> None:
        assert outcome(look(), "bot") == "ok"
        stub.rights = ("read", "edit")
        stub.userinfo = {"groups": ["*", "user", "bot"]}
        grant = point(look(), "bot")
        stub.userinfo = {"groups": ["*", "user"]}
        group = point(look(), "bot")
        assert grant.remedy is not None
        assert group.remedy is not None
        assert "highvolume" in grant.remedy.fr
        assert "bureaucrate" in group.remedy.fr
        assert (grant.outcome, group.outcome) == ("warning", "warning")

    def test_a_right_that_is_missing_fails(self, look: Look, stub: StubApi) -> None:
        stub.rights = ("read",)
        rights = point(look(), "rights")
        assert (rights.outcome, rights.exit_code) == ("failed", 4)
        assert "edit" in rights.found.fr
        stub.rights = ("read", "edit")
        assert outcome(look(), "rights") == "ok"  # creating pages is not everybody's work

    def test_a_tracker_whose_rows_become_pages_needs_the_right_to_create_them(
        self, look: Look, stub: StubApi
    ) -> None:
        assert outcome(look(creating=("equipe",)), "rights") == "ok"
        stub.rights = ("read", "edit")
        rights = point(look(creating=("equipe", "forge")), "rights")
        assert rights.outcome == "warning"
        assert "« equipe »" in rights.found.fr
        assert rights.remedy is not None
        assert "createeditmovepage" in rights.remedy.fr
        stub.rights = ("read", "edit", "delete")
        for trackers in ((), ("equipe",)):  # no advice that the next look would take back
            excess = point(look(creating=trackers), "excess")
            assert excess.remedy is not None
            assert ("createeditmovepage" in excess.remedy.fr) == bool(trackers)

    @pytest.mark.parametrize("right", sorted(wikibot.wiki.mediawiki.rights.FORBIDDEN))
    def test_no_right_too_much_is_overlooked(self, look: Look, stub: StubApi, right: str) -> None:
        stub.rights = (*stub.rights, right)
        excess = point(look(), "excess")
        assert (excess.outcome, excess.exit_code) == ("failed", 4)
        assert right in excess.found.fr

    def test_a_person_can_lift_that_guard_and_is_reminded(self, look: Look, stub: StubApi) -> None:
        stub.rights = (*stub.rights, "delete")
        found = look(manners=Manners(allow=frozenset({"privileged"})))
        assert outcome(found, "excess") == "warning"

    def test_a_captcha_is_feared_only_where_the_wiki_has_one(
        self, look: Look, stub: StubApi
    ) -> None:
        assert not [one for one in look().points if one.id == "captcha"]
        captcha = [{"name": "ConfirmEdit", "version": "1.6.0"}]
        assert outcome(look(extensions=captcha), "captcha") == "warning"
        stub.rights = (*stub.rights, "skipcaptcha")
        assert outcome(look(extensions=captcha), "captcha") == "ok"

    @pytest.mark.parametrize(
        ("wanted", "limit", "how"),
        [(6, 90, "ok"), (6, 6, "ok"), (7, 6, "warning"), (0, 90, "warning"), (6, None, "ok")],
    )
    def test_the_pace_is_held_against_the_wikis_limit(
        self, look: Look, stub: StubApi, wanted: int, limit: int | None, how: str
    ) -> None:
        if limit:
            stub.userinfo = {"ratelimits": {"edit": {"user": {"hits": limit, "seconds": 60}}}}
        assert outcome(look(manners=Manners(edits_per_minute=wanted)), "pace") == how


class TestHowToStopIt:
    def test_a_stop_page_that_says_go_is_well(self, look: Look) -> None:
        found = look()
        assert (outcome(found, "stop-page"), outcome(found, "stop-open")) == ("ok", "ok")

    def test_none_is_worth_a_warning_that_says_how_to_make_one(self, look: Look) -> None:
        remedy = point(look(manners=Manners()), "stop-page").remedy
        assert remedy is not None
        assert 'page = "Utilisateur:Robot/stop"' in remedy.fr
        assert "https://wiki.example.org/wiki/Utilisateur:Robot/stop" in remedy.fr

    @pytest.mark.parametrize(
        "changes",
        [
            {"missing": True, "pageid": None},
            {"revisions": [{"slots": {"main": {"content": "stop"}}}]},
            {"revisions": [{"slots": {"main": {"content": ""}}}]},
            {"revisions": [{"slots": {"main": {"texthidden": True}}}]},
            {"revisions": []},
        ],
        ids=str,
    )
    def test_one_that_does_not_say_go_fails(self, look: Look, changes: dict[str, object]) -> None:
        found = look(pages=[{**STOP_PAGE, **changes}])
        assert outcome(found, "stop-page") == "failed"
        assert found.exit_code == 3

    @pytest.mark.parametrize(("level", "how"), [("sysop", "warning"), ("autoconfirmed", "ok")])
    def test_ordinary_people_must_be_able_to_use_it(self, look: Look, level: str, how: str) -> None:
        moving = {"type": "move", "level": "sysop"}
        guarded = {**STOP_PAGE, "protection": [moving, {"type": "edit", "level": level}]}
        assert outcome(look(pages=[guarded]), "stop-open") == how

    def test_a_page_of_programs_is_not_for_everybody(self, look: Look) -> None:
        found = look(pages=[{**STOP_PAGE, "title": "Utilisateur:Robot/stop.js"}])
        assert outcome(found, "stop-open") == "warning"

    def test_a_message_stops_the_bot_unless_configured_otherwise(
        self, look: Look, stub: StubApi
    ) -> None:
        assert outcome(look(), "talk") == "ok"
        stub.userinfo = {"messages": True}
        stops, does_not = (
            point(look(manners=Manners(heed_talk=heed)), "talk").remedy for heed in (True, False)
        )
        assert stops is not None
        assert does_not is not None
        assert "ne publie rien" in stops.fr
        assert "n'arrête pas" in does_not.fr

    def test_a_stop_file_on_this_machine_is_found(self, look: Look, tmp_path: Path) -> None:
        (tmp_path / "state").mkdir(mode=0o700)
        assert not [one for one in look().points if one.id == "stop-file"]
        (tmp_path / "state" / "stop").touch(0o600)
        assert outcome(look(), "stop-file") == "failed"


class TestTheMapping:
    def test_one_that_cannot_be_read_leaves_the_rest_to_be_looked_at(self, look: Look) -> None:
        found = look(mapping=ConfigError(same("faux"), same("corrigez")))
        assert (outcome(found, "mapping"), outcome(found, "templates")) == ("failed", "unknown")
        assert outcome(found, "safety") == "ok"
        assert found.exit_code == 2

    def test_templates_that_nobody_calls_are_those_of_another_wiki(self, look: Look) -> None:
        found = look()  # the stub has no page of a template
        assert (outcome(found, "templates"), outcome(found, "absent")) == ("failed", "warning")

    def test_templates_that_are_nowhere_are_named_in_one_breath(self, look: Look) -> None:
        found = look(mapping=wikibot.load_mapping("resilience"))
        absent = point(found, "absent")
        assert absent.outcome == "warning"
        assert "Formation" in absent.found.fr and "Ressource" in absent.found.fr
        assert absent.remedy is not None and "mapping install" in absent.remedy.fr
        assert not [p for p in found.points if p.id.startswith("template.")]

    def test_properties_of_the_mapping_want_semantic_mediawiki(self, look: Look) -> None:
        packaged = wikibot.load_mapping("resilience")
        assert outcome(look(mapping=packaged), "extension.SemanticMediaWiki") == "warning"
        installed = [{"name": "SemanticMediaWiki", "version": "4.1.3"}]
        there = point(look(mapping=packaged, extensions=installed), "extension.SemanticMediaWiki")
        assert there.outcome == "ok"
        assert "4.1.3" in there.found.fr
        trial = wikibot.load_mapping(TRIAL)
        bare = trial.model_copy(update={"page_types": _without_properties(trial)})
        points = look(mapping=bare).points
        assert not [one for one in points if one.id == "extension.SemanticMediaWiki"]

    @pytest.mark.parametrize(
        ("name", "right"),
        [("Flagged Revisions", "autoreview"), ("Approved Revs", "approverevisions")],
    )
    def test_reviews_delay_what_the_bot_saves_unless_it_is_exempt(
        self, look: Look, stub: StubApi, name: str, right: str
    ) -> None:
        installed = [{"name": name, "version": "1"}]
        points = look(extensions=installed).points
        (found,) = [p for p in points if p.id.startswith("extension.") and "Semantic" not in p.id]
        assert found.outcome == "warning"
        stub.rights = (*stub.rights, right)
        points = look(extensions=installed).points
        (found,) = [p for p in points if p.id.startswith("extension.") and "Semantic" not in p.id]
        assert found.outcome == "ok"


class TestTheCertificate:
    @pytest.mark.parametrize(("days", "how"), [(3, "warning"), (60, "ok")])
    def test_its_end_is_foreseen(self, time: Time, tmp_path: Path, days: int, how: str) -> None:
        certificate = tmp_path / "certificate.pem"
        self_signed(certificate, days)
        with StubApi(str(certificate)) as server:
            server.always("meta", told(server, **HEALTHY))
            with connect(server, time, ca_bundle=certificate) as wiki:
                setup = wikibot.Setup(server.api, account=ACCOUNT)
                found = wikibot.doctor(wiki, wikibot.load_mapping(TRIAL), setup=setup)
        assert outcome(found, "certificate") == how
        assert "chiffrée" in point(found, "reach").found.fr

    def test_one_that_nobody_vouches_for_fails_and_nothing_is_sent(
        self, time: Time, tmp_path: Path
    ) -> None:
        certificate = tmp_path / "certificate.pem"
        self_signed(certificate, 60)
        with StubApi(str(certificate)) as server:
            with pytest.raises(AccessError) as refused:
                connect(server, time)
            setup = wikibot.Setup(server.api, account=ACCOUNT)
            found = wikibot.doctor(refused.value, wikibot.load_mapping(TRIAL), setup=setup)
            assert server.seen == []
        assert (outcome(found, "certificate"), outcome(found, "reach")) == ("failed", "unknown")
        assert found.exit_code == 4


def test_words_of_the_wiki_are_shown_harmless(look: Look, stub: StubApi) -> None:
    stub.userinfo = {"name": "Robot", "groups": ["bot\x1b[2J"]}
    stub.rights = ("read", "edit")
    found = look(site={"sitename": "A\u202eb", "readonly": True, "readonlyreason": "\x07"})
    for one in found.points:
        assert not set(one.found.fr) & {"\x1b", "\x07", "\u202e"}


def _without_properties(mapping: wikibot.Mapping) -> tuple[wikibot.PageType, ...]:
    return tuple(
        kind.model_copy(
            update={"fields": tuple(f.model_copy(update={"property": None}) for f in kind.fields)}
        )
        for kind in mapping.page_types
    )
