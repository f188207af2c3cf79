"""What is to be mended, by the person who is to be asked: one list each, to be handed out."""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks import Finding
from wikibot.language import Language, Text, counted
from wikibot.mapping import fold
from wikibot.render.checked import RANK, Checked, by_page, shareable
from wikibot.render.text import PAGE, SEVERITY
from wikibot.title import Title

_NOBODY = Text("Sans contact indiqué", "No contact given")
_THINGS = (Text("point", "point"), Text("points", "points"))
_COLON = Text(" :", ":")
_DONE = Text("Rien à corriger.", "Nothing to mend.")
_OfPage = tuple[Title, tuple[Finding, ...]]


def todo(checked: Checked, language: Language) -> Iterator[str]:
    """Yield a list for each contact, those pages last that name none.

    A page stands under each of its contacts; the gravest pages come first, and on a page the
    gravest findings.
    """
    people: dict[str, tuple[str, list[_OfPage]]] = {}
    alone: list[_OfPage] = []
    for title, found in by_page(checked.sifted.findings):
        names = checked.contacts(title)
        for name in names:
            people.setdefault(fold(name) or name, (name, []))[1].append((title, found))
        if not names:
            alone.append((title, found))
    for _, (name, pages) in sorted(people.items()):
        yield from _list(shareable(name, language), pages, checked, language)
    if not checked.sifted.findings:
        yield _DONE.into(language)
    if alone:
        yield from _list(_NOBODY.into(language), alone, checked, language)


def _list(name: str, pages: list[_OfPage], checked: Checked, language: Language) -> Iterator[str]:
    number = counted(sum(len(found) for _, found in pages), *_THINGS).into(language)
    heading = f"{name} ({counted(len(pages), *PAGE).into(language)}, {number})"
    yield heading
    yield "=" * len(heading)
    yield ""
    for title, found in sorted(pages, key=_gravity):
        yield shareable(str(title), language)
        address = checked.address(title)
        if address and "://" in address:
            yield f"  {address}"
        for finding in found:
            how = SEVERITY[finding.severity].into(language) + _COLON.into(language)
            yield f"  [ ] {how} {' '.join(checked.shown(finding, language).message.split())}"
        yield ""


def _gravity(of_page: _OfPage) -> tuple[int, int, Title]:
    title, found = of_page
    gravest = min(RANK[finding.severity] for finding in found)
    return gravest, -sum(RANK[finding.severity] == gravest for finding in found), title
