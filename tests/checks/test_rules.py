"""What holds for all rules: their names, their words, their order, and that they never raise."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot.checks as checks_module
from tests.checks.support import HERE, applied, findings, page, trial_mapping
from wikibot.checks import RULES, Rule, check_page
from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.language import Text
from wikibot.mapping import Field, load_mapping
from wikibot.value import encode
from wikibot.wikitext import FRENCH_WIKI

ALL = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
_HEADS = (
    ("What: ", "Quoi : "),
    ("Why: ", "Pourquoi : "),
    ("Example: ", "Exemple : "),
    ("Fix safety: ", "Correction : "),
)


def test_codes_and_names_are_those_that_were_published() -> None:
    """A code is written into journals and configurations: it is never given to another rule."""
    published = (HERE / "codes.txt").read_text("utf-8").split("\n")
    assert [f"{rule.code} {rule.name}" for rule in RULES.values()] == published[:-1]


def test_codes_and_names_are_unique_and_well_formed() -> None:
    assert len(RULES) >= 22
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    for code, rule in RULES.items():
        assert code == rule.code
        assert re.fullmatch(r"[A-Z]{3}[1-9]\d\d", code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


def test_each_rule_has_a_file_of_its_name() -> None:
    folder = Path(checks_module.__file__).parent
    for rule in RULES.values():
        assert (folder / f"{rule.name.replace('-', '_')}.py").is_file(), rule.name


@ALL
def test_documentation_has_its_four_paragraphs_in_both_languages(rule: Rule) -> None:
    for language, doc in enumerate((rule.doc, rule.doc_fr)):
        paragraphs = doc.split("\n\n")
        heads = [pair[language] for pair in _HEADS]
        assert len(paragraphs) == len(heads)
        for head, paragraph in zip(heads, paragraphs, strict=True):
            assert paragraph.startswith(head)
            assert len(paragraph) > len(head) + 20
            assert paragraph.endswith(".")
    assert rule.explanation == Text(rule.doc_fr, rule.doc)


@ALL
def test_documentation_says_of_the_fix_what_the_rule_does(rule: Rule) -> None:
    french = rule.doc_fr.split("Correction : ")[1]
    english = rule.doc.split("Fix safety: ")[1]
    assert french.startswith("Aucune") == (rule.fix == "none")
    assert english.startswith("There is no fix") == (rule.fix == "none")
    assert english.startswith("Safe") == french.startswith("Sûre") == (rule.fix == "safe")
    if rule.fix == "unsafe":
        assert "unsafe" in english.casefold()
        assert "à confirmer" in french.casefold()


@ALL
def test_what_a_rule_says_is_one_sentence_in_both_languages(rule: Rule) -> None:
    for words in (rule.what.fr, rule.what.en):
        assert words[0].isupper()
        assert words.endswith(".")
        assert "\n" not in words


@ALL
def test_examples_quote_the_same_wikitext(rule: Rule) -> None:
    def quoted(doc: str) -> list[str]:
        example = re.search(r"(?:Example: |Exemple : )(.*?)\n\n", doc, re.DOTALL)
        assert example
        return [" ".join(q.split()) for q in re.findall(r"`(\|.*?)`", example[1], re.DOTALL)]

    assert quoted(rule.doc) == quoted(rule.doc_fr)


def test_findings_come_in_the_order_of_the_form_then_by_code() -> None:
    text = (
        "{{Fiche\n|inconnu=x\n|montant=12 €\n|tags=eau, eau,\n|site=nulle part\n"
        "|court=une phrase de plus de quatre mots..\n}}\n{{Fiche|licence=MIT}}"
    )
    found = [(f.field, f.rule) for f in findings(text)]
    first = [
        ("court", "TXT104"),
        ("court", "TXT105"),
        ("licence", "REQ101"),
        ("tags", "LST101"),
        ("tags", "LST104"),
        ("image", "REQ101"),
        ("site", "VAL106"),
        ("montant", "VAL102"),
        ("inconnu", "PAR101"),
    ]
    second = [("", "PAG102"), ("court", "REQ101"), ("licence", "VOC102"), ("image", "REQ101")]
    assert found == first + second


def test_a_page_that_cannot_be_read_gives_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AmbiguousWikitext(Text("Trop d'appels.", "Too many calls."))

    monkeypatch.setattr(checks_module, "records_of", refuse)
    (found,) = check_page(page("{{Fiche}}"), trial_mapping(), FRENCH_WIKI)
    assert (found.rule, found.severity, found.field, found.change) == ("PAG101", "error", "", None)
    assert found.message.fr.endswith("Trop d'appels.")
    assert found.message.en.endswith("Too many calls.")


def test_a_page_without_a_known_template_has_no_findings() -> None:
    assert findings("'''Un texte''' et {{Autre|x=1}}.") == []


def test_the_full_name_of_a_licence_may_begin_its_summary() -> None:
    name = "Open Data Commons Open Database License 1.0"
    sheet = f"{{{{Licence|nom_complet={name}|resume={name} : chacun peut s'en servir.}}}}"
    found = check_page(page(sheet, "ODbL 1.0"), load_mapping("resilience"), FRENCH_WIKI)
    assert "TXT106" not in {finding.rule for finding in found}


def test_a_computed_field_is_never_checked() -> None:
    assert [f for f in findings("{{Fiche|total=12 €}}") if f.field == "total"] == []


def test_a_page_without_unknown_words_loads_nothing_for_suggestions() -> None:
    code = (
        "import sys; from tests.checks.support import findings;"
        "assert findings('{{Fiche|licence=CC BY-SA|tags=eau,}}');"
        "assert not any(name.startswith('rapidfuzz') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=HERE.parents[1])


_FIELDS = trial_mapping().page_types[0].fields
_SNIPPETS = st.sampled_from(
    [
        *" ,;/.-+°'’\n€|",
        *("k€", "''", "'''", "[[", "]]", "{{", "}}", "{{!}}", "<br>", "<!-- x -->", "&nbsp;", "=="),
        *("2026-04-03", "31/12/2026", "03/04/2026", "1er avril 2026", "2027-02-31", "fin 2024"),
        *("41320", "1234.5", "48.85", "2,35", "12 €", "-7", "Idée", "idee", "MIT", "Général"),
        *("Général/Enjeux", "Gouvernance", "Logiciel", "oui", "yes", "https://a.fr", "www.b.fr"),
        *("jean@exemple.fr", "jean (at) exemple.fr", "Camille EXEMPLE", "Fichier:X.jpg", "# A"),
        *("B- Alimentation et agriculture", "No-image-yet.jpg", "Label:Fait", "Fait", "ßa", "…"),
    ]
)
_VALUES = st.one_of(
    st.lists(_SNIPPETS, max_size=6).map("".join),
    st.text(max_size=30),
    st.text("0123456789.,-/ €k", max_size=12),
)


@given(st.dictionaries(st.sampled_from([f.parameter for f in _FIELDS]), _VALUES, max_size=5))
def test_no_value_makes_a_rule_raise(values: dict[str, str]) -> None:
    text = "{{Fiche" + "".join(f"\n|{name}={value}" for name, value in values.items()) + "\n}}"
    for found in findings(text):
        assert found.rule in RULES
        assert (found.change is None) <= (not found.safe)


@given(st.sampled_from(_FIELDS), _VALUES)
def test_every_fix_can_be_written_and_mends_what_it_is_for(field: Field, value: str) -> None:
    try:
        written = encode(value.strip())
    except UnsafeValue:
        return
    text = f"{{{{Fiche\n|{field.parameter}={written}\n}}}}"
    for found in findings(text):
        if found.change is None:
            continue
        new = applied(text, found.change)
        again = [f for f in findings(new, found.rule) if f.field == found.field]
        assert all(f.value != found.value for f in again), (found.change, again)
