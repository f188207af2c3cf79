"""Lists with one value a line, from the form that says so to the saved page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.command import run
from tests.discovery.support import write_wiki
from tests.jobs.wikis import configured
from tests.mediawiki.bench import MediaWikiBench
from wikibot import check, discover, fix, load_mapping, open_wiki, value
from wikibot.errors import UnsafeValue
from wikibot.mapping import Field, Mapping

TEMPLATE = "{{#arraymap:{{{outils|}}}|\\n|@|[[Outil::@]]|, }} {{{nom|}}} [[Catégorie:Lieu]]"
FORM = (
    "{{{for template|Lieu}}}{{{field|nom}}}"
    "{{{field|outils|input type=textarea|list|delimiter=\\n}}}{{{end template}}}"
)
PAGE = "{{Lieu\n|nom=La Grange\n|outils=Bêche, pelle\nFour\n|suite=x\n}}\nFin.\n"
WIKI = {
    "Modèle:Lieu": TEMPLATE,
    "Formulaire:Lieu": FORM,
    "Attribut:Outil": "[[A le type::Texte]]",
    "La Grange": PAGE,
}


def mapping_of(tmp_path: Path, pages: dict[str, str]) -> Mapping:
    discover(open_wiki(write_wiki(tmp_path / "wiki", pages)), tmp_path / "mapping")
    return load_mapping(tmp_path / "mapping")


def outils(mapping: Mapping) -> Field:
    field = mapping.page_types[0].field("outils")
    assert field is not None
    return field


@pytest.mark.parametrize(
    "pages",
    [
        WIKI,
        {"Modèle:Lieu": TEMPLATE, "La Grange": PAGE},
        WIKI | {"Modèle:Lieu": "{{{nom|}}}{{{outils|}}}"},
        {
            "Modèle:Lieu": "{{{outils|}}}[[Catégorie:Lieu]]<templatedata>"
            '{"params": {"outils": {}}, "maps": {"wikibot": {"list:\\n": ["outils"]}}}'
            "</templatedata>",
            "La Grange": PAGE,
        },
    ],
    ids=["both", "template", "form", "TemplateData"],
)
def test_one_value_a_line_is_a_list(tmp_path: Path, pages: dict[str, str]) -> None:
    field = outils(mapping_of(tmp_path, pages))
    assert (field.many, field.separator, field.kind) == (True, "\n", "text")
    text = (tmp_path / "mapping/page_types/lieu.toml").read_text("utf-8")
    assert 'separator = "\\n"' in text
    again = discover(open_wiki(tmp_path / "wiki"), tmp_path / "mapping")
    assert again.written.files == {}


def test_it_is_shown_in_words(tmp_path: Path) -> None:
    folder = write_wiki(tmp_path / "wiki", WIKI)
    shown = run("--wiki", folder, "mapping", "discover", "--into", tmp_path / "m")
    assert "liste, une valeur par ligne [Modèle:Lieu]" in shown.out
    form, template = FORM.replace("\\n", ";"), TEMPLATE.replace("\\n", ";")
    write_wiki(tmp_path / "wiki", {"Modèle:Lieu": template, "Formulaire:Lieu": form})
    shown = run("--wiki", folder, "--mapping", tmp_path / "m", "mapping", "drift")
    assert "separator est « \\n » ici, « ; » sur le wiki" in shown.out


@pytest.fixture
def lieu(tmp_path: Path) -> tuple[str, ...]:
    """The options that lead to the page and its mapping."""
    mapping_of(tmp_path, WIKI)
    return ("--wiki", str(tmp_path / "wiki"), "--mapping", str(tmp_path / "mapping"))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("outils+=Scie", "Bêche, pelle\nFour\nScie"),
        ("outils-=Four", "Bêche, pelle"),
        ("outils-=Bêche, pelle", "Four"),
        ("outils=Scie\nRâteau", "Scie\nRâteau"),
        ("outils+=* Scie", "Bêche, pelle\nFour\n&#42; Scie"),
        ("outils+=Four", None),
    ],
)
def test_set_changes_the_lines_of_the_value_and_no_other(
    tmp_path: Path, lieu: tuple[str, ...], typed: str, written: str | None
) -> None:
    done = run(*lieu, "set", "La Grange", typed, "--apply")
    assert done.code == 0
    wanted = PAGE.replace("Bêche, pelle\nFour", written) if written else PAGE
    assert open_wiki(tmp_path / "wiki").page("La Grange").text == wanted


def test_a_preview_names_the_values_that_come_and_go(lieu: tuple[str, ...]) -> None:
    shown = run(*lieu, "set", "La Grange", "outils+=Scie")
    assert shown.code == 3
    assert [
        line.strip() for line in shown.out.splitlines() if line.strip()[:2] in ("+ ", "- ")
    ] == ["+ Scie"]


def test_a_line_is_still_refused_where_a_field_is_one_line(lieu: tuple[str, ...]) -> None:
    assert run(*lieu, "set", "La Grange", "nom=La\nGrange", "--apply").code == 2


def test_a_tidy_list_has_no_finding_and_an_untidy_one_is_mended(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, WIKI | {"La Mare": PAGE.replace("pelle\n", "pelle\n\n\nFour\n")})
    wiki = open_wiki(tmp_path / "wiki")
    tidy, untidy = wiki.page("La Grange"), wiki.page("La Mare")
    assert not [f for f in check([tidy], mapping, wiki) if f.field == "outils"]
    found = {f.rule: f for f in check([untidy], mapping, wiki)}
    assert {"LST104"} <= set(found)
    assert "2 retours à la ligne de trop" in found["LST104"].message.fr
    (edit,) = fix([untidy], mapping, wiki).edits
    new = {change.field: change.new for change in edit.changes}
    assert new == {"outils": "Bêche, pelle\nFour"}


def test_another_sign_in_a_line_is_named_in_words(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, WIKI | {"La Mare": PAGE.replace("Four", "Four; Scie")})
    wiki = open_wiki(tmp_path / "wiki")
    (found,) = (f for f in check([wiki.page("La Mare")], mapping, wiki) if f.rule == "LST103")
    assert "par un retour à la ligne" in found.message.fr
    assert not found.safe


@pytest.mark.parametrize("separator", ["\r\n", "\n\n", ";\n", "", "\r"])
def test_no_other_blank_separates(separator: str) -> None:
    with pytest.raises(ValueError, match="separator"):
        Field.model_validate(
            {"id": "a", "label": {"fr": "a", "en": "a"}, "parameter": "a", "kind": "text",
             "many": True, "separator": separator}
        )  # fmt: skip


ITEMS = st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip)
                 .filter(bool), max_size=4, unique=True)  # fmt: skip


@given(ITEMS, ITEMS)
def test_what_is_joined_is_what_is_split(items: list[str], before: list[str]) -> None:
    like = value.join(before, "\n")
    written = value.join(items, "\n", like)
    assert value.split(written, "\n") == tuple(items)
    assert "\n " not in written and "\n\n" not in written


def test_no_value_of_such_a_list_holds_a_line_break() -> None:
    with pytest.raises(UnsafeValue):
        value.join(["a\nb"], "\n")


@pytest.fixture
def bench(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MediaWikiBench:
    mapping_of(tmp_path, WIKI)
    bench = configured(fresh_mediawiki, tmp_path, monkeypatch, 'mapping = "mapping"\n')
    bench.edit_as_human("La Grange", PAGE.strip())
    return bench


def test_on_a_mediawiki_a_value_that_comes_or_goes_is_one_line(
    bench: MediaWikiBench, tmp_path: Path
) -> None:
    assert run("set", "La Grange", "outils+=Scie", "--apply").code == 0
    with_saw = PAGE.strip().replace("Four\n", "Four\nScie\n")
    assert bench.text("La Grange") == with_saw
    assert run("set", "La Grange", "outils-=Four", "--apply").code == 0
    assert bench.text("La Grange") == with_saw.replace("Four\n", "")
    bench.edit_as_human("La Grange", PAGE.strip().replace("Four\n", "\nFour\n"))
    assert run("fix", "La Grange", "--apply").code == 0
    assert bench.text("La Grange") == PAGE.strip()
