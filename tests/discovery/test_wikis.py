"""The same discovery on a real MediaWiki, a dump and a folder; and on real pages where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discovery.support import WIKI, write_wiki
from tests.mediawiki.bench import MediaWikiBench
from wikibot import discover, load_mapping, open_wiki
from wikibot.jobs.sources import read_sources
from wikibot.mapping import Mapping, PageType
from wikibot.wiki.protocol import Catalogue

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")


def shape(mapping: Mapping) -> dict[str, object]:
    """Return all but the name of the wiki."""
    return mapping.model_dump(exclude={"wiki"})


def test_a_server_and_a_folder_give_the_same_mapping(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path
) -> None:
    bench = fresh_mediawiki
    # a field that chooses among a property's values: without Semantic MediaWiki, the pages tell
    chosen = "{{{field|commune|input type=dropdown|values from property=Commune}}}"
    form = WIKI["Formulaire:Lieu"].replace("{{{field|commune}}}", chosen)
    pages = WIKI | {"Formulaire:Lieu": form}
    bench.import_pages({title: [text] for title, text in pages.items() if ":" in title})
    for title in pages:  # what calls a template is listed once it was rendered
        if ":" not in title:
            bench.edit_as_human(title, pages[title])
    on_server = discover(open_wiki(bench.api), tmp_path / "server")
    in_folder = discover(open_wiki(write_wiki(tmp_path / "wiki", pages)), tmp_path / "folder")
    assert shape(load_mapping(tmp_path / "server")) == shape(load_mapping(tmp_path / "folder"))
    assert on_server.found.types == in_folder.found.types
    again = discover(open_wiki(bench.api), tmp_path / "server")
    assert again.written.files == {}
    assert bench.edits_seen() == []


def test_a_server_lists_every_page_of_a_namespace_once(fresh_mediawiki: MediaWikiBench) -> None:
    titles = [f"Attribut:Essai {number:03}" for number in range(120)]
    fresh_mediawiki.import_pages({title: ["[[A le type::Texte]]"] for title in titles})
    wiki = open_wiki(fresh_mediawiki.api)
    assert isinstance(wiki, Catalogue)
    found = [str(page.title) for page in wiki.pages_in([102])]
    assert [title for title in found if "Essai" in title] == titles
    assert len(set(found)) == len(found)


def page_type(mapping: Mapping, name: str) -> PageType:
    found = mapping.page_type(name)
    assert found is not None
    return found


@shared
def test_a_french_semantic_wiki_gives_its_page_types_whole(tmp_path: Path) -> None:
    wiki = open_wiki(SHARED / "smw-wiki.xml")
    discover(wiki, tmp_path)
    mapping = load_mapping(tmp_path)
    sources = read_sources(wiki)
    assert [t.template for t in mapping.page_types] == ["Action", "Commun", "Financement"]
    for found in mapping.page_types:
        read = sources.templates[found.template]
        known = {name for f in found.fields for name in f.parameters}
        assert {p.name for p in read.parameters} <= known
        for parameter in read.parameters:
            field = found.field_of(parameter.name)
            assert field is not None and field.verified
            assert field.property in (*parameter.properties, None)
            assert (field.property is None) == (not parameter.properties)
            if parameter.separator:
                assert (field.many, field.separator) == (True, parameter.separator)
    for name, page in sources.properties.items():
        fields = [f for t in mapping.page_types for f in t.fields if f.property == name]
        for field in fields if page.allowed else ():
            vocabulary = mapping.vocabulary(field)
            assert vocabulary is not None
            assert tuple(term.label for term in vocabulary.terms) == page.allowed
    commun = page_type(mapping, "commun")
    kinds = {f.parameter: f.kind for f in commun.fields}
    assert kinds["dateDepot"] == "date" and kinds["candidat"] == "boolean"
    assert kinds["location"] == "coordinates" and kinds["courriel"] == "email"
    assert kinds["siteweb"] == "url" and kinds["description"] == "longtext"
    assert {f.parameter for f in commun.fields if f.required} == {"shortDescription"}
    assert page_type(mapping, "financement").repeats
    assert discover(wiki, tmp_path).written.files == {}


@shared
def test_the_real_pages_alone_give_a_sensible_mapping_of_guesses(tmp_path: Path) -> None:
    wiki = open_wiki(SHARED / "commons")
    done = discover(wiki, tmp_path)
    mapping = load_mapping(tmp_path)
    (found,) = mapping.page_types
    assert found.template == "Ressource"
    kinds = {f.parameter: (f.kind, f.many) for f in found.fields}
    assert kinds["shortDescription"] == ("text", False)
    assert kinds["description"] == ("longtext", False)
    assert kinds["Main_Picture"] == ("file", False)
    assert kinds["challenge"] == ("text", True)
    assert kinds["Theme"] == ("text", True)
    assert kinds["montant"] == ("amount", False)
    assert kinds["url"] == ("url", False)
    assert kinds["communs_proches"] == ("page", True)
    assert not any(f.verified for f in found.fields)
    assert all(reason.guessed for f in done.found.types[0].fields for reason in f.reasons)


@shared
def test_the_packaged_mapping_meets_another_wiki_and_still_loads(tmp_path: Path) -> None:
    import shutil

    from wikibot.resources import data_folder

    shutil.copytree(data_folder("mappings") / "resilience", tmp_path / "m")
    before = load_mapping(tmp_path / "m")
    wiki = open_wiki(SHARED / "smw-wiki.xml")
    discover(wiki, tmp_path / "m")
    after = load_mapping(tmp_path / "m")
    old = {(t.id, f.id) for t in before.page_types for f in t.fields}
    assert old <= {(t.id, f.id) for t in after.page_types for f in t.fields}
    terms = {(v.id, term.label) for v in before.vocabularies for term in v.terms}
    assert terms <= {(v.id, term.label) for v in after.vocabularies for term in v.terms}
    assert discover(wiki, tmp_path / "m").written.files == {}
