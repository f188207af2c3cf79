"""The fields of a page as a person reads them in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from wikibot.edits import FieldValue, Record
from wikibot.language import Language, Text, counted, moment
from wikibot.page import Page
from wikibot.visible import visible

_INDENT = "    "
_MOST_LINES = 4  # of one value, unless all of it is asked for
_COLON = Text(" :", ":")
_EMPTY = Text("(vide)", "(empty)")


def page(
    records: Sequence[Record], language: Language, address: str | None, width: int | None
) -> Iterator[str]:
    """Yield the lines of a page: who edited it last, where it is, then the fields of its records.

    Values are wrapped to `width` columns and long ones cut, the names of empty fields stand
    together at the end. Without a width every value is whole, every field has its line.
    """
    shown = records[0].page
    yield visible(shown.title)
    kinds = dict.fromkeys(record.page_type.label.text.into(language) for record in records[:1])
    yield f"  {', '.join(kinds)} · {_edited(shown, language)}"
    if address:
        yield f"  {visible(address)}"
    for number, record in enumerate(records):
        if number:
            label = record.page_type.label.text.into(language)
            yield ""
            yield f"  — {label} ({number + 1}/{len(records)})"
        yield from _fields(record, language, width)


def _edited(shown: Page, language: Language) -> str:
    revision = shown.revision
    at = moment(revision.timestamp)
    text = Text(f"modifiée le {at.fr}", f"edited on {at.en}")
    if revision.user:
        user = visible(revision.user)
        text = Text(f"{text.fr} par {user}", f"{text.en} by {user}")
    return Text(f"{text.fr} (révision {revision.id})", f"{text.en} (revision {revision.id})").into(
        language
    )


def _fields(record: Record, language: Language, width: int | None) -> Iterator[str]:
    colon, empty = _COLON.into(language), []
    for found in record.values.values():
        label = found.field.label.text.into(language)
        head = f"  {label} ({found.field.id})"
        if found.text:
            yield from _value(found, head, language, width)
        elif width is None:
            yield f"{head}{colon} {_EMPTY.into(language)}"
        else:
            empty.append(label)
    if empty and width is not None:
        lead = f"  {Text('Vides', 'Empty').into(language)}{colon} "
        yield f"{lead}{', '.join(empty)}"


def _value(found: FieldValue, head: str, language: Language, width: int | None) -> Iterator[str]:
    if found.field.many:
        yield head
        for item in found.items:
            yield from _wrapped(f"{_INDENT}• ", item, f"{_INDENT}  ", width)
        return
    lead = f"{head}{_COLON.into(language)} "
    lines = [
        wrapped
        for number, line in enumerate(found.text.splitlines())
        for wrapped in _wrapped(_INDENT if number else lead, line, _INDENT, width)
    ]
    left = len(lines) - _MOST_LINES
    if width is None or left <= 1:  # a line in place of one line tells nothing
        yield from lines
        return
    yield from lines[:_MOST_LINES]
    more = counted(left, Text("ligne", "line"), Text("lignes", "lines"))
    told = Text(f"… encore {more.fr} : --all", f"… {more.en} more: --all")
    yield f"{_INDENT}{told.into(language)}"


def _wrapped(lead: str, line: str, indent: str, width: int | None) -> list[str]:
    line = visible(line)
    if width is None or len(lead) + len(line) <= width:
        return [lead + line]
    return textwrap.wrap(
        line,
        max(width, len(lead) + 20),
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [lead]
