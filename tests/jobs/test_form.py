"""The form of `edit`: what a page holds reads back exactly, what a person changes is taken."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import MAPPING, bytes_of
from wikibot import value
from wikibot.edits import Record, records_of
from wikibot.errors import EditConflict, InputError, LockHeld, PageMissing
from wikibot.jobs.editing import begin_form, draft_of, is_untouched, take_form
from wikibot.jobs.form.answers import MARK, Problem, noted, read_answers, without_notes
from wikibot.jobs.form.draft import alone, discard, find_draft, set_aside, text_of
from wikibot.jobs.form.layout import form_text
from wikibot.jobs.form.lines import array, block, lines_of_keys, string
from wikibot.language import Language, same
from wikibot.page import Page, Revision
from wikibot.title import FRENCH
from wikibot.wiki.folder import FolderWiki
from wikibot.wikitext import FRENCH_WIKI

ANY = st.text(max_size=30)
NASTY = st.lists(
    st.sampled_from(["'", '"', "'''", '"""', "\\", "\n", "\r", "\r\n", "\t", " ", "\u202e", "é"])
    | st.sampled_from(["#", "=", "[", "]", "{", "}", "licence = x", "[2]", "\x1b", "\u2028", "🌍"]),
    max_size=8,
).map("".join)
TEXTS = ANY | NASTY


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=4), st.booleans())
@example("a'''", "'''gras''' et \"\"\"", ["fin\\"], True)
@example("", "", [], False)
@example('"', '""""""', ['"""'], True)
def test_every_value_reads_back_exactly(
    line: str, text: str, items: list[str], wikitext: bool
) -> None:
    written = (
        f"a = {string(line)}\nb = {block(text, wikitext=wikitext)}\n"
        f"c = {array(items)}\nd = {string(text)}\n"
    )
    assert tomllib.loads(written) == {"a": line, "b": text, "c": items, "d": text}
    assert set(lines_of_keys(written)) == {(1, key) for key in "abcd"}
    lines = written.split("\n")
    for (_, key), number in lines_of_keys(written).items():
        assert lines[number].startswith(f"{key} = ")


def page(text: str) -> Page:
    revision = Revision(7, 0, datetime(2026, 1, 31, tzinfo=UTC), "Camille Exemple")
    return Page(3, FRENCH.parse("Haies"), revision, text)


def records(text: str) -> tuple[Record, ...]:
    return records_of(page(text), MAPPING, FRENCH_WIKI)


WRITABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=30
)
FIELDS = st.sampled_from(["Titre", "shortDescription", "description", "from", "licence", "Tags"])


@given(st.dictionaries(FIELDS, WRITABLE.map(value.encode) | NASTY.map(value.without_comments)))
def test_a_form_that_nobody_changed_changes_nothing(parameters: dict[str, str]) -> None:
    said = "".join(f"\n|{name}={text}" for name, text in parameters.items())
    found = records(f"{{{{Ressource{said}\n}}}}")
    if not found:
        return
    languages: tuple[Language, ...] = ("fr", "en")
    for language in languages:
        form = form_text(found, MAPPING, language)
        answers = read_answers(form, found, MAPPING)
        assert (answers.typed, answers.problems) == ({}, ())


def test_the_form_explains_each_field_and_has_long_texts_as_they_are() -> None:
    form = form_text(records(PAGE), MAPPING, "fr")
    assert form.startswith(
        "# Haies — Commun\n# Modifiée le 31 janvier 2026 à 0 h 00 par Camille Exemple.\n#\n"
    )
    assert (
        "# Type de licence — un terme, obligatoire\n"
        "# Une licence ouverte, nommée avec sa version : c'est une condition de l'appel à "
        "communs.\n"
        "# Au choix : Creative Commons BY 4.0 · "
    ) in form
    assert 'licence = "Licence Ouverte 2.0 (Etalab)"\n' in form
    assert 'tags = [\n  "haie",\n  "bocage",\n]\n' in form
    assert 'description = """\nUn atlas que tiennent' in form
    assert all(len(line) <= 100 for line in form.split("\n") if line.startswith("#"))
    assert all(line.isprintable() for line in form.split("\n"))


