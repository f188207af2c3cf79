from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.checks import RULES, Finding, check_page
from wikibot.edits import Change, PageEdit
from wikibot.language import Language, Text
from wikibot.mapping import load_mapping
from wikibot.page import Page, Revision
from wikibot.render import data, text
from wikibot.title import Title
from wikibot.wikitext import FRENCH_WIKI

MAPPING = load_mapping("resilience")
TITLE = Title(0, "Haies")


def page(wikitext: str) -> Page:
    return Page(3, TITLE, Revision(7, 0, datetime(2026, 1, 31, tzinfo=UTC)), wikitext)


def change(field: str, old: str, new: str, rule: str = "") -> Change:
    commun = MAPPING.page_type("commun")
    known = commun.field(field) if commun else None
    return Change("Ressource", 0, known.parameter if known else field, old, new, field, rule)


def edits(*changes: Change, language: Language = "fr") -> list[str]:
    return list(text.edits([PageEdit("Haies", 3, 7, changes)], MAPPING, language))


class TestChanges:
    @pytest.mark.parametrize(
        ("made", "lines"),
        [
            (change("licence", "MIT", "CC0"), ["- MIT", "+ CC0"]),
            (change("licence", "", "CC0"), ["- (vide)", "+ CC0"]),
            (change("licence", "MIT", ""), ["- MIT", "+ (vide)"]),
            # of a list, what comes and what goes
            (change("tags", "a, b, c", "a, c, d"), ["- b", "+ d"]),
            (change("tags", "a, b", "a"), ["- b"]),
            (change("tags", "b, a", "a, b"), ["- b, a", "+ a, b"]),
            (change("tags", "a,b", "a, b"), ["- a,b", "+ a, b"]),
            (change("tags", "", "a, b"), ["- (vide)", "+ a, b"]),
            # of a text, the lines around what changes
            (
                change("description", "un\ndeux\ntrois\nquatre", "un\ndeux\n3\nquatre"),
                ["  deux", "- trois", "+ 3", "  quatre"],
            ),
            (change("tags", "a", "b", "LST101"), ["- a", "+ b", "(LST101)"]),
        ],
    )
    def test_are_a_diff_of_the_field(self, made: Change, lines: list[str]) -> None:
        title, label, *shown = edits(made)
        assert (title, shown.pop()) == ("Haies", "")
        assert label.startswith("  ")
        assert shown == [f"    {line}" for line in lines]

    def test_are_painted_word_by_word_where_somebody_sees_colours(self) -> None:
        old = "Un atlas que tiennent ses habitants."
        made = change("description", f"{old}\nFin", f"{old.replace('atlas', 'recueil')}\nFin")
        (edit,) = [PageEdit("Haies", 3, 7, (made,))]
        painted = text.edits([edit], MAPPING, "fr", paint=lambda words, kind: f"<{kind}:{words}>")
        assert list(painted)[2:5] == [
            "    - Un <gone:atlas> que tiennent ses habitants.",
            "    + Un <come:recueil> que tiennent ses habitants.",
            "      Fin",
        ]

    def test_of_a_long_text_show_what_is_around_the_change(self) -> None:
        words = " ".join(f"mot{n}" for n in range(300))
        lines = edits(change("description", words, words.replace("mot150 ", "")))
        assert "mot149 mot150 mot151" in lines[2]
        assert "mot149 mot151" in lines[3]
        assert max(map(len, lines)) < 120

    @given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(("description", "tags")))
    def test_always_show_something(self, old: str, new: str, field: str) -> None:
        lines = edits(change(field, old.strip(), new.strip()))
        signs = {line[4:6] for line in lines[2:]}
        assert old.strip() == new.strip() or signs & {"- ", "+ "}

    def test_of_a_parameter_with_a_new_name_say_which_becomes_which(self) -> None:
        moved = replace(change("licence", "MIT", "MIT", "PAR104"), renamed_from="license")
        assert edits(moved)[1:] == [
            "  Type de licence",
            "    paramètre : license → licence (la valeur reste)",
            "    (PAR104)",
            "",
        ]
        assert edits(replace(moved, new="CC0"), language="en")[2:5] == [
            "    parameter: license → licence",
            "    - MIT",
            "    + CC0",
        ]
        assert edits(replace(moved, renamed_from="a\x1b[31m"))[2].startswith(
            "    paramètre : a\\u001b[31m → licence"
        )

    def test_of_a_value_under_another_name_say_under_which(self) -> None:
        aside = replace(change("licence", "MIT", ""), parameter="license")
        assert edits(aside)[1:5] == [
            "  Type de licence",
            "    paramètre : license",
            "    - MIT",
            "    + (vide)",
        ]

    def test_of_a_new_name_are_told_to_programs_and_of_an_old_one_nothing_is(self) -> None:
        moved = replace(change("licence", "MIT", "MIT"), renamed_from="license")
        assert data.change(moved)["renamed_from"] == "license"
        assert "renamed_from" not in data.change(change("licence", "MIT", "CC0"))

    def test_name_the_field_in_the_language(self) -> None:
        made = change("licence", "", "CC0")
        assert edits(made)[1:3] == ["  Type de licence", "    - (vide)"]
        assert edits(made, language="en")[1:3] == ["  Licence", "    - (empty)"]

    def test_of_a_parameter_that_no_field_knows_show_its_name_harmlessly(self) -> None:
        assert edits(change("a\x1b[31m", "1", "2"))[1] == "  a\\u001b[31m"

    def test_are_counted(self) -> None:
        one = PageEdit("Haies", 3, 7, (change("licence", "", "CC0"),))
        two = PageEdit("Mares", 4, 7, (change("licence", "", "CC0"), change("tags", "", "a")))
        assert text.plan_counts([one]) == Text("1 page, 1 champ", "1 page, 1 field")
        assert text.plan_counts([one, two]) == Text("2 pages, 3 champs", "2 pages, 3 fields")
        assert text.plan_counts([]) == Text("0 page, 0 champ", "0 pages, 0 fields")


