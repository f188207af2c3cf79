"""How a diagnosis reads: a heading a group, a line a point, a remedy below it."""

from __future__ import annotations

from wikibot.diagnosis import GROUPS, Diagnosis, Point, in_order, unasked
from wikibot.language import Text, same
from wikibot.redaction import hide
from wikibot.render import diagnosis

WHY, REMEDY = Text("pas joint", "not reached"), Text("joignez", "reach it")
FOUND = Diagnosis(
    "communs",
    (
        Point("file", "ok", same("wikibot.toml")),
        Point("mapping", "failed", same("une ligne\nune autre"), same("corrigez\npuis relancez")),
        Point("reach", "warning", same("lent"), same("attendez")),
        *unasked(["software", "writable"], WHY, REMEDY),
        *unasked(["rights"], WHY, REMEDY),
        Point("template.Fiche", "ok", same("appelé")),
    ),
)


def test_it_reads_from_top_to_bottom() -> None:
    assert list(diagnosis.text(FOUND, "fr")) == [
        "La configuration",
        "✓ Fichier : wikibot.toml",
        "✗ Correspondance : une ligne",
        "    une autre",
        "    → corrigez",
        "      puis relancez",
        "",
        "Le wiki",
        "! Accès : lent",
        "    → attendez",
        "? Logiciel, Écriture : non vérifié : pas joint",
        "    → joignez",
        "",
        "Le compte du robot",
        "? Droits nécessaires : non vérifié : pas joint",
        "",
        "Les fiches",
        "✓ Modèle Fiche : appelé",
        "",
        "2 points bons, 1 à regarder, 1 à corriger, 3 non vérifiés. Corrigez ce qui est marqué ✗, "
        "puis relancez « wikibot doctor ».",
    ]


def test_what_several_points_in_a_row_need_is_said_below_the_last() -> None:
    points = (
        *(Point(f"template.{n}", "warning", same("absent"), REMEDY) for n in "AB"),
        Point("template.C", "ok", same("là")),
        Point("template.D", "warning", same("absent"), REMEDY),
        Point("absent", "warning", same("aucun"), same("rien à faire")),
    )
    assert list(diagnosis.text(Diagnosis("x", points), "fr"))[:8] == [
        "Les fiches",
        "! Modèle A : absent",
        "! Modèle B : absent",
        "    → joignez",
        "✓ Modèle C : là",
        "! Modèle D : absent",
        "    → joignez",
        "! Modèles absents : aucun",
    ]


def test_the_last_line_says_what_it_means_for_a_run() -> None:
    good, look = Point("file", "ok", same("x")), Point("clock", "warning", same("x"), same("y"))
    assert diagnosis.summary(Diagnosis(None, (good,))).fr == "1 point bon. Tout est prêt."
    assert "Rien n'empêche" in diagnosis.summary(Diagnosis(None, (good, look))).fr
    failed = Point("clock", "failed", same("x"), same("y"))
    assert "Mend" in diagnosis.summary(Diagnosis(None, (good, look, failed))).en


def test_the_same_for_programs() -> None:
    told = diagnosis.data(FOUND, "en")
    assert (told["wiki"], told["exit"], len(told["points"])) == ("communs", 3, 7)
    assert told["points"][3] == {
        "id": "software",
        "group": "wiki",
        "outcome": "unknown",
        "found": "not checked: not reached",
        "remedy": "reach it",
    }
    assert told["points"][0]["remedy"] is None
    assert {point["group"] for point in told["points"]} <= GROUPS.keys()


def test_neither_a_secret_nor_an_escape_is_shown() -> None:
    hide("canari-du-medecin-123")
    words = same("le mot canari-du-medecin-123\x1b[2J")
    shown = "\n".join(diagnosis.text(Diagnosis(None, (Point("file", "ok", words),)), "fr"))
    assert "canari-du" not in shown
    assert "\x1b" not in shown


def test_points_stand_in_one_order_whoever_found_them_first() -> None:
    shuffled = in_order(reversed(FOUND.points))
    assert [point.id for point in shuffled] == [point.id for point in FOUND.points]
    twins = [Point("template.B", "ok", same("x")), Point("template.A", "ok", same("x"))]
    assert [point.id for point in in_order(twins)] == ["template.B", "template.A"]
