"""What was found of a wiki, with the reason of each decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wikibot.discovery.form_page import FormPage
from wikibot.discovery.property_page import PropertyPage
from wikibot.discovery.sample import Sample
from wikibot.discovery.template_page import TemplatePage
from wikibot.language import Text
from wikibot.mapping import Field, PageType, Vocabulary
from wikibot.title import FRENCH, Namespaces


@dataclass(frozen=True)
class Sources:
    """All that was read of a wiki: by name of the template, the form, the property.

    `whole`: the wiki was asked for its templates and forms, so that what is not here is not there.
    `partly`: of a template, the pages looked at and those that call it; "" stands for the wiki.
    `value_lists` are the lists of allowed values by name, `in_use` the values that Semantic
    MediaWiki holds of a property.
    """

    templates: Mapping[str, TemplatePage] = field(default_factory=dict)
    forms: Mapping[str, FormPage] = field(default_factory=dict)
    properties: Mapping[str, PropertyPage] = field(default_factory=dict)
    value_lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_use: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sample: Sample = field(default_factory=Sample)
    partly: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    namespaces: Namespaces = FRENCH
    whole: bool = False

    @property
    def tells_templates(self) -> bool:
        """Return whether a template that is not here can be gone, not just left out."""
        return self.whole or bool(self.templates or self.forms)

    @property
    def tells_forms(self) -> bool:
        """Return whether a form that is not here can be gone, not just left out."""
        has_forms = self.namespaces.number("Form") is not None
        return bool(self.forms) or (self.whole and has_forms)

    def target(self, template: str) -> str:
        """Return the template that a name leads to; circles lead to where they were entered."""
        name, met = template, {template}
        while (page := self.templates.get(name)) is not None and page.redirect is not None:
            if page.redirect in met:
                return name
            met.add(page.redirect)
            name = page.redirect
        return name


@dataclass(frozen=True)
class Reason:
    """Why one key of an entry is what it is; `guessed` where nothing proves it."""

    key: str
    why: Text
    guessed: bool = False


@dataclass(frozen=True)
class FoundField:
    """A field as the wiki has it, the reasons by key, and every property that it feeds."""

    field: Field
    reasons: tuple[Reason, ...]
    properties: frozenset[str] = frozenset()

    def reason(self, key: str) -> Reason | None:
        """Return why the key is what it is, or None where it is as usual."""
        return next((reason for reason in self.reasons if reason.key == key), None)

    def proves(self, key: str) -> bool:
        """Return whether template, form or property prove the key."""
        reason = self.reason(key)
        return reason is not None and not reason.guessed


@dataclass(frozen=True)
class FoundType:
    """A page type as the wiki has it; its fields are those of `page_type`, in that order."""

    page_type: PageType
    fields: tuple[FoundField, ...]
    reasons: tuple[Reason, ...]

    @property
    def proven(self) -> bool:
        """Return whether template or form were read, not the pages alone."""
        return any(found.field.verified for found in self.fields)


@dataclass(frozen=True)
class FoundVocabulary:
    """A vocabulary; `guessed` where its terms are but those that pages use."""

    vocabulary: Vocabulary
    why: Text
    guessed: bool


@dataclass(frozen=True)
class Found:
    """Everything; `notes` are what a person should know and no file can hold."""

    types: tuple[FoundType, ...]
    vocabularies: tuple[FoundVocabulary, ...]
    notes: tuple[Text, ...] = ()

    def vocabulary(self, name: str | None) -> FoundVocabulary | None:
        """Return the vocabulary of that id, or None."""
        return next((v for v in self.vocabularies if v.vocabulary.id == name), None)
