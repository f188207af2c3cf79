"""A careful bot for the pages of commons on a Semantic MediaWiki.

Reads the templated fields of pages, checks them, plans changes, applies a plan so that one
field changes and nothing else, and takes any run back. The command line uses nothing but what
stands in `__all__`; each name is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wikibot import wikitext
    from wikibot.actions.action import Action
    from wikibot.actions.board import PageBoard
    from wikibot.checks import RULES, Finding, Rule
    from wikibot.checks.baseline import Baseline
    from wikibot.checks.lessons import Proposal
    from wikibot.checks.selection import Selection, parse_selection
    from wikibot.checks.sifting import Sifted
    from wikibot.checks.snapshot import Snapshot
    from wikibot.checks.waivers import Waiver
    from wikibot.diagnosis import Diagnosis, Point
    from wikibot.edits import (
        Change,
        FieldValue,
        Item,
        LedgerRow,
        PageEdit,
        Plan,
        Prospect,
        Record,
        Requests,
        Run,
        Stale,
        records_of,
    )
    from wikibot.edits.cleanup import Cleanup
    from wikibot.errors import AmbiguousWikitext, UnsafeValue, WikibotError
    from wikibot.jobs.actions.adding import NewAction, add_action
    from wikibot.jobs.actions.boards import (
        WantedActions,
        action_boards,
        listed_actions,
        odd_actions,
    )
    from wikibot.jobs.actions.changing import (
        assign_actions,
        close_actions,
        edit_action,
        move_actions,
        reopen_actions,
    )
    from wikibot.jobs.actions.publishing import Published, publish_actions
    from wikibot.jobs.actions.reading import Tracker, read_actions
    from wikibot.jobs.actions.suggesting import ActionSuggestions, suggest_actions
    from wikibot.jobs.answers import Answers, accepted_part, read_answers
    from wikibot.jobs.apply import apply
    from wikibot.jobs.assign import Assignment, parse_assignment, set_fields
    from wikibot.jobs.check import check, rule
    from wikibot.jobs.creation import Blank, blank_page, new_page
    from wikibot.jobs.demo import write_demo
    from wikibot.jobs.discover import Discovered, discover
    from wikibot.jobs.doctor import Setup, doctor
    from wikibot.jobs.drift import drift
    from wikibot.jobs.editing import Taken, begin_form, take_form
    from wikibot.jobs.erasing import forget_person
    from wikibot.jobs.findings import (
        load_baseline,
        load_waivers,
        new_baseline,
        save_baseline,
        sift,
    )
    from wikibot.jobs.fix import fix
    from wikibot.jobs.form.draft import Draft
    from wikibot.jobs.install import Installation, install
    from wikibot.jobs.manners import Manners
    from wikibot.jobs.mappings import load_mapping
    from wikibot.jobs.mirror import Linked, Pulled, Searched, linked, pull, search
    from wikibot.jobs.nightly.spending import nightly
    from wikibot.jobs.overview.making import make_overview, publish_overview
    from wikibot.jobs.overview.near import propose_near
    from wikibot.jobs.pages import matching
    from wikibot.jobs.planning import load_plan, save_plan
    from wikibot.jobs.purging import purge
    from wikibot.jobs.query import Condition, parse_condition
    from wikibot.jobs.refresh import Refreshed, refresh_plan
    from wikibot.jobs.runs import run_report, runs
    from wikibot.jobs.select import pages_to_read, records_on
    from wikibot.jobs.selectors import selected_part
    from wikibot.jobs.sheet import (
        ExportedSheet,
        ImportedSheet,
        Notice,
        export_sheet,
        import_sheet,
        new_sheet,
        save_sheet,
    )
    from wikibot.jobs.spreading import (
        Crew,
        WholeCheck,
        check_export,
        crews_for,
        pull_export,
    )
    from wikibot.jobs.suggest import Suggestions, accept_aliases, suggest
    from wikibot.jobs.sync.opening import open_tracker
    from wikibot.jobs.sync.report import Synced
    from wikibot.jobs.sync.run import sync_actions
    from wikibot.jobs.trend import keep_snapshot, trend
    from wikibot.jobs.undo import UndoPlan, undo, undo_plan
    from wikibot.mapping import Field, Mapping, PageType, Term, Vocabulary, WaiverEntry
    from wikibot.night import Night
    from wikibot.overviews import Overview
    from wikibot.page import Page, Revision, Saved
    from wikibot.title import Namespaces, Title
    from wikibot.wiki import Wiki, open_wiki
    from wikibot.wiki.dump import DumpWiki

__version__ = "0.1.0"

_HOMES = {
    "wikibot.actions.action": ("Action",),
    "wikibot.actions.board": ("PageBoard",),
    "wikibot.checks": ("RULES", "Finding", "Rule"),
    "wikibot.checks.baseline": ("Baseline",),
    "wikibot.checks.lessons": ("Proposal",),
    "wikibot.checks.selection": ("Selection", "parse_selection"),
    "wikibot.checks.sifting": ("Sifted",),
    "wikibot.checks.snapshot": ("Snapshot",),
    "wikibot.checks.waivers": ("Waiver",),
    "wikibot.diagnosis": ("Diagnosis", "Point"),
    "wikibot.edits": (
        "Change",
        "FieldValue",
        "Item",
        "LedgerRow",
        "PageEdit",
        "Plan",
        "Prospect",
        "Record",
        "Requests",
        "Run",
        "Stale",
        "records_of",
    ),
    "wikibot.edits.cleanup": ("Cleanup",),
    "wikibot.errors": ("AmbiguousWikitext", "UnsafeValue", "WikibotError"),
    "wikibot.jobs.actions.adding": ("NewAction", "add_action"),
    "wikibot.jobs.actions.boards": (
        "WantedActions",
        "action_boards",
        "listed_actions",
        "odd_actions",
    ),
    "wikibot.jobs.actions.changing": (
        "assign_actions",
        "close_actions",
        "edit_action",
        "move_actions",
        "reopen_actions",
    ),
    "wikibot.jobs.actions.publishing": ("Published", "publish_actions"),
    "wikibot.jobs.actions.reading": (
        "Tracker",
        "read_actions",
    ),
    "wikibot.jobs.actions.suggesting": ("ActionSuggestions", "suggest_actions"),
    "wikibot.jobs.answers": ("Answers", "accepted_part", "read_answers"),
    "wikibot.jobs.apply": ("apply",),
    "wikibot.jobs.assign": ("Assignment", "parse_assignment", "set_fields"),
    "wikibot.jobs.check": ("check", "rule"),
    "wikibot.jobs.creation": ("Blank", "blank_page", "new_page"),
    "wikibot.jobs.demo": ("write_demo",),
    "wikibot.jobs.discover": ("Discovered", "discover"),
    "wikibot.jobs.doctor": ("Setup", "doctor"),
    "wikibot.jobs.drift": ("drift",),
    "wikibot.jobs.editing": ("Taken", "begin_form", "take_form"),
    "wikibot.jobs.erasing": ("forget_person",),
    "wikibot.jobs.findings": (
        "load_baseline",
        "load_waivers",
        "new_baseline",
        "save_baseline",
        "sift",
    ),
    "wikibot.jobs.fix": ("fix",),
    "wikibot.jobs.form.draft": ("Draft",),
    "wikibot.jobs.install": ("Installation", "install"),
    "wikibot.jobs.manners": ("Manners",),
    "wikibot.jobs.mappings": ("load_mapping",),
    "wikibot.jobs.mirror": ("Linked", "Pulled", "Searched", "linked", "pull", "search"),
    "wikibot.jobs.nightly.spending": ("nightly",),
    "wikibot.jobs.overview.making": ("make_overview", "publish_overview"),
    "wikibot.jobs.overview.near": ("propose_near",),
    "wikibot.jobs.pages": ("matching",),
    "wikibot.jobs.planning": ("load_plan", "save_plan"),
    "wikibot.jobs.purging": ("purge",),
    "wikibot.jobs.query": ("Condition", "parse_condition"),
    "wikibot.jobs.refresh": ("Refreshed", "refresh_plan"),
    "wikibot.jobs.runs": ("run_report", "runs"),
    "wikibot.jobs.select": ("pages_to_read", "records_on"),
    "wikibot.jobs.selectors": ("selected_part",),
    "wikibot.jobs.sheet": (
        "ExportedSheet",
        "ImportedSheet",
        "Notice",
        "export_sheet",
        "import_sheet",
        "new_sheet",
        "save_sheet",
    ),
    "wikibot.jobs.spreading": (
        "Crew",
        "WholeCheck",
        "check_export",
        "crews_for",
        "pull_export",
    ),
    "wikibot.jobs.suggest": ("Suggestions", "accept_aliases", "suggest"),
    "wikibot.jobs.sync.opening": ("open_tracker",),
    "wikibot.jobs.sync.report": ("Synced",),
    "wikibot.jobs.sync.run": ("sync_actions",),
    "wikibot.jobs.trend": ("keep_snapshot", "trend"),
    "wikibot.jobs.undo": ("UndoPlan", "undo", "undo_plan"),
    "wikibot.mapping": ("Field", "Mapping", "PageType", "Term", "Vocabulary", "WaiverEntry"),
    "wikibot.night": ("Night",),
    "wikibot.overviews": ("Overview",),
    "wikibot.page": ("Page", "Revision", "Saved"),
    "wikibot.title": ("Namespaces", "Title"),
    "wikibot.wiki": ("Wiki", "open_wiki"),
    "wikibot.wiki.dump": ("DumpWiki",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "RULES",
    "Action",
    "ActionSuggestions",
    "AmbiguousWikitext",
    "Answers",
    "Assignment",
    "Baseline",
    "Blank",
    "Change",
    "Cleanup",
    "Condition",
    "Crew",
    "Diagnosis",
    "Discovered",
    "Draft",
    "DumpWiki",
    "ExportedSheet",
    "Field",
    "FieldValue",
    "Finding",
    "ImportedSheet",
    "Installation",
    "Item",
    "LedgerRow",
    "Linked",
    "Manners",
    "Mapping",
    "Namespaces",
    "NewAction",
    "Night",
    "Notice",
    "Overview",
    "Page",
    "PageBoard",
    "PageEdit",
    "PageType",
    "Plan",
    "Point",
    "Proposal",
    "Prospect",
    "Published",
    "Pulled",
    "Record",
    "Refreshed",
    "Requests",
    "Revision",
    "Rule",
    "Run",
    "Saved",
    "Searched",
    "Selection",
    "Setup",
    "Sifted",
    "Snapshot",
    "Stale",
    "Suggestions",
    "Synced",
    "Taken",
    "Term",
    "Title",
    "Tracker",
    "UndoPlan",
    "UnsafeValue",
    "Vocabulary",
    "Waiver",
    "WaiverEntry",
    "WantedActions",
    "WholeCheck",
    "Wiki",
    "WikibotError",
    "accept_aliases",
    "accepted_part",
    "action_boards",
    "add_action",
    "apply",
    "assign_actions",
    "begin_form",
    "blank_page",
    "check",
    "check_export",
    "close_actions",
    "crews_for",
    "discover",
    "doctor",
    "drift",
    "edit_action",
    "export_sheet",
    "fix",
    "forget_person",
    "import_sheet",
    "install",
    "keep_snapshot",
    "linked",
    "listed_actions",
    "load_baseline",
    "load_mapping",
    "load_plan",
    "load_waivers",
    "make_overview",
    "matching",
    "move_actions",
    "new_baseline",
    "new_page",
    "new_sheet",
    "nightly",
    "odd_actions",
    "open_tracker",
    "open_wiki",
    "pages_to_read",
    "parse_assignment",
    "parse_condition",
    "parse_selection",
    "propose_near",
    "publish_actions",
    "publish_overview",
    "pull",
    "pull_export",
    "purge",
    "read_actions",
    "read_answers",
    "records_of",
    "records_on",
    "refresh_plan",
    "reopen_actions",
    "rule",
    "run_report",
    "runs",
    "save_baseline",
    "save_plan",
    "save_sheet",
    "search",
    "selected_part",
    "set_fields",
    "sift",
    "suggest",
    "suggest_actions",
    "sync_actions",
    "take_form",
    "trend",
    "undo",
    "undo_plan",
    "wikitext",
    "write_demo",
]


def __getattr__(name: str) -> Any:
    """Load a public name's module the first time the name is used (PEP 562)."""
    if name == "wikitext":
        return import_module("wikibot.wikitext")
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'wikibot' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
