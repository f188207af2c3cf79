from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot
from tests.jobs.wikis import MAPPING
from wikibot.errors import AmbiguousWikitext, InputError
from wikibot.jobs.measures import read_measure
from wikibot.jobs.query import Condition, Query, parse_condition
from wikibot.language import Text
from wikibot.page import Page, Revision
from wikibot.title import FRENCH
from wikibot.wiki.folder import FolderWiki

PAGES = {
    "Atlas": "{{Ressource|licence=CC BY-SA 4.0"
    "|challenge=E- Mobilités et logistiques, 3- Gouvernance|montant=24500"
    "|Tags=haie, bocage|Titre=Le grand atlas}}",
    "Bassin": "{{Ressource|licence=|montant=18500, 6000|Tags=eau}}",
    "Cantine": "{{Ressource|licence=GNU GPL 3.0|montant=1 000,50|Tags=école, eau}}",
    "Depot": "{{Ressource|licence=Licence de pierre|montant=0}}",
    "Action:1": "{{Actionable|SUMMARY=Relire|DUE_DATE=2026-03-15|ACTION_STATUS=Open}}",
    "Action:2": "{{Actionable|SUMMARY=Publier|DUE_DATE=1er avril 2026}}",
    "Action:3": "{{Actionable|SUMMARY=Fêter|DUE_DATE=03/04/2026}}",
    "Action:4": "{{Actionable|SUMMARY=Ranger|DUE_DATE=2026}}",
    "Action:5": "{{Actionable|SUMMARY=Rêver}}",
    "Communauté": "{{Communauté apprenante|type=Communauté de pratique}}",
    "Deux": "{{Ressource|licence=CC0|Tags=a}}{{Commun|licence=GPL|Tags=b}}",
}
USERS = {"Atlas": "Camille Exemple", "Bassin": None}


def page(title: str, text: str) -> Page:
    day = datetime(2025, 1, 1, 12).astimezone() + timedelta(days=list(PAGES).index(title))
    revision = Revision(1, 0, day, USERS.get(title, "Noor Essai"))
    return Page(1 + list(PAGES).index(title), FRENCH.parse(title), revision, text)


ALL = [page(title, text) for title, text in PAGES.items()]


def found(tmp_path: Path, *conditions: str) -> tuple[list[str], list[str]]:
    left: list[str] = []
    records = wikibot.matching(
        ALL,
        conditions,
        MAPPING,
        FolderWiki(tmp_path),
        left_out=lambda page, why: left.append(str(page.title)),
    )
    return [str(record.page.title) for record in records], left


@pytest.mark.parametrize(
    ("conditions", "titles"),
    [
        ("licence=", "Bassin"),
        ("licence!=", "Atlas Cantine Depot Deux"),
        ("licence=cc by-sa 4.0", "Atlas"),  # an alias of the term's label
        ("licence=Creative Commons BY SA 4.0", "Atlas"),
        ("Type de licence==CC0", "Deux"),
        ("licence=CC0|CC BY-SA 4.0", "Atlas Deux"),
        ("licence=|CC0", "Bassin Deux"),
        ("licence!=CC0|CC BY-SA 4.0", "Bassin Cantine Depot Deux"),  # the second call of Deux
        ("licence~creative", "Atlas Deux"),  # the label of what stands there counts too
        ("licence~gpl", "Cantine Deux"),
        ("licence~pierre", "Depot"),
        ("licence!~creative", "Bassin Cantine Depot Deux"),
        ("défi~LOGISTIQUE", "Atlas"),
        ("défi=e- mobilites et logistiques", "Atlas"),
        ("tags=EAU", "Bassin Cantine"),
        ("tags=ecole", "Cantine"),
        ("tags!=eau", "Atlas Depot Deux"),
        ("tags=eau & licence!=", "Cantine"),
        ("montant=24 500 €", "Atlas"),
        ("montant=1000,5", "Cantine"),
        ("montant<1000", "Depot"),
        ("montant<=1000.50", "Cantine Depot"),
        ("montant>=1000,50", "Atlas Cantine"),
        ("montant>1000,50", "Atlas"),
        ("montant≥24500", "Atlas"),
        ("échéance=2026-04-01", "Action:2"),
        ("échéance=1er avril 2026", "Action:2"),
        ("échéance=2026", "Action:1 Action:2 Action:4"),
        ("échéance<2026-04-01", "Action:1"),
        ("échéance<=2026-04-01", "Action:1 Action:2"),
        ("échéance>2026-03-15", "Action:2"),
        ("échéance>=2026-03-15", "Action:1 Action:2"),
        ("échéance<2027", "Action:1 Action:2 Action:4"),
        ("échéance>=2026", "Action:1 Action:2 Action:4"),
        ("échéance=", "Action:5"),
        ("titre~atlas", "Atlas"),
        ("titre=le grand atlas", "Atlas"),  # the field of that name
        ("title=atlas", "Atlas"),
        ("titre=action:1", "Action:1"),
        ("type=action & statut=Open", "Action:1"),
        ("type=Communauté de pratique", "Communauté"),  # a field of that name
        ("type!=action & type!=commun", "Communauté"),
        ("espace=Action & échéance=", "Action:5"),
        ("espace=0 & tags=haie", "Atlas"),
        ("auteur=camille exemple", "Atlas"),
        ("user~exemple", "Atlas"),
        ("auteur=", "Bassin"),
        ("modifié<2025-01-03", "Atlas Bassin"),
        ("modified<=2025-01-01", "Atlas"),
        ("modifié=2025-01-02", "Bassin"),
        ("modifié>=2025-01-11", "Deux"),
        ("modifié~2025-01-02", "Bassin"),
        ("resume=fêter", "Action:3"),
        ("zzz=", None),
    ],
)
def test_pages_on_which_every_condition_holds(
    tmp_path: Path, conditions: str, titles: str | None
) -> None:
    parts = conditions.split(" & ")
    if titles is None:
        with pytest.raises(InputError):
            found(tmp_path, *parts)
        return
    assert found(tmp_path, *parts)[0] == titles.split(" ")


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ("montant>0", ["Bassin"]),  # two numbers in one field
        ("échéance<2026-04-01", ["Action:3", "Action:4"]),  # two readings; a whole year
        ("échéance<2027", ["Action:3"]),
        ("échéance=2026", []),  # not one that says it for sure, but no count is compared
        ("licence~x", []),
    ],
)
def test_a_page_of_which_nobody_can_tell_is_named_and_does_not_match(
    tmp_path: Path, condition: str, left: list[str]
) -> None:
    titles, told = found(tmp_path, condition)
    assert told == left
    assert not set(titles) & set(told)


