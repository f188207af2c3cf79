"""`wikibot.toml`: which wiki, which account and its secret, which mapping, which limits."""

from wikibot.config.configured import ACCOUNT_VARIABLE, Config
from wikibot.config.loading import FILE, ConfigFile, find, load_config, site_names
from wikibot.config.nightly import (
    MailTable,
    NightlyTable,
    NotifyTable,
    ReportTable,
    WebhookTable,
)
from wikibot.config.retention import RetentionTable
from wikibot.config.sites import SiteTable
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
    "NotifyTable",
    "ReportTable",
    "RetentionTable",
    "SiteTable",
    "Stop",
    "TrackerField",
    "TrackerTable",
    "WebhookTable",
    "WikiTable",
    "find",
    "load_config",
    "site_names",
]
