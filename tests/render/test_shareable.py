"""What is made to be handed on repeats nobody's mail address and no telephone number."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from tests.render.checks import checked, finding, page, really
from wikibot.render.advice import advice
from wikibot.render.checked import Checked, shareable
from wikibot.render.html import html
from wikibot.render.sarif import log
from wikibot.render.todo import todo
from wikibot.render.workbook import workbook

MAILS = ("alix.essai@example.org", "mailto:alix.essai@example.org", "alix.essai (at) example.org")
PHONES = (
    "06 12 34 56 78",
    "0612345678",
    "06.12.34.56.78",
    "01-23-45-67-89",
    "+33 6 12 34 56 78",
    "+33 (0)6 12 34 56 78",
    "0033612345678",
    "+32 470 12 34 56",
    "+33612345678",
    "06\u00a012\u00a034\u00a056\u00a078",
)
NO_PHONES = (
    *("2026-04-03", "01/02/2024", "01-02-2024 10:30", "03.04.2026", "1 234 567,89", "41320"),
    *("48.8566, 2.3522", "+48.856613, +2.352222", "012 345 678 00012", "552 100 554 00013"),
    *("https://exemple.org/0612345678", "https://exemple.org/?id=0612345678", "978-2-01-234567-8"),
    *("GPL-3.0-or-later", "75001 Paris", "0102030405060708", "Image 0612345678901.png"),
)


def _xlsx(found: Checked) -> str:
    sheets = load_workbook(io.BytesIO(workbook(found, "fr"))).worksheets
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet for cell in row)


FORMS = {
    "html": lambda found: html(found, "fr"),
    "sarif": lambda found: log(found, "1", "fr"),
    "advice": lambda found: "\n".join(advice(found)),
    "todo": lambda found: "\n".join(todo(found, "fr")),
    "xlsx": _xlsx,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("value", [*MAILS, *PHONES])
def test_no_address_and_no_number_is_handed_on(form: str, value: str) -> None:
    told = FORMS[form](checked([finding(value=f"Alix, {value}", new=f"{value};", safe=True)]))
    digits = "".join(sign for sign in value if sign.isdigit())[-8:]
    assert "alix.essai" not in told
    assert not digits or digits not in "".join(sign for sign in told if sign.isdigit())
    assert "(adresse masquée)" in told or "(numéro masqué)" in told


@pytest.mark.parametrize("form", FORMS)
def test_nor_what_the_rules_quote_of_a_real_sheet(form: str) -> None:
    sheet = (
        "{{Ressource\n|contributeurs=Alix Essai, alix.essai@example.org, alix.essai@example.org\n"
        "|contributors=Alix Essai, alix.essai@example.org, ALIX.ESSAI@example.org\n"
        "|Tags=06 12 34 56 78, 06 12 34 56 78\n|referent=alix.essai@example.org\n"
        "|chat=alix.essai@example.org\n|communs_proches=alix.essai@example.org\n}}"
    )
    found = really(page("Haies", sheet), address=lambda _: "Haies.wikitext")
    assert {f.rule for f in found.sifted.findings} >= {"LST101", "PPL104"}
    told = FORMS[form](found)
    assert "alix.essai" not in told.casefold()
    assert "06 12 34 56 78" not in told


@pytest.mark.parametrize("value", NO_PHONES)
def test_other_numbers_stay(value: str) -> None:
    assert shareable(f"Le champ contient « {value} ».", "fr") == f"Le champ contient « {value} »."


def test_a_text_of_many_digits_takes_no_long_time() -> None:
    assert "masqué" not in shareable("+1 22 " * 50_000 + "1" * 200_000, "fr")[-1000:]
