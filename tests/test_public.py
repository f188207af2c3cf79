"""`import wikibot`: what others build on."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE, environment


def test_every_public_name_is_there_and_documented() -> None:
    assert dir(wikibot) == sorted(wikibot.__all__)
    for name in wikibot.__all__:
        public = getattr(wikibot, name)
        assert name in ("RULES",) or inspect.getdoc(public), name


def test_every_public_name_is_the_one_of_its_home() -> None:
    assert set(wikibot._HOME_OF) | {"wikitext"} == set(wikibot.__all__)
    for name, home in wikibot._HOME_OF.items():
        assert getattr(wikibot, name) is getattr(importlib.import_module(home), name)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'wikibot' has no attribute 'nothing'"):
        wikibot.nothing  # noqa: B018


def test_importing_it_loads_nothing_heavy() -> None:
    script = "import sys, wikibot; print(sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    for heavy in ("click", "pydantic", "mwparserfromhell", "mwclient", "requests", "sqlite3"):
        assert f"'{heavy}'" not in done.stdout


def test_the_example_of_the_design_works(tmp_path: Path) -> None:
    from wikibot import wikitext

    (tmp_path / "Un commun.wikitext").write_text(PAGE.replace("niveau=Idée", "niveau=idée"))
    text = (tmp_path / "Un commun.wikitext").read_text()
    call = wikitext.transclusions(text)[0]
    assert (call.name, text[slice(*call.span)][:11]) == ("Ressource", "{{Ressource")
    parameter = call.parameters["niveau"]
    assert (parameter.value, text[slice(*parameter.span)]) == ("idée", "idée\n")
    assert wikitext.set_parameter(text, call, "niveau", "Idée") == PAGE

    mapping = wikibot.load_mapping("resilience")
    wiki = wikibot.open_wiki(tmp_path)
    page = wiki.page("Un commun")
    findings = wikibot.check([page], mapping, wiki)
    assert [finding.rule for finding in findings] == ["VOC103"]
    plan = wikibot.fix([page], mapping, wiki)
    run = wikibot.apply(plan, wiki)
    assert (run.exit_code, wiki.page("Un commun").text) == (0, PAGE)
    assert wikibot.undo(run.id, wiki).exit_code == 0
    assert wiki.page("Un commun").text == text

    plan = wikibot.set_fields([wiki.page("Un commun")], ["licence=CC BY-SA 4.0"], mapping, wiki)
    assert [change.new for edit in plan.edits for change in edit.changes] == [
        "Creative Commons BY SA 4.0"
    ]
    with pytest.raises(wikibot.WikibotError):
        wikibot.set_fields([wiki.page("Un commun")], ["licence=zzz"], mapping, wiki)


def test_what_is_reviewed_is_what_is_undone(tmp_path: Path) -> None:
    (tmp_path / "Un commun.wikitext").write_text(PAGE)
    mapping, wiki = wikibot.load_mapping("resilience"), wikibot.open_wiki(tmp_path)
    plan = wikibot.set_fields([wiki.page("Un commun")], ["tags+=mare"], mapping, wiki)
    wikibot.save_plan(plan, tmp_path / "plan.json")
    run = wikibot.apply(wikibot.load_plan(tmp_path / "plan.json"), wiki)
    preview = wikibot.undo_plan(run.id, wiki)
    assert [(c.old, c.new) for edit in preview.edits for c in edit.changes] == [
        ("haie, bocage, mare", "haie, bocage")
    ]
    assert [row.id for row in wikibot.runs(wiki)] == [run.id]
    records = list(wikibot.matching([wiki.page("Un commun")], ["tags=mare"], mapping, wiki))
    assert [str(record.page.title) for record in records] == ["Un commun"]
