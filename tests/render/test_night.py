from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wikibot.language import Language, Text, same
from wikibot.night import Done, Night, Outcome, Part
from wikibot.redaction import hide
from wikibot.render.night import content, data, date_line, name, subject, text

START = datetime(2026, 1, 31, 3, tzinfo=UTC)


def night(*outcomes: Outcome, dry: bool = False) -> Night:
    parts = tuple(Done(Part("sync", f"s{n}"), each, 1.5) for n, each in enumerate(outcomes))
    end = START + timedelta(seconds=90)
    return Night("wiki", "https://wiki.example.org/api.php", START, end, parts, 6, dry)


def many(number: int) -> tuple[Text, ...]:
    return tuple(same(f"ligne {n}") for n in range(number))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("lines", "needs"), [(0, 0), (3, 2), (40, 0), (0, 40), (40, 40)])
def test_the_text_is_short_whatever_happened(lines: int, needs: int, language: Language) -> None:
    shown = text(night(Outcome(lines=many(lines), needs=many(needs))), language)
    assert len(shown.splitlines()) < 25
    assert bool(needs) == ("\n- " in shown)


def test_what_is_left_out_is_counted() -> None:
    shown = text(night(Outcome(lines=many(40))), "fr").splitlines()
    (more,) = [line for line in shown if line.startswith("…")]
    told = sum(line.startswith("ligne") for line in shown)
    assert more == f"… et {40 - told} autres lignes".replace(" ", "\u00a0", 0)


def test_the_text_says_how_it_ended_and_what_waits() -> None:
    shown = text(night(Outcome(exit_code=5, lines=many(1), needs=(same("voir X"),))), "fr")
    assert "Code de sortie 5 : un serveur n'a pas répondu" in shown
    assert "À regarder :\n- voir X\n" in shown
    assert "6 requêtes au wiki, 0 modification, en 90 s." in shown


def test_parts_not_begun_are_named_and_parts_not_asked_for_only_in_a_trial() -> None:
    left = Outcome("not-run")
    skipped = Outcome("skipped", lines=(same("rien de demandé"),))
    shown = text(night(left, left, skipped), "fr")
    assert "Pas commencé cette fois : Suivi « s0 », Suivi « s1 »\n" in shown
    assert "rien de demandé" not in shown
    assert "rien de demandé" in text(night(skipped, dry=True), "fr")


def test_on_the_wiki_what_was_not_begun_does_not_stand_under_what_was_done() -> None:
    shown = content(night(Outcome("not-run"), Outcome(needs=many(1))), "fr")
    assert "Ce qui est fait" not in shown
    assert shown.endswith("\n\nPas commencé cette fois : Suivi « s0 »")


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (119, "119 s"), (3725, "62 min"), (14_700, "4 h 05 min")]
)
def test_how_long_it_took_is_told_as_people_say_it(seconds: int, told: str) -> None:
    long = replace(night(), ended=START + timedelta(seconds=seconds))
    assert f" en {told}." in text(long, "fr").replace("\u202f", " ").replace("\xa0", " ")


def test_the_subject_of_a_mail_names_the_server_or_the_folder() -> None:
    assert subject(night(), "fr").endswith("(wiki.example.org)")
    assert subject(replace(night(), place="/srv/pages"), "fr").endswith("(/srv/pages)")


def test_secrets_and_hidden_signs_come_through_nowhere() -> None:
    secret = hide("canari-de-la-nuit-4713")
    line = same(f"avant {secret} \u202e\x1b[31m après")
    shown = night(Outcome(exit_code=3, lines=(line,), needs=(line,)))
    for told in (text(shown, "fr"), content(shown, "fr"), json.dumps(data(shown))):
        assert secret not in told
        assert "\u202e" not in told
        assert "\x1b" not in told
    assert secret not in subject(replace(shown, place=secret), "fr")


def test_what_stands_on_the_wiki_does_nothing_there() -> None:
    line = same("{{Supprimer}} [[Catégorie:X]] '''gras''' <ref>")
    shown = content(night(Outcome(lines=(line,))), "fr")
    assert "{{" not in shown
    assert "[[" not in shown
    assert "<ref" not in shown


def test_the_content_of_a_page_is_the_same_whatever_the_day() -> None:
    first = night(Outcome(lines=many(2)))
    second = replace(
        first,
        started=START + timedelta(days=1),
        ended=START + timedelta(days=1, hours=1),
        requests=9,
    )
    assert content(first, "fr") == content(second, "fr")
    assert date_line(first, "fr") != date_line(second, "fr")


def test_the_data_name_every_part_and_how_it_ended() -> None:
    outcome = Outcome("failed", 6, code="mass", edits=2, runs=("k3f9a2",), counts={"planned": 60})
    found = data(night(outcome))
    assert found["night"] == name(night()) == "night-20260131T030000Z"
    assert (found["exit"], found["edits"], found["requests"]) == (6, 2, 6)
    assert found["jobs"] == [
        {
            "job": "sync",
            "what": "s0",
            "state": "failed",
            "exit": 6,
            "reason_code": "mass",
            "seconds": 1.5,
            "edits": 2,
            "runs": ["k3f9a2"],
            "counts": {"planned": 60},
            "mark": None,
        }
    ]


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 6, 7, 8])
def test_every_code_has_its_words(code: int) -> None:
    shown = night(Outcome(exit_code=code))
    assert ": ?" not in subject(shown, "fr")
    assert len(subject(shown, "en")) < 150
