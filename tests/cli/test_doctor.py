"""`wikibot doctor`: what somebody sees who has never configured a bot."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import ATLAS, Done, pages_in, run
from tests.mediawiki.bench import MediaWikiBench, Role
from tests.wiki.certificates import self_signed
from tests.wiki.examined import told
from tests.wiki.stub_api import PASSWORD, StubApi
from wikibot.jobs.state import run_lock
from wikibot.store import Journal

MAPPING = {  # of one page type
    "wiki.toml": 'id = "essai"\nlabel = { fr = "Essai", en = "Trial" }\n',
    "page_types/fiche.toml": """\
id = "fiche"
label = { fr = "Fiche", en = "Sheet" }
template = "Fiche"

[[fields]]
id = "nom"
label = { fr = "Nom", en = "Name" }
parameter = "nom"
kind = "text"
""",
}
STOP = "Utilisateur:Robot des communs/stop"
Examine = Callable[..., Done]


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench) -> MediaWikiBench:
    """A wiki where all is well for the bot of the trial mapping."""
    fresh_mediawiki.edit_as_human("Modèle:Fiche", "{{{nom}}}")
    fresh_mediawiki.edit_as_human("Une fiche", "{{Fiche|nom=A}}")
    fresh_mediawiki.edit_as_human(STOP, "go")
    fresh_mediawiki.forget_requests()
    return fresh_mediawiki


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to work in; its umask is that of most machines."""
    monkeypatch.chdir(tmp_path)
    for name, text in MAPPING.items():
        file = tmp_path / "mapping" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


