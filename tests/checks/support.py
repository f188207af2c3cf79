"""What the tests of the rules share: the trial mapping, pages out of text, fixes applied."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.checks.collection import TODAY, Collection
from wikibot.checks import Finding, check_lists, check_page, errors_of
from wikibot.checks.sifting import Wishes, sift
from wikibot.checks.waivers import waivers_on
from wikibot.edits import Change, PageEdit, rebase
from wikibot.mapping import Mapping, load_mapping
from wikibot.page import Page, Revision
from wikibot.title import FRENCH
from wikibot.wikitext import FRENCH_WIKI

HERE = Path(__file__).parent


@cache
def trial_mapping() -> Mapping:
    return load_mapping(HERE / "mapping")


def page(text: str, title: str = "Une fiche") -> Page:
    return Page(1, FRENCH.parse(title), Revision(1, 0, datetime(2026, 1, 1, tzinfo=UTC)), text)


def findings(text: str, code: str = "", case: dict[str, Any] | None = None) -> list[Finding]:
    """Return what the rules (or one of them) say of a text on TODAY, by the trial mapping.

    A case may bring the other pages of a collection.
    """
    collection = Collection.of_case(case or {}, text)
    here = collection.pages[0]
    found = check_page(here, trial_mapping(), FRENCH_WIKI)
    errors = [finding for finding in found if finding.severity == "error"]
    assert errors_of(here, trial_mapping(), FRENCH_WIKI) == errors
    if case:
        beside = collection.beside(trial_mapping(), collection.pages, whole=True, lists=True)
        listed = check_lists(trial_mapping(), beside)
        beside = collection.beside(trial_mapping(), [here])
        found = check_page(here, trial_mapping(), FRENCH_WIKI, beside)
        found += [finding for finding in listed if finding.title == here.title]
    on_pages = {here.title: waivers_on(here, trial_mapping(), FRENCH_WIKI)}
    sifted = sift(found, {here.title: here.id}, on_pages, Wishes(TODAY))
    return [finding for finding in sifted.findings if code in ("", finding.rule)]


def applied(text: str, change: Change) -> str:
    """Return the text with one change made, as a save would make it."""
    now = page(text)
    edit = PageEdit(str(now.title), now.id, now.revision.id, (change,))
    return rebase(now, edit, FRENCH_WIKI).text


def mended(text: str, code: str, case: dict[str, Any] | None = None) -> str:
    """Return the text when every fix of a rule was made, one at a time, to the last."""
    for _ in range(50):
        change = next((f.change for f in findings(text, code, case) if f.change), None)
        if change is None:
            return text
        text = applied(text, change)
    raise AssertionError(f"{code} never comes to an end")
