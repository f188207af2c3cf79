"""`wikibot actions`, as a referent types it."""

from __future__ import annotations

import shlex
from pathlib import Path

import icalendar
import pytest

from tests.actions.support import ATLAS, GAME, action, write_wiki
from tests.cli.command import Done, run
from wikibot.page import Saved
from wikibot.wiki.folder import FolderWiki


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_wiki(
        tmp_path,
        {
            1: action(SUMMARY="Semer", DUE_DATE="2020-01-31", ASSIGNED_TO="Alix Imaginaire"),
            2: action(SUMMARY="Planter", LABEL="A faire"),
            3: action(SUMMARY="Tailler", LABEL="Label:En cours, Label:Urgent"),
            4: action(SUMMARY="Récolter", ACTION_STATUS="Closed", LABEL="Label:Fait"),
            5: action(SUMMARY="Jouer", RELATED_ARTICLE=GAME, ASSIGNED_TO="Noor Essai"),
        },
    )
    return tmp_path


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def actions(folder: Path, *words: str) -> Done:
    return run("--wiki", folder, "actions", *words)


class TestBoard:
    def test_one_page_by_whatever_its_name_is_spelled_like(self, folder: Path) -> None:
        done = actions(folder, "board", "atlas DES haies")
        assert done.code == 0
        assert done.out.splitlines()[:2] == [ATLAS, "  2 actions au tableau, 1 en retard."]
        assert "31 janvier 2020, EN RETARD" in done.out
        assert f"→ wikibot --wiki {folder} actions edit 2 'etiquettes=Label:A faire'" in done.out

    def test_the_command_that_it_shows_mends_it(self, folder: Path) -> None:
        assert actions(folder, "edit", "2", "etiquettes=Label:A faire", "--apply").code == 0
        board = actions(folder, "board", ATLAS, "--format", "json").json
        assert [column["actions"] for column in board["columns"]] == [[1, 2], [3], []]
        assert [hidden["number"] for hidden in board["hidden"]] == [4]

    def test_every_page_that_has_actions(self, folder: Path) -> None:
        found = actions(folder, "board", "--format", "json").json
        assert [board["page"] for board in found] == [ATLAS, GAME]
        done = actions(folder, "board")
        assert (done.code, GAME in done.out) == (0, True)

    def test_a_page_that_is_not_there(self, folder: Path) -> None:
        done = actions(folder, "board", "Atlas des heies")
        assert done.code == 2
        assert "« Atlas des haies »" in done.err

    def test_a_wiki_without_actions(self, tmp_path: Path) -> None:
        write_wiki(tmp_path, {})
        done = actions(tmp_path, "board")
        assert (done.code, done.out, done.err) == (0, "", "Aucune action.\n")
        assert actions(tmp_path, "board", "--format", "json").json == []

    def test_what_cannot_be_read_is_told_and_not_counted(self, folder: Path) -> None:
        text = "{{Actionable\n|SUMMARY=Semer <nowiki>\n|LABEL=Label:A faire\n}}"
        (folder / "Action%3A9.wikitext").write_text(text)
        done = actions(folder, "board", ATLAS)
        assert done.code == 0
        assert done.out.splitlines()[1] == "  2 actions au tableau, 1 en retard."


class TestList:
    @pytest.mark.parametrize(
        ("options", "numbers"),
        [
            ((), [1, 2, 3, 4, 5]),
            (("--page", "atlas des haies"), [1, 2, 3, 4]),
            (("--page", GAME, "--page", ATLAS), [1, 2, 3, 4, 5]),
            (("--assignee", "alix imaginaire"), [1]),
            (("--assignee", "Alix Imaginaire", "--assignee", "noor essai"), [1, 5]),
            (("--label", "a faire"), [1, 2, 5]),
            (("--label", "urgent"), [3]),
            (("--label", "Label:En cours", "--page", ATLAS), [3]),
            (("--status", "clos"), [4]),
            (("--status", "Open"), [1, 2, 3, 5]),
            (("--open",), [1, 2, 3, 5]),
            (("--overdue",), [1]),
            (("--without", "label"), [2]),
            (("--without", "assignee"), [2, 3, 4]),
            (("--without", "assignee", "--without", "label"), [2]),
            (("--without", "due", "--open"), [2, 3, 5]),
        ],
    )
    def test_those_that_match_all_that_is_asked(
        self, folder: Path, options: tuple[str, ...], numbers: list[int]
    ) -> None:
        done = actions(folder, "list", *options, "--format", "json")
        assert done.code == 0
        assert [found["number"] for found in done.json] == numbers

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (("--assignee", "Alix Imaginère"), "Alix Imaginaire"),
            (("--label", "Label:Urgant"), "Label:Urgent"),
            (("--status", "en pause"), "statut « en pause »"),
            (("--page", "Atlas des heies"), ATLAS),
        ],
    )
    def test_what_none_has_is_an_error_that_names_the_nearest(
        self, folder: Path, options: tuple[str, ...], words: str
    ) -> None:
        done = actions(folder, "list", *options)
        assert done.code == 2
        assert words in done.err

    def test_in_words(self, folder: Path) -> None:
        done = actions(folder, "list", "--overdue")
        assert done.out.splitlines() == [
            "1  Semer",
            "    A faire · Alix Imaginaire · 31 janvier 2020, EN RETARD",
            f"    {ATLAS}",
            "1 action, 1 en retard.",
        ]


