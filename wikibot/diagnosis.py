"""What a doctor can find: the points in their order, each with its outcome and its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from wikibot.language import Text, same

Outcome = Literal["ok", "warning", "failed", "unknown"]

LOOK, CONFIGURATION, ACCESS, UNAVAILABLE = 3, 2, 4, 5
_GRAVEST_FIRST = (ACCESS, CONFIGURATION, UNAVAILABLE, LOOK)

GROUPS = {
    "configuration": Text("La configuration", "The configuration"),
    "wiki": Text("Le wiki", "The wiki"),
    "extensions": Text("Ses extensions", "Its extensions"),
    "protections": Text(
        "Ce qui protège les modifications des autres", "What keeps the edits of others safe"
    ),
    "account": Text("Le compte du robot", "The bot's account"),
    "stop": Text("Comment l'arrêter", "How to stop it"),
    "pages": Text("Les fiches", "The pages"),
    "machine": Text("Cette machine", "This machine"),
}

# id → group, name for people. What follows the dot of an id is put into the name.
_POINTS = {
    "file": ("configuration", Text("Fichier", "File")),
    "secret": ("configuration", same("Secret")),
    "mapping": ("configuration", Text("Correspondance", "Mapping")),
    "night": ("configuration", Text("Travaux de la nuit", "Jobs of the night")),
    "night-file": ("configuration", Text("Rapport par fichier", "Report to a file")),
    "night-metrics": ("configuration", Text("Mesures", "Metrics")),
    "night-mail": ("configuration", Text("Rapport par courriel", "Report by mail")),
    "night-webhook": ("configuration", Text("Rapport au salon", "Report to a chat room")),
    "night-notify": ("configuration", Text("Rapport par apprise", "Report by apprise")),
    "reach": ("wiki", Text("Accès", "Reach")),
    "certificate": ("wiki", Text("Certificat", "Certificate")),
    "identity": ("wiki", Text("Identité", "Identity")),
    "software": ("wiki", Text("Logiciel", "Software")),
    "writable": ("wiki", Text("Écriture", "Writing")),
    "size": ("wiki", Text("Taille des pages", "Size of pages")),
    "extension": ("extensions", same("{}")),
    "extensions": ("extensions", same("Extensions")),
    "safety": ("protections", Text("Conflits", "Conflicts")),
    "tag": ("protections", Text("Balise", "Tag")),
    "account": ("account", Text("Compte", "Account")),
    "password": ("account", Text("Connexion", "Login")),
    "block": ("account", Text("Blocage", "Block")),
    "bot": ("account", Text("Statut de robot", "Bot flag")),
    "rights": ("account", Text("Droits nécessaires", "Rights needed")),
    "excess": ("account", Text("Droits en trop", "Rights in excess")),
    "captcha": ("account", same("Captcha")),
    "pace": ("account", Text("Rythme", "Pace")),
    "stop-page": ("stop", Text("Page d'arrêt", "Stop page")),
    "stop-open": ("stop", Text("Qui peut l'arrêter", "Who can stop it")),
    "talk": ("stop", Text("Messages", "Messages")),
    "stop-file": ("stop", Text("Fichier d'arrêt", "Stop file")),
    "template": ("pages", Text("Modèle {}", "Template {}")),
    "templates": ("pages", Text("Modèles", "Templates")),
    "absent": ("pages", Text("Modèles absents", "Templates missing")),
    "state": ("machine", Text("Dossier d'état", "State folder")),
    "modes": ("machine", Text("Confidentialité", "Privacy")),
    "journal": ("machine", same("Journal")),
    "filesystem": ("machine", Text("Système de fichiers", "File system")),
    "disk": ("machine", Text("Place libre", "Free space")),
    "lock": ("machine", Text("Verrou", "Lock")),
    "clock": ("machine", Text("Horloge", "Clock")),
}


@dataclass(frozen=True)
class Point:
    """One thing looked at.

    `found` is one sentence of what was seen, `remedy` what a person can do, None where all is
    well. `exit_code` counts only where the point failed.
    """

    id: str
    outcome: Outcome
    found: Text
    remedy: Text | None = None
    exit_code: int = LOOK

    @property
    def group(self) -> str:
        """Return the id of the group it stands in."""
        return _POINTS[self._kind][0]

    @property
    def name(self) -> Text:
        """Return what it is called."""
        _, _, which = self.id.partition(".")
        name = _POINTS[self._kind][1]
        return Text(name.fr.replace("{}", which), name.en.replace("{}", which))

    @property
    def _kind(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class Diagnosis:
    """All points, in their order. `wiki` is its identity, None where it could not be reached."""

    wiki: str | None
    points: tuple[Point, ...]

    @property
    def exit_code(self) -> int:
        """Return 0 when all is well, else the gravest of what failed.

        In this order: 4 identity, rights or certificate · 2 configuration · 5 the wiki cannot be
        reached · 3 anything else that a person should look at, warnings included.
        """
        failed = {point.exit_code for point in self.points if point.outcome == "failed"}
        for code in _GRAVEST_FIRST:
            if code in failed:
                return code
        return 0 if all(point.outcome == "ok" for point in self.points) else LOOK


def ok(id: str, fr: str, en: str) -> Point:
    """Return a point where all is well."""
    return Point(id, "ok", Text(fr, en))


def warning(id: str, found: Text, remedy: Text) -> Point:
    """Return a point that a person should look at, though the bot can work."""
    return Point(id, "warning", found, remedy)


def failed(id: str, found: Text, remedy: Text | None, exit_code: int = LOOK) -> Point:
    """Return a point that keeps the bot from working, or from working safely."""
    return Point(id, "failed", found, remedy or _READ, exit_code)


_READ = Text(
    "Lisez ce message, puis relancez « wikibot doctor ».",
    "Read this message, then run “wikibot doctor” again.",
)


def unasked(ids: Iterable[str], why: Text, remedy: Text) -> list[Point]:
    """Return points that could not be looked at, all for the same reason."""
    found = Text(f"non vérifié : {why.fr}", f"not checked: {why.en}")
    return [Point(id, "unknown", found, remedy) for id in ids]


def in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the points in the order in which people read them; equal kinds stay as they are."""
    rank = {kind: number for number, kind in enumerate(_POINTS)}
    return tuple(sorted(points, key=lambda point: rank[point.id.partition(".")[0]]))
