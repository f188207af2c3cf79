"""`mapping install` as a maintainer meets it: what is put on a wiki, what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.installation.support import write_pages
from tests.mediawiki.bench import MediaWikiBench
from wikibot import Manners, apply, install, load_mapping, open_wiki
from wikibot.errors import InputError
from wikibot.installation import Facilities, kit
from wikibot.mapping import Label
from wikibot.title import FRENCH, Namespaces

MAPPING = load_mapping("resilience")


def test_every_page_that_a_page_refers_to_is_there(tmp_path: Path) -> None:
    pages = [str(page.title) for page in kit(MAPPING, Facilities()).pages]
    assert len(set(pages)) == len(pages)
    for page_type in MAPPING.page_types:
        assert f"Modèle:{page_type.templates[0]}" in pages
        assert page_type.category is None or f"Catégorie:{page_type.category}" in pages
        assert page_type.form is None or f"Formulaire:{page_type.form}" in pages
    assert "Modèle:Suivi des actions" in pages
    assert {"Label:A faire", "Label:En cours", "Label:Fait"} <= set(pages)


def test_a_page_that_is_there_is_never_changed(tmp_path: Path) -> None:
    (tmp_path / "Modèle%3AFormation.wikitext").write_text("Le nôtre : {{{titre}}}\n", "utf-8")
    wiki = open_wiki(tmp_path)
    done = install(wiki, MAPPING)
    assert done.other == ("Modèle:Formation",)
    assert "Modèle:Formation" not in [edit.title for edit in done.plan.edits]
    assert apply(done.plan, wiki).exit_code == 0
    assert wiki.page("Modèle:Formation").text == "Le nôtre : {{{titre}}}\n"


def test_a_second_time_nothing_is_left_to_do(tmp_path: Path) -> None:
    apply(install(open_wiki(tmp_path), MAPPING).plan, open_wiki(tmp_path))
    again = install(open_wiki(tmp_path), MAPPING)
    assert again.plan.edits == () and again.other == ()
    assert len(again.same) == len(list(tmp_path.glob("*.wikitext")))


def test_names_that_begin_small_are_the_pages_that_the_wiki_knows(tmp_path: Path) -> None:
    first = MAPPING.page_types[0].model_copy(update={"category": "fiche", "form": "fiche"})
    small = MAPPING.model_copy(update={"page_types": (first,), "vocabularies": ()})
    plan = install(open_wiki(tmp_path), small).plan
    assert {"Catégorie:Fiche", "Formulaire:Fiche"} <= {edit.title for edit in plan.edits}
    apply(plan, open_wiki(tmp_path))
    assert install(open_wiki(tmp_path), small).plan.edits == ()


def test_no_property_has_a_sign_in_its_name_that_a_template_cannot_say() -> None:
    first = MAPPING.page_types[0]
    odd = first.fields[0].model_copy(update={"label": Label(fr="A=b|c", en="A"), "property": None})
    page_type = first.model_copy(update={"fields": (odd,), "part_of": None})
    mapping = MAPPING.model_copy(update={"page_types": (page_type,), "vocabularies": ()})
    titles = [str(page.title) for page in kit(mapping, Facilities()).pages]
    assert "Attribut:A b c" in titles


def test_one_page_type_comes_with_its_parts_and_its_terms_only(tmp_path: Path) -> None:
    titles = [e.title for e in install(open_wiki(tmp_path), MAPPING, ["diagnostic"]).plan.edits]
    templates = {title for title in titles if title.startswith("Modèle:")}
    parts = [t for t in MAPPING.page_types if "diagnostic" in (t.id, t.part_of)]
    assert templates == {f"Modèle:{t.template}" for t in parts} and len(parts) == 2
    assert not [title for title in titles if title.startswith(("Label:", "Creative Commons"))]


def test_a_field_that_refers_to_a_type_left_out_still_has_its_terms(tmp_path: Path) -> None:
    plan = install(open_wiki(tmp_path), MAPPING, ["formation"]).plan
    texts = {edit.title: edit.text or "" for edit in plan.edits}
    assert "Allows value::Creative Commons BY SA 4.0" in texts["Attribut:Licence des supports"]
    assert "Creative Commons BY SA 4.0" not in texts


def test_an_unknown_page_type_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No page type “formations”"):
        install(open_wiki(tmp_path), MAPPING, ["formations"])


def test_a_namespace_that_is_missing_is_told_and_nothing_is_put_in_its_place() -> None:
    names = tuple((number, name) for number, name in FRENCH.names if number not in (690, 692))
    made = kit(MAPPING, Facilities(namespaces=Namespaces(names, FRENCH.aliases)))
    assert not [page for page in made.pages if str(page.title).startswith("Label:")]
    told = "\n".join(note.fr for note in made.notes)
    assert "$wgExtraNamespaces[690] = 'Action';" in told
    assert "$wgExtraNamespaces[692] = 'Label';" in told


def test_without_semantic_mediawiki_and_forms_no_page_names_them() -> None:
    made = kit(MAPPING, Facilities(semantic=False, forms=False))
    for page in made.pages:
        assert page.title.namespace not in (102, 106)
        for word in ("#set", "#ask", "#subobject", "#arraymap", "#form", "#default_form"):
            assert word not in page.text


def test_the_command_shows_the_new_pages_and_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    one = ("--wiki", "pages", "mapping", "install", "--type", "formation")
    done = run(*one)
    assert done.code == 3
    assert "Modèle:Formation (nouvelle page)" in done.out
    assert "Rien n'est publié." in done.out
    assert "templatedata" not in done.out
    assert run(*one, "--plan", "plan.json").code == 3
    assert "+ <templatedata>" in run("--wiki", "pages", "plan", "show", "plan.json").out
    applied = run("--wiki", "pages", "apply", "plan.json", "--format", "json")
    assert applied.code == 0
    assert applied.json["counts"]["done"] == len(list((tmp_path / "pages").glob("*.wikitext")))
    again = run(*one)
    assert (again.code, again.out.splitlines()[-1]) == (0, "Rien à changer.")


@pytest.mark.parametrize("extensions", [(), ("TemplateData",)], ids=["bare", "TemplateData"])
def test_a_real_wiki_takes_every_page_and_shows_the_fields(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, extensions: tuple[str, ...]
) -> None:
    bench = fresh_mediawiki
    bench.admin.load(*extensions)
    wiki = open_wiki(bench.api, account=bench.account, password=bench.password)
    plan = install(wiki, MAPPING, semantic=False, forms=False).plan
    saved = apply(plan, wiki, state=tmp_path / "state", manners=Manners(edits_per_minute=0))
    assert [(item.title, item.reason) for item in saved.items if item.state != "done"] == []
    text = (
        "{{Formation\n|resume=Lire un paysage | à deux\n|themes=Climat, Eau\n"
        "|objectifs=* voir\n* dire\n|adresse=https://formation.example.org/?a=b\n}}"
    ).replace(" | ", "{{!}}")
    bench.edit_as_human("Une formation", text)
    html = bench.call("human", action="parse", page="Une formation", prop="text")["parse"]["text"]
    assert '<th scope="row">Thèmes' in html
    assert "<li>dire</li>" in html and 'href="https://formation.example.org/?a=b"' in html
    for remnant in ("{{", "}}", "&lt;t", 'class="error"', "Durée"):
        assert remnant not in html
    page = bench.call("human", action="parse", page="Modèle:Formation", prop="text")
    if extensions:
        assert "À distance" in page["parse"]["text"]  # the values, in TemplateData's own table


def test_the_folder_of_the_tests_is_what_a_plan_creates(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    plan = install(open_wiki(tmp_path / "empty"), MAPPING).plan
    wiki = open_wiki(write_pages(plan, tmp_path / "wiki"))
    assert install(wiki, MAPPING).plan.edits == ()
