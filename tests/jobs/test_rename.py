"""A parameter with a new name: from the template of a wiki to its pages, and back again."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import Done, run, run_id
from tests.discovery.support import FORM, TEMPLATE, WIKI
from tests.jobs.wikis import bytes_of
from tests.mediawiki.bench import MediaWikiBench
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.mediawiki import MediaWiki

TITLE = "Haies"
FIELDS = """\
id = "fiche"
label = { fr = "Fiche", en = "Sheet" }
template = "Fiche"

[[fields]]
id = "nom"
label = { fr = "Nom", en = "Name" }
parameter = "nom"
kind = "text"
verified = true

[[fields]]
id = "licence"
label = { fr = "Type de licence", en = "Licence" }
parameter = "licence"
parameter_aliases = ["license", "Licences"]
kind = "term"
vocabulary = "licences"
verified = true

[[fields]]
id = "mots"
label = { fr = "Mots", en = "Words" }
parameter = "mots"
parameter_aliases = ["Tags"]
kind = "text"
many = true
verified = true

[[fields]]
id = "niveau"
label = { fr = "Niveau", en = "Level" }
parameter = "niveau"
parameter_aliases = ["stade"]
kind = "text"
"""
TERMS = """\
id = "licences"
label = { fr = "Licences", en = "Licences" }

[[terms]]
label = "Creative Commons BY SA 4.0"
aliases = ["CC BY-SA 4.0"]

