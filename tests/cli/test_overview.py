"""`wikibot overview`, as people of ADEME and maintainers type it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wikibot
from tests.actions.support import ATLAS, COMMONS, GAME, MAPPING, action, write_wiki
from tests.cli.command import Done, pages_in, run
from tests.jobs.test_actions_on_mediawiki import HURRIED, QUICK, connect
from tests.wikitext.test_inert import parsed
from wikibot.jobs.overview.making import page_content
from wikibot.jobs.surroundings import REAL
from wikibot.render.overview.published import FEW
from wikibot.workbook import read_book

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench
    from wikibot.wiki.mediawiki import MediaWiki

BOARD = "Tableau de bord"
FAST = ("--no-check", "--section", "summary", "--section", "tracked")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder wiki of four commons and three actions, one of them overdue."""
    monkeypatch.chdir(tmp_path)
    pages = tmp_path / "pages"
    pages.mkdir()
    late = action(SUMMARY="Semer", DUE_DATE="2024-02-29", ASSIGNED_TO="Alix Imaginaire")
    write_wiki(pages, {1: late, 2: action(SUMMARY="Jouer", LABEL=""), 3: action(SUMMARY="Tailler")})
    return pages


def overview(folder: Path, *words: str | Path, language: str = "fr") -> Done:
    return run("--wiki", folder, "--lang", language, "overview", *words)


def _same(moment: datetime) -> datetime:
    return moment


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# --- files ---


def test_one_word_writes_a_page_to_open_and_says_what_is_in_it(folder: Path) -> None:
    before = pages_in(folder)
    done = overview(folder)
    assert (done.code, done.err) == (0, "")
    said = plain(done.out).splitlines()
    assert said[0] == "Pages « Commun » : 4"
    assert "Actions en retard : 1" in said
    assert said[-1] == "Écrit : apercu.html. Ouvrez-le dans un navigateur."
    page = Path("apercu.html").read_text("utf-8")
    assert '<html lang="fr"' in page and ATLAS in page
    assert pages_in(folder) == before
    assert overview(folder).code == 0, "our own page is written anew"


def test_in_english_the_page_is_called_overview(folder: Path) -> None:
    done = overview(folder, *FAST, language="en")
    assert "Overdue actions: 1" in done.out
    assert done.out.endswith("Written: overview.html. Open it in a browser.\n")
    assert [file.name for file in Path().glob("*.html")] == ["overview.html"]


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("etat.html", b"<!doctype html>"),
        ("etat.HTM", b"<!doctype html>"),
        ("etat.xlsx", b"PK"),
        ("etat.ods", b"PK"),
        ("etat.zip", b"PK"),
        ("etat.json", b"{"),
        ("etat.wikitext", b"== En bref =="),
        ("etat.txt", b"== En bref =="),
    ],
)
def test_the_name_of_the_file_tells_its_form(folder: Path, name: str, begins: bytes) -> None:
    done = overview(folder, "--output", name, *FAST)
    assert (done.code, done.err) == (0, "")
    assert plain(done.out).splitlines()[-1].startswith(f"Écrit : {name}.")
    assert ("navigateur" in done.out) == (".ht" in name.lower())
    assert Path(name).read_bytes().lower().startswith(begins.lower())


def test_format_is_stronger_than_the_name(folder: Path) -> None:
    assert overview(folder, "--output", "etat.dat", "--format", "json", *FAST).code == 0
    assert json.loads(Path("etat.dat").read_bytes())["format"] == 1


