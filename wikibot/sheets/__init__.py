"""Pages as rows of a workbook, and what a person changed in them. Pure: no file, no wiki."""
