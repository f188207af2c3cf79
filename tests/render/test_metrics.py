"""The text file for Prometheus, read by a parser of our own made after the format's document."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.test_night import START, night
from wikibot.night import Done, Outcome, Part
from wikibot.redaction import hide
from wikibot.render.metrics import metrics

Labels = tuple[tuple[str, str], ...]
NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"(,|\})')
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf|NaN)")
ESCAPED = {r"\\": "\\", r"\"": '"', r"\n": "\n"}


def parsed(text: str) -> dict[str, dict[Labels, float]]:
    """Read text by the grammar of the exposition format, version 0.0.4, strictly.

    A line feed ends each line, the last one too; HELP and TYPE stand once, before the samples of
    their metric, which stand together; a sample is there once.
    """
    assert text.endswith("\n")
    found: dict[str, dict[Labels, float]] = {}
    helped: list[str] = []
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("#"):
            kind = re.fullmatch(
                rf"# (?:HELP ({NAME}) (?:[^\\]|\\\\|\\n)+|TYPE ({NAME}) gauge)", line
            )
            assert kind, line
            if kind[1]:
                assert kind[1] not in helped
                helped.append(kind[1])
            else:
                assert kind[2] == helped[-1]
                assert kind[2] not in found
                found[kind[2]] = {}
            continue
        head = re.match(rf"({NAME})\{{", line)
        assert head, line
        assert head[1] == list(found)[-1], "apart from its kind"
        at, labels, end = head.end(), [], ","
        while end == ",":
            label = LABEL.match(line, at)
            assert label, line[at:]
            labels.append((label[1], re.sub(r"\\.", lambda m: ESCAPED[m[0]], label[2])))
            at, end = label.end(), label[3]
        assert line[at] == " "
        assert NUMBER.fullmatch(line[at + 1 :]), line
        assert tuple(labels) not in found[head[1]]
        assert len(dict(labels)) == len(labels)
        found[head[1]][tuple(labels)] = float(line[at + 1 :])
    assert all(found.values()), "a kind without samples"
    assert helped == list(found)
    return found


def of(text: str, name: str, **labels: str) -> float:
    """Return the one sample of a metric that has these labels."""
    samples = parsed(text)[f"wikibot_{name}"]
    (value,) = [n for key, n in samples.items() if set(labels.items()) <= set(key)]
    return value


CHECK = Outcome(
    exit_code=3,
    counts={"pages": 70, "findings": 5, "error": 2, "warning": 3},
    rules={("VOC103", "warning"): 3, ("VAL101", "error"): 2},
)
SEEN = replace(
    night(),
    parts=(
        Done(Part("check"), CHECK, 1.25),
        Done(Part("sync", 'une "équipe"'), Outcome("failed", 5), 0.5),
        Done(Part("fix"), Outcome(edits=2, counts={"planned": 4, "done": 2, "conflict": 1}), 9),
        Done(Part("overview", "page"), Outcome("not-run", counts={"conflict": 1})),
    ),
)


def test_a_night_is_told_in_names_and_units_of_prometheus() -> None:
    told = metrics(SEEN, "1.2.3", START - timedelta(hours=3))
    found = parsed(told)
    assert set(found) == {
        f"wikibot_{name}"
        for name in (
            "build_info",
            "night_start_timestamp_seconds",
            "night_end_timestamp_seconds",
            "night_last_success_timestamp_seconds",
            "night_duration_seconds",
            "night_exit_code",
            "night_requests",
            "night_needs",
            "night_edits",
            "mirror_timestamp_seconds",
            "night_pages",
            "night_findings",
            "night_rule_findings",
            "night_job_duration_seconds",
            "night_job_exit_code",
            "night_job_completed",
        )
    }
    assert not [name for name in found if name.endswith(("_total", "_count", "_sum", "_bucket"))]
    place = ("wiki", "https://wiki.example.org/api.php")
    assert all(place in labels for samples in found.values() for labels in samples)


def test_the_numbers_are_those_of_the_night() -> None:
    told = metrics(SEEN, "1.2.3", START - timedelta(hours=3))
    assert of(told, "build_info", version="1.2.3") == 1
    assert of(told, "night_exit_code") == 5
    assert of(told, "night_duration_seconds") == 90
    assert of(told, "night_end_timestamp_seconds") == START.timestamp() + 90
    assert of(told, "mirror_timestamp_seconds") == START.timestamp() - 3 * 3600
    assert of(told, "night_requests") == 6
    assert of(told, "night_pages") == 70
    assert [of(told, "night_edits", state=s) for s in ("done", "conflict", "unknown")] == [2, 2, 0]
    assert [of(told, "night_findings", severity=s) for s in ("error", "warning", "info")] == [
        2, 3, 0,
    ]  # fmt: skip
    assert of(told, "night_rule_findings", rule="VOC103", severity="warning") == 3
    assert of(told, "night_job_duration_seconds", job="check") == 1.25
    assert of(told, "night_job_exit_code", job="sync", what='une "équipe"') == 5
    jobs = [("check", 1), ("sync", 0), ("fix", 1), ("overview", 0)]
    assert [of(told, "night_job_completed", job=job) for job, _ in jobs] == [n for _, n in jobs]


def test_without_a_check_nothing_is_said_of_findings_rather_than_none() -> None:
    failed = replace(SEEN, parts=(Done(Part("check"), Outcome("failed", 5)),))
    assert not [name for name in parsed(metrics(failed, "1")) if "findings" in name]


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 6, 7, 8])
def test_the_last_success_outlives_the_nights_that_fail(code: int) -> None:
    never = metrics(night(Outcome(exit_code=5)), "1")
    assert of(never, "night_last_success_timestamp_seconds") == 0
    good = metrics(night(Outcome(exit_code=3)), "1", START)
    later = replace(
        night(Outcome(exit_code=code)),
        started=START + timedelta(days=1),
        ended=START + timedelta(days=1, seconds=9),
    )
    told = metrics(later, "1", before=good)
    last = later.ended if code in (0, 3) else START + timedelta(seconds=90)
    assert of(told, "night_last_success_timestamp_seconds") == last.timestamp()
    assert of(told, "mirror_timestamp_seconds") == START.timestamp(), "known from before"
    other = metrics(replace(later, place="ailleurs", signal=143), "1", before=good)
    assert of(other, "night_last_success_timestamp_seconds") == 0, "another wiki's"
    assert "mirror" not in other


@given(
    st.text(max_size=30),
    st.text(max_size=30),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.text(max_size=60),
)
def test_whatever_a_wiki_or_a_tracker_is_called_it_is_read_back(
    place: str, tracker: str, moment: datetime, before: str
) -> None:
    named = Done(Part("sync", tracker), Outcome())
    first = metrics(replace(SEEN, place=place, parts=(named,)), "1", moment, before)
    assert of(first, "night_job_exit_code", what=tracker, wiki=place) == 0
    again = metrics(replace(SEEN, place=place), "1", before=first)
    kept = of(again, "mirror_timestamp_seconds", wiki=place)
    assert math.isclose(kept, moment.timestamp(), abs_tol=0.001)


def test_no_secret_is_in_it() -> None:
    secret = hide("canari-des-mesures-4719")
    told = metrics(replace(SEEN, place=f"https://x/{secret}", parts=(
        Done(Part("sync", secret), Outcome()),)), "1")  # fmt: skip
    assert secret not in told
    parsed(told)
