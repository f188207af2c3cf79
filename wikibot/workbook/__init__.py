"""Workbooks as files: .xlsx, .ods and .csv, read with suspicion; text stays text.

The only room that opens openpyxl, odfdo and csv. It knows cells and sheets, nothing of wikis.
"""

from wikibot.workbook.model import Book, Cell, Column, ReadSheet, Unclear, WrittenSheet

__all__ = ["Book", "Cell", "Column", "ReadSheet", "Unclear", "WrittenSheet"]
