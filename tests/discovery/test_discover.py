"""mapping discover on a small wiki: what it finds, writes, keeps; and that it is done once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.command import run
from tests.discovery.support import WIKI, write_wiki
from wikibot import Discovered, check, discover, load_mapping, open_wiki
from wikibot.errors import InputError, MappingError
from wikibot.mapping import Mapping


def discovered(tmp_path: Path, pages: dict[str, str] = WIKI) -> tuple[Discovered, Mapping]:
    wiki = open_wiki(write_wiki(tmp_path / "wiki", pages))
    done = discover(wiki, tmp_path / "mapping")
    return done, load_mapping(tmp_path / "mapping")


def lieu(mapping: Mapping, field_id: str) -> dict[str, object]:
    page_type = mapping.page_type("lieu")
    assert page_type is not None
    field = page_type.field(field_id)
    assert field is not None
    return field.model_dump(exclude_defaults=True, exclude={"id", "label", "parameter"})


def test_page_types_are_those_whose_calls_hold_fields(tmp_path: Path) -> None:
    _, mapping = discovered(tmp_path)
    found = {
        t.id: (t.template, t.template_aliases, t.category, t.form, t.part_of, t.repeats)
        for t in mapping.page_types
    }
    assert found == {
        "lieu": ("Lieu", ("Place",), "Lieu", "Lieu", None, False),
        "visite": ("Visite", (), None, None, "lieu", True),
    }


def test_a_part_of_a_form_names_the_page_type_as_the_folder_does(tmp_path: Path) -> None:
    wiki = open_wiki(write_wiki(tmp_path / "wiki"))
    discover(wiki, tmp_path / "mapping", ["Lieu"])
    file = tmp_path / "mapping/page_types/lieu.toml"
    file.write_text(file.read_text().replace('id = "lieu"', 'id = "endroit"', 1))
    discover(wiki, tmp_path / "mapping")
    found = {t.id: (t.form, t.part_of) for t in load_mapping(tmp_path / "mapping").page_types}
    assert found == {"endroit": ("Lieu", None), "visite": (None, "endroit")}


def test_a_part_that_was_found_alone_becomes_a_part_later(tmp_path: Path) -> None:
    wiki = open_wiki(write_wiki(tmp_path / "wiki"))
    discover(wiki, tmp_path / "mapping", ["Visite"])
    discover(wiki, tmp_path / "mapping")
    visite = load_mapping(tmp_path / "mapping").page_type("visite")
    assert visite is not None and visite.part_of == "lieu"
    before = snapshot(tmp_path / "mapping")
    discover(wiki, tmp_path / "mapping", ["Visite"])
    discover(wiki, tmp_path / "mapping")
    assert snapshot(tmp_path / "mapping") == before


def test_yes_and_no_in_a_form_are_no_vocabulary_where_the_property_is_a_boolean(
    tmp_path: Path,
) -> None:
    pages = WIKI | {
        "Attribut:Commune": "[[A le type::Booléen]]",
        "Formulaire:Lieu": WIKI["Formulaire:Lieu"].replace(
            "{{{field|commune}}}", "{{{field|commune|input type=dropdown|values=Oui,Non}}}"
        ),
    }
    _, mapping = discovered(tmp_path, pages)
    assert lieu(mapping, "commune") == {
        "kind": "boolean", "property": "Commune", "parameter_aliases": ("Commune",),
        "verified": True,
    }  # fmt: skip


def test_fields_stand_in_the_order_of_the_form(tmp_path: Path) -> None:
    _, mapping = discovered(tmp_path)
    page_type = mapping.page_type("lieu")
    assert page_type is not None
    assert [f.parameter for f in page_type.fields] == [
        "nom", "genre", "commune", "ouverture", "mots", "texte", "surface", "site", "voisin",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field_id", "wanted"),
    [
        ("nom", {"kind": "text", "parameter_aliases": ("titre",), "required": "error"}),
        (
            "genre",
            {"kind": "term", "property": "Genre", "vocabulary": "genre", "required": "error"},
        ),
        ("commune", {"kind": "page", "property": "Commune", "parameter_aliases": ("Commune",)}),
        ("ouverture", {"kind": "date", "property": "Ouverture"}),
        (
            "mots",
            {"kind": "text", "property": "Mot", "many": True, "separator": ";", "keywords": True},
        ),
        ("texte", {"kind": "longtext", "wikitext": True}),
        ("surface", {"kind": "text"}),
        ("site", {"kind": "url"}),
        ("voisin", {"kind": "page", "property": "Voisin"}),
    ],
)
def test_each_field_is_what_template_form_and_property_say(
    tmp_path: Path, field_id: str, wanted: dict[str, object]
) -> None:
    _, mapping = discovered(tmp_path)
    assert lieu(mapping, field_id) == {**wanted, "verified": True}


def test_a_page_that_cannot_be_read_and_an_unknown_parameter_are_told(tmp_path: Path) -> None:
    done, _ = discovered(tmp_path)
    notes = " ".join(note.fr for note in done.found.notes)
    assert "« inconnu » est dans 1 fiche" in notes


def test_every_decision_has_its_reason(tmp_path: Path) -> None:
    done, _ = discovered(tmp_path)
    for found in done.found.types[0].fields:
        keys = {reason.key for reason in found.reasons}
        assert {"parameter", "kind"} <= keys
        assert "separator" in keys or not found.field.many
        assert "required" in keys or not found.field.required


def test_from_pages_alone_everything_is_a_guess(tmp_path: Path) -> None:
    pages = {
        f"Lieu {n}": f"{{{{Lieu|nom=Lieu {n}|mots=pain, miel, sel|ouverture=2026-0{n}-01|"
        f"genre={'Ferme' if n % 2 else 'Atelier'}|site=https://lieu.example.org/{n}}}}}"
        for n in range(1, 10)
    }
    done, mapping = discovered(tmp_path, pages)
    kinds = {f.parameter: (f.kind, f.many) for f in mapping.page_types[0].fields}
    assert kinds == {
        "nom": ("text", False),
        "mots": ("text", True),
        "ouverture": ("date", False),
        "genre": ("term", False),
        "site": ("url", False),
    }
    assert not any(f.verified for f in mapping.page_types[0].fields)
    assert mapping.vocabularies[0].open
    text = (tmp_path / "mapping/page_types/lieu.toml").read_text()
    assert text.count("# supposé : ") >= 2 * len(kinds)
    assert all(r.guessed for f in done.found.types[0].fields for r in f.reasons)


def test_discovering_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    discovered(tmp_path)
    before = snapshot(tmp_path / "mapping")
    done, _ = discovered(tmp_path)
    assert (done.written.files, done.written.changes) == ({}, [])
    assert snapshot(tmp_path / "mapping") == before


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns)
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_a_persons_comments_fields_and_choices_survive(tmp_path: Path) -> None:
    discovered(tmp_path)
    file = tmp_path / "mapping/page_types/lieu.toml"
    text = file.read_text()
    text = text.replace(
        'label = { fr = "Commune", en = "Commune" }',
        'label = { fr = "Village", en = "Village" } # à nous',
    )
    text = text.replace('kind = "url" ', 'kind = "text" ')
    text = text.replace(
        '[[fields]]\nid = "genre"', '# --- le genre ---\n\n[[fields]]\nid = "genre"'
    )
    text += '\n[[fields]]\nid = "nous"\nlabel = { fr = "Nous", en = "We" }\n'
    text += 'parameter = "nous"\nkind = "text"\n'
    file.write_text(text)
    pages = WIKI | {"Modèle:Lieu": WIKI["Modèle:Lieu"].replace("{{{nom|", "{{{neuf|}}} {{{nom|")}
    done, mapping = discovered(tmp_path, pages)
    after = file.read_text()
    assert [line for line in text.splitlines() if line not in after.splitlines()] == []
    assert '# --- le genre ---\n\n[[fields]]\nid = "genre"' in after
    assert lieu(mapping, "neuf")["verified"] is True
    assert any("lieu.site : kind est « text » ici" in d.fr for d in done.written.differs)
    assert any("lieu.nous" in d.fr for d in done.written.differs)


def test_an_unverified_field_is_settled_by_the_wiki(tmp_path: Path) -> None:
    discovered(tmp_path)
    file = tmp_path / "mapping/page_types/lieu.toml"
    text = file.read_text()
    start = text.index('[[fields]]\nid = "ouverture"')
    end = text.index("[[fields]]", start + 5)
    own = (
        '[[fields]]\nid = "debut"\nlabel = { fr = "Début", en = "Start" }\n'
        'parameter = "debut" # vu où ?\nproperty = "Ouverture"\nkind = "text"\n\n'
    )
    file.write_text(text[:start] + own + text[end:])
    _, mapping = discovered(tmp_path)
    assert lieu(mapping, "debut") == {
        "kind": "text", "property": "Ouverture", "verified": True, "parameter_aliases": ("debut",),
    } | {"kind": "date"}  # fmt: skip
    assert 'parameter = "ouverture" # vu où ?' in file.read_text()


def test_a_length_that_the_form_limits_joins_a_field_nobody_vouched_for(tmp_path: Path) -> None:
    discovered(tmp_path)
    file = tmp_path / "mapping/page_types/lieu.toml"
    text = file.read_text()
    surface = text.index('id = "surface"')
    file.write_text(text[:surface] + text[surface:].replace("verified = true\n", "", 1))
    limited = WIKI["Formulaire:Lieu"].replace("{{{field|surface", "{{{field|surface|maxlength=9")
    limited = limited.replace("{{{field|nom", "{{{field|nom|maxlength=9")
    _, mapping = discovered(tmp_path, WIKI | {"Formulaire:Lieu": limited})
    assert lieu(mapping, "surface")["max_length"] == 9
    assert "max_length" not in lieu(mapping, "nom")


def test_a_renamed_parameter_keeps_its_field_and_its_old_name(tmp_path: Path) -> None:
    discovered(tmp_path)
    pages = {
        t: x.replace("{{{ouverture|}}}", "{{{date_ouverture|}}}").replace(
            "field|ouverture", "field|date_ouverture"
        )
        for t, x in WIKI.items()
    }
    _, mapping = discovered(tmp_path, pages)
    field = mapping.page_types[0].field("ouverture")
    assert field is not None
    assert (field.parameter, field.parameter_aliases) == ("date_ouverture", ("ouverture",))


def test_a_new_value_joins_its_vocabulary_and_none_leaves(tmp_path: Path) -> None:
    discovered(tmp_path)
    pages = WIKI | {"Attribut:Genre": "[[Valeur possible::Atelier]] [[Valeur possible::Jardin]]"}
    done, mapping = discovered(tmp_path, pages)
    assert [t.label for t in mapping.vocabularies[0].terms] == ["Ferme", "Atelier", "Jardin"]
    assert any("« Ferme »" in d.fr for d in done.written.differs)


def test_a_value_that_its_list_would_cut_is_told_and_left_out(tmp_path: Path) -> None:
    pages = WIKI | {
        "Modèle:Lieu": "{{#set:Genre={{{genre|}}}|+sep=,}}",
        "Attribut:Genre": "[[Valeur possible::Bois, pierre]] [[Valeur possible::Terre]]",
    }
    done, mapping = discovered(tmp_path, pages)
    assert [t.label for t in mapping.vocabularies[0].terms] == ["Terre"]
    assert any("Bois, pierre" in note.fr for note in done.found.notes)


@pytest.mark.parametrize(
    ("property_page", "kind"),
    [
        ("[[A le type::Quantité]] [[Correspond à::1 €, EUR]]", "amount"),
        ("[[Has type::Quantity]] [[Corresponds to::1 euro]]", "amount"),
        ("[[Has type::Quantity]] [[Corresponds to::1 km²]] [[Corresponds to::100 ha]]", "number"),
        ("[[Has type::Quantity]]", "number"),
        ("[[Has type::Temperature]]", "number"),
    ],
)
def test_a_quantity_of_money_is_an_amount_any_other_a_number(
    tmp_path: Path, property_page: str, kind: str
) -> None:
    _, mapping = discovered(tmp_path, WIKI | {"Attribut:Commune": property_page})
    assert lieu(mapping, "commune")["kind"] == kind


def test_pages_of_more_than_a_megabyte_and_hundreds_of_values_do_no_harm(tmp_path: Path) -> None:
    values = [f"Genre {number}" for number in range(300)]
    long = (
        "{{Lieu\n|nom=Long\n|texte="
        + "Une ligne avec {{un|appel}} et [[un lien]].\n" * 25_000
        + "}}"
    )
    assert len(long) > 1_000_000
    pages = WIKI | {
        "Attribut:Genre": "".join(f"* [[Valeur possible::{value}]]\n" for value in values),
        "Long": long,
        "Modèle:Long": long,
    }
    done, mapping = discovered(tmp_path, pages)
    assert [t.label for t in mapping.vocabularies[0].terms] == values
    seen = done.sample.template("Lieu")
    assert seen is not None and seen.parameter("texte") is not None


def test_templates_in_circles_and_missing_ones_do_no_harm(tmp_path: Path) -> None:
    pages = WIKI | {
        "Modèle:Rond": "#REDIRECT [[Modèle:Carré]]",
        "Modèle:Carré": "#REDIRECT [[Modèle:Rond]]",
        "Modèle:Lieu": "{{Absent|{{{nom|}}}}}{{#set:A={{{a|}}}}}{{Lieu|{{{nom|}}}}}",
        "Attribut:A": "#REDIRECTION [[Attribut:A]]",
    }
    _, mapping = discovered(tmp_path, pages)
    assert lieu(mapping, "a")["property"] == "A"


def test_one_template_alone_can_be_asked_for(tmp_path: Path) -> None:
    wiki = open_wiki(write_wiki(tmp_path / "wiki"))
    discover(wiki, tmp_path / "m", ["visite"])
    assert [t.id for t in load_mapping(tmp_path / "m").page_types] == ["visite"]
    with pytest.raises(InputError, match="knows “Visiteur”"):
        discover(wiki, tmp_path / "m", ["Visiteur"])


def test_a_wiki_without_fields_is_told(tmp_path: Path) -> None:
    wiki = open_wiki(write_wiki(tmp_path / "wiki", {"Page": "Rien."}))
    with pytest.raises(InputError, match="No template of"):
        discover(wiki, tmp_path / "m")
    assert not (tmp_path / "m").exists()


def test_a_wrong_mapping_is_not_touched(tmp_path: Path) -> None:
    discovered(tmp_path)
    file = tmp_path / "mapping/page_types/lieu.toml"
    file.write_text(file.read_text().replace('kind = "date"', 'kind = "dates"'))
    before = snapshot(tmp_path / "mapping")
    with pytest.raises(MappingError, match="dates"):
        discovered(tmp_path)
    assert snapshot(tmp_path / "mapping") == before


def test_a_folder_without_its_wiki_toml_is_refused(tmp_path: Path) -> None:
    discovered(tmp_path)
    (tmp_path / "mapping/wiki.toml").unlink()
    with pytest.raises(InputError, match=r"wiki\.toml"):
        discovered(tmp_path)


comments = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=30)


@given(st.lists(st.tuples(st.integers(0, 200), comments), max_size=5))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_comments_anywhere_survive_an_update(
    tmp_path_factory: pytest.TempPathFactory, notes: list[tuple[int, str]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("x")
    discovered(tmp_path)
    file = tmp_path / "mapping/page_types/lieu.toml"
    lines = file.read_text().splitlines()
    for place, words in notes:
        lines.insert(place % (len(lines) + 1), f"# {words}")
    file.write_text("\n".join(lines) + "\n")
    form = WIKI["Formulaire:Lieu"].replace("{{{field|surface", "{{{field|neuf}}} {{{field|surface")
    _, mapping = discovered(tmp_path, WIKI | {"Formulaire:Lieu": form})
    after = file.read_text().splitlines()
    left = iter(after)
    assert all(line in left for line in lines if line)  # every line, in its order
    page_type = mapping.page_type("lieu")
    assert page_type is not None and page_type.field("neuf") is not None
    again, _ = discovered(tmp_path, WIKI | {"Formulaire:Lieu": form})
    assert again.written.files == {}


# --- on the command line ---


def test_the_command_says_what_it_decided_and_why(tmp_path: Path) -> None:
    folder = write_wiki(tmp_path / "wiki")
    shown = run("--wiki", str(folder), "mapping", "discover", "--into", str(tmp_path / "m"))
    assert shown.code == 0
    assert "obligatoire [Formulaire:Lieu]" in shown.out
    assert "terme du vocabulaire genre [Attribut:Genre : 2 valeurs permises]" in shown.out
    assert "page_types/lieu.toml : nouveau, 9 champs" in shown.out
    checked = run("--mapping", str(tmp_path / "m"), "mapping", "check")
    assert (checked.code, "correcte" in checked.out) == (0, True)
    again = run("--wiki", str(folder), "mapping", "discover", "--into", str(tmp_path / "m"))
    assert "Rien à changer" in again.out


def test_a_dry_run_shows_and_writes_nothing(tmp_path: Path) -> None:
    folder = write_wiki(tmp_path / "wiki")
    shown = run(
        "--wiki", str(folder), "mapping", "discover", "--into", str(tmp_path / "m"), "--dry-run"
    )
    assert "rien n'est écrit" in shown.out
    assert not (tmp_path / "m").exists()


def test_json_tells_the_same(tmp_path: Path) -> None:
    folder = write_wiki(tmp_path / "wiki")
    shown = run(
        "--wiki",
        str(folder),
        "mapping",
        "discover",
        "--into",
        str(tmp_path / "m"),
        "--format",
        "json",
    )
    told = json.loads(shown.out)
    assert told["written"] is True and "page_types/lieu.toml" in told["files"]
    fields = {f["id"]: f for f in told["page_types"][0]["fields"]}
    assert fields["mots"]["separator"] == ";"
    assert {"key": "required", "why": "Formulaire:Lieu", "guessed": False} in fields["nom"][
        "reasons"
    ]


def test_several_calls_of_a_template_made_for_it_are_no_finding(tmp_path: Path) -> None:
    _, mapping = discovered(tmp_path)
    wiki = open_wiki(tmp_path / "wiki")
    found = check([wiki.page("La Grange")], mapping, wiki)
    assert "PAG102" not in {finding.rule for finding in found}
    file = tmp_path / "mapping/page_types/visite.toml"
    file.write_text(file.read_text().replace("repeats = true", "repeats = false"))
    once = load_mapping(tmp_path / "mapping")
    found = check([wiki.page("La Grange")], once, wiki)
    assert "PAG102" in {finding.rule for finding in found}
