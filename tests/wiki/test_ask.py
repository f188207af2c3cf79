"""Asking a wiki's Semantic MediaWiki: lists to their end, refusals, facts, counts."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.wiki.semantic.fake_smw import FakeSmw, Row
from tests.wiki.stub_api import Answer, error
from tests.wiki.stub_wiki import Time
from wikibot.errors import ConfigError, InputError, QueryRefused, Unavailable, WikibotError
from wikibot.wiki.mediawiki import ask as module
from wikibot.wiki.mediawiki.address import Address
from wikibot.wiki.mediawiki.api import Api
from wikibot.wiki.mediawiki.ask import Asker
from wikibot.wiki.mediawiki.site import meet
from wikibot.wiki.mediawiki.transport import Transport
from wikibot.wiki.semantic import NumberValue, Question, Subject, TextValue

COMMONS = "[[Catégorie:Commun]]"


@pytest.fixture
def smw(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSmw]:
    """A wiki that lists ten pages an answer and forgets offsets above 50."""
    monkeypatch.setattr(module, "_AT_ONCE", 10)
    monkeypatch.setattr(module, "LAST_OFFSET", 50)
    with FakeSmw() as server:
        server.last_offset = 50
        yield server


@pytest.fixture
def asker(smw: FakeSmw, time: Time) -> Iterator[Asker]:
    """Somebody who asks it, no request seen yet."""
    api = Api(Transport(Address.parse(smw.api), "essai"), time.patience())
    site, _ = meet(api, logged_in=False)
    smw.seen.clear()
    yield Asker(api, site)
    api.transport.close()


def rows(number: int, name: str = "Haie {:05}") -> list[Row]:
    return [Row(name.format(n)) for n in range(number)]


def titles(found: Iterator[Subject]) -> list[str]:
    return [str(subject) for subject in found]


class TestLists:
    @pytest.mark.parametrize("number", [0, 1, 9, 10, 11, 12, 20, 21, 45, 60, 61])
    @pytest.mark.parametrize("version", [2, 3])
    def test_a_list_is_read_to_its_end(
        self, asker: Asker, smw: FakeSmw, number: int, version: int
    ) -> None:
        smw.rows, smw.version = rows(number), version
        assert titles(asker.ask(COMMONS)) == [row.name for row in smw.rows]

    @pytest.mark.parametrize("number", [62, 100, 121, 350])
    def test_a_list_longer_than_offsets_reach_is_divided_and_whole(
        self, asker: Asker, smw: FakeSmw, number: int
    ) -> None:
        smw.rows = rows(number)
        found = titles(asker.ask(COMMONS))
        assert sorted(found) == [row.name for row in smw.rows]
        assert len(smw.seen) <= 3 * (number // 10 + 5)

    def test_of_a_real_size_too(
        self, asker: Asker, smw: FakeSmw, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_AT_ONCE", 500)
        monkeypatch.setattr(module, "LAST_OFFSET", 5000)
        smw.last_offset = 5000
        smw.rows = rows(6200)
        assert len(set(titles(asker.ask(COMMONS, limit=6000)))) == 6000
        offsets = [int(q.partition("offset=")[2].partition("|")[0]) for q in smw.queries()]
        assert max(offsets) == 5000

    def test_a_wiki_that_forgets_offsets_earlier_is_seen_through(
        self, asker: Asker, smw: FakeSmw
    ) -> None:
        smw.rows, smw.last_offset = rows(60), 20
        for smw.tells_offset in (True, False):
            assert sorted(titles(asker.ask(COMMONS))) == [row.name for row in smw.rows]

    def test_a_wiki_that_forgets_what_is_behind_the_first_answer_is_seen_through(
        self, asker: Asker, smw: FakeSmw
    ) -> None:
        smw.rows, smw.forgets_behind = rows(47), True
        assert sorted(titles(asker.ask(COMMONS))) == [row.name for row in smw.rows]

    def test_the_order_in_which_a_wiki_lists_does_not_matter(
        self, asker: Asker, smw: FakeSmw
    ) -> None:
        smw.rows, smw.in_order = rows(150), False
        assert sorted(titles(asker.ask(COMMONS))) == [row.name for row in smw.rows]

    def test_pages_that_show_another_name_are_compared_by_that(
        self, asker: Asker, smw: FakeSmw
    ) -> None:
        smw.rows = [Row(f"Action {n}", shown=f"Planter {999 - n}") for n in range(150)]
        assert sorted(titles(asker.ask(COMMONS))) == sorted(row.name for row in smw.rows)

    def test_subobjects_are_listed_each(self, asker: Asker, smw: FakeSmw) -> None:
        smw.rows = [Row(f"Haie {n:03}", fragment=f"_{m}") for n in range(40) for m in range(3)]
        found = list(asker.ask("[[Poste::+]]"))
        assert len({(s.title.name, s.fragment) for s in found}) == len(found) == 120

    def test_names_that_no_bound_can_be_made_of_are_passed_over(
        self, asker: Asker, smw: FakeSmw
    ) -> None:
        names = [f"« {n:03} »" for n in range(30)] + [f"Eau #{n}?" for n in range(5)]
        smw.rows = [Row(n.replace("#", "n°")) for n in names] + rows(45, "Haie : {:03} (x)")
        smw.rows += [Row(f"Action {n}", shown=f"Modèle:Haie {n:03}") for n in range(20)]
        assert len(set(titles(asker.ask(COMMONS)))) == 100
        assert not any("≥Modèle:" in query for query in smw.queries())

    def test_what_titles_cannot_divide_is_refused_not_cut(self, asker: Asker, smw: FakeSmw) -> None:
        smw.rows = [Row("Haie", fragment=f"n{n:03}") for n in range(80)]
        with pytest.raises(QueryRefused, match="more than 50 answers"):
            list(asker.ask("[[Poste::masse]]"))
        assert len(smw.seen) < 30

    def test_a_wiki_without_such_comparisons_is_noticed(self, asker: Asker, smw: FakeSmw) -> None:
        smw.rows, smw.knows_bounds = rows(100), False
        with pytest.raises(Unavailable, match="not read whole"):
            list(asker.ask(COMMONS))

    def test_a_continuation_that_does_not_go_on_ends_the_reading(
        self, asker: Asker, smw: FakeSmw
    ) -> None:
        smw.rows = rows(20)
        looping = smw._ask(f"{COMMONS}|limit=10|offset=0") | {"query-continue-offset": 0}
        smw.always("ask", looping)
        with pytest.raises(Unavailable, match="again and again"):
            list(asker.ask(COMMONS))
        assert len(smw.seen) == 1

    def test_no_more_is_asked_for_than_wanted(self, asker: Asker, smw: FakeSmw) -> None:
        smw.rows = rows(45)
        assert len(list(asker.ask(COMMONS, limit=3))) == 3
        assert "limit=3|" in smw.queries()[0] and len(smw.seen) == 1
        assert len(list(asker.ask(COMMONS, limit=15))) == 15
        assert len(smw.seen) == 3
        assert list(asker.ask(COMMONS, limit=0)) == [] and len(smw.seen) == 3

    def test_answers_that_the_wiki_cuts_off_are_asked_for_in_smaller_ones(
        self, asker: Asker, smw: FakeSmw
    ) -> None:
        smw.rows, smw.most_at_once = rows(13), 3
        assert titles(asker.ask(COMMONS)) == [row.name for row in smw.rows]
        smw.most_at_once = 0
        with pytest.raises(Unavailable):
            list(asker.ask(COMMONS))

    def test_printouts_come_under_the_names_they_were_asked_by(
        self, asker: Asker, smw: FakeSmw
    ) -> None:
        smw.rows = rows(1)
        (subject,) = asker.ask(COMMONS, ["Licence", "Commun.Licence", "_MDAT", "Modification date"])
        assert [p.label for p in subject] == [
            *("Licence", "Commun.Licence", "_MDAT", "Modification date")
        ]
        assert subject["Licence"] == (TextValue("p1 de Haie 00000"),)
        assert subject["Commun.Licence"] == (TextValue("p2 de Haie 00000"),)
        assert "|?Modification date=p3|?Modification date=p4|" in smw.queries()[0]
        with pytest.raises(KeyError):
            subject["Référent"]

    def test_alternatives_are_bounded_together(self, asker: Asker, smw: FakeSmw) -> None:
        smw.rows = rows(70)
        list(asker.ask(f"{COMMONS} OR [[Types]]"))
        bounded = [query for query in smw.queries() if "≥" in query or "<<" in query]
        assert bounded
        assert all(query.startswith(f"<q>{COMMONS} OR [[Types]]</q>[[") for query in bounded)


REFUSED = {"error": {"query": ["«\u202fdemain\u202f» n’est pas une date.", "<b>Autre</b>"]}}
FACTS = {
    "query": {
        "subject": "Haies#0##",
        "data": [{"property": "Surface", "dataitem": [{"type": 1, "item": "12.5"}]}],
    }
}


class TestRefusals:
    def test_a_refused_query_says_why_in_the_words_of_the_wiki(
        self, asker: Asker, smw: FakeSmw, time: Time
    ) -> None:
        smw.always("ask", REFUSED)
        with pytest.raises(QueryRefused) as caught:
            list(asker.ask("[[Échéance::>demain]]", ["Statut"]))
        assert (caught.value.exit_code, caught.value.code) == (3, "smw-query")
        assert "[[Échéance::>demain]]|?Statut" in caught.value.message.fr
        assert "« demain » n’est pas une date. Autre" in caught.value.message.fr.replace(
            "\u202f", " "
        )
        assert len(smw.seen) == 1 and time.slept == []

    def test_one_refused_question_stops_no_other(self, asker: Asker, smw: FakeSmw) -> None:
        smw.rows = rows(2)
        smw.script("ask", REFUSED)
        asked = [Question("[[Échéance::>demain]]"), Question(COMMONS)]
        (first, refused), (second, found) = asker.answers(asked)
        assert [first, second] == asked
        assert isinstance(refused, QueryRefused)
        assert isinstance(found, tuple) and len(found) == 2

    def test_a_wiki_without_semantic_mediawiki_is_told_of(
        self, asker: Asker, smw: FakeSmw, time: Time
    ) -> None:
        absent = error("badvalue", 'Unrecognized value for parameter "action": ask.')
        for action in ("ask", "browsebysubject", "smwbrowse", "smwinfo"):
            smw.always(action, absent)
        for attempt in (
            lambda: list(asker.ask(COMMONS)),
            lambda: asker.facts_of("Haie"),
            lambda: list(asker.browse("property")),
            asker.info,
        ):
            with pytest.raises(ConfigError, match="no extension Semantic MediaWiki"):
                attempt()
        assert time.slept == []

    @pytest.mark.parametrize(
        ("answer", "family"),
        [
            (error("readapidenied"), WikibotError),
            ({"query": {"printrequests": [], "results": 7}}, Unavailable),
            ({"query": {"results": [{"Haie": {}}], "printrequests": []}}, Unavailable),
            ({}, Unavailable),
            (Answer(b"[]"), Unavailable),
        ],
    )
    def test_any_other_answer_is_an_error_and_never_an_empty_list(
        self, asker: Asker, smw: FakeSmw, answer: Answer, family: type[WikibotError]
    ) -> None:
        smw.always("ask", answer)
        with pytest.raises(family):
            list(asker.ask(COMMONS))

    @pytest.mark.parametrize(
        ("conditions", "printouts"),
        [
            ("Catégorie:Commun", ()),
            ("", ()),
            ("[[Catégorie:Commun]]|limit=1", ()),
            (COMMONS, ("Licence|limit=1",)),
            (COMMONS, ("Licence=offset",)),
            (COMMONS, ("",)),
        ],
    )
    def test_what_is_no_question_is_not_sent(
        self, asker: Asker, smw: FakeSmw, conditions: str, printouts: tuple[str, ...]
    ) -> None:
        with pytest.raises(InputError):
            list(asker.ask(conditions, printouts))
        assert smw.seen == []


class TestFacts:
    def test_all_facts_of_a_page(self, asker: Asker, smw: FakeSmw) -> None:
        smw.script("browsebysubject", FACTS)
        facts = asker.facts_of("Utilisateur:haies_vives")
        assert facts["Surface"] == (NumberValue(12.5),)
        asked = smw.of("browsebysubject")[0]
        assert (asked["subject"], asked["ns"]) == ("Haies vives", "2")

    def test_by_the_newer_way_where_the_older_is_gone(self, asker: Asker, smw: FakeSmw) -> None:
        smw.always("browsebysubject", error("badvalue"))
        smw.script("smwbrowse", FACTS | {"meta": {"type": "subject"}})
        assert asker.facts_of("Haies")["Surface"] == (NumberValue(12.5),)
        asked = json.loads(smw.of("smwbrowse")[0]["params"])
        assert (asked["subject"], asked["ns"]) == ("Haies", 0)

    def test_a_redirect_that_leads_nowhere(self, asker: Asker, smw: FakeSmw) -> None:
        smw.always("browsebysubject", error("smw-redirect-target-unresolvable"))
        with pytest.raises(InputError, match="leads to no page"):
            asker.facts_of("Haies")

    @pytest.mark.parametrize("body", [{}, {"query": "<table>"}, {"query": {"subject": ""}}])
    def test_another_answer_is_an_error(self, asker: Asker, smw: FakeSmw, body: object) -> None:
        smw.always("browsebysubject", Answer(body))
        smw.always("smwinfo", Answer(body))
        with pytest.raises(Unavailable):
            asker.facts_of("Haies")
        with pytest.raises(Unavailable):
            asker.info()

    def test_the_counts(self, asker: Asker, smw: FakeSmw) -> None:
        smw.script("smwinfo", {"info": {"propcount": 12, "formatcount": {"table": 3}}})
        info = asker.info()
        assert (info.counts, info.formats, info.jobs) == ({"propcount": 12}, {"table": 3}, {})

    def test_a_list_of_properties_is_read_to_its_end(self, asker: Asker, smw: FakeSmw) -> None:
        parts = [
            {"query": {"_MDAT": {"label": "Date de modification", "key": "_MDAT"}}}
            | {"query-continue-offset": 10},
            {"query": {"Surface": {"label": "Surface", "key": "Surface", "usageCount": "7"}}}
            | {"query-continue-offset": 0},
        ]
        smw.script("smwbrowse", *parts)
        found = list(asker.browse("property", usageCount=True))
        assert [(e.key, e.uses, e.special) for e in found] == [
            *(("_MDAT", None, True), ("Surface", 7, False))
        ]
        asked = [json.loads(request["params"]) for request in smw.of("smwbrowse")]
        assert [a["offset"] for a in asked] == [0, 10] and asked[0]["usageCount"] is True
        smw.always("smwbrowse", parts[0])
        with pytest.raises(Unavailable, match="again and again"):
            list(asker.browse("property"))