def test_a_computed_field_is_told_and_not_to_be_filled() -> None:
    commun = MAPPING.page_type("commun")
    assert commun is not None
    computed = [
        field.model_copy(update={"computed": True}) if field.id == "niveau" else field
        for field in commun.fields
    ]
    types = tuple(
        t.model_copy(update={"fields": tuple(computed)}) if t.id == "commun" else t
        for t in MAPPING.page_types
    )
    mapping = wikibot.Mapping(
        wiki=MAPPING.wiki, page_types=types, vocabularies=MAPPING.vocabularies
    )
    found = records_of(page(PAGE), mapping, FRENCH_WIKI)
    form = form_text(found, mapping, "fr")
    assert "# niveau : Idée\n" in form
    answers = read_answers(f'{form}niveau = "Autre"\n', found, mapping)
    assert [problem.place for problem in answers.problems] == [(1, "niveau")]


def test_what_repeats_on_a_page_has_tables_of_its_own() -> None:
    text = "{{Diagnostic|territoire=A}}{{Réponse au diagnostic|preuve=a}}{{Réponse au diagnostic}}"
    found = records(text)
    form = form_text(found, MAPPING, "fr")
    assert "\n# — Réponse au diagnostic (3/3)\n[3]\n" in form
    assert form.count("# Preuve — ") == 1  # explained once
    at = form.index("[3]")
    changed = form[:at] + form[at:].replace('preuve = """\n"""', 'preuve = "b"')
    answers = read_answers(changed, found, MAPPING)
    assert (answers.wikitext, answers.problems) == ({(3, "preuve"): "b"}, ())
    answers = read_answers(f"{form}\n[4]\npreuve = 'c'\n", found, MAPPING)
    assert "n'a que 3 fiches" in answers.problems[0].message.fr


def test_markup_in_a_plain_field_is_shown_as_it_is_written_and_stays_markup() -> None:
    found = records("{{Ressource|from=[[Mairie|La mairie]], Les Berges|referent=[[Camille]]}}")
    form = form_text(found, MAPPING, "fr")
    assert 'porte_par = "[[Mairie|La mairie]], Les Berges"\n' in form
    answers = read_answers(form.replace("Les Berges", "Le lycée"), found, MAPPING)
    assert answers.wikitext == {(1, "porte_par"): "[[Mairie|La mairie]], Le lycée"}


SAID = [
    ('licence = "CC BY-SA 4.0"', "licence", "Creative Commons BY SA 4.0"),
    ('Licence = "CC BY-SA 4.0"', "licence", "Creative Commons BY SA 4.0"),
    ('licence = ["CC0"]', "licence", "Creative Commons Zero 1.0"),
    ("licence = []", "licence", ""),
    ("montant = 24_500", "montant", "24500"),
    ("montant = 24500.50", "montant", "24500,50"),
    ('montant = "24 500 €"', "montant", "24500"),
    ('tags = "mare, eau"', "tags", "mare, eau"),
    ('tags = ["mare",\n "eau"]', "tags", "mare, eau"),
    ("titre = '''Le \\ grand\n'''", "titre", "Le \\ grand"),
    ('description = """un\r\ndeux"""', "description", "un\ndeux"),
]


@pytest.mark.parametrize(("line", "field", "wikitext"), SAID)
def test_a_value_may_be_typed_in_many_ways(line: str, field: str, wikitext: str) -> None:
    found = records("{{Ressource|licence=MIT|Tags=haie}}")
    answers = read_answers(line, found, MAPPING)
    assert (answers.wikitext, answers.problems) == ({(1, field): wikitext}, ())


