"""What the pages themselves show: the parameters in use, how often, with which values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from wikibot.errors import AmbiguousWikitext
from wikibot.page import Page
from wikibot.title import CATEGORY, MAIN, Title, canonical_name
from wikibot.value import without_comments
from wikibot.wikitext import Syntax, transclusions

_LONGEST = 600  # characters kept of one value: enough to tell what it is
_MOST_VALUES = 2000  # distinct ones kept of one parameter


@dataclass(frozen=True)
class ParameterSample:
    """One parameter: calls that have it, that fill it; values with their number, usual first.

    `own` counts the values that are the title of the very page.
    """

    name: str
    uses: int
    filled: int
    values: tuple[tuple[str, int], ...] = ()
    own: int = 0


@dataclass(frozen=True)
class TemplateSample:
    """One template: pages and calls of it, its parameters in the order in which pages have them.

    `repeated` counts the pages that call it more than once, `namespaces` the pages by namespace.
    """

    name: str
    pages: int
    calls: int
    repeated: int
    namespaces: tuple[tuple[int, int], ...]
    parameters: tuple[ParameterSample, ...]

    @property
    def namespace(self) -> int:
        """Return the namespace of most of its pages."""
        return self.namespaces[0][0] if self.namespaces else MAIN

    def parameter(self, name: str) -> ParameterSample | None:
        """Return what is known of a parameter, or None where no call has it."""
        return next((p for p in self.parameters if p.name == name), None)


@dataclass(frozen=True)
class Sample:
    """All that was seen. `unread` are the pages that cannot be read with certainty.

    `categories` are those that pages write themselves.
    """

    pages: int = 0
    templates: tuple[TemplateSample, ...] = ()
    titles: frozenset[str] = frozenset()
    unread: tuple[Title, ...] = ()
    categories: frozenset[str] = frozenset()

    def template(self, name: str) -> TemplateSample | None:
        """Return what is known of a template, or None where no page calls it."""
        return next((t for t in self.templates if t.name == name), None)


@dataclass
class _Parameter:
    uses: int = 0
    filled: int = 0
    own: int = 0
    place: float = 0.0
    values: Counter[str] = field(default_factory=Counter)


@dataclass
class _Template:
    pages: int = 0
    calls: int = 0
    repeated: int = 0
    namespaces: Counter[int] = field(default_factory=Counter)
    parameters: dict[str, _Parameter] = field(default_factory=dict)


def spread(ids: Sequence[int], most: int) -> tuple[int, ...]:
    """Return at most so many of the ids, from all along the list, the same each time."""
    if len(ids) <= most:
        return tuple(ids)
    return tuple(ids[place * len(ids) // most] for place in range(most))


def sample_of(pages: Iterable[Page], syntax: Syntax, skip: frozenset[int] = frozenset()) -> Sample:
    """Return what the pages show; those of the namespaces `skip` are left out."""
    found: dict[str, _Template] = {}
    titles: set[str] = set()
    unread: list[Title] = []
    categories: set[str] = set()
    for page in pages:
        if page.title.namespace in skip or page.title.namespace % 2:
            continue
        titles.add(str(page.title))
        categories.update(_categories(page.text, syntax))
        try:
            _look(page, syntax, found)
        except AmbiguousWikitext:
            unread.append(page.title)
    templates = [_template(name, facts) for name, facts in found.items()]
    templates.sort(key=lambda t: (-t.pages, t.name))
    return Sample(
        len(titles), tuple(templates), frozenset(titles), tuple(unread), frozenset(categories)
    )


_LINK = re.compile(r"\[\[([^\[\]{}|<>\n:]+:[^\[\]{}|<>\n]+)")


def _categories(text: str, syntax: Syntax) -> Iterator[str]:
    for link in dict.fromkeys(_LINK.findall(text)):
        number, name = syntax.namespaces.split(link)
        if number == CATEGORY:
            yield canonical_name(name)


def _look(page: Page, syntax: Syntax, found: dict[str, _Template]) -> None:
    here: Counter[str] = Counter()
    end = -1
    for call in transclusions(page.text, syntax):
        name = call.name
        if call.span[0] < end or name.startswith(("#", ":")) or "{" in name or "\n" in name:
            continue  # within another call, or no template
        if not call.arguments and ":" in name:
            continue
        facts = found.setdefault(name, _Template())
        facts.calls += 1
        here[name] += 1
        end = call.span[1]
        for place, argument in enumerate(call.arguments):
            if call.parameters[argument.name] is not argument:
                continue  # a later one of that name counts
            parameter = facts.parameters.setdefault(argument.name, _Parameter())
            parameter.uses += 1
            parameter.place += place
            value = without_comments(argument.value)
            if value:
                parameter.filled += 1
                parameter.own += value == page.title.name
                if len(parameter.values) < _MOST_VALUES or value in parameter.values:
                    parameter.values[value[:_LONGEST]] += 1
    for name, number in here.items():
        found[name].pages += 1
        found[name].repeated += number > 1
        found[name].namespaces[page.title.namespace] += 1


def _template(name: str, facts: _Template) -> TemplateSample:
    ordered = sorted(facts.parameters.items(), key=lambda item: item[1].place / item[1].uses)
    return TemplateSample(
        name,
        facts.pages,
        facts.calls,
        facts.repeated,
        tuple(facts.namespaces.most_common()),
        tuple(
            ParameterSample(
                parameter,
                seen.uses,
                seen.filled,
                tuple(sorted(seen.values.items(), key=lambda item: (-item[1], item[0]))),
                seen.own,
            )
            for parameter, seen in ordered
        ),
    )
