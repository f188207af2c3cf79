"""Questions to Semantic MediaWiki, and how one is divided where its answer is too long.

A wiki lists an answer in parts, by offset, but forgets any offset above a limit of its own
(`$smwgQUpperbound`, 5000 unless set otherwise): it then silently starts again from the first
page, and offers a continuation all the same. So a long list is divided by title instead:
`[[≥K]]` and `[[<<K]]` share the pages out whole, in whatever order the wiki lists them, since
of every page exactly one of the two is true. The comparisons are of sort keys: the title
without its namespace, or what DEFAULTSORT or a display title put in its place.

Source: Semantic MediaWiki, Help:Inline queries, Help:Search operators, issue 4263.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.title import Namespaces
from wikibot.visible import visible
from wikibot.wiki.semantic.names import key_of, names_of

LAST_OFFSET = 5000  # the greatest that every wiki understands
_CONDITIONS = re.compile(r"\[\[.+\]\]", re.S)
_SINGLE_BAR = re.compile(r"(?<!\|)\|(?!\|)")
_ALTERNATIVES = re.compile(r"\bOR\b|\|\|")
# The beginning of a title that no wiki reads as an operator, a condition or a section.
_SAFE = re.compile(r"(?![!?.:/\s_'’-])(?:[^\[\]{}|<>#:=~*+≤≥\x00-\x1f]|:(?![:=+])){1,60}")


@dataclass(frozen=True)
class Question:
    """Which pages, and what of each: `[[Catégorie:Commun]][[Licence::MIT]]`, `("Référent",)`.

    A printout is the name of a property, a chain (`Commun.Licence`), a special property in
    French, English or by its key, or `Catégorie`. `limit` is the most pages wanted, None for
    all of them.
    """

    conditions: str
    printouts: tuple[str, ...] = ()
    limit: int | None = None

    def __post_init__(self) -> None:
        """Refuse what would be read as something else.

        Raises:
            InputError: no condition, or a sign that parts the question.
        """
        if not _CONDITIONS.search(self.conditions) or _SINGLE_BAR.search(self.conditions):
            raise InputError(
                Text(
                    f"« {visible(self.conditions, 120)} » n'est pas une question pour Semantic "
                    "MediaWiki.",
                    f"“{visible(self.conditions, 120)}” is no question to Semantic MediaWiki.",
                ),
                Text(
                    "Une condition s'écrit entre doubles crochets, sans barre simple : "
                    "[[Catégorie:Commun]][[Licence::MIT]].",
                    "A condition stands in double square brackets, with no single bar: "
                    "[[Catégorie:Commun]][[Licence::MIT]].",
                ),
            )
        for printout in self.printouts:
            if not printout.strip() or re.search(r"[|=\n\[\]]", printout):
                raise InputError(
                    Text(
                        f"« {visible(printout, 120)} » n'est pas le nom d'une propriété.",
                        f"“{visible(printout, 120)}” is no name of a property.",
                    )
                )

    def __str__(self) -> str:
        """Return the question as people write it."""
        return "|".join([self.conditions, *(f"?{name}" for name in self.printouts)])

    def labels(self) -> dict[str, str]:
        """Return the labels under which the printouts come back → their names here.

        Labels of our own: two chains that end alike would come back as one.
        """
        return {f"p{number}": name for number, name in enumerate(self.printouts, 1)}

    def query(self, part: Part, limit: int, offset: int) -> str:
        """Return the question for the API: of one part, from `offset`, in a settled order."""
        asked = [f"?{_spoken(name)}={label}" for label, name in self.labels().items()]
        settled = [f"limit={limit}", f"offset={offset}", "sort=", "order=asc"]
        return "|".join([part.of(self.conditions), *asked, *settled])


@dataclass(frozen=True)
class Part:
    """The pages of an answer from the sort key `start` on, before `end`; "" is open."""

    start: str = ""
    end: str = ""

    def of(self, conditions: str) -> str:
        """Return the conditions, narrowed to this part."""
        bounds = f"[[≥{self.start}]]" if self.start else ""
        bounds += f"[[<<{self.end}]]" if self.end else ""
        if bounds and _ALTERNATIVES.search(conditions):
            conditions = f"<q>{conditions}</q>"  # else the bounds would narrow the last one only
        return conditions + bounds

    def divided(self, names: Sequence[str], namespaces: Namespaces) -> tuple[Part, Part] | None:
        """Return two parts that make up this one, or None where the names give no division.

        `names` are sort keys seen in this part, as the wiki listed them. The division comes as
        late among them as it can, so that the first part is about what was seen already.
        """
        for name in reversed(names):
            found = _SAFE.match(name)
            key = found.group() if found else ""
            if namespaces.split(key)[0] is not None:  # [[≥Catégorie:X]] would be no comparison
                key = key.partition(":")[0]
            key = key.strip(" '’-:")
            key = key[:1].upper() + key[1:]
            if key and self.start < key and (not self.end or key < self.end):
                return replace(self, end=key), replace(self, start=key)
        return None


def _spoken(name: str) -> str:
    """Return a printout as every wiki understands it: special properties by English names."""
    key = key_of(name)
    return names_of(key).en if name == key and key.startswith("_") else name.strip()
