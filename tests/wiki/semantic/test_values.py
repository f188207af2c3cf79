"""One value at a time: `cases/values.toml`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.title import FRENCH, Title
from wikibot.wiki.semantic import (
    BooleanValue,
    CoordinatesValue,
    MonolingualValue,
    NumberValue,
    PageValue,
    QuantityValue,
    RecordValue,
    TemperatureValue,
    TextValue,
)
from wikibot.wiki.semantic.reading import read_dataitem, read_value

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "values.toml").read_text(encoding="utf-8")
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "fulltext",
                    "namespace",
                    "raw",
                    "lat",
                    "lon",
                    "value",
                    "unit",
                    "item",
                    "typeid",
                    "key",
                )
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def _name(case: dict[str, Any]) -> str:
    return f"{case.get('datatype', '')}{case.get('dataitem', '')} {case['sent'][:30]}"


@pytest.mark.parametrize("case", CASES["ask"], ids=map(_name, CASES["ask"]))
def test_a_value_of_ask(case: dict[str, Any]) -> None:
    value = read_value(json.loads(case["sent"], strict=False), case["datatype"])
    assert (type(value).__name__, str(value)) == (case["kind"], case["text"])
    if case["kind"] not in ("DateValue", "UnreadValue"):
        assert value.datatype == case["datatype"]


@pytest.mark.parametrize("case", CASES["browse"], ids=map(_name, CASES["browse"]))
def test_a_value_of_browsebysubject(case: dict[str, Any]) -> None:
    value = read_dataitem(case["dataitem"], case["sent"], case.get("datatype", ""), FRENCH)
    assert (type(value).__name__, str(value)) == (case["kind"], case["text"])


@given(JSON, st.sampled_from(("_txt", "_num", "_boo", "_dat", "_geo", "_rec", "_wpg", "_qty", "")))
def test_no_value_breaks_the_reader(sent: Any, datatype: str) -> None:
    assert isinstance(str(read_value(sent, datatype)), str)


@given(st.one_of(st.integers(-(10**17), 10**17), st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_are_the_same_in_both_answers(number: int | float) -> None:
    sent = read_value(json.loads(json.dumps(number)), "_num")
    assert sent == NumberValue(number) == read_dataitem(1, repr(number), "", FRENCH)


def test_what_is_in_a_value() -> None:
    page = read_value(
        {"fulltext": "Label:A faire", "namespace": 692, "exists": "1", "displaytitle": "À faire"},
        "_wpg",
    )
    assert page == PageValue(Title(692, "A faire", "Label"), "", True, "À faire")
    assert read_value({"fulltext": "Haies", "namespace": 0, "exists": ""}, "_wpg") == PageValue(
        Title(0, "Haies"), "", False
    )
    assert read_value({"fulltext": "Haies", "namespace": 0}, "_wpg") == PageValue(Title(0, "Haies"))
    assert read_value({"value": 3, "unit": "ha"}, "_qty") == QuantityValue(3, "ha")
    assert read_value({"lat": 1, "lon": 2, "alt": 3}, "_geo") == CoordinatesValue(1.0, 2.0, 3.0)
    assert read_value(293.15, "_tem") == TemperatureValue(293.15)
    assert TemperatureValue(293.15).celsius == 20.0
    assert read_value("t", "_boo") == BooleanValue(True)


def test_the_fields_of_a_record_are_had_by_name() -> None:
    fields = {
        "Montant HT": {"label": "Montant HT", "key": "Montant_HT", "typeid": "_num", "item": [4]},
        "Text": {"label": "Text", "key": "_TEXT", "typeid": "_txt", "item": ["x"]},
    }
    record = read_value(fields, "_rec")
    assert isinstance(record, RecordValue)
    assert record["Montant HT"] == record["montant_HT"] == (NumberValue(4),)
    with pytest.raises(KeyError):
        record["Poste"]
    only_text = {"Text": fields["Text"]}
    assert read_value(only_text, "_mlt_rec") == MonolingualValue("x", "")
    assert read_value(only_text["Text"]["item"][0], "_txt") == TextValue("x")  # type: ignore[index]
