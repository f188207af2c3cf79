"""What a template says of its parameters: `Modèle:X` read into values.

Sources of what is looked for: MediaWiki, Help:Templates; Semantic MediaWiki, Help:Setting
values (`#set`, `+sep`), Help:Adding subobjects; Page Forms, arraymap and arraymaptemplate.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from wikibot.discovery.inclusion import redirect_target, used
from wikibot.discovery.labels import label_beside
from wikibot.discovery.pieces import Piece, Pieces, pieces_of
from wikibot.discovery.template_data import Told, told_by
from wikibot.discovery.uses import Uses, uses_of
from wikibot.title import CATEGORY, TEMPLATE, Namespaces


@dataclass(frozen=True)
class TemplateParameter:
    """One parameter as the template reads it.

    `aliases` stand in its default (`{{{a|{{{b|}}}}}}`); `separator` is what a list is split at,
    None where nothing splits it; `conditional` tells that it counts only under a condition.
    `uses` are "file", "user", "category", "page", "url", "email", "date", "number" and
    "coordinates", as what the template handles the value. `passed` are the parameters of other
    templates that get it, `choices` the values that a `#switch` tells apart.
    """

    name: str
    aliases: tuple[str, ...] = ()
    default: str = ""
    properties: tuple[str, ...] = ()
    separator: str | None = None
    conditional: bool = False
    uses: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    label: str = ""
    told: Told | None = None


@dataclass(frozen=True)
class TemplatePage:
    """What the page of a template holds; `redirect` is the template it leads to, or None.

    `computes_categories`: it puts pages into a category whose name it makes of a parameter.
    """

    name: str
    parameters: tuple[TemplateParameter, ...] = ()
    categories: tuple[str, ...] = ()
    redirect: str | None = None
    sets_properties: bool = False
    computes_categories: bool = False

    def parameter(self, name: str) -> TemplateParameter | None:
        """Return the parameter of that name, or the one that has it as another name."""
        return next((p for p in self.parameters if name == p.name or name in p.aliases), None)


@dataclass
class _Found:
    """What is gathered of one parameter, in the order in which it is met."""

    default: str = ""
    label: str = ""
    uses: Uses = field(default_factory=Uses)
    plain: bool = False  # met without a condition
    inner: set[str] = field(default_factory=set)  # the parameters in whose default it stands
    alone: bool = False  # met elsewhere than in a default


def read_template(
    name: str, text: str, namespaces: Namespaces, documentation: str = ""
) -> TemplatePage:
    """Return what the template `name` says; `documentation` is the text of its subpage."""
    target = redirect_target(text)
    if target is not None:
        number, rest = namespaces.split(target)
        return TemplatePage(
            name, redirect=namespaces.template_name(rest if number == TEMPLATE else target)
        )
    read = pieces_of(used(text))
    found = _gathered(read, namespaces)
    chains = {
        name: sorted(
            (other for other in found if name in found[other].inner), key=list(found).index
        )
        for name in found
    }
    aliases = {other for name in found for other in chains[name] if not found[other].alone}
    told = told_by(text, documentation)
    parameters = []
    for parameter, facts in found.items():
        if parameter in aliases:
            continue
        others = tuple(_chain(parameter, chains, aliases))
        every = [facts, *(found[other] for other in others)]
        parameters.append(_parameter(parameter, others, every, told))
    known = {name for p in parameters for name in (p.name, *p.aliases)}
    parameters += [
        TemplateParameter(name, aliases=entry.aliases, told=entry)
        for name, entry in told.items()
        if name not in known
    ]
    uses = [facts.uses for facts in found.values()]
    sets = any(u.properties for u in uses) or _constant_annotations(read)
    categories = _categories(read, namespaces)
    constant = tuple(dict.fromkeys(c for c in categories if not any(s in c for s in "{}@")))
    computed = len(constant) < len(set(categories))
    return TemplatePage(name, tuple(parameters), constant, None, sets, computed)


def _gathered(read: Pieces, namespaces: Namespaces) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    ends = _outer_ends(read)
    for index, piece in enumerate(read.all):
        if piece.kind != "argument":
            continue
        name = read.name(piece)
        if not name or any(sign in name for sign in "{}[]\n"):
            continue  # its name is computed
        facts = found.setdefault(name, _Found())
        uses = uses_of(read, index, namespaces)
        facts.uses.add(uses)
        facts.plain = facts.plain or not uses.conditional
        if len(piece.parts) > 1 and not facts.default:
            default = read.words(piece.parts[1])
            facts.default = "" if "{{" in default else default
        outer = _default_of(read, piece)
        if outer is None:
            facts.alone = True
        else:
            facts.inner.add(outer)
        if not facts.label and not uses.silent:
            facts.label = _label(read, index, ends)
    return found


def _default_of(read: Pieces, piece: Piece) -> str | None:
    """Return the parameter whose whole default this argument is, or None."""
    if piece.parent < 0:
        return None
    outer = read.all[piece.parent]
    if outer.kind != "argument" or len(outer.parts) < 2:
        return None
    whole = read.words(outer.parts[1]) == read.text[piece.start : piece.end]
    return read.name(outer) if whole else None


def _chain(name: str, chains: dict[str, list[str]], aliases: set[str]) -> Iterable[str]:
    """Yield the other names of a parameter, each once, from the nearest default inwards."""
    seen, waiting = {name}, [name]
    while waiting:
        for other in chains[waiting.pop(0)]:
            if other in aliases and other not in seen:
                seen.add(other)
                waiting.append(other)
                yield other


def _parameter(
    name: str, aliases: tuple[str, ...], found: list[_Found], told: dict[str, Told]
) -> TemplateParameter:
    uses = Uses()
    for facts in found:
        uses.add(facts.uses)
    entry = told.get(name)
    if entry is not None:
        aliases = tuple(dict.fromkeys((*aliases, *(a for a in entry.aliases if a != name))))
    return TemplateParameter(
        name=name,
        aliases=aliases,
        default=next((facts.default for facts in found if facts.default), ""),
        properties=tuple(uses.properties),
        separator=uses.separator,
        conditional=not any(facts.plain for facts in found),
        uses=frozenset(uses.kinds),
        choices=tuple(uses.choices),
        passed=tuple(uses.passed),
        label=next((facts.label for facts in found if facts.label), ""),
        told=entry,
    )


def _outer_ends(read: Pieces) -> list[int]:
    """Return where the pieces that stand in nothing end, in order."""
    return [piece.end for piece in read.all if piece.parent < 0]


def _label(read: Pieces, index: int, ends: list[int]) -> str:
    """Return the words that the template shows before a value."""
    piece = read.all[index]
    start = piece.start
    for around, part in read.around(index):
        if around.kind != "link" and not read.name(around).startswith("#arraymap"):
            inner = label_beside(read.text, around.parts[part].start, start)
            if inner:
                return inner
        start = around.start
    number = bisect_right(ends, start)
    return label_beside(read.text, ends[number - 1] if number else 0, start)


_ANNOTATION = re.compile(r"^[^:\[\]{}|<>]+:[:=]")


def _constant_annotations(read: Pieces) -> bool:
    """Return whether the template sets a property of the page, whatever its parameters."""
    for index, piece in enumerate(read.all):
        asked = any(read.name(outer) in ("#ask", "#show") for outer, _ in read.around(index))
        if asked:
            continue
        if piece.kind == "call" and read.name(piece) in ("#set", "#subobject"):
            return True
        if piece.kind == "link" and _ANNOTATION.match(read.name(piece)):
            return True
    return False


def _categories(read: Pieces, namespaces: Namespaces) -> tuple[str, ...]:
    """Return the categories into which the template puts pages, as written, in order."""
    found: dict[str, None] = {}
    for index, piece in enumerate(read.all):
        target = read.name(piece)
        if piece.kind != "link" or target.startswith(":"):
            continue
        number, rest = namespaces.split(target)
        queried = any(
            outer.kind == "call"
            and read.name(outer).startswith("#")
            and not read.name(outer).startswith("#if")
            for outer, _ in read.around(index)
        )
        if number == CATEGORY and rest.strip() and not queried:
            found[rest.strip()] = None
    return tuple(found)
