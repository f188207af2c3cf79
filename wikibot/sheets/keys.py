"""The hidden column: which page and call a row is, and marks of what was exported.

A mark is a short hash of a title or a value. With the marks in the row itself, what a person
changed is known without the wiki and without the rest of the workbook, in a CSV file too. A key
and its heading begin with letters, so that no spreadsheet takes them for a number or a date.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from wikibot.errors import InputError
from wikibot.language import Text

FORMAT = 1
WORD = "wikibot"
_KEY = re.compile(
    r"wb\.(\d{1,20})\.(\d{1,20})\.([a-z][a-z0-9_]*)\.(\d{1,4})\.(\d{1,4})"
    r"\.([a-z2-7]{8})\.([a-z2-7]{8})((?:\.[!=]?[a-z2-7]{14})*)\Z",
    re.ASCII,
)


@dataclass(frozen=True)
class Mark:
    """What a value was when it was exported: hashes of its exact and of its loose form.

    A `frozen` one stands for a cell that does not hold its value; a `right` one for a value
    that is written as the wiki wants it, whatever a spreadsheet makes of its looks.
    """

    exact: str
    loose: str
    frozen: bool = False
    right: bool = False

    def __str__(self) -> str:
        """Return the mark as it stands in a key."""
        return f"{'!' if self.frozen else '=' if self.right else ''}{self.exact}{self.loose}"


@dataclass(frozen=True)
class Key:
    """One call on one page: the `index`-th of `count` calls of its page type there.

    `title` is the mark of the page's title, `layout` that of the fields of its sheet, `marks`
    are those of their values, in that order.
    """

    pageid: int
    revid: int
    page_type: str
    index: int
    count: int
    title: str
    layout: str
    marks: tuple[Mark, ...] = ()

    @property
    def call(self) -> tuple[int, str, int]:
        """Return what no two rows may stand for: page, page type, number of the call."""
        return (self.pageid, self.page_type, self.index)

    @property
    def place(self) -> str:
        """Return what tells the row in the copy: page, revision and call."""
        return f"wb.{self.pageid}.{self.revid}.{self.page_type}.{self.index}.{self.count}"

    def __str__(self) -> str:
        """Return the key as it stands in its cell."""
        marks = "".join(f".{mark}" for mark in self.marks)
        return f"{self.place}.{self.title}.{self.layout}{marks}"


def parse_key(text: str) -> Key | None:
    """Return the key of a cell, None where it is no key or a damaged one."""
    found = _KEY.match(text.strip())
    if found is None:
        return None
    marks = []
    for written in found[8].split(".")[1:]:
        bare, sign = written.lstrip("!="), written[:1]
        marks.append(Mark(bare[:6], bare[6:], frozen=sign == "!", right=sign == "="))
    numbers = (int(found[1]), int(found[2]))
    return Key(*numbers, found[3], int(found[4]), int(found[5]), found[6], found[7], tuple(marks))


@dataclass(frozen=True)
class Heading:
    """What the heading of the hidden column tells of the sheet.

    `fields` are (id, heading) of the columns, `page` and `number` the headings of the title and
    of the number of the call, which may be "". `made` is ISO 8601, UTC.
    """

    wiki: str
    page_type: str
    language: str
    made: str
    page: str
    number: str
    fields: tuple[tuple[str, str], ...]

    @property
    def layout(self) -> str:
        """Return the mark of the fields: rows with another one are of another sheet."""
        return _hash("\n".join((self.page_type, *(field_id for field_id, _ in self.fields))), 8)

    def __str__(self) -> str:
        """Return the heading as it stands in its cell."""
        body = {"format": FORMAT, **asdict(self)}
        return f"{WORD} {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}"


def parse_heading(text: str) -> Heading | None:
    """Return what a heading tells, None where it is no heading of the hidden column.

    Raises:
        InputError: it is one of a later wikibot, or is damaged.
    """
    text = text.strip()
    if not text.startswith(f"{WORD} {{"):
        return None
    try:
        body = json.loads(text[len(WORD) :])
        version = body.pop("format")
        if isinstance(version, int) and version > FORMAT:
            raise InputError(
                Text(
                    "Ce classeur vient d'un wikibot plus récent que celui-ci.",
                    "This workbook comes from a later wikibot than this one.",
                ),
                Text(
                    "Mettez wikibot à jour, ou exportez à nouveau avec celui-ci.",
                    "Update wikibot, or export again with this one.",
                ),
            )
        fields = tuple((str(field), str(words)) for field, words in body.pop("fields"))
        return Heading(fields=fields, **{name: str(value) for name, value in body.items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(
            Text(
                "L'en-tête de la colonne masquée « wikibot » est abîmé.",
                "The heading of the hidden column “wikibot” is damaged.",
            ),
            Text(
                "Exportez à nouveau et reportez vos modifications dans le nouveau fichier.",
                "Export again and carry your changes over into the new file.",
            ),
        ) from None


def title_mark(wiki: str, title: str) -> str:
    """Return the mark of a page's title on its wiki."""
    plain = " ".join(unicodedata.normalize("NFC", title).replace("_", " ").split())
    return _hash(f"{wiki}\n{plain}", 8)


def mark(exact: str, loose: str, *, frozen: bool = False, right: bool = False) -> Mark:
    """Return the mark of a value, given its exact and its loose form."""
    return Mark(_hash(exact, 6), _hash(loose, 8), frozen, right and not frozen)


def _hash(text: str, letters: int) -> str:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return base64.b32encode(digest).decode().lower()[:letters]


def unique_headings(headings: Sequence[tuple[str, str]], taken: Sequence[str]) -> tuple[str, ...]:
    """Return a heading for each (id, label): the label, with the id where it is not the only one.

    `taken` are headings of other columns.
    """
    folded = [label.casefold() for _, label in headings] + [label.casefold() for label in taken]
    return tuple(
        label if folded.count(label.casefold()) == 1 else f"{label} [{field_id}]"
        for field_id, label in headings
    )
