"""A baseline hides the findings it knows, and those alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.checks import Finding
from wikibot.checks.baseline import baseline_of, compare, from_json, to_json
from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.redaction import hide
from wikibot.title import Title

MARES, HAIES = Title(0, "Mares"), Title(0, "Haies")
IDS = {MARES: 4, HAIES: 7, Title(690, "3", "Action"): 9}


def finding(
    rule: str = "VOC102",
    value: str = "MIT",
    *,
    page: Title = MARES,
    field: str = "licence",
    message: str = "Écrivez autre chose.",
) -> Finding:
    return Finding(rule, "warning", page, field, value, Text(message, message))


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["VOC102", "LST101", "REQ101"]),
        st.sampled_from(["", "MIT", "a\nb", "é", "\udc80", "x" * 400]) | st.text(),
        page=st.sampled_from(list(IDS)),
        field=st.sampled_from(["", "licence", "tags"]),
    ),
    max_size=12,
)


def saved_and_read(found: Sequence[Finding]) -> str:
    return to_json(
        from_json(to_json(baseline_of(found, IDS)).encode(errors="backslashreplace"), "")
    )


@given(FINDINGS)
def test_it_hides_exactly_the_findings_it_was_made_of(found: list[Finding]) -> None:
    written = to_json(baseline_of(found, IDS)).encode(errors="backslashreplace")
    compared = compare(found, from_json(written, "known.json"), IDS)
    assert (compared.new, compared.known, dict(compared.gone)) == ((), tuple(found), {})


@given(FINDINGS, st.data())
def test_one_finding_more_is_the_one_that_shows(found: list[Finding], data: st.DataObject) -> None:
    more = data.draw(st.sampled_from(found) if found else st.just(finding()))
    other = data.draw(st.sampled_from([more, finding("NEW101"), finding(value="quite new")]))
    place = data.draw(st.integers(0, len(found)))
    now = [*found[:place], other, *found[place:]]
    compared = compare(now, baseline_of(found, IDS), IDS)
    assert list(compared.new) == [other]
    assert not compared.gone


@given(FINDINGS, st.data())
def test_what_was_mended_is_gone_and_nothing_else(
    found: list[Finding], data: st.DataObject
) -> None:
    left = data.draw(st.lists(st.sampled_from(found), unique_by=id) if found else st.just([]))
    left = [f for f in found if any(f is kept for kept in left)]
    compared = compare(left, baseline_of(found, IDS), IDS)
    assert not compared.new
    assert sum(compared.gone.values()) == len(found) - len(left)


@given(FINDINGS)
def test_its_file_is_the_same_whatever_the_order(found: list[Finding]) -> None:
    assert to_json(baseline_of(found, IDS)) == to_json(baseline_of(found[::-1], IDS))
    assert saved_and_read(found) == to_json(baseline_of(found, IDS))


def test_a_finding_is_known_whatever_its_words_its_severity_and_its_place() -> None:
    before = baseline_of([finding(message="Ancienne phrase."), finding("LST101")], IDS)
    now = [finding("LST101"), finding(message="Nouvelle phrase.")]
    assert compare(now, before, IDS).new == ()


@pytest.mark.parametrize(
    "other",
    [
        finding("VOC103"),
        finding(value="mit"),
        finding(field="tags"),
        finding(page=HAIES),
        finding(page=Title(690, "3", "Action")),
    ],
    ids=["rule", "value", "field", "page", "namespace"],
)
def test_another_rule_value_field_or_page_is_new(other: Finding) -> None:
    compared = compare([other], baseline_of([finding()], IDS), IDS)
    assert compared.new == (other,)
    assert sum(compared.gone.values()) == 1


def test_the_same_finding_twice_is_known_once_where_it_was_there_once() -> None:
    once, twice = [finding()], [finding(), finding()]
    assert len(compare(twice, baseline_of(once, IDS), IDS).new) == 1
    assert compare(twice, baseline_of(twice, IDS), IDS).new == ()
    assert sum(compare(once, baseline_of(twice, IDS), IDS).gone.values()) == 1


def test_a_page_that_was_moved_is_known_by_its_id() -> None:
    moved = Title(0, "Mares et étangs")
    compared = compare([finding(page=moved)], baseline_of([finding()], IDS), {moved: 4})
    assert (compared.new, dict(compared.gone)) == ((), {})


def test_a_page_written_anew_under_the_old_title_is_known_by_it() -> None:
    compared = compare([finding()], baseline_of([finding()], IDS), {MARES: 400})
    assert compared.new == ()


def test_two_pages_without_an_id_are_two_pages() -> None:
    compared = compare([finding(page=HAIES)], baseline_of([finding()], {}), {})
    assert len(compared.new) == 1


def test_its_file_has_a_finding_a_line_sorted_with_a_format_number() -> None:
    found = [finding("VOC102"), finding("LST101", "é", field="tags"), finding("VOC102")]
    assert to_json(baseline_of(found, IDS)) == (
        '{\n "format": 1,\n "findings": [\n'
        '  {"page": "Mares", "pageid": 4, "rule": "LST101", "field": "tags", "value": "é", '
        '"count": 1},\n'
        '  {"page": "Mares", "pageid": 4, "rule": "VOC102", "field": "licence", "value": "MIT", '
        '"count": 2}\n'
        " ]\n}\n"
    )
    assert to_json(baseline_of([], {})) == '{\n "format": 1,\n "findings": []\n}\n'


def test_a_long_value_is_kept_as_its_beginning_and_a_digest() -> None:
    long = "Un paragraphe entier. " * 40
    written = to_json(baseline_of([finding(value=long)], IDS))
    assert len(written) < 400
    assert "Un paragraphe entier." in written
    baseline = from_json(written.encode(), "")
    assert compare([finding(value=long)], baseline, IDS).new == ()
    assert len(compare([finding(value=long + "!")], baseline, IDS).new) == 1


def test_no_secret_is_written_and_the_finding_is_known_all_the_same() -> None:
    secret = hide("Tr3sS3cretDeLaMareAuxHerons", lasting=False)
    found = [finding(value=f"https://exemple.org/?cle={secret}")]
    written = to_json(baseline_of(found, IDS))
    assert secret not in written
    assert compare(found, from_json(written.encode(), ""), IDS).new == ()


ENTRY = {"page": "A", "pageid": 1, "rule": "VOC102", "field": "", "value": "", "count": 1}


def _with(**changes: object) -> str:
    return json.dumps({"format": 1, "findings": [ENTRY, {**ENTRY, **changes}]})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "ce n'est pas du JSON"),
        ('{"format": 1, "findings": [', "ce n'est pas du JSON"),
        ("\xff\xfe", "ce n'est pas du JSON"),
        ("[" * 100_000, "ce n'est pas du JSON"),
        ("[]", "« findings » manque"),
        ('{"format": 1}', "« findings » manque"),
        ('{"format": 2, "findings": []}', "son format n'est pas celui d'ici (1)"),
        ('{"format": 1, "findings": ["A"]}', "l'entrée 1 est fausse"),
        (_with(count=0), "l'entrée 2 est fausse"),
        (_with(count=True), "l'entrée 2 est fausse"),
        (_with(page=None), "l'entrée 2 est fausse"),
        (_with(autre=1), "l'entrée 2 est fausse"),
    ],
)
def test_a_broken_file_is_one_clear_line(text: str, why: str) -> None:
    with pytest.raises(InputError) as raised:
        from_json(text.encode("latin-1"), "connus.json")
    message = raised.value.message.fr
    assert message == f"La liste des points connus connus.json ne peut pas servir : {why}."
