"""A night as metrics of Prometheus: what a node exporter reads from a text file.

Names and units follow Prometheus' conventions: base units (seconds), times as timestamps rather
than ages, `_total` for counters alone. A night is over when it is told, so all are gauges of the
last one. Source: Prometheus' “Metric and label naming”, “Instrumentation” (batch jobs) and “Text
exposition format”, version 0.0.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from wikibot.night import Night
from wikibot.redaction import redacted

STATES = ("done", "noop", "skipped", "conflict", "failed", "unknown")
SUCCESS = frozenset((0, 3))  # what a night ends with that came to its end
_SEVERITIES = ("error", "warning", "info")
_LASTING = ("night_last_success_timestamp_seconds", "mirror_timestamp_seconds")
_ENDED = frozenset(("done", "skipped"))

_Labels = Mapping[str, str]


@dataclass(frozen=True)
class _Gauge:
    name: str
    about: str
    samples: tuple[tuple[_Labels, float], ...]


def metrics(night: Night, release: str, copied: datetime | None = None, before: str = "") -> str:
    """Return the text file of a night.

    `release` is wikibot's own; `copied` is when the mirror was brought up to date, None where
    that cannot be told. `before` is the file that an earlier night has left: when a night last
    succeeded, and how old the mirror is, are still known from there.
    """
    common = {"wiki": night.place}
    lasting = _lasting(before, common)
    if copied is not None:
        lasting["mirror_timestamp_seconds"] = _seconds(copied)
    lines: list[str] = []
    for gauge in _gauges(night, release, lasting):
        if gauge.samples:
            name = f"wikibot_{gauge.name}"
            lines += [f"# HELP {name} {gauge.about}", f"# TYPE {name} gauge"]
            for labels, value in gauge.samples:
                lines.append(f"{name}{_labels({**common, **labels})} {_number(value)}")
    return "".join(f"{line}\n" for line in lines)


def _lasting(before: str, common: _Labels) -> dict[str, float]:
    """Return what an earlier file says of the same wiki that is true until told otherwise."""
    found = {}
    for name in _LASTING:
        line = rf"^{re.escape(f'wikibot_{name}{_labels(common)}')} (\d{{1,12}}(?:\.\d+)?)$"
        if match := re.search(line, before, re.MULTILINE):
            found[name] = float(match[1])
    return found


def _gauges(night: Night, release: str, lasting: Mapping[str, float]) -> Iterator[_Gauge]:
    started, ended = _seconds(night.started), _seconds(night.ended)
    success = ended if night.exit_code in SUCCESS else lasting.get(_LASTING[0], 0)
    yield _Gauge("build_info", "The release of wikibot.", (({"version": release}, 1),))
    yield _one("night_start_timestamp_seconds", "When the last night began.", started)
    yield _one("night_end_timestamp_seconds", "When the last night ended.", ended)
    yield _one(_LASTING[0], "When a night last ended with exit code 0 or 3; 0: never.", success)
    yield _one("night_duration_seconds", "How long the last night took.", ended - started)
    yield _one("night_exit_code", "The exit code of the last night.", night.exit_code)
    yield _one("night_requests", "Requests sent to the wiki in the last night.", night.requests)
    yield _one("night_needs", "Matters of the last night that wait for a person.", len(night.needs))
    yield _Gauge(
        "night_edits",
        "Pages that the last night was to save, by how that ended.",
        tuple(({"state": state}, number) for state, number in _edits(night)),
    )
    if (copied := lasting.get(_LASTING[1])) is not None:
        yield _one(_LASTING[1], "When the copy of the wiki was last brought up to date.", copied)
    yield from _found(night)
    jobs = [({"job": done.part.job, "what": done.part.what}, done) for done in night.parts]
    yield _Gauge(
        "night_job_duration_seconds",
        "How long each job of the last night took.",
        tuple((labels, done.seconds) for labels, done in jobs),
    )
    yield _Gauge(
        "night_job_exit_code",
        "The exit code of each job of the last night.",
        tuple((labels, done.outcome.exit_code) for labels, done in jobs),
    )
    yield _Gauge(
        "night_job_completed",
        "1 where a job of the last night came to its end, or had nothing to do.",
        tuple((labels, done.outcome.state in _ENDED) for labels, done in jobs),
    )


def _one(name: str, about: str, value: float) -> _Gauge:
    return _Gauge(name, about, (({}, value),))


def _found(night: Night) -> Iterator[_Gauge]:
    """Yield what the check has found; nothing where there was none."""
    for done in night.parts:
        outcome = done.outcome
        if done.part.job != "check" or "pages" not in outcome.counts:
            continue
        pages, counts = outcome.counts["pages"], outcome.counts
        yield _one("night_pages", "Pages checked in the last night.", pages)
        yield _Gauge(
            "night_findings",
            "Findings of the check, by severity.",
            tuple(({"severity": each}, counts.get(each, 0)) for each in _SEVERITIES),
        )
        yield _Gauge(
            "night_rule_findings",
            "Findings of the check, by rule and severity; rules without any are left out.",
            tuple(
                ({"rule": rule, "severity": severity}, number)
                for (rule, severity), number in sorted(outcome.rules.items())
            ),
        )


def _edits(night: Night) -> Iterator[tuple[str, int]]:
    for state in STATES:
        if state == "done":
            yield state, night.edits
        else:
            yield state, sum(done.outcome.counts.get(state, 0) for done in night.parts)


def _labels(labels: _Labels) -> str:
    return "{" + ",".join(f'{name}="{_value(value)}"' for name, value in labels.items()) + "}"


def _value(text: str) -> str:
    r"""Return a label's value: a backslash, a quote and the end of a line are escaped."""
    return redacted(text).replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3f}"


def _seconds(at: datetime) -> float:
    return at.astimezone(UTC).timestamp()
