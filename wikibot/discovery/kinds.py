"""Which kind a field is of, whether it is a list: template, form, property and pages weighed.

A property's type says what the wiki makes of a value, so it counts first; the form and the
template may refine it (a text that is a date, a page that is a user's), most exactly where the
template names the kind itself (TemplateData, `maps.wikibot`); the pages only where nothing else
speaks.
"""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.discovery.form_page import FormField
from wikibot.discovery.found import Reason
from wikibot.discovery.guess import Guess, amount_or_number, is_people
from wikibot.discovery.property_page import PropertyPage
from wikibot.discovery.template_page import TemplateParameter
from wikibot.language import Text
from wikibot.mapping import Kind
from wikibot.title import FILE, USER, Namespaces

_OF_DATATYPE: dict[str, Kind] = {
    "_wpg": "page",
    "_cod": "longtext",
    "_boo": "boolean",
    "_num": "number",
    "_qty": "number",
    "_tem": "number",
    "_dat": "date",
    "_geo": "coordinates",
    "_uri": "url",
    "_anu": "url",
    "_ema": "email",
}
_MONEY = frozenset(("€", "eur", "euro", "euros", "k€", "keur", "m€"))
_OF_INPUT: dict[str, Kind] = {
    "date": "date",
    "datetime": "date",
    "datepicker": "date",
    "datetimepicker": "date",
    "year": "date",
    "checkbox": "boolean",
    "textarea": "longtext",
    "googlemaps": "coordinates",
    "openlayers": "coordinates",
    "leaflet": "coordinates",
    "rating": "number",
}
_OF_USE: tuple[tuple[str, Kind], ...] = (
    ("file", "file"),
    ("user", "user"),
    ("coordinates", "coordinates"),
    ("email", "email"),
    ("url", "url"),
    ("date", "date"),
    ("number", "number"),
    ("page", "page"),
    ("category", "text"),
)
# A kind of the mapping that says more than what the wiki proves: a person's knowledge.
SAYS_MORE: dict[Kind, frozenset[Kind]] = {
    "number": frozenset(("amount",)),
    "amount": frozenset(("number",)),
    "page": frozenset(("user", "file", "term")),
    "user": frozenset(("page",)),
    "text": frozenset(
        ("longtext", "page", "user", "file", "url", "email", "date", "number", "amount", "term",
         "boolean", "coordinates")
    ),
    "longtext": frozenset(("text",)),
    "date": frozenset(), "boolean": frozenset(), "url": frozenset(), "email": frozenset(),
    "file": frozenset(), "coordinates": frozenset(), "term": frozenset(),
}  # fmt: skip
# What a kind that a property proves may turn out to be more exactly.
_FINER: dict[Kind, frozenset[str]] = {
    "text": frozenset(
        (
            "longtext",
            "date",
            "url",
            "email",
            "file",
            "user",
            "page",
            "coordinates",
            "number",
            "boolean",
        )
    ),
    "page": frozenset(("user", "file")),
    "longtext": frozenset(),
}


@dataclass(frozen=True)
class Evidence:
    """What is known of one parameter, with the names of the pages that say so."""

    name: str
    template: str  # the name of the template's page, for people
    in_template: TemplateParameter | None
    form: str
    in_form: FormField | None
    of_property: PropertyPage | None
    property_page: str
    guess: Guess | None
    namespaces: Namespaces

    @property
    def proven(self) -> bool:
        """Return whether template or form know the parameter."""
        return self.in_template is not None or self.in_form is not None


@dataclass(frozen=True)
class KindFound:
    """The kind, and why."""

    kind: Kind
    reason: Reason


def kind_of(evidence: Evidence) -> KindFound:
    """Return the kind of a field, closed sets of values left aside."""
    form = _by_form(evidence)
    template = _by_template(evidence)
    found = _by_property(evidence)
    exact = _said(evidence)
    if exact is not None and (
        found is None or exact.kind == found.kind or exact.kind in SAYS_MORE[found.kind]
    ):
        return exact
    if found is not None:
        finer = _FINER.get(found.kind, frozenset())
        for other in (form, template):
            if other is not None and other.kind in finer:
                return _person_or_money(other, evidence)
        return _person_or_money(_long(found, evidence), evidence)
    known = form or template
    if known is not None:
        finer = _FINER.get(known.kind, frozenset())
        if template is not None and template.kind in finer:
            known = template
        return _person_or_money(_long(known, evidence), evidence)
    guess = evidence.guess
    if guess is not None and guess.kind != "term":
        return KindFound(guess.kind, Reason("kind", guess.why, guessed=True))
    why = guess.why if guess else Text("rien ne le précise", "nothing says more")
    return KindFound("text", Reason("kind", why, guessed=True))


