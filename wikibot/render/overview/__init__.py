"""An overview in each of its forms: a page, a workbook, data, a page of the wiki, drawings."""