class TestOtherForms:
    def test_a_calendar_of_what_matches(self, folder: Path) -> None:
        done = actions(folder, "list", "--open", "--format", "ics")
        found = icalendar.Calendar.from_ical(done.out)
        assert [task["SUMMARY"] for task in found.todos] == ["Semer", "Planter", "Tailler", "Jouer"]
        assert (done.code, done.err) == (0, "")

    def test_a_calendar_of_a_board_and_of_what_it_hides_but_closed(self, folder: Path) -> None:
        done = actions(folder, "board", ATLAS, "--format", "ics")
        found = icalendar.Calendar.from_ical(done.out)
        assert {task["SUMMARY"] for task in found.todos} == {"Semer", "Planter", "Tailler"}
        assert found["NAME"] == f"Suivi des actions – {ATLAS}"
        whole = icalendar.Calendar.from_ical(actions(folder, "board", "--format", "ics").out)
        assert len(whole.todos) == 4
        assert whole["NAME"] == "Suivi des actions"

    def test_in_a_file_its_lines_end_as_calendars_ask(self, folder: Path, tmp_path: Path) -> None:
        file = tmp_path / "actions.ics"
        done = actions(folder, "list", "--format", "ics", "--output", str(file))
        assert (done.code, done.out) == (0, f"Écrit : {file}\n")
        data = file.read_bytes()
        assert data.count(b"\r\n") == data.count(b"\n") > 20
        assert len(icalendar.Calendar.from_ical(data).todos) == 5

    @pytest.mark.parametrize("form", ["text", "table", "json", "ics"])
    @pytest.mark.parametrize("name", ["board", "list"])
    def test_a_file_holds_what_would_be_printed(
        self, folder: Path, tmp_path: Path, name: str, form: str
    ) -> None:
        file = tmp_path / "rapport"
        printed = actions(folder, name, "--format", form).out
        assert actions(folder, name, "--format", form, "--output", str(file)).code == 0
        assert file.read_bytes().decode() == printed

    def test_a_place_that_is_none_is_told_before_anything_is_read(self, folder: Path) -> None:
        done = actions(folder, "list", "--output", str(folder / "rien" / "a.ics"))
        assert done.code == 2
        assert "n'existe pas" in done.err

    def test_a_table_has_a_row_for_each_and_says_how_many(self, folder: Path) -> None:
        lines = actions(folder, "board", ATLAS, "--format", "table").out.splitlines()
        assert lines[0].split() == ["N°", "Action", "Colonne", "Responsable", "Échéance", "Page"]
        assert [line.split()[0] for line in lines[2:5]] == ["1", "3", "2"]
        assert lines[-1] == "3 actions, 1 en retard."
        assert "–" in lines[4], "it is in no column"


