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

    `value_lists` are the lists of allowed values by name, `in_use` the values that Semantic
    MediaWiki holds of a property.
    """

    templates: Mapping[str, TemplatePage] = field(default_factory=dict)
    forms: Mapping[str, FormPage] = field(default_factory=dict)
    properties: Mapping[str, PropertyPage] = field(default_factory=dict)
    value_lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_use: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sample: Sample = field(default_factory=Sample)
    namespaces: Namespaces = FRENCH


@dataclass(frozen=True)
class Reason:
    """Why one key of an entry is what it is; `guessed` where nothing proves it."""

    key: str
    why: Text
    guessed: bool = False


@dataclass(frozen=True)
class FoundField:
    """A field as the wiki has it, and the reasons, by key."""

    field: Field
    reasons: tuple[Reason, ...]

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
