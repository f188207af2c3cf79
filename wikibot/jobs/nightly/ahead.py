"""What would go wrong in a night whatever the wiki says, looked at ahead of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from wikibot.config import Config, NightlyTable
from wikibot.errors import ConfigError, WikibotError
from wikibot.jobs.nightly.measuring import look_at_metrics
from wikibot.jobs.nightly.notify import look_at_notify
from wikibot.jobs.nightly.planning import codes_to_fix, parts_of
from wikibot.jobs.outputs import look_at_place
from wikibot.language import Text
from wikibot.secret import CREDENTIALS_VARIABLE


@dataclass(frozen=True)
class Ahead:
    """One thing that a night needs: the id of a point of a diagnosis, and what is wrong with it.

    Where it is `fatal`, no night begins.
    """

    id: str
    wrong: WikibotError | None = None
    fatal: bool = False


def look_ahead(config: Config, environ: Mapping[str, str]) -> Iterator[Ahead]:
    """Yield what the configured night needs; nothing where none is configured.

    Secrets are read, and hidden, where they can be had: not those that systemd hands to a service.
    """
    table, report = config.nightly, config.nightly.report
    if table == NightlyTable():
        return

    def plan() -> None:
        parts_of(table, config.trackers)
        codes_to_fix(table)
        look_at_notify(report)

    wrong = _raised(plan)
    yield Ahead("night", wrong, fatal=wrong is not None)
    inside = CREDENTIALS_VARIABLE in environ
    metrics, file = report.metrics, report.file
    if file is not None:
        yield Ahead("night-file", _raised(lambda: look_at_place(config.path(file))))
    if metrics is not None:
        looked = _raised(lambda: look_at_metrics(config.path(metrics)))
        yield Ahead("night-metrics", looked)
    ours = dict(environ)  # the real one keeps what is read here
    if (mail := report.mail) is not None and mail.account and (inside or not mail.credential):
        yield Ahead("night-mail", _missing(lambda: config.mail_password(ours)))
    if (hook := report.webhook) is not None and (inside or not hook.credential):
        yield Ahead("night-webhook", _missing(lambda: config.webhook_url(ours)))
    if (notify := report.notify) is not None and (inside or not notify.credential):
        yield Ahead("night-notify", _missing(lambda: config.notify_urls(ours)))


def _raised(look: Callable[[], object]) -> WikibotError | None:
    try:
        look()
    except WikibotError as error:
        return error
    return None


def _missing(read: Callable[[], object]) -> WikibotError | None:
    def look() -> None:
        if not read():
            raise ConfigError(_NO_SECRET)

    return _raised(look)


_NO_SECRET = Text("le secret manque.", "the secret is missing.")
