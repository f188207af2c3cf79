"""Opens a mapping as every command does: its words on rules are looked at as well."""

from __future__ import annotations

from pathlib import Path

from wikibot.checks import RULES
from wikibot.mapping import Mapping
from wikibot.mapping import load_mapping as load

RULE_NAMES = {code: rule.name for code, rule in RULES.items()}


def load_mapping(name: str | Path) -> Mapping:
    """Return the mapping called `name` (packaged), or the one of the folder `name`.

    Raises:
        InputError: there is no such mapping.
        MappingError: one or more files are wrong, or speak of rules that do not exist.
    """
    return load(name, RULE_NAMES)
