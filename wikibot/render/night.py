"""The report of a night: a shape for programs, a short text for people, wikitext for a page.

It says what was done and what waits for a person by numbers, rules and names of the
configuration: it may be sent by mail and stand on the wiki.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from wikibot.language import Language, Text, counted, day, moment, same
from wikibot.night import Done, Night, name_of
from wikibot.redaction import redacted, redacted_data
from wikibot.visible import visible
from wikibot.wikitext.inert import inert

_MOST = 16  # lines of what was done and what waits, in a text of fewer than 25
_LONGEST = 300  # characters of a line


def name(night: Night) -> str:
    """Return the name of the report of a night."""
    return f"night-{night.started.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def data(night: Night) -> dict[str, Any]:
    """Return the report as programs read it."""
    shape = {
        "night": name(night),
        "wiki": night.wikiid,
        "started": _stamp(night.started),
        "ended": _stamp(night.ended),
        "dry_run": night.dry,
        "exit": night.exit_code,
        "edits": night.edits,
        "requests": night.requests,
        "jobs": [_part(done) for done in night.parts],
        "needs": [" ".join(need.fr.split()) for need in night.needs],
    }
    found: dict[str, Any] = redacted_data(shape)
    return found


def _part(done: Done) -> dict[str, Any]:
    outcome = done.outcome
    return {
        "job": done.part.job,
        "what": done.part.what or None,
        "state": outcome.state,
        "exit": outcome.exit_code,
        "reason_code": outcome.code or None,
        "seconds": round(done.seconds, 1),
        "edits": outcome.edits,
        "runs": list(outcome.runs),
        "counts": dict(outcome.counts),
        "mark": outcome.mark or None,
    }


def text(night: Night, language: Language) -> str:
    """Return the short report, in fewer than 25 lines."""
    return redacted("\n".join(_lines(night, language))) + "\n"


def subject(night: Night, language: Language) -> str:
    """Return the subject of a mail: how the night ended, and of which wiki it is."""
    verdict = _verdict(night).into(language)
    place = urlsplit(night.place).hostname or night.place
    return visible(redacted(f"wikibot{_COLON.into(language)} {verdict} ({place})"), 150)


def content(night: Night, language: Language) -> str:
    """Return the report as wikitext, without any date; the same night is the same text."""
    verdict = _verdict(night).into(language)
    parts = [f"'''{inert(f'{verdict[0].upper()}{verdict[1:]}.')}'''"]

    def plain(lines: Iterable[Text]) -> list[str]:
        return [inert(redacted(visible(line.into(language), _LONGEST))) for line in lines]

    for heading, lines in ((_DONE, _done(night)), (_NEEDS, night.needs)):
        if told := plain(lines):
            parts += ["", f"{inert(heading.into(language))}", *(f"* {line}" for line in told)]
    for line in plain(_not_begun(night)):
        parts += ["", line]
    return "\n".join(parts)


def date_line(night: Night, language: Language) -> str:
    """Return the line that says of which night it is."""
    return f"''{inert(_OF_NIGHT.format(day=day(night.started.astimezone())).into(language))}''"


def _lines(night: Night, language: Language) -> Iterator[str]:
    def say(words: Text) -> str:
        return visible(words.into(language), _LONGEST)

    dry = _TRIAL if night.dry else same("")
    yield say(_HEADING.format(moment=moment(night.started), dry=dry))
    yield say(_WIKI.format(place=same(night.place or "–")))
    yield say(_CODE.format(code=same(night.exit_code), verdict=_verdict(night)))
    done, needs = (*_done(night), *_not_begun(night)), night.needs
    room = max(4, _MOST - min(len(needs), _MOST // 2))
    if done:
        yield ""
        yield from map(say, _cut(done, room))
    if needs:
        yield ""
        yield say(_NEEDS)
        yield from (f"- {say(need)}" for need in _cut(needs, _MOST - min(len(done), room)))
    yield ""
    asked, edits = counted(night.requests, *_REQUESTS), counted(night.edits, *_EDITS)
    took = _duration(round((night.ended - night.started).total_seconds()))
    tail = Text(f"{asked.fr}, {edits.fr}, en {took.fr}.", f"{asked.en}, {edits.en}, in {took.en}.")
    yield say(tail)
    if night.dry:
        yield say(_NOTHING_WRITTEN)


def _done(night: Night) -> tuple[Text, ...]:
    """Return what was done."""
    return tuple(
        line
        for done in night.parts
        for line in done.outcome.lines
        if night.dry or done.outcome.state != "skipped"
    )


def _not_begun(night: Night) -> tuple[Text, ...]:
    """Return the line that says what was not begun, if anything."""
    left = [name_of(done.part) for done in night.parts if done.outcome.state == "not-run"]
    if not left:
        return ()
    jobs = Text(", ".join(name.fr for name in left), ", ".join(name.en for name in left))
    return (_NOT_RUN.format(jobs=jobs),)


def _cut(lines: tuple[Text, ...], most: int) -> tuple[Text, ...]:
    if len(lines) <= most:
        return lines
    left = counted(len(lines) - most + 1, *_MORE)
    return (*lines[: most - 1], Text(f"… et {left.fr}", f"… and {left.en}"))


def _duration(seconds: int) -> Text:
    """Return how long something took, as people say it."""
    if seconds < 120:
        return same(f"{seconds} s")
    minutes = round(seconds / 60)
    if minutes < 120:
        return same(f"{minutes} min")
    return same(f"{minutes // 60} h {minutes % 60:02} min")


def _verdict(night: Night) -> Text:
    if night.dry and night.exit_code == 3:
        return _WOULD
    return _VERDICTS.get(night.exit_code, same("?"))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


_COLON = Text(" :", ":")
_HEADING = Text("Nuit du {moment}{dry}", "Night of {moment}{dry}")
_TRIAL = Text(" (à blanc)", " (dry run)")
_WIKI = Text("Wiki : {place}", "Wiki: {place}")
_CODE = Text("Code de sortie {code} : {verdict}", "Exit code {code}: {verdict}")
_DONE = Text("Ce qui est fait :", "What was done:")
_NEEDS = Text("À regarder :", "To look at:")
_OF_NIGHT = Text("Relevé par un robot, nuit du {day}.", "By a bot, night of {day}.")
_NOT_RUN = Text("Pas commencé cette fois : {jobs}", "Not begun this time: {jobs}")
_NOTHING_WRITTEN = Text("Rien n'est écrit nulle part.", "Nothing is written anywhere.")
_WOULD = Text(
    "il y a à écrire ou à regarder", "there is something to write or to look at"
)  # fmt: skip
_REQUESTS = (
    Text("requête au wiki", "request to the wiki"),
    Text("requêtes au wiki", "requests to the wiki"),
)
_EDITS = (Text("modification", "edit"), Text("modifications", "edits"))
_MORE = (Text("autre ligne", "more line"), Text("autres lignes", "more lines"))
_VERDICTS = {
    0: Text("tout est fait, rien à regarder", "all is done, nothing to look at"),
    1: Text("défaut de wikibot", "a fault of wikibot"),
    2: Text("configuration ou fichier à corriger", "a configuration or a file to mend"),
    3: Text("quelqu'un doit regarder", "somebody has to look"),
    4: Text("compte ou droits refusés", "account or rights refused"),
    5: Text(
        "un serveur n'a pas répondu, la nuit suivante reprend",
        "a server did not answer, the next night goes on",
    ),
    6: Text("arrêt de sécurité", "safety stop"),
    7: Text("une autre exécution est en cours", "another run is at work"),
    8: Text(
        "une issue est inconnue, la nuit suivante regarde",
        "an outcome is unknown, the next night looks",
    ),
    130: Text("nuit interrompue", "night interrupted"),
    143: Text("nuit arrêtée", "night stopped"),
}
