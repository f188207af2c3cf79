"""What values alone suggest."""

from __future__ import annotations

import pytest

from wikibot.discovery.guess import guess
from wikibot.discovery.names import id_of, label_of
from wikibot.discovery.sample import ParameterSample


def seen(name: str, *values: str, own: int = 0) -> ParameterSample:
    counted = {value: values.count(value) for value in values}
    return ParameterSample(name, len(values), len(values), tuple(counted.items()), own)


@pytest.mark.parametrize(
    ("name", "values", "kind", "many", "separator"),
    [
        ("site", ["https://a.example.org/x,y", "http://b.example.org"], "url", False, ","),
        ("courriel", ["a@lieu.example.org"], "email", False, ","),
        ("jour", ["2026-04-03", "03/04/2026", "1er mai 2026"], "date", False, ","),
        ("jour", [f"2026-04-0{n}" for n in range(1, 9)] + ["bientôt"], "date", False, ","),
        ("lieu", ["43.6, 3.88", "-21.1,55.5"], "coordinates", False, ","),
        ("photo", ["Haie en fleurs.jpg", "Fichier:Mare.PNG"], "file", False, ","),
        ("surface", ["12", "1 234,5", "3.2"], "number", False, ","),
        ("budget", ["12", "1 234"], "amount", False, ","),
        ("reste", ["12 €", "1 234 €"], "amount", False, ","),
        ("montant", ["41320, 37500"], "amount", False, ","),
        ("ouvert", ["oui", "Non", "oui"], "boolean", False, ","),
        ("texte", ["Une phrase, puis une autre. Et la fin."], "text", False, ","),
        ("phrase", ["Des haies, des mares et des friches"], "text", False, ","),
        ("texte", ["* un\n* deux"], "longtext", False, ","),
        ("tags", ["haie, mare", "mare"], "text", True, ","),
        ("mots", ["haie; mare; talus"], "text", True, ";"),
        ("acteurs", ["Les Berges, Le Fournil"], "text", True, ","),
        ("acteur", ["Les Berges, Le Fournil"], "text", False, ","),
        ("contributeurs", ["Alix Imaginaire, Robin Maquette"], "user", True, ","),
        ("voisins", ["La Grange", "Le Fournil, La Grange"], "page", True, ","),
        ("niveau", ["bas", "haut", "bas"] * 4, "term", False, ","),
        ("niveau", ["Maturité, usage courant", "Idée", "Preuve"] * 4, "term", False, ","),
        ("themes", ["eau, sol", "sol, air", "air, eau"] * 3, "term", True, ","),
        ("vide", [], "text", False, ","),
    ],
)
def test_values_suggest_a_kind(
    name: str, values: list[str], kind: str, many: bool, separator: str
) -> None:
    found = guess(seen(name, *values), frozenset(("La Grange", "Le Fournil")))
    assert (found.kind, found.many, found.separator) == (kind, many, separator)


def test_the_separator_of_most_lists_counts() -> None:
    values = ("haie, mare, talus", "mare, pré", "haie; mare", "pré, talus")
    assert guess(seen("mots", *values)).separator == ","


def test_a_value_that_names_the_page_itself_is_no_link_to_another() -> None:
    titles = frozenset(("La Grange", "Le Fournil"))
    assert guess(seen("nom", "La Grange", "Le Fournil", own=2), titles).kind == "text"


@pytest.mark.parametrize(
    ("name", "made", "label"),
    [
        ("communauté d'intérêt", "communaute_d_interet", "Communauté d'intérêt"),
        ("shortDescription", "short_description", "Short description"),
        ("DUE_DATE", "due_date", "Due date"),
        ("referentABC", "referent_abc", "Referent ABC"),
        ("1", "p1", "1"),
        ("Œuvre", "oeuvre", "Œuvre"),
        ("€", "p", "€"),
    ],
)
def test_names_become_ids_and_labels(name: str, made: str, label: str) -> None:
    assert (id_of(name), label_of(name)) == (made, label)
    assert id_of(name, {made}) == f"{made}_2"
