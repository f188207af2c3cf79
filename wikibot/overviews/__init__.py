"""Counts, completeness, timeline, relations, funding over many pages: pure."""
