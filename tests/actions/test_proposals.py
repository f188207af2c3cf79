"""The actions that a plan in prose asks for: what a person would accept, and nothing else."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.actions.support import MAPPING
from wikibot.actions.action import tracker
from wikibot.actions.proposals import Proposed, proposals
from wikibot.actions.prose_summary import LONGEST
from wikibot.wikitext import transclusions

FOUND = tracker(MAPPING)
assert FOUND is not None
PAGE_TYPE, BOARD = FOUND
LABELS = PAGE_TYPE.field(BOARD.column)
assert LABELS is not None
COLUMNS = MAPPING.vocabulary(LABELS)
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "prose_cases.toml").read_text(encoding="utf-8")
)["case"]
REAL = Path(__file__).parents[3] / "shared" / "commons"


def read(text: str) -> tuple[Proposed, ...]:
    return proposals(text, BOARD, COLUMNS)


def said(one: Proposed) -> dict[str, Any]:
    column = one.column.removeprefix("Label:")
    found: dict[str, Any] = {"summary": one.summary}
    found |= {"due": one.due.isoformat()} if one.due else {}
    found |= {"column": column} if column != "A faire" else {}
    return found | ({"doubt": True} if one.doubt else {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_proposes_what_a_person_would_take(case: dict[str, Any]) -> None:
    assert [said(one) for one in read(case["text"])] == case["expected"]
    assert all(one.source in case["text"] for one in read(case["text"]))


def test_there_are_many_cases_and_many_of_them_ask_for_nothing() -> None:
    assert len(CASES) >= 60
    assert sum(not case["expected"] for case in CASES) >= 12


class TestWhatIsToldBesideIt:
    def test_the_sentence_stands_beside_it_as_it_is_in_the_text(self) -> None:
        text = "Il pleut. '''Nous''' publierons la [[Carte|carte]] en mai 2027. Il neige."
        (one,) = read(text)
        assert one.source == "'''Nous''' publierons la [[Carte|carte]] en mai 2027."
        assert one.words == "Nous publierons la carte en mai 2027."
        assert one.due_words == "en mai 2027"

    def test_the_phase_is_named_and_its_day_is_told_to_be_its_own(self) -> None:
        (one,) = read("'''Phase 2 : ouvrir (mai à juin 2027)'''\n* Écrire aux mairies")
        assert (one.section, one.due_words, one.due) == ("Phase 2", "Phase 2", date(2027, 6, 30))
        assert [note.fr for note in one.notes] == ["la fin de la phase"]

    @pytest.mark.parametrize(
        ("text", "note"),
        [
            ("* Semer (fév ou mars 2027)", "deux dates possibles : la plus tardive"),
            ("* Semer en mars et récolter en juin 2027", None),
            (
                "* Animer deux soirées : mars 2027, puis fin juin 2027",
                "plusieurs dates : la dernière",
            ),
            ("* Semer en mars", "l'année n'est pas dite"),
            ("== 2027 ==\n* Semer en mars", "année reprise de la phase"),
            ("* Semer avant mars 2027", "« avant » : la veille"),
            ("* Semer dans 6 mois", "un délai, sans date de départ"),
            ("* Semer dès mars 2027", "la date dit quand cela commence"),
            ("* Relire le 03/04/2027", "le jour est lu avant le mois"),
            ("* Relire l'enquête menée en 2025", "cette date est peut-être celle d'autre chose"),
        ],
    )
    def test_a_date_that_is_chosen_says_how(self, text: str, note: str | None) -> None:
        (one,) = read(text)
        assert note is None or note in [each.fr for each in one.notes]

    def test_the_date_of_something_else_stays_in_the_summary(self) -> None:
        (one,) = read("* Relire l'enquête menée en 2025")
        assert one.summary == "Relire l'enquête menée en 2025"


MARKUP = ("''", "[[", "]]", "{{", "}}", "{|", "|}", "<br", "<!--", "==", "\n", "\0")
SIGNS = """
* # : ; == ''' '' [[ ]] | {{ }} {| |} |- || <br> <!-- --> <ref> </ref> <nowiki> &#91; &lt;br&gt;
Publier Planter publierons nous Phase 1 2 mai mars 2027 été fin ( ) en d'ici avant ou à fait
[x] ☑ – . ? Objectif Réunion de https://exemple.test 12 03/04/2027 T2 €
"""
WORDS = st.sampled_from([*SIGNS.split(), " ", "\n", "\n* ", "é", "\0", "\u2028"])
PROSE = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=40).map(" ".join))


@given(PROSE)
@example("* Publier &#91;&#91;la carte&#93;&#93; &lt;br&gt; '''")
@example("* Publier {'{la'} carte}")
def test_any_text_is_read_and_no_markup_comes_out_of_it(text: str) -> None:
    for one in read(text):
        assert one.source in text
        assert one.source.strip()
        assert not [sign for sign in MARKUP if sign in one.summary]
        assert one.summary == one.summary.strip()
        assert 0 < len(one.summary) <= LONGEST + 64  # with the name of its phase
        assert one.column in BOARD.columns


@given(PROSE)
def test_no_two_have_the_same_summary(text: str) -> None:
    summaries = [one.summary.casefold() for one in read(text)]
    assert len(set(summaries)) == len(summaries)


@pytest.mark.parametrize("sign", ["[[", "{{", "'''", "<ref>", "(", "* ", "mars ", "2027 ", "==\n"])
def test_a_long_text_of_one_sign_takes_no_time(sign: str) -> None:
    read(sign * 3000)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not shipped")
class TestRealPages:
    """What was read by eye in the one page that has such a text; nothing of it is copied here."""

    def texts(self) -> list[str]:
        calls = [c for f in sorted(REAL.glob("*.wikitext")) for c in transclusions(f.read_text())]
        found = [c.parameters["realisation"].value for c in calls if "realisation" in c.parameters]
        return [text for text in found if text]

    def test_the_plan_that_people_wrote_gives_its_actions(self) -> None:
        (text,) = self.texts()
        found = read(text)
        dues = [one.due.isoformat()[:7] if one.due else "" for one in found]
        assert dues == [
            *("", "", "2025-05", "2024-03", "2025-05", "2024-12", "2024-12", "2024-12"),
            *("2025-05", "2024-12", "2025-05", "2025-12", "2025-05", "2025-05"),
        ]
        doubtful = [n for n, one in enumerate(found, 1) if one.doubt]
        assert doubtful == [1, 2, 3, 5, 9, 13, 14]
        assert {one.section[:7] for one in found[8:]} == {"Phase 1", "Phase 2"}

    def test_no_question_aim_or_report_is_among_them(self) -> None:
        for text in self.texts():
            for one in read(text):
                assert "?" not in one.words
                assert not one.words.startswith(("CR", "Objectif", "Cursus"))
