"""A plan is reviewed before it is applied: as text, as a page, as a workbook, at the terminal."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.browser import opened
from tests.cli.command import ATLAS, PAGE, Done, pages_in, run, run_id
from tests.cli.test_init import OnATerminal
from wikibot.edits import Plan

NAMES = (ATLAS, "Mares", "Talus")
OLD, NEW = "cc by-sa 4.0", "Creative Commons BY SA 4.0"
WRONG = PAGE.replace("Licence Ouverte 2.0 (Etalab)", OLD).replace("Tags=haie", "Tags=haie, haie")


@pytest.fixture
def wiki(folder: Path) -> Path:
    """Three pages, on each of which two fields are to be mended (VOC102, LST101)."""
    for name in NAMES:
        (folder / f"{name}.wikitext").write_text(WRONG)
    made = run("--wiki", folder, "fix", "--unsafe", "--plan", "plan.json")
    assert made.code == 3
    assert [len(edit.changes) for edit in plan().edits] == [2, 2, 2]
    return folder


def plan(path: str = "plan.json") -> Plan:
    return Plan.from_json(Path(path).read_text(), path)


def text(folder: Path, name: str = ATLAS) -> str:
    return (folder / f"{name}.wikitext").read_text()


def licence(folder: Path, name: str = ATLAS) -> str:
    found = re.search(r"\|licence=(.*)", text(folder, name))
    assert found
    return found[1]


def apply(folder: Path, *more: str) -> Done:
    return run("--wiki", folder, "apply", *more, "--format", "json")


class TestAPart:
    def test_is_shown_as_it_is_applied(self, wiki: Path) -> None:
        part = ("plan.json", "--only", "rule=VOC102", "--exclude", "page=Mares")
        shown = run("--wiki", wiki, "plan", "show", *part)
        assert shown.code == 3
        assert "À modifier : 2 pages, 2 champs." in shown.out
        done = apply(wiki, *part)
        assert (done.code, done.json["counts"]["done"]) == (0, 2)
        assert [licence(wiki, name) for name in NAMES] == [NEW, OLD, NEW]
        assert all("haie, haie" in text(wiki, name) for name in NAMES)

    def test_and_then_the_rest_are_the_whole(self, wiki: Path) -> None:
        assert apply(wiki, "plan.json", "--only", "champ=licence").code == 0
        assert apply(wiki, "plan.json").code == 0
        parts = pages_in(wiki)
        assert licence(wiki) == NEW
        assert "haie, haie" not in text(wiki)
        again = apply(wiki, "plan.json", "--only", "champ=licence")
        assert {item["state"] for item in again.json["items"]} == {"noop"}
        assert pages_in(wiki) == parts

    def test_once_made_is_made_by_no_other_part_again(self, wiki: Path) -> None:
        """Neither what a rule proposed nor what a person asked for, whoever took it back."""
        run("--wiki", wiki, "set", ATLAS, "licence=CC0", "niveau=Prototype", "--plan", "set.json")
        first = apply(wiki, "set.json", "--only", "champ=licence")
        assert "licence=Creative Commons Zero 1.0" in text(wiki)
        run("--wiki", wiki, "undo", run_id(first), "--apply")
        done = apply(wiki, "set.json")
        assert licence(wiki) == OLD
        assert "niveau=Prototype" in text(wiki)
        (item,) = done.json["items"]
        assert (item["state"], item["reason_code"], done.code) == ("done", "made-before", 3)
        assert [change["field"] for change in item["changes"]] == ["niveau"]

    def test_of_which_a_person_took_a_field_elsewhere_keeps_no_other_back(self, wiki: Path) -> None:
        run("--wiki", wiki, "set", ATLAS, "licence=CC0", "niveau=Prototype", "--plan", "set.json")
        apply(wiki, "set.json", "--only", "champ=licence")
        (wiki / f"{ATLAS}.wikitext").write_text(
            text(wiki).replace("licence=Creative Commons Zero 1.0", "licence=MIT")
        )
        assert apply(wiki, "set.json").json["items"][0]["state"] == "done"
        assert licence(wiki) == "MIT"
        assert "niveau=Prototype" in text(wiki)

    def test_of_a_plan_that_was_applied_whole_is_done(self, wiki: Path) -> None:
        apply(wiki, "plan.json")
        (wiki / f"{ATLAS}.wikitext").write_text(WRONG)
        done = apply(wiki, "plan.json", "--only", f"page={ATLAS}", "--only", "VOC102")
        assert done.json["items"][0]["state"] == "noop"
        assert licence(wiki) == OLD

    def test_says_in_the_history_what_it_does_and_no_more(self, wiki: Path) -> None:
        apply(wiki, "plan.json", "--only", "champ=licence", "--only", f"page={ATLAS}")
        log = (wiki / ".wikibot/history/revisions.jsonl").read_text().splitlines()
        comment = json.loads(log[-1])["comment"]
        assert "licence" in comment
        assert "Tags" not in comment

    @pytest.mark.parametrize(
        ("only", "lines"),
        [
            (["VOC102"], 3),
            (["term-alias"], 3),
            (["règle=voc"], 3),
            (["rule=VOC102", "rule=LST101"], 6),
            (["page=mares"], 2),
            (["page=Atlas_des_haies"], 2),
            (["Mares"], 2),
            (["field=Tags"], 3),
            (["champ=licence", "page=Mares", "page=Talus"], 2),
        ],
    )
    def test_is_named_by_rule_page_or_field(self, wiki: Path, only: list[str], lines: int) -> None:
        words = [word for name in only for word in ("--only", name)]
        done = run("--wiki", wiki, "plan", "show", "plan.json", "--format", "json", *words)
        assert sum(len(edit["changes"]) for edit in done.json["edits"]) == lines
        left = [word.replace("--only", "--exclude") for word in words]
        if len(only) == 1:
            done = run("--wiki", wiki, "plan", "show", "plan.json", "--format", "json", *left)
            assert sum(len(edit["changes"]) for edit in done.json["edits"]) == 6 - lines

    @pytest.mark.parametrize(
        ("only", "words"),
        [
            ("rule=ZZZ999", "Règles : VOC102 (3), LST101 (3)."),
            ("page=Nulle part", "Pages : Atlas des haies (2), Mares (2), Talus (2)."),
            ("champ=", "Champs : "),
            ("couleur=vert", "Règles : VOC102 (3)"),
            ("", "Pages : "),
        ],
    )
    def test_that_is_nothing_is_an_error_that_says_what_there_is(
        self, wiki: Path, only: str, words: str
    ) -> None:
        before = pages_in(wiki)
        done = apply(wiki, "plan.json", "--only", only)
        assert done.code == 2
        assert words in done.err
        assert pages_in(wiki) == before

    def test_of_which_nothing_is_left_is_an_error(self, wiki: Path) -> None:
        done = apply(wiki, "plan.json", "--only", "VOC102", "--exclude", "licence")
        assert (done.code, done.out) == (2, "")
        assert "il ne reste rien du plan" in done.err


class TestAsAPage:
    def test_it_is_written_whole_and_opens(
        self, wiki: Path, chromium: Path, tmp_path: Path
    ) -> None:
        done = run(
            *("--wiki", wiki, "plan", "show", "plan.json"),
            *("--format", "html", "--output", "relire.html"),
        )
        assert (done.code, done.out) == (3, "Écrit : relire.html\n")
        html = Path("relire.html").read_text("utf-8")
        with opened(chromium, html, tmp_path) as browser:
            assert browser.page.locator("section.page").count() == 3
            browser.harmless()

    def test_it_needs_no_wiki(self, wiki: Path) -> None:
        done = run("plan", "show", "plan.json", "--format", "html")
        assert done.code == 3
        assert done.out.startswith("<!doctype html>")

    @pytest.mark.parametrize(
        ("name", "begins"),
        [
            ("r.html", b"<!doctype"),
            ("r.xlsx", b"PK"),
            ("r.ODS", b"PK"),
            ("r.json", b"{"),
            ("r", b"Atlas"),
        ],
    )
    def test_the_name_of_the_file_says_what_it_shall_be(
        self, wiki: Path, name: str, begins: bytes
    ) -> None:
        assert run("plan", "show", "plan.json", "--output", name).code == 3
        assert Path(name).read_bytes().startswith(begins)
        assert b"\x1b" not in Path(name).read_bytes()[:200] or begins == b"PK"

    def test_a_workbook_is_not_printed(self, wiki: Path) -> None:
        done = run("plan", "show", "plan.json", "--format", "xlsx")
        assert (done.code, done.out) == (2, "")
        assert "--output" in done.err


Fill = Callable[..., Path]


@pytest.fixture
def fill(wiki: Path) -> Fill:
    """Answer in the workbook of the plan: {row: {heading: value}}, and save it as a program does.

    Row 2 is the first line of the plan.
    """
    run("--wiki", wiki, "plan", "show", "plan.json", "--format", "xlsx", "--output", "r.xlsx")

    def filled(answers: dict[int, dict[str, object]], *, drop: tuple[int, ...] = ()) -> Path:
        book = openpyxl.load_workbook("r.xlsx")
        sheet = book.worksheets[0]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row, cells in answers.items():
            for heading, value in cells.items():
                sheet.cell(row, columns[heading]).value = value  # type: ignore[arg-type, assignment]
        for row in sorted(drop, reverse=True):
            sheet.delete_rows(row)
        book.save("f.xlsx")
        return Path("f.xlsx")

    return filled


def order() -> list[tuple[str, str]]:
    """Return page and field of the lines of the plan, from row 2."""
    return [(edit.title, change.field) for edit in plan().edits for change in edit.changes]


class TestAsAWorkbook:
    def test_what_is_accepted_is_published_and_nothing_else(self, wiki: Path, fill: Fill) -> None:
        rows = {n: {"Accepter": "oui"} for n, (_, f) in enumerate(order(), 2) if f == "licence"}
        rows[3] = rows.get(3, {"Accepter": "non"})
        book = fill(rows)
        shown = run("--wiki", wiki, "plan", "show", book)
        assert "À modifier : 3 pages, 3 champs." in shown.out
        done = run("--wiki", wiki, "apply", book, "--format", "json")
        assert done.json["counts"]["done"] == 3
        assert [licence(wiki, name) for name in NAMES] == [NEW] * 3
        assert all("haie, haie" in text(wiki, name) for name in NAMES)
        assert "2 lignes sans réponse : rien n'en est publié." in done.err
        assert done.code == 3  # somebody has yet to say yes or no

    def test_what_is_answered_later_is_published_later(self, wiki: Path, fill: Fill) -> None:
        run("--wiki", wiki, "apply", fill({2: {"Accepter": "oui"}}))
        everything = fill({n: {"Accepter": "oui"} for n in range(2, 8)})
        done = run("--wiki", wiki, "apply", everything, "--format", "json")
        assert (done.code, done.json["counts"]["done"]) == (0, 3)
        assert "haie, haie" not in text(wiki)
        assert licence(wiki) == NEW

    def test_no_to_everything_publishes_nothing_and_needs_nobody(
        self, wiki: Path, fill: Fill
    ) -> None:
        before = pages_in(wiki)
        done = run("--wiki", wiki, "apply", fill({n: {"Accepter": "non"} for n in range(2, 8)}))
        assert (done.code, pages_in(wiki)) == (0, before)

    @pytest.mark.parametrize(
        "words", [("oui", "Oui", "OUI.", "o", "x", "yes"), ("Y", True, 1, " oui ", "✓", "VRAI")]
    )
    def test_yes_is_said_in_many_ways(
        self, wiki: Path, fill: Fill, words: tuple[object, ...]
    ) -> None:
        rows = {row: {"Accepter": word} for row, word in enumerate(words, 2)}
        done = run("plan", "show", fill(rows), "--format", "json")
        assert sum(len(edit["changes"]) for edit in done.json["edits"]) == 6

    def test_a_corrected_value_is_published_as_set_would_write_it(
        self, wiki: Path, fill: Fill
    ) -> None:
        row = 2 + order().index((ATLAS, "licence"))
        done = run(
            *("--wiki", wiki, "apply", "--format", "json"),
            fill({row: {"Valeur corrigée": "cc0"}}),
        )
        assert done.json["counts"]["done"] == 1
        typed = run("--wiki", wiki, "set", "Mares", "licence=cc0", "--apply")
        assert typed.code == 0
        assert licence(wiki) == licence(wiki, "Mares") == "Creative Commons Zero 1.0"

    def test_every_value_that_a_field_cannot_hold_is_told_at_once_with_its_row(
        self, wiki: Path, fill: Fill
    ) -> None:
        licences = [n for n, (_, f) in enumerate(order(), 2) if f == "licence"]
        before = pages_in(wiki)
        done = run(
            *("--wiki", wiki, "apply"),
            fill({n: {"Valeur corrigée": "CC00", "Accepter": "oui"} for n in licences}),
        )
        assert done.code == 2
        assert [f"Ligne {n}, " in done.err for n in licences] == [True] * 3
        assert "Valeurs proches" in done.err
        assert pages_in(wiki) == before

    @pytest.mark.parametrize(
        ("heading", "value"),
        [
            ("Avant", "autre"),
            ("Après", "Prototype"),
            ("Page", "Mares"),
            ("N°", 5),
            ("N°", None),
            ("N°", "=1+1"),
            ("Contrôle", "x"),
        ],
    )
    def test_a_row_that_is_no_longer_what_was_shown_stops_all(
        self, wiki: Path, fill: Fill, heading: str, value: object
    ) -> None:
        before = pages_in(wiki)
        book = fill({2: {heading: value, "Accepter": "oui"}, 5: {"Accepter": "oui"}})
        done = run("--wiki", wiki, "apply", book)
        assert done.code == 2
        assert "Ligne 2" in done.err
        assert "Valeur corrigée" in done.err
        assert pages_in(wiki) == before

    def test_a_row_that_stands_twice_stops_all(self, wiki: Path, fill: Fill) -> None:
        fill({})
        book = openpyxl.load_workbook("f.xlsx")
        sheet = book.worksheets[0]
        sheet.append([cell.value for cell in sheet[2]])
        book.save("f.xlsx")
        done = run("--wiki", wiki, "apply", "f.xlsx")
        assert done.code == 2
        assert "Ligne 8 : c'est la même modification qu'à la ligne 2 (n° 1)." in done.err

    def test_a_removed_row_is_not_published_and_that_is_told(self, wiki: Path, fill: Fill) -> None:
        book = fill({n: {"Accepter": "oui"} for n in range(2, 8)}, drop=(2,))
        done = run("--wiki", wiki, "apply", book)
        assert done.code == 3
        assert "1 ligne du plan n'est plus dans le classeur" in done.err
        title, field = order()[0]
        assert (licence(wiki, title) == OLD) == (field == "licence")

    def test_rows_may_be_sorted_and_columns_moved_and_added(self, wiki: Path, fill: Fill) -> None:
        fill({2: {"Accepter": "oui"}, 4: {"Accepter": "oui"}})
        book = openpyxl.load_workbook("f.xlsx")
        sheet = book.worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        headings = [cell.value for cell in sheet[1]]
        sheet.delete_rows(1, 20)
        sheet.append(["Remarque", *headings[::-1]])
        for row in rows[::-1]:
            sheet.append(["à voir", *row[::-1]])
        book.save("f.xlsx")
        done = run("plan", "show", "f.xlsx", "--format", "json")
        titles = [edit["title"] for edit in done.json["edits"]]
        assert titles == [order()[0][0], order()[2][0]]

    def test_yes_and_no_at_once_and_words_that_are_neither_are_told(
        self, wiki: Path, fill: Fill
    ) -> None:
        done = run(
            *("--wiki", wiki, "apply"),
            fill(
                {
                    2: {"Accepter": "non", "Valeur corrigée": "Prototype"},
                    3: {"Accepter": "peut-être"},
                    4: {"Accepter": "=A1"},
                }
            ),
        )
        assert done.code == 2
        assert "Ligne 2 : « non » et une valeur corrigée" in done.err
        assert "Ligne 3 : « peut-être » n'est ni oui ni non" in done.err
        assert "Ligne 4, colonne « Accepter » : " in done.err

    @pytest.mark.parametrize("sheet", [0, 2])
    def test_a_workbook_of_something_else_is_refused(
        self, wiki: Path, fill: Fill, sheet: int
    ) -> None:
        fill({})
        book = openpyxl.load_workbook("f.xlsx")
        book.remove(book.worksheets[sheet])
        book.save("f.xlsx")
        done = run("--wiki", wiki, "apply", "f.xlsx")
        assert done.code == 2
        assert ("il manque" if sheet == 0 else "n'est pas la relecture d'un plan") in done.err

    @pytest.mark.parametrize("how", ["shorter", "other", "order"])
    def test_a_plan_that_was_changed_inside_is_refused(
        self, wiki: Path, fill: Fill, how: str
    ) -> None:
        fill({2: {"Accepter": "oui"}})
        book = openpyxl.load_workbook("f.xlsx")
        cell = book.worksheets[2].cell(2, 2)
        written = str(cell.value)
        changed = {
            "shorter": written[:-8],
            "other": "%%%" + written,
            "order": written[4:8] + written[:4] + written[8:],
        }
        cell.value = changed[how]
        book.save("f.xlsx")
        done = run("--wiki", wiki, "apply", "f.xlsx")
        assert (done.code, done.out) == (2, "")

    def test_only_takes_a_part_of_what_is_accepted(self, wiki: Path, fill: Fill) -> None:
        book = fill({n: {"Accepter": "oui"} for n in range(2, 8)})
        done = run("--wiki", wiki, "apply", book, "--only", "licence", "--format", "json")
        assert done.json["counts"]["done"] == 3
        assert "haie, haie" in text(wiki)

    def test_a_hostile_value_is_no_formula_and_comes_back(self, folder: Path) -> None:
        value = '=HYPERLINK("https://evil.example","x") _x0041_ +1 é\u0301 <b>'
        run("--wiki", folder, "set", ATLAS, f"shortDescription={value}", "--plan", "plan.json")
        for kind in ("xlsx", "ods"):
            run("plan", "show", "plan.json", "--format", kind, "--output", f"r.{kind}")
            assert run("plan", "show", f"r.{kind}").code == 3  # read, nothing accepted yet
        cells = [c for row in openpyxl.load_workbook("r.xlsx").worksheets[0] for c in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}

    def test_a_new_page_and_a_long_text_fit(self, folder: Path) -> None:
        from wikibot.edits import PageEdit

        made = run("--wiki", folder, "set", ATLAS, "niveau=Prototype", "--format", "json")
        one = Plan.from_json(made.out, "")
        long = PageEdit("Neuve", 0, 0, (), text="{{Ressource}}\n" + "é\n" * 60_000)
        Path("plan.json").write_text(
            Plan(one.id, one.wiki, one.created, (*one.edits, long)).to_json()
        )
        run("plan", "show", "plan.json", "--format", "xlsx", "--output", "r.xlsx")
        book = openpyxl.load_workbook("r.xlsx")
        sheet = book.worksheets[0]
        assert sheet["B3"].value == "(nouvelle page)"
        sheet["E3"].value = "oui"
        book.save("r.xlsx")
        done = run("--wiki", folder, "apply", "r.xlsx", "--format", "json")
        assert done.json["counts"]["done"] == 1
        assert (folder / "Neuve.wikitext").read_text().count("é") == 60_000

    def test_what_libreoffice_saves_comes_back(self, wiki: Path, fill: Fill, office: Path) -> None:
        fill({2: {"Accepter": "oui"}})
        for source, kind in (("f.xlsx", "ods"), ("saved/f.ods", "xlsx")):
            subprocess.run(
                [
                    office,
                    f"-env:UserInstallation={Path('profile').resolve().as_uri()}",
                    *("--headless", "--convert-to", kind, "--outdir", "saved", source),
                ],
                check=True,
                capture_output=True,
                timeout=180,
            )
            shown = run("plan", "show", f"saved/f.{kind}", "--format", "json")
            assert [edit["title"] for edit in shown.json["edits"]] == [order()[0][0]]


class TestRefreshed:
    def test_it_is_told_what_is_left_out_and_the_new_plan_applies(self, wiki: Path) -> None:
        file = wiki / f"{ATLAS}.wikitext"
        run("--wiki", wiki, "set", ATLAS, "licence=CC0", "niveau=Prototype", "--plan", "set.json")
        file.write_text(WRONG.replace(OLD, "MIT"))
        done = run("--wiki", wiki, "plan", "refresh", "set.json", "--output", "new.json")
        assert done.code == 3
        lines = done.out.splitlines()
        assert lines[0].startswith(
            f"✗ {ATLAS} : « Type de licence » vaut maintenant « MIT », et non plus « {OLD} » "
            "(modifié le "
        )
        assert lines[1:3] == [
            "1 modification gardée, 1 laissée de côté.",
            "Nouveau plan : new.json",
        ]
        assert plan("new.json").id != plan("set.json").id
        assert apply(wiki, "new.json").code == 0
        assert licence(wiki) == "MIT"
        assert "niveau=Prototype" in text(wiki)

    def test_without_another_file_it_takes_the_place_of_the_old_one(self, wiki: Path) -> None:
        before = plan()
        done = run("--wiki", wiki, "plan", "refresh", "plan.json", "--format", "json")
        assert (done.code, done.json["kept"], done.json["notes"]) == (0, 6, [])
        assert plan().id == done.json["plan"] != before.id
        assert [edit.changes for edit in plan().edits] == [edit.changes for edit in before.edits]

    def test_a_workbook_is_not_refreshed(self, wiki: Path, fill: Fill) -> None:
        done = run("--wiki", wiki, "plan", "refresh", fill({}))
        assert (done.code, done.out) == (2, "")
        assert "est un classeur" in done.err

    def test_a_conflict_tells_programs_who_and_when(self, wiki: Path) -> None:
        run("--wiki", wiki, "set", ATLAS, "licence=CC0", "--plan", "set.json")
        (wiki / f"{ATLAS}.wikitext").write_text(WRONG.replace(OLD, "MIT"))
        (item,) = apply(wiki, "set.json").json["items"]
        (stale,) = item["stale"]
        assert (stale["field"], stale["expected"], stale["found"]) == ("licence", OLD, "MIT")
        assert stale["user"] is None
        assert stale["changed"].endswith("+00:00")
        report = run("--wiki", wiki, "runs", "--format", "json").json[0]["run_id"]
        kept = (wiki / ".wikibot/reports" / f"{report}.json").read_text()
        assert "MIT" not in kept, "the report that is kept names no value"


class TestAtATerminal:
    def test_yes_no_another_value_and_all_then_a_last_question(self, wiki: Path) -> None:
        before = pages_in(wiki)
        at = OnATerminal(Path.cwd(), "--wiki", f"{wiki}", "apply", "plan.json", "--ask")
        licences = [n for n, (_, field) in enumerate(order(), 1) if field == "licence"]
        for number in range(1, 5):
            at.until(f"{number}/6 Publier ? (o/n/t/q/m) : ")
            assert pages_in(wiki) == before
            if number == licences[0]:
                at.type("m\r")
                at.until("Nouvelle valeur")
                at.type("CC00\r")
                at.until("Valeurs proches")
                at.type("cc0\r")
                at.until("+ ")
            else:
                at.type("n\r" if number < 4 else "t\r")
        at.until("Publier (")
        assert pages_in(wiki) == before
        at.type("o\r")
        assert at.end() == 0, at.shown
        assert licence(wiki) == "Creative Commons Zero 1.0"
        assert licence(wiki, "Talus") == NEW
        assert "haie, haie" not in text(wiki, "Talus")

    @pytest.mark.parametrize(
        ("answers", "code"),
        [
            (["q"], 3),
            (["o", "n", "q"], 3),
            (["n"] * 6, 0),
            (["t", "n"], 3),
            (["o", "\x03"], 130),
            (["\x04"], 130),
        ],
    )
    def test_who_leaves_has_written_nothing(
        self, wiki: Path, answers: list[str], code: int
    ) -> None:
        before = pages_in(wiki)
        at = OnATerminal(Path.cwd(), "--wiki", f"{wiki}", "apply", "plan.json", "--ask")
        for number, answer in enumerate(answers, 1):
            last = answers[number - 2 : number - 1] == ["t"]
            at.until("Publier (" if last else f"{number}/6 Publier ? (o/n/t/q/m) : ")
            if answer not in "\x03\x04":
                at.type(f"{answer}\r")
        assert at.end(answers[-1] if answers[-1] in "\x03\x04" else "") == code, at.shown
        assert pages_in(wiki) == before
        assert run("--wiki", wiki, "runs").out == ""

    def test_nobody_is_asked_where_nobody_sits(self, wiki: Path) -> None:
        before = pages_in(wiki)
        done = run("--wiki", wiki, "apply", "plan.json", "--ask")
        assert (done.code, done.out) == (2, "")
        assert "terminal" in done.err
        assert pages_in(wiki) == before

    def test_words_that_differ_have_a_colour_there_and_none_elsewhere(
        self, wiki: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "\x1b" not in run("plan", "show", "plan.json").out
        monkeypatch.setattr("tests.cli.test_init.environment", _with_colours)
        at = OnATerminal(Path.cwd(), "plan", "show", "plan.json")
        assert at.end() == 3
        assert "\x1b[32m\x1b[1mCreative Commons BY SA" in at.shown
        monkeypatch.setenv("NO_COLOR", "1")
        at = OnATerminal(Path.cwd(), "plan", "show", "plan.json")
        assert at.end() == 3
        assert "\x1b" not in at.shown


def _with_colours(more: dict[str, str]) -> dict[str, str]:
    from tests.cli.command import environment

    return environment({"TERM": "xterm"})
