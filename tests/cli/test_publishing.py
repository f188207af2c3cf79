"""`wikibot actions publish`, as a maintainer types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.support import ATLAS, GAME, action, write_wiki
from tests.cli.command import Done, run

PAGE = f"{ATLAS}.wikitext"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_wiki(tmp_path, {1: action(SUMMARY="Semer"), 2: action(SUMMARY="Jouer", LABEL="")})
    return tmp_path


def publish(folder: Path, *words: str, language: str = "fr") -> Done:
    return run("--wiki", folder, "--lang", language, "actions", "publish", *words)


def undo(folder: Path, shown: str) -> Done:
    said = next(line for line in shown.splitlines() if "Pour l'annuler" in line)
    return run("--wiki", folder, "undo", *said.split(" undo ")[1].split())


def test_a_preview_writes_nothing_and_says_how_to_publish(folder: Path) -> None:
    before = (folder / PAGE).read_bytes()
    done = publish(folder, "atlas des haies")
    assert done.code == 3
    assert "  Partie « actions » tenue par le robot" in done.out
    assert "    + | [[:Action:1|1]] || Semer || personne pour l'instant || –" in done.out
    assert "(vide)" not in done.out
    assert "À modifier : 1 page, 1 partie tenue par le robot." in done.out
    assert (folder / PAGE).read_bytes() == before
    assert "1 part kept by the bot" in publish(folder, ATLAS, language="en").out


def test_published_once_then_nothing_to_do_then_taken_back(folder: Path) -> None:
    before = (folder / PAGE).read_bytes()
    done = publish(folder, ATLAS, "--apply")
    assert done.code == 0
    again = publish(folder, ATLAS, "--apply")
    assert (again.code, again.out.strip()) == (0, "Rien à changer.")
    assert publish(folder, "--all").code == 0
    assert undo(folder, done.out + done.err).code == 0
    assert (folder / PAGE).read_bytes() == before


def test_a_page_where_somebody_wrote_inside_is_named_and_the_code_says_so(folder: Path) -> None:
    publish(folder, ATLAS, "--apply")
    shown = (folder / PAGE).read_text("utf-8")
    (folder / PAGE).write_text(shown.replace("|| Semer", "|| Semer vite"), "utf-8")
    for words in ((ATLAS,), (ATLAS, "--apply"), ("--all", "--apply"), (ATLAS, GAME, "--apply")):
        done = publish(folder, *words)
        assert done.code == 3
        assert f"« {ATLAS} » : Quelqu'un a écrit dans la partie « actions »" in done.err
        assert "Déplacez ce texte au-dessus ou en dessous" in done.err
    assert "|| Semer vite" in (folder / PAGE).read_text("utf-8")


def test_a_saved_plan_is_shown_and_applied(folder: Path) -> None:
    plan = folder.parent / f"{folder.name}.json"
    assert publish(folder, ATLAS, "--plan", str(plan)).code == 3
    assert "Semer" in run("--wiki", folder, "plan", "show", plan).out
    done = run("--wiki", folder, "apply", plan, "--only", "champ=actions")
    assert done.code == 0 and "wikibot:actions" in (folder / PAGE).read_text("utf-8")


def test_all_actions_on_one_page_that_is_created_when_asked_for(folder: Path) -> None:
    done = publish(folder, "--all", "--to", "Suivi des actions")
    assert done.code == 2 and "--create" in done.err
    assert not (folder / "Suivi des actions.wikitext").exists()
    done = publish(folder, "--all", "--to", "Suivi des actions", "--create", "--apply")
    assert done.code == 0
    shown = (folder / "Suivi des actions.wikitext").read_text("utf-8")
    assert f"== [[:{ATLAS}|{ATLAS}]] ==" in shown


@pytest.mark.parametrize(
    "words",
    [(), (ATLAS, "--all"), ("--all", "--create"), ("Page sans nom", "--apply"), ("a|b",)],
)
def test_what_is_not_clear_is_refused_before_anything_is_written(
    folder: Path, words: tuple[str, ...]
) -> None:
    before = sorted(file.name for file in folder.iterdir())
    done = publish(folder, *words)
    assert done.code == 2 and done.err
    assert "wikibot:actions" not in (folder / PAGE).read_text("utf-8")
    assert sorted(file.name for file in folder.iterdir() if file.suffix == ".wikitext") == [
        name for name in before if name.endswith(".wikitext")
    ]
