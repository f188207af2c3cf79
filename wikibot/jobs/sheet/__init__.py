"""sheet: pages as a workbook that people edit, and a workbook as a plan."""

from wikibot.jobs.sheet.exporting import ExportedSheet, export_sheet, new_sheet, save_sheet
from wikibot.jobs.sheet.importing import ImportedSheet, import_sheet
from wikibot.sheets import Notice

__all__ = [
    "ExportedSheet",
    "ImportedSheet",
    "Notice",
    "export_sheet",
    "import_sheet",
    "new_sheet",
    "save_sheet",
]
