"""What a person types to look for, as queries of SQLite's full-text search.

Words are looked for without case, accents and the s or x of the plural. « l'eau » is looked for as
« eau », whatever stands before it; a phrase as it stands, in quotes or as one argument of several
words; `agro*` is whatever begins so. Everything is quoted: nothing that is typed is an operator of
FTS5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wikibot.errors import InputError
from wikibot.language import Text

_QUOTES = re.compile('["“”„«»]')
_ELIDED = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|entr)['’ʼ](?=\w)", re.IGNORECASE
)
_LIGATURES = (("œ", "oe"), ("æ", "ae"))
_PLURAL = 3  # letters of the shortest word that may have a plural
_MOST = 30  # words; a page is found by far fewer


@dataclass(frozen=True)
class Wanted:
    """A word or a phrase that is looked for.

    `begins`: it is but the beginning of the last word. `exact`: no plural for a singular.
    """

    words: str
    begins: bool = False
    exact: bool = True

    @property
    def query(self) -> str:
        """Return it in the language of FTS5, whichever way its ligatures are written."""
        star = " *" if self.begins else ""
        numbers = [self.words.lower()] if self.exact else _numbers(self.words.lower())
        ways = dict.fromkeys(way for word in numbers for way in _ways(word))
        return " OR ".join('"' + way.replace('"', '""') + f'"{star}' for way in ways)


def wanted(typed: Iterable[str]) -> tuple[Wanted, ...]:
    """Return what is to be looked for, of arguments as they are typed, each once.

    Raises:
        InputError: there is no word in it, or far too many.
    """
    found = tuple(dict.fromkeys(each for argument in typed for each in _of(argument)))
    if not found:
        raise InputError(
            Text("Aucun mot à chercher.", "There is no word to look for."),
            Text(
                "Donnez un mot ou plusieurs : les pages trouvées les contiennent tous.",
                "Give a word or several: the pages that are found hold all of them.",
            ),
        )
    if len(found) > _MOST:
        raise InputError(
            Text(f"Plus de {_MOST} mots à chercher.", f"More than {_MOST} words to look for."),
            Text("Gardez les plus rares.", "Keep the rarest."),
        )
    return found


def any_of(every: Sequence[Wanted]) -> str:
    """Return the query for any of them."""
    return " OR ".join(each.query for each in every)


def _of(argument: str) -> Iterator[Wanted]:
    said = unicodedata.normalize("NFC", "".join(map(_harmless, argument)))
    pieces = _QUOTES.split(said)
    if len(pieces) == 1 and len(said.split()) > 1:  # the shell has taken the quotes away
        pieces = ["", said]
    for number, piece in enumerate(pieces):
        for each in [piece] if number % 2 else piece.split():
            words = each.strip()
            begins = words.endswith("*")
            words = words.rstrip("*").strip()
            if " " not in words:
                words = _ELIDED.sub("", words, count=1) if _ELIDED.match(words) else words
            if any(sign.isalnum() for sign in words):
                begins = begins and words[-1].isalnum()
                yield Wanted(words, begins, bool(number % 2) or begins or " " in words)


def _harmless(sign: str) -> str:
    return " " if unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") else sign


def _numbers(word: str) -> Iterator[str]:
    """Yield a word in the singular and in the plural, as far as a letter at its end makes it."""
    yield word
    if len(word) < _PLURAL or not word.isalpha():
        return
    single = word[:-1] if word[-1] in "sx" and len(word) > _PLURAL else word
    yield from (single, f"{single}s", f"{single}x")


def _ways(words: str) -> Iterator[str]:
    yield words
    for one, two in _LIGATURES:
        yield words.replace(one, two)
        yield words.replace(two, one)