class TestWriting:
    def test_a_preview_shows_the_change_and_writes_nothing(self, folder: Path) -> None:
        before = (folder / "Action%3A1.wikitext").read_bytes()
        done = actions(folder, "move", "1", "fait")
        assert done.code == 3
        assert done.out.splitlines() == [
            "Action:1",
            "  Étiquettes",
            "    - Label:A faire",
            "    + Label:Fait",
            "",
            "À modifier : 1 page, 1 champ.",
            "Rien n'est publié. Pour publier : la même commande avec --apply",
        ]
        assert (folder / "Action%3A1.wikitext").read_bytes() == before

    def test_what_stands_already_is_nothing_to_do(self, folder: Path) -> None:
        done = actions(folder, "move", "1", "A faire")
        assert (done.code, done.out) == (0, "Rien à changer.\n")

    def test_one_after_the_other_and_back(self, folder: Path) -> None:
        before = {file.name: file.read_bytes() for file in folder.glob("*.wikitext")}
        done = actions(folder, "move", "1", "3", "en cours", "--apply", "--format", "json")
        assert done.code == 0
        assert (folder / "Action%3A1.wikitext").read_text().count("Label:En cours") == 1
        assert run("--wiki", folder, "undo", done.json["run_id"], "--apply").code == 0
        assert {file.name: file.read_bytes() for file in folder.glob("*.wikitext")} == before

    def test_close_reopen_assign(self, folder: Path) -> None:
        assert actions(folder, "close", "1", "--resolution", "Fait | bien", "--apply").code == 0
        text = (folder / "Action%3A1.wikitext").read_text()
        assert "|ACTION_STATUS=Closed\n" in text
        assert "|RESOLUTION=Fait {{!}} bien\n" in text
        assert actions(folder, "reopen", "1", "--column", "En cours", "--apply").code == 0
        assert actions(folder, "assign", "1", "3", "noor essai", "--apply").code == 0
        assert actions(folder, "assign", "1", "alix imaginaire", "--remove", "--apply").code == 0
        text = (folder / "Action%3A1.wikitext").read_text()
        assert "|ACTION_STATUS=Open\n" in text
        assert "|ASSIGNED_TO=Noor Essai\n" in text
        assert "|ASSIGNED_TO=Noor Essai\n" in (folder / "Action%3A3.wikitext").read_text()

    def test_a_new_one_by_a_plan_that_is_applied_later(self, folder: Path) -> None:
        plan = folder.parent / "plan.json"
        added = actions(folder, "add", "atlas des haies", "Arroser", "--plan", str(plan))
        assert added.code == 3
        assert added.out.splitlines()[0] == (
            "Action:6 (nouvelle page ; le numéro suivant, si celui-ci est pris entre-temps)"
        )
        assert actions(folder, "add", ATLAS, "Biner", "--apply").code == 0
        assert run("--wiki", folder, "apply", plan).out.startswith("✓ Action:7 :")
        assert "déjà en place" in run("--wiki", folder, "apply", plan).out
        found = actions(folder, "list", "--page", ATLAS, "--open", "--format", "json").json
        assert [one["summary"] for one in found][-2:] == ["Biner", "Arroser"]

    def test_a_new_one_tells_its_number_and_how_it_leaves_the_board(self, folder: Path) -> None:
        done = actions(folder, "add", ATLAS, "Arroser", "--apply")
        assert done.out.splitlines()[2:] == [
            "C'est l'action n° 6. La supprimer est l'affaire d'un administrateur.",
            f"Pour la retirer du tableau : wikibot --wiki {folder} actions close 6 --apply",
        ]
        line = done.out.splitlines()[-1].partition(" : ")[2]
        closed = run(*shlex.split(line)[1:])
        assert closed.code == 0
        assert "Pour l'annuler : " in closed.out, "a change of a page can be taken back"
        assert "6" in actions(folder, "board", ATLAS).out.splitlines()[-1]

    def test_the_number_told_is_the_one_given(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        create = FolderWiki.create

        def taken(wiki: FolderWiki, title: str, text: str, summary: str) -> Saved:
            there = folder / "Action%3A6.wikitext"
            if not there.exists():
                there.write_text(action(SUMMARY="D'une autre personne"))
            return create(wiki, title, text, summary)

        monkeypatch.setattr(FolderWiki, "create", taken)
        done = actions(folder, "add", ATLAS, "Arroser", "--apply")
        assert "C'est l'action n° 7." in done.out
        assert "close 7 --apply" in done.out

    def test_somebody_nobody_knows_is_written_and_told(self, folder: Path) -> None:
        done = actions(folder, "assign", "1", "Sacha Nouveau")
        assert done.code == 3
        assert "personne de ce nom n'est connu ici" in done.err
        assert "+ Sacha Nouveau" in done.out

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("move", "99", "fait"), "Il n'y a pas d'action n° 99."),
            (("move", "1", "plus tard"), "Ses colonnes : A faire, En cours, Fait."),
            (("add", ATLAS, "semer"), "a déjà une action « Semer » : Action:1."),
            (("add", ATLAS, "Lire", "--due", "03/04/2027"), "03/04/2027"),
            (("assign", "1", "A", "--only", "--remove"), "pas les deux"),
            (("edit", "1", "echeance=demain"), "demain"),
        ],
    )
    def test_what_cannot_be_is_refused_with_what_to_do(
        self, folder: Path, words: tuple[str, ...], said: str
    ) -> None:
        done = actions(folder, *words, "--apply")
        assert done.code == 2
        assert said in done.err

    def test_a_mapping_without_a_board_has_no_actions(self, folder: Path, tmp_path: Path) -> None:
        mapping = tmp_path / "mapping"
        (mapping / "page_types").mkdir(parents=True)
        (mapping / "wiki.toml").write_text('id = "x"\nlabel = { fr = "X", en = "X" }\n')
        (mapping / "page_types" / "fiche.toml").write_text(
            'id = "fiche"\nlabel = { fr = "F", en = "F" }\ntemplate = "F"\n'
            '[[fields]]\nid = "a"\nlabel = { fr = "A", en = "A" }\nparameter = "a"\nkind = "text"\n'
        )
        done = run("--wiki", folder, "--mapping", mapping, "actions", "list")
        assert done.code == 2
        assert "n'a pas de tableau d'actions" in done.err
