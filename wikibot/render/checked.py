"""A check as its reports see it: findings by page, with their places, labels and contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from wikibot.checks import Finding
from wikibot.checks.sifting import Sifted
from wikibot.contacts import without_contacts
from wikibot.edits import FieldValue, Record, records_of
from wikibot.edits.titles import person_named
from wikibot.errors import AmbiguousWikitext
from wikibot.language import Language, Text
from wikibot.mapping import Mapping as WikiMapping
from wikibot.mapping import PageType
from wikibot.page import Page
from wikibot.redaction import redacted
from wikibot.title import Title
from wikibot.visible import visible
from wikibot.wikitext import Parameter, Syntax

RANK = {"error": 0, "warning": 1, "info": 2}
_MASKED = Text("(adresse masquée)", "(address hidden)")
_NO_NUMBER = Text("(numéro masqué)", "(number hidden)")


@dataclass(frozen=True)
class Shown:
    """One finding in words that can be handed on: no secret, no hidden sign, nobody's address.

    `old` and `new` are what a fix would change, both "" where there is none.
    """

    page: str
    rule: str
    severity: str
    field: str
    message: str
    value: str
    old: str = ""
    new: str = ""
    fix: bool = False
    safe: bool = False


@dataclass(frozen=True)
class Checked:
    """What was checked and found.

    `pages` are those read, in their order; `address` says where a page is: its address on a
    server, its file in a folder, or None.
    """

    sifted: Sifted
    pages: Mapping[Title, Page]
    mapping: WikiMapping
    syntax: Syntax
    place: str
    today: date
    address: Callable[[Title], str | None]

    @cached_property
    def _records(self) -> dict[Title, tuple[Record, ...]]:
        return {}

    def records(self, title: Title) -> tuple[Record, ...]:
        """Return the records of a page, none where it cannot be read with certainty."""
        if title not in self._records:
            page = self.pages.get(title)
            try:
                found = records_of(page, self.mapping, self.syntax) if page else ()
            except AmbiguousWikitext:
                found = ()
            self._records[title] = found
        return self._records[title]

    def page_type(self, title: Title) -> PageType | None:
        """Return the type of a page that has a form of its own, else of its first call."""
        types = [record.page_type for record in self.records(title)]
        return next((each for each in types if each.form), types[0] if types else None)

    def field(self, finding: Finding) -> tuple[Record, FieldValue] | None:
        """Return the field that a finding is about; of several calls, the one it means."""
        change = finding.change
        found = [
            (record, record.values[finding.field])
            for record in self.records(finding.title)
            if finding.field in record.values
            and (change is None or (record.call.name, record.index) == _call_of(finding))
        ]
        alike = [pair for pair in found if finding.value in (pair[1].text, *pair[1].items)]
        return next(iter(alike or found), None)

    def parameter(self, finding: Finding) -> Parameter | None:
        """Return the argument on the page that a finding is about, if it is there."""
        field = self.field(finding)
        if field is not None:
            return field[1].parameter
        calls = [record.call for record in self.records(finding.title)]
        return next(
            (c.parameters[finding.field] for c in calls if finding.field in c.parameters), None
        )

    def label(self, finding: Finding, language: Language) -> str:
        """Return the name of the field for people, else that of the parameter, "" for neither."""
        field = self.field(finding)
        return field[1].field.label.text.into(language) if field else finding.field

    def contacts(self, title: Title) -> tuple[str, ...]:
        """Return who is to be asked about a page: names as the page gives them, each once."""
        names: dict[str, None] = {}
        for record in self.records(title):
            for found in record.values.values():
                if found.field.contact and not found.is_empty:
                    names |= dict.fromkeys(
                        person_named(item, self.syntax.namespaces) for item in found.items
                    )
        return tuple(name for name in names if name)

    def shown(self, finding: Finding, language: Language) -> Shown:
        """Return a finding in words that can be handed on."""

        def words(text: str) -> str:
            return shareable(text, language)

        shown = Shown(
            page=words(str(finding.title)),
            rule=finding.rule,
            severity=finding.severity,
            field=words(self.label(finding, language)),
            message=words(finding.message.into(language)),
            value=words(finding.value),
        )
        change = finding.change
        if change is None:
            return shown
        old, new = change.old, change.new
        if change.renamed_from:
            old, new = change.renamed_from, change.parameter
        return replace(shown, old=words(old), new=words(new), fix=True, safe=change.safe)


def by_page(found: Iterable[Finding]) -> Iterator[tuple[Title, tuple[Finding, ...]]]:
    """Yield the pages in their order, each with its findings, the gravest first."""
    pages: dict[Title, list[Finding]] = {}
    for finding in found:
        pages.setdefault(finding.title, []).append(finding)
    for title, of_page in pages.items():
        yield title, tuple(sorted(of_page, key=lambda finding: RANK[finding.severity]))


def shareable(text: str, language: Language) -> str:
    """Return text without secrets and hidden signs, mail addresses and telephone numbers.

    Its lines stay lines.
    """
    masked = without_contacts(redacted(text), _MASKED.into(language), _NO_NUMBER.into(language))
    return "\n".join(map(visible, masked.splitlines()))


def _call_of(finding: Finding) -> tuple[str, int] | None:
    change = finding.change
    return (change.template, change.index) if change else None
