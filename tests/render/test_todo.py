"""The lists to hand out: who has what to mend, the gravest first."""

from __future__ import annotations

from itertools import pairwise

from tests.render.checks import checked, finding, page
from wikibot.render.todo import todo


def commons(name: str, contact: str) -> str:
    return f"{{{{Ressource\n|shortDescription={name}\n|referent={contact}\n}}}}\n"


PAGES = (
    page("Haies", commons("Haies", "Zoé Essai"), 1),
    page("Mares", commons("Mares", "[[Utilisateur:Alix Imaginaire|Alix]]"), 2),
    page("Gués", commons("Gués", ""), 3),
    page("Semences", commons("Semences", "zoe essai"), 4),
    page("Action:1", "{{Actionable\n|ASSIGNED_TO=Zoé Essai, Noor Essai\n}}\n", 5),
)


def lines(*titles: str) -> list[str]:
    found = [finding(title, severity="info" if title == "Haies" else "error") for title in titles]
    return list(todo(checked(found, PAGES), "fr"))


def headings(told: list[str]) -> list[str]:
    return [line for line, rule in pairwise(told) if rule.startswith("=")]


def test_people_come_by_their_names_and_pages_without_anybody_last() -> None:
    assert headings(lines("Gués", "Haies", "Mares")) == [
        "Alix Imaginaire (1 page, 1 point)",
        "Zoé Essai (1 page, 1 point)",
        "Sans contact indiqué (1 page, 1 point)",
    ]


def test_one_person_written_in_two_ways_has_one_list_the_gravest_page_first() -> None:
    told = lines("Haies", "Semences")
    assert headings(told) == ["Zoé Essai (2 pages, 2 points)"]
    assert told.index("Semences") < told.index("Haies")


def test_a_page_of_several_people_is_on_the_list_of_each() -> None:
    told = lines("Action:1")
    assert headings(told) == ["Noor Essai (1 page, 1 point)", "Zoé Essai (1 page, 1 point)"]
    assert told.count("Action:1") == 2


def test_on_a_page_the_gravest_comes_first() -> None:
    found = [finding(severity=severity) for severity in ("info", "error", "warning")]
    told = list(todo(checked(found, PAGES), "en"))
    assert [line.split(":")[0] for line in told if "[ ]" in line] == [
        "  [ ] error",
        "  [ ] warning",
        "  [ ] info",
    ]


def test_it_gives_the_address_of_a_page_on_a_server_and_no_mail() -> None:
    found = [finding("Mares", "alix@example.org")]
    told = list(
        todo(checked(found, PAGES, address=lambda t: f"https://wiki.example.org/{t}"), "fr")
    )
    assert "  https://wiki.example.org/Mares" in told
    assert "alix@" not in "\n".join(told)


def test_without_findings_it_says_so() -> None:
    assert lines() == ["Rien à corriger."]
