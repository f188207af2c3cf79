from __future__ import annotations

import json
from dataclasses import replace

import pytest

from wikibot.edits import Change, Item, Requests, Run, State
from wikibot.language import Text
from wikibot.redaction import hide
from wikibot.render import report
from wikibot.render.reasons import why

VALUE = "une valeur d'Alix Imaginaire"
CHANGE = Change(
    field="licence",
    template="Ressource",
    index=0,
    parameter="licence",
    old=VALUE,
    new=f"autre {VALUE}",
    rule="VOC102",
    safe=True,
    reason=f"à cause d'{VALUE}",
)
DONE = Item("Haies", 3, 7, 8, "done", (CHANGE,), verified=True, op_id="abc123.0")
CLASH = Item(
    "Mares",
    4,
    9,
    None,
    "conflict",
    (CHANGE, replace(CHANGE, field="", parameter="zzz")),
    reason=Text(f"« licence » vaut {VALUE}", f"“licence” is {VALUE}"),
    code="clash",
    op_id="abc123.1",
)
RUN = Run(
    "abc123",
    "2026-01-31T12:00:00+00:00",
    "2026-01-31T12:01:00+00:00",
    "fix",
    (DONE, CLASH),
    guards=("shrink",),
    requests=Requests(5, 2, 1),
)


def test_the_file_has_what_the_contract_says() -> None:
    assert report.report(RUN, "essai") == {
        "run_id": "abc123",
        "wiki": "essai",
        "command": "fix",
        "undoes": None,
        "started": "2026-01-31T12:00:00+00:00",
        "ended": "2026-01-31T12:01:00+00:00",
        "exit": 3,
        "counts": {
            **{"planned": 2, "done": 1, "noop": 0, "skipped": 0, "conflict": 1},
            **{"failed": 0, "unknown": 0},
        },
        "stopped": None,
        "items": [
            {
                **{"op_id": "abc123.0", "page": "Haies", "pageid": 3, "base_rev": 7, "new_rev": 8},
                **{"state": "done", "reason_code": None, "merged": False, "verified": True},
                "fields": ["licence"],
            },
            {
                **{"op_id": "abc123.1", "page": "Mares", "pageid": 4, "base_rev": 9},
                **{"new_rev": None, "state": "conflict", "reason_code": "clash"},
                **{"merged": False, "verified": False, "fields": ["licence", "zzz"]},
            },
        ],
        "guards": ["shrink"],
        "requests": {"get": 5, "post": 2, "retries": 1},
    }


def test_what_ended_it_early_is_told() -> None:
    stopped = replace(RUN, stopped=Text("La page\x1b d'arrêt", "The stop page"), stop_code=6)
    told = report.report(stopped, "essai")
    assert told["stopped"] == {"code": 6, "message": "La page\\u001b d'arrêt"}
    assert told["exit"] == 6


def test_no_value_and_no_person_stands_in_it() -> None:
    told = report.report(RUN, "essai")
    words = "\n".join(
        [json.dumps(told), *report.text(told, "demo", "fr"), *report.text(told, "demo", "en")]
    )
    assert "licence" in words
    assert VALUE not in words
    assert "Alix" not in words


def test_no_secret_stands_in_it() -> None:
    hide("canari-du-rapport")
    said = Text("refusé : canari-du-rapport", "refused: canari-du-rapport")
    told = report.report(replace(RUN, stopped=said, stop_code=4), "essai")
    assert told["stopped"]["message"] == "refusé : ***"


def test_a_person_reads_what_needs_someone() -> None:
    told = report.report(RUN, "essai")
    assert list(report.text(told, "https://wiki.example.org/api.php", "fr")) == [
        "Exécution abc123 : fix",
        "Wiki : https://wiki.example.org/api.php (essai)",
        "Du 2026-01-31 12:00 au 2026-01-31 12:01 (UTC)",
        "Code de sortie 3 : quelqu'un doit regarder",
        "2 pages prévues : 1 publiée, 1 conflit.",
        "",
        "En conflit avec quelqu'un, rien n'y est écrit :",
        "  Mares : le champ a changé depuis le plan (clash)",
        "    champs : licence, zzz",
        "",
        "Pour l'annuler, avec les mêmes --wiki et --config :",
        "  wikibot undo abc123",
        "  wikibot undo abc123 --apply",
    ]


