"""The values of vocabularies: terms, and what people type for them."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import Literal

from pydantic import Field as Key

from wikibot.language import Text
from wikibot.mapping.base import Id, Line, Table

TermKey = Literal["label", "name", "code", "url", "open", "since", "until"]

# A plus at the end of a word is part of it: «GPL-3.0+» is another licence than «GPL-3.0».
_NOT_WORDS = re.compile(r"(?:[^\w+]|_|(?<![^\W_])\+)+")


def fold(text: str) -> str:
    """Return `text` without accents, case and punctuation, for comparing what people type.

    `Économie  circulaire` and `economie-circulaire` both give `economie circulaire`.
    """
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
        if not unicodedata.combining(c)
    )
    return _NOT_WORDS.sub(" ", plain.casefold()).strip()


class Label(Table):
    """A name for people, in French and in English."""

    fr: Line
    en: Line

    @property
    def text(self) -> Text:
        """Return the label as a text of both languages."""
        return Text(self.fr, self.en)


class Term(Table):
    """One value of a vocabulary, as the wiki writes it, with the other spellings in use."""

    label: Line = Key(description="What stands on the page.")
    aliases: tuple[Line, ...] = Key(default=(), strict=False, description="Other spellings.")
    hints: tuple[Line, ...] = Key(
        default=(), strict=False, description="What may mean it, for a person to confirm."
    )
    code: Line | None = Key(default=None, description="A standard's code (SPDX for licences).")
    url: Line | None = Key(default=None, description="Where the term is defined.")
    open: bool | None = Key(default=None, description="For a licence: an open one or not.")
    parent: Line | None = Key(default=None, description="The label of the broader term.")
    since: int | None = Key(default=None, description="The year from which it is used.")
    until: int | None = Key(default=None, description="The last year in which it was used.")
    replaced_by: Line | None = Key(default=None, description="The label of its successor.")
    note: Label | None = None


class Vocabulary(Table):
    """The values a term field may hold."""

    id: Id
    label: Label
    open: bool = Key(default=False, description="Other values are accepted too.")
    source: Line | None = Key(default=None, description="Where the terms come from.")
    page_type: Id | None = Key(
        default=None, description="Each term is the title of a page of this page type."
    )
    page_fields: dict[TermKey, Id] = Key(
        default={}, description="What a term says → the field of its page that says it."
    )
    terms: tuple[Term, ...] = Key(strict=False, min_length=1)

    @cached_property
    def _by_label(self) -> dict[str, Term]:
        return {term.label: term for term in self.terms}

    @cached_property
    def _by_alias(self) -> dict[str, Term]:
        return {alias: term for term in self.terms for alias in term.aliases}

    @cached_property
    def _by_fold(self) -> dict[str, Term | None]:
        """Folded spelling → the one term it can mean, or None where several claim it."""
        found: dict[str, Term | None] = {}
        for term in self.terms:
            for spelling in {
                fold(s) for s in (term.label, *term.aliases, *filter(None, (term.code,)))
            } - {""}:
                found[spelling] = term if found.get(spelling, term) is term else None
        return found

    def term(self, label: str) -> Term | None:
        """Return the term written exactly so, or None."""
        return self._by_label.get(label)

    def meant_by(self, text: str) -> Term | None:
        """Return the one term that `text` can mean: label, alias, code, case, accents.

        None where no term or more than one could be meant.
        """
        text = text.strip()
        return self._by_label.get(text) or self._by_alias.get(text) or self._by_fold.get(fold(text))

    def nearest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Return up to `limit` labels that look like `text`, nearest first."""
        from rapidfuzz import fuzz, process

        if len(fold(text)) < 2:  # a code alone («B») looks like everything and means nothing
            return ()
        spellings = self._spellings
        ranked = process.extract(
            fold(text), [s for s, _ in spellings], scorer=fuzz.WRatio, score_cutoff=60, limit=20
        )
        labels = dict.fromkeys(spellings[index][1] for _, _, index in ranked)
        hinted = self.hinted(text)
        if hinted is not None:
            labels = dict.fromkeys((hinted.label, *labels))
        return tuple(labels)[:limit]

    def hinted(self, text: str) -> Term | None:
        """Return the one term that has `text` among its hints, or None."""
        wanted = fold(text)
        found = [term for term in self.terms if wanted in {fold(hint) for hint in term.hints}]
        return found[0] if wanted and len(found) == 1 else None

    @cached_property
    def _spellings(self) -> list[tuple[str, str]]:
        return [(fold(s), t.label) for t in self.terms for s in (t.label, *t.aliases, *t.hints)]