@pytest.fixture
def examine(bench: MediaWikiBench, here: Path, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Configure an account of the wiki and run the command."""

    def examine(
        role: Role = "bot",
        *,
        secret: str | None = None,
        wiki: str = "",
        more: str = f'[stop]\npage = "{STOP}"\n',
    ) -> Done:
        account, password = bench._account(role), bench._password(role)
        (here / "wikibot.toml").write_text(
            f'[wiki]\napi = "{bench.api}"\naccount = "{account}"\nstate = "state"\n'
            f'mapping = "mapping"\n{wiki}\n{more}'
        )
        if secret != "":
            monkeypatch.setenv("WIKIBOT_PASSWORD", secret or password)
        return run("doctor", "--format", "json")

    return examine


def point(done: Done, id: str) -> dict[str, Any]:
    (found,) = [point for point in done.json["points"] if point["id"] == id]
    assert isinstance(found, dict)
    return found


def outcomes(done: Done) -> dict[str, str]:
    return {point["id"]: point["outcome"] for point in done.json["points"]}


def not_ok(done: Done) -> dict[str, str]:
    return {id: outcome for id, outcome in outcomes(done).items() if outcome != "ok"}


class TestOnARealWiki:
    def test_a_bot_that_is_set_up_well_is_told_so(
        self, examine: Examine, bench: MediaWikiBench, here: Path
    ) -> None:
        done = examine()
        assert not_ok(done) == {}
        assert (done.code, done.json["exit"], done.json["wiki"]) == (0, 0, "wiki")
        assert outcomes(done).keys() >= {
            *("file", "secret", "mapping", "reach", "identity", "software", "writable", "size"),
            *("extensions", "safety", "tag", "account", "password", "block", "bot", "rights"),
            *("excess", "pace", "stop-page", "stop-open", "talk", "template.Fiche", "state"),
            *("journal", "disk", "lock", "clock"),
        }
        assert "1 page" in point(done, "template.Fiche")["found"]

    def test_it_writes_nothing_and_asks_little(
        self, examine: Examine, bench: MediaWikiBench, here: Path
    ) -> None:
        examine()
        actions = [request.action for request in bench.requests_seen()]
        assert actions == ["query", "login", "query", "query", "paraminfo", "query"]
        assert len(bench.revisions("Une fiche")) == 1
        assert [path.name for path in here.iterdir()] == ["mapping", "wikibot.toml"]

    def test_without_an_account_it_says_how_to_get_one(
        self, bench: MediaWikiBench, here: Path
    ) -> None:
        done = run("--wiki", bench.api, "--mapping", "mapping", "doctor", "--format", "json")
        assert (done.code, not_ok(done)) == (3, {"account": "warning"})
        assert "BotPasswords" in point(done, "account")["remedy"]
        assert [request.action for request in bench.requests_seen()].count("login") == 0

    def test_a_persons_account_is_no_bot(self, examine: Examine) -> None:
        done = examine("human")
        assert (done.code, not_ok(done)) == (3, {"bot": "warning"})
        assert "bureaucrate" in point(done, "bot")["remedy"]

    def test_an_administrator_has_rights_that_no_bot_should_have(self, examine: Examine) -> None:
        done = examine("admin")
        assert done.code == 4
        assert not_ok(done)["excess"] == "failed"
        for right in ("block", "delete", "editinterface", "protect", "undelete"):
            assert right in point(done, "excess")["found"]

    def test_that_is_a_warning_once_a_person_has_allowed_it(self, examine: Examine) -> None:
        done = examine("admin", more='[limits]\nallow = ["privileged"]\n')
        assert (done.code, not_ok(done)["excess"]) == (3, "warning")

    def test_a_group_without_the_grant_is_told_apart(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        bench.admin.rights("bot", bot=False)
        done = examine()
        assert not_ok(done) == {"bot": "warning"}
        assert "highvolume" in point(done, "bot")["remedy"]

    def test_an_account_that_may_not_edit_fails(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        for group in ("*", "user", "autoconfirmed", "bot"):
            bench.admin.rights(group, edit=False)
        done = examine()
        assert (done.code, not_ok(done)) == (4, {"rights": "failed"})

    def test_a_wrong_secret_is_tried_once_and_the_rest_is_looked_at(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        done = examine(secret="canari-faux-9f3k-abcdefgh")
        assert (done.code, point(done, "account")["outcome"]) == (4, "failed")
        assert [request.action for request in bench.requests_seen()].count("login") == 1
        assert outcomes(done)["safety"] == outcomes(done)["stop-page"] == "ok"
        assert outcomes(done)["rights"] == "unknown"
        assert "canari" not in done.out + done.err

    def test_no_secret_is_a_matter_of_configuration(self, examine: Examine) -> None:
        done = examine(secret="")
        assert (done.code, point(done, "secret")["outcome"]) == (2, "failed")
        assert outcomes(done)["software"] == "ok"

    def test_a_secret_that_others_can_read_is_not_sent(
        self, examine: Examine, bench: MediaWikiBench, here: Path
    ) -> None:
        (here / "clé").write_text(bench.password)
        (here / "clé").chmod(0o644)
        done = examine(secret="", wiki='password_file = "clé"')
        assert (done.code, point(done, "secret")["outcome"]) == (2, "failed")
        assert "chmod 600" in point(done, "secret")["remedy"]
        assert [request.action for request in bench.requests_seen()].count("login") == 0
        (here / "clé").chmod(0o600)
        done = examine(secret="", wiki='password_file = "clé"')
        assert done.code == 0
        assert "clé" in point(done, "secret")["found"]
        assert bench.password not in done.out + done.err

    def test_a_blocked_bot_is_sent_to_whoever_blocked_it(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        bench.admin.block_bot("trop de fautes")
        done = examine()
        assert (done.code, not_ok(done)) == (4, {"block": "failed"})
        assert "trop de fautes" in point(done, "block")["found"]

    def test_the_stop_page_is_looked_at_as_a_run_does(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        bench.edit_as_human(STOP, "arrêtez, s'il vous plaît")
        bench.admin.protect(STOP)
        done = examine()
        assert (done.code, not_ok(done)) == (3, {"stop-page": "failed", "stop-open": "warning"})
        bench.admin.delete(STOP)
        assert not_ok(examine()) == {"stop-page": "failed"}
        assert not_ok(examine(more="")) == {"stop-page": "warning"}

    def test_a_message_for_the_bot_is_told(self, examine: Examine, bench: MediaWikiBench) -> None:
        bench.admin.write_to_the_bot()
        assert not_ok(examine()) == {"talk": "warning"}

    def test_the_tag_must_be_there_where_it_is_configured(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        done = examine(wiki='tag = "lot"')
        assert (done.code, not_ok(done)) == (2, {"tag": "failed"})
        bench.admin.define_tag("lot")
        assert not_ok(examine(wiki='tag = "lot"')) == {}

    def test_a_wiki_that_is_read_only_is_examined_without_the_account(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        bench.set_read_only("sauvegarde de la nuit")
        done = examine()
        assert point(done, "writable")["outcome"] == "warning"
        assert "sauvegarde de la nuit" in point(done, "writable")["found"]
        assert outcomes(done)["software"] == "ok"
        assert done.code == 5

    def test_guards_of_the_wiki_are_explained(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        bench.admin.load("AbuseFilter", "SpamBlacklist", "TitleBlacklist", "ConfirmEdit")
        done = examine()
        assert not_ok(done) == {}  # the group of bots is exempt from captchas by default
        for name in ("AbuseFilter", "SpamBlacklist", "TitleBlacklist", "ConfirmEdit"):
            assert outcomes(done)[f"extension.{name}"] == "ok"
        assert not_ok(examine("human")) == {"bot": "warning", "captcha": "warning"}

    def test_a_limit_below_our_pace_is_told(self, examine: Examine, bench: MediaWikiBench) -> None:
        bench.admin.limit_edits(3, 60)
        assert not_ok(examine()) == {"pace": "warning"}
        assert (
            not_ok(examine(more=f'[limits]\nedits_per_minute = 3\n[stop]\npage = "{STOP}"')) == {}
        )

    def test_a_template_may_be_called_though_it_has_no_page(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        bench.admin.delete("Modèle:Fiche")
        done = examine()
        found = point(done, "template.Fiche")
        assert (found["outcome"], "appelé par 1 page" in found["found"]) == ("warning", True)
        assert "templates" not in [point["id"] for point in done.json["points"]]

    def test_a_mapping_of_another_wiki_is_told(
        self, examine: Examine, bench: MediaWikiBench
    ) -> None:
        bench.edit_as_human("Une fiche", "plus rien")
        bench.run_jobs()
        assert not_ok(examine()) == {"templates": "failed"}
        bench.admin.delete("Modèle:Fiche")
        assert not_ok(examine()) == {"templates": "failed", "template.Fiche": "warning"}

    def test_a_journal_of_another_wiki_is_told(self, examine: Examine, here: Path) -> None:
        with Journal.open(here / "state", "un autre"):
            pass
        done = examine()
        assert (done.code, not_ok(done)) == (4, {"identity": "failed"})

    def test_a_run_under_way_is_told(self, examine: Examine, here: Path) -> None:
        with run_lock(here / "state"):
            assert not_ok(examine()) == {"lock": "warning"}
        assert not_ok(examine()) == {}


class TestWithoutAWiki:
    def test_nothing_configured_leads_to_the_first_step(self, here: Path) -> None:
        done = run("doctor")
        assert done.code == 2
        assert "! Fichier : aucun wikibot.toml" in done.out
        assert "→ Créez ici un fichier wikibot.toml" in done.out
        assert "✗ Accès : quel wiki ?" in done.out

    def test_every_mistake_of_the_configuration_is_told(self, here: Path) -> None:
        (here / "wikibot.toml").write_text('[wiki]\naccont = "x"\nmaping = "y"\n')
        done = run("doctor", "--format", "json")
        assert done.code == 2
        assert "accont" in point(done, "file")["found"]
        assert "maping" in point(done, "file")["found"]
        assert set(outcomes(done).values()) == {"failed", "unknown"}
        assert all(point["remedy"] for point in done.json["points"])

    @pytest.mark.parametrize(
        ("api", "code"),
        [
            ("http://wiki.example.org/api.php", 2),  # not encrypted: nothing is sent
            ("https://wiki.example.org/", 2),
        ],
    )
    def test_an_address_that_cannot_be_used_is_told(self, here: Path, api: str, code: int) -> None:
        done = run("--wiki", api, "doctor", "--format", "json")
        assert (done.code, point(done, "reach")["outcome"]) == (code, "failed")
        assert outcomes(done)["mapping"] == "ok"

    def test_a_wiki_that_does_not_answer_leaves_the_rest_to_be_looked_at(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
        monkeypatch.setenv("WIKIBOT_PASSWORD", "canari-9f3k-abcdefghijkl")
        (here / "wikibot.toml").write_text(
            '[wiki]\napi = "http://127.0.0.1:9/api.php"\naccount = "R@n"\nstate = "state"\n'
        )
        done = run("doctor", "--format", "json")
        assert (done.code, point(done, "reach")["outcome"]) == (5, "failed")
        assert {outcomes(done)[id] for id in ("file", "secret", "mapping", "state")} == {"ok"}
        assert {outcomes(done)[id] for id in ("identity", "rights", "talk")} == {"unknown"}
        assert "canari" not in done.out + done.err

    def test_a_wiki_that_lets_nobody_in_for_now_is_examined_all_the_same(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WIKIBOT_ACCOUNT", "Robot@nuit")
        monkeypatch.setenv("WIKIBOT_PASSWORD", PASSWORD)
        with StubApi() as server:
            server.always("login", {"login": {"result": "Throttled", "wait": 300}})
            server.always("meta", told(server, userinfo={"id": 0, "name": "::1", "anon": True}))
            done = run("--wiki", server.api, "doctor", "--format", "json")
            assert len(server.of("login")) == 1
        assert (done.code, point(done, "account")["outcome"]) == (5, "failed")
        assert (outcomes(done)["software"], outcomes(done)["rights"]) == ("ok", "unknown")

    def test_a_certificate_that_nobody_vouches_for_is_told(self, here: Path) -> None:
        self_signed(here / "certificate.pem", 60)
        with StubApi(f"{here / 'certificate.pem'}") as server:
            done = run("--wiki", server.api, "doctor", "--format", "json")
            assert server.seen == []
        assert (done.code, point(done, "certificate")["outcome"]) == (4, "failed")
        assert "ca_bundle" in point(done, "certificate")["remedy"]


class TestOnThisMachine:
    def test_a_folder_is_examined_and_left_as_it_is(self, folder: Path) -> None:
        before = pages_in(folder)
        done = run("--wiki", folder, "doctor")
        assert done.code == 0
        assert done.out.rstrip().endswith("Tout est prêt.")
        assert "✓ Modèle Ressource : appelé par 1 page." in done.out
        assert pages_in(folder) == before
        assert [path.name for path in folder.iterdir()] == [f"{ATLAS}.wikitext"]

    def test_it_speaks_english_too(self, folder: Path) -> None:
        done = run("--lang", "en", "--wiki", folder, "doctor")
        assert "✓ Template Ressource: called by 1 page." in done.out

    def test_a_folder_after_its_first_run_is_well_too(self, folder: Path) -> None:
        assert run("--wiki", folder, "set", ATLAS, "tags+=mare", "--apply").code == 0
        done = run("--wiki", folder, "doctor", "--format", "json")
        assert (done.code, not_ok(done)) == (0, {})
        assert "celle que note le journal" in point(done, "identity")["found"]

    def test_a_mapping_that_is_not_there_is_told(self, folder: Path) -> None:
        done = run("--wiki", folder, "--mapping", "nulle-part", "doctor", "--format", "json")
        assert (done.code, point(done, "mapping")["outcome"]) == (2, "failed")
        assert outcomes(done)["templates"] == "unknown"
        assert outcomes(done)["writable"] == "ok"
