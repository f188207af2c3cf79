"""The text of a page that does not exist yet, as Page Forms would write it.

Source: Page Forms, PFWikiPage.php (createTemplateCall): one parameter a line, in the order of the
form, empty ones left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wikibot import value
from wikibot.errors import UnsafeValue
from wikibot.language import Text
from wikibot.mapping import PageType
from wikibot.wikitext import (
    FRENCH_WIKI,
    Syntax,
    reads_alike,
    set_parameter,
    transclusions,
)

Part = tuple[PageType, Mapping[str, str]]
Written = tuple[tuple[str, str], ...]  # parameter, wikitext


def page_text(
    page_type: PageType,
    values: Mapping[str, str],
    *,
    parts: Sequence[Part] = (),
    syntax: Syntax = FRENCH_WIKI,
) -> str:
    """Return the text of a new page: the call of its template, then those of its parts.

    `values` is field id → wikitext, as `jobs.typed.wikitext_of` makes it from what was typed;
    `parts` are (page type, values) of calls that stand on the same page, such as the answers
    below a diagnosis. Every value reads back as it was given, but for blanks around it.

    Raises:
        UnsafeValue: a value that would not read back so: a bar, braces or a tag left open, a
            control character.
        AmbiguousWikitext: more is left open than any page would.
        KeyError: a field that the page type does not have, or that its template computes.
    """
    calls = [(of, _written(of, given)) for of, given in ((page_type, values), *parts)]
    text = "".join(_call(of, written) for of, written in calls)
    if not _reads_as(text, calls, syntax):
        raise _culprit(calls, syntax)
    return text


def _written(page_type: PageType, values: Mapping[str, str]) -> Written:
    """Return the parameters of a call and their values, empty ones left out."""
    order = {field.id: field.parameter for field in page_type.fields if not field.computed}
    unknown = set(values) - set(order)
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    stripped = ((p, values.get(field_id, "").strip(value.BLANKS)) for field_id, p in order.items())
    written = tuple((parameter, wikitext) for parameter, wikitext in stripped if wikitext)
    for _, wikitext in written:
        value.encode(wikitext)  # refuses what no page can hold
    return written


def _call(page_type: PageType, written: Written) -> str:
    lines = "".join(f"|{parameter}={wikitext}\n" for parameter, wikitext in written)
    return f"{{{{{page_type.template}\n{lines}}}}}\n"


def _reads_as(text: str, calls: Sequence[tuple[PageType, Written]], syntax: Syntax) -> bool:
    """Return whether a text is these calls with these parameters, and nothing else."""
    end = 0
    found = []
    for call in transclusions(text, syntax):
        if call.span[0] >= end:  # not one within another
            found.append(call)
            end = call.span[1]
    return len(found) == len(calls) and all(
        call.name in page_type.templates
        and text[slice(*call.span)] == _call(page_type, written).rstrip("\n")
        and tuple((a.name, a.value) for a in call.arguments) == written
        and reads_alike(text, call)
        for call, (page_type, written) in zip(found, calls, strict=True)
    )


def _culprit(calls: Sequence[tuple[PageType, Written]], syntax: Syntax) -> UnsafeValue:
    """Return the error that names the value which would change more than its own field."""
    for page_type, written in calls:
        empty = _call(page_type, ())
        call = transclusions(empty, syntax)[0]
        for parameter, wikitext in written:
            try:
                set_parameter(empty, call, parameter, wikitext, syntax=syntax)
            except UnsafeValue as error:
                label = next(f.label for f in page_type.fields if f.parameter == parameter)
                return UnsafeValue(
                    Text(f"{label.fr} : {error.message.fr}", f"{label.en}: {error.message.en}"),
                    error.advice,
                )
    label = calls[0][0].label
    return UnsafeValue(
        Text(
            f"La fiche « {label.fr} » ne peut pas être écrite avec ces valeurs.",
            f"The page “{label.en}” cannot be written with these values.",
        ),
        Text(
            "Refermez chaque lien, modèle ou balise dans le champ où il est ouvert.",
            "Close every link, template or tag in the field that opens it.",
        ),
    )
