"""What pages say to bots, and whether wikibot heeds it: `cases/exclusion.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wikitext.hostile import FRAGMENTS
from wikibot.edits import exclusion as module
from wikibot.edits.exclusion import exclusion
from wikibot.errors import AmbiguousWikitext
from wikibot.wikitext import FRENCH_WIKI, transclusions

ACCOUNT = "Bot des haies"
IN_USE = ("En travaux", "Modèle:travaux")
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "exclusion.toml").read_text(encoding="utf-8")
)["case"]
FORBIDDEN = [case for case in CASES if "why" in case]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
@pytest.mark.parametrize("account", [ACCOUNT, "bot_des haies@nuit"])
def test_a_page_of_this_text(case: dict[str, Any], account: str) -> None:
    assert set(case) <= {"name", "text", "why", "code", "anonymous"}
    found = exclusion(case["text"], account, IN_USE, FRENCH_WIKI)
    if "why" not in case:
        assert found is None
        return
    assert found is not None
    code, words = found
    assert code == case.get("code", "nobots")
    assert case["why"] in words.fr
    assert len(words.fr.splitlines()) == len(words.en.splitlines()) == 1


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_without_an_account_only_what_is_asked_of_every_bot_counts(case: dict[str, Any]) -> None:
    may_edit = exclusion(case["text"], None, IN_USE, FRENCH_WIKI) is None
    assert may_edit == case.get("anonymous", "why" not in case)


@pytest.mark.parametrize("case", FORBIDDEN, ids=[case["name"] for case in FORBIDDEN])
def test_no_call_that_lets_in_outweighs_one_that_forbids(case: dict[str, Any]) -> None:
    for text in ("{{bots}}" + case["text"], case["text"] + f"{{{{bots|allow={ACCOUNT}}}}}"):
        found = exclusion(text, ACCOUNT, IN_USE, FRENCH_WIKI)
        assert found is not None and found[0] == case.get("code", "nobots")


@pytest.mark.parametrize("case", FORBIDDEN, ids=[case["name"] for case in FORBIDDEN])
def test_no_call_counts_once_it_stands_in_nowiki_or_a_comment(case: dict[str, Any]) -> None:
    text = case["text"].replace("<nowiki>", "").replace("</nowiki>", "")
    assert exclusion(f"<nowiki>{text}</nowiki>", ACCOUNT, IN_USE, FRENCH_WIKI) is None
    if "-->" not in text:
        assert exclusion(f"<!--{text}-->", ACCOUNT, IN_USE, FRENCH_WIKI) is None


def test_without_names_of_templates_no_page_is_in_use() -> None:
    assert exclusion("{{En travaux}}", ACCOUNT, (), FRENCH_WIKI) is None
    assert exclusion("{{En travaux}}{{}}", ACCOUNT, ("", " "), FRENCH_WIKI) is None


def test_a_text_that_cannot_be_read_is_not_guessed_at() -> None:
    with pytest.raises(AmbiguousWikitext):
        exclusion("{{nobots}}" + "{{a|b=" * 100_000, ACCOUNT, IN_USE, FRENCH_WIKI)


def test_a_page_that_names_no_such_template_is_not_even_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(module, "transclusions", unread)
    text = "{{Ressource|titre=Le robot en cours de route}}<!-- {{nobots}} {{En travaux}} -->"
    assert exclusion(text, ACCOUNT, IN_USE, FRENCH_WIKI) is None


PIECES = ("{{nobots}}", "{{bots|deny=all}}", "{{en_travaux}}", "no", "bots", "{{En ", "travaux}}")


@given(st.lists(st.sampled_from((*FRAGMENTS, *PIECES)), max_size=30).map("".join))
def test_whatever_is_around_it_a_live_call_is_heeded(text: str) -> None:
    found = exclusion(text, None, ("En travaux",), FRENCH_WIKI)
    live = {call.name for call in transclusions(text)}
    if "Nobots" in live:
        assert found is not None and found[0] == "nobots"
    elif "Bots" not in live:
        assert (found is not None) == ("En travaux" in live)
