"""What an import has to say of a row or a cell, beside the changes it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wikibot.language import Text

Kind = Literal[
    "conflict",  # the field was changed here and on the wiki, to different values
    "refused",  # the field cannot hold what was typed
    "unclear",  # nobody can tell what the cell says
    "frozen",  # the row or the cell is not to be edited here
    "gone",  # the page, or the call on it, is no longer there
    "new",  # a row without a key
    "respelled",  # a spreadsheet has written the cell anew, it seems
    "sheet",  # a sheet or a column that is left out
]


@dataclass(frozen=True)
class Notice:
    """One thing to tell: where in the file (`row` as a spreadsheet counts, 0: no row), and why.

    `page` is the title as the row has it; `field` the id of the field, "" for the whole row.
    """

    kind: Kind
    sheet: str
    row: int
    page: str
    message: Text
    advice: Text | None = None
    field: str = ""

    @property
    def matters(self) -> bool:
        """Return whether something that a person may have meant was not done."""
        return self.kind != "sheet"
