"""The values of a mapping. One class is one table of a TOML file, and its schema."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field as Key
from pydantic import StringConstraints

from wikibot.mapping.base import Id, Line, Table
from wikibot.mapping.overview import Overview
from wikibot.mapping.rules import RuleSettings, WaiverEntry
from wikibot.mapping.vocabulary import Label, Vocabulary
from wikibot.title import canonical_name

Kind = Literal[
    "term",
    "text",
    "longtext",
    "page",
    "user",
    "file",
    "url",
    "email",
    "date",
    "number",
    "amount",
    "boolean",
    "coordinates",
]
Separator = Annotated[str, StringConstraints(min_length=1, pattern=r"^(?:[^\n\r]+|\n)$")]


class Field(Table):
    """One entry of a page type: joins a parameter of the template and a property."""

    id: Id = Key(description="Our name of the field: stable, ASCII.")
    label: Label = Key(description="The name people see.")
    parameter: Line = Key(description="The parameter of the template that holds the value.")
    parameter_aliases: tuple[Line, ...] = Key(
        default=(), strict=False, description="Other names under which pages hold it."
    )
    property: Line | None = Key(default=None, description="The Semantic MediaWiki property.")
    kind: Kind = Key(description="What a value is.")
    many: bool = Key(default=False, description="The value is a list.")
    separator: Separator = Key(
        default=",",
        description='What stands between the values of a list; "\\n": each is a line of its own.',
    )
    vocabulary: Id | None = Key(default=None, description="The vocabulary of a term.")
    required: Literal["error", "warning", False] = Key(
        default=False, description="How grave an empty field is."
    )
    verified: bool = Key(
        default=False, description="The parameter's name was seen on the wiki itself."
    )
    computed: bool = Key(default=False, description="The template computes it: never written.")
    keywords: bool = Key(default=False, description="A list of free keywords.")
    wikitext: bool = Key(
        default=False, description="The value is wikitext (links, lists, …), not plain text."
    )
    max_length: int | None = Key(default=None, ge=1, description="In characters.")
    placeholders: tuple[Line, ...] = Key(
        default=(), strict=False, description="Values that stand for «nothing yet»."
    )
    same_as: Id | None = Key(
        default=None, description="A field of the page that must hold the same value."
    )
    pages_of: Id | None = Key(
        default=None, description="The page type of the pages that a field of pages names."
    )
    listed_as: Label | None = Key(
        default=None,
        description="The heading under which the pages it names list the pages that name them.",
    )
    mutual: bool = Key(
        default=False,
        description="A page that it names should name this one too, in the same field.",
    )
    named_in: Id | None = Key(
        default=None,
        description="The field in which a page of another type, named here, should name this one.",
    )
    contact: bool = Key(
        default=False, description="Names who is to be asked about the page; one field a type."
    )
    unique: Literal["name", "content", False] = Key(
        default=False,
        description='No two pages of the type share its value: "name", the name they are shown '
        'by; "content", what would make them one thing under two titles.',
    )
    plans_actions: bool = Key(
        default=False,
        description="Its text tells what is to be done: `actions suggest` looks for actions in it.",
    )
    heading: Label | None = Key(
        default=None, description="A heading that form and page put before the field."
    )
    help: Label | None = Key(default=None, description="A line of advice for who fills it.")

    @cached_property  # the class has a field `property`, so no @property below it
    def parameters(self) -> tuple[str, ...]:
        """Return the parameter's name, then its other names."""
        return (self.parameter, *self.parameter_aliases)


class Board(Table):
    """Which fields of a page type make the board of a page: «Suivi des actions»."""

    label: Label = Key(description="What the board is called.")
    column: Id = Key(description="The field whose term is the column.")
    columns: tuple[Line, ...] = Key(
        strict=False, min_length=1, description="The terms that are columns, in order."
    )
    status: Id | None = Key(
        default=None, description="The field that says whether an entry is on the board."
    )
    open: Line | None = Key(
        default=None, description="The status of those that are; none written means it too."
    )
    done_closes: bool = Key(
        default=False,
        description="What comes into the last column is closed, and what is closed comes there.",
    )
    related: Id = Key(description="The field that names the pages on whose board it is.")
    title: Id = Key(description="The field that an entry is shown by.")
    due: Id | None = Key(default=None, description="The date by which entries are sorted.")
    assigned: Id | None = Key(default=None, description="The field of who takes care of it.")
    details: Id | None = Key(default=None, description="The field of what one has to know of it.")
    resolution: Id | None = Key(default=None, description="The field of how it ended.")


