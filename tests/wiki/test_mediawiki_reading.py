"""Reading: what a wiki, or whatever stands before it, may answer to a question."""

from __future__ import annotations

import pytest

from tests.wiki.stub_api import Answer, StubApi, error, page, pages
from tests.wiki.stub_wiki import HTML, Time
from wikibot.errors import AccessError, InputError, Unavailable
from wikibot.wiki.mediawiki import MediaWiki


class TestReading:
    def test_passing_faults_are_waited_for(
        self, stub_wiki: MediaWiki, stub: StubApi, time: Time
    ) -> None:
        stub.script(
            "query", Answer(ending="reset"), Answer(b"<html>", 503, {"Retry-After": "40"}), HTML
        )
        assert stub_wiki.page("Page").text == "texte"
        assert time.slept == [2.0, 40.0, 8.0]

    @pytest.mark.parametrize(
        ("header", "waits"),
        [
            ("30", 30.0),
            ("30.5", 30.5),
            ("Fri, 31 Jul 2026 12:01:00 GMT", 60.0),
            ("Fri, 31 Jul 2026 11:00:00 GMT", 5.0),
            ("999999", 300.0),
            ("-4", 5.0),
            ("soon", 5.0),
            ("nan", 5.0),
            ("inf", 5.0),
            ("", 5.0),
        ],
    )
    def test_retry_after_in_every_form(
        self, stub_wiki: MediaWiki, stub: StubApi, time: Time, header: str, waits: float
    ) -> None:
        headers = {"Retry-After": header, "Date": "Fri, 31 Jul 2026 12:00:00 GMT"}
        stub.script("query", Answer(error("maxlag"), headers=headers))
        assert stub_wiki.page("Page").text == "texte"
        assert time.slept == [waits]

    def test_a_wiki_that_is_down_is_given_up_in_time(
        self, stub_wiki: MediaWiki, stub: StubApi, time: Time
    ) -> None:
        stub.always("query", Answer(b"<html>Down", 503))
        with pytest.raises(Unavailable):
            stub_wiki.page("Page")
        assert len(stub.seen) <= 10
        assert sum(time.slept) <= 300

    def test_a_refusal_is_not_waited_for(
        self, stub_wiki: MediaWiki, stub: StubApi, time: Time
    ) -> None:
        for answer, family in (
            (error("never-heard-of-it"), Unavailable),
            (Answer(b"<html>Forbidden", 403), AccessError),
        ):
            stub.script("query", answer)
            with pytest.raises(family):
                stub_wiki.page("Page")
        assert time.slept == []

    def test_parts_of_a_page_are_joined_before_it_is_given(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        first, second = page(1, "A", None), page(2, "B", None)
        stub.script(
            "query",
            {"continue": {"rvcontinue": "1", "continue": "||"}, "query": {"pages": [first]}},
            {
                "continue": {"rvcontinue": "2", "continue": "||"},
                "query": {"pages": [page(1, "A", "texte a"), second]},
            },
            pages(page(2, "B", "texte b")),
        )
        assert [p.text for p in stub_wiki.pages(["A", "B"])] == ["texte a", "texte b"]
        assert [r.get("rvcontinue") for r in stub.of("query")] == [None, "1", "2"]

    def test_a_text_left_out_is_asked_again_and_never_taken_for_empty(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        truncated = pages(
            page(1, "A", "texte a"),
            page(2, "B", None),
            page(3, "C", ""),
            warnings={"result": {"warnings": "This result was truncated"}},
        )
        stub.script("query", truncated, pages(page(2, "B", "texte b"), page(3, "C", "texte c")))
        found = [p.text for p in stub_wiki.pages(["A", "B", "C"])]
        assert found == ["texte a", "texte b", "texte c"]
        assert stub.seen[-1]["pageids"] == "2|3"
        stub.always("query", pages(page(2, "B", None)))
        with pytest.raises(Unavailable, match="B"):
            stub_wiki.page("B")
        stub.always("query", pages(page(2, "B", "")))
        with pytest.raises(InputError, match="B"):
            stub_wiki.page("B")

    def test_a_list_that_goes_round_in_circles_ends(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.always("query", pages(page(), **{"continue": {"geicontinue": "10|1"}}))
        with pytest.raises(Unavailable):
            list(stub_wiki.pages_with(["Modèle:X"]))
        assert len(stub.seen) <= 3

    def test_half_an_answer_is_no_answer(self, stub_wiki: MediaWiki, stub: StubApi) -> None:
        stub.always("query", {"query": {"pages": [page()]}})
        with pytest.raises(Unavailable):
            list(stub_wiki.pages(["Page"]))

    def test_a_title_without_an_answer_is_no_missing_page(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        stub.always("query", pages(page(1, "A")))
        with pytest.raises(Unavailable, match="B"):
            list(stub_wiki.pages(["A", "B"]))

    @pytest.mark.parametrize(
        "slot", [{"texthidden": True}, {"contentmodel": "wikitext", "textmissing": True}]
    )
    def test_a_hidden_text_is_told(
        self,
        stub_wiki: MediaWiki,
        stub: StubApi,
        slot: dict[str, object],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        hidden = page()
        hidden["revisions"][0]["slots"]["main"] = slot
        stub.always("query", pages(hidden))
        with pytest.raises(InputError, match="Page"):
            stub_wiki.page("Page")
        assert list(stub_wiki.pages(["Page"])) == []
        assert "Page" in caplog.text

    def test_names_that_the_wiki_hides_stay_unknown(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        record = page()
        record["revisions"][0] |= {"userhidden": True, "commenthidden": True}
        del record["revisions"][0]["user"], record["revisions"][0]["comment"]
        stub.script("query", pages(record))
        revision = stub_wiki.page("Page").revision
        assert (revision.user, revision.comment) == (None, None)

    @pytest.mark.parametrize("broken", [{"pages": [3]}, {"pages": [{"pageid": 7}]}, [], "x"])
    def test_an_answer_of_another_shape_is_no_page(
        self, stub_wiki: MediaWiki, stub: StubApi, broken: object
    ) -> None:
        stub.always("query", {"batchcomplete": True, "query": broken})
        with pytest.raises(Unavailable):
            stub_wiki.page("Page")

    def test_many_titles_go_by_post_without_claiming_to_write(
        self, stub_wiki: MediaWiki, stub: StubApi
    ) -> None:
        titles = [f"Titre assez long pour une adresse {n}" for n in range(501)]
        records = [page(n + 1, title) for n, title in enumerate(titles)]
        stub.script("query", pages(*records[:500]), pages(*records[500:]))
        assert [str(p.title) for p in stub_wiki.pages(titles)] == titles
        assert [request.method for request in stub.seen] == ["POST", "GET"]
        assert stub.seen[0].headers["Promise-Non-Write-API-Action"] == "true"
        assert all(request["maxlag"] == "5" for request in stub.seen)
        assert all(request["assert"] == "bot" for request in stub.seen)
