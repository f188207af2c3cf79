"""The bench does what it is told: faults on the way, and the wiki's own refusals, really happen."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.mediawiki.bench import BenchError, MediaWikiBench
from tests.mediawiki.faults import (
    ALWAYS,
    GARBLED,
    HALF,
    HANG_UP,
    RESET,
    SILENCE,
    TRUNCATED,
    Ending,
    Fault,
    api_error,
    page,
)
from tests.test_mediawiki_bench import LINES, Client

Broken = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError, requests.ReadTimeout)


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench) -> Iterator[MediaWikiBench]:
    yield fresh_mediawiki
    fresh_mediawiki.faults.clear()
    fresh_mediawiki.reset()


@pytest.fixture
def bot(bench: MediaWikiBench) -> Client:
    bench.edit_as_human("Page", "texte")
    client = Client(bench, bench.account, bench.password)
    bench.forget_requests()
    return client


def edit(client: Client, text: str = "du robot", **more: str | int) -> dict[str, Any]:
    return client.edit("Page", text, **more)


class TestFaults:
    @pytest.mark.parametrize("how", [RESET, HANG_UP])
    @pytest.mark.parametrize(
        ("happens", "saved"),
        [(Fault.cut_body, False), (Fault.unsent, False), (Fault.after_commit, True)],
        ids=["cut_body", "unsent", "after_commit"],
    )
    def test_a_connection_breaks_off_and_the_wiki_has_or_has_not_saved(
        self,
        bench: MediaWikiBench,
        bot: Client,
        happens: Callable[[Fault, Ending], Fault],
        how: Ending,
        saved: bool,
    ) -> None:
        happens(bench.faults.on("edit"), how)
        with pytest.raises(Broken) as raised:
            edit(bot)
        assert ("reset by peer" in str(raised.value)) is (how is RESET)
        assert len(bench.edits_seen()) == 1
        assert len(bench.bot_revisions("Page")) == saved
        assert edit(bot)["edit"]["result"] == "Success"
        assert bench.faults.waiting == []

    def test_half_of_a_body_that_is_handed_on_lacks_its_token(
        self, bench: MediaWikiBench, bot: Client
    ) -> None:
        bench.faults.on("edit").hand_on_half()
        with pytest.raises(Broken):
            edit(bot, "long " * 100)
        assert bench.bot_revisions("Page") == []

    def test_an_answer_comes_in_halves(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.faults.on("edit").after_commit(HALF)
        with pytest.raises(Broken):
            edit(bot, "un")
        for how in (TRUNCATED, GARBLED, lambda answer: b""):
            bench.faults.on("edit").after_commit(how)
            with pytest.raises(requests.RequestException):
                edit(bot, str(how))
        assert len(bench.bot_revisions("Page")) == 4

    def test_silence_lasts_until_the_client_leaves(
        self, bench: MediaWikiBench, bot: Client
    ) -> None:
        bench.faults.on("edit").after_commit(SILENCE)
        with pytest.raises(requests.ReadTimeout):
            requests.post(bench.api, data={"action": "edit", "format": "json"}, timeout=0.2)

    def test_another_answer_stands_in_for_the_wikis_own(
        self, bench: MediaWikiBench, bot: Client
    ) -> None:
        bench.faults.on("edit", times=2).unsent(api_error("maxlag", retry_after=5, lag=7))
        bench.faults.on("edit", nth=3).after_commit(page(504))
        for _ in range(2):
            assert edit(bot)["error"]["code"] == "maxlag"
        assert bench.bot_revisions("Page") == []
        with pytest.raises(requests.JSONDecodeError):
            edit(bot)
        assert len(bench.bot_revisions("Page")) == 1
        assert "nochange" in edit(bot)["edit"]

    def test_people_act_before_the_wiki_and_after_it(
        self, bench: MediaWikiBench, bot: Client
    ) -> None:
        bench.faults.on("edit").first(lambda: bench.edit_as_human("Page", "avant"))
        bench.faults.on("edit", nth=2).then(lambda: bench.edit_as_human("Page", "après"))
        edit(bot, "un")
        edit(bot, "deux")
        users = [row["user"] for row in bench.revisions("Page")]
        human = bench.human_account.partition("@")[0]
        assert users == [human, human, bench.bot_name, bench.bot_name, human]
        assert bench.text("Page") == "après"

    def test_what_fails_in_an_act_is_kept_for_the_test(
        self, bench: MediaWikiBench, bot: Client
    ) -> None:
        bench.faults.on("edit").first(lambda: bench.text("Nulle part"))
        edit(bot)
        assert [type(error) for error in bench.faults.troubles] == [KeyError]

    def test_parameters_and_numbers_choose_the_request(
        self, bench: MediaWikiBench, bot: Client
    ) -> None:
        bench.faults.on("edit", title="Autre").unsent(page(502))
        bench.faults.on("query", meta="tokens", times=ALWAYS).then(lambda: None)
        assert edit(bot)["edit"]["result"] == "Success"
        assert len(bench.faults.waiting) == 1

    @pytest.mark.parametrize("announced", [False, True])
    def test_a_kept_connection_is_dropped(
        self, bench: MediaWikiBench, bot: Client, announced: bool
    ) -> None:
        fault = bench.faults.on("query")
        fault.then_close() if announced else fault.then_drop()
        address = urlsplit(bench.api)
        client = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
        client.request("GET", "/api.php?action=query&format=json")
        kept = client.sock
        answer = client.getresponse()
        assert answer.read()
        assert answer.will_close is announced
        assert announced or kept.recv(1) == b""
        client.close()

    def test_several_faults_of_one_request_all_happen(
        self, bench: MediaWikiBench, bot: Client
    ) -> None:
        done: list[str] = []
        bench.faults.on("edit").first(lambda: done.append("avant"))
        bench.faults.on("edit").after_commit(page(504)).then(lambda: done.append("après"))
        with pytest.raises(requests.JSONDecodeError):
            edit(bot)
        assert done == ["avant", "après"]
        assert len(bench.bot_revisions("Page")) == 1

    def test_nothing_listens_for_a_while(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.refuse_connections()
        for _ in range(2):
            with pytest.raises(requests.ConnectionError, match="refused"):
                requests.get(bench.api)
        bench.accept_connections()
        assert requests.get(bench.api).status_code == 200
        assert len(bench.requests_seen()) == 1

    def test_a_reset_of_the_bench_ends_them_all(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.faults.on("edit", times=ALWAYS).unsent(page(502))
        bench.reset()
        bench.edit_as_human("Page", "texte")
        client = Client(bench, bench.account, bench.password)
        assert edit(client)["edit"]["result"] == "Success"


class TestAdmin:
    """The real wiki refuses by itself; these are the codes that MediaWiki 1.39 gives."""

    def refused(self, bot: Client, text: str = "du robot", **more: str | int) -> str:
        return str(edit(bot, text, **more)["error"]["code"])

    def test_protects_deletes_moves(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.protect("Page")
        assert self.refused(bot) == "protectedpage"
        bench.admin.protect("Page", "")
        bench.admin.move("Page", "Ailleurs")
        assert bench.text("Page").startswith("#REDIRECTION [[Ailleurs]]")
        bench.admin.delete("Page")
        assert self.refused(bot, nocreate=1) == "missingtitle"

    def test_blocks(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.block_bot("stop")
        assert self.refused(bot) == "blocked"
        bench.admin.unblock_bot()
        assert edit(bot)["edit"]["result"] == "Success"

    def test_ends_sessions(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.end_sessions()
        assert self.refused(bot, assertuser=bench.bot_name) == "assertnameduserfailed"
        assert self.refused(bot, **{"assert": "user"}) == "assertuserfailed"

    def test_lags_and_limits(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.lag(7)
        assert self.refused(bot, maxlag=5) == "maxlag"
        assert edit(bot, "un", maxlag=8)["edit"]["result"] == "Success"
        bench.admin.lag(None)
        assert edit(bot, "deux", maxlag=5)["edit"]["result"] == "Success"
        bench.admin.limit_edits(1, 600)
        assert edit(bot, "trois")["edit"]["result"] == "Success"
        assert self.refused(bot, "quatre") == "ratelimited"

    def test_makes_it_fail(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.veto("du robot")
        assert self.refused(bot) == "hookaborted"
        bench.admin.veto(None)
        bench.admin.break_database("du robot")
        assert self.refused(bot) == "internal_api_error_DBQueryError"
        assert bench.bot_revisions("Page") == []
        bench.admin.break_database(None)
        assert edit(bot)["edit"]["result"] == "Success"
        bench.admin.configure(wgMaxArticleSize=1)
        assert self.refused(bot, "x" * 1100) == "contenttoobig"
        bench.admin.configure(wgSpamRegex=["/pilules/"])
        assert self.refused(bot, "pilules") == "spamprotectionmatch"

    def test_without_diff3_nothing_is_merged(self, bench: MediaWikiBench, bot: Client) -> None:
        base = bench.edit_as_human("Page", LINES)
        bench.edit_as_human("Page", LINES.replace("Ligne 2.", "Deux."))
        bench.admin.without_diff3()
        ours = LINES.replace("Ligne 18.", "Dix-huit.")
        assert self.refused(bot, ours, baserevid=base) == "editconflict"

    def test_defines_a_tag(self, bench: MediaWikiBench, bot: Client) -> None:
        assert self.refused(bot, tags="robot") == "badtags"
        bench.admin.define_tag("robot")
        edit(bot, tags="robot")
        assert bench.revisions("Page")[-1]["tags"] == ["robot"]

    def test_writes_to_the_bot(self, bench: MediaWikiBench, bot: Client) -> None:
        asked = {"action": "query", "meta": "userinfo", "uiprop": "hasmsg"}
        assert not bot.get(**asked)["query"]["userinfo"]["messages"]
        bench.admin.write_to_the_bot()
        assert bot.get(**asked)["query"]["userinfo"]["messages"]

    def test_hides_the_text_of_an_old_revision_and_any_comment(
        self, bench: MediaWikiBench, bot: Client
    ) -> None:
        old = bench.revisions("Page")[-1]["revid"]
        new = bench.edit_as_human("Page", "nouveau")
        for revid in (old, new):
            bench.admin.hide(revid, text=True, comment=True)
        asked = {
            "action": "query",
            "prop": "revisions",
            "rvslots": "main",
            "revids": f"{old}|{new}",
        }
        answer = bot.get(**asked, rvprop="ids|content|comment")["query"]["pages"][0]
        rows = {row["revid"]: row for row in answer["revisions"]}
        assert rows[old]["slots"]["main"].keys() == {"texthidden"}
        assert rows[new]["slots"]["main"]["content"] == "nouveau"  # the newest text never is
        assert all(row["commenthidden"] and "comment" not in row for row in rows.values())

    def test_filters_edits(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.filter_edits("Des pilules", 'new_wikitext contains "pilules"', ["disallow"])
        bench.admin.filter_edits("Des gélules", 'new_wikitext contains "gélules"', ["warn"])
        error = edit(bot, "pilules")["error"]
        assert error["code"] == "abusefilter-disallowed"
        assert error["abusefilter"]["description"] == "Des pilules"
        assert self.refused(bot, "gélules") == "abusefilter-warning"
        assert edit(bot, "gélules")["edit"]["result"] == "Success"  # it warns once

    def test_keeps_lists_of_addresses_and_titles(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.load("SpamBlacklist", "TitleBlacklist")
        bench.call("admin", action="edit", title="MediaWiki:Spam-blacklist", text="pilules")
        bench.call("admin", action="edit", title="MediaWiki:Titleblacklist", text="Interdit.*")
        error = edit(bot, "https://pilules.example.org/ bien")["error"]
        assert (error["code"], error["spamblacklist"]["matches"]) == ("spamblacklist", ["pilules"])
        answer = bot.edit("Interdit de créer", "x")
        assert answer["error"]["code"] == "titleblacklist-forbidden"

    def test_asks_for_a_captcha(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.load("ConfirmEdit")
        bench.admin.rights("bot", skipcaptcha=False)
        bench.admin.rights("autoconfirmed", skipcaptcha=False)
        bench.admin.configure(wgCaptchaTriggers={"edit": True, "create": True})
        answer = edit(bot)["edit"]
        assert answer["result"] == "Failure"
        assert "captcha" in answer

    def test_all_ends_with_a_reset(self, bench: MediaWikiBench, bot: Client) -> None:
        bench.admin.configure(wgMaxArticleSize=1)
        bench.admin.limit_edits(1, 600)
        bench.reset()
        bench.edit_as_human("Page", "x" * 2000)
        for _ in range(2):
            bench.edit_as_human("Page", "y")
        with pytest.raises(BenchError):
            bench.call("human", action="protect", title="Page", protections="edit=sysop")
