"""Page titles and namespaces, as MediaWiki normalises them.

Source: MediaWiki, Manual:Page title and Help:Namespaces; numbers of Semantic MediaWiki
(102-109), Page Forms (106) and SemanticActions (690-693) from their own documentation.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from wikibot.errors import InvalidTitle
from wikibot.language import Text

MAIN, USER, FILE, TEMPLATE, CATEGORY = 0, 2, 6, 10, 14

_ILLEGAL = re.compile(r"[\x00-\x1f\x7f#<>\[\]{}|\ufffd]|%[0-9A-Fa-f]{2}|&[A-Za-z0-9#]+;|~~~")
_SPACES = re.compile("[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e]")
_MAX_BYTES = 255
_MOST_NAMES = 4096  # kept read; a large dump has no end of those that parser functions make


@dataclass(frozen=True, order=True)
class Title:
    """A normalised title; `prefix` is how the wiki spells the namespace (not compared)."""

    namespace: int
    name: str
    prefix: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the full title: `Préfixe:Nom`, or the name alone in the main namespace."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name


def canonical_name(text: str) -> str:
    """Return the name as MediaWiki stores it: NFC, single spaces, first letter capital."""
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", _DIRECTION.sub("", text))).strip()
    return name[:1].upper() + name[1:]


@dataclass(frozen=True)
class Namespaces:
    """The namespaces of one wiki: number → local name, and every other accepted name."""

    names: tuple[tuple[int, str], ...]
    aliases: tuple[tuple[str, int], ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, int]:
        known = {name: number for name, number in self.aliases}
        known.update({name: number for number, name in self.names})
        return {canonical_name(name).casefold(): number for name, number in known.items() if name}

    @cached_property
    def _prefixes(self) -> dict[int, str]:
        return dict(self.names)

    def title(self, namespace: int, name: str) -> Title:
        """Return the title of `name` in `namespace`, with this wiki's prefix."""
        return Title(namespace, name, self._prefixes.get(namespace, ""))

    def number(self, name: str) -> int | None:
        """Return the number of the namespace of that name (local, English, alias), or None."""
        return self.split(f"{name}:")[0]

    def split(self, text: str) -> tuple[int | None, str]:
        """Return (namespace number, rest), or (None, text) when no known prefix leads it."""
        prefix, colon, rest = text.partition(":")
        if not colon:
            return None, text
        if not prefix.strip(" _"):  # `:Catégorie:X` is that page; `:X` is one of the main space
            number, name = self.split(rest.lstrip(" _"))
            return (MAIN, rest) if number is None else (number, name)
        number = self._by_name.get(canonical_name(prefix).casefold())
        return (None, text) if number is None else (number, rest)

    def parse(self, text: str, default: int = MAIN) -> Title:
        """Return the normalised title that `text` names.

        Raises:
            InvalidTitle: empty, over 255 bytes, or with a character no title may hold.
        """
        number, rest = self.split(text.strip())
        name = canonical_name(rest.partition("#")[0])
        bytes_long = len(name.encode("utf-8", "surrogatepass"))
        if not name or bytes_long > _MAX_BYTES or _ILLEGAL.search(name):
            raise InvalidTitle(
                Text(f"« {text} » n'est pas un titre de page.", f"“{text}” is no page title."),
                Text(
                    "Un titre n'est pas vide, compte au plus 255 octets et ne contient aucun de "
                    "ces signes : # < > [ ] { } |",
                    "A title is not empty, has at most 255 bytes and none of # < > [ ] { } |",
                ),
            )
        return self.title(default if number is None else number, name)

    def template_name(self, text: str) -> str:
        """Return the name under which a transclusion of `text` is known.

        A title of the template namespace loses its prefix (`Modèle:Ressource` and
        `Template:ressource` are `Ressource`); another namespace keeps it; `:Page` stays
        marked by its colon because it transcludes an article, not a template.
        Source: MediaWiki, Help:Templates (Usage).
        """
        known = self._template_names.get(text)
        if known is None:
            if len(self._template_names) >= _MOST_NAMES:
                self._template_names.clear()
            known = self._template_names[text] = self._template_name(text)
        return known

    @cached_property
    def _template_names(self) -> dict[str, str]:
        return {}

    def _template_name(self, text: str) -> str:
        stripped = _SPACES.sub(" ", text).strip()
        number, rest = self.split(stripped)
        if number is None or stripped.startswith("#"):
            return stripped if stripped.startswith("#") else canonical_name(stripped)
        if number == TEMPLATE and not stripped.startswith(":"):
            return canonical_name(rest)
        return f"{self._prefixes.get(number, '')}:{canonical_name(rest)}"


# A French MediaWiki with Semantic MediaWiki, Page Forms and SemanticActions: what a folder
# wiki is taken for. A server or a dump tells its own.
FRENCH = Namespaces(
    names=(
        (-2, "Média"),
        (-1, "Spécial"),
        (0, ""),
        (1, "Discussion"),
        (2, "Utilisateur"),
        (3, "Discussion utilisateur"),
        (4, "Projet"),
        (5, "Discussion Projet"),
        (6, "Fichier"),
        (7, "Discussion fichier"),
        (8, "MediaWiki"),
        (9, "Discussion MediaWiki"),
        (10, "Modèle"),
        (11, "Discussion modèle"),
        (12, "Aide"),
        (13, "Discussion aide"),
        (14, "Catégorie"),
        (15, "Discussion catégorie"),
        (102, "Attribut"),
        (103, "Discussion attribut"),
        (106, "Formulaire"),
        (107, "Discussion formulaire"),
        (108, "Concept"),
        (109, "Discussion concept"),
        (690, "Action"),
        (691, "Action talk"),
        (692, "Label"),
        (693, "Label talk"),
    ),
    aliases=(
        ("Media", -2),
        ("Special", -1),
        ("Talk", 1),
        ("User", 2),
        ("Utilisatrice", 2),
        ("User talk", 3),
        ("Discussion utilisatrice", 3),
        ("Project", 4),
        ("Project talk", 5),
        ("File", 6),
        ("Image", 6),
        ("File talk", 7),
        ("MediaWiki talk", 9),
        ("Template", 10),
        ("Template talk", 11),
        ("Help", 12),
        ("Help talk", 13),
        ("Category", 14),
        ("Category talk", 15),
        ("Property", 102),
        ("Property talk", 103),
        ("Form", 106),
        ("Form talk", 107),
        ("Concept talk", 109),
    ),
)
