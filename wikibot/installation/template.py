"""The template of a page type: shows its fields, keeps them as properties, sets the category.

Source: MediaWiki, Help:Templates; Semantic MediaWiki, Help:Setting values and Help:Inline
queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wikibot.installation.facilities import FORM, Facilities
from wikibot.installation.markup import parameter, shown
from wikibot.installation.properties import Properties
from wikibot.installation.template_data import template_data
from wikibot.installation.values import assignment, value
from wikibot.mapping import Field, Mapping, PageType
from wikibot.title import CATEGORY


def template_page(
    page_type: PageType, mapping: Mapping, properties: Properties, facilities: Facilities
) -> str:
    """Return the text of the template of a page type."""
    used = [
        *_kept(page_type, properties, facilities),
        *_shown(page_type, mapping, facilities),
        *_listed(page_type, mapping, properties, facilities),
        *_boards(page_type, mapping, facilities),
    ]
    if page_type.category:
        used.append(f"[[{facilities.title(CATEGORY, page_type.category)}]]")
    about = _usage(page_type, facilities)
    data = f"<templatedata>\n{template_data(page_type, mapping, properties, facilities)}\n"
    data += "</templatedata>"
    if not facilities.template_data:
        data = f'<div style="display:none">{data}</div>'
    return f"<noinclude>{about}\n{data}</noinclude><includeonly>{''.join(used)}</includeonly>\n"


def _usage(page_type: PageType, facilities: Facilities) -> str:
    language = facilities.language
    label = shown(page_type.label.text.into(language))
    about = page_type.about if not facilities.template_data else None  # else it is shown there
    text = shown(about.text.into(language)) + "\n\n" if about else ""
    text += facilities.say(
        f"Ce modèle tient les fiches « {label} ».", f"This template holds the pages “{label}”."
    )
    if facilities.forms and page_type.form:
        form = facilities.title_of("Form", FORM, page_type.form)
        text += " " + facilities.say(
            f"Elles se remplissent par le formulaire [[{form}]].",
            f"They are filled by the form [[{form}]].",
        )
    call = "\n".join(f"|{field.parameter}=" for field in page_type.fields if not field.computed)
    return f"{text}\n<pre>\n{{{{{page_type.template}\n{call}\n}}}}\n</pre>"


def _kept(page_type: PageType, properties: Properties, facilities: Facilities) -> Iterator[str]:
    """Yield what makes the fields properties: of the page, or of an object of each call."""
    if not facilities.semantic:
        return
    board = page_type.board
    lines = []
    for field in page_type.fields:
        found = properties.of(page_type, field)
        if found is not None:
            default = (board.open or "") if board and field.id == board.status else ""
            lines.append(" " + assignment(field, found, default))
    yield "{{#subobject:\n" if page_type.repeats else "{{#set:\n"
    yield from lines
    yield "}}"


def _shown(page_type: PageType, mapping: Mapping, facilities: Facilities) -> Iterator[str]:
    """Yield the fields as a reader sees them: tables of short ones, sections of long ones."""
    rows: list[tuple[Field, str]] = []
    for field in page_type.fields:
        if field.computed:
            continue
        label = shown(field.label.text.into(facilities.language))
        long = field.kind == "longtext" and not page_type.repeats  # no sections in each of many
        if field.heading or long:
            yield from _table(rows)
            rows = []
        if field.heading:
            yield f"\n== {shown(field.heading.text.into(facilities.language))} ==\n"
        if long:
            yield f"\n{{{{#if:{parameter(field)}|\n=== {label} ===\n{parameter(field)}\n}}}}\n"
        else:
            cells = f'<th scope="row">{label}</th><td>{value(field, mapping, facilities)}</td>'
            rows.append((field, cells))
    yield from _table(rows)


def _table(rows: Sequence[tuple[Field, str]]) -> Iterator[str]:
    """Yield a table of the fields that are not empty; none where all are."""
    if rows:
        filled = "".join(parameter(field) for field, _ in rows)
        lines = "".join(
            f"{{{{#if:{parameter(field)}|<tr>{cells}</tr>}}}}\n" for field, cells in rows
        )
        yield f'{{{{#if:{filled}|<table class="wikitable">\n{lines}</table>}}}}\n'


def _listed(
    page_type: PageType, mapping: Mapping, properties: Properties, facilities: Facilities
) -> Iterator[str]:
    """Yield the lists of the pages that name this one in a field, each under its heading."""
    for other in mapping.page_types if facilities.semantic else ():
        for field in other.fields:
            found, heading = properties.of(other, field), None
            vocabulary = mapping.vocabulary(field)
            if field.pages_of == page_type.id:
                heading = field.listed_as
            elif vocabulary is not None and vocabulary.page_type == page_type.id:
                heading = other.label
            if found is None or heading is None:
                continue
            words = shown(heading.text.into(facilities.language))
            yield (
                f"\n{{{{#ask:[[{found.name}::{{{{FULLPAGENAME}}}}]]"
                f"|format=ul|limit=500|intro=<h3>{words}</h3>}}}}\n"
            )


def _boards(page_type: PageType, mapping: Mapping, facilities: Facilities) -> Iterator[str]:
    """Yield the boards whose entries name pages of this type."""
    for other in mapping.page_types if facilities.semantic else ():
        board = other.board
        related = other.field(board.related) if board else None
        if board and related and related.pages_of == page_type.id:
            name = board.label.text.into(facilities.language)
            yield f"\n== {shown(name)} ==\n{{{{{name}}}}}\n"
