"""Which findings `--select` and `--ignore` ask for."""

from __future__ import annotations

import pytest

from wikibot.checks import RULES, Finding
from wikibot.checks.finding import Severity
from wikibot.checks.selection import parse_selection
from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.title import Title

SEVERITY: dict[str, Severity] = {"VOC101": "error", "VOC102": "warning", "VOC104": "info"}
FOUND = tuple(
    Finding(code, SEVERITY.get(code, "warning"), Title(0, "Une fiche"), "", "", Text("", ""))
    for code in ("LST101", "LST107", "REQ101", "VOC101", "VOC102", "VOC104")
)
ALL = "LST101 LST107 REQ101 VOC101 VOC102 VOC104"


def taken(select: str = "", ignore: str = "") -> str:
    selection = parse_selection(select.split(), ignore.split())
    return " ".join(finding.rule for finding in FOUND if selection.takes(finding))


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ("", "", ALL),
        # a code, a family, a part of one, a name; in any case, with or without commas
        ("VOC102", "", "VOC102"),
        ("voc102 req101", "", "REQ101 VOC102"),
        ("LST,REQ101", "", "LST101 LST107 REQ101"),
        ("VOC1", "", "VOC101 VOC102 VOC104"),
        ("lst10", "", "LST101 LST107"),
        ("term-alias", "", "VOC102"),
        ("Term-Alias,", "", "VOC102"),
        ("", "VOC", "LST101 LST107 REQ101"),
        ("", "unknown-term,LST", "REQ101 VOC102 VOC104"),
        # a severity, as wikibot prints it, in either language
        ("error", "", "VOC101"),
        ("erreur", "", "VOC101"),
        ("erreurs,info", "", "VOC101 VOC104"),
        ("remarque", "", "VOC104"),
        ("avertissement", "", "LST101 LST107 REQ101 VOC102"),
        ("à-revoir", "", "LST101 LST107 REQ101 VOC102"),
        ("", "warning", "VOC101 VOC104"),
        # the narrower word wins
        ("VOC", "VOC102", "VOC101 VOC104"),
        ("VOC102", "VOC", "VOC102"),
        ("LST VOC102", "VOC1", "LST101 LST107 VOC102"),
        ("VOC1", "VOC", "VOC101 VOC102 VOC104"),
        ("error", "VOC101", ""),
        ("error", "VOC", ""),
        ("warning", "LST", "REQ101 VOC102"),
        # of two as narrow, what is not wanted wins
        ("VOC", "VOC", ""),
        ("VOC102", "term-alias", ""),
        # a severity to ignore gives way to nothing but a rule named by itself
        ("VOC", "info", "VOC101 VOC102"),
        ("VOC10", "info", "VOC101 VOC102"),
        ("VOC104", "info", "VOC104"),
        ("VOC VOC104", "info", "VOC101 VOC102 VOC104"),
        ("info", "info", ""),
    ],
)
def test_what_is_asked_for(select: str, ignore: str, left: str) -> None:
    assert taken(select, ignore) == left


def test_every_rule_is_found_by_its_code_its_name_and_its_family() -> None:
    for code, rule in RULES.items():
        for word in (code, rule.name, code[:3]):
            finding = Finding(code, "info", Title(0, "A"), "", "", Text("", ""))
            assert parse_selection([word]).takes(finding), word


@pytest.mark.parametrize("word", ["V", "VO", "VOCAB", "VOC9", "VOC1021", "XXX", "grave", "*"])
def test_a_word_that_means_nothing_is_an_error(word: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_selection(["LST101"], [word])
    assert f"« {word} » ne désigne ni une règle" in raised.value.message.fr
    assert f"“{word}” names no rule" in raised.value.message.en
    assert raised.value.exit_code == 2


def test_all_unknown_words_are_told_at_once_with_the_nearest_known() -> None:
    with pytest.raises(InputError) as raised:
        parse_selection(["VOC1O2,erreure"], ["term-alais"])
    error = raised.value
    assert error.message.fr.startswith("« VOC1O2 » et « erreure » et « term-alais » ne désignent")
    assert error.advice is not None
    for word in ("VOC102", "erreur", "term-alias"):
        assert word in error.advice.fr
