"""`wikibot.toml`: which wiki, which account and its secret, which mapping, which limits."""

from wikibot.config.configured import ACCOUNT_VARIABLE, Config
from wikibot.config.loading import FILE, ConfigFile, find, load_config
from wikibot.config.tables import Limits, Stop, WikiTable
from wikibot.config.trackers import TrackerField, TrackerTable

__all__ = [
    "ACCOUNT_VARIABLE",
    "FILE",
    "Config",
    "ConfigFile",
    "Limits",
    "Stop",
    "TrackerField",
    "TrackerTable",
    "WikiTable",
    "find",
    "load_config",
]
