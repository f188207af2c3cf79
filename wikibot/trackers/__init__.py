"""The other side of a sync: one file a kind of tracker (workbook, caldav, …)."""
