"""What a person made of the form: new values, or what is wrong with them, all at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from wikibot.edits import PageEdit, Record, rebase
from wikibot.errors import InputError, UnsafeValue
from wikibot.jobs.form.layout import Shown, Typed, shown
from wikibot.jobs.form.lines import Place, lines_of_keys
from wikibot.jobs.naming import find_field, nearest_fields
from wikibot.jobs.planning import page_edit
from wikibot.jobs.typed import (
    change_to,
    mistakes,
    refused,
    said_with_advice,
    wikitext_of,
    wikitext_of_items,
)
from wikibot.language import Language, Text, counted
from wikibot.mapping import Field
from wikibot.mapping import Mapping as WikiMapping
from wikibot.visible import visible
from wikibot.wiki import Wiki

MARK = "✗"
_LONGEST = 400  # characters of a note
_NUMBER = re.compile(r"[2-9]|[1-9][0-9]{1,3}")
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")
_SYNTAX = (
    ("Unterminated string", Text("un texte n'est pas refermé", "a text is not closed")),
    ("Expected \"'''\"", Text("un texte n'est pas refermé par '''", "a text lacks its '''")),
    ('Expected \'"""\'', Text('un texte n\'est pas refermé par """', 'a text lacks its """')),
    ("Unclosed array", Text("il manque une virgule ou un ]", "a comma or a ] is missing")),
    ("Cannot overwrite a value", Text("ce champ y est deux fois", "this field stands twice")),
    ("Expected '='", Text("il manque un =", "a = is missing")),
    ("Unescaped '\\'", Text("la barre \\ s'écrit \\\\", "a backslash is written \\\\")),
    (
        "Invalid value",
        Text("une valeur s'écrit entre guillemets", "a value is written in quotes"),
    ),
    (
        "Expected newline or end of document after a statement",
        Text(
            "un texte finit trop tôt, ou un retour à la ligne manque ; un texte qui contient ''' "
            'se met entre """',
            "a text ends too soon, or a new line is missing; a text that holds ''' goes between "
            '"""',
        ),
    ),
)


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: a field of the form, or None for the form as a whole."""

    place: Place | None
    message: Text


@dataclass(frozen=True)
class Answers:
    """What the form says: the values that differ from the page, as typed and as wikitext."""

    typed: Mapping[Place, Typed]
    wikitext: Mapping[Place, str]
    problems: tuple[Problem, ...]


def read_answers(text: str, records: Sequence[Record], mapping: WikiMapping) -> Answers:
    """Return what a person made of the form of these records."""
    try:
        body = tomllib.loads(text.removeprefix("\ufeff"), parse_float=str)
    except tomllib.TOMLDecodeError as error:
        return Answers({}, {}, (Problem(None, _syntax(str(error), text)),))
    typed: dict[Place, Typed] = {}
    wikitext: dict[Place, str] = {}
    problems: list[Problem] = []
    for (number, key), value in _places(body):
        if number > len(records):
            problems.append(Problem(None, _no_record(number, len(records))))
            continue
        record = records[number - 1]
        field = record.page_type.field(key) or find_field(record.page_type, key)
        if field is None or (number, field.id) in typed:
            problems.append(Problem((number, key), _no_field(record, key, field)))
            continue
        as_shown = shown(record[field.id])
        try:
            said = _said(as_shown, value, mapping)
            if said == as_shown.value:
                continue
            typed[number, field.id] = said
            wikitext[number, field.id] = _wikitext(as_shown, said, mapping)
        except (InputError, UnsafeValue) as error:
            problems.append(Problem((number, key), said_with_advice(error)))
    return Answers(typed, wikitext, tuple(problems))


def edit_of(
    records: Sequence[Record], answers: Answers, mapping: WikiMapping, wiki: Wiki
) -> tuple[PageEdit, tuple[Problem, ...]]:
    """Return the edit that the answers ask for, and what the rules call an error in it."""
    page = records[0].page
    changes = {
        place: change_to(records[place[0] - 1], records[place[0] - 1][place[1]], new)
        for place, new in answers.wikitext.items()
        if new != records[place[0] - 1][place[1]].wikitext
    }
    edit = page_edit(page, list(changes.values()), mapping)
    problems: list[Problem] = []
    for place, change in changes.items():
        try:
            rebase(page, replace(edit, changes=(change,)), wiki.syntax)
        except UnsafeValue as error:
            problems.append(Problem(place, said_with_advice(error)))
    if not problems:
        try:
            for found in mistakes(page, edit, mapping, wiki):
                place = next(place for place in changes if place[1] == found.field)
                problems.append(Problem(place, found.message))
        except UnsafeValue as error:  # each value alone would do
            problems.append(Problem(None, said_with_advice(error)))
    return edit, tuple(problems)


def noted(
    text: str, problems: Sequence[Problem], language: Language
) -> tuple[str, tuple[str, ...]]:
    """Return the form with each problem as a comment above its field, and those comments.

    The first line names them all, since an editor opens there.
    """
    lines, at = text.removeprefix("\ufeff").split("\n"), lines_of_keys(text.removeprefix("\ufeff"))
    placed: dict[int, list[str]] = {}
    names: list[str] = []
    head: list[str] = []
    for problem in problems:
        note = f"# {MARK} {visible(' '.join(problem.message.into(language).split()), _LONGEST)}"
        line = at.get(problem.place) if problem.place else None
        if line is None or problem.place is None:
            head.append(note)
        else:
            placed.setdefault(line, []).append(note)
            names.append(problem.place[1])
    if names:
        told = Text(f"À corriger, marqué {MARK}", f"To be mended, marked {MARK}").into(language)
        colon = Text(" :", ":").into(language)
        head.insert(0, f"# {MARK} {told}{colon} {', '.join(dict.fromkeys(names))}")
    written = [*head]
    for number, line_text in enumerate(lines):
        written += [*placed.get(number, ()), line_text]
    notes = (*head, *(note for number in sorted(placed) for note in placed[number]))
    return "\n".join(written), notes


def without_notes(text: str, notes: Iterable[str]) -> str:
    """Return the form without the comments that `noted` put there, each taken out once."""
    left = list(notes)
    kept = []
    for line in text.split("\n"):
        if line.rstrip() in left:
            left.remove(line.rstrip())
        else:
            kept.append(line)
    return "\n".join(kept)


def _places(body: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    for key, value in body.items():
        if isinstance(value, dict) and _NUMBER.fullmatch(key):
            yield from (((int(key), inner), each) for inner, each in value.items())
        else:
            yield (1, key), value


def _said(as_shown: Shown, value: object, mapping: WikiMapping) -> Typed:
    """Return what was typed, as the field takes it.

    Raises:
        InputError: it is neither a text nor a list of texts.
    """
    field = as_shown.found.field
    if isinstance(value, list):
        items = tuple(_one(field, item, mapping) for item in value)
        if field.many:
            return items
        if len(items) > 1:
            raise refused(field, Text("il n'y va qu'une valeur.", "it takes one value."))
        return items[0] if items else ""
    said = _one(field, value, mapping)
    if not field.many:
        return said
    return tuple(item.strip() for item in said.split(field.separator) if item.strip())


def _one(field: Field, value: object, mapping: WikiMapping) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) and field.kind == "boolean":
        words = ("non", "oui") if mapping.wiki.language == "fr" else ("no", "yes")
        return words[value]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise refused(field, Text("écrivez la valeur entre guillemets.", "write it in quotes."))


def _wikitext(as_shown: Shown, said: Typed, mapping: WikiMapping) -> str:
    if isinstance(said, str):
        return wikitext_of(as_shown.found, said, mapping)
    return wikitext_of_items(as_shown.found, said, mapping)


def _no_field(record: Record, key: str, twice: Field | None) -> Text:
    if twice is not None:
        return Text(f"Le champ « {twice.id} » y est deux fois.", f"“{twice.id}” stands twice.")
    hint = nearest_fields((record.page_type,), key)
    return Text(f"Aucun champ « {key} ». {hint.fr}", f"There is no field “{key}”. {hint.en}")


def _no_record(number: int, count: int) -> Text:
    there = counted(count, Text("fiche", "record"), Text("fiches", "records"))
    return Text(
        f"[{number}] : la page n'a que {there.fr} ; le formulaire n'en ajoute pas.",
        f"[{number}]: the page has {there.en} only; the form adds none.",
    )


def _syntax(error: str, text: str) -> Text:
    """Return what is wrong with a text that is no TOML, with the line, one further down by now.

    Nothing but this is noted then, above the first line.
    """
    where = _WHERE.search(error)
    number = int(where[1]) if where and where[1] else text.rstrip("\n").count("\n") + 1
    line = [*text.split("\n"), ""][number - 1].strip()
    why = next((said for start, said in _SYNTAX if error.startswith(start)), None)
    reason = why or Text(_WHERE.sub("", error), _WHERE.sub("", error))
    quoted = Text(f" « {line[:60]} »", f" “{line[:60]}”") if line else Text("", "")
    return Text(
        f"Ligne {number + 1}{quoted.fr} : {reason.fr}.",
        f"Line {number + 1}{quoted.en}: {reason.en}.",
    )
