"""The closed or open sets of values of fields, as vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wikibot.discovery.found import FoundVocabulary
from wikibot.discovery.guess import is_yes_no
from wikibot.discovery.kinds import Evidence
from wikibot.discovery.names import id_of
from wikibot.language import Text, counted
from wikibot.mapping import Label, Term, Vocabulary

_LISTED = ("dropdown", "radiobutton", "checkboxes", "listbox", "tree")
_TERMLIKE = frozenset(("text", "page", "user", "number", "amount"))


@dataclass(frozen=True)
class Values:
    """The values that a field may hold; `open` where others are accepted too."""

    labels: tuple[str, ...]
    why: Text
    name: str
    source: Text
    open: bool = False
    guessed: bool = False


def values_of(
    evidence: Evidence,
    kind: str,
    lists: Mapping[str, tuple[str, ...]],
    in_use: Mapping[str, tuple[str, ...]],
) -> Values | None:
    """Return the values that property, form, template or pages name for a field, or None."""
    page, field, parameter = evidence.of_property, evidence.in_form, evidence.in_template
    if page is not None:
        listed = (*page.allowed, *(value for name in page.lists for value in lists.get(name, ())))
        if listed:
            allowed = counted(
                len(listed),
                Text("valeur permise", "value allowed"),
                Text("valeurs permises", "values allowed"),
            )
            why = Text(
                f"{evidence.property_page} : {allowed.fr}",
                f"{evidence.property_page}: {allowed.en}",
            )
            return Values(listed, why, page.name, _page(evidence.property_page))
    told = parameter.told if parameter is not None else None
    if told is not None and told.exact not in (None, "term"):
        return None  # what is offered for it are examples of that kind
    if kind == "boolean" and field is not None and is_yes_no(field.values):
        return None
    if field is not None and field.values:
        offered = counted(
            len(field.values),
            Text("valeur proposée", "value offered"),
            Text("valeurs proposées", "values offered"),
        )
        why = Text(f"{evidence.form} : {offered.fr}", f"{evidence.form}: {offered.en}")
        source = _page(evidence.form)
        closed = field.closed or (told is not None and told.closed)
        return Values(field.values, why, evidence.name, source, open=not closed)
    if told is not None and told.values:
        source = _page(evidence.template)
        return Values(told.values, source, evidence.name, source, open=not told.closed)
    if kind not in _TERMLIKE:
        return None
    if field is not None and field.input_type in _LISTED and field.values_from is not None:
        used = in_use.get(field.values_from[1], ()) if field.values_from[0] == "property" else ()
        if used:
            why = Text("valeurs en usage sur le wiki", "values in use on the wiki")
            return Values(used, why, evidence.name, _USED, open=True, guessed=True)
    if parameter is not None and parameter.choices and kind == "text":
        why = Text(f"{evidence.template} les distingue", f"{evidence.template} tells them apart")
        source = _page(evidence.template)
        return Values(parameter.choices, why, evidence.name, source, open=True, guessed=True)
    guess = evidence.guess
    listed_input = field is not None and field.input_type in _LISTED
    if (
        guess is not None
        and guess.terms
        and kind == "text"
        and (listed_input or not evidence.proven)
    ):
        return Values(guess.terms, guess.why, evidence.name, _USED, open=True, guessed=True)
    return None


_USED = Text("Valeurs en usage sur le wiki.", "Values in use on the wiki.")


def _page(title: str) -> Text:
    return Text(title, title)


class Vocabularies:
    """Gathers vocabularies; the same values are the same vocabulary."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, ...], bool], FoundVocabulary] = {}

    @property
    def all(self) -> tuple[FoundVocabulary, ...]:
        """Return them in the order in which they were met."""
        return tuple(self._known.values())

    def add(
        self, values: Values, label: Label, separator: str | None
    ) -> tuple[str | None, tuple[str, ...]]:
        """Return the id of the vocabulary of these values, and those that no list can hold.

        The id is None where no value is left.
        """
        lines = (" ".join(label.split()) for label in values.labels)
        labels = tuple(dict.fromkeys(line for line in lines if line))
        cut = tuple(line for line in labels if separator and separator in line)
        labels = tuple(line for line in labels if line not in cut)
        if not labels:
            return None, cut
        found = self._known.get((labels, values.open))
        if found is None:
            taken = {v.vocabulary.id for v in self._known.values()}
            vocabulary = Vocabulary(
                id=id_of(values.name, taken),
                label=label,
                open=values.open,
                source=values.source.fr,
                terms=tuple(_term(line, labels) for line in labels),
            )
            found = self._known[labels, values.open] = FoundVocabulary(
                vocabulary, values.why, values.guessed
            )
        return found.vocabulary.id, cut


def _term(label: str, labels: tuple[str, ...]) -> Term:
    """Return a term; of a path (`Parent/Enfant`) the beginning is its parent, if it is a term."""
    parent = label.rpartition("/")[0]
    return Term(label=label, parent=parent if parent in labels and parent else None)
