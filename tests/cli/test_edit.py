"""edit: the form in an editor that changes it, leaves it, dies, or writes nonsense."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import wikibot.cli.editor
from tests.cli.command import ATLAS, PAGE, Done, environment, pages_in, run

# Does what the next step says, and keeps what it was given to edit.
_EDITOR = """\
import json, os, signal, sys
from pathlib import Path
here, file = Path(__file__).parent, Path(sys.argv[-1])
steps = json.loads((here / "steps.json").read_text())
step = steps.pop(0) if steps else {}
(here / "steps.json").write_text(json.dumps(steps))
text = file.read_bytes().decode()
with open(here / "seen.jsonl", "a") as seen:
    seen.write(json.dumps(text) + "\\n")
for old, new in step.get("replace", []):
    if old not in text:
        sys.exit(f"no {old!r} in the form")
    text = text.replace(old, new)
file.write_bytes(step.get("text", text).encode(step.get("encoding", "utf-8")))
if "page" in step:  # somebody edits the page meanwhile
    path, old, new = step["page"]
    Path(path).write_text(Path(path).read_text().replace(old, new))
if "wait" in step:
    print("open", flush=True)
    sys.stdin.readline()
if "signal" in step:
    os.kill(os.getpid(), step["signal"])
sys.exit(step.get("exit", 0))
"""
LICENCE, CC0 = "Licence Ouverte 2.0 (Etalab)", "Creative Commons Zero 1.0"
TO_CC0 = {"replace": [[f'"{LICENCE}"', '"CC0"']]}


@dataclass(frozen=True)
class Editor:
    """A program that stands for the editor of a person."""

    folder: Path

    @property
    def command(self) -> str:
        return shlex.join([sys.executable, str(self.folder / "editor.py")])

    def will(self, *steps: dict[str, Any]) -> None:
        (self.folder / "steps.json").write_text(json.dumps(steps))

    @property
    def seen(self) -> list[str]:
        file = self.folder / "seen.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    folder = tmp_path / "the editor"
    folder.mkdir()
    (folder / "editor.py").write_text(_EDITOR)
    made = Editor(folder)
    made.will()
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", made.command)
    monkeypatch.setattr(wikibot.cli.editor, "AT_ONCE", 0.0)  # a program is faster than a person
    return made


def edit(folder: Path, *more: str, page: str = ATLAS) -> Done:
    return run("--wiki", folder, "edit", page, *more)


def forms(folder: Path) -> list[Path]:
    return sorted((folder / ".wikibot" / "forms").glob("*.toml"))


def atlas(folder: Path) -> str:
    return (folder / f"{ATLAS}.wikitext").read_text()


def test_one_field_changes_and_no_other_byte_and_the_form_is_gone(
    folder: Path, editor: Editor
) -> None:
    editor.will(TO_CC0)
    done = edit(folder, "--apply")
    assert done.code == 0, done.err
    assert atlas(folder) == PAGE.replace(LICENCE, CC0)
    assert not (folder / ".wikibot" / "forms").exists()
    (shown,) = editor.seen
    assert shown.startswith(f"# {ATLAS} — Commun\n")
    assert run("--wiki", folder, "runs", "--format", "json").json[0]["command"] == "edit"


def test_a_preview_keeps_the_form_and_says_how_to_go_on(folder: Path, editor: Editor) -> None:
    editor.will(TO_CC0)
    done = edit(folder)
    assert done.code == 3
    assert done.out.splitlines()[:4] == [
        ATLAS,
        "  Type de licence",
        f"    - {LICENCE}",
        f"    + {CC0}",
    ]
    assert atlas(folder) == PAGE
    (form,) = forms(folder)
    assert form.stat().st_mode & 0o777 == 0o600
    told = done.err.splitlines()
    assert told[-2] == f"Votre saisie est gardée dans {form}"
    assert told[-1].endswith(f"wikibot --wiki {folder} edit '{ATLAS}' --resume")
    resumed = run(*shlex.split(told[-1].partition(" : ")[2])[1:], "--apply")
    assert resumed.code == 0
    assert 'licence = "CC0"' in editor.seen[1]
    assert atlas(folder) == PAGE.replace(LICENCE, CC0)
    assert not forms(folder)


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"text": ""},
        {"text": " \n\n"},
        {"text": "# rien\n"},
        {"replace": [["# Tags", "# tags"]]},
        {"replace": [['  "bocage",\n', '  "bocage" , # oui\n']]},
    ],
    ids=["unchanged", "emptied", "blank", "a comment", "another comment", "another layout"],
)
def test_nothing_to_do_writes_nothing_and_leaves_nothing(
    folder: Path, editor: Editor, step: dict[str, Any]
) -> None:
    editor.will(step)
    before = pages_in(folder)
    done = edit(folder, "--apply")
    assert (done.code, done.err) == (0, "")
    assert pages_in(folder) == before
    assert not forms(folder)


def test_an_editor_that_did_not_wait_is_told_of_and_its_file_stays(
    folder: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wikibot.cli.editor, "AT_ONCE", 3600.0)
    done = edit(folder)
    assert done.code == 0
    assert "code --wait" in done.err
    (form,) = forms(folder)
    form.write_text(form.read_text().replace(LICENCE, "CC0"))  # the window is closed at last
    assert edit(folder, "--resume", "--apply").code == 0
    assert atlas(folder) == PAGE.replace(LICENCE, CC0)


def test_a_form_that_nobody_touched_is_not_asked_about(
    folder: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wikibot.cli.editor, "AT_ONCE", 3600.0)
    assert edit(folder).code == 0
    (folder / f"{ATLAS}.wikitext").write_text(PAGE.replace("Idée", "Autre"))
    assert edit(folder).code == 0
    assert 'niveau = "Autre"' in editor.seen[1]
    assert len(forms(folder)) == 1


def test_what_is_wrong_is_written_beside_the_field_and_the_editor_opens_again(
    folder: Path, editor: Editor
) -> None:
    editor.will(
        {
            "replace": [
                [LICENCE, "CC-BI"],
                ['montant = ""', 'montant = "beaucoup"'],
                ['"haie"', '"Haie"'],
            ]
        },
        {"replace": [["CC-BI", "CC0"], ['montant = "beaucoup"', 'montant = ""']]},
    )
    done = edit(folder, "--apply")
    assert done.code == 0, done.err
    first, second = editor.seen
    assert "✗" not in first
    lines = second.splitlines()
    assert lines[0] == "# ✗ À corriger, marqué ✗ : licence, montant"
    at = lines.index('licence = "CC-BI"')
    assert lines[at - 1].startswith("# ✗ Type de licence : « CC-BI » n'est pas dans le vocabulaire")
    assert "Creative Commons BY 4.0" in lines[at - 1]
    at = lines.index('montant = "beaucoup"')
    assert "n'est pas un nombre" in lines[at - 1]
    assert "licence — Type de licence : « CC-BI »" in done.err
    assert atlas(folder) == PAGE.replace(LICENCE, CC0).replace("haie, bocage", "Haie, bocage")


def test_what_is_no_toml_is_told_with_its_line_and_nothing_of_it_is_lost(
    folder: Path, editor: Editor
) -> None:
    editor.will(
        {"replace": [[f'licence = "{LICENCE}"', "licence = CC0"]]},
        {"replace": [["licence = CC0", 'licence = "CC0"']]},
    )
    done = edit(folder, "--apply")
    assert done.code == 0
    lines = editor.seen[1].splitlines()
    number = lines.index("licence = CC0") + 1
    assert lines[0].startswith(f"# ✗ Ligne {number} « licence = CC0 » : une valeur s'écrit entre")
    assert atlas(folder) == PAGE.replace(LICENCE, CC0)


def test_left_wrong_it_ends_and_can_be_taken_up(folder: Path, editor: Editor) -> None:
    editor.will({"replace": [[LICENCE, "CC-BI"]]}, {}, {"replace": [["CC-BI", "CC0"]]})
    done = edit(folder, "--apply")
    assert done.code == 2
    assert "Il reste à corriger dans le formulaire" in done.err
    assert "edit 'Atlas des haies' --resume" in done.err
    assert atlas(folder) == PAGE
    assert edit(folder, "--resume", "--apply").code == 0
    assert atlas(folder) == PAGE.replace(LICENCE, CC0)


@pytest.mark.parametrize(
    ("end", "said"),
    [({"exit": 1}, "code 1"), ({"exit": 130}, "code 130"), ({"signal": 9}, "signal 9")],
)
def test_an_editor_that_dies_loses_nothing(
    folder: Path, editor: Editor, end: dict[str, Any], said: str
) -> None:
    editor.will({**TO_CC0, **end})
    done = edit(folder, "--apply")
    assert done.code == 2
    assert said in done.err
    assert atlas(folder) == PAGE
    (form,) = forms(folder)
    assert 'licence = "CC0"' in form.read_text()
    assert str(form) in done.err
    again = edit(folder)
    assert again.code == 2
    assert "--resume la reprend, --restart la met de côté" in again.err
    assert edit(folder, "--resume", "--apply").code == 0
    assert atlas(folder) == PAGE.replace(LICENCE, CC0)


def test_restart_puts_what_was_typed_aside(folder: Path, editor: Editor) -> None:
    editor.will({**TO_CC0, "exit": 1}, {"replace": [["Idée", "Autre"]]})
    assert edit(folder).code == 2
    done = edit(folder, "--restart", "--apply")
    assert done.code == 0
    (aside,) = forms(folder)
    assert str(aside) in done.err
    assert 'licence = "CC0"' in aside.read_text()
    assert atlas(folder) == PAGE.replace("Idée", "Autre")


def test_there_may_be_nothing_to_take_up(folder: Path, editor: Editor) -> None:
    done = edit(folder, "--resume")
    assert (done.code, editor.seen) == (2, [])
    assert "Relancez sans --resume" in done.err


def test_what_somebody_changed_elsewhere_meanwhile_stays(folder: Path, editor: Editor) -> None:
    file = str(folder / f"{ATLAS}.wikitext")
    editor.will({**TO_CC0, "page": [file, "haie, bocage", "mare"]})
    assert edit(folder, "--apply").code == 0
    assert atlas(folder) == PAGE.replace(LICENCE, CC0).replace("haie, bocage", "mare")


def test_a_field_that_somebody_else_changed_meanwhile_is_a_conflict(
    folder: Path, editor: Editor
) -> None:
    file = str(folder / f"{ATLAS}.wikitext")
    editor.will({**TO_CC0, "page": [file, LICENCE, "MIT"]})
    done = edit(folder, "--apply")
    assert done.code == 3
    assert "« licence »" in done.err
    assert atlas(folder) == PAGE.replace(LICENCE, "MIT")
    resumed = edit(folder, "--resume")
    lines = editor.seen[1].splitlines()
    at = lines.index('licence = "CC0"')
    assert "la page contient ici « MIT »" in lines[at - 1]
    assert (resumed.code, resumed.out.splitlines()[2:4]) == (3, ["    - MIT", f"    + {CC0}"])


def test_a_plan_is_saved_and_the_form_is_gone(folder: Path, editor: Editor) -> None:
    editor.will(TO_CC0)
    done = edit(folder, "--plan", "licence.json")
    assert done.code == 3
    assert not forms(folder)
    assert atlas(folder) == PAGE
    assert run("--wiki", folder, "apply", "licence.json").code == 0
    assert atlas(folder) == PAGE.replace(LICENCE, CC0)


def test_the_plan_is_printed_for_programs(folder: Path, editor: Editor) -> None:
    editor.will(TO_CC0)
    (planned,) = edit(folder, "--format", "json").json["edits"]
    assert [change["new"] for change in planned["changes"]] == [CC0]


def test_the_page_goes_by_its_name_without_accents_and_case(folder: Path, editor: Editor) -> None:
    editor.will(TO_CC0)
    done = edit(folder, "--apply", page="ATLAS des haies")
    assert done.code == 0
    assert f"page « {ATLAS} »" in done.err


class TestTheEditorChosen:
    def test_is_that_of_visual_first(
        self, folder: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("VISUAL", editor.command)
        monkeypatch.setenv("EDITOR", "/nowhere/editor")
        assert edit(folder).code == 0
        assert len(editor.seen) == 1

    def test_must_be_there(
        self, folder: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EDITOR", "/nowhere/editor --wait")
        done = edit(folder)
        assert done.code == 2
        assert "« /nowhere/editor » ne se lance pas" in done.err
        assert "EDITOR=nano" in done.err

    def test_is_none_where_no_person_is(
        self, folder: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("EDITOR")
        done = edit(folder)
        assert done.code == 2
        assert "Aucun éditeur n'est choisi" in done.err
        assert not (folder / ".wikibot").exists()


@pytest.fixture
def waiting(folder: Path, editor: Editor) -> Iterator[subprocess.Popen[str]]:
    """A wikibot whose editor is open, with something typed; a line on its input closes it."""
    editor.will({**TO_CC0, "wait": True})
    process = subprocess.Popen(
        [sys.executable, "-m", "wikibot", "--wiki", str(folder), "edit", ATLAS, "--apply"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate(timeout=30)


def test_ctrl_c_is_the_business_of_the_editor(folder: Path, waiting: subprocess.Popen[str]) -> None:
    waiting.send_signal(signal.SIGINT)
    out, err = waiting.communicate("close\n", timeout=30)
    assert (waiting.returncode, err) == (0, ""), out
    assert atlas(folder) == PAGE.replace(LICENCE, CC0)


def test_who_is_told_to_stop_while_the_editor_is_open_loses_nothing(
    folder: Path, waiting: subprocess.Popen[str]
) -> None:
    waiting.send_signal(signal.SIGTERM)
    _, err = waiting.communicate("close\n", timeout=30)
    assert waiting.returncode == 143
    (form,) = forms(folder)
    assert str(form) in err
    assert 'licence = "CC0"' in form.read_text()
    assert atlas(folder) == PAGE


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a terminal of our own needs Unix")
class TestAtATerminal:
    """Where a person sits, what to do with the changes is asked."""

    def answered(self, folder: Path, *answers: str, more: tuple[str, ...] = ()) -> str:
        """Return what the terminal showed, and check that the command ended by itself."""
        import pty
        import select
        import time

        child, terminal = pty.fork()
        if child == 0:  # pragma: no cover
            os.chdir(folder.parent)
            words = ["--wiki", str(folder), "edit", ATLAS, *more]
            quiet = environment({"NO_COLOR": "1"})
            os.execve(sys.executable, [sys.executable, "-m", "wikibot", *words], quiet)
        shown, left, ends = "", list(answers), time.monotonic() + 60
        try:
            while time.monotonic() < ends:
                if not select.select([terminal], [], [], 1.0)[0]:
                    continue
                try:
                    data = os.read(terminal, 4096)
                except OSError:
                    data = b""
                if not data:
                    _, status = os.waitpid(child, 0)
                    self.code = os.waitstatus_to_exitcode(status)
                    return shown.replace("\r\n", "\n")
                shown += data.decode(errors="replace")
                if left and shown.rstrip().endswith(":") and "?" in shown.splitlines()[-1]:
                    os.write(terminal, f"{left.pop(0)}\n".encode())
        finally:
            os.close(terminal)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        pytest.fail(f"the command waits for ever: {shown}")

    def test_yes_saves_it(self, folder: Path, editor: Editor) -> None:
        editor.will(TO_CC0)
        shown = self.answered(folder, "peut-être", "oui")
        assert f"    + {CC0}\n" in shown
        assert self.code == 0
        assert atlas(folder) == PAGE.replace(LICENCE, CC0)
        assert not forms(folder)

    def test_no_writes_nothing_and_puts_the_form_aside(self, folder: Path, editor: Editor) -> None:
        editor.will(TO_CC0)
        shown = self.answered(folder, "non")
        assert (self.code, atlas(folder)) == (0, PAGE)
        (aside,) = forms(folder)
        assert str(aside) in shown
        assert "La reprendre" not in self.answered(folder)  # it is not asked about again

    def test_the_form_may_be_changed_once_more(self, folder: Path, editor: Editor) -> None:
        editor.will(TO_CC0, {"replace": [["Idée", "Autre"]]})
        self.answered(folder, "modifier", "o")
        assert atlas(folder) == PAGE.replace(LICENCE, CC0).replace("Idée", "Autre")

    def test_what_was_wrong_is_not_noted_any_longer_once_it_is_right(
        self, folder: Path, editor: Editor
    ) -> None:
        wrong = {"replace": [[f'"{LICENCE}"', '"CC-BI"']]}
        right = {"replace": [["CC-BI", "CC0"]]}
        editor.will(wrong, right, {"replace": [["CC0", "CC-BI"]]}, right)
        shown = self.answered(folder, "oui", "modifier", "oui", "oui")
        assert shown.count("licence — Type de licence : « CC-BI »") == 2
        assert self.code == 0
        assert editor.seen[-1].count("✗ Type de licence") == 1

    def test_what_was_left_is_offered(self, folder: Path, editor: Editor) -> None:
        editor.will({**TO_CC0, "exit": 1})
        self.answered(folder)
        assert self.code == 2
        self.answered(folder, "oui", "oui")
        assert atlas(folder) == PAGE.replace(LICENCE, CC0)

    def test_who_leaves_at_the_question_keeps_the_form(self, folder: Path, editor: Editor) -> None:
        editor.will(TO_CC0)
        shown = self.answered(folder, "\x04")
        assert "--resume" in shown
        assert len(forms(folder)) == 1
