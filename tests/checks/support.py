"""What the tests of the rules share: the trial mapping, pages out of text, fixes applied."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from wikibot.checks import Finding, check_page
from wikibot.edits import Change
from wikibot.mapping import Mapping, load_mapping
from wikibot.page import Page, Revision
from wikibot.title import FRENCH
from wikibot.wikitext import FRENCH_WIKI, set_parameter, transclusions

HERE = Path(__file__).parent


@cache
def trial_mapping() -> Mapping:
    return load_mapping(HERE / "mapping")


def page(text: str, title: str = "Une fiche") -> Page:
    return Page(1, FRENCH.parse(title), Revision(1, 0, datetime(2026, 1, 1, tzinfo=UTC)), text)


def findings(text: str, code: str = "") -> list[Finding]:
    """Return what the rules (or one of them) say of a text, by the trial mapping."""
    found = check_page(page(text), trial_mapping(), FRENCH_WIKI)
    return [finding for finding in found if code in ("", finding.rule)]


def applied(text: str, change: Change) -> str:
    """Return the text with one change made, as a save would make it."""
    call = [c for c in transclusions(text) if c.name == change.template][change.index]
    return set_parameter(text, call, change.parameter, change.new, after=change.after)


def mended(text: str, code: str) -> str:
    """Return the text when every fix of a rule was made, one at a time, to the last."""
    for _ in range(50):
        change = next((f.change for f in findings(text, code) if f.change), None)
        if change is None:
            return text
        text = applied(text, change)
    raise AssertionError(f"{code} never comes to an end")
