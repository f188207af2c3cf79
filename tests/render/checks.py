"""A check made of findings that a test makes up, and texts that mean harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from wikibot.checks import Finding, check_page
from wikibot.checks.sifting import Sifted
from wikibot.edits import Change
from wikibot.language import Text
from wikibot.mapping import load_mapping
from wikibot.page import Page, Revision
from wikibot.render.checked import Checked
from wikibot.title import FRENCH, Title
from wikibot.wikitext import FRENCH_WIKI

MAPPING = load_mapping("resilience")
# What a page can hold: none of it may be more than text anywhere.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><svg onload=alert(1)>",
    "</style><style>*{display:none}",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "{{7*7}} {% include 'x' %}",
    "]]--><!--",
    "&lt;b&gt; &#60;",
    "=1+1",
    '=HYPERLINK("https://example.org/","x")',
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "#N/A",
    "_x0041_",
    "a\u202eb\u200bc",
    "\x1b[31m\x07\x00",
    "\ud800",
    "[[Catégorie:Piège]]",
    "{{Ressource|licence=X}}",
    "~~~~",
    "'''gras''' ''italique''",
    "__NOTOC__",
    "https://example.org/x",
    "mailto:x",
    "ISBN 0000000000",
    "<ref>x</ref>",
    "-{x}-",
)


def page(name: str, wikitext: str, number: int = 1) -> Page:
    day = datetime(2026, 1, 31, tzinfo=UTC)
    return Page(number, FRENCH.parse(name), Revision(number, 0, day), wikitext)


def finding(
    title: Title | str = "Haies",
    value: str = "x",
    *,
    severity: str = "error",
    rule: str = "VOC101",
    field: str = "licence",
    new: str | None = None,
    safe: bool = False,
) -> Finding:
    change = None
    if new is not None:
        change = Change("Ressource", 0, field, value, new, field, rule, safe)
    words = Text(f"Le champ contient « {value} ».", f"The field holds “{value}”.")
    title = title if isinstance(title, Title) else FRENCH.parse(title)
    return Finding(rule, severity, title, field, value, words, change)  # type: ignore[arg-type]


def checked(
    found: Iterable[Finding] = (),
    pages: Iterable[Page] = (),
    *,
    sifted: Sifted | None = None,
    address: Callable[[Title], str | None] = lambda _: None,
) -> Checked:
    return Checked(
        sifted=sifted or Sifted(tuple(found)),
        pages={each.title: each for each in pages},
        mapping=MAPPING,
        syntax=FRENCH_WIKI,
        place="https://wiki.example.org/api.php",
        today=date(2026, 1, 31),
        address=address,
    )


def really(*pages: Page, address: Callable[[Title], str | None] = lambda _: None) -> Checked:
    """Return a check of pages with what the rules find on them."""
    found = [f for each in pages for f in check_page(each, MAPPING, FRENCH_WIKI)]
    return checked(found, pages, address=address)
