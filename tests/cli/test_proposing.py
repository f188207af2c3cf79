"""`wikibot actions suggest`, as a referent types it: read, chosen, and only then written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.actions.support import ATLAS, write, write_wiki
from tests.cli.command import Done, run
from tests.cli.test_init import OnATerminal

PLAN = """\
'''Phase 2 (2031)'''
* Rédiger la charte d'ici fin mars 2031
* Relecture du guide : en cours
* Former les relais
Si possible, traduire la carte.
"""


@pytest.fixture
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "wiki"
    folder.mkdir()
    write_wiki(folder, {})
    write(folder, {ATLAS: f"{{{{Ressource\n|realisation={PLAN}}}}}"})
    monkeypatch.chdir(tmp_path)
    return folder


def suggest(wiki: Path, *words: str) -> Done:
    return run("--wiki", wiki, "actions", "suggest", *words)


def actions_in(wiki: Path) -> dict[str, str]:
    files = sorted(wiki.glob("Action%3A*.wikitext"))
    read = {f.stem.partition("%3A")[2]: f.read_text() for f in files}
    return {n: text.partition("|SUMMARY=")[2].splitlines()[0] for n, text in read.items()}


class TestWhatIsShown:
    def test_each_proposal_with_the_sentence_that_asks_for_it(self, wiki: Path) -> None:
        done = suggest(wiki, "atlas DES haies")
        assert done.code == 3
        lines = done.out.splitlines()
        assert lines[:5] == [
            f"{ATLAS}, « 6.Réalisation du projet de commun » : 4 actions proposées, "
            "dont 1 à vérifier.",
            "",
            "  1  Rédiger la charte",
            "     pour le 31 mars 2031 (« d'ici fin mars 2031 ») · colonne « A faire » · sous "
            "« Phase 2 »",
            "     « Rédiger la charte d'ici fin mars 2031 »",
        ]
        assert "colonne « En cours »" in done.out
        assert "     à vérifier : un souhait ou une option" in lines
        assert "Rien n'est publié." in done.out
        assert actions_in(wiki) == {}

    def test_in_english_too(self, wiki: Path) -> None:
        done = run("--lang", "en", "--wiki", wiki, "actions", "suggest", ATLAS)
        assert done.code == 3

    def test_it_cannot_be_told_to_publish_at_once(self, wiki: Path) -> None:
        done = suggest(wiki, ATLAS, "--apply")
        assert done.code == 2
        assert actions_in(wiki) == {}

    def test_for_a_program(self, wiki: Path) -> None:
        found = suggest(wiki, ATLAS, "--format", "json").json
        assert (found["page"], found["fields"], found["known"]) == (ATLAS, ["realisation"], [])
        assert [each["number"] for each in found["proposals"]] == [1, 2, 3, 4]
        assert found["proposals"][1] == {
            "number": 2,
            "summary": "Relecture du guide",
            "due": "2031-12-31",
            "due_words": "Phase 2",
            "late": False,
            "column": "Label:En cours",
            "section": "Phase 2",
            "source": "Relecture du guide : en cours",
            "sure": True,
            "doubt": "",
            "notes": ["la fin de la phase"],
        }
        assert not found["proposals"][3]["sure"]

    @pytest.mark.parametrize("typed", ["1;2", "un", "1,,2", "-1", ""])
    def test_numbers_that_are_none(self, wiki: Path, typed: str) -> None:
        done = suggest(wiki, ATLAS, "--only", typed)
        assert done.code == 2
        assert "1,3" in done.err

    def test_a_number_that_was_not_proposed(self, wiki: Path) -> None:
        done = suggest(wiki, ATLAS, "--only", "1,9")
        assert done.code == 2
        assert "Il n'y a pas de proposition n° 9." in done.err

    def test_nothing_to_propose(self, wiki: Path) -> None:
        write(wiki, {ATLAS: "{{Ressource\n|realisation=Le verger est ouvert.\n}}"})
        done = suggest(wiki, ATLAS)
        assert (done.code, done.out.splitlines()) == (
            0,
            [f"{ATLAS}, « 6.Réalisation du projet de commun » : aucune action à proposer."],
        )


class TestAPlanThatIsKept:
    def test_it_is_applied_like_any_other_and_nothing_is_proposed_again(self, wiki: Path) -> None:
        done = suggest(wiki, ATLAS, "--only", "1, 3", "--plan", "plan.json")
        assert done.code == 3
        assert "apply plan.json" in done.out
        assert actions_in(wiki) == {}
        assert run("--wiki", wiki, "apply", "plan.json").code == 0
        assert actions_in(wiki) == {"1": "Rédiger la charte", "2": "Former les relais"}
        again = suggest(wiki, ATLAS)
        assert [line for line in again.out.splitlines() if line.startswith("  n°")] == [
            "  n° 1 : Rédiger la charte",
            "  n° 2 : Former les relais",
        ]
        assert "2 actions proposées" in again.out

    def test_a_person_says_yes_or_no_to_each_in_the_workbook(self, wiki: Path) -> None:
        suggest(wiki, ATLAS, "--plan", "plan.json")
        assert run("--wiki", wiki, "plan", "show", "plan.json", "--output", "r.xlsx").code == 3
        book = openpyxl.load_workbook("r.xlsx")
        sheet = book.worksheets[0]
        headings = {cell.value: place for place, cell in enumerate(sheet[1], 1)}
        shown = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        assert "Rédiger la charte d'ici fin mars 2031" in shown
        for row, answer in zip(range(2, 6), ("oui", "non", "oui", "non"), strict=True):
            sheet.cell(row, headings["Accepter"]).value = answer
        book.save("r.xlsx")
        assert run("--wiki", wiki, "apply", "r.xlsx").code == 0
        assert list(actions_in(wiki).values()) == ["Rédiger la charte", "Former les relais"]


class TestAtATerminal:
    def test_each_is_asked_about_and_only_those_wanted_are_written(self, wiki: Path) -> None:
        at = OnATerminal(Path.cwd(), "--wiki", f"{wiki}", "actions", "suggest", ATLAS, "--ask")
        for number, answer in enumerate("onon", 1):
            at.until(f"{number}/4 Publier ? (o/n/t/q/m) : ")
            assert actions_in(wiki) == {}
            at.type(f"{answer}\r")
        at.until("Publier (")
        assert actions_in(wiki) == {}
        at.type("o\r")
        assert at.end() == 0, at.shown
        assert list(actions_in(wiki).values()) == ["Rédiger la charte", "Former les relais"]

    def test_who_leaves_has_written_nothing(self, wiki: Path) -> None:
        at = OnATerminal(Path.cwd(), "--wiki", f"{wiki}", "actions", "suggest", ATLAS, "--ask")
        at.until("1/4 Publier ? (o/n/t/q/m) : ")
        at.type("o\r")
        at.until("2/4 Publier ? (o/n/t/q/m) : ")
        at.type("q\r")
        assert at.end() == 3, at.shown
        assert actions_in(wiki) == {}

    def test_nobody_is_asked_where_nobody_sits(self, wiki: Path) -> None:
        done = suggest(wiki, ATLAS, "--ask")
        assert (done.code, done.out) == (2, "")
        assert "terminal" in done.err
