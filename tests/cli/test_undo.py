from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import ATLAS, PAGE, Done, pages_in, run, run_id


def set_(folder: Path, *assignments: str, page: str = ATLAS) -> str:
    """Publish new values; return the id of the run."""
    return run_id(run("--wiki", folder, "set", page, *assignments, "--apply", "--format", "json"))


def undo(folder: Path, run: str) -> Done:
    return undo_(folder, run, "--apply", "--format", "json")


def undo_(folder: Path, *arguments: str) -> Done:
    return run("--wiki", folder, "undo", *arguments)


def file(folder: Path) -> Path:
    return folder / f"{ATLAS}.wikitext"


FILES = {
    "lines that end in LF": PAGE.encode(),
    "lines that end in CRLF": PAGE.replace("\n", "\r\n").encode(),
    "both kinds of lines": PAGE.replace("\n", "\r\n", 4).encode(),
    "no final newline": PAGE.rstrip().encode(),
    "several final newlines": (PAGE + "\n\n \n").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + PAGE.encode(),
    "letters that are not composed": PAGE.replace("é", "e\u0301").encode(),
    "no-break spaces": PAGE.replace("haies à", "haies\u00a0à\u202f").encode(),
    "an empty slot": PAGE.replace("=Licence Ouverte 2.0 (Etalab)", "=  ").encode(),
    "a comment behind the value": PAGE.replace("(Etalab)", "(Etalab) <!-- vu -->").encode(),
    "no slot": PAGE.replace("|licence=Licence Ouverte 2.0 (Etalab)\n", "").encode(),
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("change", [("licence=CC BY-SA 4.0", "tags+=mare"), ("licence=", "from=")])
def test_a_file_comes_back_byte_for_byte(folder: Path, kind: str, change: tuple[str, ...]) -> None:
    file(folder).write_bytes(FILES[kind])
    run = set_(folder, *change)
    assert file(folder).read_bytes() != FILES[kind]
    done = undo(folder, run)
    assert (done.code, done.json["counts"]["done"]) == (0, 1)
    assert file(folder).read_bytes() == FILES[kind]


def test_every_page_of_a_run_comes_back(folder: Path) -> None:
    for number in range(60):  # more than one batch
        (folder / f"Commun {number:02}.wikitext").write_text(
            PAGE.replace("niveau=Idée", "niveau=idée") + f"{number}"
        )
    before = pages_in(folder)
    fixed = run("--wiki", folder, "fix", "--apply", "--format", "json").json
    assert fixed["counts"]["done"] == 60
    done = undo(folder, fixed["run_id"])
    assert done.json["counts"]["done"] == 60
    assert [item["page"] for item in done.json["items"]] == [
        item["page"] for item in reversed(fixed["items"])
    ]  # the newest edit first
    assert pages_in(folder) == before


def test_an_undo_is_previewed_and_writes_nothing_without_apply(folder: Path) -> None:
    run = set_(folder, "tags+=mare")
    after = pages_in(folder)
    done = undo_(folder, run)
    assert done.code == 3
    assert done.out.splitlines()[:3] == [ATLAS, "  Tags", "    - mare"]
    assert done.out.splitlines()[-1].endswith(f"wikibot --wiki {folder} undo {run} --apply")
    assert pages_in(folder) == after
    preview = undo_(folder, run, "--format", "json").json
    assert [edit["title"] for edit in preview["edits"]] == [ATLAS]
    assert (preview["run_id"], preview["already"]) == (run, [])


def test_a_run_may_be_named_by_its_beginning(folder: Path) -> None:
    run = set_(folder, "tags+=mare")
    assert undo(folder, run[:4].upper()).code == 0
    assert file(folder).read_text() == PAGE


def test_a_second_undo_does_nothing_and_is_no_run(folder: Path) -> None:
    run_ = set_(folder, "tags+=mare")
    undo(folder, run_)
    before = pages_in(folder)
    known = run("--wiki", folder, "runs", "--format", "json").json
    again = undo_(folder, run_, "--apply")
    assert (again.code, again.out) == (0, "Rien à faire.\n")
    assert undo_(folder, run_).out == "Rien à annuler.\n"
    report = undo(folder, run_).json
    assert (report["run_id"], report["counts"]["planned"]) == (None, 0)
    assert pages_in(folder) == before
    assert run("--wiki", folder, "runs", "--format", "json").json == known


def test_an_undo_can_be_undone_again_and_again(folder: Path) -> None:
    run = set_(folder, "tags+=mare")
    with_mare = file(folder).read_bytes()
    for _ in range(2):
        undone = undo(folder, run)
        assert file(folder).read_text() == PAGE
        redone = undo(folder, run_id(undone))
        assert redone.code == 0
        assert file(folder).read_bytes() == with_mare


def test_of_two_runs_on_one_page_each_can_be_taken_back_alone(folder: Path) -> None:
    first, second = set_(folder, "tags+=mare"), set_(folder, "licence=CC0")
    assert undo(folder, first).code == 0
    assert file(folder).read_text() == PAGE.replace(
        "Licence Ouverte 2.0 (Etalab)", "Creative Commons Zero 1.0"
    )
    assert undo(folder, second).code == 0
    assert file(folder).read_text() == PAGE


class TestWhereAPersonEditedMeanwhile:
    def test_another_field_stays_as_they_left_it(self, folder: Path) -> None:
        run = set_(folder, "licence=CC0", "niveau=")
        text = file(folder).read_text()
        file(folder).write_text(text.replace("haie, bocage", "haie, mare") + "Merci !\n")
        assert undo(folder, run).code == 0
        assert file(folder).read_text() == (
            PAGE.replace("haie, bocage", "haie, mare") + "Merci !\n"
        )

    def test_the_same_field_is_a_conflict_and_the_file_is_untouched(self, folder: Path) -> None:
        run = set_(folder, "licence=CC0", "tags+=mare")
        text = file(folder).read_text().replace("Creative Commons Zero 1.0", "Licence MIT")
        file(folder).write_text(text)
        done = undo(folder, run)
        assert done.code == 3
        (item,) = done.json["items"]
        assert item["state"] == "conflict"
        assert "« licence » vaut maintenant « Licence MIT »" in item["reason"]
        assert file(folder).read_text() == text

    def test_who_took_it_back_themselves_is_left_alone(self, folder: Path) -> None:
        run = set_(folder, "licence=CC0")
        file(folder).write_text(PAGE)
        done = undo(folder, run)
        assert (done.code, done.json["items"][0]["state"]) == (0, "noop")
        assert file(folder).read_text() == PAGE

    def test_a_page_they_deleted_is_not_recreated(self, folder: Path) -> None:
        run = set_(folder, "licence=CC0")
        file(folder).unlink()
        done = undo(folder, run)
        assert (done.code, done.json["items"][0]["state"]) == (3, "skipped")
        assert not file(folder).exists()

    def test_what_they_had_done_themselves_before_the_run_stays(self, folder: Path) -> None:
        plan = folder.parent / "plan.json"
        run("--wiki", folder, "set", ATLAS, "licence=CC0", "tags+=mare", "--plan", plan)
        file(folder).write_text(PAGE.replace("bocage", "bocage, mare"))  # half of the plan
        done = run("--wiki", folder, "apply", plan, "--format", "json")
        assert [change["field"] for change in done.json["items"][0]["changes"]] == ["licence"]
        file(folder).write_text(file(folder).read_text() + "Merci !\n")  # no exact restore
        assert undo(folder, run_id(done)).code == 0
        assert file(folder).read_text() == PAGE.replace("bocage", "bocage, mare") + "Merci !\n"

    def test_the_other_pages_of_the_run_come_back(self, folder: Path) -> None:
        (folder / "Mares.wikitext").write_text(PAGE.replace("niveau=Idée", "niveau=idée"))
        file(folder).write_text(PAGE.replace("niveau=Idée", "niveau=idée"))
        fixed = run_id(run("--wiki", folder, "fix", "--apply", "--format", "json"))
        file(folder).unlink()
        assert undo(folder, fixed).code == 3
        assert "niveau=idée" in (folder / "Mares.wikitext").read_text()


def test_an_unknown_run_is_one_line(folder: Path) -> None:
    set_(folder, "tags+=mare")
    done = undo_(folder, "zzzzzz", "--apply")
    assert done.code == 2
    assert done.err.splitlines() == [
        f"Erreur : Aucune exécution « zzzzzz » dans le journal de {folder}.",
        "→ « wikibot runs » les liste.",
    ]
