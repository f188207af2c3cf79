"""The form of a page type, and of the parts that stand on its pages.

Source: Page Forms, Defining forms and Input types (mediawiki.org).
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.installation.facilities import Facilities
from wikibot.installation.markup import argument, can_be_argument, shown
from wikibot.installation.properties import Properties, Property
from wikibot.language import Text
from wikibot.mapping import Field, Mapping, PageType
from wikibot.title import USER

_FEW = 7  # terms that are shown all at once
_YES_NO = ("oui", "non")
_DATE = Text("AAAA-MM-JJ", "YYYY-MM-DD")


def form_page(
    page_type: PageType, mapping: Mapping, properties: Properties, facilities: Facilities
) -> str:
    """Return the text of the form that creates and edits the pages of a page type."""
    language = facilities.language
    label = shown(page_type.label.text.into(language))
    about = shown(page_type.about.text.into(language)) + "\n\n" if page_type.about else ""
    about += facilities.say(
        f"Ce formulaire crée et modifie les fiches « {label} ».",
        f"This form creates and edits the pages “{label}”.",
    )
    text = "".join(_entry(page_type, facilities))
    text += _template(page_type, mapping, properties, facilities)
    for part in mapping.page_types:
        if part.part_of == page_type.id:
            text += _template(part, mapping, properties, facilities)
    free = facilities.say("Texte libre", "Free text")
    text += f"'''{free} :'''\n{{{{{{standard input|free text|rows=8}}}}}}\n\n"
    inputs = ("summary", "minor edit", "watch", "save", "preview", "changes", "cancel")
    text += " ".join(f"{{{{{{standard input|{name}}}}}}}" for name in inputs)
    return (
        f"<noinclude>{about}\n\n{_input(page_type)}</noinclude><includeonly>{text}</includeonly>\n"
    )


def _input(page_type: PageType) -> str:
    """Return the box that asks for the title of a page; numbered pages get theirs."""
    if page_type.numbered:
        return f"{{{{#formlink:form={page_type.form}|link text=+}}}}"
    category = page_type.category
    complete = f"|autocomplete on category={category}" if category else ""
    return f"{{{{#forminput:form={page_type.form}{complete}}}}}"


def _entry(page_type: PageType, facilities: Facilities) -> Iterator[str]:
    if page_type.numbered:
        name = facilities.title(page_type.namespace, "<unique number;start=1>")
        yield f"{{{{{{info|page name={name}}}}}}}\n"


def _template(
    page_type: PageType, mapping: Mapping, properties: Properties, facilities: Facilities
) -> str:
    language = facilities.language
    words = [f"for template|{page_type.template}"]
    if page_type.repeats:
        words += ["multiple", f"label={argument(page_type.label.text.into(language))}"]
    text = f"{{{{{{{'|'.join(words)}}}}}}}\n"
    in_table = False
    for field in page_type.fields:
        if field.computed:
            continue
        if field.heading:
            text += "|}\n" if in_table else ""
            text += f"\n== {shown(field.heading.text.into(language))} ==\n"
            in_table = False
        text += "|-\n" if in_table else '{| class="formtable"\n'
        in_table = True
        text += _row(page_type, field, mapping, properties, facilities)
    text += "|}\n" if in_table else ""
    return f"{text}{{{{{{end template}}}}}}\n\n"


def _row(
    page_type: PageType,
    field: Field,
    mapping: Mapping,
    properties: Properties,
    facilities: Facilities,
) -> str:
    label = shown(field.label.text.into(facilities.language))
    told = ""
    if field.help:
        words = field.help.text.into(facilities.language)
        told = f" {{{{#info:{argument(shown(words))}}}}}"
    found = properties.of(page_type, field) if facilities.semantic else None
    tag = "|".join(("field", field.parameter, *_options(field, mapping, found, facilities)))
    return f"! {label} :{told}\n| {{{{{{{tag}}}}}}}\n"


def _options(
    field: Field, mapping: Mapping, found: Property | None, facilities: Facilities
) -> Iterator[str]:
    """Yield the words of the tag of a field, as Page Forms reads them."""
    yield from _input_type(field, mapping, found, facilities)
    if field.required == "error":
        yield "mandatory"
    if field.many:
        yield "list"
        if field.separator != ",":
            yield "delimiter=" + ("\\n" if field.separator == "\n" else argument(field.separator))
    if field.max_length is not None:
        yield f"maxlength={field.max_length}"
    if found is not None:
        yield f"property={found.name}"


def _input_type(
    field: Field, mapping: Mapping, found: Property | None, facilities: Facilities
) -> Iterator[str]:
    vocabulary = mapping.vocabulary(field)
    if vocabulary is not None:
        closed = not vocabulary.open
        few = len(vocabulary.terms) <= _FEW
        if field.many:
            yield "input type=" + ("checkboxes" if few and closed else "tokens")
        else:
            yield "input type=" + ("dropdown" if closed else "combobox")
        labels = [term.label for term in vocabulary.terms if can_be_argument(term.label)]
        if found is None or not found.allowed:  # else the property tells them
            yield from _values(labels, field)
        if closed and field.many and not few:
            yield "existing values only"
    elif field.kind == "longtext":
        yield from ("input type=textarea", "rows=8", "autogrow")
    elif field.kind == "date":
        # A calendar rewrites what it cannot hold, such as a month without a day.
        yield from ("input type=text", "size=20", f"placeholder={_DATE.into(facilities.language)}")
    elif field.kind == "boolean":
        yield from ("input type=dropdown", f"values={','.join(_YES_NO)}")
    elif field.kind == "file":
        yield from ("input type=text", "uploadable")
    elif field.kind in ("page", "user"):
        yield "input type=" + ("tokens" if field.many else "combobox")
        yield from _pages(field, mapping, facilities)
    elif field.keywords and found is not None:
        yield from ("input type=tokens", f"values from property={found.name}")
    else:
        yield from ("input type=text", "size=60")


def _values(labels: list[str], field: Field) -> Iterator[str]:
    """Yield the values that a field offers; Page Forms parts them at the field's delimiter."""
    by = field.separator if field.many else ","
    if not field.many and any("," in label for label in labels):
        by = next(sign for sign in (";", "§", "¤") if not any(sign in label for label in labels))
        yield f"delimiter={by}"
    yield f"values={argument(by.join(labels))}"


def _pages(field: Field, mapping: Mapping, facilities: Facilities) -> Iterator[str]:
    """Yield where the pages come from that a field may name."""
    target = mapping.page_type(field.pages_of or "")
    if target is not None and target.category:
        yield f"values from category={target.category}"
    elif field.kind == "user":
        yield f"values from namespace={facilities.title(USER, 'x').prefix}"
