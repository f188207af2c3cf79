"""The pages of the nights' wiki: what stands on them, and what is wrong with a value."""

from __future__ import annotations

import re

# What a safe fix makes of what people write: told here, not asked of the rules.
CC, LO = "Creative Commons BY SA 4.0", "Licence Ouverte 2.0 (Etalab)"
FIXES = {
    ("niveau", "idée"): "Idée",
    ("niveau", "IDEE"): "Idée",
    ("niveau", "Preuve de concept & 1er client"): "Preuve Concept & 1er client",
    ("licence", "CC BY-SA 4.0"): CC,
    ("licence", "cc by-sa 4.0"): CC,
    ("licence", "licence mit"): "MIT",
    ("licence", "Etalab 2.0"): LO,
    ("licence", "Licence ouverte 2.0 (etalab)"): LO,
    ("Tags", "haie, haie"): "haie",
    ("Tags", "haie,, bocage"): "haie, bocage",
    ("Tags", "haie, bocage,"): "haie, bocage",
}
RULES = ("VOC102", "VOC103", "LST101", "LST104")
GOOD = (("niveau", "Idée"), ("licence", "MIT"), ("licence", CC), ("Tags", "mare, étang"),
        ("Tags", "talus"), ("from", "Les Grenouilles d'Exemple"))  # fmt: skip
COMMUNS = tuple(f"Commun {n:02}" for n in range(1, 11))
FREE = ("Verger commun", "Lavoir commun", "Four commun")  # pages that may come to be
OUTSIDE = ("Bocage", "Prairies")  # pages of no template, which communs name
PORTEUR, OVERVIEW, NIGHT, STOP = "Modèle:Porteur", "Projet:Aperçu", "Projet:Nuit", "Projet:Stop"
NOBOTS = "{{nobots}}\n"
DAYS = tuple(f"2029-{month:02}-15" for month in range(1, 13))


def commun(number: int, niveau: str = "Idée", near: str = "") -> str:
    """Return a page of a commons; only its level may be wrong."""
    return (
        "{{Ressource\n"
        f"|shortDescription=Recenser {number} mares et ce qui y vit.\n"
        "|description=Une méthode de relevé, mare par mare.\n"
        "|from=Les Grenouilles d'Exemple\n|contributeurs=Noor Essai\n"
        f"|challenge=4- Modèle économique\n|licence={LO}\n|niveau={niveau}\n"
        f"|Main_Picture=Mare-{number}.jpg\n|Tags=étang, bocage\n|referent=Noor Essai\n"
        f"|communs proches={near}\n}}}}\n\nUne note de terrain.\n\nUne autre note."
    )


def action(number: int, due: str) -> str:
    """Return a page of an action."""
    return (
        f"{{{{Actionable\n|SUMMARY=Action numéro {number}\n|ACTION_STATUS=Open\n|DUE_DATE={due}\n"
        "|LABEL=Label:A faire\n}}\nUne note de réunion."
    )


def put(text: str, parameter: str, value: str) -> str:
    """Return a text with another value in a line of the first call; KeyError: it has none."""
    line = re.search(rf"^\|{re.escape(parameter)}=.*$", text, re.M)
    if line is None:
        raise KeyError(parameter)
    return text[: line.start()] + f"|{parameter}={value}" + text[line.end() :]


def got(text: str, parameter: str) -> str:
    """Return the value of the first line of that parameter, "" where there is none."""
    line = re.search(rf"^\|{re.escape(parameter)}=(.*)$", text, re.M)
    return line[1].strip() if line else ""
