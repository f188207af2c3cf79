"""The rules: what is to be mended on a page. Pure: no wiki, no clock, no file.

Callers use `check_page` (or `check_record`) and `RULES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from wikibot.checks import (
    ambiguous_wikitext,
    boolean_format,
    case_variant,
    contradicting_fields,
    coordinates_format,
    date_format,
    description_repeats_short,
    duplicate_parameter,
    duplicate_value,
    email_format,
    empty_items,
    ends_with_two_dots,
    file_name,
    list_copied_from_field,
    lower_case_start,
    marker_inside_line,
    markup_in_plain_text,
    mixed_capitals,
    number_format,
    obsolete_term,
    old_code_in_text,
    parameter_old_name,
    parent_with_child,
    placeholder_image,
    positional_parameter,
    repeated_template,
    required_field,
    several_amounts,
    several_in_one,
    surname_in_capitals,
    tag_repeats_field,
    term_alias,
    term_spelling,
    too_long,
    unknown_parameter,
    unknown_term,
    url_format,
    wrong_separator,
)
from wikibot.checks.finding import Finding, Fix, Rule, Severity
from wikibot.edits import Record, records_of
from wikibot.errors import AmbiguousWikitext
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page
from wikibot.wikitext import Syntax

__all__ = ["AMBIGUOUS", "RULES", "Finding", "Fix", "Rule", "Severity", "check_page", "check_record"]

AMBIGUOUS = ambiguous_wikitext.RULE.code

_RULES = (
    # The page, its call, its parameters.
    ambiguous_wikitext.RULE,
    repeated_template.RULE,
    unknown_parameter.RULE,
    duplicate_parameter.RULE,
    positional_parameter.RULE,
    parameter_old_name.RULE,
    # Fields that are empty, and fields that belong together.
    required_field.RULE,
    placeholder_image.RULE,
    contradicting_fields.RULE,
    # Terms.
    unknown_term.RULE,
    term_alias.RULE,
    term_spelling.RULE,
    obsolete_term.RULE,
    old_code_in_text.RULE,
    # Lists.
    duplicate_value.RULE,
    case_variant.RULE,
    wrong_separator.RULE,
    empty_items.RULE,
    parent_with_child.RULE,
    tag_repeats_field.RULE,
    list_copied_from_field.RULE,
    mixed_capitals.RULE,
    several_in_one.RULE,
    # Values of a kind.
    several_amounts.RULE,
    number_format.RULE,
    date_format.RULE,
    boolean_format.RULE,
    coordinates_format.RULE,
    url_format.RULE,
    email_format.RULE,
    file_name.RULE,
    # Texts, and people.
    too_long.RULE,
    markup_in_plain_text.RULE,
    marker_inside_line.RULE,
    lower_case_start.RULE,
    ends_with_two_dots.RULE,
    description_repeats_short.RULE,
    surname_in_capitals.RULE,
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in sorted(_RULES, key=lambda rule: rule.code)}
)


def check_page(page: Page, mapping: WikiMapping, syntax: Syntax) -> list[Finding]:
    """Return what is to be mended on a page, call by call, in the order of the form.

    A page that cannot be read with certainty gives one finding that says so.
    """
    try:
        records = records_of(page, mapping, syntax)
    except AmbiguousWikitext as error:
        return [ambiguous_wikitext.unreadable(page, error)]
    return [finding for record in records for finding in check_record(record, mapping)]


def check_record(record: Record, mapping: WikiMapping) -> list[Finding]:
    """Return what is to be mended in one record: by the field's place in the form, then code.

    What concerns the page as a whole comes first, parameters that no field knows last.
    """
    found = list(_findings(record, mapping))
    if len(found) > 1:
        places = {field_id: place for place, field_id in enumerate(record.values)}
        places[""] = -1
        found.sort(key=lambda finding: (places.get(finding.field, len(places)), finding.rule))
    return found


def _findings(record: Record, mapping: WikiMapping) -> Iterator[Finding]:
    for rule in _RULES:
        yield from rule.find(record, mapping)
