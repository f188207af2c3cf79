"""The real MediaWiki of the tests is one, and edits at the same time end as our code expects."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.mediawiki.bench import BenchError, MediaWikiBench
from tests.mediawiki.door import SeenRequest

LINES = "".join(f"Ligne {number}.\n" for number in range(1, 21))


class Client:
    """A client as our code will be one: through the door, logged in with a bot password."""

    def __init__(self, bench: MediaWikiBench, account: str, password: str) -> None:
        self._bench = bench
        self._session = requests.Session()
        token = self.get(action="query", meta="tokens", type="login")["query"]["tokens"]
        self.login = self.post(
            action="login", lgname=account, lgpassword=password, lgtoken=token["logintoken"]
        )["login"]

    def get(self, **parameters: str | int) -> dict[str, Any]:
        data = {"format": "json", "formatversion": 2, **parameters}
        answer: dict[str, Any] = self._session.get(self._bench.api, params=data).json()
        return answer

    def post(self, **parameters: str | int) -> dict[str, Any]:
        data = {"format": "json", "formatversion": 2, **parameters}
        answer: dict[str, Any] = self._session.post(self._bench.api, data=data).json()
        return answer

    def edit(self, title: str, text: str, **more: str | int) -> dict[str, Any]:
        token = self.get(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
        return self.post(action="edit", title=title, text=text, token=token, **more)


@pytest.fixture
def bot(fresh_mediawiki: MediaWikiBench) -> Client:
    return Client(fresh_mediawiki, fresh_mediawiki.account, fresh_mediawiki.password)


class TestAccounts:
    def test_the_bot_logs_in_with_the_rights_of_a_bot(self, bot: Client) -> None:
        assert bot.login["result"] == "Success"
        me = bot.get(action="query", meta="userinfo", uiprop="groups|rights|ratelimits")
        user = me["query"]["userinfo"]
        assert user["name"] == "Robot des communs"
        assert "bot" in user["groups"]
        assert {"bot", "apihighlimits", "edit", "createpage"} <= set(user["rights"])
        assert "delete" not in user["rights"]
        assert not user["ratelimits"]

    def test_a_person_logs_in_without_them(self, fresh_mediawiki: MediaWikiBench) -> None:
        bench = fresh_mediawiki
        person = Client(bench, bench.human_account, bench.human_password)
        assert person.login["result"] == "Success"
        user = person.get(action="query", meta="userinfo", uiprop="rights")["query"]["userinfo"]
        assert "edit" in user["rights"]
        assert not {"bot", "apihighlimits"} & set(user["rights"])

    def test_a_wrong_password_fails(self, fresh_mediawiki: MediaWikiBench) -> None:
        stranger = Client(fresh_mediawiki, fresh_mediawiki.account, "0" * 32)
        assert stranger.login["result"] == "Failed"


class TestTheWiki:
    def test_is_in_french_with_the_namespaces_of_the_extensions(self, bot: Client) -> None:
        site = bot.get(action="query", meta="siteinfo", siprop="general|namespaces|extensions")
        query = site["query"]
        assert query["general"]["lang"] == "fr"
        names = {number: space["name"] for number, space in query["namespaces"].items()}
        assert names["10"] == "Modèle"
        assert names["102"] == "Attribut"
        assert names["106"] == "Formulaire"
        assert names["690"] == "Action"
        assert names["693"] == "Label Talk"
        assert query["namespaces"]["102"]["canonical"] == "Property"
        assert "ParserFunctions" in {extension["name"] for extension in query["extensions"]}

    def test_takes_pages_in_those_namespaces(self, fresh_mediawiki: MediaWikiBench) -> None:
        fresh_mediawiki.edit_as_human("Property:Licence", "texte")
        assert fresh_mediawiki.text("Attribut:Licence") == "texte"

    def test_files_pages_in_categories_at_once(self, fresh_mediawiki: MediaWikiBench) -> None:
        fresh_mediawiki.edit_as_human("Un commun", "[[Category:Commun]]")
        assert fresh_mediawiki.categories("Un commun") == ["Catégorie:Commun"]

    def test_reads_wikitext(self, fresh_mediawiki: MediaWikiBench) -> None:
        tree = fresh_mediawiki.parsetree("{{A|b=1}}")
        assert tree == (
            "<root><template><title>A</title>"
            "<part><name>b</name><equals>=</equals><value>1</value></part></template></root>"
        )

    def test_reads_many_texts_as_it_reads_one(self, fresh_mediawiki: MediaWikiBench) -> None:
        texts = ["{{A|b=1}}", "", "<nowiki>{{A}}</nowiki>\n", "{{A|<!-- é -->1|<ref>|}}</ref>}}"]
        one_by_one = [fresh_mediawiki.parsetree(text) for text in texts]
        assert fresh_mediawiki.parsetrees(texts) == one_by_one
        assert "<ext>" in one_by_one[-1], "the extension Cite is loaded"


class TestTheBench:
    def test_a_person_edits(self, fresh_mediawiki: MediaWikiBench) -> None:
        first = fresh_mediawiki.edit_as_human("Été", "Un")
        second = fresh_mediawiki.edit_as_human("Été", "Deux", summary="mieux")
        assert fresh_mediawiki.edit_as_human("Été", "Deux") == second
        assert fresh_mediawiki.text("Été") == "Deux"
        revisions = fresh_mediawiki.revisions("Été")
        assert [(r["revid"], r["parentid"]) for r in revisions] == [(first, 0), (second, first)]
        assert revisions[1]["user"] == "Camille Martin"
        assert revisions[1]["comment"] == "mieux"

    def test_reset_puts_the_first_day_back(self, mediawiki: MediaWikiBench) -> None:
        mediawiki.reset()
        first = mediawiki.edit_as_human("Page", "texte")
        mediawiki.reset()
        assert mediawiki.revisions("Page") == []
        assert mediawiki.edit_as_human("Page", "texte") == first

    def test_read_only(self, fresh_mediawiki: MediaWikiBench, bot: Client) -> None:
        fresh_mediawiki.set_read_only("entretien")
        error = bot.edit("Page", "texte")["error"]
        assert (error["code"], error["readonlyreason"]) == ("readonly", "entretien")
        with pytest.raises(BenchError) as caught:
            fresh_mediawiki.edit_as_human("Page", "texte")
        assert caught.value.code == "readonly"
        fresh_mediawiki.set_read_only("")
        assert bot.edit("Page", "texte")["edit"]["result"] == "Success"

    def test_an_administrator_protects(self, fresh_mediawiki: MediaWikiBench) -> None:
        fresh_mediawiki.edit_as_human("Page", "texte")
        fresh_mediawiki.call(
            "admin", action="protect", title="Page", protections="edit=sysop", reason="essai"
        )
        with pytest.raises(BenchError) as caught:
            fresh_mediawiki.edit_as_human("Page", "autre texte")
        assert caught.value.code == "protectedpage"

    def test_sees_requests_and_which_of_them_write(
        self, fresh_mediawiki: MediaWikiBench, bot: Client
    ) -> None:
        seen = [(r.method, r.action, r.writes) for r in fresh_mediawiki.requests_seen()]
        assert seen == [("GET", "query", False), ("POST", "login", False)]
        fresh_mediawiki.edit_as_human("Page", "texte")
        fresh_mediawiki.forget_requests()
        bot.edit("Page", "nouveau", summary="par le robot")
        query, edit = fresh_mediawiki.requests_seen()
        assert (query.writes, edit.writes) == (False, True)
        assert edit.parameters["summary"] == "par le robot"

    def test_reads_the_parameters_of_a_multipart_form(
        self, fresh_mediawiki: MediaWikiBench
    ) -> None:
        form = {"action": (None, "query"), "titles": (None, "Été"), "format": (None, "json")}
        assert requests.post(fresh_mediawiki.api, files=form).json()["query"]
        assert fresh_mediawiki.requests_seen() == [
            SeenRequest("POST", "/api.php", {"action": "query", "titles": "Été", "format": "json"})
        ]


class TestEditsAtTheSameTime:
    """What MediaWiki does when the page moved on since the base revision of an edit."""

    def start(self, bench: MediaWikiBench) -> int:
        return bench.edit_as_human("Page", LINES)

    def test_a_distant_line_is_merged_and_oldrevid_tells(
        self, fresh_mediawiki: MediaWikiBench, bot: Client
    ) -> None:
        base = self.start(fresh_mediawiki)
        theirs = fresh_mediawiki.edit_as_human("Page", LINES.replace("Ligne 2.", "Deux."))
        answer = bot.edit("Page", LINES.replace("Ligne 18.", "Dix-huit."), baserevid=base)
        assert answer["edit"]["result"] == "Success"
        assert answer["edit"]["oldrevid"] == theirs != base
        merged = LINES.replace("Ligne 2.", "Deux.").replace("Ligne 18.", "Dix-huit.")
        assert fresh_mediawiki.text("Page") == merged.rstrip("\n")

    def test_the_same_line_is_a_conflict(
        self, fresh_mediawiki: MediaWikiBench, bot: Client
    ) -> None:
        base = self.start(fresh_mediawiki)
        theirs = LINES.replace("Ligne 2.", "Deux.")
        fresh_mediawiki.edit_as_human("Page", theirs)
        answer = bot.edit("Page", LINES.replace("Ligne 2.", "Seconde."), baserevid=base)
        assert answer["error"]["code"] == "editconflict"
        assert fresh_mediawiki.text("Page") == theirs.rstrip("\n")

    def test_without_a_base_the_other_edit_is_lost(
        self, fresh_mediawiki: MediaWikiBench, bot: Client
    ) -> None:
        self.start(fresh_mediawiki)
        fresh_mediawiki.edit_as_human("Page", LINES.replace("Ligne 2.", "Deux."))
        answer = bot.edit("Page", LINES.replace("Ligne 18.", "Dix-huit."))
        assert answer["edit"]["result"] == "Success"
        assert "Deux." not in fresh_mediawiki.text("Page")
