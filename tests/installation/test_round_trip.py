"""What `mapping install` puts on a wiki, `mapping discover` reads back: the same mapping."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.installation.support import differences, write_pages
from tests.mediawiki.bench import MediaWikiBench
from wikibot import Manners, apply, discover, install, load_mapping, open_wiki
from wikibot.edits import Plan
from wikibot.mapping import Mapping
from wikibot.resources import data_folder

MAPPING = load_mapping("resilience")
FORMLESS = {  # what no template says: the form, and that two templates share one
    f"{t.id}: {key} {getattr(t, key)!r} → None"
    for t in MAPPING.page_types
    for key in ("form", "part_of")
    if getattr(t, key) is not None
}


def plan_for(folder: Path, *, semantic: bool, forms: bool) -> Plan:
    folder.mkdir(exist_ok=True)
    return install(open_wiki(folder), MAPPING, semantic=semantic, forms=forms).plan


def discovered(plan: Plan, folder: Path, *, demo: bool) -> Mapping:
    discover(open_wiki(write_pages(plan, folder / "wiki", demo=demo)), folder / "mapping")
    return load_mapping(folder / "mapping")


@pytest.mark.parametrize("demo", [False, True], ids=["an empty wiki", "with pages"])
def test_with_all_extensions_the_mapping_comes_back_whole(tmp_path: Path, *, demo: bool) -> None:
    plan = plan_for(tmp_path / "empty", semantic=True, forms=True)
    found = discovered(plan, tmp_path, demo=demo)
    assert list(differences(MAPPING, found)) == []


@pytest.mark.parametrize(("semantic", "forms"), [(False, False), (True, False), (False, True)])
def test_without_an_extension_only_forms_are_missed(
    tmp_path: Path, *, semantic: bool, forms: bool
) -> None:
    plan = plan_for(tmp_path / "empty", semantic=semantic, forms=forms)
    found = discovered(plan, tmp_path, demo=True)
    assert set(differences(MAPPING, found)) == (set() if forms else FORMLESS)


def test_templates_forms_and_properties_alone_say_nearly_all(tmp_path: Path) -> None:
    """Without TemplateData, as on a wiki whose templates people wrote themselves."""
    plan = plan_for(tmp_path / "empty", semantic=True, forms=True)
    bare = [
        replace(e, text=re.sub(r"<templatedata>.*</templatedata>", "", e.text or "", flags=re.S))
        for e in plan.edits
    ]
    found = discovered(replace(plan, edits=tuple(bare)), tmp_path, demo=True)
    told = {line for line in differences(MAPPING, found)}
    # labels and advice come in the wiki's language alone; what is but wanted is said nowhere
    rest = {line for line in told if not re.search(r": (label|help) |: required 'warning'", line)}
    unknowable = re.compile(r": kind '(user' → 'page|coordinates' → 'text)'$")
    assert {line for line in rest if not unknowable.search(line)} == set()


def test_on_a_real_wiki_the_mapping_comes_back_whole(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path
) -> None:
    bench = fresh_mediawiki
    wiki = open_wiki(bench.api, account=bench.account, password=bench.password)
    plan = install(wiki, MAPPING, semantic=True, forms=True).plan
    run = apply(plan, wiki, state=tmp_path / "state", manners=Manners(edits_per_minute=0))
    assert run.exit_code == 0 and run.counts["done"] == len(plan.edits)
    from urllib.parse import unquote

    for file in sorted((data_folder("templates") / "demo").glob("*.wikitext")):
        bench.edit_as_human(unquote(file.stem), file.read_text("utf-8"))
    discover(wiki, tmp_path / "mapping")
    assert list(differences(MAPPING, load_mapping(tmp_path / "mapping"))) == []
    assert install(wiki, MAPPING, semantic=True, forms=True).plan.edits == ()
