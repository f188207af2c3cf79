"""Three hundred pages of seven types as people fill them, with nothing to mend."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.checks.planted import MAPPING, Sheet, World, terms, vocabulary
from wikibot.checks.terms import is_obsolete

SIZES = {
    "licence": 24,
    "personne": 28,
    "organisation": 22,
    "commun": 90,
    "formation": 20,
    "experience": 20,
    "action": 96,
}
_KINDS = ("Atlas", "Carnet", "Jardin", "Outil", "Guide", "Atelier", "Chantier", "Réseau")
_FIRST = ("Alix", "Camille", "Dany", "Lou", "Maé", "Noor", "Sacha", "Yaël")

Titles = dict[str, list[str]]


def _licences() -> list[str]:
    """Return licences that have a page: three that are not open first."""
    known = vocabulary("licences")
    closed = [t.label for t in known.terms if t.open is False and not is_obsolete(t, known)]
    return [*closed[:3], *terms("licences")][: SIZES["licence"]]


LICENCES = _licences()


def wiki_of(seed: int) -> World:
    """Return 300 clean pages of seven types, and redirects to some of them."""
    world = World(random.Random(seed))
    titles = {
        type_id: [_title(world, type_id, n) for n in range(size)] for type_id, size in SIZES.items()
    }
    for type_id, of_type in titles.items():
        page_type = MAPPING.page_type(type_id)
        assert page_type
        for number, title in enumerate(of_type):
            values = _FILLED[type_id](world, number, titles)
            sheet = Sheet(title, page_type, values, done=values.get("statut") == "Closed")
            world.sheets.append(sheet)
    for number, title in enumerate(titles["commun"]):
        world.others[f"Ancien nom {number}"] = f"#REDIRECTION [[{title}]]"
        world.others[f"Homonymes {number}"] = f"* [[{title}]]\n{{{{Homonymie}}}}"
    return world


def _title(world: World, type_id: str, number: int) -> str:
    if type_id == "licence":
        return LICENCES[number]
    if type_id == "action":
        return f"Action:{number + 1}"
    if type_id == "personne":
        return f"{world.chance.choice(_FIRST)} {world.word().capitalize()}"
    if type_id == "organisation":
        return f"Collectif {world.word().capitalize()}"
    return f"{world.chance.choice(_KINDS)} {world.word()} des {world.word()}"


def _some(world: World, items: list[str], most: int = 3) -> str:
    return ", ".join(world.chance.sample(items, world.chance.randint(1, most)))


def _themes(world: World) -> str:
    return _some(world, [label for label in terms("themes") if "/" in label])


def _commun(world: World, number: int, titles: Titles) -> dict[str, str]:
    twin = titles["commun"][number ^ 1]
    world.files.append(f"Image {number}.jpg")
    people = titles["personne"]
    values = {
        "description_courte": world.sentence(),
        "description": world.text(),
        "porte_par": _some(world, titles["organisation"]),
        "organisations": _some(world, titles["organisation"]),
        "contributeurs": _some(world, people),
        "defis": world.chance.choice([d for d in terms("defis") if "," not in d]),
        "communs_proches": twin,
        "richesses": _some(world, [r for r in terms("richesses") if "," not in r], 2),
        "competences": _themes(world),
        "licence": world.chance.choice(LICENCES[3:]),
        "fichiers": f"https://fichiers.exemple.org/{number}",
        "image": f"Image {number}.jpg",
        "tags": ", ".join(world.word() for _ in range(3)),
        "categories": world.chance.choice(terms("categories")),
        "themes": _themes(world),
        "referent": world.chance.choice(people),
        "details_financement": world.text(),
        "synthese": world.text(),
        "montant": str(world.chance.randrange(1000, 90000)),
        "niveau": "Idée",
        "coordonnees": f"{world.chance.randrange(42, 50)}.61, {world.chance.randrange(1, 6)}.88",
        "chat": f"https://chat.exemple.org/salon/{number}",
        "candidat": "sélectionné",
        "candidature": "sélectionné",
    }
    if number % 3 == 0:
        del values["montant"], values["coordonnees"], values["synthese"]
    return values


def _action(world: World, number: int, titles: Titles) -> dict[str, str]:
    done = number % 3 == 0
    values = {
        "resume": world.sentence(5),
        "statut": "Closed" if done else "Open",
        "echeance": "2025-03-31" if done else f"2026-0{1 + number % 9}-15",
        "responsables": _some(world, titles["personne"], 2),
        "etiquettes": "Label:Fait" if done else f"Label:{('A faire', 'En cours')[number % 2]}",
        "pages_liees": world.chance.choice(titles["commun"]),
        "details": world.text(),
    }
    if number % 9 == 1:
        del values["statut"], values["echeance"]
    return values


def _formation(world: World, number: int, titles: Titles) -> dict[str, str]:
    return {
        "resume": world.sentence(),
        "nature": world.chance.choice(terms("formation_natures")),
        "description": world.text(),
        "themes": _some(world, [t for t in terms("formation_themes") if "," not in t], 2),
        "beneficiaires": _some(world, [t for t in terms("beneficiaires") if "," not in t], 2),
        "source": world.chance.choice(terms("formation_sources")),
        "media": world.chance.choice(terms("formation_media")),
        "duree": world.chance.choice(terms("formation_durees")),
        "organisme": world.chance.choice(titles["organisation"]),
        "personnes_ressources": _some(world, titles["personne"]),
        "communs": _some(world, titles["commun"]),
        "adresse": f"https://exemple.net/formation/{number}",
        "licence": world.chance.choice(LICENCES[3:]),
        "retours": world.text(),
    }


def _personne(world: World, number: int, titles: Titles) -> dict[str, str]:
    return {
        "nom_complet": titles["personne"][number],
        "organisations": _some(world, titles["organisation"], 2),
        "competences": _themes(world),
        "presentation": world.text(),
        "site": f"https://pages.exemple.org/{number}",
        "contact": f"contact{number}@exemple.org",
    }


def _organisation(world: World, number: int, titles: Titles) -> dict[str, str]:
    return {
        "type_acteur": "Association",
        "presentation": world.text(),
        "site": f"https://collectif{number}.exemple.org",
        "contact": f"bonjour@collectif{number}.exemple.org",
    }


def _experience(world: World, number: int, titles: Titles) -> dict[str, str]:
    return {
        "resume": world.sentence(),
        "lieu": world.word().capitalize(),
        "coordonnees": f"{world.chance.randrange(42, 50)}.1, 2.{number}",
        "debut": f"2024-0{1 + number % 9}",
        "fin": f"2025-0{1 + number % 9}-12",
        "acteurs": _some(world, titles["organisation"]),
        "temoins": _some(world, titles["personne"]),
        "enjeu_principal": world.chance.choice(terms("enjeux")),
        "enjeux_lies": _some(world, terms("enjeux"), 2),
        "recit": world.text(),
        "structurel": world.text(),
        "principes": f"{world.sentence(3)[:-1]}; {world.sentence(3)[:-1]}",
        "communs": _some(world, titles["commun"]),
    }


def _licence(world: World, number: int, titles: Titles) -> dict[str, str]:
    return {
        "nom_complet": titles["licence"][number],
        "adresse": f"https://licences.exemple.org/{number}",
        "ouverte": "non" if number < 3 else "oui",
        "s_applique_a": "Logiciel, Données",
        "resume": world.text(),
    }


_FILLED: dict[str, Callable[[World, int, Titles], dict[str, str]]] = {
    "commun": _commun,
    "action": _action,
    "formation": _formation,
    "personne": _personne,
    "organisation": _organisation,
    "experience": _experience,
    "licence": _licence,
}
