"""What was looked up, as people and programs read it: pages with the words, pages with links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from wikibot.edits.contents import TEXT, LinkTo
from wikibot.edits.lookup import FoundPage, Hit, Parts
from wikibot.language import Language, Text, counted
from wikibot.mapping import Mapping
from wikibot.title import Title
from wikibot.visible import visible

Marked = Callable[[str], str]


def page(found: FoundPage, mapping: Mapping, language: Language, marked: Marked) -> Iterator[str]:
    """Yield the lines of a page that was found: its title and type, then where the words stand."""
    labels = [
        page_type.label.text.into(language)
        for name in found.calls
        if (page_type := mapping.type_of(name)) is not None
    ]
    told = f" — {', '.join(dict.fromkeys(labels))}" if labels else ""
    yield f"{_shown(found.heading, marked)}{told}"
    colon = Text(" :", ":").into(language)
    for hit in found.hits:
        yield f"    {place(hit, mapping).into(language)}{colon} {_shown(hit.parts, marked)}"
    left = found.places - len(found.hits)
    if left:
        more = counted(left, Text("autre passage", "more place"), Text("autres passages", "more"))
        yield f"    … {more.into(language)}"


def place(hit: Hit, mapping: Mapping) -> Text:
    """Return in words where on its page a passage stands."""
    passage = hit.passage
    label = _label(passage.template, passage.field, mapping)
    if not passage.call:
        return label
    number = passage.call + 1
    return Text(f"{label.fr} ({number}e)", f"{label.en} (no. {number})")


def _label(template: str | None, field: str | None, mapping: Mapping) -> Text:
    if template is None:
        return _IN_TEXT if field == TEXT else _PLAIN
    page_type = mapping.type_of(template)
    known = page_type.field(field) if page_type and field else None
    if known is not None:
        return known.label.text
    name = visible((field or "").removeprefix("|"))
    return Text(f"paramètre « {name} »", f"parameter “{name}”")


def _shown(parts: Parts, marked: Marked) -> str:
    return "".join(
        marked(visible(" ".join(words.split()))) if word else visible(_one_line(words))
        for words, word in parts
    )


def _one_line(words: str) -> str:
    """Return words without line ends and marks of bold, the blanks at both ends kept as one."""
    return re.sub(r"\s+", " ", re.sub("'{2,}", "", words))


def found_data(found: FoundPage, mapping: Mapping) -> dict[str, Any]:
    """Return a page that was found, for a program."""
    types = [page_type.id for name in found.calls if (page_type := mapping.type_of(name))]
    return {
        "title": str(found.title),
        "types": list(dict.fromkeys(types)),
        "revid": found.revid,
        "places": [
            {
                "template": hit.passage.template,
                "call": hit.passage.call,
                "field": hit.passage.field,
                "ordinal": hit.passage.ordinal,
                "excerpt": hit.passage.value,
                "words": list(dict.fromkeys(words for words, word in hit.parts if word)),
            }
            for hit in found.hits
        ],
    }


def links(
    heading: Text,
    found: Iterable[tuple[Title, Sequence[LinkTo]]],
    mapping: Mapping,
    language: Language,
) -> Iterator[str]:
    """Yield the lines of pages with the ways in which they are linked."""
    yield f"  {heading.into(language)}"
    for title, ways in found:
        how = dict.fromkeys(way(link, mapping).into(language) for link in ways)
        yield f"    {visible(title)} — {', '.join(how)}"


def way(link: LinkTo, mapping: Mapping) -> Text:
    """Return in words by what a page links to another."""
    if link.how == "field":
        return _label(link.template, link.field, mapping)
    return {"category": _CATEGORY, "redirect": _REDIRECT}.get(link.how, _IN_TEXT)


def links_data(found: Iterable[tuple[Title, Sequence[LinkTo]]]) -> list[dict[str, Any]]:
    """Return pages with the ways in which they are linked, for a program."""
    return [
        {
            "title": str(title),
            "ways": [
                {"how": link.how, "template": link.template, "field": link.field} for link in ways
            ],
        }
        for title, ways in found
    ]


_IN_TEXT = Text("texte de la page", "text of the page")
_PLAIN = Text("titre", "title")
_CATEGORY = Text("catégorie", "category")
_REDIRECT = Text("redirection", "redirect")
