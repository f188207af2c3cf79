"""A condition on pages as a person types it: `licence=`, `défi~Bâtiment`, `modifié<2025-01-01`.

Pure. A condition says of a record that it holds, that it does not, or that nobody can tell:
a date that is written « bientôt » is neither before 2025 nor after.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from wikibot.edits import FieldValue, Record
from wikibot.errors import InputError
from wikibot.jobs.measures import Measure, Span, read_measure
from wikibot.jobs.naming import find_field, nearest_fields
from wikibot.language import Text
from wikibot.mapping import Field, PageType, Vocabulary, fold
from wikibot.mapping import Mapping as WikiMapping

Comparison = Literal["=", "!=", "~", "!~", "<", "<=", ">", ">="]
About = Literal["title", "type", "modified", "user", "space"]  # of the page, not of its fields

_CONDITION = re.compile(r"([^=~<>!≠≤≥]+)(!=|!~|<=|>=|[=~<>≠≤≥])(.*)", re.S)
_SIGNS = {"≠": "!=", "≤": "<=", "≥": ">="}
_ABOUT: dict[str, About] = {
    **dict.fromkeys(("titre", "title", "page"), "title"),
    **dict.fromkeys(("type",), "type"),
    **dict.fromkeys(("modifie", "modifiee", "modified"), "modified"),
    **dict.fromkeys(("auteur", "autrice", "utilisateur", "user", "author"), "user"),
    **dict.fromkeys(("espace", "namespace"), "space"),
}
_ORDERED = ("date", "number", "amount")
_ORDERS: dict[str, Callable[[Span, Span], bool | None]] = {
    "<": Span.before,
    "<=": Span.until,
    ">": lambda found, wanted: _not(found.until(wanted)),
    ">=": lambda found, wanted: _not(found.before(wanted)),
}


@dataclass(frozen=True)
class Condition:
    """What one field is to hold, or the page itself. `values` are alternatives: one will do."""

    field: str
    operator: Comparison
    values: tuple[str, ...]

    def __str__(self) -> str:
        """Return it as it is typed."""
        return f"{self.field}{self.operator}{'|'.join(self.values)}"


class Undecided(NamedTuple):
    """Why nobody can tell whether a condition holds: the value that has no sure meaning."""

    field: str
    value: str

    @property
    def why(self) -> Text:
        """Return it in words."""
        return Text(
            f"{self.field} : « {self.value} » ne se compare pas.",
            f"{self.field}: “{self.value}” cannot be compared.",
        )


def parse_condition(text: str) -> Condition:
    """Return the condition written `FIELD=VALUE`, or with `!=`, `~`, `!~`, `<`, `<=`, `>`, `>=`.

    `~` is «contains»; after `=` nothing stands for an empty field; `A|B` is A or B. Besides
    fields there is what is known of the page: its title, its type, its namespace, the day (of
    this machine's clock) on which it was edited last, and who did.

    Raises:
        InputError: it is none; the advice has examples.
    """
    found = _CONDITION.fullmatch(text.strip())
    name = found[1].strip() if found else ""
    if found is None or not name or name[-1] in "+-^:":
        raise InputError(
            Text(f"« {text} » n'est pas une condition.", f"“{text}” is no condition."),
            _EXAMPLES,
        )
    operator = cast(Comparison, _SIGNS.get(found[2], found[2]))
    said = unicodedata.normalize("NFC", found[3]).strip()
    if operator == "=" and said.startswith("="):
        said = said[1:].strip()
    values = tuple(value.strip() for value in said.split("|"))
    if operator not in ("=", "!=") and not all(values):
        raise InputError(
            Text(
                f"« {text} » : il manque une valeur après « {operator} ».",
                f"“{text}”: there is no value behind “{operator}”.",
            ),
            Text(
                f"Les pages où le champ est rempli : « {name}!= » ; où il est vide : « {name}= ».",
                f"The pages where the field is filled: “{name}!=”; where it is empty: “{name}=”.",
            ),
        )
    return Condition(name, operator, values)


_EXAMPLES = Text(
    "Écrivez CHAMP=VALEUR (vide : CHAMP=), CHAMP~TEXTE (contient) ou CHAMP<DATE, par exemple : "
    '"licence=", "défi~Bâtiment", "modifié<2025-01-01".',
    "Write FIELD=VALUE (empty: FIELD=), FIELD~TEXT (contains) or FIELD<DATE, for example: "
    '"licence=", "défi~Bâtiment", "modified<2025-01-01".',
)


class Query:
    """Conditions that must all hold, checked against a mapping before any page is read."""

    def __init__(self, conditions: Sequence[Condition], mapping: WikiMapping) -> None:
        """Understand the conditions.

        Raises:
            InputError: a field that no page type has; a value that cannot be compared.
        """
        self._mapping = mapping
        self._conditions = [_Understood(condition, mapping) for condition in conditions]

    def holds(self, record: Record) -> bool | Undecided:
        """Return whether all conditions hold on a record, or why nobody can tell."""
        undecided: Undecided | None = None
        for condition in self._conditions:
            answer = condition.holds(record, self._mapping)
            if answer is False:
                return False
            if isinstance(answer, Undecided):
                undecided = undecided or answer
        return undecided or True


class _Understood:
    """A condition, and what it means on the pages of each type."""

    def __init__(self, condition: Condition, mapping: WikiMapping) -> None:
        self.condition = condition
        self.about = _ABOUT.get(fold(condition.field))
        self.fields: Mapping[str, Field] = {
            page_type.id: field
            for page_type in mapping.page_types
            if (field := find_field(page_type, condition.field))
        }
        if not self.fields and self.about is None:
            raise _no_field(condition, mapping.page_types)
        self.measures: dict[str, tuple[Measure, ...]] = {}
        kinds = dict.fromkeys(field.kind for field in self.fields.values())
        if self.about == "modified":
            kinds["date"] = None
        ordered = [kind for kind in kinds if kind in _ORDERED]
        if condition.operator in _ORDERS and not ordered:
            raise _no_order(condition)
        for kind in ordered:
            read = tuple(read_measure(kind, value, mapping) for value in condition.values)
            if condition.operator not in _ORDERS or all(read):
                self.measures[kind] = read
        if condition.operator in _ORDERS and not self.measures:
            raise _no_measure(condition, ordered[0])

    def holds(self, record: Record, mapping: WikiMapping) -> bool | Undecided:
        """Return whether it holds on a record; on one without such a field it never does."""
        field = self.fields.get(record.page_type.id)
        found = record[field.id] if field else None
        answers: list[bool | Undecided] = []
        positive = self.condition.operator.removeprefix("!")
        for at, wanted in enumerate(self.condition.values):
            if found is not None:
                answers.append(self._of_field(found, positive, wanted, at, mapping))
            if self.about is not None and (wanted or found is None):
                answers.append(self._of_page(record, positive, wanted, at, mapping))
        if not answers:
            return False
        if self.condition.operator.startswith("!"):
            return not any(answer is True for answer in answers)
        if any(answer is True for answer in answers):
            return True
        return next((answer for answer in answers if answer is not False), False)

    def _of_field(
        self, found: FieldValue, operator: str, wanted: str, at: int, mapping: WikiMapping
    ) -> bool | Undecided:
        kind, vocabulary = found.field.kind, mapping.vocabulary(found.field)
        if operator in _ORDERS:
            if kind not in self.measures or found.is_empty:
                return False
            answers = [
                self._ordered(operator, kind, item, at, found.field.id, mapping)
                for item in found.items
            ]
            return True if True in answers else next((a for a in answers if a is not False), False)
        if operator == "~":
            said = (*found.items, found.text)
            return any(_contains(value, wanted) for value in (*said, *_labels(said, vocabulary)))
        if not wanted:
            return found.is_empty
        return _same(found, wanted, vocabulary) or self._same_measure(found, at, mapping)

    def _of_page(
        self, record: Record, operator: str, wanted: str, at: int, mapping: WikiMapping
    ) -> bool | Undecided:
        if self.about == "modified":
            day = record.page.revision.timestamp.astimezone().date().isoformat()  # as shown
            if operator in _ORDERS:
                return self._ordered(operator, "date", day, at, self.condition.field, mapping)
            spans, held = self.measures["date"][at], read_measure("date", day, mapping)
            if operator == "=" and spans and held:
                return held.within(spans)
            return _contains(day, wanted) if operator == "~" else False
        if operator in _ORDERS:
            return False
        said = _told_by(record, self.about or "title")
        if operator == "~":
            return any(_contains(value, wanted) for value in said)
        return _bare(wanted) in map(_bare, said)

    def _ordered(
        self, operator: str, kind: str, item: str, at: int, name: str, mapping: WikiMapping
    ) -> bool | Undecided:
        wanted, found = self.measures[kind][at], read_measure(kind, item, mapping)
        answer = _ORDERS[operator](found, wanted) if found and wanted else None
        return Undecided(name, item) if answer is None else answer

    def _same_measure(self, found: FieldValue, at: int, mapping: WikiMapping) -> bool:
        """Return whether a date or a number is the one wanted, in whatever way it is written."""
        kind = found.field.kind
        wanted = self.measures[kind][at] if kind in self.measures else None
        held = (read_measure(kind, item, mapping) for item in found.items) if wanted else ()
        return any(each is not None and wanted and each.within(wanted) for each in held)


def _told_by(record: Record, about: About) -> tuple[str, ...]:
    """Return all words by which a page is known in one respect."""
    page, page_type = record.page, record.page_type
    if about == "title":
        return (str(page.title), page.title.name)
    if about == "user":
        return (page.revision.user or "",)
    if about == "space":
        main = ("principal", "main") if not page.title.namespace else ()
        return (page.title.prefix, str(page.title.namespace), *main)
    return (page_type.id, page_type.label.fr, page_type.label.en, *page_type.templates)


def _same(found: FieldValue, wanted: str, vocabulary: Vocabulary | None) -> bool:
    term = vocabulary.meant_by(wanted) if vocabulary else None
    if vocabulary and term and any(vocabulary.meant_by(item) is term for item in found.items):
        return True
    return _bare(wanted) in {_bare(item) for item in (*found.items, found.text)}


def _labels(said: Sequence[str], vocabulary: Vocabulary | None) -> list[str]:
    terms = (vocabulary.meant_by(item) for item in said) if vocabulary else ()
    return [term.label for term in terms if term]


def _contains(value: str, part: str) -> bool:
    return fold(part) in fold(value) if fold(part) else part in value


def _bare(text: str) -> str:
    """Return a text as it is compared; of signs alone («C++» is a word) the signs count."""
    return fold(text) or text


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _no_field(condition: Condition, page_types: Sequence[PageType]) -> InputError:
    return InputError(
        Text(
            f"Aucune fiche n'a de champ « {condition.field} ».",
            f"No page type has a field “{condition.field}”.",
        ),
        nearest_fields(page_types, condition.field),
    )


def _no_order(condition: Condition) -> InputError:
    return InputError(
        Text(
            f"« {condition} » : le champ « {condition.field} » n'est ni une date ni un nombre.",
            f"“{condition}”: the field “{condition.field}” is neither a date nor a number.",
        ),
        Text(
            f"Écrivez « {condition.field}= » ou « {condition.field}~ » avec une valeur.",
            f"Write “{condition.field}=” or “{condition.field}~” with a value.",
        ),
    )


def _no_measure(condition: Condition, kind: str) -> InputError:
    date = kind == "date"
    example = f"{condition.field}{condition.operator}{'2025-01-01' if date else '10000'}"
    what = Text("une date", "a date") if date else Text("un nombre", "a number")
    return InputError(
        Text(
            f"« {condition} » : il faut {what.fr} qui n'ait qu'une lecture.",
            f"“{condition}”: it takes {what.en} that can be read in one way alone.",
        ),
        Text(f"Par exemple : « {example} ».", f"For example: “{example}”."),
    )
