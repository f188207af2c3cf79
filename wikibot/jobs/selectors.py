"""The part of a plan that `--only` and `--exclude` name: by rule, by page, by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from wikibot.checks.selection import codes_of
from wikibot.edits import Plan
from wikibot.errors import InputError
from wikibot.jobs.review import Line, decided, lines_of
from wikibot.language import Text, counted
from wikibot.mapping import Mapping, fold
from wikibot.render.differences import field_of

Kind = Literal["rule", "page", "field"]
_KEYS: dict[str, Kind] = {
    **{"rule": "rule", "regle": "rule"},
    "page": "page",
    **{"field": "field", "champ": "field"},
}
_CALLED: dict[Kind, Text] = {
    "rule": Text("Règles", "Rules"),
    "page": Text("Pages", "Pages"),
    "field": Text("Champs", "Fields"),
}
_MOST_NAMED = 12


def selected_part(
    plan: Plan, only: Sequence[str], exclude: Sequence[str], mapping: Mapping
) -> Plan:
    """Return the part of a plan that selectors name, such as `rule=VOC102` or `page=Title`.

    Of `only`, a line of the plan has one of each kind that is named: a rule of those, a page of
    those, a field of those. What any of `exclude` names is left out.

    Raises:
        InputError: a selector that names nothing of the plan, or several things; or nothing is
            left.
    """
    lines = lines_of(plan)
    chosen: dict[Kind, set[int]] = {}
    for typed in only:
        kind, numbers = _named(typed, lines, mapping)
        chosen.setdefault(kind, set()).update(numbers)
    left = {number for typed in exclude for number in _named(typed, lines, mapping)[1]}
    kept = {
        line.number: line.change
        for line in lines
        if line.number not in left and all(line.number in n for n in chosen.values())
    }
    if lines and not kept:
        raise InputError(
            Text(
                "Avec ces --only et --exclude, il ne reste rien du plan.",
                "With these --only and --exclude, nothing is left of the plan.",
            ),
            _there_is(lines),
        )
    return decided(plan, kept, mapping)


def _named(typed: str, lines: Sequence[Line], mapping: Mapping) -> tuple[Kind, set[int]]:
    """Return what kind of thing a selector names, and the numbers of the lines that have it.

    Without a kind before an equals sign, it is whatever of the plan bears that name.

    Raises:
        InputError: none, or things of several kinds.
    """
    key, equals, name = typed.partition("=")
    known = _KEYS.get(fold(key)) if equals else None
    name = name.strip() if known else typed.strip()
    kinds: tuple[Kind, ...] = (known,) if known else ("rule", "page", "field")
    found = {kind: numbers for kind in kinds if (numbers := _of(kind, name, lines, mapping))}
    if len(found) == 1:
        return next(iter(found.items()))
    if found:
        raise InputError(
            Text(
                f"« {typed} » désigne plusieurs choses dans le plan.",
                f"“{typed}” names several things of the plan.",
            ),
            Text(
                f"Écrivez laquelle : règle={name}, page={name} ou champ={name}.",
                f"Write which: rule={name}, page={name} or field={name}.",
            ),
        )
    raise InputError(
        Text(
            f"Rien dans le plan ne correspond à « {typed} ».",
            f"Nothing in the plan matches “{typed}”.",
        ),
        _there_is(lines, kinds),
    )


def _of(kind: Kind, name: str, lines: Sequence[Line], mapping: Mapping) -> set[int]:
    if kind == "rule":
        codes = codes_of(name)
        return {line.number for line in lines if not codes.isdisjoint(line.rules)}
    if kind == "page":
        title = name.replace("_", " ")
        exactly = {line.number for line in lines if line.edit.title == title}
        alike = {line.number for line in lines if fold(line.edit.title) == fold(name) != ""}
        return exactly or alike
    return {line.number for line in lines if fold(name) in _names_of_field(line, mapping)}


def _names_of_field(line: Line, mapping: Mapping) -> set[str]:
    change = line.change
    if change is None:
        return set()
    field = field_of(change, mapping)
    names = [change.field, change.parameter, change.renamed_from]
    if field is not None:
        names += [*field.parameters, field.label.fr, field.label.en]
    return {fold(name) for name in names if name}


def _there_is(lines: Sequence[Line], kinds: Sequence[Kind] = ("rule", "page", "field")) -> Text:
    """Return what a plan has that a selector may name, with how many lines each."""
    changes = [line.change for line in lines if line.change]
    names: dict[Kind, list[str]] = {
        "rule": [code for line in lines for code in line.rules],
        "page": [line.edit.title for line in lines],
        "field": [change.field or change.parameter for change in changes],
    }
    told = [_list(_CALLED[kind], names[kind]) for kind in kinds if names[kind]]
    none = Text("Le plan n'en a aucun.", "The plan has none.")
    if not told:
        return none
    return Text(" ".join(t.fr for t in told), " ".join(t.en for t in told))


def _list(called: Text, names: Sequence[str]) -> Text:
    found = Counter(names)
    words = ", ".join(f"{name} ({n})" for name, n in found.most_common(_MOST_NAMED))
    more = len(found) - _MOST_NAMED
    rest = counted(more, Text("autre", "other"), Text("autres", "others"))
    end = Text(f", et {rest.fr}", f", and {rest.en}") if more > 0 else Text("", "")
    return Text(f"{called.fr} : {words}{end.fr}.", f"{called.en}: {words}{end.en}.")