class PageType(Table):
    """Pages that hold a call of one template."""

    id: Id
    label: Label
    about: Label | None = Key(
        default=None, description="A sentence that says what its pages describe."
    )
    template: Line = Key(description="The template whose call holds the fields.")
    template_aliases: tuple[Line, ...] = Key(
        default=(), strict=False, description="Other names of it (redirects)."
    )
    category: Line | None = None
    form: Line | None = None
    namespace: int = Key(default=0, description="The number of the namespace of its pages.")
    repeats: bool = Key(
        default=False, description="A page may hold several calls of it, each an entry of its own."
    )
    part_of: Id | None = Key(
        default=None, description="The page type on whose pages its calls stand, in one form."
    )
    numbered: bool = Key(
        default=False, description="Its pages have numbers for names: Action:1, Action:2, …"
    )
    stale_after_months: int | None = Key(
        default=None, ge=1, description="A page not edited for longer is to be read again."
    )
    board: Board | None = Key(default=None, description="Its pages are entries of a board.")
    overview: Overview | None = Key(default=None, description="What overviews show of its pages.")
    fields: tuple[Field, ...] = Key(strict=False, min_length=1, description="In the form's order.")

    @property
    def templates(self) -> tuple[str, ...]:
        """Return every name of its template, normalised, the first one leading."""
        return tuple(canonical_name(name) for name in (self.template, *self.template_aliases))

    @cached_property
    def _by_id(self) -> dict[str, Field]:
        return {field.id: field for field in self.fields}

    @cached_property
    def _by_parameter(self) -> dict[str, Field]:
        return {name: field for field in self.fields for name in field.parameters}

    def field(self, field_id: str) -> Field | None:
        """Return the field of that id, or None."""
        return self._by_id.get(field_id)

    def field_of(self, parameter: str) -> Field | None:
        """Return the field that a parameter (or an alias of it) holds, or None."""
        return self._by_parameter.get(parameter)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the parameters in the form's order."""
        return tuple(field.parameter for field in self.fields)


def people_types(page_types: Iterable[PageType]) -> frozenset[str]:
    """Return the page types whose pages are persons: those that a field of persons names."""
    return frozenset(
        field.pages_of
        for page_type in page_types
        for field in page_type.fields
        if field.kind == "user" and field.pages_of is not None
    )


class WikiSettings(Table):
    """What holds for the wiki as a whole (`wiki.toml`)."""

    id: Id
    label: Label
    language: Literal["fr", "en"] = "fr"
    summary: Line | None = Key(
        default=None, description="Words that end every edit summary (a link to the bot's page)."
    )
    rules: dict[str, RuleSettings] = Key(
        default={}, description="Code of a rule → how grave it is here, or that it is off."
    )


class Mapping(Table):
    """All page types and vocabularies of one wiki."""

    wiki: WikiSettings
    page_types: tuple[PageType, ...]
    vocabularies: tuple[Vocabulary, ...]
    waivers: tuple[WaiverEntry, ...] = ()

    @cached_property
    def _vocabularies(self) -> dict[str, Vocabulary]:
        return {vocabulary.id: vocabulary for vocabulary in self.vocabularies}

    @cached_property
    def _by_template(self) -> dict[str, PageType]:
        return {name: pt for pt in reversed(self.page_types) for name in pt.templates}

    @property
    def id(self) -> str:
        """Return the id of the wiki this mapping is for."""
        return self.wiki.id

    @property
    def templates(self) -> tuple[str, ...]:
        """Return every template name of every page type."""
        return tuple(self._by_template)

    def vocabulary(self, field: Field) -> Vocabulary | None:
        """Return the vocabulary of a field, or None."""
        return self._vocabularies.get(field.vocabulary) if field.vocabulary else None

    def type_of(self, template: str) -> PageType | None:
        """Return the page type whose template has this (normalised) name, or None."""
        return self._by_template.get(template)

    def page_type(self, type_id: str) -> PageType | None:
        """Return the page type of that id, or None."""
        return next((pt for pt in self.page_types if pt.id == type_id), None)

    @cached_property
    def people(self) -> frozenset[str]:
        """Return the page types whose pages are persons."""
        return people_types(self.page_types)

    def named_back(self, page_type: PageType) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return field → the fields of pages that it should name in return, by type and id."""
        return self._returns.get(page_type.id, {})

    @cached_property
    def _returns(self) -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
        found: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}
        for page_type in self.page_types:
            for field in page_type.fields:
                back = field.id if field.mutual else field.named_in
                if back is not None and field.pages_of is not None:
                    of_type = found.setdefault(field.pages_of, {})
                    of_type[back] = (*of_type.get(back, ()), (page_type.id, field.id))
        return found
