"""`wikibot.toml`: which wiki, which account and its secret, which mapping, which limits."""

from wikibot.config.configured import ACCOUNT_VARIABLE, Config
from wikibot.config.loading import FILE, ConfigFile, find, load_config
from wikibot.config.nightly import MailTable, NightlyTable, ReportTable, WebhookTable
from wikibot.config.tables import Limits, Stop, WikiTable
from wikibot.config.trackers import TrackerField, TrackerTable

__all__ = [
    "ACCOUNT_VARIABLE",
    "FILE",
    "Config",
    "ConfigFile",
    "Limits",
    "MailTable",
    "NightlyTable",
    "ReportTable",
    "Stop",
    "TrackerField",
    "TrackerTable",
    "WebhookTable",
    "WikiTable",
    "find",
    "load_config",
]
