"""The edit summaries that people read in the history of a page: in French, short, harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wikibot.edits.change import Change
from wikibot.mapping import Field

# MediaWiki keeps 500 characters of a comment (Manual:Comment table); a history page is read in
# one line, and the marker in front must never be cut off.
LONGEST = 200
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_MARKUP = re.compile(r"\[\[|\]\]|\{\{|\}\}|[\x00-\x1f\x7f]+")


def summary(changes: Iterable[tuple[Change, Field | None]], tail: str | None = None) -> str:
    """Return what an edit does, in French: each field once; the new value of a term only.

    Of a parameter that is only renamed the value is not new, and not told; nor is a field empty
    that stands under another name of its own.

    Names of people may stand in other fields, and a summary can never be taken back. `tail`
    ends it and may be a link; where there is little room, it is the fields that are cut.
    """
    parts = []
    changes = list(changes)
    filled = {(c.template, c.index, c.field) for c, _ in changes if c.field and c.new}
    for change, field in changes:
        if not change.new and (change.template, change.index, change.field) in filled:
            continue
        if change.region:
            parts.append(_of_region(change))
            continue
        label = field.label.fr if field else change.parameter
        told = field is not None and field.vocabulary and not field.many
        if told and change.new and change.new != change.old:
            label = f"{label} : « {change.new} »"
        elif not change.new:
            label = f"{label} (vidé)"
        parts.append(f"{label} (paramètre renommé)" if change.renamed_from else label)
    text = harmless(" ; ".join(dict.fromkeys(parts)))
    end = f" ({tail})" if tail else ""
    return _cut(text, LONGEST - len(f"{marker('000000')} {end}")) + end


def _of_region(change: Change) -> str:
    done = "ajoutée" if not change.old else "mise à jour" if change.new else "retirée"
    return f"partie « {change.region} » {done}"


def marked(run_id: str, text: str) -> str:
    """Return the summary that is sent: the marker of the run leads, 200 characters at most."""
    return _cut(f"{marker(run_id)} {_CONTROLS.sub(' ', text)}".strip(), LONGEST)


def marker(run_id: str) -> str:
    """Return the words by which an edit of a run is known in a page's history."""
    return f"[wb:{run_id}]"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: max(longest - 1, 0)] + "…"


def harmless(text: str) -> str:
    """Return text that is neither link nor template nor line break in a summary."""
    return _MARKUP.sub(" ", text).strip()