def test_the_record_is_the_first_of_its_page_on_which_all_conditions_hold(tmp_path: Path) -> None:
    wiki = FolderWiki(tmp_path)
    (record,) = wikibot.matching(ALL, ["tags=b"], MAPPING, wiki)
    assert (str(record.page.title), record.call.name) == ("Deux", "Commun")
    assert not list(wikibot.matching(ALL, ["tags=b", "licence=CC0"], MAPPING, wiki))


def test_a_page_that_cannot_be_read_is_left_out_where_somebody_is_told(tmp_path: Path) -> None:
    wiki, torn = FolderWiki(tmp_path), [page("Atlas", "{{a|" * 50_000)]
    left: list[Text] = []
    found = wikibot.matching(
        torn, ["licence="], MAPPING, wiki, left_out=lambda page, why: left.append(why)
    )
    assert (list(found), len(left)) == ([], 1)
    with pytest.raises(AmbiguousWikitext):
        list(wikibot.matching(torn, ["licence="], MAPPING, wiki))


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("licence=", Condition("licence", "=", ("",))),
        (" licence = CC0 ", Condition("licence", "=", ("CC0",))),
        ("url=https://x.example/?a=b~c", Condition("url", "=", ("https://x.example/?a=b~c",))),
        ("a!=b", Condition("a", "!=", ("b",))),
        ("a!~b", Condition("a", "!~", ("b",))),
        ("a<=b", Condition("a", "<=", ("b",))),
        ("a≠b|c", Condition("a", "!=", ("b", "c"))),
    ],
)
def test_a_condition_is_read_at_its_first_sign(typed: str, condition: Condition) -> None:
    assert parse_condition(typed) == condition


@pytest.mark.parametrize("typed", ["", "licence", "=x", " =x", "a+=x", "a-=x", "a:=x", "!=x", "~"])
def test_what_is_no_condition_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_condition(typed)
    assert refusal.value.advice is not None
    assert '"licence="' in refusal.value.advice.fr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a~", "il manque une valeur"),
        ("a<", "il manque une valeur"),
        ("a~b|", "il manque une valeur"),
        ("lisence=x", "Aucune fiche n'a de champ « lisence »"),
        ("licence<3", "ni une date ni un nombre"),
        ("titre>3", "ni une date ni un nombre"),
        ("échéance<bientôt", "une date qui n'ait qu'une lecture"),
        ("échéance<03/04/2026", "une date qui n'ait qu'une lecture"),
        ("modifié>hier", "une date qui n'ait qu'une lecture"),
        ("montant>beaucoup", "un nombre qui n'ait qu'une lecture"),
        ("montant>12.345", "un nombre qui n'ait qu'une lecture"),
    ],
)
def test_a_condition_that_means_nothing_is_refused_before_a_page_is_read(
    typed: str, said: str
) -> None:
    with pytest.raises(InputError) as refusal:
        Query([parse_condition(typed)], MAPPING)
    assert said in refusal.value.message.fr


DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@given(DAYS, DAYS)
def test_days_compare_as_days_do(one: date, other: date) -> None:
    first = read_measure("date", one.isoformat(), MAPPING)
    second = read_measure("date", other.isoformat(), MAPPING)
    assert first is not None
    assert second is not None
    assert first.before(second) is (one < other)
    assert first.until(second) is (one <= other)
    assert first.within(second) is (one == other)


@given(DAYS, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]), DAYS)
def test_a_year_or_a_month_is_before_a_day_where_all_its_days_are(
    part: date, shape: str, other: date
) -> None:
    span = read_measure("date", part.strftime("%Y").zfill(4) + part.strftime(shape)[4:], MAPPING)
    day = read_measure("date", other.isoformat(), MAPPING)
    assert span is not None
    assert day is not None
    first, last = date.fromordinal(int(span.first)), date.fromordinal(int(span.last))
    assert first <= part <= last
    expected = True if last < other else False if first >= other else None
    assert span.before(day) is expected