class TestFindings:
    WRONG = "{{Ressource\n|niveau=idée\n|Tags=a, a\n|licence=\n}}"

    def found(self) -> list[Finding]:
        return check_page(page(self.WRONG), MAPPING, FRENCH_WIKI)

    def test_are_grouped_by_page_the_gravest_first(self) -> None:
        lines = list(text.findings(self.found(), "fr"))
        assert (lines[0], lines[-1]) == ("Haies", "")
        signs = [line.split()[0] for line in lines[1:-1] if not line.startswith("    ")]
        assert signs == sorted(signs, key="✗!·".index)
        assert "    → correction sûre : Idée" in lines
        assert "    → safe fix: Idée" in list(text.findings(self.found(), "en"))

    @pytest.mark.parametrize(
        ("number", "pages", "fr", "en"),
        [
            (0, 0, "0 page lue : 0 erreur,", "0 pages read: 0 errors,"),
            (0, 1, "1 page lue : 0 erreur,", "1 page read: 0 errors,"),
            (1, 2, "2 pages lues : 1 erreur,", "2 pages read: 1 error,"),
            (2, 2, "2 pages lues : 2 erreurs,", "2 pages read: 2 errors,"),
        ],
    )
    def test_are_counted_in_grammatical_words(
        self, number: int, pages: int, fr: str, en: str
    ) -> None:
        one = Finding("X1", "error", TITLE, "", "", Text("a", "a"))
        counts = text.finding_counts([one] * number, pages)
        assert (counts.fr.startswith(fr), counts.en.startswith(en)) == (True, True)

    def test_tell_how_to_mend_them_only_where_that_is_sure(self) -> None:
        assert "« wikibot fix »" in text.finding_counts(self.found(), 1).fr
        sure = [finding for finding in self.found() if not finding.safe]
        assert "wikibot fix" not in text.finding_counts(sure, 1).fr

    def test_of_a_name_say_which_becomes_which(self) -> None:
        moved = replace(change("licence", "MIT", "MIT", "PAR104"), renamed_from="license")
        one = Finding("PAR104", "warning", TITLE, "licence", "MIT", Text("a.", "a."), moved)
        assert "    → correction sûre : license → licence" in list(text.findings([one], "fr"))
        assert data.findings([one], 1, "fr")["findings"][0]["fix"] == {
            **{"old": "MIT", "new": "MIT", "safe": True},
            **{"parameter": "licence", "renamed_from": "license"},
        }

    def test_for_programs(self) -> None:
        body = data.findings(self.found(), 1, "en")
        assert sum(body["counts"]["rules"].values()) == len(body["findings"])
        severities = [finding["severity"] for finding in body["findings"]]
        for severity in ("error", "warning", "info"):
            assert body["counts"][severity] == severities.count(severity)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_is_explained_in_both_languages(language: Language) -> None:
    for rule in RULES.values():
        first, blank, *rest = text.rule(rule, language)
        assert first.startswith(f"{rule.code} {rule.name} (")
        assert blank == ""
        assert len(rest) > 5
    assert len(list(text.rules(RULES.values(), language))) == len(RULES)
