"""Invented commons: 25 parameters and some text below, 10 kB a page; always the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from tests.wiki.exports import SITE, page, revision

CATEGORY, TEMPLATE, FIELD = "Commun", "Ressource", "licence"
# What `FIELD` is given in turn; every page begins with the last.
VALUES = (
    *("MIT", "Apache 2.0", "MPL 2.0", "EUPL 1.2", "ODbL 1.0", "CeCILL 2.1", "PDDL 1.0"),
    *("GNU GPL 3.0", "GNU FDL 1.3", "BSD 2-Clause", "BSD 3-Clause", "ODC-By 1.0"),
    *("CERN-OHL-P 2.0", "GNU AGPL 3.0", "GNU LGPL 3.0", "Licence Art Libre 1.3"),
    "Creative Commons Zero 1.0",
)
_LETTERS = "aabcdeeefghiilmnooprrsstuuv"
_NEEDS = ("Financement", "Mentorat", "Conseil Expertise")


class Words(NamedTuple):
    """The words of an invented language, the frequent ones first, and chance."""

    chance: random.Random
    all: list[str]
    weights: list[float]

    def say(self, number: int) -> str:
        """Return so many words as a sentence."""
        said = self.chance.choices(self.all, cum_weights=self.weights, k=number)
        return " ".join(said).capitalize() + "."

    def tell(self, sentences: int) -> str:
        """Return prose with what people put into it: links, bold words, references, lists."""
        told = []
        for number in range(sentences):
            sentence = self.say(self.chance.randint(8, 24))
            word = self.chance.choice(self.all)
            told.append(
                (
                    sentence,
                    f"{sentence} [[{word.capitalize()}|{word}]]",
                    f"'''{word}''' {sentence}",
                )[number % 3]
                + ("\n* " if number % 7 == 6 else "\n\n" if number % 5 == 4 else " ")
            )
        return "".join(told).strip(" *\n")


def commons(size: int) -> dict[str, str]:
    """Return the texts of that many commons, by their titles."""
    chance = random.Random(7)
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(3, 10))) for _ in range(5000)]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    language = Words(chance, words, weights)
    return {f"Commun {number:05}": _sheet(language, number, size) for number in range(size)}


def _sheet(words: Words, number: int, size: int) -> str:
    chance = words.chance
    known = {
        "Titre": f"Commun {number:05}",
        "shortDescription": words.say(15),
        "description": words.tell(26),
        "from": f"Porteur {number % 700}",
        "chat": f"https://chat.example/{number}",
        "contributeurs": "Alix Imaginaire, Robin Maquette",
        "challenge": "4- Modèle économique",
        "communs_proches": f"Commun {(number + 1) % size:05}, Commun {(number + 7) % size:05}",
        "needs": chance.choice(_NEEDS),
        FIELD: VALUES[-1],
        "niveau": "Idée",
        "url": f"https://fichiers.example/{number}.zip",
        "Main_Picture": "Haie-en-fleurs.jpg",
        "location": f"Commune {number % 90}",
        "Coordonnées géo": f"{chance.uniform(42.5, 50.5):.4f}, {chance.uniform(-2, 7):.4f}",
        "Tags": ", ".join(chance.sample(words.all[100:2000], 4)),
        "Theme": "Anticipation/Prospective",
        "referent": "Alix Imaginaire",
        "montant": str(chance.randrange(1000, 90_000)),
        "details_financement": words.tell(8),
        "details_sobriete": words.tell(6),
        "details_impacts": words.tell(6),
        "complement": words.tell(10),
        "complement_auto": words.say(20),
        "realisation": words.tell(12),
    }
    lines = "".join(f"|{name}={value}\n" for name, value in known.items())
    below = f"\n\n== Histoire ==\n{words.tell(8)}\n\n{{{{Encart|{words.say(5)}}}}}"
    return f"{{{{{TEMPLATE}\n{lines}}}}}{below}\n\n[[Catégorie:{CATEGORY}]]"


def write_export(file: Path, texts: dict[str, str], size: int) -> None:
    """Write an export of that many pages: those texts again and again, each under a new title."""
    with file.open("wb") as out:
        out.write(f'<mediawiki version="0.11" xml:lang="fr" xmlns="{_SCHEMA}">\n{SITE}'.encode())
        for number, text in enumerate(_again(texts.values(), size), 1):
            title = f"Commun {number:05}"
            out.write(page(title, revision(number, text), number=number).encode())
        out.write(b"</mediawiki>\n")


def _again(texts: Iterable[str], size: int) -> Iterator[str]:
    known = list(texts)
    return (known[number % len(known)] for number in range(size))


_SCHEMA = "http://www.mediawiki.org/xml/export-0.11/"
