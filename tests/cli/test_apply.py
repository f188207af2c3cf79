from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, PAGE, Done, pages_in, run, run_id

LICENCE = "Licence Ouverte 2.0 (Etalab)"


@pytest.fixture
def plan(folder: Path) -> Path:
    """A saved plan: another licence, one tag more."""
    made = run(
        *("--wiki", folder, "set", ATLAS, "licence=CC0", "tags+=mare", "--plan", "plan.json")
    )
    assert made.code == 3
    return Path("plan.json")


def apply(folder: Path, plan: Path) -> Done:
    return run("--wiki", folder, "apply", plan, "--format", "json")


def file(folder: Path) -> Path:
    return folder / f"{ATLAS}.wikitext"


WRITTEN = PAGE.replace(LICENCE, "Creative Commons Zero 1.0").replace("bocage", "bocage, mare")


def test_a_plan_is_applied_as_it_was_shown(folder: Path, plan: Path) -> None:
    shown = run("plan", "show", plan)
    assert shown.code == 3
    assert "    + Creative Commons Zero 1.0" in shown.out.splitlines()
    done = apply(folder, plan)
    assert (done.code, done.json["counts"]["done"]) == (0, 1)
    assert done.json["items"][0]["verified"] is True
    assert file(folder).read_text() == WRITTEN


def test_applied_a_second_time_it_makes_no_write(folder: Path, plan: Path) -> None:
    first = apply(folder, plan)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    log = (folder / ".wikibot/history/revisions.jsonl").read_bytes()
    again = apply(folder, plan)
    assert again.code == 0
    assert again.json["items"][0]["state"] == "noop"
    assert again.json["items"][0]["reason"] == (
        f"Déjà publiée par l'exécution {run_id(first)} : jamais deux fois."
    )
    assert {path: path.stat().st_mtime_ns for path in folder.glob("*.wikitext")}.items() <= (
        before.items()
    )
    assert (folder / ".wikibot/history/revisions.jsonl").read_bytes() == log


def test_what_a_person_took_back_is_never_applied_again(folder: Path, plan: Path) -> None:
    apply(folder, plan)
    file(folder).write_text(PAGE)
    again = apply(folder, plan)
    assert (again.code, again.json["items"][0]["state"]) == (0, "noop")
    assert file(folder).read_text() == PAGE


def test_what_was_undone_is_not_applied_again(folder: Path, plan: Path) -> None:
    run("--wiki", folder, "undo", run_id(apply(folder, plan)), "--apply")
    assert apply(folder, plan).json["items"][0]["state"] == "noop"
    assert file(folder).read_text() == PAGE


def test_where_a_person_changed_another_field_both_changes_stand(folder: Path, plan: Path) -> None:
    theirs = PAGE.replace("Alix Imaginaire, Robin", "Alix Imaginaire, Lou Échantillon, Robin")
    file(folder).write_text(theirs)
    assert apply(folder, plan).code == 0
    assert file(folder).read_text() == WRITTEN.replace(
        "Alix Imaginaire, Robin", "Alix Imaginaire, Lou Échantillon, Robin"
    )


def test_where_a_person_changed_the_field_nothing_of_the_page_is_written(
    folder: Path, plan: Path
) -> None:
    theirs = PAGE.replace(LICENCE, "Licence MIT")
    file(folder).write_text(theirs)
    done = apply(folder, plan)
    assert done.code == 3
    (item,) = done.json["items"]
    assert item["state"] == "conflict"
    assert item["reason"].startswith(
        f"« licence » vaut maintenant « Licence MIT », et non plus « {LICENCE} » (modifié le "
    )
    assert file(folder).read_text() == theirs


def test_who_already_did_the_same_leaves_nothing_to_do(folder: Path, plan: Path) -> None:
    file(folder).write_text(WRITTEN)
    done = apply(folder, plan)
    assert (done.code, done.json["items"][0]["state"]) == (0, "noop")


def test_half_of_it_done_by_a_person_the_other_half_is_written(folder: Path, plan: Path) -> None:
    file(folder).write_text(PAGE.replace(LICENCE, "Creative Commons Zero 1.0"))
    assert apply(folder, plan).json["items"][0]["state"] == "done"
    assert file(folder).read_text() == WRITTEN


