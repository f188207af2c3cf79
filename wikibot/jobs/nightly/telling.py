"""Tells of a night: file, metrics, page, mail, chat room, apprise; each apart from the others."""

from __future__ import annotations

import os
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from wikibot.config import ReportTable
from wikibot.errors import WikibotError
from wikibot.jobs.nightly import outcomes
from wikibot.jobs.nightly.before import is_quiet, last_night
from wikibot.jobs.nightly.mail import send_mail
from wikibot.jobs.nightly.measuring import look_at_metrics
from wikibot.jobs.nightly.notify import send_notices
from wikibot.jobs.nightly.room import Room
from wikibot.jobs.nightly.running import Closed, failed
from wikibot.jobs.nightly.webhook import send_webhook
from wikibot.jobs.outputs import look_at_place, save_report
from wikibot.jobs.overview.making import publish_overview
from wikibot.language import Language, Text, same
from wikibot.night import Night, Outcome, Part, gravest, name_of
from wikibot.render import night as shown

REGION = "nuit"  # the name of the region on the page of the wiki


@dataclass
class _Told:
    """What became of each way of telling: way → "told", "same", "quiet", "preview", "failed"."""

    ways: dict[str, str]
    needs: list[Text]
    codes: list[int]
    runs: list[str]
    edits: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def report_part(
    room: Room,
    part: Part,
    night: Night,
    *,
    broken: Callable[[Exception], None] = lambda error: None,
    environ: MutableMapping[str, str] = os.environ,
) -> Outcome:
    """Tell of the night so far, every way that is configured; one that fails stops no other."""
    table = room.table.report
    told = _Told({}, [], [], [])
    loud = night.troubled or table.only_when == "always"
    ways: tuple[tuple[str, bool, Callable[[], str]], ...] = (
        ("metrics", bool(table.metrics), lambda: _metrics(room, table.metrics or "")),
        ("page", bool(table.page), lambda: _page(room, table.page or "", night, told)),
        ("file", bool(table.file), lambda: _file(room, table.file or "", night)),
        ("mail", bool(table.mail), lambda: _mail(room, table, night, environ)),
        ("webhook", bool(table.webhook), lambda: _webhook(room, table, night, environ)),
        ("notify", bool(table.notify), lambda: _notify(room, night, environ)),
    )
    for way, wanted, tell in ways:
        if not wanted:
            continue
        if way in _SENT and not loud:
            told.ways[way] = "quiet"
        elif room.dry and way != "page":
            told.ways[way] = "preview"
        elif way == "page" and room.watch.halted:
            told.ways[way] = "halted"
        else:
            try:
                told.ways[way] = tell()
            except Closed:
                told.ways[way] = "not-run"
            except WikibotError as error:
                broken(error)
                outcome = failed(part, error)
                told.ways[way] = "failed"
                told.needs += outcome.needs
                told.codes.append(outcome.exit_code)
    sent = [way for way, how in told.ways.items() if how in ("told", "preview")]
    lines: tuple[Text, ...] = ()
    if sent:
        words = Text(
            ", ".join(_WAYS[way].fr for way in sent), ", ".join(_WAYS[way].en for way in sent)
        )
        lines = (outcomes.line(name_of(part), words),)
    codes = ",".join(f"{way}={how}" for way, how in told.ways.items())
    return Outcome(
        "failed" if told.codes else "preview" if room.dry else "done",
        gravest(told.codes),
        lines,
        tuple(told.needs),
        codes,
        told.edits,
        tuple(told.runs),
        told.counts,
    )


def _page(room: Room, title: str, night: Night, told: _Told) -> str:
    folder = room.folder
    if folder is not None and is_quiet(night, last_night(folder, room.wikiid), title):
        return "same"
    language: Language = "en" if room.mapping.wiki.language == "en" else "fr"
    plan = publish_overview(
        room.live,
        room.mapping,
        title,
        shown.content(night, language),
        shown.date_line(night, language),
        name=REGION,
        around=room.around,
    )
    if not plan.edits:
        return "same"
    if room.dry:
        return "preview"
    # one night may have half as much to tell as the one before
    run = room.write(plan, "nightly report", allow=("shrink",))
    told.runs.append(run.id)
    told.edits += run.counts["done"]
    told.counts |= run.counts
    if run.exit_code:
        told.codes.append(run.exit_code)
        told.needs.append(_NOT_ON_PAGE.format(run=run.id))
        return "failed"
    return "told"


def _file(room: Room, given: str, night: Night) -> str:
    path = room.path(given)
    look_at_place(path)
    save_report(path, shown.text(night, room.language).encode("utf-8", "backslashreplace"))
    return "told"


def _metrics(room: Room, given: str) -> str:
    """Look whether they can be written: that is done when the night is over, this part and all."""
    look_at_metrics(room.path(given))
    return "told"


def _mail(room: Room, table: ReportTable, night: Night, environ: MutableMapping[str, str]) -> str:
    mail = table.mail
    assert mail is not None and room.config is not None
    subject, text = shown.subject(night, room.language), shown.text(night, room.language)
    password = room.config.mail_password(environ)
    send_mail(mail, password, subject, text, _bundle(room, mail.ca_bundle))
    return "told"


def _webhook(
    room: Room, table: ReportTable, night: Night, environ: MutableMapping[str, str]
) -> str:
    hook = table.webhook
    assert hook is not None and room.config is not None
    url = room.config.webhook_url(environ)
    send_webhook(url, shown.text(night, room.language), _bundle(room, hook.ca_bundle))
    return "told"


def _notify(room: Room, night: Night, environ: MutableMapping[str, str]) -> str:
    assert room.config is not None
    urls = room.config.notify_urls(environ)
    send_notices(urls, shown.subject(night, room.language), shown.text(night, room.language))
    return "told"


def _bundle(room: Room, given: str | None) -> Path | None:
    return room.path(given) if given else None


_SENT = ("mail", "webhook", "notify")  # what somebody is called by
_WAYS = {
    "metrics": Text("mesures", "metrics"),
    "page": Text("page du wiki", "page of the wiki"),
    "file": Text("fichier", "file"),
    "mail": Text("courriel", "mail"),
    "webhook": Text("salon", "chat room"),
    "notify": same("apprise"),
}
_NOT_ON_PAGE = Text(
    "Le rapport n'est pas sur sa page du wiki : wikibot runs {run}",
    "The report is not on its page of the wiki: wikibot runs {run}",
)
