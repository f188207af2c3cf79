"""What is to be written, as values: the fields of a page, changes, plans, rebasing. Pure."""

from wikibot.edits.change import Change, PageEdit
from wikibot.edits.outcome import Item, LedgerRow, Prospect, Requests, Run, Stale, State
from wikibot.edits.plan import Plan
from wikibot.edits.rebase import Rebased, rebase
from wikibot.edits.record import FieldValue, Record, records_of

__all__ = [
    "Change",
    "FieldValue",
    "Item",
    "LedgerRow",
    "PageEdit",
    "Plan",
    "Prospect",
    "Rebased",
    "Record",
    "Requests",
    "Run",
    "Stale",
    "State",
    "rebase",
    "records_of",
]
