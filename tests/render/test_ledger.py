from __future__ import annotations

from dataclasses import replace

import pytest

from wikibot.edits import Item, LedgerRow, Run, State
from wikibot.language import Text
from wikibot.render import ledger

DONE = Item("Haies", 3, 7, 8, "done", verified=True, op_id="abc123.0")
RUN = Run("abc123", "2026-01-31T12:00:00+00:00", "2026-01-31T12:01:00+00:00", "fix", (DONE,))
ROW = LedgerRow("abc123", RUN.started, RUN.ended, "fix", "plan-x", None, 0, {"done": 2})


@pytest.mark.parametrize(
    ("item", "fr", "en"),
    [
        (DONE, "✓ Haies : publiée (révision 8)", "✓ Haies: saved (revision 8)"),
        (
            replace(DONE, merged=True),
            "✓ Haies : publiée (révision 8), fusionnée par le wiki avec une autre modification",
            "✓ Haies: saved (revision 8), merged by the wiki with another edit",
        ),
        (replace(DONE, state="noop"), "= Haies : déjà en place", "= Haies: already so"),
        (
            replace(DONE, state="conflict", reason=Text("parce que", "because")),
            "✗ Haies : conflit — parce que",
            "✗ Haies: conflict — because",
        ),
        (replace(DONE, state="skipped"), "– Haies : laissée", "– Haies: left alone"),
        (replace(DONE, state="failed"), "✗ Haies : échec", "✗ Haies: failed"),
        (replace(DONE, state="unknown"), "✗ Haies : issue inconnue", "✗ Haies: outcome unknown"),
        (
            replace(DONE, title="a\x1bb", state="noop", reason=Text("c\u202ed", "e")),
            "= a\\u001bb : déjà en place — c\\u202ed",
            "= a\\u001bb: already so — e",
        ),
    ],
)
def test_an_edit_is_one_line(item: Item, fr: str, en: str) -> None:
    assert ledger.item(item, "fr") == fr
    assert ledger.item(item, "en") == en


@pytest.mark.parametrize(
    ("states", "fr", "en"),
    [
        (("done",), "Exécution abc123 : 1 publiée.", "Run abc123: 1 saved."),
        (
            ("done", "done", "noop", "conflict", "conflict"),
            "Exécution abc123 : 2 publiées, 1 déjà en place, 2 conflits.",
            "Run abc123: 2 saved, 1 already so, 2 conflicts.",
        ),
        (
            ("failed", "failed", "unknown", "skipped"),
            "Exécution abc123 : 1 laissée, 2 échecs, 1 issue inconnue.",
            "Run abc123: 1 left alone, 2 failed, 1 outcome unknown.",
        ),
    ],
)
def test_a_run_is_one_line(states: tuple[State, ...], fr: str, en: str) -> None:
    run = replace(RUN, items=tuple(replace(DONE, state=state) for state in states))
    assert ledger.counts(run) == Text(fr, en)


def test_the_report_has_what_the_contract_says() -> None:
    report = ledger.report(RUN, "fr")
    assert (report["run_id"], report["exit"], report["stopped"]) == ("abc123", 0, None)
    assert report["items"] == [
        {
            **{"op_id": "abc123.0", "page": "Haies", "pageid": 3, "base_rev": 7, "new_rev": 8},
            **{"state": "done", "reason_code": None, "reason": None, "merged": False},
            **{"verified": True, "changes": []},
        }
    ]
    assert (report["guards"], report["requests"]) == ([], {"get": 0, "post": 0, "retries": 0})
    nothing = ledger.report(replace(RUN, items=()), "fr")
    assert nothing["run_id"] is None  # where there was nothing to do, there was no run


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (ROW, "abc123  2026-01-31 12:00 UTC  fix — 2 publiées (code 0)"),
        (
            replace(ROW, exit=3, counts={"done": 1, "conflict": 1}),
            "abc123  2026-01-31 12:00 UTC  fix — 1 publiée, 1 conflit (code 3)",
        ),
        (
            replace(ROW, exit=None, ended=None, counts={"done": 1, "sent": 1}),
            "abc123  2026-01-31 12:00 UTC  fix — 1 envoyée, 1 publiée (en cours ou interrompue)",
        ),
        (
            replace(ROW, exit=6, counts={}),
            "abc123  2026-01-31 12:00 UTC  fix — rien n'a été tenté (code 6)",
        ),
    ],
)
def test_the_ledger_has_a_line_a_run(row: LedgerRow, line: str) -> None:
    assert list(ledger.table([row], "fr")) == [line]


def test_the_ledger_for_programs() -> None:
    assert ledger.rows([replace(ROW, undoes="zzz999")]) == [
        {
            "run_id": "abc123",
            "started": "2026-01-31T12:00:00+00:00",
            "command": "fix",
            "exit": 0,
            "counts": {"done": 2},
        }
    ]
