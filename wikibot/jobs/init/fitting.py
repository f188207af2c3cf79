"""Whether a mapping fits a wiki: how many of its fields the wiki knows."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.discovery.found import Found, Sources
from wikibot.language import Text, counted
from wikibot.mapping import Mapping, PageType

ENOUGH = 0.5
_KNOWN = Text("connu", "known"), Text("connus", "known")


@dataclass(frozen=True)
class TypeFit:
    """One page type of the mapping on the wiki; `there`: a template page, a form or a call is.

    Where template or form tell the parameters (`told`), `known` of the `total` fields of the
    page type are among them. `ours` of the `found` parameters of the wiki are fields of it.
    """

    page_type: PageType
    there: bool = False
    told: bool = False
    known: int = 0
    total: int = 0
    ours: int = 0
    found: int = 0

    @property
    def why(self) -> Text:
        """Return the numbers in words."""
        name = self.page_type.template
        if self.told:
            known = counted(self.known, *_KNOWN)
            fields = counted(self.total, Text("champ", "field"), Text("champs", "fields"))
            return Text(
                f"modèle {name} : {fields.fr}, {known.fr} du wiki",
                f"template {name}: {fields.en}, {known.en} to the wiki",
            )
        known = counted(self.ours, *_KNOWN)
        used = counted(
            self.found,
            Text("paramètre employé sur les pages", "parameter used on pages"),
            Text("paramètres employés sur les pages", "parameters used on pages"),
        )
        return Text(
            f"modèle {name} : {used.fr}, {known.fr}",
            f"template {name}: {used.en}, {known.en}",
        )


@dataclass(frozen=True)
class Fit:
    """A mapping on a wiki: its page types, and the wiki's other page types."""

    types: tuple[TypeFit, ...]
    others: tuple[PageType, ...]

    @property
    def there(self) -> tuple[TypeFit, ...]:
        """Return the page types whose template is on the wiki."""
        return tuple(each for each in self.types if each.there)

    @property
    def understood(self) -> tuple[int, int]:
        """Return how many of the wiki's parameters are fields of the mapping, and of how many."""
        others = sum(len(page_type.fields) for page_type in self.others)
        return sum(t.ours for t in self.types), sum(t.found for t in self.types) + others

    @property
    def fits(self) -> bool:
        """Return whether half of what the wiki has is known here, and half of this there.

        The first half counts every template of the wiki that holds fields; the second the page
        types whose template or form was read.
        """
        ours, found = self.understood
        known = sum(each.known for each in self.types if each.told)
        total = sum(each.total for each in self.types if each.told)
        return 0 < ours >= ENOUGH * found and known >= ENOUGH * total


def fit_of(mapping: Mapping, sources: Sources, found: Found) -> Fit:
    """Return how a mapping fits what was read of a wiki (`found` is made of `sources`)."""
    types = tuple(_type_fit(page_type, sources) for page_type in mapping.page_types)
    ours = {name for page_type in mapping.page_types for name in _names(page_type, sources)}
    others = (t.page_type for t in found.types)
    return Fit(types, tuple(t for t in others if ours.isdisjoint(t.templates)))


def _names(page_type: PageType, sources: Sources) -> set[str]:
    """Return what the template of a page type is called on the wiki, redirects followed."""
    return {sources.target(name) for name in page_type.templates}


def _type_fit(page_type: PageType, sources: Sources) -> TypeFit:
    names = _names(page_type, sources)
    templates = [part for form in sources.forms.values() for part in form.templates]
    parts = [part for part in templates if sources.target(part.name) in names]
    pages = [sources.templates[name] for name in sorted(names) if name in sources.templates]
    seen = [one for one in sources.sample.templates if sources.target(one.name) in names]
    if not (parts or pages or seen):
        return TypeFit(page_type)
    told = [{p.name, *p.aliases} for page in pages for p in page.parameters]
    told += [{p.parameter} for part in parts for p in part.fields]
    used = [{p.name} for sample in seen for p in sample.parameters if not p.name.isdigit()]
    parameters: list[set[str]] = []
    for names_of_one in told or used:
        if all(names_of_one.isdisjoint(others) for others in parameters):
            parameters.append(names_of_one)
    met = {name for names_of_one in (*told, *used) for name in names_of_one}
    fields = [field for field in page_type.fields if not field.computed]
    ours = {name for field in page_type.fields for name in field.parameters}
    return TypeFit(
        page_type,
        there=True,
        told=bool(told),
        known=sum(not met.isdisjoint(field.parameters) for field in fields),
        total=len(fields),
        ours=sum(not ours.isdisjoint(names_of_one) for names_of_one in parameters),
        found=len(parameters),
    )
