"""What a cell shows of a field, and what a person means by what stands in it afterwards.

A spreadsheet may write a cell anew without anybody's will: text becomes a number or a date, a
zero at an end goes, `VRAI` becomes a truth value. So cells are compared twice: exactly, and
loosely, by what they mean.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from wikibot.edits import FieldValue
from wikibot.errors import UnsafeValue
from wikibot.language import Language, Text
from wikibot.mapping import Field, Mapping, Vocabulary
from wikibot.sheets.keys import Mark, mark
from wikibot.sheets.lists import join, split
from wikibot.sheets.loose import SHORT, day_of, loosely
from wikibot.value import encode
from wikibot.workbook import Cell, Unclear

Sameness = Literal["same", "respelled", "changed"]

LONGEST = 32_000  # characters as UTF-16 counts them; Excel holds 32,767, some escaped
_ITEMS = "\x1f"
_FIRST_DAY = date(1900, 3, 1)  # before, spreadsheets do not agree on what day it is

LATER = Text("modifiez-le sur le wiki", "edit it on the wiki")
_WHOLE = Text("(commentaire caché : {later})", "(hidden comment: {later})")
_LONG = Text("(trop long : {later})", "(too long: {later})")
_CONTROL = Text("(caractère invisible : {later})", "(invisible character: {later})")
_CUT = Text("(virgule dans une valeur : {later})", "(separator in a value: {later})")


class Doubtful(Exception):
    """A cell that cannot be taken for a value; `why` tells a person."""

    def __init__(self, why: Text) -> None:
        """Keep the words."""
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True)
class Shown:
    """What a cell shows: `text` is what is compared, `cell` what is written.

    A `frozen` cell only tells why its value is not there; nothing typed into it is taken.
    """

    text: str
    cell: str | Decimal | date | None
    frozen: bool = False


@dataclass(frozen=True)
class Base:
    """What was exported: its mark, and the text itself where the workbook still has it."""

    mark: Mark
    text: str | None = None


@dataclass(frozen=True)
class Cells:
    """The cells of one field, whatever the page."""

    field: Field
    vocabulary: Vocabulary | None
    language: Language

    @staticmethod
    def of(field: Field, mapping: Mapping) -> Cells:
        """Return the cells of a field of a mapping."""
        return Cells(field, mapping.vocabulary(field), mapping.wiki.language)

    def shown(self, found: FieldValue, language: Language) -> Shown:
        """Return what a cell shows of a value; `language` is that of the workbook's words."""
        why = self._obstacle(found)
        if why is not None:
            words = why.format(later=LATER).into(language)
            return Shown(words, words, frozen=True)
        if self.field.many:
            text = join([self.label(item) for item in found.items], self.field.separator)
            return Shown(text, text or None)
        text = self.label(found.text)
        return Shown(text, self._typed_cell(text), frozen=self.field.computed)

    def _obstacle(self, found: FieldValue) -> Text | None:
        """Return why a value cannot be one clean cell, or None."""
        if found.parameter is not None and "<!--" in found.parameter.value:
            return _WHOLE
        if len(found.text.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST:
            return _LONG
        try:
            encode(found.text)
        except UnsafeValue:
            return _CONTROL
        if self.field.many and any(
            self.field.separator in item or "\n" in item for item in found.items
        ):
            return _CUT
        return None

    def label(self, text: str) -> str:
        """Return the term that a text surely means, else the text."""
        term = self.vocabulary.meant_by(text) if self.vocabulary and text else None
        return term.label if term else text

    def _typed_cell(self, text: str) -> str | Decimal | date | None:
        """Return a date or a number as such where it comes back as exactly the same text."""
        kind = self.field.kind
        if kind == "date":
            day = day_of(text)
            return day if day and day >= _FIRST_DAY and day.isoformat() == text else text
        if kind in ("number", "amount") and re.fullmatch(r"-?\d{1,15}(?:[.,]\d{1,9})?", text):
            number = Decimal(text.replace(",", "."))
            return number if self._number(number) == text else text
        return text or None

    def _number(self, number: Decimal) -> str:
        """Return a number as this wiki writes it."""
        short = SHORT.create_decimal(number)
        text = f"{short:f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        text = "0" if text in ("-0", "") else text
        return text.replace(".", ",") if self.language == "fr" else text

    def exact(self, text: str) -> str:
        """Return the form in which two texts of this field are the same value."""
        text = unicodedata.normalize("NFC", text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = text.strip()
        if not self.field.many:
            return self.label(text)
        return _ITEMS.join(self.label(item) for item in split(text, self.field.separator))

    def loose(self, cell: Cell) -> str:
        """Return what a cell means, however a spreadsheet has written it.

        Texts that are exactly the same are loosely the same too.
        """
        truth = self.field.kind == "boolean"
        if cell is None or isinstance(cell, Unclear):
            return ""
        if isinstance(cell, str):
            text = self.exact(cell)
            if not self.field.many:
                return loosely(text, truth=truth)
            return _ITEMS.join(loosely(item, truth=truth) for item in text.split(_ITEMS))
        return loosely(self._written(cell), truth=truth)

    def _as_text(self, cell: Cell) -> str:
        if cell is None or isinstance(cell, Unclear):
            return ""
        return cell if isinstance(cell, str) else self._written(cell)

    def _written(self, cell: bool | Decimal | date | datetime | time) -> str:
        """Return a cell that is no text as the text that says the same."""
        if isinstance(cell, bool):
            return ("vrai" if cell else "faux") if self.language == "fr" else str(cell).lower()
        if isinstance(cell, Decimal):
            return self._number(cell)
        if isinstance(cell, datetime):
            if cell.time() == time():
                return cell.date().isoformat()
            return cell.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
        if isinstance(cell, time):
            return cell.isoformat(timespec="seconds" if cell.second else "minutes")
        return cell.isoformat()

    def mark(self, shown: Shown) -> Mark:
        """Return the mark of what a cell shows."""
        loose, right = self.loose(shown.text), self._is_right(shown.text)
        return mark(self.exact(shown.text), loose, frozen=shown.frozen, right=right)

    def _is_right(self, text: str) -> bool:
        """Return whether a value is written as the wiki wants it: nobody means to mend that."""
        return self.field.kind == "boolean" or not isinstance(self._typed_cell(text), str)

    def compare(self, cell: Cell, base: Base, *, retyped: bool) -> Sameness:
        """Return whether a cell still says what was exported.

        `respelled`: it means the same but is written otherwise, as a spreadsheet does by itself.
        `retyped` says that the file keeps no types (CSV), so that any cell may be written anew.
        """
        typed = cell is None or isinstance(cell, str)
        text = self._as_text(cell)
        if self._same(self.exact(text), base):
            return "same"
        alike = self._alike(self.loose(cell), base)
        if base.mark.frozen:  # whatever it is written like, it is not to be taken
            return "same" if alike else "changed"
        if not alike or (typed and not retyped):
            return "changed"
        right = base.mark.right if base.text is None else self._is_right(base.text)
        return "same" if right else "respelled"

    def holds(self, found: Shown, base: Base) -> bool:
        """Return whether a page still shows what was exported."""
        return not found.frozen and self._same(self.exact(found.text), base)

    def _same(self, exact: str, base: Base) -> bool:
        """Return whether a value is the one exported: by its mark or by the copy.

        The mark holds where a program has spoilt the copy; the copy where it has spoilt both,
        or where the vocabulary is another one since.
        """
        if mark(exact, "").exact == base.mark.exact:
            return True
        return base.text is not None and exact == self.exact(base.text)

    def _alike(self, loose: str, base: Base) -> bool:
        if mark("", loose).loose == base.mark.loose:
            return True
        return base.text is not None and loose == self.loose(base.text)

    def text_of(self, cell: Cell) -> str:
        """Return what a person would type to say what a cell says, "" for an empty one.

        Items of a list are divided by the separator of the field.

        Raises:
            Doubtful: nobody can tell.
        """
        if isinstance(cell, Unclear):
            raise Doubtful(cell.why)
        if cell is None:
            return ""
        if isinstance(cell, str):
            text = unicodedata.normalize("NFC", cell).replace("\r\n", "\n").replace("\r", "\n")
            if text and not text.strip():
                raise Doubtful(_BLANKS)
            if self.field.many:
                return self.field.separator.join(split(text.strip(), self.field.separator))
            return text.strip()
        kind = self.field.kind
        if isinstance(cell, bool):
            if kind != "boolean":
                raise Doubtful(_TRUTH)
            fr = self.language == "fr"
            return ("oui" if fr else "yes") if cell else ("non" if fr else "no")
        if isinstance(cell, time) or (isinstance(cell, date) and kind != "date"):
            raise Doubtful(_DAY)
        text = self._written(cell)
        if self.field.many and self.field.separator in text:
            raise Doubtful(_DECIMAL)
        return text


_BLANKS = Text(
    "la cellule ne contient que des espaces. Videz-la pour vider le champ.",
    "the cell holds nothing but blanks. Empty it to empty the field.",
)
_TRUTH = Text(
    "le tableur en a fait une valeur logique (VRAI ou FAUX). Écrivez le mot précédé d'une "
    "apostrophe.",
    "the spreadsheet made a truth value of it. Type the word with an apostrophe in front.",
)
_DAY = Text(
    "le tableur en a fait une date ou une heure. Écrivez le texte précédé d'une apostrophe.",
    "the spreadsheet made a date or a time of it. Type the text with an apostrophe in front.",
)
_DECIMAL = Text(
    "ce nombre contient une virgule, qui sépare les valeurs de cette liste sur le wiki.",
    "this number holds a comma, which separates the values of this list on the wiki.",
)