[[terms]]
label = "Licence MIT"
aliases = ["MIT"]
"""


@pytest.fixture
def mapping_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mapping"
    for name, text in (
        ("wiki.toml", 'id = "essai"\nlabel = { fr = "Essai", en = "Trial" }\n'),
        ("page_types/fiche.toml", FIELDS),
        ("vocabularies/licences.toml", TERMS),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def mapping(mapping_folder: Path) -> wikibot.Mapping:
    return wikibot.load_mapping(mapping_folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wiki").mkdir()
    return tmp_path / "wiki"


def put(folder: Path, text: str) -> None:
    (folder / f"{TITLE}.wikitext").write_bytes(text.encode())


def fixes(folder: Path, mapping: wikibot.Mapping, unsafe: bool = False) -> wikibot.Plan:
    wiki = FolderWiki.open(folder)
    return wikibot.fix([wiki.page(TITLE)], mapping, wiki, unsafe=unsafe)


CC = "Creative Commons BY SA 4.0"
# the page, what it is once mended, and the changes: names, old → new, rules
ROUNDS: dict[str, tuple[str, str, list[tuple[str, str, str, str, str]]]] = {
    "the name alone": (
        "{{Fiche\n| nom     = Haies\n| license = Licence MIT\n}}\n",
        "{{Fiche\n| nom     = Haies\n| licence = Licence MIT\n}}\n",
        [("license", "licence", "Licence MIT", "Licence MIT", "PAR104")],
    ),
    "the name and the spelling of a term": (
        "{{Fiche\n|license=CC BY-SA 4.0\n|nom=Haies\n}}\n",
        f"{{{{Fiche\n|licence={CC}\n|nom=Haies\n}}}}\n",
        [("license", "licence", "CC BY-SA 4.0", CC, "PAR104+VOC102")],
    ),
    "the name and the items of a list": (
        "{{Fiche|Tags=eau,,haies, eau}}",
        "{{Fiche|mots=eau, haies}}",
        [("Tags", "mots", "eau,,haies, eau", "eau, haies", "PAR104+LST101")],
    ),
    "a name that stands there empty": (
        "{{Fiche\n|licence=\n|nom=Haies\n|license=CC BY-SA 4.0\n}}\n",
        f"{{{{Fiche\n|licence={CC}\n|nom=Haies\n}}}}\n",
        [("license", "licence", "CC BY-SA 4.0", CC, "PAR104+VOC102")],
    ),
    "the same value under both names": (
        "{{Fiche|licence=CC BY-SA 4.0|license=CC BY-SA 4.0}}",
        f"{{{{Fiche|licence={CC}}}}}",
        [("license", "licence", "CC BY-SA 4.0", CC, "PAR104+VOC102")],
    ),
    "the same list under both names, to be mended": (
        "{{Fiche|Tags=eau,,haies|mots=eau,,haies}}",
        "{{Fiche|mots=eau,haies}}",
        [("Tags", "mots", "eau,,haies", "eau,haies", "PAR104+LST104")],
    ),
    "two spellings of one term": (
        "{{Fiche|licence=MIT|license=Licence MIT}}",
        "{{Fiche|licence=Licence MIT}}",
        [
            ("", "licence", "MIT", "Licence MIT", "VOC102+PAR104"),
            ("", "license", "Licence MIT", "", "PAR104"),
        ],
    ),
    "two fields at once": (
        "{{Fiche|license=MIT|Tags=eau}}",
        "{{Fiche|licence=Licence MIT|mots=eau}}",
        [
            ("license", "licence", "MIT", "Licence MIT", "PAR104+VOC102"),
            ("Tags", "mots", "eau", "eau", "PAR104"),
        ],
    ),
    "two other names are for a person": (
        *("{{Fiche|license=Licence MIT|Licences=Licence MIT}}",) * 2,
        [],
    ),
    "two values are for a person": (*(f"{{{{Fiche|license=Licence MIT|licence={CC}}}}}",) * 2, []),
}


@pytest.mark.parametrize("case", ROUNDS)
def test_fix_renames_and_mends_in_one_change_a_field_and_then_has_nothing_to_do(
    case: str, folder: Path, mapping: wikibot.Mapping, tmp_path: Path
) -> None:
    text, mended, changes = ROUNDS[case]
    put(folder, text)
    before = bytes_of(folder)
    plan = fixes(folder, mapping)
    made = [
        (c.renamed_from, c.parameter, c.old, c.new, c.rule) for e in plan.edits for c in e.changes
    ]
    assert made == changes
    assert all(change.safe for edit in plan.edits for change in edit.changes)
    wikibot.save_plan(plan, tmp_path / "plan.json")
    assert wikibot.load_plan(tmp_path / "plan.json") == plan
    wiki = FolderWiki.open(folder)
    done = wikibot.apply(plan, wiki)
    assert (done.exit_code, done.counts["done"]) == (0, len(plan.edits))
    assert all(item.verified for item in done.items)
    assert bytes_of(folder)[TITLE].decode() == mended
    assert fixes(folder, mapping).edits == ()
    if plan.edits:
        assert wikibot.undo(done.id, wiki).exit_code == 0
    assert bytes_of(folder) == before


@pytest.mark.parametrize("case", [name for name, (_, _, changes) in ROUNDS.items() if changes])
def test_on_a_page_that_moved_on_undo_gives_the_names_back_and_keeps_what_a_person_wrote(
    case: str, folder: Path, mapping: wikibot.Mapping
) -> None:
    text, mended, _ = ROUNDS[case]
    put(folder, text)
    wiki = FolderWiki.open(folder)
    (old,) = wikibot.records_on(wiki.page(TITLE), mapping, wiki)
    done = wikibot.apply(fixes(folder, mapping), wiki)
    put(folder, mended + "Un mot de plus.")
    assert [p.kind for p in wikibot.undo_plan(done.id, wiki).prospects] == ["fields"]
    assert wikibot.undo(done.id, wiki).exit_code == 0
    page = wiki.page(TITLE)
    assert page.text.endswith("}}\nUn mot de plus." if "\n" in text else "}}Un mot de plus.")
    (back,) = wikibot.records_on(page, mapping, wiki)
    assert held(back) == held(old)


def held(record: wikibot.Record) -> dict[str, str]:
    return {name: p.value for name, p in record.call.parameters.items() if p.value}


def test_an_assumed_name_is_taken_only_where_a_person_wants_it(
    folder: Path, mapping: wikibot.Mapping
) -> None:
    put(folder, "{{Fiche|stade=Idée}}")
    assert fixes(folder, mapping).edits == ()
    (edit,) = fixes(folder, mapping, unsafe=True).edits
    assert [(c.renamed_from, c.parameter, c.safe) for c in edit.changes] == [
        ("stade", "niveau", False)
    ]


MEANWHILE: dict[str, tuple[str, str, str]] = {
    "filled the new name with something else": (
        *("{{Fiche|license=Licence MIT|licence=" + CC + "}}",) * 2,
        "conflict",
    ),
    "changed the value under the old name": (*(f"{{{{Fiche|license={CC}}}}}",) * 2, "conflict"),
    "took the value away": (*("{{Fiche|nom=Haies}}",) * 2, "conflict"),
    "renamed it themselves": (*("{{Fiche|licence=Licence MIT}}",) * 2, "noop"),
    "wrote it under the new name too": (
        "{{Fiche|license=Licence MIT|licence=Licence MIT}}",
        "{{Fiche|licence=Licence MIT}}",
        "done",
    ),
    "added another field": (
        "{{Fiche|nom=Haies|license=Licence MIT}}",
        "{{Fiche|nom=Haies|licence=Licence MIT}}",
        "done",
    ),
}


@pytest.mark.parametrize("case", MEANWHILE)
def test_what_a_person_did_meanwhile_is_never_written_over(
    case: str, folder: Path, mapping: wikibot.Mapping
) -> None:
    now, then, state = MEANWHILE[case]
    put(folder, "{{Fiche|license=Licence MIT}}")
    plan = fixes(folder, mapping)
    put(folder, now)
    wiki = FolderWiki.open(folder)
    done = wikibot.apply(plan, wiki)
    assert [item.state for item in done.items] == [state]
    assert bytes_of(folder)[TITLE].decode() == then
    if state == "done":
        wikibot.undo(done.id, wiki)
        assert bytes_of(folder)[TITLE].decode() == now


def test_of_two_values_that_a_person_made_one_they_keep_the_one_they_kept(
    folder: Path, mapping: wikibot.Mapping
) -> None:
    put(folder, "{{Fiche|licence=Licence MIT|license=Licence MIT}}")
    plan = fixes(folder, mapping)
    put(folder, "{{Fiche|license=Licence MIT}}")  # kept under the other name
    wikibot.apply(plan, FolderWiki.open(folder))
    assert bytes_of(folder)[TITLE].decode() == "{{Fiche|licence=Licence MIT}}"


@pytest.mark.parametrize("case", ["the name alone", "the same value under both names"])
def test_who_takes_a_renaming_back_is_heard_by_the_next_fix(
    case: str, folder: Path, mapping: wikibot.Mapping
) -> None:
    text = ROUNDS[case][0]
    put(folder, text)
    wiki = FolderWiki.open(folder)
    assert wikibot.apply(fixes(folder, mapping), wiki).exit_code == 0
    put(folder, text)
    again = wikibot.apply(fixes(folder, mapping), wiki)
    assert [(item.state, item.code) for item in again.items] == [("skipped", "reverted")]
    assert bytes_of(folder)[TITLE].decode() == text


def test_people_read_which_name_becomes_which(
    folder: Path, mapping_folder: Path, tmp_path: Path
) -> None:
    put(folder, "{{Fiche|license=CC BY-SA 4.0|Tags=eau}}")

    def bot(*words: str | Path) -> Done:
        return run("--wiki", folder, "--mapping", mapping_folder, *words)

    assert "    → correction sûre : license → licence" in bot("check").out.splitlines()
    shown = bot("fix", "--plan", tmp_path / "plan.json")
    assert (shown.code, shown.out.splitlines()[:9]) == (
        3,
        [
            TITLE,
            "  Type de licence",
            "    paramètre : license → licence",
            "    - CC BY-SA 4.0",
            f"    + {CC}",
            "    (PAR104+VOC102)",
            "  Mots",
            "    paramètre : Tags → mots (la valeur reste)",
            "    (PAR104)",
        ],
    )
    assert (
        bot("plan", "show", tmp_path / "plan.json").out.splitlines()[:9]
        == (shown.out.splitlines()[:9])
    )
    done = bot("apply", tmp_path / "plan.json", "--format", "json")
    names = [(c["renamed_from"], c["parameter"]) for c in done.json["items"][0]["changes"]]
    assert names == [("license", "licence"), ("Tags", "mots")]
    undone = bot("undo", run_id(done))
    assert "retrouvera son texte d'avant" in undone.out


# --- on a real wiki ---

PAGE = "{{Lieu\n| nom   = Le Moulin\n| genre = ferme\n}}\n\nUn lieu au bord de l'eau."
FREE = "{{Lieu\n|nom=La Forge\n|genre=Atelier\n}}"


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench) -> MediaWikiBench:
    bench = fresh_mediawiki
    bench.import_pages({title: [text] for title, text in WIKI.items() if ":" in title})
    bench.edit_as_human("Le Moulin", PAGE)
    bench.edit_as_human("La Forge", FREE)
    return bench


@pytest.fixture
def wiki(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with MediaWiki.connect(bench.api, bench.account, bench.password) as opened:
        yield opened


def diff(old: str, new: str) -> list[str]:
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_parameter_that_the_wiki_renames_is_renamed_on_its_pages_and_back(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    folder, state = tmp_path / "mapping", tmp_path / "state"
    wikibot.discover(wiki, folder)
    assert wikibot.drift(wiki, wikibot.load_mapping(folder)) == ()

    bench.edit_as_human("Modèle:Lieu", TEMPLATE.replace("{{{genre|", "{{{categorie|"))
    bench.edit_as_human("Formulaire:Lieu", FORM.replace("field|genre|", "field|categorie|"))
    stale = wikibot.load_mapping(folder)
    found = wikibot.drift(wiki, stale)
    assert [(d.what, d.field, d.before, d.now) for d in found] == [
        ("renamed", "genre", "genre", "categorie")
    ]
    wikibot.discover(wiki, folder)
    mapping = wikibot.load_mapping(folder)
    assert wikibot.drift(wiki, mapping) == ()
    field = mapping.page_types[0].field("genre")
    assert field is not None
    assert (field.parameter, field.parameter_aliases, field.verified) == (
        *("categorie", ("genre",)),
        True,
    )

    pages = list(wiki.pages(["Le Moulin", "La Forge"]))
    old_name = [f for f in wikibot.check(pages, mapping, wiki) if f.rule == "PAR104"]
    assert [(str(f.title), f.field, f.safe) for f in old_name] == [
        ("Le Moulin", "genre", True),
        ("La Forge", "genre", True),
    ]
    plan = wikibot.fix(pages, mapping, wiki)
    done = wikibot.apply(plan, wiki, state=state)
    assert (done.exit_code, done.counts["done"]) == (0, 2)
    assert all(item.verified for item in done.items)
    assert diff(PAGE, bench.text("Le Moulin")) == ["- | genre = ferme", "+ | categorie = Ferme"]
    assert diff(FREE, bench.text("La Forge")) == ["- |genre=Atelier", "+ |categorie=Atelier"]
    now = list(wiki.pages(["Le Moulin", "La Forge"]))
    assert wikibot.fix(now, mapping, wiki).edits == ()
    comments = [revision["comment"] for revision in bench.bot_revisions("Le Moulin")]
    assert all("(paramètre renommé)" in comment for comment in comments) and len(comments) == 1

    undone = wikibot.undo(done.id, wiki, state=state)
    assert (undone.exit_code, undone.counts["done"]) == (0, 2)
    assert (bench.text("Le Moulin"), bench.text("La Forge")) == (PAGE, FREE)


def test_a_person_who_saves_in_between_keeps_their_edit_and_gets_the_old_name_back(
    bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path
) -> None:
    folder, state = tmp_path / "mapping", tmp_path / "state"
    wikibot.discover(wiki, folder)
    bench.edit_as_human("Modèle:Lieu", TEMPLATE.replace("{{{genre|", "{{{categorie|"))
    bench.edit_as_human("Formulaire:Lieu", FORM.replace("field|genre|", "field|categorie|"))
    wikibot.discover(wiki, folder)
    mapping = wikibot.load_mapping(folder)
    plan = wikibot.fix([wiki.page("Le Moulin")], mapping, wiki)
    bench.edit_as_human("Le Moulin", PAGE.replace("Le Moulin", "Le Vieux Moulin"))
    done = wikibot.apply(plan, wiki, state=state)
    assert (done.exit_code, [item.verified for item in done.items]) == (0, [True])
    text = bench.text("Le Moulin")
    assert text == PAGE.replace("Le Moulin", "Le Vieux Moulin").replace(
        "genre = ferme", "categorie = Ferme"
    )
    bench.edit_as_human("Le Moulin", text + " On y moud.")
    assert wikibot.undo(done.id, wiki, state=state).exit_code == 0
    assert bench.text("Le Moulin") == PAGE.replace("Le Moulin", "Le Vieux Moulin") + " On y moud."


WRITTEN = {  # the page, what is set, the page afterwards
    "a value under an old name takes the new one": (
        "{{Fiche\n|license=Licence MIT\n|nom=Haies\n}}\n",
        "licence=CC BY-SA 4.0",
        f"{{{{Fiche\n|licence={CC}\n|nom=Haies\n}}}}\n",
    ),
    "so does a list that gets one more item": (
        "{{Fiche\n|Tags=eau\n}}\n",
        "mots+=mare",
        "{{Fiche\n|mots=eau, mare\n}}\n",
    ),
    "a name that nobody has verified stays": (
        "{{Fiche\n|stade=idée\n}}\n",
        "niveau=essai",
        "{{Fiche\n|stade=essai\n}}\n",
    ),
    "where both names are filled the one that counts is written": (
        "{{Fiche\n|license=Licence MIT\n|licence=Licence MIT\n}}\n",
        "licence=CC BY-SA 4.0",
        f"{{{{Fiche\n|license=Licence MIT\n|licence={CC}\n}}}}\n",
    ),
    "a value that goes needs no name": (
        "{{Fiche\n|license=Licence MIT\n|nom=Haies\n}}\n",
        "licence=",
        "{{Fiche\n|nom=Haies\n}}\n",
    ),
}


@pytest.mark.parametrize(("text", "assignment", "written"), WRITTEN.values(), ids=WRITTEN)
def test_what_is_set_stands_under_the_name_that_shows(
    folder: Path, mapping: wikibot.Mapping, text: str, assignment: str, written: str
) -> None:
    put(folder, text)
    wiki = FolderWiki.open(folder)
    plan = wikibot.set_fields([wiki.page(TITLE)], [assignment], mapping, wiki)
    done = wikibot.apply(plan, wiki)
    assert wiki.page(TITLE).text == written
    wikibot.undo(done.id, wiki)
    assert wiki.page(TITLE).text == text
