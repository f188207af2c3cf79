"""Special properties and datatypes, by every name they go by."""

from __future__ import annotations

import pytest

from wikibot.wiki.semantic import DATATYPES, datatype_of, key_of, names_of
from wikibot.wiki.semantic.questions import Part, Question


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Date de modification", "_MDAT"),
        ("Modification date", "_MDAT"),
        ("modification_date", "_MDAT"),
        ("Attribut:Date de modification", "_MDAT"),
        ("property: Modification date", "_MDAT"),
        ("_MDAT", "_MDAT"),
        ("A le type", "_TYPE"),
        ("Has type", "_TYPE"),
        ("Valeur possible", "_PVAL"),
        ("Catégorie", "_INST"),
        ("Category", "_INST"),
        ("date de dépôt", "Date_de_dépôt"),
        ("Attribut:Licence", "Licence"),
        # properties of a wiki's own that only look like special ones
        ("Texte", "Texte"),
        ("Date De Modification", "Date_De_Modification"),
        ("Identifiant externe", "Identifiant_externe"),
    ],
)
def test_a_property_has_one_key(name: str, key: str) -> None:
    assert key_of(name) == key


def test_a_key_has_its_names() -> None:
    assert (names_of("_MDAT").fr, names_of("_MDAT").en) == (
        *("Date de modification", "Modification date"),
    )
    assert names_of("Date_de_dépôt").fr == "Date de dépôt"
    assert names_of("_NEVER_SEEN").fr == "_NEVER_SEEN"


@pytest.mark.parametrize("id_", DATATYPES)
def test_a_datatype_is_known_by_id_name_and_uri(id_: str) -> None:
    names = DATATYPES[id_]
    uri = f"http://semantic-mediawiki.org/swivt/1.0#{id_}"
    assert [datatype_of(name) for name in (id_, names.fr, names.en.lower(), uri)] == [id_] * 4


def test_other_names_of_datatypes() -> None:
    assert datatype_of("Chaîne de caractères") == datatype_of("String") == "_txt"
    assert datatype_of("Integer") == "_num"
    assert datatype_of("Forme") is None


def test_a_part_of_an_answer_is_bounded() -> None:
    assert Part().of("[[A]]") == "[[A]]"
    assert Part("C").of("[[A]]") == "[[A]][[≥C]]"
    assert Part("C", "É t").of("[[A]]") == "[[A]][[≥C]][[<<É t]]"
    assert Part("C").of("[[A]] OR [[B]]") == "<q>[[A]] OR [[B]]</q>[[≥C]]"
    assert Part("C").of("[[A||B]]") == "<q>[[A||B]]</q>[[≥C]]"
    assert Part().of("[[A]] OR [[B]]") == "[[A]] OR [[B]]"


def test_a_question_is_one_line_for_people() -> None:
    question = Question("[[Catégorie:Commun]]", ("Licence", "_MDAT"))
    assert str(question) == "[[Catégorie:Commun]]|?Licence|?_MDAT"
    asked = question.query(Part("M"), 500, 1000)
    assert asked == (
        "[[Catégorie:Commun]][[≥M]]|?Licence=p1|?Modification date=p2"
        "|limit=500|offset=1000|sort=|order=asc"
    )
