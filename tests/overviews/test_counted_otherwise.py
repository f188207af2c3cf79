"""The numbers of overviews against a count by another parser and a plain Counter.

Nothing here reads a page or counts a value with the code that overviews use: pages come from the
XML or the files themselves, parameters from mwparserfromhell.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import mwparserfromhell
import pytest

import wikibot
from tests.overviews.support import HERE, figures, numbers, rows, well_made
from wikibot.jobs.overview.collecting import collect
from wikibot.overviews import Overview, Section
from wikibot.overviews.compose import overview
from wikibot.resources import data_folder

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
Call = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """A wiki: where it is, by which mapping, its texts, and its names of template and fields."""

    place: Path
    mapping: str | Path
    templates: tuple[str, ...]
    names: Mapping[str, str]
    pages: int
    texts: Callable[[Path], Iterator[tuple[str, str]]]


def from_xml(file: Path) -> Iterator[tuple[str, str]]:
    for page in ElementTree.parse(file).getroot().iter():
        if page.tag.endswith("}page") or page.tag == "page":
            found = {part.tag.rpartition("}")[2]: part.text or "" for part in page.iter()}
            if found["ns"] in ("0", "690"):
                yield found["title"], found["text"]


def from_folder(folder: Path) -> Iterator[tuple[str, str]]:
    index = folder / "index.json"
    known = json.loads(index.read_text("utf-8")) if index.exists() else []
    titles = {entry["file"]: entry["title"] for entry in known}
    for file in sorted(folder.glob("*.wikitext")):
        title = titles.get(file.name) or unquote(file.stem)
        if not title.startswith(("Modèle:", "Formulaire:", "Attribut:", "Catégorie:")):
            yield title, file.read_text("utf-8")


RESILIENCE = {
    "defis": "challenge",
    "niveau": "niveau",
    "licence": "licence",
    "themes": "Theme",
    "montant": "montant",
    "coordonnees": "Coordonnées géo",
    "referent": "referent",
}
_BOTH = ("Ressource", "Commun")
CASES = {
    "demo": Case(
        data_folder("templates") / "demo", "resilience", _BOTH, RESILIENCE, 11, from_folder
    ),
    "commons": Case(SHARED / "commons", "resilience", _BOTH, RESILIENCE, 14, from_folder),
    "export": Case(
        SHARED / "smw-wiki.xml",
        HERE / "smw",
        ("Commun",),
        RESILIENCE | {"coordonnees": "location"},
        32,
        from_xml,
    ),
}


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    found = CASES[request.param]
    if not found.place.exists():
        pytest.skip(f"not beside this checkout: {found.place}")
    return found


def calls(case: Case, templates: tuple[str, ...]) -> list[tuple[str, Call]]:
    """Return the first call of a template on each page: its title and its arguments."""
    names = {name.lower() for name in templates}
    found: list[tuple[str, Call]] = []
    for title, text in case.texts(case.place):
        for call in mwparserfromhell.parse(text).filter_templates():
            if str(call.name).strip().lower().removeprefix("modèle:") in names:
                arguments = {bare(str(p.name)): seen(str(p.value)) for p in call.params}
                found.append((title, arguments))
                break
    return found


def bare(name: str) -> str:
    """Return the name of a parameter that a slip of the demonstration writes otherwise."""
    return {"license": "licence", "Licence": "licence"}.get(name.strip(), name.strip())


def seen(value: str) -> str:
    return re.sub(r"<!--.*?-->", "", value, flags=re.S).strip()


def items(value: str) -> set[str]:
    return {part.strip() for part in re.split(r"[,;]", value) if part.strip()}


def plain(text: str) -> str:
    """Return the letters and digits of a text alone, small and without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


class Meanings:
    """What words mean by a vocabulary: by its labels, other names and codes, however typed."""

    def __init__(self, case: Case, field: str) -> None:
        mapping = wikibot.load_mapping(case.mapping)
        commun = mapping.page_type("commun")
        assert commun is not None
        entry = commun.field(field)
        assert entry is not None
        self.many = entry.many
        vocabulary = mapping.vocabulary(entry)
        names: dict[str, set[str]] = {}
        for term in vocabulary.terms if vocabulary else ():
            for name in (term.label, *term.aliases, term.code or term.label):
                names.setdefault(plain(name), set()).add(term.label)
        self._labels = {name: found.pop() for name, found in names.items() if len(found) == 1}

    def held(self, value: str) -> set[str]:
        """Return the terms of an argument; what means none stands for itself."""
        return {
            self._labels.get(plain(v), v) for v in (items(value) if self.many else {value} - {""})
        }


@pytest.fixture(scope="module")
def made(case: Case) -> Overview:
    wiki = wikibot.open_wiki(case.place)
    found = overview(collect(wiki, wikibot.load_mapping(case.mapping)))
    for section in found.sections:
        well_made(section)
    return found


@pytest.fixture(scope="module")
def communs(case: Case) -> list[tuple[str, Call]]:
    return calls(case, case.templates)


def section(made: Overview, section_id: str) -> Section:
    return next(each for each in made.sections if each.id == section_id)


def counted(made: Overview, field: str) -> dict[Any, Any]:
    table = section(made, "counts").table(f"counts_commun_{field}")
    return {value: number for value, number in numbers(table).items() if number}


def test_every_commons_is_there_once(case: Case, made: Overview, communs: list[Any]) -> None:
    assert len(communs) == case.pages
    assert figures(section(made, "summary"))["pages_commun"] == case.pages
    titles = [row[0] for row in section(made, "glance").table("glance_commun").rows]
    assert sorted(map(str, titles)) == sorted(title for title, _ in communs)


