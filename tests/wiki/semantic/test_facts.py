"""All that is known of one page: `cases/facts*.json`; lists and counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wikibot.errors import QueryRefused
from wikibot.title import Title
from wikibot.wiki.semantic import (
    DateValue,
    Entry,
    Facts,
    Improper,
    Malformed,
    MonolingualValue,
    NumberValue,
    PageValue,
    QuantityValue,
    RecordValue,
    TextValue,
    read_browsed,
    read_facts,
    read_info,
)

CASES = Path(__file__).parent / "cases"


def sent(name: str) -> Any:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


@pytest.fixture
def facts() -> Facts:
    return read_facts(sent("facts"))


class TestFacts:
    def test_plain_values(self, facts: Facts) -> None:
        assert facts.subject == PageValue(Title(0, "Haies vives"))
        assert facts["Licence"] == (TextValue("CC0"),)
        assert facts["Surface"] == (NumberValue(12.5),)
        assert facts["planté_le"] == (DateValue(2026, 4),)
        assert facts["Date de modification"] == facts["Modification date"] == facts["_MDAT"]
        assert str(facts["_MDAT"][0]) == "2026-11-22T14:33:18Z"
        assert facts["Prix"] == ()
        assert not facts.nothing_known

    def test_values_of_several_parts_are_put_together(self, facts: Facts) -> None:
        assert facts["Titre traduit"] == (
            MonolingualValue("Haies", "fr"),
            MonolingualValue("Hedges", "en"),
        )
        (spent,) = facts["Dépense"]
        assert isinstance(spent, RecordValue) and spent.datatype == "_rec"
        assert spent["Montant"] == (NumberValue(4720),)
        assert spent["Poste"] == (TextValue("Plants"),)
        assert len(spent.fields) == 2
        (source,) = facts["Source"]
        assert isinstance(source, RecordValue) and source.datatype == "_ref_rec"
        assert source["Cote"] == (TextValue("B 12"),)

    def test_links_to_subobjects_stay_links(self, facts: Facts) -> None:
        assert [str(value) for value in facts["Voir aussi"]] == [
            *("Haies vives#lot_1", "Mares", "Haies vives#_beef")
        ]
        assert [str(value) for value in facts["Possède un sous-objet"]] == [
            *("Haies vives#lot_1", "Haies vives#_beef")
        ]
        named = {part.subject.fragment: part for part in facts.subobjects}
        assert named["lot_1"]["Poste"] == (TextValue("Premier lot"),)

    def test_values_that_the_wiki_could_not_read(self, facts: Facts) -> None:
        assert facts.improper == (
            Improper("Nombre_de_mares", "smw_nofloat", ("beaucoup",)),
            Improper("Licence", "", ("Une phrase d'autrefois",)),
        )

    def test_known_datatypes_tell_what_a_number_is(self) -> None:
        facts = read_facts(sent("facts"), datatypes={"Surface": "_qty", "Licence": "_keyw"})
        assert facts["Surface"] == (QuantityValue(12.5, ""),)
        assert facts["Licence"] == (TextValue("CC0", "_keyw"),)
        assert next(p for p in facts.properties if p.key == "Surface").datatype == "_qty"

    def test_of_a_page_without_facts_nothing_is_known_and_nothing_concluded(self) -> None:
        nothing = read_facts(sent("facts_nothing"))
        assert nothing.nothing_known
        assert nothing.subject == PageValue(Title(0, "Page absente"))
        assert nothing.subject.exists is None

    @pytest.mark.parametrize(
        "answer",
        [
            *(None, {}, {"query": None}, {"query": "<table>"}, {"query": {"subject": "H#0##"}}),
            {"query": {"subject": "", "data": []}},
            {"query": {"subject": "H#0##", "data": [{"property": "Licence"}]}},
            {"error": {"code": "missingparam", "info": "…"}},
        ],
    )
    def test_anything_else_is_an_error(self, answer: object) -> None:
        with pytest.raises(Malformed):
            read_facts(answer)


class TestLists:
    def test_properties_pages_and_values(self) -> None:
        properties = {
            "query-continue-offset": 10,
            "query": {
                "_MDAT": {"label": "Date de modification", "key": "_MDAT", "usageCount": "150"},
                "Type_de_haie": {"label": "Type de haie", "key": "Type_de_haie", "usageCount": 3},
            },
        }
        assert read_browsed(properties).entries == (
            Entry("_MDAT", "Date de modification", uses=150, special=True),
            Entry("Type_de_haie", "Type de haie", uses=3),
        )
        assert read_browsed(properties).following == 10
        pages = {"Haies_vives#2": {"label": "Haies vives", "key": "Haies_vives", "ns": "2"}}
        assert read_browsed({"query": pages, "query-continue-offset": 0}).entries == (
            Entry("Haies_vives", "Haies vives", namespace=2),
        )
        values = read_browsed({"query": ["CC0", "MIT", 12], "query-continue-offset": 0})
        assert [entry.label for entry in values.entries] == ["CC0", "MIT", "12"]
        assert read_browsed({"query": []}).entries == ()
        assert values.following is read_browsed({"query": []}).following is None

    def test_counts(self) -> None:
        info = read_info(
            {"info": {"propcount": 12, "jobcount": [], "formatcount": {"table": 2, "count": "3"}}}
        )
        assert info.counts == {"propcount": 12}
        assert (info.formats, info.jobs) == ({"table": 2, "count": 3}, {})

    @pytest.mark.parametrize("answer", [None, {}, {"query": None}, {"query": [[]]}, {"info": 3}])
    def test_anything_else_is_an_error(self, answer: object) -> None:
        for read in (read_browsed, read_info):
            with pytest.raises(Malformed):
                read(answer)
        with pytest.raises(Malformed):
            read_browsed({"query": {"subject": "Haies#0##", "data": []}})

    def test_a_refusal_is_one_here_too(self) -> None:
        for read in (read_browsed, read_info, read_facts):
            with pytest.raises(QueryRefused):
                read({"error": {"query": ["Non."]}})