def test_a_deleted_page_is_not_recreated_and_takes_no_other_along(folder: Path) -> None:
    for name in ("Haies", "Mares", "Talus"):
        (folder / f"{name}.wikitext").write_text(PAGE.replace("niveau=Idée", "niveau=idée"))
    run("--wiki", folder, "fix", "--plan", "plan.json")
    (folder / "Mares.wikitext").unlink()
    done = apply(folder, Path("plan.json"))
    assert done.code == 3
    assert [(i["page"], i["state"]) for i in done.json["items"]] == [
        ("Haies", "done"),
        ("Mares", "skipped"),
        ("Talus", "done"),
    ]
    assert not (folder / "Mares.wikitext").exists()


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"niveau=\xff\xfe", "il n'est pas en UTF-8"),
        (("{{Ressource|" * 4000).encode(), ""),
    ],
)
def test_a_page_that_cannot_be_read_takes_no_other_along(
    folder: Path, broken: bytes, words: str
) -> None:
    for name in ("Haies", "Mares", "Talus"):
        (folder / f"{name}.wikitext").write_text(PAGE.replace("niveau=Idée", "niveau=idée"))
    run("--wiki", folder, "fix", "--plan", "plan.json")
    (folder / "Mares.wikitext").write_bytes(broken)
    done = apply(folder, Path("plan.json"))
    assert done.code == 3
    states = {i["page"]: i["state"] for i in done.json["items"]}
    assert (states["Haies"], states["Talus"]) == ("done", "done")
    assert states["Mares"] in ("failed", "skipped", "conflict")
    assert words in next(i["reason"] for i in done.json["items"] if i["page"] == "Mares")
    assert (folder / "Mares.wikitext").read_bytes() == broken
    (known,) = run("--wiki", folder, "runs", "--format", "json").json
    assert known["exit"] == 3


def test_a_limit_stops_before_anything_is_written(folder: Path) -> None:
    (folder / "Mares.wikitext").write_text(PAGE.replace("niveau=Idée", "niveau=idée"))
    (folder / "Talus.wikitext").write_text(PAGE.replace("niveau=Idée", "niveau=idée"))
    Path("un.toml").write_text('[wiki]\nfolder = "pages"\n[limits]\nedits_per_run = 1\n')
    before = pages_in(folder)
    done = run("--config", "un.toml", "fix", "--apply")
    assert done.code == 6
    assert done.err.startswith("Erreur : Le plan compte 2 pages, la limite est de 1.")
    assert pages_in(folder) == before


class TestShapes:
    def test_of_a_plan_file(self, folder: Path, plan: Path) -> None:
        body = json.loads(plan.read_text())
        assert list(body) == ["format", "id", "wiki", "created", "edits", "checksum"]
        assert body["format"] == 1
        (edit,) = body["edits"]
        assert list(edit) == ["title", "pageid", "base_revid", "summary", "changes"]
        assert edit["title"] == ATLAS
        assert edit["changes"][0] == {
            "field": "licence",
            "template": "Ressource",
            "index": 0,
            "parameter": "licence",
            "old": LICENCE,
            "new": "Creative Commons Zero 1.0",
            "rule": "",
            "safe": True,
            "reason": "",
        }

    def test_the_same_on_standard_output(self, folder: Path) -> None:
        done = run("--wiki", folder, "set", ATLAS, "tags+=mare", "--format", "json")
        assert done.code == 3
        Path("plan.json").write_text(done.out)
        assert apply(folder, Path("plan.json")).code == 0

    def test_of_the_ledger(self, folder: Path, plan: Path) -> None:
        first = run_id(apply(folder, plan))
        second = run_id(run("--wiki", folder, "undo", first, "--apply", "--format", "json"))
        rows = run("--wiki", folder, "runs", "--format", "json").json
        assert [set(row) for row in rows] == [
            {"run_id", "started", "command", "exit", "counts"}
        ] * 2
        assert [(r["run_id"], r["command"], r["exit"], r["counts"]) for r in rows] == [
            (second, f"undo {first}", 0, {"done": 1}),
            (first, "apply", 0, {"done": 1}),
        ]  # newest first

    def test_of_the_report_of_a_run(self, folder: Path, plan: Path) -> None:
        report = apply(folder, plan).json
        assert set(report) == {
            *("run_id", "command", "started", "ended", "exit", "counts", "stopped", "items"),
            *("guards", "requests"),
        }
        assert report["counts"] == {
            **{"planned": 1, "done": 1, "noop": 0, "skipped": 0},
            **{"conflict": 0, "failed": 0, "unknown": 0},
        }
        (item,) = report["items"]
        assert set(item) == {
            *("page", "pageid", "base_rev", "new_rev", "state", "reason", "merged", "verified"),
            *("op_id", "reason_code", "changes"),
        }


def test_the_ledger_in_words(folder: Path, plan: Path) -> None:
    assert run("--wiki", folder, "runs").out == ""
    done = apply(folder, plan)
    (line,) = run("--wiki", folder, "runs").out.splitlines()
    assert line.startswith(f"{run_id(done)}  ")
    assert line.endswith(" UTC  apply — 1 publiée (code 0)")
