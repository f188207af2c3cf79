"""The rules: what is to be mended on a page. Pure: no wiki, no clock, no file.

Callers use `check_page` (or `check_record`), `check_lists` and `RULES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from wikibot.checks import (
    account_among_names,
    ambiguous_wikitext,
    boolean_format,
    call_closed_early,
    case_variant,
    contact_gone,
    contradicting_fields,
    coordinates_format,
    date_format,
    dated_addendum,
    description_repeats_short,
    done_but_open,
    due_without_day,
    duplicate_parameter,
    duplicate_value,
    email_format,
    empty_date_line,
    empty_items,
    ends_with_two_dots,
    expired_waiver,
    file_name,
    foreign_markup,
    improper_value,
    inverse_missing,
    label_without_prefix,
    licence_not_open,
    licence_without_version,
    link_missing_page,
    link_to_disambiguation,
    link_to_itself,
    link_to_redirect,
    list_copied_from_field,
    lower_case_start,
    mail_in_name,
    malformed_waiver,
    marker_inside_line,
    markup_in_plain_text,
    mixed_capitals,
    near_duplicate_page,
    no_column,
    no_related_page,
    nobody_assigned,
    number_format,
    obsolete_term,
    old_code_in_text,
    overdue,
    page_of_another_type,
    page_without_call,
    parameter_old_name,
    parent_with_child,
    placeholder_image,
    placeholder_text,
    plus_for_blank,
    positional_parameter,
    repeated_template,
    required_field,
    same_displayed_name,
    same_person_twice,
    several_amounts,
    several_in_one,
    signature_in_field,
    stale_page,
    surname_in_capitals,
    tag_repeats_field,
    term_alias,
    term_spelling,
    too_long,
    two_columns,
    unknown_parameter,
    unknown_status,
    unknown_term,
    url_format,
    wrong_separator,
)
from wikibot.checks.finding import Finding, Fix, Rule, Severity
from wikibot.checks.neighbours import Neighbours
from wikibot.edits import Record, records_of
from wikibot.errors import AmbiguousWikitext
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page
from wikibot.wikitext import Syntax

__all__ = [
    "AMBIGUOUS",
    "RULES",
    "Finding",
    "Fix",
    "Neighbours",
    "Rule",
    "Severity",
    "check_alone",
    "check_beside",
    "check_lists",
    "check_page",
    "check_record",
]

AMBIGUOUS = ambiguous_wikitext.RULE.code

_RULES = (
    # The page, its call, its parameters.
    ambiguous_wikitext.RULE,
    repeated_template.RULE,
    unknown_parameter.RULE,
    duplicate_parameter.RULE,
    positional_parameter.RULE,
    call_closed_early.RULE,
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
    licence_not_open.RULE,
    licence_without_version.RULE,
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
    placeholder_text.RULE,
    dated_addendum.RULE,
    signature_in_field.RULE,
    foreign_markup.RULE,
    surname_in_capitals.RULE,
    same_person_twice.RULE,
    account_among_names.RULE,
    mail_in_name.RULE,
    # Entries of a board.
    no_column.RULE,
    label_without_prefix.RULE,
    two_columns.RULE,
    done_but_open.RULE,
    unknown_status.RULE,
    nobody_assigned.RULE,
    no_related_page.RULE,
    plus_for_blank.RULE,
    due_without_day.RULE,
    empty_date_line.RULE,
    # Waivers.
    expired_waiver.RULE,
    malformed_waiver.RULE,
)

_FINDS = tuple(rule.find for rule in _RULES)
_FIND_ERRORS = tuple(rule.find for rule in _RULES if rule.severity == "error")

# What other pages tell of one.
_AMONG = (
    link_missing_page.RULE,
    link_to_redirect.RULE,
    link_to_disambiguation.RULE,
    page_of_another_type.RULE,
    link_to_itself.RULE,
    inverse_missing.RULE,
    near_duplicate_page.RULE,
    stale_page.RULE,
    contact_gone.RULE,
    same_displayed_name.RULE,
    overdue.RULE,
    improper_value.RULE,
)

# What a list of pages tells: of those that have no record.
_OF_LISTS = (page_without_call.RULE,)

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in sorted((*_RULES, *_AMONG, *_OF_LISTS), key=lambda rule: rule.code)}
)


def check_page(
    page: Page, mapping: WikiMapping, syntax: Syntax, neighbours: Neighbours | None = None
) -> list[Finding]:
    """Return what is to be mended on a page, call by call, in the order of the form.

    With `neighbours`, also what other pages tell of it. A page that cannot be read with
    certainty gives one finding that says so.
    """
    try:
        records = records_of(page, mapping, syntax)
    except AmbiguousWikitext as error:
        return [ambiguous_wikitext.unreadable(page, error)]
    return [finding for record in records for finding in check_record(record, mapping, neighbours)]


def errors_of(page: Page, mapping: WikiMapping, syntax: Syntax) -> list[Finding]:
    """Return the findings of a page that are errors; only the rules that give any are asked."""
    try:
        records = records_of(page, mapping, syntax)
    except AmbiguousWikitext as error:
        return [ambiguous_wikitext.unreadable(page, error)]
    found: list[Finding] = []
    for record in records:
        alone = (each for find in _FIND_ERRORS for each in find(record, mapping))
        errors = [each for each in alone if each.severity == "error"]
        found += check_beside(record, errors, mapping, None)
    return found


def check_record(
    record: Record, mapping: WikiMapping, neighbours: Neighbours | None = None
) -> list[Finding]:
    """Return what is to be mended in one record: by the field's place in the form, then code.

    What concerns the page as a whole comes first, parameters that no field knows last.
    """
    return check_beside(record, check_alone(record, mapping), mapping, neighbours)


def check_alone(record: Record, mapping: WikiMapping) -> list[Finding]:
    """Return what one record tells by itself, in the order of the rules."""
    return [finding for find in _FINDS for finding in find(record, mapping)]


def check_beside(
    record: Record, alone: Iterable[Finding], mapping: WikiMapping, neighbours: Neighbours | None
) -> list[Finding]:
    """Return all of a record: what it tells `alone`, and what other pages tell of it, in order.

    The record may be one of `beside.Kept`: the rules that look at others see no more of it.
    """
    found = list(alone)
    for rule in _AMONG if neighbours is not None else ():
        if rule.find_among and neighbours is not None:
            found += rule.find_among(record, mapping, neighbours)
    if neighbours is not None:
        found = _each_once(found)
    if len(found) > 1:
        places = {field_id: place for place, field_id in enumerate(record.values)}
        places[""] = -1
        found.sort(key=lambda finding: (places.get(finding.field, len(places)), finding.rule))
    return found


def _each_once(found: list[Finding]) -> list[Finding]:
    """Return the findings without those of two spellings of which one is told to be no page.

    Once that one is replaced by the page that is there, a single spelling is left.
    """
    missing = [f for f in found if f.rule == link_missing_page.RULE.code and f.change]
    return [
        finding
        for finding in found
        if finding.rule != case_variant.RULE.code
        or not any(
            f.field == finding.field and f.value in finding.value.split(", ") for f in missing
        )
    ]


def check_lists(mapping: WikiMapping, neighbours: Neighbours) -> list[Finding]:
    """Return what is to be said of pages that should have a record and have none."""
    return list(page_without_call.find_on_shelves(mapping, neighbours))
