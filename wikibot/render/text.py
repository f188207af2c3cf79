"""What people read in a terminal: findings, fields, changes, runs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from wikibot.checks import Finding, Rule
from wikibot.edits import Change, PageEdit
from wikibot.language import Language, Text, counted
from wikibot.mapping import Field, Mapping
from wikibot.render.differences import Pieces, differences, field_of, name_of, shortened, values_of
from wikibot.visible import visible

SEVERITY = {
    "error": Text("erreur", "error"),
    "warning": Text("à revoir", "warning"),
    "info": Text("remarque", "info"),
}
_SIGN = {"error": "✗", "warning": "!", "info": "·"}
_LONG = 160
_KEPT = 60  # characters of what stays in a long value, around what changes
_INDENT = "    "
_COLON = Text(" :", ":")

Paint = Callable[[str, Literal["gone", "come"]], str]

PAGE = (Text("page", "page"), Text("pages", "pages"))
FIELD = (Text("champ", "field"), Text("champs", "fields"))
REGION = (
    Text("partie tenue par le robot", "part kept by the bot"),
    Text("parties tenues par le robot", "parts kept by the bot"),
)
NEW_PAGE = (Text("nouvelle page", "new page"), Text("nouvelles pages", "new pages"))
_NEW = Text(" (nouvelle page)", " (new page)")
_NEW_NUMBERED = Text(
    " (nouvelle page ; le numéro suivant, si celui-ci est pris entre-temps)",
    " (new page; the next number, should this one be taken meanwhile)",
)


def findings(found: Sequence[Finding], language: Language) -> Iterator[str]:
    """Yield the findings grouped by page, the gravest first."""
    rank = {"error": 0, "warning": 1, "info": 2}
    colon = _COLON.into(language)
    for title, of_page in groupby(found, key=lambda f: f.title):
        yield visible(title)
        for f in sorted(of_page, key=lambda f: rank[f.severity]):
            yield f"  {finding_line(f, language)}"
            if f.change is not None:
                sure = (
                    Text("correction sûre", "safe fix") if f.safe else Text("proposition", "hint")
                )
                new = f.change.new or Text("(vide)", "(empty)").into(language)
                if f.change.renamed_from:
                    new = _names(f.change)
                yield f"{_INDENT}→ {sure.into(language)}{colon} {visible(new, _LONG)}"
        yield ""


def finding(found: Finding, language: Language) -> str:
    """Return one finding on one line, its page first."""
    return f"{visible(found.title)}{_COLON.into(language)} {finding_line(found, language)}"


def finding_line(found: Finding, language: Language) -> str:
    """Return one finding on one line, without its page."""
    return (
        f"{_SIGN[found.severity]} {SEVERITY[found.severity].into(language)} {found.rule}  "
        f"{visible(found.message.into(language))}"
    )


def finding_counts(found: Sequence[Finding], pages: int) -> Text:
    """Return the closing line of a check."""
    numbers = {s: sum(f.severity == s for f in found) for s in SEVERITY}
    safe = sum(f.safe for f in found)
    errors = counted(numbers["error"], SEVERITY["error"], Text("erreurs", "errors"))
    warnings = counted(
        numbers["warning"], Text("point à revoir", "warning"), Text("points à revoir", "warnings")
    )
    infos = counted(numbers["info"], SEVERITY["info"], Text("remarques", "remarks"))
    read = counted(pages, Text("page lue", "page read"), Text("pages lues", "pages read"))
    text = Text(
        f"{read.fr} : {errors.fr}, {warnings.fr}, {infos.fr}.",
        f"{read.en}: {errors.en}, {warnings.en}, {infos.en}.",
    )
    if not safe:
        return text
    sure = counted(
        safe, Text("correction sûre", "safe fix"), Text("corrections sûres", "safe fixes")
    )
    return Text(
        f"{text.fr} {sure.fr} : « wikibot fix » {'la' if safe == 1 else 'les'} montre.",
        f"{text.en} {sure.en}: “wikibot fix” shows {'it' if safe == 1 else 'them'}.",
    )


def no_paint(words: str, kind: Literal["gone", "come"]) -> str:
    """Leave words as they are: what paints them is for a terminal alone."""
    return words


def edits(
    planned: Iterable[PageEdit],
    mapping: Mapping,
    language: Language,
    *,
    brief: bool = False,
    paint: Paint = no_paint,
) -> Iterator[str]:
    """Yield the changes of a plan, page by page, as a diff of fields; of new pages, the text.

    `brief` gives the titles of new pages alone. `paint` colours the words that differ.
    """
    for edit in planned:
        yield page_title(edit, language)
        if edit.text is not None and brief:
            continue
        for line in (edit.text or "").splitlines():
            yield f"{_INDENT}+ {visible(line, 4 * _LONG)}"
        for change in edit.changes:
            yield from change_lines(change, mapping, language, paint)
        yield ""


def page_title(edit: PageEdit, language: Language) -> str:
    """Return the title of the page that an edit changes or creates."""
    new = _NEW_NUMBERED if edit.numbered else _NEW
    return visible(edit.title) + ("" if edit.text is None else new.into(language))


def change_lines(
    change: Change, mapping: Mapping, language: Language, paint: Paint = no_paint
) -> Iterator[str]:
    """Yield the lines of one change: its field, what goes and what comes, the rule or reason."""
    field = field_of(change, mapping)
    yield f"  {visible(name_of(change, field).into(language))}"
    yield from _name(change, field, language)
    if not change.renamed_from or change.old != change.new:
        yield from _difference(change, field, language, paint)
    if change.rule:
        yield f"{_INDENT}({visible(change.rule)})"
    elif change.reason:
        yield f"{_INDENT}({visible(change.reason)})"


def _name(change: Change, field: Field | None, language: Language) -> Iterator[str]:
    """Yield the name of the parameter, where it is a new one or not the field's own."""
    word = Text("paramètre :", "parameter:").into(language)
    if change.renamed_from:
        same = Text(" (la valeur reste)", " (the value stays)").into(language)
        kept = same if change.old == change.new else ""
        yield f"{_INDENT}{word} {visible(_names(change), _LONG)}{kept}"
    elif field is not None and change.parameter != field.parameter:
        yield f"{_INDENT}{word} {visible(change.parameter, _LONG)}"


