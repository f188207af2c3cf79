"""Near pages as a plan: only where the field is empty, each with its reason, none of it safe."""

from __future__ import annotations

from pathlib import Path

import wikibot
from wikibot.edits import Change, Plan
from wikibot.jobs.overview.near import propose_near
from wikibot.wiki.folder import FolderWiki

MAPPING = wikibot.load_mapping("resilience")
ALIKE = (
    "|Tags=crue, lavoir\n|Theme=Vulnérabilités/Sociale\n|description=Repères de crue au lavoir.\n"
)
OTHER = "|Tags={0}a, {0}b\n|description=Un {0} sans {0}.\n"


def page(fields: str) -> str:
    return f"{{{{Ressource\n{fields}}}}}\n"


def wiki(folder: Path, pages: dict[str, str]) -> FolderWiki:
    found = FolderWiki(folder)
    for title, fields in pages.items():
        found.create(title, fields if fields.startswith("#") else page(fields), "création")
    for word in ("jeu", "four", "bac", "plan"):
        found.create(f"Loin {word}", page(OTHER.format(word)), "création")
    return found


def plan(wiki: FolderWiki, *only: str) -> Plan:
    return propose_near(list(wiki.pages_with(MAPPING.templates)), MAPPING, wiki, only=only)


def proposed(plan: Plan) -> dict[str, str]:
    return {edit.title: change.new for edit in plan.edits for change in edit.changes}


def one(plan: Plan, title: str) -> Change:
    (change,) = next(edit.changes for edit in plan.edits if edit.title == title)
    return change


def test_an_empty_field_gets_the_pages_that_are_near_with_the_reason(tmp_path: Path) -> None:
    found = plan(wiki(tmp_path, {"Crues d'hier": ALIKE, "Lavoirs": ALIKE}))
    assert proposed(found) == {"Crues d'hier": "Lavoirs", "Lavoirs": "Crues d'hier"}
    change = one(found, "Lavoirs")
    assert (change.field, change.parameter, change.safe) == (
        "communs_proches", "communs_proches", False,
    )  # fmt: skip
    said = change.reason.replace("\u00a0", " ")
    assert said.startswith("« Crues d'hier » : ")
    assert "2 valeurs de « Tags » (crue, lavoir)" in said
    assert "1 valeur de « Thème » (Vulnérabilités/Sociale)" in said
    assert "mots rares (" in said


def test_a_filled_field_is_left_alone(tmp_path: Path) -> None:
    filled = f"|communs_proches=Loin jeu\n{ALIKE}"
    assert proposed(plan(wiki(tmp_path, {"A": filled, "B": ALIKE}))) == {"B": "A"}


def test_three_pages_at_most_and_never_the_page_itself(tmp_path: Path) -> None:
    found = proposed(plan(wiki(tmp_path, dict.fromkeys("ABCDEF", ALIKE))))
    assert {title: len(new.split(", ")) for title, new in found.items()} == dict.fromkeys(
        "ABCDEF", 3
    )
    assert all(title not in new.split(", ") for title, new in found.items())


def test_a_title_that_the_list_would_cut_is_left_out(tmp_path: Path) -> None:
    found = proposed(plan(wiki(tmp_path, {"A": ALIKE, "B": ALIKE, "Eau, sols": ALIKE})))
    assert found == {"A": "B", "B": "A", "Eau, sols": "A, B"}


def test_a_redirect_is_no_page_to_be_near(tmp_path: Path) -> None:
    redirect = "#REDIRECTION [[B]]\n" + page(ALIKE)
    found = proposed(plan(wiki(tmp_path, {"A": ALIKE, "Ancien B": redirect, "B": ALIKE})))
    assert found == {"A": "B", "B": "A"}


def test_a_page_below_another_is_not_proposed(tmp_path: Path) -> None:
    assert proposed(plan(wiki(tmp_path, {"A": ALIKE, "A/en": ALIKE}))) == {}


def test_pages_that_share_too_little_are_not_proposed(tmp_path: Path) -> None:
    assert proposed(plan(wiki(tmp_path, {"A": "|Tags=crue\n", "B": "|Tags=crue\n"}))) == {}


def test_only_the_pages_asked_for(tmp_path: Path) -> None:
    assert proposed(plan(wiki(tmp_path, {"A": ALIKE, "B": ALIKE}), "B")) == {"B": "A"}


def test_it_is_an_ordinary_plan_that_applies_and_is_then_empty(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    found = wiki(tmp_path / "pages", {"A": ALIKE, "Œuvre & co": ALIKE})
    made = plan(found)
    assert Plan.from_json(made.to_json(), "plan").edits == made.edits
    wikibot.apply(made, found, state=tmp_path / "state")
    assert "|communs_proches=Œuvre & co" in found.page("A").text
    assert proposed(plan(found)) == {}
