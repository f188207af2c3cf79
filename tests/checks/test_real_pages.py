"""The real pages of the wiki, by the packaged mapping: each finding was read by a person."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import wikibot
from tests.checks.support import page
from wikibot.checks import RULES, Finding, check_page
from wikibot.mapping import Mapping, load_mapping
from wikibot.wikitext import FRENCH_WIKI

COMMONS = Path(__file__).resolve().parents[2].parent / "shared" / "commons"
ACTIONS = COMMONS.parent / "actions-wiki.xml"

pytestmark = pytest.mark.skipif(
    not COMMONS.is_dir(), reason=f"the real pages are not beside this checkout: {COMMONS}"
)

_CHAT = ("VAL106", "error", "chat")

# Everything but the empty required fields, which `test_required_fields` settles.
EXPECTED: dict[str, list[tuple[str, str, str]]] = {
    "Partage-d-outils-et-de-formations-pour-acceler-la-transition": [
        ("TXT101", "warning", "description_courte"),
        ("PPL101", "info", "contributeurs"),
        ("LST105", "warning", "competences"),
        ("LST106", "info", "tags"),
        ("LST106", "info", "tags"),
        ("LST108", "info", "tags"),
        ("LST105", "warning", "themes"),
        ("LST107", "warning", "themes"),
        ("PAI101", "warning", "candidature"),
        ("VAL101", "error", "montant"),
    ],
    "Diagnostic-360-de-resilience-territoriale": [("TXT103", "warning", "description"), _CHAT],
    "Indice-de-qualite-democratique": [],
    "Diagnostic-Mobilite": [_CHAT],
    "Crater-Calculateur-de-resilience-alimentaire-des-territoires": [
        ("VOC105", "info", "description"),
        ("VOC105", "info", "description"),
    ],
    "Les-couleurs-de-l-eau": [("TXT101", "warning", "description_courte")],
    "Impulser-des-dynamiques-collectives-vers-la-resilience-local": [],
    "AD-SENSUS-Territoire-Circulaire": [("TXT103", "warning", "description")],
    "TerriSTORY": [("TXT106", "info", "description")],
    "Circulascope-Urbain": [_CHAT],
    "Approche-Globale-Resiliente-et-Solidaire-pour-les-territoire": [],
    "Mon-quartier-a-pied": [
        ("TXT104", "info", "description_courte"),
        ("VOC104", "warning", "defis"),
    ],
    "ICEtool": [],
    "Guide-La-rue-commune": [],
}
PAGES = pytest.mark.parametrize("name", EXPECTED)

_NOBODY = ("ACT106", "info", "responsables")
_NO_PREFIX = ("ACT102", "warning", "etiquettes")

# The number of an action → all that is said of it. Numbers 7, 10, 11, 15 and 17 have traps that
# only other pages show: a comma in a title, a label without a page, a page that was moved.
EXPECTED_OF_ACTIONS: dict[int, list[tuple[str, str, str]]] = {
    1: [],
    2: [],
    3: [("ACT103", "warning", "etiquettes")],
    4: [_NOBODY, ("REQ101", "warning", "etiquettes")],
    5: [("ACT104", "info", "statut")],
    6: [],
    7: [("PPL101", "info", "responsables")],
    8: [],
    9: [_NOBODY],
    10: [_NOBODY],
    11: [_NOBODY],
    12: [("TXT102", "warning", "resume"), ("VAL103", "warning", "echeance"), _NOBODY],
    13: [_NOBODY],
    14: [_NOBODY],
    15: [("VAL103", "warning", "echeance"), _NOBODY],
    16: [("VOC102", "warning", "statut"), _NOBODY],
    17: [_NOBODY],
    18: [_NOBODY],
    19: [("ACT110", "warning", "echeance"), _NOBODY],
    20: [_NOBODY, _NO_PREFIX],
    21: [
        ("PAR103", "error", "resume"),
        _NOBODY,
        _NO_PREFIX,
        ("PAR103", "error", "details"),
        ("PAR105", "error", "details"),
    ],
}
_SEED = next(iter(EXPECTED))


@pytest.fixture(scope="module")
def mapping() -> Mapping:
    return load_mapping("resilience")


def _findings(name: str, mapping: Mapping) -> list[Finding]:
    titles = {e["file"]: e["title"] for e in json.loads((COMMONS / "index.json").read_text())}
    text = (COMMONS / f"{name}.wikitext").read_text("utf-8")
    return check_page(page(text, titles[f"{name}.wikitext"]), mapping, FRENCH_WIKI)


def test_every_page_of_the_folder_is_here() -> None:
    assert {file.stem for file in COMMONS.glob("*.wikitext")} == set(EXPECTED)


@PAGES
def test_findings_are_those_that_a_person_found_right(name: str, mapping: Mapping) -> None:
    found = [f for f in _findings(name, mapping) if f.rule != "REQ101"]
    assert [(f.rule, f.severity, f.field) for f in found] == EXPECTED[name]


@PAGES
def test_required_fields(name: str, mapping: Mapping) -> None:
    text = (COMMONS / f"{name}.wikitext").read_text("utf-8")
    filled = set(re.findall(r"^\|([^=]+)=", text, re.MULTILINE))
    page_type = mapping.page_type("commun")
    assert page_type
    empty = [f.id for f in page_type.fields if f.required and f.parameter not in filled]
    found = [f.field for f in _findings(name, mapping) if f.rule == "REQ101"]
    assert found == empty


@PAGES
def test_no_page_has_a_fix_that_is_made_without_asking(name: str, mapping: Mapping) -> None:
    assert [f.rule for f in _findings(name, mapping) if f.safe] == []


def test_of_the_whole_page_what_is_right_stays_unmentioned(mapping: Mapping) -> None:
    found = _findings(_SEED, mapping)
    grave = {f.field for f in found if f.severity != "info"}
    assert grave.isdisjoint(
        {"licence", "contributeurs", "defis", "richesses", "niveau", "fichiers"}
    )
    assert [f.field for f in found if f.rule == "REQ101"] == ["image"]


def test_of_the_whole_page_the_words_name_what_is_wrong(mapping: Mapping) -> None:
    said = {(f.rule, f.field): f for f in _findings(_SEED, mapping)}
    amount = said["VAL101", "montant"]
    assert "contient 2, « 41320, 37500 », que le wiki lit 41320,375" in amount.message.fr
    assert "366 signes ; 200 au plus" in said["TXT101", "description_courte"].message.fr
    assert "20 valeurs en commun, sur 23 et 21" in said["LST107", "themes"].message.fr
    themes = said["LST105", "themes"]
    assert themes.value == "Général, Vulnérabilités, Facteurs de résilience, Anticipation"
    assert themes.change
    assert not themes.safe
    assert themes.change.new.startswith("Général/Approches, Général/Enjeux, Général/Domaines")
    assert said["PAI101", "candidature"].value == "sélectionné"


def test_an_old_challenge_is_named(mapping: Mapping) -> None:
    (old,) = [f for f in _findings("Mon-quartier-a-pied", mapping) if f.rule == "VOC104"]
    assert old.value == "Objectifs et Diagnostic (défi 2021)"


def test_old_codes_in_prose_are_named(mapping: Mapping) -> None:
    name = "Crater-Calculateur-de-resilience-alimentaire-des-territoires"
    found = [f.value for f in _findings(name, mapping) if f.rule == "VOC105"]
    assert found == ["2- Objectifs et Diagnostic", "B- Alimentation et agriculture"]


@pytest.fixture(scope="module")
def actions(mapping: Mapping) -> dict[int, list[Finding]]:
    wiki = wikibot.open_wiki(ACTIONS)
    pages = {number: wiki.page(f"Action:{number}") for number in EXPECTED_OF_ACTIONS}
    return {n: check_page(page, mapping, FRENCH_WIKI) for n, page in pages.items()}


@pytest.mark.parametrize("number", EXPECTED_OF_ACTIONS)
def test_findings_on_actions_are_those_that_a_person_found_right(
    number: int, actions: dict[int, list[Finding]]
) -> None:
    found = [(f.rule, f.severity, f.field) for f in actions[number]]
    assert found == EXPECTED_OF_ACTIONS[number]


def test_of_actions_no_trap_is_told_twice(actions: dict[int, list[Finding]]) -> None:
    for number, found in actions.items():
        told = [f.field for f in found if not f.rule.startswith("PA")]
        assert len(set(told)) == len(told), number


def test_of_actions_what_is_mended_without_asking_has_one_answer(
    actions: dict[int, list[Finding]],
) -> None:
    safe = {
        n: [(f.value, f.change.new) for f in fs if f.safe and f.change] for n, fs in actions.items()
    }
    assert {number: changes for number, changes in safe.items() if changes} == {
        12: [("15 janvier 2027", "2027-01-15")],
        15: [("31/12/2026", "2026-12-31")],
        16: [("Ouvert", "Open")],
        20: [("A faire", "Label:A faire")],
        21: [("En cours", "Label:En cours")],
    }


def test_of_actions_the_words_say_what_becomes_of_the_board(
    actions: dict[int, list[Finding]],
) -> None:
    said = {(n, f.rule): f.message.fr for n, found in actions.items() for f in found}
    assert "la page compte dans chacune" in said[3, "ACT103"]
    assert "reste au tableau" in said[5, "ACT104"]
    assert "le tableau compte cette page sans la montrer" in said[19, "ACT110"]
    assert "n'est dans aucune colonne du tableau" in said[20, "ACT102"]
    assert "la suite, « fin »" in said[21, "PAR105"]


AMONG = {code for code, rule in RULES.items() if rule.needs != "record"}
# The orphans and the old titles are those of `facts/semantic-actions.md`, §4 and §7.
BESIDE: dict[str, list[tuple[str, str, str]]] = {
    "commons": [
        ("PAI102", "Diagnostic Mobilité", "Mon quartier à pied"),
        ("PAI102", 'Guide "La rue commune"', "Mon quartier à pied"),
    ],
    "smw-wiki.xml": [],
    "actions-wiki.xml": [
        ("LNK101", "Action:10", "Forêt-jardin : fiches techniques"),
        ("LNK101", "Action:11", "Forêt-jardin : fiches techniques"),
        ("LNK102", "Action:15", "Fablab mobile de la réparation"),
        ("LNK102", "Action:16", "Fablab mobile de la réparation"),
        ("LNK102", "Action:17", "Fablab mobile de la réparation"),
    ],
}


@pytest.mark.parametrize("place", BESIDE)
def test_beside_one_another_the_pages_show_what_a_person_found_right(
    place: str, mapping: Mapping
) -> None:
    wiki = wikibot.open_wiki(COMMONS.parent / place)
    found = wikibot.check(wiki.pages_with(mapping.templates), mapping, wiki, whole=True)
    told = [(f.rule, str(f.title), f.value) for f in found if f.rule in AMONG - {"ACT112"}]
    assert told == BESIDE[place]
