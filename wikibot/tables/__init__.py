"""TOML files as frozen models: read, every error explained, described to editors."""

from wikibot.tables.problems import nearest, problem, unknown
from wikibot.tables.read import read_table
from wikibot.tables.schema import schema_of

__all__ = ["nearest", "problem", "read_table", "schema_of", "unknown"]
