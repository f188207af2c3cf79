"""What is to be written, as values: the fields of a page, changes, plans, rebasing. Pure."""

from wikibot.edits.change import Change, PageEdit
from wikibot.edits.outcome import Item, LedgerRow, Run, State
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
    "Rebased",
    "Record",
    "Run",
    "State",
    "rebase",
    "records_of",
]
