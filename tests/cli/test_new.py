"""new: a page from the fields of its type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import ATLAS, pages_in, run
from tests.cli.test_edit import Editor, editor, forms

__all__ = ["editor"]

MARES = """\
{{Ressource
|challenge=3- Gouvernance
|licence=Creative Commons BY SA 4.0
|Tags=mare, eau
}}
"""
TYPED = ("licence=CC BY-SA 4.0", "tags=mare, eau", "défi=3- gouvernance")


def test_a_page_is_created_in_the_layout_of_the_form(folder: Path) -> None:
    done = run("--wiki", folder, "new", "commun", "Atlas des mares", *TYPED, "--apply")
    assert done.code == 0, done.err
    assert (folder / "Atlas des mares.wikitext").read_text() == MARES
    undone = run("--wiki", folder, "undo", done.out.split()[-2])
    assert undone.code == 3  # a page that was created a person deletes


def test_it_is_shown_first_with_what_is_still_to_be_filled(folder: Path) -> None:
    before = pages_in(folder)
    done = run("--wiki", folder, "new", "Commun", "atlas des mares", "tags=mare")
    assert done.code == 3
    assert done.out.splitlines()[:4] == [
        "Atlas des mares (nouvelle page)",
        "    + {{Ressource",
        "    + |Tags=mare",
        "    + }}",
    ]
    (told,) = [line for line in done.err.splitlines() if line.startswith("Reste à remplir")]
    assert told.startswith("Reste à remplir : Type de licence, Description en une phrase, ")
    assert pages_in(folder) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("commun", "Atlas des haies"), "« Atlas des haies » existe déjà"),
        (("commun", "ATLAS des haies"), "n'en diffère que par l'écriture"),
        (("commun", "atlas-des-haies"), "n'en diffère que par l'écriture"),
        (("commun", "Vieil atlas"), "redirection vers « Atlas des haies »"),
        (("action", "Relire"), "a un numéro pour titre"),
        (("question", "Combien ?"), "elle se trouve sur une page « Diagnostic »"),
        (("personn", "X"), "Vouliez-vous dire : personne ?"),
        (("commun", "Modèle:Mares"), "ne se range pas sous « Modèle »"),
        (("commun", "Mares [1]"), "n'est pas un titre de page"),
        (("commun", "Mares", "licence=CC-BI"), "« CC-BI » n'est pas dans le vocabulaire"),
        (("commun", "Mares", "montant=beaucoup"), "n'est pas un nombre"),
        (("commun", "Mares", "description={{torn"), "ne peut pas être écrit"),
        (("commun", "Mares", "licence"), "n'est pas de la forme CHAMP=VALEUR"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    (folder / "Vieil atlas.wikitext").write_text("#REDIRECTION [[Atlas des haies]]")
    before = pages_in(folder)
    done = run("--wiki", folder, "new", *words, "--apply")
    assert done.code in (2, 3)
    assert said in done.err
    assert pages_in(folder) == before


def test_all_that_is_wrong_is_said_at_once(folder: Path) -> None:
    done = run("--wiki", folder, "new", "commun", "Mares", "licence=CC-BI", "zut=1", "montant=x")
    assert done.code == 2
    for said in ("« CC-BI »", "« zut »", "« x »"):
        assert said in done.err


def test_a_title_that_is_nearly_another_is_told_of_and_not_refused(folder: Path) -> None:
    done = run("--wiki", folder, "new", "commun", "L'atlas des haie")
    assert done.code == 3
    assert f"« {ATLAS} » a presque le même titre" in done.err


def test_a_page_of_another_namespace_gets_its_prefix(folder: Path) -> None:
    done = run("--wiki", folder, "new", "étiquette", "À faire")
    assert done.out.splitlines()[0] == "Label:À faire (nouvelle page)"


def test_the_template_is_called_by_the_name_that_the_wiki_has(folder: Path) -> None:
    (folder / "Modèle%3ACommun.wikitext").write_text("{{{licence}}}")
    done = run("--wiki", folder, "new", "commun", "Mares", "licence=CC0", "--apply")
    assert done.code == 0
    assert (folder / "Mares.wikitext").read_text().startswith("{{Commun\n|licence=")
    (folder / "Modèle%3ACommun.wikitext").rename(folder / "Modèle%3AAutre.wikitext")
    assert (
        "« Ressource » n'est pas sur ce wiki"
        in run("--wiki", folder, "new", "commun", "Étangs").err
    )


class TestInTheEditor:
    def test_the_form_has_all_fields_and_what_was_typed(self, folder: Path, editor: Editor) -> None:
        editor.will({"replace": [['titre = ""', 'titre = "Les mares"']]})
        done = run(
            "--wiki", folder, "new", "commun", "Atlas des mares", *TYPED, "--edit", "--apply"
        )
        assert done.code == 0, done.err
        (shown,) = editor.seen
        assert shown.startswith("# Atlas des mares — Commun\n# Nouvelle page.\n")
        assert 'tags = [\n  "mare",\n  "eau",\n]' in shown
        assert (folder / "Atlas des mares.wikitext").read_text() == MARES.replace(
            "{{Ressource\n", "{{Ressource\n|Titre=Les mares\n"
        )
        assert not forms(folder)

    def test_a_value_that_no_page_can_hold_is_noted_at_its_field(
        self, folder: Path, editor: Editor
    ) -> None:
        editor.will({"replace": [['titre = ""', 'titre = "[[Mares"'], ['chat = ""', 'chat = "x"']]})
        assert run("--wiki", folder, "new", "commun", "Mares", "--edit").code == 2
        editor.will({"replace": [['description = """\n"""', 'description = "{{torn"']]})
        assert run("--wiki", folder, "new", "commun", "Mares", "--resume").code == 2
        lines = editor.seen[-1].splitlines()
        at = lines.index('description = "{{torn"')
        assert "ne peut pas être écrit" in lines[at - 1]

    def test_left_empty_it_creates_nothing(self, folder: Path, editor: Editor) -> None:
        before = pages_in(folder)
        done = run("--wiki", folder, "new", "commun", "Mares", "--edit", "--apply")
        assert (done.code, done.out) == (0, "Rien à changer.\n")
        assert pages_in(folder) == before
        assert not forms(folder)

    def test_what_is_wrong_is_noted_and_what_was_left_is_taken_up(
        self, folder: Path, editor: Editor
    ) -> None:
        editor.will({"replace": [['licence = ""', 'licence = "CC-BI"']]}, {"exit": 1})
        new = ("--wiki", folder, "new", "commun", "Mares")
        assert run(*new, "--edit").code == 2
        assert "n'est pas dans le vocabulaire" in editor.seen[1]
        editor.will({"replace": [["CC-BI", "CC0"]]})
        assert run(*new, "--edit").code == 2  # asks what to do with what was left
        assert run(*new, "--resume", "--apply").code == 0
        assert "Creative Commons Zero 1.0" in (folder / "Mares.wikitext").read_text()
