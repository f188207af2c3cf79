"""How a template shows the value of a field, and how it gives it to Semantic MediaWiki."""

from __future__ import annotations

from wikibot.installation.facilities import Facilities
from wikibot.installation.markup import ITEM, argument, parameter
from wikibot.installation.properties import Property
from wikibot.mapping import Field, Mapping
from wikibot.title import FILE, USER


def value(field: Field, mapping: Mapping, facilities: Facilities) -> str:
    """Return the wikitext that shows a field, where it is not empty.

    Lists of pages become links by Page Forms' `#arraymap`; without it they are shown as written.
    Source: Page Forms, arraymap.
    """
    read = parameter(field)
    vocabulary = mapping.vocabulary(field)
    linked = field.kind in ("page", "user") or bool(vocabulary and vocabulary.page_type)
    if field.kind == "file":
        shape = "[[{}|200px]]".format(facilities.title(FILE, "{{PAGENAME:%s}}"))
    elif field.kind == "user" and field.pages_of is None:
        shape = "[[{}|{{{{PAGENAME:%s}}}}]]".format(facilities.title(USER, "{{PAGENAME:%s}}"))
    elif linked:
        shape = "[[:%s]]"
    elif field.kind == "email":
        shape = "[mailto:%s %s]"
    elif field.kind == "longtext":
        return f"\n{read}\n"  # a list begins on a line of its own
    else:
        return read
    if not field.many:
        return shape.replace("%s", read)
    if not facilities.forms:
        return read
    between = "{}&#32;".format("," if field.separator == "\n" else argument(field.separator))
    by = "\\n" if field.separator == "\n" else argument(field.separator)
    return f"{{{{#arraymap:{read}|{by}|{ITEM}|{shape.replace('%s', ITEM)}|{between}}}}}"


def assignment(field: Field, found: Property, default: str = "") -> str:
    """Return the line of `#set` that keeps a field; `default` stands for an empty one.

    Source: Semantic MediaWiki, Help:Setting values (`+sep`); an empty value sets nothing.
    """
    read = parameter(field)
    if default:
        read = f"{{{{#if:{read}|{read}|{argument(default)}}}}}"
    by = "\\n" if field.separator == "\n" else argument(field.separator)
    return f"|{found.name}={read}" + (f"|+sep={by}" if field.many else "") + "\n"
