"""Reading and saving on a real MediaWiki."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.wiki.contract import WikiContract, WikiUnderTest
from wikibot.errors import (
    AccessError,
    EditConflict,
    InputError,
    InvalidTitle,
    PageExists,
    PageMissing,
    SaveRefused,
    WikibotError,
)
from wikibot.title import Title
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.protocol import Wiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench
    from tests.mediawiki.door import SeenRequest

PAGES = 120
TEXT = "{{Essai de lecture\n|titre=un\n}}\n\nUn paragraphe.\n\nUn autre.\n\nLa fin."
_numbers = count()


class _Bench:
    """What the contract wants: the wiki, and a person beside it."""

    def __init__(self, wiki: MediaWiki, bench: MediaWikiBench) -> None:
        self.wiki: Wiki = wiki
        self._bench = bench

    def edit_as_person(self, title: str, text: str) -> None:
        self._bench.edit_as_human(title, text)

    def delete_as_person(self, title: str) -> None:
        self._bench.call("admin", action="delete", title=title)


@pytest.fixture(scope="module")
def wiki(mediawiki: MediaWikiBench) -> Iterator[MediaWiki]:
    with MediaWiki.connect(mediawiki.api, mediawiki.account, mediawiki.password) as opened:
        yield opened


@pytest.fixture
def title() -> str:
    return f"Page d’essai {next(_numbers)}"


@pytest.fixture(scope="module")
def many(mediawiki: MediaWikiBench) -> list[str]:
    """Pages enough for three batches of an ordinary account."""
    titles = [f"Lecture {number:03}" for number in range(PAGES)]
    with MediaWiki.connect(mediawiki.api, mediawiki.account, mediawiki.password) as opened:
        for title in titles:
            opened.create(title, f"{TEXT} {title}", "essai")
    return titles


def edits(bench: MediaWikiBench) -> list[SeenRequest]:
    return [request for request in bench.requests_seen() if request.writes]


def all_about(error: BaseException) -> str:
    """Everything that a log, a report or a traceback could show of an error."""
    shown = ["".join(traceback.format_exception(error)), repr(error), repr(error.__dict__)]
    for part in (error.__cause__, error.__context__):
        shown.append(repr(part) + repr(getattr(part, "__dict__", "")))
    if isinstance(error, WikibotError):
        shown += [repr(error.message), repr(error.advice)]
    return "\n".join(shown)


class TestContract(WikiContract):
    @pytest.fixture
    def wiki(self, wiki: MediaWiki, mediawiki: MediaWikiBench) -> WikiUnderTest:
        return _Bench(wiki, mediawiki)


class TestFirstContact:
    def test_it_costs_one_request_and_two_to_log_in(self, mediawiki: MediaWikiBench) -> None:
        mediawiki.forget_requests()
        MediaWiki.connect(mediawiki.api).close()
        assert len(mediawiki.requests_seen()) == 1
        mediawiki.forget_requests()
        MediaWiki.connect(mediawiki.api, mediawiki.account, mediawiki.password).close()
        assert len(mediawiki.requests_seen()) == 3

    def test_the_wiki_tells_its_namespaces_and_tags(self, wiki: MediaWiki) -> None:
        parse = wiki.syntax.namespaces.parse
        assert wiki.wikiid == wiki.site.wikiid == "wiki"
        assert parse("Modèle:x") == parse("template:X") == Title(10, "X")
        assert parse("Utilisatrice:Zoé").namespace == 2
        assert parse("Property:Licence") == Title(102, "Licence")
        assert str(parse("Property:Licence")) == "Attribut:Licence"
        assert {"pre", "nowiki"} <= wiki.syntax.extension_tags
        assert wiki.site.max_bytes == 2**21
        assert wiki.site.page_url.endswith("/index.php/$1")

    def test_a_bot_and_a_person_are_told_apart(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench
    ) -> None:
        assert wiki.site.account is not None
        assert "bot" in wiki.site.account.rights
        assert wiki.site.batch == 500
        person, secret = mediawiki.human_account, mediawiki.human_password
        with MediaWiki.connect(mediawiki.api, person, secret) as other:
            assert other.site.account is not None
            assert other.site.account.name == person.partition("@")[0]
            assert "bot" not in other.site.account.rights
            assert other.site.batch == 50

    def test_a_wrong_password_is_tried_once_and_shown_nowhere(
        self, mediawiki: MediaWikiBench, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        secret = f"canary-{next(_numbers)}-0123456789"
        mediawiki.forget_requests()
        with pytest.raises(AccessError) as raised:
            MediaWiki.connect(mediawiki.api, mediawiki.account, secret)
        assert raised.value.exit_code == 4
        assert mediawiki.account in raised.value.message.fr
        assert mediawiki.api in raised.value.message.fr
        assert raised.value.advice is not None
        assert secret not in all_about(raised.value) + caplog.text
        assert [r.action for r in mediawiki.requests_seen()].count("login") == 1

    def test_without_an_account_everything_reads_and_nothing_writes(
        self, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, "lisible")
        with MediaWiki.connect(mediawiki.api) as anonymous:
            page = anonymous.page(title)
            assert page.text == "lisible"
            mediawiki.forget_requests()
            with pytest.raises(AccessError) as raised:
                anonymous.save(page, "écrit", "essai")
            with pytest.raises(AccessError):
                anonymous.create(f"{title} bis", "écrit", "essai")
        assert raised.value.advice is not None
        assert mediawiki.requests_seen() == []


class TestReading:
    def test_a_bot_reads_120_pages_in_one_request(
        self, wiki: MediaWiki, many: list[str], mediawiki: MediaWikiBench
    ) -> None:
        mediawiki.forget_requests()
        found = {str(page.title): page.text for page in wiki.pages(many)}
        assert found == {title: f"{TEXT} {title}" for title in many}
        assert [request.method for request in mediawiki.requests_seen()] == ["POST"]

    def test_anyone_else_reads_50_a_request(
        self, many: list[str], mediawiki: MediaWikiBench
    ) -> None:
        with MediaWiki.connect(mediawiki.api) as anonymous:
            mediawiki.forget_requests()
            found = [str(page.title) for page in anonymous.pages(many)]
        assert found == many
        assert len(mediawiki.requests_seen()) == 3

    def test_text_revision_and_time_are_of_one_snapshot(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, "un", "premier")
        mediawiki.edit_as_human(title, "deux", "second")
        last = mediawiki.revisions(title)[-1]
        page = wiki.page(title)
        assert page.text == "deux"
        assert page.revision.id == last["revid"]
        assert page.revision.parent_id == last["parentid"]
        assert page.revision.comment == "second"
        assert page.revision.timestamp.isoformat() == last["timestamp"].replace("Z", "+00:00")

    def test_pages_with_lists_the_callers_in_batches(
        self, wiki: MediaWiki, many: list[str], mediawiki: MediaWikiBench
    ) -> None:
        mediawiki.edit_as_human("Appelle autrement", "{{:Lecture 001}} et {{essai_de lecture}}")
        wanted = {*many, "Appelle autrement"}
        mediawiki.forget_requests()
        found = [str(page.title) for page in wiki.pages_with(["Essai de lecture"])]
        assert len(mediawiki.requests_seen()) == 2  # one to list, one for up to 500 pages
        assert sorted(found) == sorted(wanted)
        with MediaWiki.connect(mediawiki.api) as anonymous:
            mediawiki.forget_requests()
            names = ["Modèle:essai de lecture", "Absent", "essai_de_lecture"]
            found = [str(page.title) for page in anonymous.pages_with(names)]
            assert len(mediawiki.requests_seen()) == 3 + 1
        assert sorted(found) == sorted(wanted)

    def test_odd_titles_are_told_apart(
        self,
        wiki: MediaWiki,
        mediawiki: MediaWikiBench,
        title: str,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level("INFO")
        mediawiki.edit_as_human(f"É{title}", "accentuée")
        mediawiki.edit_as_human(f"{title} redirige", f"#REDIRECTION [[{title} cible]]")
        mediawiki.edit_as_human(f"{title} cible", "cible")
        asked = [
            f"E\u0301{title}",  # not NFC
            f"  é{title.replace(' ', '_')}#section ",
            f":É{title}",
            f"{title} redirige",
            f"{title} absente",
            "Spécial:Version",
            "Média:Image.png",
            "mw:Foo",
            "<mauvais>",
            "a|b",
            "",
        ]
        found = [str(page.title) for page in wiki.pages(asked)]
        assert found == [f"É{title}", f"{title} redirige"]
        for named in ("absente", "Spécial:Version", "Média:Image.png", "mw:Foo", "<mauvais>"):
            assert named in caplog.text
        assert wiki.page(f"{title} redirige").text.startswith("#REDIRECTION")
        for bad in asked[5:]:
            with pytest.raises(InvalidTitle):
                wiki.page(bad)

    def test_an_absent_page_is_told_with_the_titles_near_it(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench
    ) -> None:
        mediawiki.edit_as_human("Xylothèque des marais", "essences")
        with pytest.raises(InputError) as raised:
            wiki.page("Xylothèque des marrais")
        assert "Xylothèque des marrais" in raised.value.message.fr
        assert raised.value.advice is not None
        assert "« Xylothèque des marais »" in raised.value.advice.fr

    def test_a_page_that_is_not_wikitext_is_no_page_of_text(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.call("bot", action="edit", title=title, text="{}", contentmodel="json")
        with pytest.raises(InputError, match="json"):
            wiki.page(title)
        assert list(wiki.pages([title])) == []

    def test_a_page_that_was_blanked_is_really_empty(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, "plein")
        mediawiki.edit_as_human(title, "")
        assert wiki.page(title).text == ""

    def test_history_follows_a_page_that_was_moved(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, "un")
        page = wiki.page(title)
        mediawiki.call("human", action="move", **{"from": title, "to": f"{title} ailleurs"})
        mediawiki.edit_as_human(f"{title} ailleurs", "deux")
        assert len(wiki.revisions(page, page.revision.id)) == 2
        with pytest.raises(InputError):
            wiki.revisions(page, 99_999_999)
        mediawiki.call("admin", action="delete", title=f"{title} ailleurs")
        with pytest.raises(PageMissing):
            wiki.revisions(page, 0)


class TestSaving:
    def test_what_is_sent(self, mediawiki: MediaWikiBench, title: str) -> None:
        mediawiki.edit_as_human(title, "avant")
        with MediaWiki.connect(mediawiki.api, mediawiki.account, mediawiki.password) as wiki:
            page = wiki.page(title)
            mediawiki.forget_requests()
            wiki.save(page, "après", "pourquoi [wb:k3f9a2]")
            wiki.save(wiki.page(title), "encore", "pourquoi")
        # the parameters of `edit` are asked for once; the token came with the first contact
        seen = [request.action for request in mediawiki.requests_seen()]
        assert seen == ["paraminfo", "edit", "query", "edit"]
        sent = edits(mediawiki)[0].parameters
        assert list(sent)[-1] == "token"
        assert sent.pop("token").endswith("+\\")
        assert sent.pop("md5")
        assert sent == {
            "action": "edit",
            "pageid": str(page.id),
            "baserevid": str(page.revision.id),
            "nocreate": "1",
            "text": "après",
            "summary": "pourquoi [wb:k3f9a2]",
            "notminor": "1",
            "watchlist": "nochange",
            "bot": "1",
            "assert": "bot",
            "assertuser": mediawiki.account.partition("@")[0],
            "maxlag": "5",
            "format": "json",
            "formatversion": "2",
        }

    def test_a_person_without_the_bot_right_does_not_claim_it(
        self, mediawiki: MediaWikiBench, title: str
    ) -> None:
        person, secret = mediawiki.human_account, mediawiki.human_password
        with MediaWiki.connect(mediawiki.api, person, secret) as wiki:
            mediawiki.forget_requests()
            wiki.create(title, "texte", "")
        (sent,) = edits(mediawiki)
        assert "bot" not in sent.parameters
        assert sent.parameters["assert"] == "user"
        assert sent.parameters["createonly"] == "1"
        assert "baserevid" not in sent.parameters

    def test_a_distant_edit_of_a_person_is_merged_and_told(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, TEXT)
        page = wiki.page(title)
        theirs = mediawiki.edit_as_human(title, TEXT.replace("La fin", "La vraie fin"))
        saved = wiki.save(page, TEXT.replace("titre=un", "titre=deux"), "")
        assert saved.old_revid == theirs != page.revision.id
        merged = TEXT.replace("La fin", "La vraie fin").replace("titre=un", "titre=deux")
        assert mediawiki.text(title) == merged

    def test_the_same_line_is_a_conflict_even_against_our_own_account(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, TEXT)
        page = wiki.page(title)
        wiki.save(page, TEXT.replace("titre=un", "titre=deux"), "premier passage")
        mediawiki.forget_requests()
        with pytest.raises(EditConflict):
            wiki.save(page, TEXT.replace("titre=un", "titre=trois"), "")
        assert len(edits(mediawiki)) == 1
        assert "titre=deux" in mediawiki.text(title)

    def test_a_deleted_page_stays_deleted(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, "avant")
        page = wiki.page(title)
        mediawiki.call("admin", action="delete", title=title)
        with pytest.raises(PageMissing):
            wiki.save(page, "après", "")
        assert mediawiki.revisions(title) == []

    def test_a_page_moved_meanwhile_is_saved_where_it_is(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, "avant")
        page = wiki.page(title)
        mediawiki.call("human", action="move", **{"from": title, "to": f"{title} ailleurs"})
        assert str(wiki.save(page, "après", "").title) == f"{title} ailleurs"
        assert mediawiki.text(title).startswith("#REDIRECTION")

    def test_nothing_changed_is_no_revision(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, "pareil")
        page = wiki.page(title)
        saved = wiki.save(page, "pareil\n", "")
        assert saved.unchanged
        assert saved.old_revid == saved.new_revid == page.revision.id
        assert len(mediawiki.revisions(title)) == 1

    def test_decomposed_accents_are_composed_before_they_are_hashed(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        saved = wiki.create(title, "e\u0301te\u0301", "re\u0301sume\u0301\nsuite")
        assert not saved.unchanged
        assert mediawiki.text(title) == "été"
        assert mediawiki.revisions(title)[-1]["comment"] == "résumé suite"

    def test_creation_does_not_touch_what_exists(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        saved = wiki.create(f"  {title.lower().replace(' ', '_')}", "un", "")
        assert str(saved.title) == title
        assert saved.old_revid == 0
        with pytest.raises(PageExists):
            wiki.create(title, "deux", "")
        assert mediawiki.text(title) == "un"

    def test_creation_in_other_namespaces(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        saved = wiki.create(f"property:{title}", "un", "")
        assert saved.title == Title(102, title)
        assert wiki.page(f"Attribut:{title}").title == saved.title
        with pytest.raises(SaveRefused):
            wiki.create(f"Spécial:{title}", "un", "")

    def test_a_protected_page_is_refused_in_one_post(
        self, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.edit_as_human(title, "avant")
        mediawiki.call("admin", action="protect", title=title, protections="edit=sysop")
        with MediaWiki.connect(mediawiki.api, mediawiki.account, mediawiki.password) as wiki:
            page = wiki.page(title)
            mediawiki.forget_requests()
            with pytest.raises(SaveRefused, match="protectedpage"):
                wiki.save(page, "après", "")
        assert len(edits(mediawiki)) == 1
        assert mediawiki.text(title) == "avant"

    def test_a_text_that_the_wiki_would_alter_is_not_sent(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        mediawiki.forget_requests()
        for text in ("a\x01b", "a\ud800b", "x" * (2**21 + 1)):
            with pytest.raises(SaveRefused):
                wiki.create(title, text, "")
        assert edits(mediawiki) == []

    def test_a_token_that_became_stale_is_asked_again_once(
        self, wiki: MediaWiki, mediawiki: MediaWikiBench, title: str
    ) -> None:
        wiki._saver._token = "stale+\\"
        wiki.create(title, "un", "")
        assert mediawiki.text(title) == "un"

    def test_a_session_that_is_gone_is_opened_again_once_and_no_edit_is_anonymous(
        self, mediawiki: MediaWikiBench, title: str
    ) -> None:
        with MediaWiki.connect(mediawiki.api, mediawiki.account, mediawiki.password) as wiki:
            wiki._api.transport.session.cookies.clear()
            wiki.create(title, "un", "")
            wiki._api.transport.session.cookies.clear()
            with pytest.raises(AccessError):  # within a minute: something is wrong
                wiki.save(wiki.page(title), "deux", "")
        assert [r["user"] for r in mediawiki.revisions(title)] == [wiki.user]
