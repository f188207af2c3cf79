"""Workbooks as files: .xlsx, .ods and .csv, read with suspicion; text stays text.

The only room that opens openpyxl and csv. It knows cells and sheets, nothing of wikis.
"""

from wikibot.workbook.model import (
    Book,
    Cell,
    Column,
    Link,
    ReadSheet,
    Unclear,
    Written,
    WrittenSheet,
)
from wikibot.workbook.read import read_book
from wikibot.workbook.texts import fitting
from wikibot.workbook.write import Kind, book_bytes

__all__ = [
    "Book",
    "Cell",
    "Column",
    "Kind",
    "Link",
    "ReadSheet",
    "Unclear",
    "Written",
    "WrittenSheet",
    "book_bytes",
    "fitting",
    "read_book",
]