@pytest.mark.parametrize("field", ["defis", "niveau", "licence"])
def test_values_are_counted_right(
    case: Case, made: Overview, communs: list[tuple[str, Call]], field: str
) -> None:
    meant = Meanings(case, field)
    written: Counter[str] = Counter()
    for _, call in communs:
        written.update(meant.held(call.get(case.names[field], "")) or {"(sans valeur)"})
    assert counted(made, field) == written


def test_branches_are_counted_right(
    case: Case, made: Overview, communs: list[tuple[str, Call]]
) -> None:
    meant = Meanings(case, "themes")
    expected: Counter[str] = Counter()
    for _, call in communs:
        held = meant.held(call.get(case.names["themes"], ""))
        above = {path[:i] for path in held for i in range(len(path)) if path[i] == "/"}
        expected.update(held | above or {"(sans valeur)"})
    assert counted(made, "themes") == expected


def test_the_crossed_counts_are_right(
    case: Case, made: Overview, communs: list[tuple[str, Call]]
) -> None:
    names = case.names
    if not any(items(c.get(names["defis"], "")) and c.get(names["niveau"]) for _, c in communs):
        pytest.skip("no page has both")
    table = section(made, "crossed").table("crossed_commun_defis_niveau")
    expected: Counter[tuple[str, str]] = Counter()
    challenges, levels = Meanings(case, "defis"), Meanings(case, "niveau")
    for _, call in communs:
        for challenge in challenges.held(call.get(names["defis"], "")) or {"(sans valeur)"}:
            for level in levels.held(call.get(names["niveau"], "")) or {"(sans valeur)"}:
                expected[challenge, level] += 1
    got: Counter[tuple[str, str]] = Counter()
    heads = [c for c in table.columns if c.id not in ("value", "all")]
    for row in rows(table, "value", *(c.id for c in heads)):
        for column, number in zip(heads, row[1:], strict=True):
            assert isinstance(number, int)
            if number:
                got[str(row[0]), column.label.fr] += number
    assert got == expected


def amounts(value: str) -> list[Decimal]:
    """Return the amounts of one argument, as its digits tell: blanks within, commas between."""
    digits = re.sub(r"(?i)€|euros?|\s", "", value)
    return [Decimal(part) for part in digits.split(",") if part]


def test_the_amounts_add_up_to_those_that_the_pages_tell(
    case: Case, made: Overview, communs: list[tuple[str, Call]]
) -> None:
    meant = Meanings(case, "defis")
    told = [
        (meant.held(call.get(case.names["defis"], "")), amounts(call.get("montant", "")))
        for _, call in communs
    ]
    asked = [(challenges, found) for challenges, found in told if found]
    found = section(made, "funding")
    got = figures(found)
    assert got["funding_commun_base"] == sum(first for _, (first, *_) in asked)
    assert got["funding_commun_sum"] == sum(sum(all_of) for _, all_of in asked)
    assert got["funding_commun_told"] == len(asked)
    assert got["funding_commun_lacking_pages"] == len(told) - len(asked)
    assert got["funding_commun_unread_pages"] == 0
    by: Counter[str] = Counter()
    for challenges, all_of in asked:
        for challenge in challenges or {"(sans valeur)"}:
            by[challenge] += sum(all_of)  # type: ignore[assignment]
    table = found.table("funding_commun_defis")
    assert dict(rows(table, "value", "sum")) == by


def test_the_places_are_those_that_the_pages_tell(
    case: Case, made: Overview, communs: list[tuple[str, Call]]
) -> None:
    expected = {}
    for title, call in communs:
        value = call.get(case.names["coordonnees"], "")
        if value:
            latitude, longitude = value.split(",")
            expected[title] = (float(latitude), float(longitude))
    if not expected:
        assert "places" not in [each.id for each in made.sections] or not any(
            table.id == "places_commun" for table in section(made, "places").tables
        )
        return
    assert dict(rows(section(made, "places").table("places_commun"), "page", "place")) == expected


def test_no_contributor_is_named_and_no_address_is_told(
    case: Case, made: Overview, communs: list[tuple[str, Call]]
) -> None:
    # who has an action to do stands on its board, as on the wiki
    told = repr([each for each in made.sections if each.id != "tracked"])
    assert not re.search(r"[\w.]+@[\w.]+\.\w+", told)
    shown = {call.get(case.names["referent"], "") for _, call in communs}
    shown |= {word for _, c in communs for word in items(c.get("from", ""))}
    texts = " ".join(call.get("shortDescription", "") for _, call in communs)
    for _, call in communs:
        for person in items(call.get("contributeurs", "")) - shown:
            assert person not in told or person in texts, person


def test_the_actions_of_the_export_are_counted_right() -> None:
    case = CASES["export"]
    if not case.place.exists():
        pytest.skip(f"not beside this checkout: {case.place}")
    wiki = wikibot.open_wiki(case.place)
    found = collect(wiki, wikibot.load_mapping(case.mapping))
    actions = [call for _, call in calls(case, ("Action",))]
    assert found.tracked is not None
    assert len(found.tracked.actions) == len(actions) == 62
    columns = Counter(column for a in found.tracked.actions for column in a.columns)
    assert columns == Counter(call["statut"] for call in actions)
    day = found.today.isoformat()
    late = [c for c in actions if c["statut"] != "Fait" and "" < c.get("échéance", "") < day]
    got = figures(section(overview(found), "summary"))
    assert got["actions_overdue"] == len(late) == 22
    assert got["actions_open"] == sum(call["statut"] != "Fait" for call in actions)
