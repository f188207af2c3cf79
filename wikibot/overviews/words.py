"""The words of a text by which it can be told from others."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

_WORD = re.compile(r"[^\W\d_]\w{2,}")
_MARKS = re.compile("[\u0300-\u036f]+")  # combining ones
# What a reader does not see of wikitext: addresses, tags, attributes of a table or a tag.
_UNSEEN = re.compile(r"https?://\S+|<[^<>]*>|[\w-]+=\"[^\"]*\"")
_SIGNS = ("://", "<", '="')  # of that: most texts have none, and the search is slow
_SHORTEST = 3
_NOTHING = -1  # the number of a word that tells nothing
_PLURAL = 5  # letters of a word whose last s or x may be that of the plural
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})

# Folded, three letters at least. They stand in nearly every French text, or in any address.
_COMMON = """
    afin ainsi alors apres aucun aucune aujourd aussi autour autre autres aux auxquels avant avec
    avoir ayant beaucoup bien bon bonne car ceci cela celle celles celui cependant certain certaine
    certaines certains ces cet cette ceux chacun chacune chaque chez comme comment contre dans
    depuis dernier derniere des deux dire dix doit doivent donc dont durant elle elles encore enfin
    ensemble ensuite entre envers est etaient etait etant etc ete etre eux faire fait faite faites
    faits faut fois font hors hui ici ils jamais jour jours jusqu jusque laquelle leur leurs lequel
    les lesquelles lesquels lors lorsque lui mais malgre meme memes mieux mis mise moins mon
    necessaire nombreuses nombreux non nos notamment notre nous nouveau nouveaux nouvel nouvelle
    nouvelles ont oui par parce pardela parfois parmi part partir pas pendant permet permettant
    permettent permettra permettre peu peut peuvent plus plusieurs plutot pour pourquoi pourra
    pourraient pourrait pouvant pouvoir premier premiere pres presque puis puisque quand quant que
    quel quelle quelles quelque quelques quels qui quoi sans sauf selon sera seraient serait seront
    ses seul seule seulement soient soit son sont sous souvent suite sur surtout tant tel telle
    telles tels toujours tous tout toute toutes travers tres trois trop une uns vers via voici
    voila voir vont vos votre vous
    annee annees ans aura auront avaient avait deja donne donner fallait heure heures mois personne
    rien sait savoir semaine semaines veulent veut
    and are but for from has have its not that the their this was were which with
    com http https html php org net www pdf png jpg svg file fichier category categorie
"""
_STOP = frozenset(_COMMON.split())


class Words:
    """Counts the words of texts by number; remembers how each is written."""

    def __init__(self) -> None:
        self._numbers = _Numbers()

    @property
    def known(self) -> Mapping[str, int]:
        """Return word → its number, of those counted so far."""
        return self._numbers.known

    def counted(self, texts: Iterable[str]) -> dict[int, int]:
        """Return how often each word that tells something stands in texts.

        Words are without accents, case and the mark of the plural; short ones, numbers and those
        of nearly every text are left out.
        """
        text = " ".join(texts).lower()
        if any(sign in text for sign in _SIGNS):
            text = _UNSEEN.sub(" ", text)
        found: dict[int, int] = {}
        written = Counter(_WORD.findall(text))
        numbers = map(self._numbers.__getitem__, written)
        for number, n in zip(numbers, written.values(), strict=True):
            found[number] = found.get(number, 0) + n  # "haie" and "haies" are one word
        found.pop(_NOTHING, None)
        return found

    @cached_property
    def spelling(self) -> dict[int, str]:
        """Return, once all texts are counted, how each is written: short, with accents."""
        found: dict[int, str] = {}
        for written, number in self._numbers.items():
            known = found.get(number)
            if known is None or (len(written), known) < (len(known), written):
                found[number] = written
        return found


class _Numbers(dict[str, int]):
    """Words as they are written → their number."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def __missing__(self, written: str) -> int:
        folded = _fold(written)
        number = self.known.setdefault(folded, len(self.known)) if folded else _NOTHING
        self[written] = number
        return number


def _fold(word: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", word.translate(_LIGATURES)))
    if plain in _STOP or len(plain) < _SHORTEST:
        return ""
    plural = len(plain) >= _PLURAL and plain[-1] in "sx" and not plain.endswith("ss")
    return plain[:-1] if plural else plain
