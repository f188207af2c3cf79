"""The table of the night in `wikibot.toml`, and what may be wrong with it as a whole."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic import Field as Key

from wikibot.config.tables import SOURCES, Line, Table
from wikibot.language import Text
from wikibot.tables import problem, unknown

Job = Literal["pull", "check", "fix", "sync", "overview", "report"]
JOBS: tuple[Job, ...] = ("pull", "check", "fix", "sync", "overview", "report")
EVERY = ("*",)  # what `publish_actions = "all"` is read as

_Pages = Annotated[
    tuple[Line, ...],
    BeforeValidator(lambda given: EVERY if given == "all" else given),
    WithJsonSchema(
        {"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]},
    ),
]
_LOCAL = ("localhost", "127.0.0.1", "::1")


class MailTable(Table):
    """Where the report goes by mail, and through which server."""

    to: tuple[Line, ...] = Key(strict=False, min_length=1, description="Who gets it.")
    sender: Line = Key(description="The address that it comes from.")
    host: Line = Key(description="The server that takes outgoing mail (SMTP).")
    port: int | None = Key(
        default=None, ge=1, le=65535, description="Its port; else the usual one: 587, 465 or 25."
    )
    security: Literal["starttls", "tls", "none"] = Key(
        default="starttls", description='How it is encrypted; "none" for this machine alone.'
    )
    account: Line | None = Key(default=None, description="Who logs in to that server.")
    password_file: Line | None = Key(
        default=None, description="A file with its secret, readable by its owner only."
    )
    password_command: tuple[Line, ...] = Key(
        default=(), strict=False, description="A command that prints its secret."
    )
    credential: Line | None = Key(
        default=None, description="The name of a systemd credential that holds its secret."
    )
    ca_bundle: Line | None = Key(default=None, description="Certificates to trust (PEM).")


class WebhookTable(Table):
    """An incoming webhook of Mattermost, Slack or Matrix; its address is a secret."""

    url_file: Line | None = Key(
        default=None, description="A file with its address, readable by its owner only."
    )
    url_command: tuple[Line, ...] = Key(
        default=(), strict=False, description="A command that prints its address."
    )
    credential: Line | None = Key(
        default=None, description="The name of a systemd credential that holds its address."
    )
    ca_bundle: Line | None = Key(default=None, description="Certificates to trust (PEM).")


class NotifyTable(Table):
    """Addresses of apprise (`wikibot[notify]`), one a line; they are secrets."""

    url_file: Line | None = Key(
        default=None, description="A file with the addresses, readable by its owner only."
    )
    url_command: tuple[Line, ...] = Key(
        default=(), strict=False, description="A command that prints the addresses."
    )
    credential: Line | None = Key(
        default=None, description="The name of a systemd credential that holds the addresses."
    )


class ReportTable(Table):
    """To whom the report of the night goes, beside the state folder."""

    file: Line | None = Key(default=None, description="A text file, replaced each night.")
    metrics: Line | None = Key(
        default=None,
        description="A file (.prom) of metrics for Prometheus, replaced at the end of each night.",
    )
    page: Line | None = Key(
        default=None, description="A page of the wiki, which shows it between two markers."
    )
    mail: MailTable | None = Key(default=None, description="By mail.")
    webhook: WebhookTable | None = Key(default=None, description="To a chat room.")
    notify: NotifyTable | None = Key(
        default=None, description="To whatever apprise knows: pip install 'wikibot[notify]'."
    )
    only_when: Literal["always", "trouble"] = Key(
        default="always",
        description='When mail, webhook and notify are sent; "trouble": not for findings alone.',
    )


class NightlyTable(Table):
    """What is done in a night, in which order, and how much of it."""

    jobs: tuple[Job, ...] = Key(
        default=JOBS, strict=False, min_length=1, description="The jobs, in their order."
    )
    fix: tuple[Line, ...] = Key(
        default=(), strict=False, description="The rules whose safe fixes are made unattended."
    )
    pages_per_fix: int = Key(
        default=50, ge=1, description="Pages that a fix may change; beyond, none is changed."
    )
    trackers: tuple[Line, ...] | None = Key(
        default=None, strict=False, description="The trackers to sync; by default, all."
    )
    overview: tuple[Line, ...] = Key(
        default=(), strict=False, description="Files of the overview: .html, .xlsx, .ods, …"
    )
    overview_history: bool = Key(
        default=False, description="Ask the wiki when pages were edited: some requests more."
    )
    publish: Line | None = Key(
        default=None, description="The page of the wiki that shows the overview."
    )
    publish_actions: _Pages = Key(
        default=(), strict=False, description='The pages that show their actions, or "all".'
    )
    edits_per_night: int = Key(default=500, ge=1, description="Edits of all jobs together.")
    deadline_minutes: int = Key(
        default=240, ge=1, description="After that time no further job begins."
    )
    report: ReportTable = Key(default=ReportTable(), description="To whom the report goes.")


def wrong_night(
    table: NightlyTable, trackers: Collection[str], name: Path, at: str = "nightly"
) -> list[Text]:
    """Return what no key of the table shows alone; `trackers` are those of its wiki."""
    found: list[Text] = []

    def wrong(path: str, fr: str, en: str) -> None:
        found.append(problem(name, f"{at}.{path}", Text(fr, en)))

    if len(set(table.jobs)) < len(table.jobs):
        wrong("jobs", "un travail y est deux fois.", "a job is there twice.")
    if "report" in table.jobs[:-1]:
        wrong("jobs", "« report » vient en dernier.", "“report” comes last.")
    for tracker in table.trackers or ():
        if tracker not in trackers:
            found.append(unknown(name, f"{at}.trackers", tracker, trackers))
    mail = table.report.mail
    if mail is not None:
        several = [key for key in SOURCES if getattr(mail, key, None)]
        if len(several) > 1:
            wrong("report.mail", *_ONE_PLACE)
        if bool(several) > bool(mail.account):
            wrong("report.mail", "le secret demande un compte (account).", _NO_ACCOUNT)
        if mail.security == "none" and mail.host not in _LOCAL:
            wrong("report.mail.security", *_IN_CLEAR)
        if not all("@" in address for address in (*mail.to, mail.sender)):
            wrong("report.mail", "une adresse de courriel contient un @.", "a mail address has @.")
    for path, secret in (
        ("report.webhook", table.report.webhook),
        ("report.notify", table.report.notify),
    ):
        keys = ("url_file", "url_command", "credential")
        if secret is not None and sum(bool(getattr(secret, key)) for key in keys) > 1:
            wrong(path, *_ONE_PLACE)
    if table.report.metrics and not table.report.metrics.endswith(".prom"):
        wrong("report.metrics", *_PROM)
    return found


_ONE_PLACE = (
    "le secret vient d'un seul endroit, et non de plusieurs.",
    "the secret comes from one place, not from several.",
)
_IN_CLEAR = (
    'sans chiffrement ("none"), le serveur de courriel est cette machine (localhost).',
    'without encryption ("none"), the mail server is this machine (localhost).',
)
_PROM = ("le nom du fichier finit par .prom.", "the name of the file ends in .prom.")
_NO_ACCOUNT = "the secret needs an account."
