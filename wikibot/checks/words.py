"""Pieces of messages, in both languages: quotations, lists of values, names of fields."""

from __future__ import annotations

from collections.abc import Sequence

from wikibot.language import Text
from wikibot.mapping import Field

_LONGEST = 70
_LONGEST_LABEL = 60
_MOST = 6


def shortened(text: str, limit: int = _LONGEST) -> str:
    """Return `text` on one line, cut at a word with an ellipsis where it is too long."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return f"{cut.rpartition(' ')[0] if ' ' in cut[limit // 2 :] else cut}…"


def quoted(text: str, limit: int = _LONGEST) -> Text:
    """Return a value in quotation marks, shortened."""
    short = shortened(text, limit)
    return Text(f"« {short} »", f"“{short}”")


def label(field: Field) -> Text:
    """Return the name of a field in quotation marks."""
    return Text(
        quoted(field.label.fr, _LONGEST_LABEL).fr, quoted(field.label.en, _LONGEST_LABEL).en
    )


def listed(values: Sequence[str], most: int = _MOST) -> Text:
    """Return values in quotation marks joined by «and»; those beyond `most` are counted."""
    shown, rest = [quoted(value) for value in values[:most]], len(values) - most
    if rest > 0:
        shown.append(
            Text(
                "un autre" if rest == 1 else f"{rest} autres",
                "one other" if rest == 1 else f"{rest} others",
            )
        )
    return _joined(shown, Text("et", "and"))


def either(values: Sequence[str]) -> Text:
    """Return values in quotation marks joined by «or»."""
    return _joined([quoted(value) for value in values], Text("ou", "or"))


def _joined(parts: Sequence[Text], last: Text) -> Text:
    if len(parts) < 2:
        return parts[0] if parts else Text("", "")
    return Text(
        f"{', '.join(part.fr for part in parts[:-1])} {last.fr} {parts[-1].fr}",
        f"{', '.join(part.en for part in parts[:-1])} {last.en} {parts[-1].en}",
    )