def _names(change: Change) -> str:
    return f"{change.renamed_from} → {change.parameter}"


def _difference(
    change: Change, field: Field | None, language: Language, paint: Paint
) -> Iterator[str]:
    empty = "" if change.region else Text("(vide)", "(empty)").into(language)
    before, after = values_of(change, field)
    if field is not None and field.many and before and after:
        old, new = (_items(text, field) for text in (before, after))
        gone = [item for item in old if item not in new]
        come = [item for item in new if item not in old]
        if gone or come:
            yield from (f"{_INDENT}- {paint(visible(item), 'gone')}" for item in gone)
            yield from (f"{_INDENT}+ {paint(visible(item), 'come')}" for item in come)
            return
    old_lines, new_lines = (_as_lines(shown or empty) for shown in (before, after))
    matcher = difflib.SequenceMatcher(None, old_lines, new_lines)
    for group in matcher.get_grouped_opcodes(1):
        for kind, a, b, c, d in group:
            if kind == "equal":
                context = filter(str.strip, old_lines[a:b])
                yield from (f"{_INDENT}  {visible(line, _LONG)}" for line in context)
                continue
            gone_pieces, come_pieces = differences(
                "\n".join(old_lines[a:b]), "\n".join(new_lines[c:d])
            )
            yield from _lines(gone_pieces, "gone", paint, b - a)
            yield from _lines(come_pieces, "come", paint, d - c)


def _as_lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _lines(
    pieces: Pieces, kind: Literal["gone", "come"], paint: Paint, number: int
) -> Iterator[str]:
    """Yield the lines of a value, with what is alike cut short where they are long."""
    if not number:
        return
    sign = "-" if kind == "gone" else "+"
    if sum(len(piece.text) for piece in pieces) > _LONG:
        pieces = shortened(pieces, _KEPT)
    lines = [""]
    for piece in pieces:
        for part in re.split(r"(\n)", piece.text):
            if part == "\n":
                lines.append("")
            elif part:
                shown = visible(part, 4 * _LONG)
                lines[-1] += paint(shown, kind) if piece.changed else shown
    yield from (f"{_INDENT}{sign} {line}" for line in lines)


def _items(text: str, field: Field) -> list[str]:
    return [item.strip() for item in text.split(field.separator)]


def plan_counts(planned: Sequence[PageEdit]) -> Text:
    """Return «2 pages, 3 champs» (or parts of the bot), or «2 nouvelles pages», or both."""
    changed = [edit for edit in planned if edit.text is None]
    new = len(planned) - len(changed)
    parts = []
    if changed or not new:
        changes = [change for edit in changed for change in edit.changes]
        regions = sum(bool(change.region) for change in changes)
        parts.append(counted(len(changed), *PAGE))
        if len(changes) > regions or not regions:
            parts.append(counted(len(changes) - regions, *FIELD))
        if regions:
            parts.append(counted(regions, *REGION))
    if new:
        parts.append(counted(new, *NEW_PAGE))
    return Text(", ".join(part.fr for part in parts), ", ".join(part.en for part in parts))


def rules(known: Iterable[Rule], language: Language) -> Iterator[str]:
    """Yield one line a rule."""
    fix = {
        "safe": Text("correction sûre", "safe fix"),
        "unsafe": Text("proposition", "hint"),
        "none": Text("à la main", "by hand"),
    }
    for rule in known:
        yield (
            f"{rule.code}  {SEVERITY[rule.severity].into(language):<9} "
            f"{fix[rule.fix].into(language):<16} {rule.what.into(language)}"
        )


def rule(shown: Rule, language: Language) -> Iterator[str]:
    """Yield the whole explanation of a rule."""
    yield f"{shown.code} {shown.name} ({SEVERITY[shown.severity].into(language)})"
    yield ""
    yield from shown.explanation.into(language).strip().splitlines()
