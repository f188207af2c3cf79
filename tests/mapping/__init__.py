"""Tests of the mapping: loading, looking up, and what ships in `mappings/`."""