def test_all_forms_show_the_same_number(folder: Path) -> None:
    for name in ("a.json", "a.xlsx", "a.zip"):
        overview(folder, "--output", name, *FAST)
    figures = json.loads(Path("a.json").read_bytes())["sections"][0]["figures"]
    told = {figure["id"]: figure["value"] for figure in figures}
    assert told["actions_overdue"] == 1
    cells = [row for sheet in read_book(Path("a.xlsx")).sheets for row in sheet.rows]
    assert any("Actions en retard" in map(str, row) and 1 in row for row in cells)
    with zipfile.ZipFile("a.zip") as archive:
        csv = [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
    assert any("actions_overdue" in text and ",1" in text for text in csv)


def test_json_and_wikitext_are_printed_where_no_file_is_named(folder: Path) -> None:
    done = overview(folder, "--format", "json", *FAST)
    assert [section["id"] for section in done.json["sections"]] == ["summary", "tracked"]
    assert overview(folder, "--format", "wikitext", *FAST).out.startswith("== En bref ==")
    assert not list(Path().glob("*.*ml"))


def test_the_charts_come_as_files_too_and_are_counted(folder: Path) -> None:
    done = overview(folder, *FAST, "--charts", "graphiques", "--format", "json")
    drawn = {file.suffix for file in Path("graphiques").iterdir()}
    number = len(list(Path("graphiques").glob("*.svg")))
    assert drawn == {".svg", ".png"} and number > 0
    assert f"{number} graphique" in plain(done.err) and "dossier graphiques" in done.err
    assert done.json, "what is printed stays JSON"


def test_mails_are_masked_unless_asked_for(folder: Path) -> None:
    text = (folder / f"{ATLAS}.wikitext").read_text("utf-8")
    mail = "alix@exemple.invalid"
    changed = text.replace("}}", f"|licence=Écrire à {mail}\n}}}}", 1)
    (folder / f"{ATLAS}.wikitext").write_text(changed, "utf-8")
    shown = overview(folder, "--format", "json", "--no-check")
    assert mail not in shown.out
    assert mail in overview(folder, "--format", "json", "--no-check", "--with-contacts").out


# --- what has changed ---


def test_what_changed_since_the_last_overview_even_of_today(folder: Path) -> None:
    none = overview(folder, "--since", "last", *FAST)
    assert none.code == 2 and "Aucun relevé n'a encore été gardé." in none.err
    assert overview(folder, "--format", "json").code == 0
    text = (folder / f"{ATLAS}.wikitext").read_text("utf-8")
    (folder / f"{ATLAS}.wikitext").write_text(text.replace("}}", "|niveau=Idée\n}}", 1), "utf-8")
    done = overview(folder, "--since", "last", "--section", "since", "--format", "json")
    figures = done.json["sections"][0]["figures"]
    assert {f["id"]: f["value"] for f in figures}["changed"] == 1


# --- what cannot be done ---


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--section", "glanse"), "Vouliez-vous dire « glance » ?"),
        (("--type", "comun"), "Vouliez-vous dire « commun » ?"),
        (("--since", "hier"), "--since demande une date comme 2026-01-31, ou last : « hier »."),
        (("--since", "2001-01-01"), "Aucun relevé n'est si ancien."),
        (("--output", "etat.pdf"), "le nom finit par l'un de .html, .xlsx,"),
        (("--format", "csv"), "donnez le fichier avec --output FICHIER.zip"),
        (("--output", "rien/etat.html"), "le dossier rien n'existe pas"),
        (("--output", "pages"), "ne dit pas la forme voulue"),
        (("--charts", "plein"), "plein"),
        (("--create",), "vont avec --publish PAGE"),
        (("--apply",), "vont avec --publish PAGE"),
        (("--publish", BOARD, "--with-contacts"), "masque toujours les adresses"),
        (("--publish", BOARD, "--format", "json"), "nommez-le aussi"),
        (("--publish", BOARD), "La page « Tableau de bord » n'existe pas."),
        (("--publish", ATLAS, "--name", "Qualité"), "ne peut pas nommer une partie de page"),
    ],
)
def test_a_mistake_gets_one_clear_line_and_writes_nothing(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    Path("plein").write_text("")
    if "2001-01-01" in words:
        overview(folder, "--format", "json", *FAST)
    before = pages_in(folder)
    done = overview(folder, *words)
    assert done.code == 2, done.out + done.err
    assert said in plain(done.err)
    assert pages_in(folder) == before
    assert sorted(p.name for p in Path().iterdir()) == ["pages", "plein"]


def test_a_page_of_somebody_else_is_left_as_it_is(folder: Path) -> None:
    Path("apercu.html").write_text("<p>À moi</p>")
    done = overview(folder)
    assert done.code == 2
    assert "Un autre fichier s'appelle déjà apercu.html" in done.err and "--output" in done.err
    assert Path("apercu.html").read_text() == "<p>À moi</p>"


# --- on a page of the wiki ---


def test_published_once_then_nothing_to_do_then_taken_back(folder: Path) -> None:
    before = pages_in(folder)
    preview = overview(folder, "--publish", ATLAS, *FAST)
    assert preview.code == 3 and "partie tenue par le robot" in plain(preview.out)
    assert pages_in(folder) == before
    done = overview(folder, "--publish", ATLAS, "--apply", *FAST)
    assert done.code == 0
    shown = (folder / f"{ATLAS}.wikitext").read_text("utf-8")
    assert "<!-- wikibot:apercu " in shown and "'''1'''" in shown
    for words in ((), ("--apply",)):
        again = overview(folder, "--publish", ATLAS, *FAST, *words)
        assert (again.code, again.out.strip()) == (0, "Rien à changer.")
    run_id = next(line for line in done.out.splitlines() if "Pour l'annuler" in line).split()[-2]
    assert run("--wiki", folder, "undo", run_id, "--apply").code == 0
    assert pages_in(folder) == before


def test_a_new_page_gets_it_when_asked_and_several_stand_on_one(folder: Path) -> None:
    done = overview(folder, "--publish", BOARD, "--create", "--apply", *FAST)
    assert done.code == 0
    quality = ("--section", "quality", "--name", "qualite")
    assert overview(folder, "--publish", BOARD, "--apply", *quality).code == 0
    text = (folder / f"{BOARD}.wikitext").read_text("utf-8")
    assert text.count("<!-- wikibot:apercu ") == text.count("<!-- wikibot:qualite ") == 1
    assert overview(folder, "--publish", BOARD, *FAST).out.strip() == "Rien à changer."
    assert overview(folder, "--publish", BOARD, *quality).out.strip() == "Rien à changer."


def test_where_a_person_wrote_inside_the_bot_stops(folder: Path) -> None:
    overview(folder, "--publish", BOARD, "--create", "--apply", *FAST)
    file = folder / f"{BOARD}.wikitext"
    file.write_text(file.read_text("utf-8").replace("== En bref ==", "== Bravo =="), "utf-8")
    for words in ((), ("--apply",)):
        done = overview(folder, "--publish", BOARD, *FAST, *words)
        assert done.code == 3
        assert "Quelqu'un a écrit dans la partie « apercu »" in done.err
    assert "== Bravo ==" in file.read_text("utf-8")


def test_a_saved_plan_is_shown_and_applied(folder: Path) -> None:
    assert overview(folder, "--publish", ATLAS, "--plan", "plan.json", *FAST).code == 3
    assert run("--wiki", folder, "apply", "plan.json").code == 0
    assert "wikibot:apercu" in (folder / f"{ATLAS}.wikitext").read_text("utf-8")


def test_a_page_of_the_wiki_shows_what_matters_and_stays_light(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wikibot.write_demo(tmp_path / "demo")
    wiki = wikibot.open_wiki(tmp_path / "demo")
    made = wikibot.make_overview(wiki, MAPPING)
    short, _ = page_content(made, MAPPING)
    assert len(short.encode()) < 100_000
    assert "== D'un coup d'œil ==" in short
    folded = [section.heading.fr for section in made.sections if section.folded]
    assert folded and not any(f"== {heading} ==" in short for heading in folded)
    whole, _ = page_content(made, MAPPING, whole=True)
    assert all(f"== {heading} ==" in whole for heading in folded)
    longest = max(len(table.rows) for section in made.sections for table in section.tables)
    assert longest > FEW and "autres lignes" in short


def test_another_day_alone_is_no_reason_to_write(folder: Path) -> None:
    wiki = wikibot.open_wiki(folder)
    contents = set()
    for turn in range(3):
        moment = REAL.now() + timedelta(days=turn)
        around = replace(REAL, now=partial(_same, moment))
        made = wikibot.make_overview(wiki, MAPPING, around=around)
        contents.add(page_content(made, MAPPING)[0])
    assert len(contents) == 1


# --- on a real MediaWiki ---


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench, monkeypatch: pytest.MonkeyPatch) -> MediaWikiBench:
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    for title, text in {
        ATLAS: COMMONS,
        GAME: COMMONS,
        "Label:A faire": "{{Label\n|ALIAS=A faire\n}}",
        "Action:1": action(SUMMARY="Relire la charte", DUE_DATE="2024-02-29"),
    }.items():
        fresh_mediawiki.edit_as_human(title, text)
    fresh_mediawiki.run_jobs()
    return fresh_mediawiki


@pytest.fixture
def wiki(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with closing(connect(bench)) as opened:
        yield opened


def test_published_twice_without_change_the_second_makes_no_edit(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    def published() -> wikibot.Plan:
        made = wikibot.make_overview(wiki, MAPPING, state=tmp_path)
        content = page_content(made, MAPPING)
        return wikibot.publish_overview(wiki, MAPPING, BOARD, *content, create=True)

    first = wikibot.apply(published(), wiki, state=tmp_path, manners=HURRIED, around=QUICK)
    assert (first.exit_code, first.items[0].verified) == (0, True)
    bench.run_jobs()
    second = published()
    assert second.edits == ()
    wikibot.apply(second, wiki, state=tmp_path, manners=HURRIED, around=QUICK)
    assert len(bench.history(BOARD)) == 1
    bench.edit_as_human("Action:1", action(SUMMARY="Relire encore", DUE_DATE="2024-02-29"))
    bench.run_jobs()
    (edit,) = published().edits
    assert (edit.title, [change.region for change in edit.changes]) == (BOARD, ["apercu"])


def test_a_real_wiki_shows_the_tables_that_were_published(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    made = wikibot.make_overview(wiki, MAPPING, state=tmp_path)
    plan = wikibot.publish_overview(wiki, MAPPING, BOARD, *page_content(made, MAPPING), create=True)
    run = wikibot.apply(plan, wiki, state=tmp_path, manners=HURRIED, around=QUICK)
    assert run.exit_code == 0
    shown = parsed(bench, bench.text(BOARD))
    assert shown["text"].count("<table") == bench.text(BOARD).count("{|")
    assert "Actions en retard" in shown["text"] and "|-" not in shown["text"]
    assert ATLAS in {link["title"] for link in shown["links"]}