def test_a_date_without_quotes_is_a_date() -> None:
    found = records("{{Actionable|SUMMARY=Relire}}")
    answers = read_answers("echeance = 2027-03-03\nresume = 'Lire'\n", found, MAPPING)
    assert answers.wikitext == {(1, "echeance"): "2027-03-03", (1, "resume"): "Lire"}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('licence = "CC-BI"', (1, "licence"), "« CC-BI » n'est pas dans le vocabulaire. Valeurs"),
        ('lisence = "x"', (1, "lisence"), "Aucun champ « lisence ». Vouliez-vous dire : licence"),
        ('licence = ["MIT", "CC0"]', (1, "licence"), "il n'y va qu'une valeur"),
        ("licence = true", (1, "licence"), "écrivez la valeur entre guillemets"),
        ("licence = {a = 1}", (1, "licence"), "écrivez la valeur entre guillemets"),
        ('titre = "a\\nb"', (1, "titre"), "il tient sur une seule ligne"),
        ('titre = "a\\u0007b"', (1, "titre"), "caractère de contrôle"),
        ('tags = ["a, b"]', (1, "tags"), "qui sépare les valeurs"),
        ('licence = "MIT"\nLicence = "CC0"', (1, "Licence"), "deux fois"),
        ("a = 1\nlicence = MIT\nb = 2", None, "Ligne 3 « licence = MIT » : une valeur s'écrit"),
        ('titre = "a\nb"', None, 'Ligne 2 « titre = "a »'),
        ("description = '''un\n", None, "n'est pas refermé par '''"),
        ("description = '''un '''gras''' mot'''", None, "Ligne 2"),
        ("tags = ['a' 'b']", None, "il manque une virgule ou un ]"),
        ("licence = 'a'\nlicence = 'b'", None, "ce champ y est deux fois"),
        ("licence", None, "il manque un ="),
        ('titre = "\\c"', None, "la barre \\ s'écrit \\\\"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    text: str, place: tuple[int, str] | None, said: str
) -> None:
    answers = read_answers(text, records("{{Ressource|licence=ODbL 1.0}}"), MAPPING)
    problem = answers.problems[-1]
    assert problem.place == place
    assert said in problem.message.fr


def test_a_line_taken_out_and_an_empty_file_leave_the_fields_alone() -> None:
    assert not read_answers("", records(PAGE), MAPPING).typed
    assert not read_answers("# rien", records(PAGE), MAPPING).typed


def test_notes_stand_above_their_field_and_come_out_again_exactly() -> None:
    text = "# Haies\n\ntags = [\n  'licence = 1',\n]\nlicence = 'x'\n[2]\nlicence = 'y'\n"
    problems = [
        Problem((1, "licence"), same("faux\net \x1b")),
        Problem((2, "licence"), same("aussi")),
        Problem((1, "autre"), same("ailleurs")),
    ]
    with_notes, notes = noted(text, problems, "fr")
    assert with_notes.split("\n") == [
        f"# {MARK} À corriger, marqué {MARK} : licence",
        f"# {MARK} ailleurs",
        *text.split("\n")[:5],
        f"# {MARK} faux et \\u001b",
        "licence = 'x'",
        "[2]",
        f"# {MARK} aussi",
        "licence = 'y'",
        "",
    ]
    assert without_notes(with_notes, notes) == text
    assert without_notes(with_notes.replace("faux et", "Faux et"), notes).count(MARK) == 1


@given(st.lists(TEXTS, min_size=3, max_size=3), st.lists(st.sampled_from("abc"), max_size=3))
def test_notes_never_change_what_the_form_says(texts: list[str], wrong: list[str]) -> None:
    form = "".join(f"{k} = {block(t)}\n" for k, t in zip("abc", texts, strict=True))
    problems = [Problem((1, key), same("non")) for key in wrong]
    with_notes, notes = noted(form, problems, "fr")
    assert tomllib.loads(with_notes) == tomllib.loads(form)
    assert without_notes(with_notes, notes) == form


