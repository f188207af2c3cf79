"""Every command that a document shows does what the document says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.documents import ROOT, agrees, documents, examples, open_terminal

TELLING = [document for document in documents() if examples(document)]


@pytest.mark.parametrize("document", TELLING, ids=lambda d: d.relative_to(ROOT).as_posix())
def test_the_commands_of_a_document_do_what_it_shows(document: Path, tmp_path: Path) -> None:
    terminal = open_terminal(tmp_path, document)
    wrong = []
    for example in examples(document):
        code, printed = terminal.run(example)
        if code not in example.exits or not agrees(example.shown, printed):
            said = "\n".join(terminal.as_shown(printed))
            wrong.append(f"line {example.line}: {example.command}\nexit {code}\n{said}")
    assert not wrong, "\n\n".join(["run `make docs` or mend the document:", *wrong])


def test_the_readme_and_the_guides_show_commands() -> None:
    names = {document.relative_to(ROOT).as_posix() for document in TELLING}
    assert {"README.md", "docs/fr/guide-referent.md", "docs/en/referent.md"} <= names


class TestAgreement:
    def test_lines_left_out_may_be_any_number(self) -> None:
        assert agrees(["a", "…", "d"], ["a", "b", "c", "d"])
        assert agrees(["a", "…", "d"], ["a", "d"])
        assert agrees(["…"], [])

    def test_a_line_that_was_not_printed_is_not_agreed_to(self) -> None:
        assert not agrees(["a", "…", "x"], ["a", "b", "d"])
        assert not agrees(["a"], ["a", "b"])
        assert not agrees(["b", "…", "a", "…"], ["a", "b"])

    def test_nothing_shown_agrees_with_everything(self) -> None:
        assert agrees([], ["a"])

    def test_ids_revisions_and_times_may_differ(self) -> None:
        assert agrees(
            ["✓ P : publiée (révision 12)", "k3f9a2  2026-01-31 02:00 UTC  set"],
            ["✓ P : publiée (révision 345)", "0yeaff  2027-11-22 17:19 UTC  set"],
        )
        assert not agrees(["Exécution k3f9a2 : 1 publiée."], ["Exécution 0yeaff : 2 publiées."])
