"""Pages as a workbook, and what a person changed in it; pure, nothing is read or written here."""

from wikibot.sheets.asking import Asked, Asking, about, asked_of, look_at_whole, says_something
from wikibot.sheets.cells import Base, Cells, Doubtful, Shown
from wikibot.sheets.keys import Heading, Key
from wikibot.sheets.layout import Laid, Layout, lay_out
from wikibot.sheets.notice import Notice
from wikibot.sheets.reading import Incoming, Row, read_rows

__all__ = [
    "Asked",
    "Asking",
    "Base",
    "Cells",
    "Doubtful",
    "Heading",
    "Incoming",
    "Key",
    "Laid",
    "Layout",
    "Notice",
    "Row",
    "Shown",
    "about",
    "asked_of",
    "lay_out",
    "look_at_whole",
    "read_rows",
    "says_something",
]
