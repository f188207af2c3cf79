"""Pages on their way into a collection, and what is planted in them before the rules look.

The clean pages are those of `clean_pages`; into them go what is to be found (see `defects`) and
what only looks like it (see `decoys`). All names, titles and words are made of syllables.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tests.checks.collection import TODAY, Collection, page_of
from wikibot.checks import check_lists, check_page
from wikibot.checks.cards import Improper
from wikibot.checks.sifting import Wishes, sift
from wikibot.checks.terms import is_obsolete
from wikibot.checks.waivers import waivers_on
from wikibot.mapping import Field, Mapping, PageType, Vocabulary, load_mapping
from wikibot.page import Page
from wikibot.wikitext import FRENCH_WIKI

MAPPING: Mapping = load_mapping("resilience")
Found = tuple[str, str, str]  # code, page, field
Planting = Callable[["World"], "list[Found] | None"]

_STARTS = ("br", "cl", "dr", "f", "gl", "j", "l", "m", "n", "pr", "r", "s", "t", "tr", "v")
_VOWELS = ("a", "é", "i", "o", "u", "ou", "an", "in", "on", "ai")
_ENDS = ("bre", "cle", "dine", "gue", "lier", "mont", "nelle", "quet", "rine", "teau", "vert")


@dataclass
class Sheet:
    """One page on its way: what its fields hold, and what was done to it."""

    title: str
    page_type: PageType
    values: dict[str, str]
    edited: date = TODAY
    done: bool = False  # of an action: in the last column, and closed
    taken: set[str] = field(default_factory=set)
    written_as: dict[str, str] = field(default_factory=dict)  # field → another parameter
    extra: list[tuple[str, str]] = field(default_factory=list)  # parameters that stand first
    last: str = ""  # text behind all parameters, inside the call
    below: str = ""

    def is_free(self, *field_ids: str) -> bool:
        """Return whether nothing was done yet to these fields."""
        return "*" not in self.taken and self.taken.isdisjoint(field_ids)

    def put(self, field_id: str, value: str) -> None:
        """Write a value, and let nobody else touch the field."""
        self.values[field_id] = value
        self.taken.add(field_id)

    @property
    def text(self) -> str:
        """Return the wikitext of the page, its parameters in the order of the form."""
        return f"{self.call(self.values, self.extra)}{self.last}\n}}}}{self.below}"

    def call(self, values: dict[str, str], extra: Iterable[tuple[str, str]] = ()) -> str:
        """Return the beginning of a call, all but its end."""
        named = [(self._name(f), values[f.id]) for f in self.page_type.fields if f.id in values]
        lines = (f"\n|{name}={value}" for name, value in (*extra, *named))
        return "{{" + self.page_type.template + "".join(lines)

    def _name(self, known: Field) -> str:
        return self.written_as.get(known.id, known.parameter)


@dataclass
class World:
    """The pages, those without a sheet too, and the chance that made them."""

    chance: random.Random
    sheets: list[Sheet] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    improper: dict[str, list[Improper]] = field(default_factory=dict)  # page → by the wiki itself

    def of(self, *type_ids: str) -> list[Sheet]:
        """Return the sheets of these types, in an order of chance."""
        found = [sheet for sheet in self.sheets if sheet.page_type.id in type_ids]
        self.chance.shuffle(found)
        return found

    def word(self) -> str:
        """Return an invented word that there was not yet, far from all others."""
        while True:
            made = "".join(self.chance.choice(p) for p in (_STARTS, _VOWELS, _STARTS, _VOWELS))
            made += self.chance.choice(_ENDS)
            if process.extractOne(made, self.words, scorer=OSA.distance, score_cutoff=2) is None:
                self.words.add(made)
                return made

    def sentence(self, words: int = 9) -> str:
        """Return a sentence of words that mean nothing."""
        link = ("le", "les", "un", "des", "avec", "pour", "dans", "et", "sans", "vers")
        known = self._few_words()
        said = [self.chance.choice(link if n % 2 else known) for n in range(words | 1)]
        return " ".join(said).capitalize() + "."

    def text(self) -> str:
        """Return some paragraphs of wikitext, as people write them."""
        parts = [self.sentence(self.chance.randrange(9, 40)) for _ in range(4)]
        odd = (
            f"'''{self.sentence(4)}''' {self.sentence()}",
            f"* {self.sentence()}\n* {self.sentence()}\n* {self.sentence()}",
            f"== {self.sentence(3)[:-1]} ==\n{self.sentence()}",
            f"Voir [https://exemple.org/{self.chance.randrange(999)} le site] : {self.sentence()}",
            f"{self.sentence()} <!-- à relire --> {self.sentence()}",
        )
        return "\n\n".join([parts[0], self.chance.choice(odd), *parts[1:]])

    def _few_words(self) -> tuple[str, ...]:
        if not hasattr(self, "_prose"):
            self._prose = tuple(self.word() for _ in range(120))
        return self._prose

    def pages(self) -> list[Page]:
        """Return the pages as they stand."""
        texts = [(s.title, s.text, s.edited) for s in self.sheets]
        texts += [(title, text, TODAY) for title, text in self.others.items()]
        return [page_of(text, t, day, n) for n, (t, text, day) in enumerate(texts, 1)]

    def collection(self) -> Collection:
        """Return the pages on a server."""
        return Collection(
            self.pages(),
            server=True,
            files=self.files,
            accounts=self.accounts,
            improper=self.improper,
        )

    def found(self) -> Counter[Found]:
        """Return what all rules say of all pages, those that look at other pages too."""
        pages = self.pages()
        beside = self.collection().beside(MAPPING, pages, whole=True, lists=True)
        told = [f for page in pages for f in check_page(page, MAPPING, FRENCH_WIKI, beside)]
        told += check_lists(MAPPING, beside)
        ids = {page.title: page.id for page in pages}
        waived = {page.title: waivers_on(page, MAPPING, FRENCH_WIKI) for page in pages}
        kept = sift(told, ids, waived, Wishes(TODAY)).findings
        return Counter((f.rule, str(f.title), f.field) for f in kept)


def terms(vocabulary_id: str) -> list[str]:
    """Return the labels of a vocabulary that a page of today may hold."""
    known = vocabulary(vocabulary_id)
    return [t.label for t in known.terms if t.open is not False and not is_obsolete(t, known)]


def vocabulary(vocabulary_id: str) -> Vocabulary:
    """Return a vocabulary of the packaged mapping."""
    return next(known for known in MAPPING.vocabularies if known.id == vocabulary_id)


def planted(world: World, plantings: Iterable[tuple[str, Planting]], total: int) -> Counter[Found]:
    """Plant in turns, a finding of each rule a round, until there are `total`; return them."""
    done: list[Found] = []
    left = list(plantings)
    while left and len(done) < total:
        for code, plant in tuple(left):
            found = plant(world) if len(done) < total else []
            if found is None:
                left.remove((code, plant))
            done += found or []
    return Counter(done)