def _said(evidence: Evidence) -> KindFound | None:
    """Return the kind that the template names; of a term its values decide."""
    told = evidence.in_template.told if evidence.in_template else None
    if told is None or told.exact in (None, "term"):
        return None
    return KindFound(told.exact, Reason("kind", Text(evidence.template, evidence.template)))


def _by_property(evidence: Evidence) -> KindFound | None:
    page = evidence.of_property
    if page is None or page.datatype is None:
        return None
    why = Text(evidence.property_page, evidence.property_page)
    if page.datatype == "_qty" and any(unit.casefold() in _MONEY for unit in page.units):
        return KindFound("amount", Reason("kind", why))
    return KindFound(_OF_DATATYPE.get(page.datatype, "text"), Reason("kind", why))


def _by_form(evidence: Evidence) -> KindFound | None:
    field = evidence.in_form
    if field is None:
        return None
    reason = Reason("kind", Text(evidence.form, evidence.form))
    options = field.options or {}
    if "uploadable" in options:
        return KindFound("file", reason)
    if "holds template" in options:
        return KindFound("longtext", reason)
    kind = _OF_INPUT.get(field.input_type.removesuffix(" with autocomplete"))
    if kind is not None:
        return KindFound(kind, reason)
    if field.values_from is not None:
        source, name = field.values_from
        if source in ("category", "concept", "query"):
            return KindFound("page", reason)
        if source == "namespace":
            number = evidence.namespaces.number(name)
            spaces: dict[int | None, Kind] = {USER: "user", FILE: "file"}
            return KindFound(spaces.get(number, "page"), reason)
    return None


def _by_template(evidence: Evidence) -> KindFound | None:
    parameter = evidence.in_template
    if parameter is None:
        return None
    reason = Reason("kind", Text(evidence.template, evidence.template))
    told = parameter.told
    if told is not None and told.kind is not None and told.kind != "text":
        return KindFound(_as_kind(told.kind), reason)
    for use, kind in _OF_USE:
        if use in parameter.uses:
            return KindFound(kind, reason)
    return None


def _as_kind(word: str) -> Kind:
    kinds: tuple[Kind, ...] = (
        "text", "longtext", "page", "user", "file", "url", "date", "number", "boolean",
    )  # fmt: skip
    return next((kind for kind in kinds if kind == word), "text")


def _long(found: KindFound, evidence: Evidence) -> KindFound:
    """Return a text as a long one where pages hold more than a line and no form tells."""
    guess = evidence.guess
    if found.kind == "text" and evidence.in_form is None and guess and guess.kind == "longtext":
        return KindFound("longtext", Reason("kind", guess.why, guessed=True))
    return found


def _person_or_money(found: KindFound, evidence: Evidence) -> KindFound:
    """Return a page as a user's, a number as an amount, where the name says so."""
    if found.kind == "number":
        kind = amount_or_number(evidence.name)
        return KindFound(kind, found.reason)
    uses = evidence.in_template.uses if evidence.in_template else frozenset()
    source = evidence.in_form.values_from if evidence.in_form else None
    if found.kind == "page" and not source and "page" not in uses and is_people(evidence.name):
        by_name = Text("d'après son nom", "by its name")
        return KindFound("user", Reason("kind", by_name, guessed=True))
    return found


def list_of(evidence: Evidence) -> tuple[bool, str, Reason | None]:
    """Return whether a field is a list, its separator, and why."""
    parameter, field, guess = evidence.in_template, evidence.in_form, evidence.guess
    if parameter is not None and parameter.separator is not None:
        why = Reason("separator", Text(evidence.template, evidence.template))
        return True, parameter.separator, why
    told = parameter.told if parameter is not None else None
    if told is not None and told.separator is not None:
        return True, told.separator, Reason("separator", Text(evidence.template, evidence.template))
    if field is not None and field.many:
        return True, field.separator, Reason("separator", Text(evidence.form, evidence.form))
    if not evidence.proven and guess is not None and guess.many:
        return True, guess.separator, Reason("separator", guess.why, guessed=True)
    return False, ",", None
