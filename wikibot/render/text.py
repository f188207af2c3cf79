"""What people read in a terminal: findings, fields, changes, runs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from wikibot.checks import Finding, Rule
from wikibot.edits import Change, PageEdit, Record
from wikibot.language import Language, Text, counted
from wikibot.mapping import Field, Mapping
from wikibot.visible import visible

SEVERITY = {
    "error": Text("erreur", "error"),
    "warning": Text("à revoir", "warning"),
    "info": Text("remarque", "info"),
}
_SIGN = {"error": "✗", "warning": "!", "info": "·"}
_LONG = 160
_INDENT = "    "
_COLON = Text(" :", ":")

PAGE = (Text("page", "page"), Text("pages", "pages"))
FIELD = (Text("champ", "field"), Text("champs", "fields"))
NEW_PAGE = (Text("nouvelle page", "new page"), Text("nouvelles pages", "new pages"))


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


def record(shown: Record, language: Language) -> Iterator[str]:
    """Yield the fields of a page that hold something, then the names of the empty ones."""
    yield visible(shown.page.title)
    colon, empty = _COLON.into(language), []
    for found in shown.values.values():
        label = found.field.label.text.into(language)
        if not found.text:
            empty.append(label)
        elif found.field.many:
            yield f"  {label} ({found.field.id})"
            yield from (f"{_INDENT}• {visible(item)}" for item in found.items)
        else:
            lines = found.text.splitlines()
            yield f"  {label} ({found.field.id}){colon} {visible(lines[0])}"
            yield from (f"{_INDENT}{visible(line)}" for line in lines[1:])
    if empty:
        yield f"  {Text('Vides', 'Empty').into(language)}{colon} {', '.join(empty)}"


def edits(
    planned: Iterable[PageEdit], mapping: Mapping, language: Language, *, brief: bool = False
) -> Iterator[str]:
    """Yield the changes of a plan, page by page, as a diff of fields; of new pages, the text.

    `brief` gives the titles of new pages alone.
    """
    for edit in planned:
        new = Text(" (nouvelle page)", " (new page)").into(language)
        yield visible(edit.title) + ("" if edit.text is None else new)
        if edit.text is not None and brief:
            continue
        for line in (edit.text or "").splitlines():
            yield f"{_INDENT}+ {visible(line, 4 * _LONG)}"
        for change in edit.changes:
            field = _field(change, mapping)
            label = field.label.text.into(language) if field else change.parameter
            yield f"  {visible(label)}"
            yield from _name(change, field, language)
            if not change.renamed_from or change.old != change.new:
                yield from _difference(change, field, language)
            if change.rule:
                yield f"{_INDENT}({visible(change.rule)})"
        yield ""


def _field(change: Change, mapping: Mapping) -> Field | None:
    page_type = mapping.type_of(change.template)
    return page_type.field(change.field) if page_type else None


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


def _difference(change: Change, field: Field | None, language: Language) -> Iterator[str]:
    empty = Text("(vide)", "(empty)").into(language)
    if field is not None and field.many and change.old and change.new:
        old, new = (_items(text, field) for text in (change.old, change.new))
        gone = [item for item in old if item not in new]
        come = [item for item in new if item not in old]
        if gone or come:
            yield from (f"{_INDENT}- {visible(item)}" for item in gone)
            yield from (f"{_INDENT}+ {visible(item)}" for item in come)
            return
    old_lines, new_lines = (change.old or empty).splitlines(), (change.new or empty).splitlines()
    if len(old_lines) == len(new_lines) == 1:
        yield f"{_INDENT}- {visible(old_lines[0], 4 * _LONG)}"
        yield f"{_INDENT}+ {visible(new_lines[0], 4 * _LONG)}"
        return
    for line in difflib.unified_diff(old_lines, new_lines, n=1, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield f"{_INDENT}{line[:1]} {visible(line[1:], 4 * _LONG)}"


def _items(text: str, field: Field) -> list[str]:
    return [item.strip() for item in text.split(field.separator)]


def plan_counts(planned: Sequence[PageEdit]) -> Text:
    """Return «2 pages, 3 champs», or «2 nouvelles pages», or both."""
    changed = [edit for edit in planned if edit.text is None]
    new = len(planned) - len(changed)
    parts = []
    if changed or not new:
        parts += [
            counted(len(changed), *PAGE),
            counted(sum(len(edit.changes) for edit in changed), *FIELD),
        ]
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
