"""The second reading of a call, which is remembered: by all that was asked, not by a part of it."""

from __future__ import annotations

import pytest

from wikibot.wikitext import agreement
from wikibot.wikitext.agreement import other_parser_agrees
from wikibot.wikitext.second_reader import Arguments, arguments_of


def test_the_same_call_is_read_once_and_another_answer_is_never_given_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def counted(source: str) -> Arguments | None:
        read.append(source)
        return arguments_of(source)

    monkeypatch.setattr(agreement, "arguments_of", counted)
    monkeypatch.setattr(agreement, "_told", {})
    call, longer = "{{Fiche|nom=mare|2}}", "{{Fiche|nom=mare|2=}}"
    for _ in range(2):
        assert other_parser_agrees(call, [("nom", "mare"), ("1", "2")])
        assert not other_parser_agrees(call, [("nom", "mare")])
        assert not other_parser_agrees(call, [("nom", "mare"), ("1", "2"), ("2", "")])
        assert not other_parser_agrees(call, [("nom", "talus"), ("1", "2")])
        assert not other_parser_agrees(longer, [("nom", "mare"), ("1", "2")])
        assert other_parser_agrees(longer, [("nom", "mare"), ("2", "")])
    assert len(read) == 6


def test_what_is_remembered_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "_told", {})
    monkeypatch.setattr(agreement, "_MOST_TOLD", 3)
    for number in range(8):
        assert other_parser_agrees(f"{{{{F|a={number}}}}}", [("a", str(number))])
        assert len(agreement._told) <= 3


def test_a_character_that_no_encoding_knows_is_no_error() -> None:
    assert other_parser_agrees("{{F|a=\ud800}}", [("a", "\ud800")])