@pytest.mark.parametrize(
    ("state", "code", "heading"),
    [
        ("done", "", None),
        ("noop", "", None),
        ("done", "differs", "Saved, but look at them:"),
        ("skipped", "protectedpage", "Left alone:"),
        ("failed", "", "Failed:"),
        ("unknown", "no-answer", "Nobody knows whether these pages were saved"),
        ("sent", "", "Sent, not answered yet:"),
        ("intent", "", "Planned, not sent yet:"),
    ],
)
def test_pages_are_listed_by_what_became_of_them(
    state: State, code: str, heading: str | None
) -> None:
    run = replace(RUN, items=(replace(DONE, state=state, code=code),))
    lines = list(report.text(report.report(run, "essai"), "demo", "en"))
    listed = [line for line in lines if line.startswith("  Haies: ")]
    if heading is None:
        assert listed == []
    else:
        assert lines[lines.index(listed[0]) - 1].startswith(heading)


@pytest.mark.parametrize(
    ("by_now", "line"),
    [
        ("unknown", "Code de sortie 8 : une issue est inconnue ; relancez"),
        ("sent", "Code de sortie 8 : une issue est inconnue ; relancez"),
        ("done", "Code de sortie 8 : une issue était inconnue ; elle est connue depuis"),
        ("failed", "Code de sortie 8 : une issue était inconnue ; elle est connue depuis"),
    ],
)
def test_an_outcome_that_was_found_out_since_is_told_as_known(by_now: State, line: str) -> None:
    told = report.report(replace(RUN, items=(replace(DONE, state=by_now),)), "essai")
    assert line in report.text({**told, "exit": 8}, "demo", "fr")


def test_an_outcome_that_nobody_could_find_out_is_not_told_as_known() -> None:
    run = replace(RUN, items=(replace(DONE, state="failed", code="given-up"),))
    told = {**report.report(run, "essai"), "exit": 8}
    assert "Exit code 8: an outcome stayed unknown" in report.text(told, "demo", "en")


def test_a_run_without_an_end_may_be_under_way() -> None:
    told = {**report.report(replace(RUN, ended=""), "essai"), "exit": None}
    lines = list(report.text(told, "demo", "fr"))
    assert lines[2] == "Depuis 2026-01-31 12:00 (UTC), sans fin notée : en cours ou interrompue"
    assert not [line for line in lines if line.startswith("Code de sortie")]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("skipped", "interrompue avant l'envoi"),
        ("failed", "interrompue avant l'enregistrement"),
        ("unknown", "interrompue en cours d'envoi"),
    ],
)
def test_an_interruption_is_told_by_how_far_the_edit_had_come(state: State, words: str) -> None:
    run = replace(RUN, items=(replace(DONE, state=state, code="interrupted"),))
    lines = list(report.text(report.report(run, "essai"), "demo", "fr"))
    assert f"  Haies : {words} (interrupted)" in lines


def test_a_page_cannot_drive_the_terminal() -> None:
    run = replace(RUN, items=(replace(CLASH, title="a\x1b[2J", code="c\u202ed"),))
    lines = list(report.text(report.report(run, "w\x9b"), "d\x1b", "fr"))
    assert not set("".join(lines)) & set("\x1b\x9b\u202e")
    assert "  a\\u001b[2J : c\\u202ed" in lines


@pytest.mark.parametrize(
    ("code", "fr"),
    [
        ("", "sans autre raison"),
        ("nobots", "elle demande aux robots de ne pas y toucher (nobots)"),
        ("abusefilter-warning", "un filtre du wiki l'arrête (abusefilter-warning)"),
        ("never-heard-of-it", "never-heard-of-it"),
    ],
)
def test_a_code_is_told_in_words_and_named(code: str, fr: str) -> None:
    assert why(code).fr == fr
