from __future__ import annotations

from datetime import UTC, datetime

from wikibot.edits import Record, records_of
from wikibot.mapping import load_mapping
from wikibot.page import Page, Revision
from wikibot.render import data, record
from wikibot.title import Title
from wikibot.wikitext import FRENCH_WIKI

MAPPING = load_mapping("resilience")


def records(wikitext: str, user: str | None = None) -> tuple[Record, ...]:
    revision = Revision(7, 0, datetime(2026, 1, 31, tzinfo=UTC), user)
    return records_of(Page(3, Title(0, "Haies"), revision, wikitext), MAPPING, FRENCH_WIKI)


def test_a_page_is_shown_by_its_fields() -> None:
    found = records("{{Ressource|niveau=Idée|Tags=a, b|description=un\n\ndeux|licence=<!-- x -->}}")
    lines = list(record.page(found, "fr", None, 100))
    assert lines[0] == "Haies"
    assert lines[1].endswith(" (révision 7)")
    assert lines[2:-1] == [
        "  Description (description) : un",
        "    ",
        "    deux",
        "  Niveau de développement (niveau) : Idée",
        "  Tags (tags)",
        "    • a",
        "    • b",
    ]
    assert lines[-1].startswith("  Vides : Nom affiché, ")
    assert "Type de licence" in lines[-1]
    assert "  Level of development (niveau): Idée" in record.page(found, "en", None, 100)
    shown = data.record(found[0])
    assert list(shown) == ["title", "type", "revid", "fields"]
    assert (shown["title"], shown["revid"]) == ("Haies", 7)
    assert (shown["fields"]["tags"], shown["fields"]["licence"]) == (["a", "b"], "")


def test_who_edited_it_last_and_its_address_are_told() -> None:
    found = records("{{Ressource}}", "Camille\x1b Exemple")
    lines = list(record.page(found, "fr", "https://wiki.example.org/Haies", 100))
    assert "par Camille\\u001b Exemple (révision 7)" in lines[1]
    assert lines[2] == "  https://wiki.example.org/Haies"


def test_values_are_wrapped_and_long_ones_cut() -> None:
    text = " ".join(["mot"] * 200)
    lines = list(record.page(records(f"{{{{Ressource|description={text}}}}}"), "fr", None, 60))[2:]
    assert all(len(line) <= 60 for line in lines[:-1])
    assert lines[4].startswith("    … encore ")
    whole = list(record.page(records(f"{{{{Ressource|description={text}}}}}"), "fr", None, None))
    assert f"  Description (description) : {text}" in whole
    assert "  Tags (tags) : (vide)" in whole


def test_further_records_of_a_page_follow_with_their_number() -> None:
    found = records("{{Diagnostic|territoire=A}}{{Réponse au diagnostic|preuve=b}}")
    lines = list(record.page(found, "fr", None, 100))
    at = lines.index("  — Réponse au diagnostic (2/2)")
    assert lines[at - 1] == ""
    assert lines[at + 1] == "  Preuve (preuve) : b"