class TestTheFormOfAPage:
    @pytest.fixture
    def wiki(self, tmp_path: Path) -> FolderWiki:
        (tmp_path / "Haies.wikitext").write_text(PAGE)
        return FolderWiki(tmp_path)

    def begin(self, wiki: FolderWiki) -> wikibot.Draft:
        return begin_form(wiki.page("Haies"), MAPPING, wiki, "fr")

    def take(self, wiki: FolderWiki, draft: wikibot.Draft, *pairs: str) -> wikibot.Taken:
        text = text_of(draft)
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        return take_form(draft, text, MAPPING, wiki, "fr")

    def edit_by_hand(self, wiki: FolderWiki, old: str, new: str) -> None:
        (Path(wiki.place) / "Haies.wikitext").write_text(PAGE.replace(old, new))

    def test_is_kept_for_the_person_alone(self, wiki: FolderWiki) -> None:
        draft = self.begin(wiki)
        assert draft.path == draft_of(wiki, wiki.page("Haies"))
        assert draft.path.name.startswith("haies-")
        assert draft.path.stat().st_mode & 0o777 == 0o600
        assert draft.path.with_suffix(".json").stat().st_mode & 0o777 == 0o600
        assert draft.path.parent.stat().st_mode & 0o777 == 0o700
        assert find_draft(draft.path, FRENCH) == draft
        assert is_untouched(draft, text_of(draft), MAPPING, wiki)
        with alone(draft.path):
            with pytest.raises(LockHeld), alone(draft.path):
                pytest.fail("two editors of one form")
            discard(draft)
        assert not draft.path.parent.exists()

    def test_changes_the_fields_that_were_changed_and_no_other_byte(self, wiki: FolderWiki) -> None:
        taken = self.take(wiki, self.begin(wiki), '"Idée"', '"Autre"', '  "bocage",\n', "")
        assert taken.plan is not None
        assert wikibot.apply(taken.plan, wiki).exit_code == 0
        changed = PAGE.replace("niveau=Idée", "niveau=Autre").replace("haie, bocage", "haie")
        assert bytes_of(Path(wiki.place))["Haies"] == changed.encode()

    def test_unchanged_plans_nothing(self, wiki: FolderWiki) -> None:
        taken = self.take(wiki, self.begin(wiki))
        assert taken.plan is not None
        assert not taken.plan.edits

    def test_all_that_is_wrong_is_noted_beside_the_fields_at_once(self, wiki: FolderWiki) -> None:
        taken = self.take(
            *(wiki, self.begin(wiki), "Licence Ouverte 2.0 (Etalab)", "CC-BI"),
            *('montant = ""', 'montant = "beaucoup"', 'niveau = "', 'nivau = "'),
            *('"Haie-en-fleurs.jpg"', '"sans extension"'),
        )
        assert taken.plan is None
        assert {problem.place for problem in taken.problems} >= {
            (1, "licence"),
            (1, "montant"),
            (1, "nivau"),
        }
        lines = text_of(taken.draft).split("\n")
        for start in ('licence = "CC-BI"', 'montant = "beaucoup"', 'nivau = "'):
            at = next(n for n, line in enumerate(lines) if line.startswith(start))
            assert lines[at - 1].startswith(f"# {MARK} ")
        kept = find_draft(taken.draft.path, FRENCH)
        assert kept == taken.draft
        again = self.take(
            *(wiki, taken.draft, '"CC-BI"', '"MIT"', '"beaucoup"', '""', "nivau", "niveau"),
            *('"sans extension"', '"Haie-en-fleurs.jpg"'),
        )
        assert again.plan is not None
        (change,) = again.plan.edits[0].changes
        assert (change.field, change.new) == ("licence", "MIT")

    def test_a_value_that_no_page_can_hold_is_noted_at_its_field(self, wiki: FolderWiki) -> None:
        taken = self.take(wiki, self.begin(wiki), "Un atlas que tiennent", "{{Un atlas")
        assert [problem.place for problem in taken.problems] == [(1, "description")]

    def test_what_others_changed_elsewhere_meanwhile_stays(self, wiki: FolderWiki) -> None:
        draft = self.begin(wiki)
        self.edit_by_hand(wiki, "haie, bocage", "mare")
        taken = self.take(wiki, draft, '"Idée"', '"Autre"')
        assert taken.plan is not None
        assert taken.plan.edits[0].base_revid == wiki.page("Haies").revision.id
        assert wikibot.apply(taken.plan, wiki).exit_code == 0
        assert "|niveau=Autre\n" in wiki.page("Haies").text
        assert "|Tags=mare\n" in wiki.page("Haies").text

    def test_what_others_wrote_alike_meanwhile_is_no_change_any_more(
        self, wiki: FolderWiki
    ) -> None:
        draft = self.begin(wiki)
        self.edit_by_hand(wiki, "niveau=Idée", "niveau=Autre")
        taken = self.take(wiki, draft, '"Idée"', '"Autre"')
        assert taken.plan is not None
        assert not taken.plan.edits

    def test_a_field_that_both_changed_is_a_conflict_and_the_form_has_both(
        self, wiki: FolderWiki
    ) -> None:
        draft = self.begin(wiki)
        (Path(wiki.place) / "Haies.wikitext").write_text(
            PAGE.replace("niveau=Idée", "niveau=Preuve").replace("haie, bocage", "mare")
        )
        with pytest.raises(EditConflict) as conflict:
            self.take(wiki, draft, '"Idée"', '"Autre"')
        assert "« niveau »" in conflict.value.message.fr
        fresh = find_draft(draft.path, FRENCH)
        assert fresh is not None
        text = text_of(fresh)
        assert 'niveau = "Autre"' in text
        assert "la page contient ici « Preuve »" in text
        assert 'tags = [\n  "mare",\n]' in text  # the other's work is not to be undone
        assert 'niveau = "Autre"' in draft.path.with_suffix(".1.toml").read_text()
        taken = take_form(fresh, text, MAPPING, wiki, "fr")
        assert taken.plan is not None
        (change,) = taken.plan.edits[0].changes
        assert (change.old, change.new) == ("Preuve", "Autre")

    def test_of_a_page_with_several_records_any_edit_meanwhile_is_looked_at(
        self, tmp_path: Path
    ) -> None:
        text = "{{Diagnostic|territoire=A}}" + "{{Réponse au diagnostic|preuve=a}}" * 2
        (tmp_path / "Haies.wikitext").write_text(text)
        wiki = FolderWiki(tmp_path)
        draft = self.begin(wiki)
        typed = text_of(draft)[: text_of(draft).index("[3]")] + '[3]\npreuve = "b"\n'
        (tmp_path / "Haies.wikitext").write_text(text.replace("territoire=A", "territoire=C"))
        with pytest.raises(EditConflict):
            take_form(draft, typed, MAPPING, wiki, "fr")
        fresh = find_draft(draft.path, FRENCH)
        assert fresh is not None
        assert "La page a changé entre-temps : la page contient ici « a »" in text_of(fresh)
        taken = take_form(fresh, text_of(fresh), MAPPING, wiki, "fr")
        assert taken.plan is not None
        (change,) = taken.plan.edits[0].changes
        assert (change.index, change.old, change.new) == (1, "a", "b")
        (tmp_path / "Haies.wikitext").write_text(text.rpartition("{{")[0])
        with pytest.raises(EditConflict) as conflict:
            take_form(fresh, text_of(fresh), MAPPING, wiki, "fr")
        assert conflict.value.advice is not None
        assert "--restart" in conflict.value.advice.fr

    def test_a_page_that_is_gone_meanwhile_is_told_and_the_form_stays(
        self, wiki: FolderWiki
    ) -> None:
        draft = self.begin(wiki)
        (Path(wiki.place) / "Haies.wikitext").unlink()
        with pytest.raises(PageMissing):
            self.take(wiki, draft, '"Idée"', '"Autre"')
        assert draft.path.exists()

    def test_put_aside_it_is_never_written_over(self, wiki: FolderWiki) -> None:
        first = self.begin(wiki).path
        assert set_aside(first).name == first.with_suffix(".1.toml").name
        second = self.begin(wiki).path
        assert set_aside(second).name == first.with_suffix(".2.toml").name

    @pytest.mark.parametrize("damage", ["", "{}", '{"format": 2}', "nothing"])
    def test_without_what_it_was_made_from_it_is_not_taken_up(
        self, wiki: FolderWiki, damage: str
    ) -> None:
        draft = self.begin(wiki)
        origin = draft.path.with_suffix(".json")
        if damage == "nothing":
            origin.unlink()
        else:
            origin.write_text(damage)
        with pytest.raises(InputError, match="cannot be taken up"):
            find_draft(draft.path, FRENCH)
        assert draft.path.exists()

    def test_windows_may_save_it(self, wiki: FolderWiki) -> None:
        draft = self.begin(wiki)
        text = "\ufeff" + text_of(draft).replace("Idée", "Autre").replace("\n", "\r\n")
        draft.path.write_bytes(text.encode())
        taken = take_form(draft, text_of(draft), MAPPING, wiki, "fr")
        assert taken.plan is not None
        assert [change.field for change in taken.plan.edits[0].changes] == ["niveau"]

    def test_in_another_encoding_it_is_refused_and_stays(self, wiki: FolderWiki) -> None:
        draft = self.begin(wiki)
        draft.path.write_bytes(text_of(draft).encode("utf-16"))
        with pytest.raises(InputError, match="not UTF-8"):
            text_of(draft)
