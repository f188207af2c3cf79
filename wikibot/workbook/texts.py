"""Text of a cell: the one form in which it is read, and what a cell can hold.

Sources: ECMA-376 part 1, 22.9.2.19 (ST_Xstring); XML 1.0, 2.2 (Char); Microsoft, Excel
specifications and limits (32,767 characters a cell).
"""

from __future__ import annotations

import re
import unicodedata

from wikibot.language import Text
from wikibot.visible import visible
from wikibot.workbook.model import Unclear

LONGEST = 32_767  # UTF-16 units, as Excel counts them
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SHOWN = 60  # characters of a cell that an explanation quotes
_SIGNS = 100  # on one letter: no language needs so many
_BEYOND_LATIN = re.compile(f"[^\x00-\u02ff]{{{_SIGNS},}}")


def read(text: str) -> str | Unclear | None:
    r"""Return text as a cell holds it: NFC, \n between lines, None for nothing at all."""
    if not text:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    sign = unwritable(text)
    if sign:
        why = Text(
            "la cellule contient un caractère de commande ({sign})",
            "the cell holds a control character ({sign})",
        )
        return Unclear(why.format(sign=code(sign)), visible(text, _SHOWN))
    if text.isascii():
        return text
    if _heaped(text):
        why = Text(
            "la cellule contient des accents par centaines sur une même lettre",
            "the cell holds accents by the hundred on one letter",
        )
        return Unclear(why, visible(text, _SHOWN))
    return unicodedata.normalize("NFC", text)


def unwritable(text: str) -> str:
    r"""Return the first character that no workbook can hold, "" where there is none.

    These are the controls but \t, \n and \r, halves of surrogate pairs, U+FFFE and U+FFFF.
    """
    found = _NOT_IN_XML.search(text)
    return found[0] if found else ""


def code(sign: str) -> str:
    """Return the number of a character, as U+001B."""
    return f"U+{ord(sign):04X}"


def units(text: str) -> int:
    """Return how long a text is for a spreadsheet program: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(text: str, told: str) -> str:
    r"""Return text as a cell can hold it, for readers alone: it is not to be read back.

    Where it is too long it is cut, and `told` says so, in which `{}` is its length. A control
    character is shown as its escape (\u001b), the end of a line as \n.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _NOT_IN_XML.sub(lambda sign: visible(sign[0]), text)
    length = units(text)
    if length <= LONGEST:
        return text
    told = told.format(length)
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - units(told))]
    return kept.decode("utf-16-le", "ignore") + told


def unescaped(text: str) -> str:
    """Return text of OOXML with its escapes `_xHHHH_` as the characters they stand for."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escaped(text: str) -> str:
    """Return text such that OOXML takes nothing in it for an escape."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def _heaped(text: str) -> bool:
    """Tell whether putting accents into order would take long: the square of their number."""
    for run in _BEYOND_LATIN.finditer(text):
        number = 0
        for sign in run[0]:
            number = number + 1 if unicodedata.combining(sign) else 0
            if number >= _SIGNS:
                return True
    return False
